/** What lies where on a camera's time: footage, gaps with their reason, the open minute, and what nobody can explain. Pure; instants are UTC ms, spans half-open. */
import type { GapReason } from '../../../../../contract/recorder.ts';

export interface FootageSegment {
  segmentId: string;
  /** Empty while the file is being written. */
  runId: string;
  from: number;
  until: number;
  sizeBytes: number;
  codec: string;
  recovered: boolean;
}
export interface FootageGap {
  gapId: string;
  from: number;
  until: number | null;
  reason: GapReason;
  detail: string;
}
export interface FootageMap {
  segments: readonly FootageSegment[];
  gaps: readonly FootageGap[];
  /** End of what is on disk, the open minute included; null when nothing was ever recorded. */
  recordedUntil: number | null;
  /** The server's clock at the answer. */
  now: number;
  /** The stretches that were asked for: outside of them nothing is known. */
  covers: readonly Span[];
}
export interface GapSpan {
  from: number;
  until: number;
  /** It still lasts. */
  open: boolean;
  reason: GapReason;
  detail: string;
  /** Rows that were joined: one outage that was tried again n times. */
  rows: number;
}
export interface Span {
  from: number;
  until: number;
}

/** Two frames of a slow stream: less than this between two files is no loss and is played through. */
export const joinMs = 300;

const byFrom = (a: { from: number }, b: { from: number }) => a.from - b.from;

/** Joins answers for neighbouring spans: a segment or gap that lies across their border comes twice. */
export const joinMaps = (maps: readonly FootageMap[]): FootageMap => {
  const segments = new Map<string, FootageSegment>();
  const gaps = new Map<string, FootageGap>();
  let recordedUntil: number | null = null;
  let now = 0;
  for (const map of maps.toSorted((a, b) => a.now - b.now)) {
    // The newest answer wins: the open minute grows and open gaps close.
    for (const segment of map.segments) segments.set(segment.segmentId, segment);
    for (const gap of map.gaps) gaps.set(gap.gapId, gap);
    if (map.recordedUntil !== null) recordedUntil = Math.max(recordedUntil ?? 0, map.recordedUntil);
    now = Math.max(now, map.now);
  }
  const covers = maps.flatMap((map) => map.covers).toSorted(byFrom);
  return { segments: [...segments.values()].toSorted(byFrom), gaps: [...gaps.values()].toSorted(byFrom), recordedUntil, now, covers };
};

export const recordedSpans = (segments: readonly FootageSegment[]): Span[] => {
  const spans: Span[] = [];
  for (const segment of segments) {
    const last = spans.at(-1);
    if (last !== undefined && segment.from <= last.until + 1) last.until = Math.max(last.until, segment.until);
    else spans.push({ from: segment.from, until: segment.until });
  }
  return spans;
};

/** A file that is still being written is listed without a run; it plays up to what is listed. */
export const isGrowing = ({ runId }: Pick<FootageSegment, 'runId'>): boolean => runId === '';

/** No file is longer than ten minutes: what is recorded further on lies on days that were not asked for. */
const longestFileMs = 660_000;

/** Written but in no file that can be played yet. */
export const openSpan = (map: FootageMap): Span | null => {
  const last = map.segments.at(-1);
  if (map.recordedUntil === null || last === undefined || map.recordedUntil <= last.until + joinMs || map.recordedUntil > last.until + longestFileMs) return null;
  // A gap behind the last file ends before the open minute begins.
  const gap = map.gaps.filter(({ from, until }) => until !== null && from >= last.until - joinMs && until <= (map.recordedUntil ?? 0)).at(-1);
  return { from: gap?.until ?? last.until, until: map.recordedUntil };
};

/** Neighbouring rows of one reason become one span; an open gap lasts until now. */
export const gapSpans = (gaps: readonly FootageGap[], now: number): GapSpan[] => {
  const spans: GapSpan[] = [];
  for (const gap of gaps.toSorted(byFrom)) {
    const until = gap.until ?? Math.max(now, gap.from);
    const last = spans.at(-1);
    if (last !== undefined && last.reason === gap.reason && gap.from <= last.until + 1) {
      last.until = Math.max(last.until, until);
      last.open = last.open || gap.until === null;
      last.rows += 1;
    } else spans.push({ from: gap.from, until, open: gap.until === null, reason: gap.reason, detail: gap.detail, rows: 1 });
  }
  return spans;
};

/**
 * Holes between the first footage and the end of what is recorded that no gap row explains. There should be none: each is drawn in alarm colour.
 * Before the first footage nothing is claimed (retention has ended there or recording had not begun).
 */
export const unexplained = (map: FootageMap): Span[] => {
  const first = map.segments[0];
  if (first === undefined) return [];
  const open = openSpan(map);
  const known = [...recordedSpans(map.segments), ...gapSpans(map.gaps, map.now), ...(open === null ? [] : [open])].toSorted(byFrom);
  const holes: Span[] = [];
  let reached = first.from;
  for (const span of known) {
    if (span.from > reached + joinMs) holes.push({ from: reached, until: span.from });
    reached = Math.max(reached, span.until);
  }
  return holes.flatMap((hole) => map.covers.map(({ from, until }) => ({ from: Math.max(from, hole.from), until: Math.min(until, hole.until) })).filter(({ from, until }) => until - from > joinMs));
};

export type Place =
  | { kind: 'recorded'; segment: FootageSegment; index: number }
  | { kind: 'gap'; gap: GapSpan }
  /** Written, not yet in a closed file. */
  | { kind: 'open' }
  /** Neither footage nor gap: before recording began, or past its retention. */
  | { kind: 'none' }
  | { kind: 'future' };

/** Index of the last segment that begins at or before t; -1 when none does. */
export const segmentBefore = (segments: readonly FootageSegment[], t: number): number => {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.from ?? Infinity) <= t) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

export const placeAt = (map: FootageMap, t: number): Place => {
  const index = segmentBefore(map.segments, t);
  const segment = map.segments[index];
  if (segment !== undefined && t < segment.until) return { kind: 'recorded', segment, index };
  const gap = gapSpans(map.gaps, map.now).find(({ from, until }) => t >= from && t < until);
  if (gap !== undefined) return { kind: 'gap', gap };
  const open = openSpan(map);
  if (open !== null && t >= open.from && t < open.until) return { kind: 'open' };
  return t >= map.now ? { kind: 'future' } : { kind: 'none' };
};

/** First instant at or after t that can be played; null at the end. */
export const nextPlayable = (map: FootageMap, t: number): number | null => {
  const index = segmentBefore(map.segments, t);
  const here = map.segments[index];
  if (here !== undefined && t < here.until) return t;
  return map.segments[index + 1]?.from ?? null;
};

export const nextGap = (map: FootageMap, t: number): GapSpan | null => gapSpans(map.gaps, map.now).find(({ from }) => from > t) ?? null;
export const previousGap = (map: FootageMap, t: number): GapSpan | null => gapSpans(map.gaps, map.now).findLast(({ until }) => until < t) ?? null;
