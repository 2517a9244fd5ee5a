import { describe, expect, it } from 'vitest';
import { BufferPool } from './buffer-pool.ts';
import { corpus, feed, fuzz, seededRandom } from './testing/fuzz.ts';

describe.each(['h264', 'h265'] as const)('hostile streams of %s', (target) => {
  it('every captured stream gives its pictures, whatever the size of the reads', () => {
    for (const bytes of corpus(target)) {
      const counts = [1, 2, 3].map((seed) => feed(bytes, seededRandom(seed), new BufferPool()));
      expect(counts[0]?.units).toBeGreaterThan(20);
      expect(counts).toEqual([counts[0], counts[0], counts[0]]);
      expect(counts[0]?.fault).toBeNull();
    }
  });

  it('ten thousand mutated streams end themselves or give whole pictures, and give their memory back', { timeout: 60_000 }, () => {
    const result = fuzz(target, 10_000, 20_261_122);
    expect(result.units).toBeGreaterThan(10_000);
    expect(result.faults.size).toBeGreaterThanOrEqual(3);
  });
});
