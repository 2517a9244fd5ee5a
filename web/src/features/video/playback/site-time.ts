/**
 * The site's time zone at the rim: storage is UTC, people type and read the wall clock of the site (recording.md "Time").
 * Days are the site's days: 23, 24 or 25 hours; a clock time that happens twice is said to, one that does not exist is refused.
 */
import { Temporal } from 'temporal-polyfill';

export const dayMs = 86_400_000;
const quarterMs = 15 * 60_000;

const offsets = new Map<string, number>();
/** Zone offset at an instant. Cached by the quarter of an hour: offsets of our time change only on its borders. */
export const offsetMs = (zone: string, at: number): number => {
  const key = `${zone} ${String(Math.floor(at / quarterMs))}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;
    if (offsets.size > 5_000) offsets.clear();
    offsets.set(key, offset);
  }
  return offset;
};

const two = (value: number): string => String(value).padStart(2, '0');
const local = (zone: string, at: number): Date => new Date(at + offsetMs(zone, at));

/** 02:47:16, 02:47 or 02:47:16.240 */
export const clockText = (zone: string, at: number, precision: 'minute' | 'second' | 'millisecond' = 'second'): string => {
  const date = local(zone, at);
  const minute = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  if (precision === 'minute') return minute;
  const second = `${minute}:${two(date.getUTCSeconds())}`;
  return precision === 'second' ? second : `${second}.${String(date.getUTCMilliseconds()).padStart(3, '0')}`;
};
/** 2026-11-22, the site's day of an instant. */
export const dateText = (zone: string, at: number): string => {
  const date = local(zone, at);
  return `${String(date.getUTCFullYear())}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
};
export const dateTimeText = (zone: string, at: number): string => `${dateText(zone, at)} ${clockText(zone, at)}`;

/** The site's day that holds an instant: its midnight and the next one. Where a day begins at 01:00 (clock change), that is its beginning. */
export const dayAround = (zone: string, at: number): { from: number; until: number } => {
  const start = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone).startOfDay();
  return { from: start.epochMilliseconds, until: start.add({ days: 1 }).startOfDay().epochMilliseconds };
};
/** The same clock time on the neighbouring day. */
export const addDays = (zone: string, at: number, days: number): number =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone).add({ days }).epochMilliseconds;

export type TypedTime =
  /** twice: this clock time happens twice on that day; `at` is the first. */
  | { kind: 'ok'; at: number; twice: boolean }
  | { kind: 'invalid' }
  /** The clock jumped over this time. */
  | { kind: 'skipped' };

/** Digits alone mean a clock time (1031, 103120) or, with eight of them, a date: nothing else can be meant. */
const datePattern = /^(?:(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2}))(?:[ T]+|$)/;
const clockPattern = /^(?:(\d{1,2})[:.时点](\d{2})(?:[:.分](\d{2})?秒?)?|(\d{2})(\d{2})(\d{2})?)(?:[.,](\d{1,3}))?$/;
const monthDay = /^(\d{1,2})[-/月](\d{1,2})日?[ T]+(.+)$/;

/** Full-width digits and signs come from Chinese input methods. */
const narrow = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ');

/**
 * Reads what a person types: "10:31", "10:31:20", "103120", "2026-11-22", "2026-11-22 10:31", "11-22 10:31", "2026年11月22日 10时31分".
 * Without a date the day of `near` is meant.
 */
export const parseTyped = (zone: string, text: string, near: number): TypedTime => {
  const day = dateText(zone, near);
  let typed = narrow(text);
  const short = monthDay.exec(typed);
  if (short !== null && typed.length > 0) typed = `${day.slice(0, 4)}-${two(Number(short[1]))}-${two(Number(short[2]))} ${short[3] ?? ''}`;
  const date = datePattern.exec(typed);
  const clock = clockPattern.exec(typed.slice(date?.[0].length ?? 0));
  const dateOnly = date !== null && date[0].length === typed.length;
  if (clock === null && !dateOnly) return { kind: 'invalid' };
  const [year, month, dayOfMonth] = [date?.[1] ?? date?.[4], date?.[2] ?? date?.[5], date?.[3] ?? date?.[6]];
  const [hour, minute, second, fraction] = [clock?.[1] ?? clock?.[4], clock?.[2] ?? clock?.[5], clock?.[3] ?? clock?.[6], clock?.[7]];
  const [nearYear, nearMonth, nearDay] = day.split('-').map(Number);
  const fields = {
    year: Number(year ?? nearYear), month: Number(month ?? nearMonth), day: Number(dayOfMonth ?? nearDay),
    hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: Number(second ?? 0), millisecond: Number((fraction ?? '0').padEnd(3, '0')),
  };
  let wall: Temporal.PlainDateTime;
  try {
    // 24:00 is how registers write the end of a day.
    const midnight = fields.hour === 24 && fields.minute === 0 && fields.second === 0;
    wall = Temporal.PlainDateTime.from(midnight ? { ...fields, hour: 0 } : fields, { overflow: 'reject' });
    if (midnight) wall = wall.add({ days: 1 });
  } catch {
    return { kind: 'invalid' };
  }
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  if (dateOnly) return { kind: 'ok', at: wall.toPlainDate().toZonedDateTime(zone).epochMilliseconds, twice: false };
  if (!earlier.toPlainDateTime().equals(wall)) return { kind: 'skipped' };
  return { kind: 'ok', at: earlier.epochMilliseconds, twice: earlier.epochMilliseconds !== later.epochMilliseconds };
};
