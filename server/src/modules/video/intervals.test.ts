import fc from 'fast-check';
import { expect, test } from 'vitest';
import { union } from './intervals.ts';

const interval = fc.tuple(fc.nat(200), fc.nat(50)).map(([from, length]) => ({ from, until: from + length }));
const covers = (intervals: readonly { from: number; until: number }[], at: number): boolean => intervals.some((one) => one.from <= at && at < one.until);

test('the union covers exactly what its parts cover, in order and without touching spans', () => {
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 20 }), (parts) => {
      const joined = union(parts);
      for (let at = 0; at <= 260; at += 1) expect(covers(joined, at)).toBe(covers(parts, at));
      for (let i = 1; i < joined.length; i += 1) expect(joined[i - 1]!.until).toBeLessThan(joined[i]!.from);
    }),
  );
});
