/**
 * Windows of a rhythm in the time zone of a site (lifecycles.md 8). Pure: daylight saving, leap days and months without the 31st are the
 * calendar's; holidays move a window only where the rule says so.
 */
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../base/clock.ts';
import { shiftSpan } from '../../base/shift-span.ts';
import type { Rhythm } from './rhythm.ts';

/** Half-open. */
export interface Window {
  /** Names the window among those of its kind, whatever the holidays do: the day (and time) as written. */
  key: string;
  from: Instant;
  until: Instant;
  /** Until the next one as written; a grace of half a cycle is half of this. */
  cycleMs: number;
}

export type CalendarRule = 'as_written' | 'next_working_day';

export interface Calendar {
  timeZone: string;
  rule: CalendarRule;
  /** Editable data: a holiday, a weekend day that is worked on, or nothing said (Monday to Friday are working days). */
  dayKind(isoDay: string): 'holiday' | 'working' | null;
  /** Shifts in local time, start and end, e.g. 08:00-20:00 and 20:00-08:00. What is not written so is no shift. */
  shiftWindows: readonly string[];
  parameter(name: string): number;
}

type Day = Temporal.PlainDate;
interface Span {
  key: string;
  first: Day;
  /** Last day, included. */
  last: Day;
  next: Day;
}

const startOf = (day: Day, timeZone: string): Instant => day.toZonedDateTime(timeZone).epochMilliseconds;
const dayAt = (instant: Instant, timeZone: string): Day => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate();
const dayOfMonth = (year: number, month: number, day: number): Day => Temporal.PlainDate.from({ year, month, day }, { overflow: 'constrain' });
const isBefore = (a: Day, b: Day): boolean => Temporal.PlainDate.compare(a, b) < 0;

const span = (first: Day, last: Day, next: Day): Span => ({ key: first.toString(), first, last, next });

/** Each makes the spans that may begin from `from` to `until`, in order; a few more do no harm. */
const steps = {
  weekly: (weekday: number, from: Day, until: Day): Span[] => {
    const found: Span[] = [];
    for (let day = from.subtract({ days: from.dayOfWeek - weekday }); !isBefore(until, day); day = day.add({ days: 7 })) found.push(span(day, day, day.add({ days: 7 })));
    return found;
  },
  monthly: (everyMonths: number, first: number, last: number, from: Day, until: Day): Span[] => {
    const found: Span[] = [];
    const begin = Temporal.PlainYearMonth.from({ year: from.year, month: 1 });
    for (let month = begin; !isBefore(until, month.toPlainDate({ day: 1 })); month = month.add({ months: everyMonths })) {
      const next = month.add({ months: everyMonths });
      found.push(span(dayOfMonth(month.year, month.month, first), dayOfMonth(month.year, month.month, last), dayOfMonth(next.year, next.month, first)));
    }
    return found;
  },
  yearly: (first: string, last: string, from: Day, until: Day): Span[] => {
    const [firstMonth = 1, firstDay = 1] = first.split('-').map(Number);
    const [lastMonth = 1, lastDay = 1] = last.split('-').map(Number);
    const years = Array.from({ length: until.year - from.year + 3 }, (_, n) => from.year - 1 + n);
    return years.map((year) => {
      const endsInYear = last < first ? year + 1 : year;
      return span(dayOfMonth(year, firstMonth, firstDay), dayOfMonth(endsInYear, lastMonth, lastDay), dayOfMonth(year + 1, firstMonth, firstDay));
    });
  },
  daily: (everyDays: number, openDays: number, start: Day, from: Day, until: Day): Span[] => {
    const found: Span[] = [];
    const passed = Math.max(0, Math.floor(start.until(from, { largestUnit: 'days' }).days / everyDays));
    for (let day = start.add({ days: passed * everyDays }); !isBefore(until, day); day = day.add({ days: everyDays })) {
      found.push(span(day, day.add({ days: openDays - 1 }), day.add({ days: everyDays })));
    }
    return found;
  },
};

const daySpans = (rhythm: Exclude<Rhythm, { every: 'hours' | 'shift' }>, calendar: Calendar, from: Day, until: Day): Span[] => {
  switch (rhythm.every) {
    case 'day':
      return steps.daily(1, 1, from, from, until);
    case 'week':
      return steps.weekly(rhythm.weekday, from, until);
    case 'month':
      return steps.monthly(1, rhythm.day, rhythm.untilDay ?? rhythm.day, from, until);
    case 'quarter':
      return steps.monthly(3, rhythm.firstDay, rhythm.lastDay, from, until);
    case 'year':
      return steps.yearly(rhythm.from, rhythm.until, from, until);
    case 'days': {
      const everyDays = typeof rhythm.days === 'number' ? rhythm.days : calendar.parameter(rhythm.days.parameter);
      return steps.daily(everyDays, Math.min(rhythm.openDays ?? everyDays, everyDays), Temporal.PlainDate.from(rhythm.startingOn), from, until);
    }
  }
};

const isWorkingDay = (day: Day, calendar: Calendar): boolean => {
  const said = calendar.dayKind(day.toString());
  return said === null ? day.dayOfWeek <= 5 : said === 'working';
};

