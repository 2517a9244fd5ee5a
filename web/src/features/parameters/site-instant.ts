/** Date and time as typed (datetime-local) in the site's zone, to an instant and back. Pure. */
import { dayStart } from '../../ui/day-span.ts';
import { clockText, isoDateText } from '../../ui/time-format.ts';

const minuteMs = 60_000;

/** 2026-11-22T08:30 as the site's clock shows it. */
export const siteText = (at: number, timeZone: string): string => `${isoDateText(at, timeZone)}T${clockText(at, timeZone)}`;

/** null when it is no date, or the clock of that day skips it. */
export const siteInstant = (text: string, timeZone: string): number | null => {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(text);
  const start = match === null ? null : dayStart(match[1] ?? '', timeZone);
  if (match === null || start === null) return null;
  const guess = start + (Number(match[2]) * 60 + Number(match[3])) * minuteMs;
  return [0, -60, 60].map((shift) => guess + shift * minuteMs).find((at) => siteText(at, timeZone) === text.slice(0, 16)) ?? null;
};
