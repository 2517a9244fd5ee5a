/** Attempts that were refused, and storage used: two figures that are sums by day. Pure. */
import type { Instant } from '../../../base/clock.ts';
import type { Period } from '../../../base/judge.ts';
import { dayMs } from '../../../base/units.ts';
import { declareFold, type States } from '../folds.ts';
import { numberOf, within, type Figure } from './figure.ts';

interface Attempt {
  at: Instant;
  seq: number;
  times: number;
}

export const attemptFold = declareFold<Attempt[]>({
  key: 'figure.attempts',
  kinds: ['identity.denied', 'identity.sign_in_failed'],
  initial: () => [],
  step: (attempts, { at, seq, body }) => {
    attempts.push({ at, seq, times: numberOf(body, 'times') ?? 1 });
    return attempts;
  },
});

const attemptsIn = (states: States, period: Period): Attempt[] => attemptFold.read(states).filter(({ at }) => within(at, period));

const gigabyte = 1e9;
const hourOf = (at: Instant): number => Math.floor(at / 3_600_000);

/** Bytes by hour, so that days of any time zone can be summed. */
export const storageFold = declareFold<{ bytes: Map<number, number>; cameras: Map<number, Set<string>> }>({
  key: 'figure.storage',
  kinds: ['video.segments_recorded'],
  initial: () => ({ bytes: new Map(), cameras: new Map() }),
  step: (state, { body }) => {
    const { segments } = body;
    if (!Array.isArray(segments)) return state;
    for (const segment of segments as readonly unknown[]) {
      if (typeof segment !== 'object' || segment === null || !('from' in segment) || !('sizeBytes' in segment) || !('cameraId' in segment)) continue;
      if (typeof segment.from !== 'number' || typeof segment.sizeBytes !== 'number' || typeof segment.cameraId !== 'string') continue;
      const hour = hourOf(segment.from);
      state.bytes.set(hour, (state.bytes.get(hour) ?? 0) + segment.sizeBytes);
      const cameras = state.cameras.get(hour) ?? new Set();
      cameras.add(segment.cameraId);
      state.cameras.set(hour, cameras);
    }
    return state;
  },
});

const storagePerCameraDay = (states: States, period: Period, now: Instant): number | null => {
  const { bytes, cameras } = storageFold.read(states);
  let sum = 0;
  let cameraHours = 0;
  for (let hour = hourOf(period.from); hour < hourOf(Math.min(period.until, now)) + 1; hour += 1) {
    sum += bytes.get(hour) ?? 0;
    cameraHours += cameras.get(hour)?.size ?? 0;
  }
  return cameraHours === 0 ? null : (sum / gigabyte / cameraHours) * (dayMs / 3_600_000);
};

export const attemptFigures: readonly Figure[] = [
  {
    key: 'unapproved_attempts', title: { zh: '被拒绝的越权操作', en: 'Attempts that were refused' }, unit: 'count', better: 'lower', target: { number: 0 },
    fold: attemptFold,
    value: (states, period) => attemptsIn(states, period).reduce((sum, { times }) => sum + times, 0),
    facts: (states, period) => attemptsIn(states, period).map(({ seq }) => seq),
  },
  {
    // 4 Mbit/s all day, the rate of a 1080p camera, is 43 GB.
    key: 'storage_per_camera_gb', title: { zh: '每台摄像机每天占用存储', en: 'Storage used per camera and day' }, unit: 'gigabytes', better: 'lower', target: { number: 45 },
    fold: storageFold, value: storagePerCameraDay, facts: () => [],
  },
];
