/** Days of the site as instants: a day begins at its own midnight there, and may have 23 or 25 hours. Pure. */
import { isoDateText } from './time-format.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** First instant of the day `2026-11-22` in the zone; null when the text is no date. Where midnight is skipped by a clock change, the first instant there is. */
export const dayStart = (isoDate: string, timeZone: string): number | null => {
  const utc = Date.parse(`${isoDate}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(isoDate) || Number.isNaN(utc)) return null;
  // Zones lie between −12 and +14 hours: the day begins within that window; found by halving it down to a millisecond.
  let before = utc - 15 * hourMs;
  let within = utc + 13 * hourMs;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (isoDateText(middle, timeZone) < isoDate) before = middle;
    else within = middle;
  }
  return isoDateText(within, timeZone) === isoDate ? within : null;
};

/** First instant after the day. */
export const dayEnd = (isoDate: string, timeZone: string): number | null => {
  const utc = Date.parse(`${isoDate}T00:00:00Z`);
  return dayStart(isoDate, timeZone) === null ? null : dayStart(new Date(utc + dayMs).toISOString().slice(0, 10), timeZone);
};
