/** What there is of the footage asked for: recorded, missing, never recorded, past its retention. Pure over what video knows of one camera. */
import type { CameraFootage } from '../../../../contract/evidence.ts';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import { dayMs, minuteMs, secondMs } from '../../base/units.ts';

export interface KnownFootage {
  cameraId: string;
  camera: string;
  keptDays: number;
  /** In the order of time; touching the span. */
  segments: readonly { from: Instant; until: Instant }[];
  gaps: readonly { from: Instant; until: Instant | null; reason: Sentence }[];
  oldest: Instant | null;
  /** End of the newest closed segment; what follows may lie in the minute that is being written. */
  newest: Instant | null;
  /** Recording is on now. */
  recording: boolean;
  addedAt: Instant;
}

/** Between two segments of one run frames are a few hundred ms apart: no gap. */
const seamMs = 1_500;
/** The longest segment that a room may write. */
const openMinuteMs = 11 * minuteMs;

const joined = (spans: readonly { from: Instant; until: Instant }[], from: Instant, until: Instant): { from: Instant; until: Instant }[] => {
  const made: { from: Instant; until: Instant }[] = [];
  for (const span of spans) {
    const [begin, end] = [Math.max(span.from, from), Math.min(span.until, until)];
    if (begin >= end) continue;
    const last = made.at(-1);
    if (last !== undefined && begin - last.until <= seamMs) last.until = Math.max(last.until, end);
    else made.push({ from: begin, until: end });
  }
  return made;
};

export const footageIn = (known: KnownFootage, from: Instant, until: Instant, now: Instant): CameraFootage => {
  const end = Math.min(until, now);
  const gaps = known.gaps.flatMap((gap) => {
    const [begin, over] = [Math.max(gap.from, from), Math.min(gap.until ?? now, end)];
    return begin < over ? [{ from: begin, until: over, reason: gap.reason }] : [];
  });
  const { newest } = known;
  const writing = newest !== null && known.recording && now - newest <= openMinuteMs && !known.gaps.some((gap) => (gap.until ?? now) > newest);
  const recorded = joined([...known.segments, ...(writing ? [{ from: newest, until: now }] : [])], from, end);
  const recordedMs = recorded.reduce((sum, span) => sum + span.until - span.from, 0);
  const about = { cameraId: known.cameraId, camera: known.camera, recordedMs, recorded, gaps, oldest: known.oldest, keptDays: known.keptDays };
  if (from >= now) return { ...about, state: 'coming' };
  if (recordedMs === 0) return { ...about, state: end <= now - known.keptDays * dayMs && end > known.addedAt ? 'past' : 'none' };
  return { ...about, state: recordedMs >= end - from - secondMs ? 'whole' : 'partly' };
};

const minutes = (ms: number): string => (ms < minuteMs ? `${Math.round(ms / secondMs)} 秒` : `${Math.round(ms / minuteMs)} 分钟`);
const minutesEn = (ms: number): string => (ms < minuteMs ? `${Math.round(ms / secondMs)} s` : `${Math.round(ms / minuteMs)} min`);

export const footageWords = (one: CameraFootage, from: Instant, until: Instant): Sentence => {
  const { camera, keptDays } = one;
  if (one.state === 'whole') return { zh: `${camera}：录像完整`, en: `${camera}: recorded in full` };
  if (one.state === 'past') return { zh: `${camera}：已超过 ${keptDays} 天保存期，录像已删除`, en: `${camera}: past its ${keptDays} days, the footage was deleted` };
  if (one.state === 'none') return { zh: `${camera}：这段时间从未录像`, en: `${camera}: never recorded in this time` };
  if (one.state === 'coming') return { zh: `${camera}：这段时间还没有到`, en: `${camera}: this time has not come yet` };
  const missing = until - from - one.recordedMs;
  return { zh: `${camera}：有 ${minutes(one.recordedMs)}，缺 ${minutes(missing)}`, en: `${camera}: ${minutesEn(one.recordedMs)} there, ${minutesEn(missing)} missing` };
};
export const hasSomething = (list: readonly Pick<CameraFootage, 'state'>[]): boolean => list.some(({ state }) => state === 'whole' || state === 'partly');
