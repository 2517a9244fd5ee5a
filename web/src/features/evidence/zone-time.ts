/** Date and time fields (datetime-local) in the site's zone, to instants and back. Pure. */
import { dayStart } from '../../ui/day-span.ts';
import { clockText, isoDateText } from '../../ui/time-format.ts';

const minuteMs = 60_000;

/** 2026-11-22T08:30 as the clock of the site shows it. */
export const zoneText = (at: number, timeZone: string): string => `${isoDateText(at, timeZone)}T${clockText(at, timeZone)}`;

/** The instant at which the site's clock shows it; null when it is no date, or the clock skips it. Of two, the first. */
export const zoneInstant = (text: string, timeZone: string): number | null => {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(text);
  const start = match === null ? null : dayStart(match[1] ?? '', timeZone);
  if (match === null || start === null) return null;
  const wanted = `${match[1] ?? ''}T${match[2] ?? ''}:${match[3] ?? ''}`;
  const guess = start + (Number(match[2]) * 60 + Number(match[3])) * minuteMs;
  // A day with a change of the clock is an hour longer or shorter.
  return [-60, 0, 60].map((shift) => guess + shift * minuteMs).find((at) => zoneText(at, timeZone) === wanted) ?? null;
};
