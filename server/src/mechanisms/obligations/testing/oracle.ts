/** A calendar by brute force: walks through the years a quarter of an hour at a time and asks Intl what the wall clock shows. No arithmetic of dates. */
import type { Instant } from '../../../base/clock.ts';
import type { Window } from '../calendar.ts';
import type { Rhythm } from '../rhythm.ts';

const quarterMs = 15 * 60_000;
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export interface OracleDay {
  iso: string;
  year: number;
  month: number;
  day: number;
  /** Monday is 1. */
  weekday: number;
  from: Instant;
  until: Instant;
  /** Last day of its month. */
  isLast: boolean;
  /** First instant at which the wall clock shows this time or a later one: "02:00" → instant. */
  at: Map<string, Instant>;
}

export const walkDays = (timeZone: string, from: Instant, until: Instant): OracleDay[] => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const days: OracleDay[] = [];
  for (let at = from; at < until; at += quarterMs) {
    const parts: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(at)) parts[type] = value;
    const iso = `${parts['year']}-${parts['month']}-${parts['day']}`;
    let day = days.at(-1);
    if (day?.iso !== iso) {
      if (day !== undefined) {
        day.until = at;
        day.isLast = day.month !== Number(parts['month']);
      }
      day = { iso, year: Number(parts['year']), month: Number(parts['month']), day: Number(parts['day']), weekday: weekdays.indexOf(parts['weekday'] ?? '') + 1, from: at, until: at, isLast: false, at: new Map() };
      days.push(day);
    }
    const time = `${parts['hour']}:${parts['minute']}`;
    if (!day.at.has(time)) day.at.set(time, at);
  }
  // The ends are cut: neither their start nor their last hour is known.
  return days.slice(1, -1);
};

const firstAt = (day: OracleDay, time: string): Instant => {
  const exact = day.at.get(time);
  if (exact !== undefined) return exact;
  // The clocks jump over it: as far behind the gap as the time lies in it.
  const before = [...day.at].filter(([shown]) => shown < time).at(-1);
  const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  // The gap is at midnight itself.
  if (before === undefined) return day.from + minutes(time) * 60_000;
  return before[1] + (minutes(time) - minutes(before[0])) * 60_000;
};

type Bounds = Pick<Window, 'from' | 'until'>;
const bounds = (first: OracleDay, last: OracleDay | undefined): Bounds[] => (last === undefined ? [] : [{ from: first.from, until: last.until }]);
const isDay = (day: OracleDay, wanted: number): boolean => day.day === wanted || (day.isLast && day.day < wanted);

const monthly = (days: readonly OracleDay[], first: number, last: number, months: (month: number) => boolean): Bounds[] =>
  days.flatMap((day) => (months(day.month) && isDay(day, first) ? bounds(day, days.find((other) => other.year === day.year && other.month === day.month && isDay(other, last))) : []));

const yearly = (days: readonly OracleDay[], first: string, last: string): Bounds[] => {
  const split = (text: string): [number, number] => [Number(text.slice(0, 2)), Number(text.slice(3))];
  const is = (day: OracleDay, text: string): boolean => day.month === split(text)[0] && isDay(day, split(text)[1]);
  return days.flatMap((day, index) => (is(day, first) ? bounds(day, days.slice(index, index + 367).find((other) => is(other, last) && (last >= first ? other.year === day.year : other.year === day.year + 1))) : []));
};

const timed = (days: readonly OracleDay[], times: readonly string[]): Bounds[] => {
  const starts = days.flatMap((day) => times.map((time) => firstAt(day, time)));
  return starts.flatMap((from, index) => (starts[index + 1] === undefined ? [] : [{ from, until: starts[index + 1] ?? from }]));
};

/** "22:00-06:00": ends on the next day. */
const shifts = (days: readonly OracleDay[], written: readonly string[]): Bounds[] =>
  days.flatMap((day, index) =>
    written.flatMap((text) => {
      const [begins = '', ends = ''] = text.split('-');
      const last = ends > begins ? day : days[index + 1];
      return last === undefined ? [] : [{ from: firstAt(day, begins), until: firstAt(last, ends) }];
    }),
  );

/** All windows that lie wholly within the days walked; `startIndex` of "every n days" is found by walking, too. */
export const oracleWindows = (rhythm: Rhythm, days: readonly OracleDay[], shiftWindows: readonly string[]): Bounds[] => {
  switch (rhythm.every) {
    case 'day':
      return days.map(({ from, until }) => ({ from, until }));
    case 'week':
      return days.filter(({ weekday }) => weekday === rhythm.weekday).map(({ from, until }) => ({ from, until }));
    case 'month':
      return monthly(days, rhythm.day, rhythm.untilDay ?? rhythm.day, () => true);
    case 'quarter':
      return monthly(days, rhythm.firstDay, rhythm.lastDay, (month) => [1, 4, 7, 10].includes(month));
    case 'year':
      return yearly(days, rhythm.from, rhythm.until);
    case 'days': {
      const start = days.findIndex(({ iso }) => iso === rhythm.startingOn);
      const every = rhythm.days as number;
      const found: Bounds[] = [];
      for (let index = start; index >= 0 && index < days.length; index += every) {
        const first = days[index];
        if (first !== undefined) found.push(...bounds(first, days[index + Math.min(rhythm.openDays ?? every, every) - 1]));
      }
      return found;
    }
    case 'hours':
      return timed(days, Array.from({ length: 24 / rhythm.hours }, (_, n) => `${String(n * rhythm.hours).padStart(2, '0')}:00`));
    case 'shift':
      return shifts(days, [...shiftWindows].sort());
  }
};
