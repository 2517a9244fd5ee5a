import { describe, expect, it } from 'vitest';
import { byKey, conePath, moved, turned, widened } from './plan-geometry.ts';

const place = { cameraId: 'cam', x: 0.5, y: 0.5, direction: 0, angle: 90 };

describe('a camera on a plan', () => {
  it('never leaves the plan, turns around and stays within its angles', () => {
    expect(moved(place, 1.4, -3)).toMatchObject({ x: 1, y: 0 });
    expect([turned(place, -15).direction, turned(place, 375).direction]).toEqual([345, 15]);
    expect([widened(place, 900).angle, widened(place, 0).angle]).toEqual([360, 5]);
  });
  it('is moved, turned and widened by keys, and leaves other keys alone', () => {
    expect(byKey(place, 'ArrowUp')?.y).toBeCloseTo(0.49);
    expect(byKey(place, ']')?.direction).toBe(15);
    expect(byKey(place, '-')?.angle).toBe(80);
    expect(byKey(place, 'Enter')).toBeNull();
  });
  it('sees upwards at 0 degrees, and all around at 360', () => {
    // 90 degrees wide, looking up: from upper left to upper right.
    expect(conePath(place, 100, 100)).toBe('M 50.0 50.0 L 41.5 41.5 A 12.0 12.0 0 0 1 58.5 41.5 Z');
    expect(conePath({ ...place, angle: 360 }, 100, 100)).toContain('a 12 12 0 1 0 24 0');
    expect(conePath({ ...place, angle: 270 }, 100, 100)).toContain('0 1 1');
  });
});
