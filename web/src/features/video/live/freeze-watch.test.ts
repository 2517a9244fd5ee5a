import { describe, expect, it } from 'vitest';
import { FreezeWatch, sumOf } from './freeze-watch.ts';

describe('a picture that does not change', () => {
  it('is counted from its first sample, and a change starts anew', () => {
    const watch = new FreezeWatch();
    watch.see(1, 1_000);
    expect(watch.unchanged).toBeNull();
    watch.see(2, 2_000);
    watch.see(2, 3_000);
    watch.see(2, 9_000);
    expect(watch.unchanged).toEqual({ since: 2_000, forMs: 7_000 });
    watch.see(3, 10_000);
    expect(watch.unchanged).toBeNull();
  });
  it('is not carried over a stream that broke off', () => {
    const watch = new FreezeWatch();
    watch.see(1, 1_000);
    watch.see(1, 9_000);
    watch.forget();
    expect(watch.unchanged).toBeNull();
    watch.see(1, 60_000);
    expect(watch.unchanged).toBeNull();
  });
  it('one sample that differs by one shade makes another sum', () => {
    const picture = new Uint32Array(57_600).fill(0xff101010);
    const before = sumOf(picture);
    expect(sumOf(new Uint32Array(picture))).toBe(before);
    for (const index of [0, 30_000, 57_599]) {
      const other = new Uint32Array(picture);
      other[index] = 0xff101011;
      expect(sumOf(other)).not.toBe(before);
    }
  });
});
