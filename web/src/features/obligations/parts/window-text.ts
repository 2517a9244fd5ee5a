/** A window as people say it: a day, some days, or some hours. Pure. */
import { clockText, dayText, isoDateText } from '../../../ui/time-format.ts';

/** 11-23 周一 · 11-01 周日 – 11-03 周二 · 11-23 周一 08:00–10:00; in books with the year before each day. */
export const windowText = (from: number, until: number, timeZone: string, language: string, withYear = false): string => {
  const day = (at: number): string => (withYear ? `${isoDateText(at, timeZone).slice(0, 5)}${dayText(at, timeZone, language)}` : dayText(at, timeZone, language));
  const last = until - 1;
  const isWholeDays = clockText(from, timeZone) === '00:00' && clockText(until, timeZone) === '00:00';
  if (isoDateText(from, timeZone) === isoDateText(last, timeZone)) return isWholeDays ? day(from) : `${day(from)} ${clockText(from, timeZone)}–${clockText(until, timeZone)}`;
  return isWholeDays ? `${day(from)} – ${day(last)}` : `${day(from)} ${clockText(from, timeZone)} – ${day(until)} ${clockText(until, timeZone)}`;
};

/** 2026-11-23 08:15, for books. */
export const bookTime = (at: number, timeZone: string): string => `${isoDateText(at, timeZone)} ${clockText(at, timeZone)}`;

/** 11-23 24:00 rather than 11-24 00:00: the end of a day belongs to it. */
export const untilText = (until: number, timeZone: string, language: string): string =>
  clockText(until, timeZone) === '00:00' ? `${dayText(until - 1, timeZone, language)} 24:00` : `${dayText(until, timeZone, language)} ${clockText(until, timeZone)}`;
