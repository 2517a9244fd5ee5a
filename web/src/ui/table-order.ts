/** Searching and sorting of rows. Pure. */
export interface Order {
  key: string;
  descending: boolean;
}

/** Every word typed must be found somewhere in the row, in any order, whatever its case. */
export const found = <Row>(rows: readonly Row[], search: string, textOf: (row: Row) => string): Row[] => {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return rows.filter((row) => {
    const text = textOf(row).toLowerCase();
    return words.every((word) => text.includes(word));
  });
};

// Chinese by pinyin, numbers inside names by their value: 2 号门 before 10 号门.
const collator = new Intl.Collator('zh-CN-u-co-pinyin', { numeric: true });

export const sorted = <Row>(rows: readonly Row[], by: (row: Row) => string | number, descending: boolean): Row[] => {
  const compare = (a: Row, b: Row): number => {
    const x = by(a);
    const y = by(b);
    return typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y));
  };
  return [...rows].sort((a, b) => (descending ? compare(b, a) : compare(a, b)));
};
