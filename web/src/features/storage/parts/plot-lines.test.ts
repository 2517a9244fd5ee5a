import { expect, test } from 'vitest';
import { linesOf } from './plot-lines.ts';

const day = 86_400_000;

test('the line of the forecast meets the line of the room where footage no longer fits', () => {
  const plot = [0, 1, 2].map((n) => ({ day: n, bytes: 50 * n }));
  const lines = linesOf({ capacityBytes: 100, plot, past: [] }, 10 * day);
  expect(lines).toMatchObject({ todayX: 0, past: '', roomY: 20 });
  expect(lines.ahead).toBe('M0 220 L500 120 L1000 20');
});
test('what was kept so far leads to today without a break', () => {
  const lines = linesOf({ capacityBytes: 100, plot: [{ day: 0, bytes: 40 }, { day: 5, bytes: 90 }], past: [{ at: 5 * day, footageBytes: 10 }] }, 10 * day);
  expect(lines.todayX).toBe(500);
  expect(lines.past.split(' L').at(-1)).toBe(lines.ahead.slice(1).split(' L')[0]);
});
test('nothing kept and no room is drawn without a number that is none', () => {
  expect(JSON.stringify(linesOf({ capacityBytes: 0, plot: [], past: [] }, 0))).not.toMatch(/NaN|Infinity|null/);
});
