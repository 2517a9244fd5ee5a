/** Calendar months of the site, as half-open spans of UTC milliseconds. Pure. */
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../base/clock.ts';
import type { Period } from '../../base/judge.ts';

const monthOf = (at: Instant, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).with({ day: 1 }).startOfDay();

/** Whole months that are over, from the first whole one after `since` to the last before `now`, newest first; at most `most`. */
export const monthsOver = (since: Instant, now: Instant, timeZone: string, most: number): Period[] => {
  const months: Period[] = [];
  let until = monthOf(now, timeZone);
  while (months.length < most) {
    const from = until.subtract({ months: 1 });
    if (from.epochMilliseconds < since) return months;
    months.push({ from: from.epochMilliseconds, until: until.epochMilliseconds });
    until = from;
  }
  return months;
};

/** Whether the spans together leave no instant of the period out. */
export const isCovered = ({ from, until }: Period, spans: readonly Period[]): boolean => {
  let reached = from;
  for (const span of spans.toSorted((a, b) => a.from - b.from)) if (span.from <= reached && span.until > reached) reached = span.until;
  return reached >= until;
};
