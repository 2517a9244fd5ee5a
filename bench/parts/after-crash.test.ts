import { describe, expect, test } from 'vitest';
import { holesOf, type Timeline } from './after-crash.ts';

const timeline = (segments: [number, number][], gaps: [number, number][]): Timeline => ({
  cameraId: 'cam',
  segments: segments.map(([from, until]) => ({ from, until, recovered: false, path: '' })),
  gaps: gaps.map(([from, until]) => ({ from, until, reason: 'recorder_crashed' })),
});

describe('a timeline after crashes', () => {
  test('footage and gaps that join leave no hole, several gaps in a row included', () => {
    expect(holesOf(timeline([[0, 10], [30, 40], [40, 50]], [[10, 20], [20, 30]]))).toEqual({ holes: [], overlapMs: 0 });
  });

  test('a millisecond that nobody answers for is found, before a gap and after it', () => {
    expect(holesOf(timeline([[0, 10], [30, 40]], [[11, 29]])).holes).toEqual([{ from: 10, until: 11 }, { from: 29, until: 30 }]);
  });

  test('what lies before the first footage and after the last is not judged', () => {
    expect(holesOf(timeline([[10, 20]], [[0, 5], [25, 30]])).holes).toEqual([]);
  });

  test('a gap that ends too late hides no hole behind the footage that follows', () => {
    expect(holesOf(timeline([[0, 10], [20, 30], [40, 50]], [[10, 25]])).holes).toEqual([{ from: 30, until: 40 }]);
  });

  test('time that two segments both claim is counted', () => {
    expect(holesOf(timeline([[0, 10], [7, 20]], [])).overlapMs).toBe(3);
  });

  test('a gap that is still open explains everything after it', () => {
    expect(holesOf(timeline([[0, 10], [50, 60]], [[10, Number.POSITIVE_INFINITY]])).holes).toEqual([]);
  });
});
