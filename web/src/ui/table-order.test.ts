import { describe, expect, it } from 'vitest';
import { found, sorted } from './table-order.ts';

describe('rows of a table', () => {
  const rows = ['10 号门', '2 号门', '售票厅', '东门岗 Gate'];
  it('are found by all typed words in any order', () => {
    expect(found(rows, 'gate 东', String)).toEqual(['东门岗 Gate']);
    expect(found(rows, '  ', String)).toEqual(rows);
    expect(found(rows, '号门 厅', String)).toEqual([]);
  });
  it('are sorted by the value of numbers in names, Chinese by pinyin', () => {
    expect(sorted(rows, String, false)).toEqual(['2 号门', '10 号门', '东门岗 Gate', '售票厅']);
    expect(sorted([3, 20, 1], Number, true)).toEqual([20, 3, 1]);
  });
});
