import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CameraClockClaim, ClockStepWatch, RunClock, nudgeLimit, ticksToMs } from './media-clock.ts';

const start = 1_790_000_000_000;
/** Frames 40 ms apart by a camera clock that is `ppm` fast, each delayed by the network. */
const frames = (delays: readonly number[], ppm: number) => delays.map((delay, i) => ({ ticks: Math.round(i * 3_600 * (1 + ppm / 1e6)), arrivedAt: Math.round(start + i * 40 + delay) }));

describe('media clock', () => {
  test('[RES-5.3.4 INTEGRITY] a run starts at its least-delayed frame, however late the first one came', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3_000), { minLength: 2, maxLength: 200 }), (delays) => {
        const sent = frames(delays, 0);
        const clock = new RunClock(0, sent[0]!.arrivedAt);
        for (const frame of sent) clock.observe(frame.ticks, frame.arrivedAt);
        const span = clock.endSegment(sent.length * 3_600);
        expect(span.from).toBe(Math.round(start + Math.min(...delays)));
        expect(span.until - span.from).toBe(sent.length * 40);
      }),
    );
  });

  test('segments of one run join exactly and are nudged by at most 500 ppm', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ frames: fc.integer({ min: 1, max: 3_000 }), driftMs: fc.integer({ min: -5_000, max: 5_000 }) }), { minLength: 2, maxLength: 30 }), (plan) => {
        const clock = new RunClock(0, start);
        let ticks = 0;
        let before = Number.NaN;
        let totalMs = 0;
        for (const [i, part] of plan.entries()) {
          clock.observe(ticks, start + ticksToMs(ticks) + (i === 0 ? 0 : part.driftMs));
          ticks += part.frames * 3_600;
          const span = clock.endSegment(ticks);
          const lengthMs = part.frames * 40;
          totalMs += lengthMs;
          if (i > 0) expect(span.from).toBe(before);
          expect(Math.abs(span.until - span.from - lengthMs)).toBeLessThanOrEqual(lengthMs * nudgeLimit + 1);
          expect(span.until).toBeGreaterThanOrEqual(span.from);
          before = span.until;
        }
        expect(Math.abs(before - start - totalMs)).toBeLessThanOrEqual(totalMs * nudgeLimit + 1);
      }),
    );
  });

  test('a camera whose clock runs 200 ppm fast is followed: after a day it is placed within a frame', () => {
    const clock = new RunClock(0, start);
    const perMinute = 60 * 90_000 * (1 + 200e-6);
    for (let minute = 0; minute < 1_440; minute += 1) {
      for (const part of [0, 0.5]) clock.observe((minute + part) * perMinute, start + (minute + part) * 60_000 + 5);
      clock.endSegment((minute + 1) * perMinute);
    }
    expect(Math.abs(clock.at(1_440 * perMinute) - (start + 1_440 * 60_000))).toBeLessThan(40);
  });

  test('the camera cannot rewrite history: a run never begins inside earlier footage', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1_000_000), fc.integer({ min: -100_000, max: 100_000 })), { minLength: 1 }), (seen) => {
        const clock = new RunClock(0, start, start - 50);
        for (const [ticks, late] of seen) clock.observe(ticks, start + late);
        expect(clock.endSegment(2_000_000).from).toBeGreaterThanOrEqual(start - 50);
      }),
    );
  });

  test('a step of the wall clock is seen, slewing is not', () => {
    const watch = new ClockStepWatch(start, 100);
    for (let s = 1; s <= 600; s += 1) expect(watch.look(start + s * 1_000 + s * 0.5, 100 + s * 1_000)).toBe(0);
    expect(watch.look(start + 601_000 + 300 - 3_600_000, 100 + 601_000)).toBe(-3_600_000);
    expect(watch.look(start + 602_000 + 300 - 3_600_000, 100 + 602_000)).toBe(0);
  });

  test('[RES-5.3.4 INTEGRITY] the clock of the camera is a claim with an offset and a drift', () => {
    const claim = new CameraClockClaim();
    expect(claim.offsetMs).toBeNull();
    for (let s = 0; s <= 100; s += 1) claim.observe(start + s * 1_000 * (1 + 80e-6) + 7_200_000, start + s * 1_000);
    expect(claim.offsetMs).toBe(7_200_008);
    expect(claim.driftPpm).toBeCloseTo(80, 3);
  });
});
