/** What a camera had to record and what it did, in a span: pure arithmetic of intervals. */
import type { Instant } from '../../../base/clock.ts';
import { union, type Interval } from '../intervals.ts';

export interface KnownGap extends Interval {
  reason: string;
}
export interface DayGap extends KnownGap {
  approved: boolean;
}
export interface Reckoning {
  expectedMs: number; recordedMs: number; approvedMs: number; gaps: DayGap[];
}

/** Segments of a run join within a frame or so: less than this is no gap. */
const seamMs = 500;
const cut = <T extends Interval>(list: readonly T[], { from, until }: Interval): T[] => list.filter((one) => one.from < until && one.until > from).map((one) => ({ ...one, from: Math.max(one.from, from), until: Math.min(one.until, until) }));
const lengthOf = (list: readonly Interval[]): number => list.reduce((sum, one) => sum + one.until - one.from, 0);

/** What lies in the span and in none of these, which are in order and apart. */
const between = (list: readonly Interval[], { from, until }: Interval): Interval[] => {
  const holes: Interval[] = [];
  let at = from;
  for (const one of list) {
    if (one.from > at) holes.push({ from: at, until: one.from });
    at = Math.max(at, one.until);
  }
  if (at < until) holes.push({ from: at, until });
  return holes;
};

/** The reasons of one hole: cut where one known gap ends and the next begins; what nobody gave a reason for says so. */
const explained = (hole: Interval, known: readonly KnownGap[]): KnownGap[] => {
  const parts: KnownGap[] = [];
  let at: Instant = hole.from;
  for (const gap of cut(known, hole).sort((a, b) => a.from - b.from)) {
    const from = Math.max(at, gap.from);
    if (from - at > seamMs) parts.push({ from: at, until: from, reason: 'unknown' });
    const begin = from - at > seamMs ? from : at;
    if (gap.until > begin) parts.push({ from: begin, until: gap.until, reason: gap.reason });
    at = Math.max(at, gap.until);
  }
  const last = parts.at(-1);
  if (hole.until - at > seamMs) parts.push({ from: at, until: hole.until, reason: 'unknown' });
  else if (last !== undefined) last.until = hole.until;
  else parts.push({ ...hole, reason: 'unknown' });
  return parts;
};

/** `approved`: spans in which a stop really ran. A gap that says so without one is not approved. */
export const reckon = (expected: Interval, footage: readonly Interval[], known: readonly KnownGap[], approved: readonly Interval[]): Reckoning => {
  const span = expected.until > expected.from ? expected : { from: expected.from, until: expected.from };
  const covered = union(cut(footage, span));
  const holes = between(covered, span).filter((hole) => hole.until - hole.from > seamMs);
  const stops = union(cut(approved, span));
  const gaps = holes.flatMap((hole) => explained(hole, known)).map((gap) => ({ ...gap, approved: gap.reason === 'stop_approved' && lengthOf(cut(stops, gap)) > 0 }));
  const missing = lengthOf(holes);
  return { expectedMs: span.until - span.from, recordedMs: Math.max(0, span.until - span.from - missing), approvedMs: lengthOf(gaps.filter((gap) => gap.approved)), gaps };
};

/** Of what had to be recorded; null where nothing had to. An approved stop is nobody's failing. */
export const percentOf = ({ expectedMs, recordedMs, approvedMs }: Pick<Reckoning, 'expectedMs' | 'recordedMs' | 'approvedMs'>): number | null => {
  const due = expectedMs - approvedMs;
  return due <= 0 ? null : Math.min(100, Math.floor((recordedMs / due) * 100_000) / 1_000);
};
