import { describe, expect, it } from 'vitest';
import { cellsOf, screensOf, stepFrom, withAlarm } from './wall-screens.ts';

const ids = Array.from({ length: 10 }, (_, n) => `cam_${String(n + 1)}`);
const short = (screens: string[][]) => screens.map((screen) => screen.map((id) => id.slice(4)).join(' '));

describe('screens of the wall', () => {
  it('cameras past one screen stand on the next', () => {
    expect(short(screensOf(ids, 4, []))).toEqual(['1 2 3 4', '5 6 7 8', '9 10']);
    expect(screensOf([], 4, [])).toEqual([[]]);
  });
  it('a pinned picture keeps its place on every screen and stands nowhere twice', () => {
    expect(short(screensOf(ids, 4, ['cam_2']))).toEqual(['1 2 3 4', '5 2 6 7', '8 2 9 10']);
    expect(short(screensOf(ids, 4, ['cam_1', 'cam_4']))).toEqual(['1 2 3 4', '1 5 6 4', '1 7 8 4', '1 9 10 4']);
    expect(short(screensOf(ids, 1, ['cam_1']))).toEqual(['1']);
  });
  it('the camera of an alarm takes the place of one that is neither pinned nor selected', () => {
    expect(withAlarm(['a', 'b', 'c'], 'x', new Set(['c']))).toEqual(['a', 'x', 'c']);
    expect(withAlarm(['a', 'b', 'c'], 'b', new Set())).toEqual(['a', 'b', 'c']);
    expect(withAlarm(['a'], 'x', new Set(['a']))).toEqual(['a']);
    expect(withAlarm(['a'], null, new Set())).toEqual(['a']);
  });
});

describe('arrow keys', () => {
  const square = cellsOf(4, 2, 3);
  it('walk the wall as the eye does', () => {
    expect(stepFrom(square, 0, 'right')).toBe(1);
    expect(stepFrom(square, 0, 'down')).toBe(2);
    expect(stepFrom(square, 1, 'right')).toBe(2);
    expect(stepFrom(square, 1, 'down')).toBe(2);
    expect(stepFrom(square, 2, 'up')).toBe(0);
  });
  it('lead past the edge of a screen to the next one', () => {
    expect(stepFrom(square, 2, 'right')).toBe('next');
    expect(stepFrom(square, 2, 'down')).toBe('next');
    expect(stepFrom(square, 0, 'left')).toBe('previous');
    expect(stepFrom(square, 0, 'up')).toBe('previous');
  });
  it('reach every tile beside a large one', () => {
    // 0 0 1 / 0 0 2 / 3 4 5
    const large = cellsOf(6, 3, 6);
    expect(large).toHaveLength(6);
    expect(stepFrom(large, 0, 'right')).toBe(1);
    expect(stepFrom(large, 0, 'down')).toBe(3);
    expect(stepFrom(large, 2, 'left')).toBe(0);
    expect(stepFrom(large, 2, 'down')).toBe(5);
    expect(stepFrom(large, 4, 'up')).toBe(0);
    for (const [layout, side] of [[8, 4], [13, 4]] as const) {
      const cells = cellsOf(layout, side, layout);
      expect(cells).toHaveLength(layout);
      expect(cells.reduce((sum, { size }) => sum + size * size, 0)).toBe(side * side);
    }
  });
});
