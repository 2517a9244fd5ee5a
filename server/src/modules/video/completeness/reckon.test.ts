import { expect, test } from 'vitest';
import { percentOf, reckon } from './reckon.ts';

const hour = 3_600_000;
const day = { from: 0, until: 24 * hour };

test('a whole day has no gap, and joins of segments are none', () => {
  const footage = Array.from({ length: 24 }, (_, i) => ({ from: i * hour, until: (i + 1) * hour - (i % 2) * 40 }));
  const all = reckon(day, footage, [], []);
  expect(all).toMatchObject({ expectedMs: 24 * hour, recordedMs: 24 * hour, approvedMs: 0, gaps: [] });
  expect(percentOf(all)).toBe(100);
});

test('a hole is cut by its reasons; what nobody explained says so; an approved stop does not lower the figure', () => {
  const footage = [{ from: -hour, until: 2 * hour }, { from: 5 * hour, until: 12 * hour }, { from: 13 * hour, until: 30 * hour }];
  const known = [{ from: 2 * hour, until: 3 * hour, reason: 'network' }, { from: 4 * hour, until: 5 * hour, reason: 'recorder_crashed' }, { from: 12 * hour, until: 13 * hour, reason: 'stop_approved' }];
  const found = reckon(day, footage, known, [{ from: 12 * hour, until: 13 * hour }]);
  expect(found.gaps).toEqual([
    { from: 2 * hour, until: 3 * hour, reason: 'network', approved: false }, { from: 3 * hour, until: 4 * hour, reason: 'unknown', approved: false },
    { from: 4 * hour, until: 5 * hour, reason: 'recorder_crashed', approved: false }, { from: 12 * hour, until: 13 * hour, reason: 'stop_approved', approved: true },
  ]);
  expect(found).toMatchObject({ recordedMs: 20 * hour, approvedMs: hour });
  expect(percentOf(found)).toBe(86.956);
  expect(reckon(day, footage, known, []).approvedMs).toBe(0);
});

test('a camera that was added at noon and retired at six owes six hours; one that owed nothing has no figure', () => {
  const found = reckon({ from: 12 * hour, until: 18 * hour }, [{ from: 11 * hour, until: 15 * hour }], [], []);
  expect(found).toMatchObject({ expectedMs: 6 * hour, recordedMs: 3 * hour });
  expect(percentOf(reckon({ from: hour, until: 0 }, [], [], []))).toBeNull();
});
