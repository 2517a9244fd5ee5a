import { describe, expect, it } from 'vitest';
import { burstLimitMs, CatchUp, catchUpShowMs, lateLimitMs, UnitGate } from './unit-gate.ts';

const key = { key: true, cached: false };
const delta = { key: false, cached: false };
const groupLength = 30;
/** One group of pictures; the result says how many of them were decoded. */
const group = (gate: UnitGate, lateMs: (n: number) => number): number => {
  let admitted = 0;
  for (let n = 0; n < groupLength; n += 1) if (gate.admit(n === 0 ? key : delta, lateMs(n))) admitted += 1;
  return admitted;
};

describe('unit gate', () => {
  it('nothing is decoded before the first key frame', () => {
    const gate = new UnitGate();
    expect(gate.admit(delta, 0)).toBe(false);
    expect(gate.admit(key, 0)).toBe(true);
    expect(gate.admit(delta, 1)).toBe(true);
    expect(gate.skipped).toBe(1);
  });
  it('after a decoder error it waits for the next key frame', () => {
    const gate = new UnitGate();
    gate.admit(key, 0);
    gate.reset();
    expect(gate.admit(delta, 0)).toBe(false);
    expect(gate.admit(key, 0)).toBe(true);
  });
  it('a decoder in time gets everything', () => {
    const gate = new UnitGate();
    for (let n = 0; n < 5; n += 1) expect(group(gate, () => 20)).toBe(groupLength);
    expect(gate.thinned).toBe(false);
    expect(gate.skipped).toBe(0);
  });
  it('one late group loses its rest and nothing more', () => {
    const gate = new UnitGate();
    expect(group(gate, (n) => (n >= 20 ? lateLimitMs + 1 : 0))).toBe(20);
    expect(group(gate, () => 0)).toBe(groupLength);
    expect(gate.thinned).toBe(false);
  });
  it('a decoder that comes late again gets less of each group', () => {
    const gate = new UnitGate();
    for (let n = 0; n < 2; n += 1) group(gate, (at) => (at >= 20 ? lateLimitMs + 1 : 0));
    expect(group(gate, () => 0)).toBe(15);
    expect(gate.thinned).toBe(true);
  });
  it('the worst computer still gets a key frame of each group', () => {
    const gate = new UnitGate();
    for (let n = 0; n < 12; n += 1) group(gate, () => lateLimitMs * 3);
    expect(group(gate, () => lateLimitMs * 3)).toBe(1);
  });
  it('with room again it comes back to everything, step by step', () => {
    const gate = new UnitGate();
    for (let n = 0; n < 2; n += 1) group(gate, (at) => (at >= 8 ? lateLimitMs + 1 : 0));
    const counts = Array.from({ length: 8 }, () => group(gate, () => 10));
    expect(counts[0]).toBe(6);
    expect(counts.at(-1)).toBe(groupLength);
    for (let n = 1; n < counts.length; n += 1) expect(counts[n]).toBeGreaterThanOrEqual(counts[n - 1]!);
    expect(gate.thinned).toBe(false);
  });
  it('simulated: a computer that decodes half of what comes shows some of each group, in time', () => {
    const gate = new UnitGate();
    const unitMs = 1_000 / 15;
    const costMs = unitMs * 2;
    let busyUntil = 0;
    let worst = 0;
    let decoded = 0;
    for (let n = 0; n < groupLength * 40; n += 1) {
      const now = n * unitMs;
      const late = Math.max(0, busyUntil - now);
      if (!gate.admit(n % groupLength === 0 ? key : delta, late)) continue;
      busyUntil = Math.max(now, busyUntil) + costMs;
      if (n > groupLength * 5) {
        worst = Math.max(worst, busyUntil - now);
        decoded += 1;
      }
    }
    expect(worst).toBeLessThan(lateLimitMs + 3 * costMs);
    // What a computer half as fast can show within the limit are the first six or seven of thirty.
    expect(decoded / (groupLength * 35)).toBeGreaterThan(0.13);
  });
  it('the cached group may take longer than live pictures, but not for ever', () => {
    const gate = new UnitGate();
    expect(gate.admit({ key: true, cached: true }, 0)).toBe(true);
    for (let n = 1; n < 60; n += 1) expect(gate.admit({ key: false, cached: true }, n * 20)).toBe(true);
    expect(gate.admit({ key: false, cached: true }, burstLimitMs + 1)).toBe(false);
    expect(gate.admit(delta, 0)).toBe(false);
    expect(gate.admit(key, 0)).toBe(true);
  });
});

describe('catch up', () => {
  it('of a fast cached burst the first picture is shown at once, then only the newest', () => {
    const catchUp = new CatchUp();
    const shown: number[] = [];
    for (let n = 0; n < 50; n += 1) if (catchUp.shows({ cached: true }, 49 - n, n)) shown.push(n);
    expect(shown).toEqual([0, 49]);
  });
  it('a slow machine shows a picture now and then while it catches up', () => {
    const catchUp = new CatchUp();
    const shown: number[] = [];
    for (let n = 0; n < 10; n += 1) if (catchUp.shows({ cached: true }, 9 - n, n * (catchUpShowMs / 2))) shown.push(n);
    expect(shown).toEqual([0, 2, 4, 6, 8, 9]);
  });
  it('live pictures are always shown', () => {
    const catchUp = new CatchUp();
    expect(catchUp.shows({ cached: false }, 3, 0)).toBe(true);
  });
});
