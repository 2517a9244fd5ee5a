import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextBoundary, nominalFrameTicks, samplesOf } from './samples.ts';

describe('samples of a fragment', () => {
  test('without B frames every frame lasts until the next one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 60 }), fc.nat(1e9), (steps, start) => {
        let ticks = start;
        const units = steps.map((step) => {
          const unit = { ticks, size: 1, key: false };
          ticks += step;
          return unit;
        });
        expect(samplesOf(units, ticks).map((s) => s.durationTicks)).toEqual(steps);
        expect(samplesOf(units, ticks).every((s) => s.compositionTicks === 0)).toBe(true);
      }),
    );
  });

  test('with B frames decode times rise, and presentation times are what the camera sent', () => {
    const sent = [0, 9_000, 3_000, 6_000, 18_000, 12_000, 15_000];
    const samples = samplesOf(sent.map((ticks) => ({ ticks, size: 1, key: ticks === 0 })), 21_000);
    let decode = 0;
    const shown = samples.map((sample) => {
      const at = decode + sample.compositionTicks;
      decode += sample.durationTicks;
      return at;
    });
    expect(shown).toEqual(sent);
    expect(decode).toBe(21_000);
  });

  test('a stutter does not make the last frame of a run last for seconds', () => {
    const ticks = [0, 3_600, 7_200, 300_000, 303_600, 307_200];
    expect(nominalFrameTicks(ticks.map((t) => ({ ticks: t, size: 1, key: false })))).toBe(3_600);
    expect(nominalFrameTicks([])).toBe(3_000);
  });

  test('boundaries of a camera come once in each segment length, at its own moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2e12 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (at, spread) => {
        const next = nextBoundary(at, 60_000, spread);
        expect(next).toBeGreaterThan(at);
        expect(next - at).toBeLessThanOrEqual(60_000);
        expect(nextBoundary(next, 60_000, spread)).toBe(next + 60_000);
      }),
    );
  });
});
