/** The calendar of obligations against a brute-force oracle over ten years, and the days that regulations speak of. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, shiftEndAt, windowsAt, windowsBetween, type Calendar } from './calendar.ts';
import type { Rhythm } from './rhythm.ts';
import { oracleWindows, walkDays } from './testing/oracle.ts';

const calendar = (timeZone: string, more: Partial<Calendar> = {}): Calendar => ({
  timeZone, rule: 'as_written', dayKind: () => null, shiftWindows: ['08:00-20:00', '20:00-08:00'], parameter: () => 30, ...more,
});
const shanghai = calendar('Asia/Shanghai');
const iso = (at: number): string => new Date(at).toISOString();
const local = (text: string): number => Date.parse(`${text}+08:00`);

const two = (n: number): string => String(n).padStart(2, '0');
const monthDay = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 })).map(([month, day]) => `${two(month)}-${two(day)}`).filter((text) => !/^(02-3[01]|(04|06|09|11)-31)$/.test(text));
const rhythms = (startingOn: string): fc.Arbitrary<Rhythm> =>
  fc.oneof(
    fc.constant<Rhythm>({ every: 'day' }),
    fc.constant<Rhythm>({ every: 'shift' }),
    fc.integer({ min: 1, max: 7 }).map((weekday): Rhythm => ({ every: 'week', weekday })),
    fc.tuple(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 0, max: 30 })).map(([day, more]): Rhythm => ({ every: 'month', day, untilDay: Math.min(31, day + more) })),
    fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 0, max: 27 })).map(([firstDay, more]): Rhythm => ({ every: 'quarter', firstDay, lastDay: Math.min(28, firstDay + more) })),
    fc.tuple(monthDay, monthDay).map(([from, until]): Rhythm => ({ every: 'year', from, until })),
    fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 })).map(([days, openDays]): Rhythm => ({ every: 'days', days, startingOn, openDays })),
    fc.constantFrom(1, 2, 3, 4, 6, 8, 12).map((hours): Rhythm => ({ every: 'hours', hours: hours as 2 })),
  );
const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45)).map(([hour, minute]) => `${two(hour)}:${two(minute)}`);
const shiftsOfDay = fc.uniqueArray(fc.tuple(time, time), { minLength: 1, maxLength: 4, selector: ([begins]) => begins }).map((spans) => spans.map(([begins, ends]) => `${begins}-${ends}`));

// Beijing; an hour of daylight saving; half an hour of it; days that began at 01:00 since midnight was skipped.
describe.each([
  ['Asia/Shanghai', 2020],
  ['America/New_York', 2020],
  ['Australia/Lord_Howe', 2020],
  ['America/Sao_Paulo', 2012],
])('ten years in %s from %i', (timeZone, year) => {
  const days = walkDays(timeZone, Date.UTC(year, 0, 1) - 86_400_000, Date.UTC(year + 10, 0, 1) + 86_400_000);
  const startingOn = days[3]?.iso ?? '';
  const edge = 400 * 86_400_000;
  const from = days[0]?.from ?? 0;
  const until = days.at(-1)?.until ?? 0;

  test('every rhythm has exactly the windows that a walk through the days finds', () => {
    fc.assert(
      fc.property(rhythms(startingOn), shiftsOfDay, fc.double({ min: 0, max: 0.9, noNaN: true }), fc.integer({ min: 1, max: 1_500 }), (rhythm, shiftWindows, part, length) => {
        const begin = Math.floor(from + edge / 200 + (until - from - edge) * part);
        const end = Math.min(until - edge, begin + length * 86_400_000);
        const wanted = oracleWindows(rhythm, days, shiftWindows).filter((one) => one.until > one.from && one.from >= begin && one.from < end);
        const found = windowsBetween(rhythm, calendar(timeZone, { shiftWindows }), begin, end).map((one) => ({ from: one.from, until: one.until }));
        expect(found.map(({ from: a, until: b }) => `${iso(a)} ${iso(b)}`)).toEqual(wanted.map(({ from: a, until: b }) => `${iso(a)} ${iso(b)}`));
      }),
      { numRuns: 60 },
    );
  });

  test('the whole ten years at once, for the rhythms of the regulations', () => {
    const written: Rhythm[] = [{ every: 'day' }, { every: 'week', weekday: 1 }, { every: 'month', day: 1 }, { every: 'month', day: 31 }, { every: 'quarter', firstDay: 1, lastDay: 3 }, { every: 'year', from: '02-29', until: '03-01' }, { every: 'hours', hours: 2 }];
    for (const rhythm of written) {
      const wanted = oracleWindows(rhythm, days, []).filter((one) => one.from >= from && one.from < until - edge);
      const found = windowsBetween(rhythm, calendar(timeZone), from, until - edge);
      expect(found.map((one) => `${iso(one.from)} ${iso(one.until)}`), JSON.stringify(rhythm)).toEqual(wanted.map((one) => `${iso(one.from)} ${iso(one.until)}`));
      expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
    }
  });
});

test('a month without a 31st takes its last day, a February its 28th or 29th', () => {
  const found = windowsBetween({ every: 'month', day: 31 }, shanghai, local('2028-01-01T00:00'), local('2028-05-01T00:00'));
  expect(found.map(({ key }) => key)).toEqual(['2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30']);
});

test('holidays change nothing as written; by the other rule a window moves whole to the next working day, and what is daily never moves', () => {
  const goldenWeek = (day: string): 'holiday' | 'working' | null => (day >= '2026-10-01' && day <= '2026-10-07' ? 'holiday' : day === '2026-10-10' ? 'working' : null);
  const quarter: Rhythm = { every: 'quarter', firstDay: 1, lastDay: 3 };
  const asked = [local('2026-10-01T00:00'), local('2026-11-01T00:00')] as const;
  expect(windowsBetween(quarter, calendar('Asia/Shanghai', { dayKind: goldenWeek }), ...asked)).toMatchObject([{ from: local('2026-10-01T00:00'), until: local('2026-10-04T00:00') }]);
  const moving = calendar('Asia/Shanghai', { dayKind: goldenWeek, rule: 'next_working_day' });
  expect(windowsBetween(quarter, moving, ...asked)).toMatchObject([{ key: '2026-10-01', from: local('2026-10-08T00:00'), until: local('2026-10-11T00:00') }]);
  // The 10th is a Saturday on which people work.
  expect(windowsBetween({ every: 'month', day: 10 }, moving, ...asked)).toMatchObject([{ from: local('2026-10-10T00:00') }]);
  expect(windowsBetween({ every: 'day' }, moving, ...asked)).toHaveLength(31);
});

test('a calendar that calls every day a holiday moves nothing', () => {
  const found = windowsBetween({ every: 'week', weekday: 1 }, calendar('Asia/Shanghai', { rule: 'next_working_day', dayKind: () => 'holiday' }), local('2026-11-01T00:00'), local('2026-11-30T00:00'));
  expect(found.map(({ key }) => key)).toEqual(['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23']);
});

test('the window that is open now is found, one that ended a moment ago is not', () => {
  const quarter: Rhythm = { every: 'quarter', firstDay: 1, lastDay: 3 };
  expect(windowsAt(quarter, shanghai, local('2026-10-03T23:59'))).toHaveLength(1);
  expect(windowsAt(quarter, shanghai, local('2026-10-04T00:00'))).toEqual([]);
  expect(windowsAt({ every: 'year', from: '11-01', until: '02-28' }, shanghai, local('2027-01-15T12:00'))).toMatchObject([{ key: '2026-11-01' }]);
});

test('a period of days follows its parameter', () => {
  const found = windowsBetween({ every: 'days', days: { parameter: 'inspection_period_days' }, startingOn: '2026-01-01' }, calendar('Asia/Shanghai', { parameter: () => 30 }), local('2026-01-01T00:00'), local('2026-03-31T00:00'));
  expect(found.map(({ key }) => key)).toEqual(['2026-01-01', addDays('2026-01-01', 30), addDays('2026-01-01', 60)]);
});

test('a shift has an end of its own: what lies between two shifts belongs to none, and one over midnight ends on the next day', () => {
  const closedAtNoon = calendar('Asia/Shanghai', { shiftWindows: ['07:00-12:00', '14:00-22:00', '22:00-06:00', 'not a shift', '25:00-26:00'] });
  const found = windowsBetween({ every: 'shift' }, closedAtNoon, local('2026-11-18T00:00'), local('2026-11-19T00:00'));
  expect(found.map((one) => [one.key, iso(one.from), iso(one.until)])).toEqual([
    ['2026-11-18T07:00', iso(local('2026-11-18T07:00')), iso(local('2026-11-18T12:00'))],
    ['2026-11-18T14:00', iso(local('2026-11-18T14:00')), iso(local('2026-11-18T22:00'))],
    ['2026-11-18T22:00', iso(local('2026-11-18T22:00')), iso(local('2026-11-19T06:00'))],
  ]);
  expect(shiftEndAt(closedAtNoon, local('2026-11-19T03:00'))).toBe(local('2026-11-19T06:00'));
  expect(shiftEndAt(closedAtNoon, local('2026-11-18T13:00'))).toBeNull();
  expect(shiftEndAt(closedAtNoon, local('2026-11-18T22:00'))).toBe(local('2026-11-19T06:00'));
});
