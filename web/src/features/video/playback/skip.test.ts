import { describe, expect, it } from 'vitest';
import type { FootageMap } from './footage-map.ts';
import { overTheCrack, planningTime, skipNote } from './skip.ts';

const minute = 60_000;
const map: FootageMap = {
  segments: [0, 3 * minute].map((from, n) => ({ segmentId: `seg_${String(n)}`, runId: 'run_a', from, until: from + minute, sizeBytes: 1, codec: 'avc1', recovered: false })),
  gaps: [{ gapId: 'gap_1', from: minute, until: 3 * minute, reason: 'network', detail: '' }],
  recordedUntil: 4 * minute, now: 5 * minute, covers: [],
};

describe('playing over gaps', () => {
  it('an element that stalls just before the end of a file has reached the end', () => {
    expect(planningTime(map, minute - 40, true)).toBe(minute);
    expect(planningTime(map, minute - 40, false)).toBe(minute - 40);
    expect(planningTime(map, minute - 5_000, true)).toBe(minute - 5_000);
    expect(planningTime(map, 2 * minute, true)).toBe(2 * minute);
  });
  it('a jump says the whole gap and its reason, wherever in it it began', () => {
    expect(skipNote(map, 2 * minute, 3 * minute)).toMatchObject({ from: minute, to: 3 * minute, gaps: [{ reason: 'network' }] });
  });
  it('a hole that no row explains is said to have no reason', () => {
    expect(skipNote({ ...map, gaps: [] }, minute, 3 * minute)?.gaps).toEqual([]);
  });
  it('time before the first footage is not called lost', () => {
    expect(skipNote({ ...map, segments: map.segments.slice(1), gaps: [] }, 0, 3 * minute)).toMatchObject({ first: true });
    expect(skipNote(map, 2 * minute, 3 * minute)).toMatchObject({ first: false });
  });
  it('a join of some milliseconds is no news', () => {
    expect(skipNote(map, minute, minute + 40)).toBeNull();
  });
  it('a crack in the buffer is stepped over, a real hole is not', () => {
    const buffered = [{ from: 0, until: 1_000 }, { from: 1_090, until: 5_000 }];
    expect(overTheCrack(buffered, 990)).toBe(1_091);
    expect(overTheCrack(buffered, 500)).toBeNull();
    expect(overTheCrack([{ from: 0, until: 1_000 }, { from: 9_000, until: 9_900 }], 995)).toBeNull();
  });
});
