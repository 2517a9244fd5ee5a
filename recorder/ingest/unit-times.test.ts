import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnitTimes } from './unit-times.ts';

/** Units of a camera of 25 frames a second, read in bunches of five as the drain does; answers media time and arrival of each, in ms. */
const played = (count: number, stampOf: (n: number) => number, rate = 90_000): { times: UnitTimes; ms: number[]; arrived: number[] } => {
  const times = new UnitTimes();
  times.rate(rate);
  const arrived = Array.from({ length: count }, (_, n) => Math.floor(n / 5) * 200);
  const ms = arrived.map((at, n) => times.ticks(stampOf(n) >>> 0, at, n % 50 === 0) / 90);
  return { times, ms, arrived };
};

describe('time of units', () => {
  it('is that of the time stamps where they tell time, the wrap of 32 bits included', () => {
    const { times, ms } = played(2_000, (n) => 0xfff00000 + n * 3_600);
    expect(times.isWrong).toBe(false);
    expect(ms).toEqual(Array.from({ length: 2_000 }, (_, n) => n * 40));
  });

  it('counts at the rate that the description names', () => {
    const { times, ms } = played(500, (n) => n * 40, 1_000);
    expect(times.isWrong).toBe(false);
    expect(ms).toEqual(Array.from({ length: 500 }, (_, n) => n * 40));
  });

  it.each([
    ['stand still', () => 77],
    ['count milliseconds', (n: number) => n * 40],
    ['count frames', (n: number) => n],
    ['count microseconds', (n: number) => n * 40_000],
    ['run backwards', (n: number) => 0x7fffffff - n * 3_600],
  ])('is that of arrival where time stamps %s, smooth and growing', (_, stampOf) => {
    const { times, ms, arrived } = played(2_000, stampOf);
    expect(times.isWrong).toBe(true);
    // Within ten seconds it was found out; from then on media time stands beside arrival and goes by some 40 ms a frame.
    const settled = 400;
    for (let n = settled; n < 2_000; n += 1) {
      expect(Math.abs((ms[n] ?? 0) - (arrived[n] ?? 0))).toBeLessThan(400);
      const step = (ms[n] ?? 0) - (ms[n - 1] ?? 0);
      expect(step).toBeGreaterThan(10);
      expect(step).toBeLessThan(80);
    }
  });

  it('believes a camera that began with a burst, stood still for a while, or set its clock once', () => {
    const burst = new UnitTimes();
    for (let n = 0; n < 100; n += 1) burst.ticks(n * 3_600, 0, n === 0);
    for (let n = 100; n < 600; n += 1) burst.ticks(n * 3_600, (n - 100) * 40, false);
    expect(burst.isWrong).toBe(false);

    const stalled = new UnitTimes();
    for (let n = 0; n < 100; n += 1) stalled.ticks(n * 3_600, n * 40, n === 0);
    for (let n = 100; n < 300; n += 1) stalled.ticks(n * 3_600, 12_000, false);
    for (let n = 300; n < 900; n += 1) stalled.ticks(n * 3_600, n * 40, false);
    expect(stalled.isWrong).toBe(false);

    const set = new UnitTimes();
    for (let n = 0; n < 900; n += 1) set.ticks((n * 3_600 + (n > 400 ? 3_600 * 90_000 : 0)) >>> 0, n * 40, n === 0);
    expect(set.isWrong).toBe(false);
  });

  it('puts no picture before the key frame that it follows, and keeps the order of B frames behind it', () => {
    const times = new UnitTimes();
    const given = [0, 10_800, 3_600, 7_200, 21_600, 14_400, 18_000, 25_200].map((stamp, n) => times.ticks(stamp, n * 40, stamp === 0 || stamp === 21_600));
    expect(given).toEqual([0, 10_800, 3_600, 7_200, 21_600, 21_600, 21_600, 25_200]);
  });

  it('stays near arrival whatever the stamps', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(0xffffffff), fc.integer({ min: 0, max: 1_000 }), fc.boolean()), { minLength: 1, maxLength: 400 }), (units) => {
        const times = new UnitTimes();
        let at = 0;
        for (const [timestamp, ms, key] of units) {
          at += ms;
          const away = times.ticks(timestamp, at, key) / 90 - at;
          expect(Math.abs(away)).toBeLessThan(21_000 + at * 0.011);
        }
      }),
    );
  });
});
