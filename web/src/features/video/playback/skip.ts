/** Playing over what is missing. Pure: where the playhead really stands when the element stalls at the end of a file, and what a jump left out. */
import { gapSpans, joinMs, segmentBefore, type FootageMap, type GapSpan } from './footage-map.ts';

export interface SkipNote {
  from: number;
  to: number;
  /** Gaps that lie within; empty when nothing explains the hole. */
  gaps: readonly GapSpan[];
  /** There is no footage at all before `to`: nothing was lost there. */
  first: boolean;
}

/**
 * The element stops at the last frame it has, a little before the file's end; the plan is made as if it had reached the end.
 * `stalled`: it wants to play and has nothing to show next.
 */
export const planningTime = (map: FootageMap, t: number, stalled: boolean): number => {
  if (!stalled) return t;
  const segment = map.segments[segmentBefore(map.segments, t)];
  return segment !== undefined && t < segment.until && segment.until - t <= joinMs ? segment.until : t;
};

/** Null for a join that nobody would notice. */
export const skipNote = (map: FootageMap, from: number, to: number): SkipNote | null => {
  if (to - from <= joinMs) return null;
  // The hole as it is, not as far as the click went into it.
  const before = map.segments[segmentBefore(map.segments, from)];
  const begins = before === undefined ? from : Math.min(from, before.until);
  return { from: begins, to, first: before === undefined, gaps: gapSpans(map.gaps, map.now).filter((gap) => gap.from < to && gap.until > begins) };
};

/** A hole of some milliseconds in what is buffered stops some browsers: where to set the playhead to get over it; null when there is none. */
export const overTheCrack = (buffered: readonly { from: number; until: number }[], t: number): number | null => {
  if (buffered.some((span) => t >= span.from && t < span.until - 60)) return null;
  const next = buffered.find((span) => span.from > t && span.from - t <= joinMs * 2);
  return next === undefined ? null : next.from + 1;
};
