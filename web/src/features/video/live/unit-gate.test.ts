import { describe, expect, it } from 'vitest';
import { CatchUp, catchUpShowMs, queueLimit, UnitGate } from './unit-gate.ts';

const key = { key: true, cached: false };
const delta = { key: false, cached: false };

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
  it('a decoder that falls behind loses the rest of the group and goes on at the next key frame it has room for', () => {
    const gate = new UnitGate();
    gate.admit(key, 0);
    expect(gate.admit(delta, queueLimit)).toBe(false);
    expect(gate.admit(delta, 0)).toBe(false);
    expect(gate.admit(key, 3)).toBe(true);
    expect(gate.admit(delta, 4)).toBe(true);
  });
  it('a full queue refuses even a key frame, so that the delay stays bounded', () => {
    const gate = new UnitGate();
    gate.admit(key, 0);
    expect(gate.admit(key, queueLimit + 5)).toBe(false);
  });
  it('the cached group passes whole, however long it is', () => {
    const gate = new UnitGate();
    expect(gate.admit({ key: true, cached: true }, 0)).toBe(true);
    for (let n = 1; n < 120; n += 1) expect(gate.admit({ key: false, cached: true }, n)).toBe(true);
  });
});

describe('catch up', () => {
  it('of a fast cached burst only the newest picture is shown', () => {
    const catchUp = new CatchUp();
    const shown: number[] = [];
    for (let n = 0; n < 50; n += 1) if (catchUp.shows({ cached: true }, 49 - n, n)) shown.push(n);
    expect(shown).toEqual([49]);
  });
  it('a slow machine shows a picture now and then while it catches up', () => {
    const catchUp = new CatchUp();
    const shown: number[] = [];
    for (let n = 0; n < 10; n += 1) if (catchUp.shows({ cached: true }, 9 - n, n * (catchUpShowMs / 2))) shown.push(n);
    expect(shown).toEqual([2, 4, 6, 8, 9]);
  });
  it('live pictures are always shown', () => {
    const catchUp = new CatchUp();
    expect(catchUp.shows({ cached: false }, 3, 0)).toBe(true);
  });
});
