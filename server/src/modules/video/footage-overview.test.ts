import { describe, expect, test } from 'vitest';
import { footageLess } from './footage-overview.ts';

const day = (n: number, from = 0, until = 24) => ({ from: (n * 24 + from) * 10, until: (n * 24 + until) * 10 });

describe('overview of footage', () => {
  test('days that touch are one span, and no more than was asked for', () => {
    expect(footageLess([day(0), day(1), day(2)], [], 100, 600)).toEqual([{ from: 100, until: 600 }]);
  });

  test('what a gap takes away is left out, also one over midnight and one that goes on', () => {
    const gaps = [{ from: 50, until: 60 }, { from: 230, until: 250 }, { from: 700, until: null }];
    expect(footageLess([day(0, 0, 23), day(1, 1), day(2)], gaps, 0, 2_000)).toEqual([{ from: 0, until: 50 }, { from: 60, until: 230 }, { from: 250, until: 700 }]);
  });

  test('days that were deleted are no footage though no gap names them', () => {
    expect(footageLess([day(0), day(3)], [], 0, 2_000)).toEqual([day(0), day(3)]);
  });

  test('gaps that overlap take away once', () => {
    expect(footageLess([day(0)], [{ from: 20, until: 90 }, { from: 10, until: 50 }], 0, 240)).toEqual([{ from: 0, until: 10 }, { from: 90, until: 240 }]);
  });
});
