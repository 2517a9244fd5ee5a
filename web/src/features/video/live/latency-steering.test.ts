import { describe, expect, it } from 'vitest';
import { jumpBehindSeconds, steer } from './latency-steering.ts';

const frameSeconds = 0.04;
const at = (currentTime: number, bufferedFrom = 100, bufferedUntil = 110) => steer({ currentTime, bufferedFrom, bufferedUntil, frameSeconds });

describe('latency steering', () => {
  it('one frame behind the edge is right as it is', () => {
    expect(at(109.96)).toEqual({ playbackRate: 1, jumpTo: null });
  });
  it('a little too late plays a little faster, more too late faster, never absurdly', () => {
    const near = at(109.85).playbackRate;
    const far = at(109.4).playbackRate;
    expect(near).toBeGreaterThan(1);
    expect(far).toBeGreaterThan(near);
    expect(at(110 - jumpBehindSeconds).playbackRate).toBeLessThanOrEqual(1.5);
  });
  it('far behind jumps to the edge', () => {
    expect(at(105)).toEqual({ playbackRate: 1, jumpTo: 109.96 });
  });
  it('the first picture starts at the edge of the cached group, not at its beginning', () => {
    expect(at(0).jumpTo).toBeCloseTo(109.96);
  });
  it('a jump never lands before what is buffered', () => {
    expect(steer({ currentTime: 0, bufferedFrom: 110, bufferedUntil: 110.01, frameSeconds }).jumpTo).toBe(110);
  });
  it('with an empty hand it plays a hair slower instead of stalling', () => {
    expect(at(110).playbackRate).toBeLessThan(1);
  });
  it('simulated: 600 ms behind settles within a frame and a half in three seconds', () => {
    let current = 109.4;
    let until = 110;
    for (let t = 0; t < 3; t += 0.04) {
      until += 0.04;
      const order = steer({ currentTime: current, bufferedFrom: 100, bufferedUntil: until, frameSeconds });
      current = order.jumpTo ?? current + 0.04 * order.playbackRate;
    }
    expect(until - current).toBeLessThan(0.08);
    expect(until - current).toBeGreaterThan(0);
  });
});
