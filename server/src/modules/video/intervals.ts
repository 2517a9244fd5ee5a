/** Sets of half-open spans of time: what of a footage was watched. Pure. */
import type { Instant } from '../../base/clock.ts';

export interface Interval {
  from: Instant;
  until: Instant;
}

/** The union, in order, with touching spans joined. */
export const union = (intervals: readonly Interval[]): Interval[] => {
  const sorted = intervals.filter((one) => one.until > one.from).sort((a, b) => a.from - b.from);
  const joined: Interval[] = [];
  for (const one of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && one.from <= last.until) last.until = Math.max(last.until, one.until);
    else joined.push({ ...one });
  }
  return joined;
};
