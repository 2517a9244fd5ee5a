/**
 * Gaps, decided purely: opened when footage stops, closed at the first new frame on disk, alarmed after the limit (design: recording).
 * `decide…` take what is and return what must be journalled; whoever calls them keeps the new state.
 */
import type { GapReason } from '../contract/recorder.ts';
import type { Instant } from '../server/src/base/clock.ts';

export interface Gap {
  gapId: string;
  cameraId: string;
  from: Instant;
  reason: GapReason;
  detail: string;
  alarmed: boolean;
}

export type GapEvent =
  | { kind: 'gap_opened'; gapId: string; cameraId: string; from: Instant; reason: GapReason; detail: string }
  | { kind: 'gap_closed'; gapId: string; cameraId: string; from: Instant; until: Instant; reason: GapReason; detail: string }
  | { kind: 'gap_alarm'; gapId: string; cameraId: string; from: Instant; reason: GapReason };

export interface GapDecision {
  gap: Gap | null;
  events: GapEvent[];
}

const closing = (gap: Gap, until: Instant): GapEvent => ({
  kind: 'gap_closed',
  gapId: gap.gapId,
  cameraId: gap.cameraId,
  from: gap.from,
  // The clock may have been set back meanwhile: a span never ends before it began.
  until: Math.max(gap.from, until),
  reason: gap.reason,
  detail: gap.detail,
});

type Side = 'camera' | 'storage' | 'recorder' | 'person';
const sides: Record<GapReason, Side> = {
  camera_unreachable: 'camera',
  camera_refused: 'camera',
  camera_silent: 'camera',
  stream_invalid: 'camera',
  network: 'camera',
  disk_full: 'storage',
  disk_failed: 'storage',
  storage_missing: 'storage',
  memory_bound: 'storage',
  clock_stepped: 'recorder',
  recorder_crashed: 'recorder',
  recorder_stopped: 'recorder',
  recovery_loss: 'recorder',
  recording_off: 'person',
  stop_approved: 'person',
};

/**
 * Footage stopped. A gap that is open already keeps its first reason, which tells what began it; but where another side is to blame from
 * now on (the recorder is back and the camera is away), that gap ends at `since` and the next begins: nobody answers for another's time.
 */
export const stopFootage = (open: Gap | null, fresh: Omit<Gap, 'alarmed'>, since: Instant): GapDecision =>
  open === null || sides[open.reason] === sides[fresh.reason] ? openGap(open, fresh) : splitGap(open, { ...fresh, from: since });

export const openGap = (open: Gap | null, fresh: Omit<Gap, 'alarmed'>): GapDecision => {
  if (open !== null) return { gap: open, events: [] };
  return { gap: { ...fresh, alarmed: false }, events: [{ kind: 'gap_opened', gapId: fresh.gapId, cameraId: fresh.cameraId, from: fresh.from, reason: fresh.reason, detail: fresh.detail }] };
};

/** The first new frame reached the disk, or nothing is due any more. */
export const closeGap = (open: Gap | null, until: Instant): GapDecision => (open === null ? { gap: null, events: [] } : { gap: null, events: [closing(open, until)] });

/** From `at` on something else is to blame (the recorder itself stops or crashed, a person switched off): one gap ends, the next begins. */
export const splitGap = (open: Gap | null, fresh: Omit<Gap, 'alarmed'>): GapDecision => {
  if (open === null) return openGap(null, fresh);
  if (open.reason === fresh.reason) return { gap: open, events: [] };
  const opened = openGap(null, { ...fresh, from: Math.max(fresh.from, open.from) });
  return { gap: opened.gap, events: [closing(open, fresh.from), ...opened.events] };
};

/** Raised once for each gap; a gap that a person ordered needs no alarm. */
export const alarmGap = (open: Gap | null, now: Instant, limitSeconds: number): GapDecision => {
  if (open === null || open.alarmed || sides[open.reason] === 'person' || now - open.from < limitSeconds * 1_000) return { gap: open, events: [] };
  return { gap: { ...open, alarmed: true }, events: [{ kind: 'gap_alarm', gapId: open.gapId, cameraId: open.cameraId, from: open.from, reason: open.reason }] };
};

/** Seconds before the n-th new attempt. */
export const backOffSeconds = [1, 1, 1, 5, 5, 10, 10, 60] as const;

/** A number in [0, 1) from a name: spreads cameras over time, the same at every start. */
export const spreadOf = (name: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  // FNV-1a alone leaves its high bits nearly equal for names that differ at the end only.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0;
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
};

/** Delay before attempt n (from 0), spread by up to a tenth so that a switch that comes back is not met by all cameras at once. */
export const backOffMs = (attempt: number, cameraId: string): number => {
  const seconds = backOffSeconds[Math.min(attempt, backOffSeconds.length - 1)] ?? 60;
  return Math.round(seconds * 1_000 * (1 + 0.1 * spreadOf(`${cameraId}/${attempt}`)));
};

export interface WrittenState {
  /** Monotonic ms when recording was due, or when the newest fragment reached the disk. */
  progressMonotonicMs: number;
  nowMonotonicMs: number;
}

/** Reconciliation looks at what lies on disk, never at a flag: nothing new there for the limit means that it stands still. */
export const standsStill = (state: WrittenState, limitSeconds: number): boolean => state.nowMonotonicMs - state.progressMonotonicMs >= limitSeconds * 1_000;
