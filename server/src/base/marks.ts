/**
 * Facts that speak for a rule or against it, in the order of their time: the span of a period is cut out by two searches, however long the
 * years before it are.
 */
import type { Instant } from './clock.ts';
import type { Period } from './judge.ts';

export interface Marks {
  at: Instant[];
  seq: number[];
}

export const noMarks = (): Marks => ({ at: [], seq: [] });

/** Facts mostly come in the order of their time: what is told late is put in its place, seen from the end. */
export const addMark = ({ at: times, seq: seqs }: Marks, at: Instant, seq: number): void => {
  let place = times.length;
  while (place > 0 && (times[place - 1] ?? 0) > at) place -= 1;
  if (place === times.length) {
    times.push(at);
    seqs.push(seq);
    return;
  }
  times.splice(place, 0, at);
  seqs.splice(place, 0, seq);
};

/** How many marks lie before an instant. */
const before = (times: readonly Instant[], at: Instant): number => {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Sequence numbers of the newest `most` in the period. */
export const marksIn = ({ at, seq }: Marks, { from, until }: Period, most: number): number[] => {
  const end = before(at, until);
  return seq.slice(Math.max(before(at, from), end - most), end);
};

/** Sequence number of the newest one before an instant; null when there is none. */
export const newestBefore = ({ at, seq }: Marks, until: Instant): number | null => seq[before(at, until) - 1] ?? null;
