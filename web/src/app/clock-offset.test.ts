import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClockOffset } from './clock-offset.ts';

describe('clock offset', () => {
  it('knows nothing before the first answer', () => {
    expect(new ClockOffset().offsetMs).toBeNull();
  });

  it('is never further from the truth than half of the shortest round trip', () => {
    const trip = fc.record({ there: fc.integer({ min: 0, max: 400 }), back: fc.integer({ min: 0, max: 400 }) });
    fc.assert(
      fc.property(fc.integer({ min: -86_400_000, max: 86_400_000 }), fc.array(trip, { minLength: 1, maxLength: 30 }), (truth, trips) => {
        const offset = new ClockOffset();
        let now = 1_000_000;
        for (const { there, back } of trips) {
          offset.add(now, now + there + truth, now + there + back);
          now += 1_000;
        }
        const shortest = Math.min(...trips.slice(-16).map(({ there, back }) => there + back));
        expect(Math.abs((offset.offsetMs ?? Infinity) - truth)).toBeLessThanOrEqual(shortest / 2);
      }),
    );
  });

  it('forgets samples older than a minute, so that a drift or a set clock is followed', () => {
    const offset = new ClockOffset();
    offset.add(0, 5_000, 2);
    offset.add(61_000, 61_000 + 9_000 + 20, 61_040);
    expect(offset.offsetMs).toBeCloseTo(9_000, 0);
  });

  it('ignores an answer that came before it was asked', () => {
    const offset = new ClockOffset();
    offset.add(1_000, 7_000, 400);
    expect(offset.offsetMs).toBeNull();
  });
});
