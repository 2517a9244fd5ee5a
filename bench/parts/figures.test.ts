import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBench, quantile } from './figures.ts';

let lines: Record<string, unknown>[] = [];
beforeEach(() => {
  lines = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>));
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

describe('bars of a bench', () => {
  test('a missed bar fails the bench, a quick look only prints it', () => {
    for (const [quick, code] of [[true, undefined], [false, 1]] as const) {
      const bench = createBench('room', quick);
      bench.print({ figure: 'memory', ours: 351, atMost: 350 });
      bench.finish();
      expect(process.exitCode).toBe(code);
    }
    expect(lines[0]).toEqual({ bench: 'room', figure: 'memory', ours: 351, atMost: 350, met: false });
  });

  test('a figure that could not be measured meets no bar', () => {
    const bench = createBench('live', false);
    bench.print({ figure: 'age', ours: null, atMost: 35 });
    bench.print({ figure: 'age', ours: Number.NaN, atMost: 35 });
    expect(lines.map((line) => line['met'])).toEqual([false, false]);
  });

  test('bars that are met exactly pass, and a figure without a bar is not judged', () => {
    const bench = createBench('crash', false);
    bench.print({ figure: 'kills', ours: 200, atLeast: 200 });
    bench.print({ figure: 'lost', ours: 0, atMost: 0 });
    bench.print({ figure: 'cost', ours: 1, peer: 'ffmpeg', theirs: 4 });
    bench.finish();
    expect(process.exitCode).toBeUndefined();
    expect(lines[2]).toEqual({ bench: 'crash', figure: 'cost', ours: 1, peer: 'ffmpeg', theirs: 4, ratio: 0.25 });
  });

  test('quantiles: the middle, the most, and nothing of nothing', () => {
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
    expect(quantile([3, 1, 2], 1)).toBe(3);
    expect(quantile([], 0.5)).toBeNull();
  });
});