/** No holiday lasts longer; a calendar that calls every day a holiday moves nothing further. */
const furthestMoveDays = 31;

/** The whole window moves to the first working day; what is due every day is due on holidays too. */
const moved = (one: Span, calendar: Calendar): Span => {
  for (let days = 0; days <= furthestMoveDays; days += 1) {
    if (isWorkingDay(one.first.add({ days }), calendar)) return { ...one, first: one.first.add({ days }), last: one.last.add({ days }) };
  }
  return one;
};

interface ClockSpan {
  begins: string;
  /** null: until the next one begins. */
  ends: string | null;
}

const shiftSpans = (shiftWindows: readonly string[]): ClockSpan[] => {
  const found = new Map<string, ClockSpan>();
  for (const text of shiftWindows) {
    const shift = shiftSpan(text);
    if (shift !== null && !found.has(shift.begins)) found.set(shift.begins, shift);
  }
  return [...found.values()].sort((one, other) => (one.begins < other.begins ? -1 : 1));
};

const clockSpans = (rhythm: Extract<Rhythm, { every: 'hours' | 'shift' }>, calendar: Pick<Calendar, 'shiftWindows'>): ClockSpan[] =>
  rhythm.every === 'shift'
    ? shiftSpans(calendar.shiftWindows)
    : Array.from({ length: 24 / rhythm.hours }, (_, n) => ({ begins: `${String(n * rhythm.hours).padStart(2, '0')}:00`, ends: null }));

/** Each from its local time to its end, or to the next. A time that the clocks skip is the first instant after the gap; a shift that ends before it begins ends on the next day. */
const clockWindows = (rhythm: Extract<Rhythm, { every: 'hours' | 'shift' }>, calendar: Pick<Calendar, 'shiftWindows' | 'timeZone'>, from: Day, until: Day): Window[] => {
  const spans = clockSpans(rhythm, calendar);
  const instantOf = (day: Day, time: string): Instant => day.toZonedDateTime({ timeZone: calendar.timeZone, plainTime: time }).epochMilliseconds;
  const starts: { key: string; at: Instant; ends: Instant | null }[] = [];
  for (let day = from; !isBefore(until, day); day = day.add({ days: 1 })) {
    for (const { begins, ends } of spans) {
      starts.push({ key: `${day.toString()}T${begins}`, at: instantOf(day, begins), ends: ends === null ? null : instantOf(ends > begins ? day : day.add({ days: 1 }), ends) });
    }
  }
  return starts.flatMap(({ key, at, ends }, index) => {
    const next = starts[index + 1];
    return next === undefined ? [] : [{ key, from: at, until: ends ?? next.at, cycleMs: next.at - at }];
  });
};

/** The windows that begin from `from` until `until` (half-open), in order. */
export const windowsBetween = (rhythm: Rhythm, calendar: Calendar, from: Instant, until: Instant): Window[] => {
  const { timeZone } = calendar;
  const firstDay = dayAt(from, timeZone).subtract({ days: furthestMoveDays + 2 });
  const lastDay = dayAt(until, timeZone).add({ days: 2 });
  const windows =
    rhythm.every === 'hours' || rhythm.every === 'shift'
      ? clockWindows(rhythm, calendar, dayAt(from, timeZone).subtract({ days: 2 }), lastDay)
      : daySpans(rhythm, calendar, firstDay, lastDay).map((written): Window => {
          const one = calendar.rule === 'next_working_day' && rhythm.every !== 'day' ? moved(written, calendar) : written;
          const cycleMs = startOf(written.next, timeZone) - startOf(written.first, timeZone);
          return { key: one.key, from: startOf(one.first, timeZone), until: startOf(one.last.add({ days: 1 }), timeZone), cycleMs };
        });
  // A day or hour that a zone left out altogether has no window.
  return windows.filter((one) => one.until > one.from && one.from >= from && one.from < until).sort((a, b) => a.from - b.from);
};

/** The longest that a window of this rhythm may have been open before now. */
const reachMs = 400 * 86_400_000;

/** The windows that are open at an instant. */
export const windowsAt = (rhythm: Rhythm, calendar: Calendar, at: Instant): Window[] => {
  const isShort = rhythm.every === 'hours' || rhythm.every === 'shift' || rhythm.every === 'day';
  return windowsBetween(rhythm, calendar, at - (isShort ? 2 * 86_400_000 : reachMs), at + 1).filter((one) => one.until > at);
};

/** When the shift that is on at an instant ends, the last of several; null: none is on. */
export const shiftEndAt = (calendar: Pick<Calendar, 'shiftWindows' | 'timeZone'>, at: Instant): Instant | null => {
  const today = dayAt(at, calendar.timeZone);
  const on = clockWindows({ every: 'shift' }, calendar, today.subtract({ days: 2 }), today.add({ days: 2 })).filter((one) => one.from <= at && one.until > at);
  return on.length === 0 ? null : Math.max(...on.map(({ until }) => until));
};

export const isoDayAt = (instant: Instant, timeZone: string): string => dayAt(instant, timeZone).toString();
export const dayStart = (iso: string, timeZone: string): Instant => startOf(Temporal.PlainDate.from(iso), timeZone);
export const addDays = (iso: string, days: number): string => Temporal.PlainDate.from(iso).add({ days }).toString();
