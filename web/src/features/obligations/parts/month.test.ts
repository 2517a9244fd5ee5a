/** Months on the screen. */
import { expect, test } from 'vitest';
import { monthBeside, weeksOf } from './month.ts';

test('weeks begin on Monday and are whole', () => {
  const november = Array.from({ length: 30 }, (_, n) => ({ day: `2026-11-${String(n + 1).padStart(2, '0')}` }));
  const weeks = weeksOf(november);
  expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
  // The first is a Sunday.
  expect(weeks[0]?.[6]?.day).toBe('2026-11-01');
  expect(weeks[1]?.[0]?.day).toBe('2026-11-02');
  expect(weeks.flat().filter((day) => day !== null)).toHaveLength(30);
});

test('the months beside cross the year', () => {
  expect(monthBeside('2026-12', 1)).toBe('2027-01');
  expect(monthBeside('2026-01', -1)).toBe('2025-12');
});
