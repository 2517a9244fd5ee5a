import { describe, expect, it } from 'vitest';
import { arrange, choiceOf, commonAspect, fitGrid, fitLayout, fittingLayout, neighbourLayout, noChoice, readChoice, swap } from './wall-layout.ts';

const cameras = [3, 1, 2, 5, 4].map((number) => ({ cameraId: `cam_${String(number)}`, number }));
const ids = ['cam_1', 'cam_2', 'cam_3', 'cam_4', 'cam_5'];

describe('wall layout', () => {
  it('tiles are filled by camera number until a person puts them otherwise', () => {
    expect(arrange(cameras, [])).toEqual(ids);
    expect(arrange(cameras, ['cam_4', 'cam_2'])).toEqual(['cam_4', 'cam_2', 'cam_1', 'cam_3', 'cam_5']);
  });
  it('a camera that is gone leaves no hole, and none stands twice', () => {
    expect(arrange(cameras, ['cam_9', 'cam_2', 'cam_2'])).toEqual(['cam_2', 'cam_1', 'cam_3', 'cam_4', 'cam_5']);
  });
  it('two tiles change places', () => {
    expect(swap(ids, 'cam_1', 'cam_4')).toEqual(['cam_4', 'cam_2', 'cam_3', 'cam_1', 'cam_5']);
  });
  it('without a choice the wall fits its cameras', () => {
    expect([0, 1, 2, 4, 5, 10, 40].map(fittingLayout)).toEqual([1, 1, 4, 4, 9, 16, 16]);
    expect([neighbourLayout(4, 1), neighbourLayout(16, 1), neighbourLayout(1, -1)]).toEqual([6, 25, 1]);
  });
  it('tiles have the shape of their pictures and use what the window gives', () => {
    const wide = fitGrid(4, 1914, 930, 16 / 9);
    expect(wide).toMatchObject({ columns: 2, rows: 2 });
    expect(wide.tileWidthPx / wide.tileHeightPx).toBeCloseTo(16 / 9, 1);
    expect(wide.tileHeightPx * 2).toBeGreaterThan(915);
    // Five or six on a wide wall: 3 × 2, not 3 × 3 with an empty row.
    expect(fitGrid(6, 1914, 930, 16 / 9)).toMatchObject({ columns: 3, rows: 2 });
    expect(fitGrid(4, 600, 1400, 16 / 9)).toMatchObject({ columns: 1, rows: 4 });
    expect(fitGrid(4, 3800, 400, 16 / 9)).toMatchObject({ columns: 4, rows: 1 });
    expect(fitGrid(9, 1914, 930, 16 / 9)).toMatchObject({ columns: 3, rows: 3 });
    expect(fitGrid(1, 0, 0, 16 / 9)).toMatchObject({ columns: 1, tileWidthPx: 1, tileHeightPx: 1 });
  });
  it('the shape of most pictures decides', () => {
    const of = (width: number | null, height: number | null) => ({ width, height });
    expect(commonAspect([])).toBeCloseTo(16 / 9);
    expect(commonAspect([of(null, null), of(704, 576), of(1280, 960), of(640, 480)])).toBeCloseTo(4 / 3);
  });
  it('a layout with one large picture keeps its square', () => {
    expect(fitLayout(8, 8, { widthPx: 1_914, heightPx: 930, aspect: 16 / 9 })).toMatchObject({ columns: 4, rows: 4 });
    expect(fitLayout(6, 6, { widthPx: 1_914, heightPx: 930, aspect: 16 / 9 })).toMatchObject({ columns: 3, rows: 3 });
    expect(fitLayout(36, 36, { widthPx: 1_914, heightPx: 930, aspect: 16 / 9 })).toMatchObject({ columns: 6, rows: 6 });
  });
  it('a saved layout is taken over with what is pinned and how long a screen stands', () => {
    expect(choiceOf({ shape: 8, places: ['cam_2', null, 'cam_1'], pinned: ['cam_2'], tourSeconds: 20 })).toEqual({ layout: 8, order: ['cam_2', 'cam_1'], pinned: ['cam_2'], tourSeconds: 20 });
  });
  it('what was kept badly is no choice at all', () => {
    expect(readChoice(null)).toEqual(noChoice);
    expect(readChoice('{"layout":5,"order":[1,"cam_1"]}')).toEqual({ ...noChoice, order: ['cam_1'] });
    expect(readChoice('"x"')).toEqual(noChoice);
    expect(readChoice('{"layout":4,"tourSeconds":2,"pinned":["a",7]}')).toEqual({ ...noChoice, layout: 4, pinned: ['a'] });
    expect(readChoice('{"layout":9,"order":["a"]}')).toEqual({ ...noChoice, layout: 9, order: ['a'] });
  });
});
