import { describe, expect, it } from 'vitest';
import { columnsFor, correctionOf } from './in-step.ts';

describe('cameras in step', () => {
  it('a difference that nobody sees is left alone', () => {
    expect(correctionOf(10_000, 10_050, true)).toEqual({ kind: 'none' });
  });
  it('a small one is caught up with, a large one is jumped over', () => {
    expect(correctionOf(10_300, 10_000, true)).toEqual({ kind: 'speed', factor: 1.12 });
    expect(correctionOf(10_000, 10_300, true)).toEqual({ kind: 'speed', factor: 0.88 });
    expect(correctionOf(12_000, 10_000, true)).toEqual({ kind: 'seek', to: 12_000 });
  });
  it('standing still, each shows the very instant', () => {
    expect(correctionOf(10_000, 10_200, false)).toEqual({ kind: 'seek', to: 10_000 });
    expect(correctionOf(10_000, null, false)).toEqual({ kind: 'seek', to: 10_000 });
  });
  it('the grid is as square as it can be', () => {
    expect([1, 2, 4, 5, 9, 16].map(columnsFor)).toEqual([1, 2, 2, 3, 3, 4]);
  });
});
