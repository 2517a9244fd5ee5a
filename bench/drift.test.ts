import { describe, expect, test } from 'vitest';
import { drift, driftCases } from './drift.ts';

const caseOf = (name: string) => driftCases.find((one) => one.name === name)!;

describe('the drift bench', () => {
  test('a camera clock that is nudged in time stays within its bound, and segments join', () => {
    const found = drift(caseOf('450 ppm fast'), 3);
    expect(found).toMatchObject({ breaks: 0, segments: 179 });
    expect(found.worstMs).toBeLessThanOrEqual(caseOf('450 ppm fast').atMostMs(3));
    expect(found.nudgedPpm).toBeGreaterThan(400);
  });

  test('a clock beyond the limit is seen to run away: the bench would notice a nudge without bound, and none at all', () => {
    const found = drift(caseOf('700 ppm fast, beyond the limit'), 3);
    expect(found.worstMs).toBeGreaterThan(0.9 * 3 * 3_600_000 * 200e-6);
    expect(found.worstMs).toBeLessThan(1.1 * 3 * 3_600_000 * 200e-6);
    expect(found.nudgedPpm).toBeLessThanOrEqual(500);
  });
});
