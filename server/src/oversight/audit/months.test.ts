/** Months of the site, and whether reviews cover them. */
import { expect, test } from 'vitest';
import { isCovered, monthsOver } from './months.ts';

const at = (text: string): number => Date.parse(text);

test('months are those of the site: whole, over, newest first', () => {
  const months = monthsOver(at('2026-08-20T00:00:00Z'), at('2026-11-05T00:00:00Z'), 'Asia/Shanghai', 24);
  expect(months.map(({ from }) => new Date(from).toISOString())).toEqual(['2026-09-30T16:00:00.000Z', '2026-08-31T16:00:00.000Z']);
});

test('daylight saving does not cut a month', () => {
  const [month] = monthsOver(at('2026-01-01T00:00:00Z'), at('2026-04-02T00:00:00Z'), 'Europe/Berlin', 1);
  expect(month).toEqual({ from: at('2026-02-28T23:00:00Z'), until: at('2026-03-31T22:00:00Z') });
});

test('spans cover a period only without a hole', () => {
  expect(isCovered({ from: 10, until: 20 }, [{ from: 15, until: 30 }, { from: 0, until: 15 }])).toBe(true);
  expect(isCovered({ from: 10, until: 20 }, [{ from: 16, until: 30 }, { from: 0, until: 15 }])).toBe(false);
  expect(isCovered({ from: 10, until: 20 }, [])).toBe(false);
});
