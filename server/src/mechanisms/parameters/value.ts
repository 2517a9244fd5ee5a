/** Values of parameters and the order in which one is stricter than another. Pure. */
export type ParameterValue = boolean | number | string | readonly string[];

/** Which side is stricter; `order`: the options of the catalogue go from loosest to strictest; `choose`: there is no order, a person decides. */
export type Stricter = 'lower' | 'higher' | 'false' | 'true' | 'union' | 'intersection' | 'order' | 'choose';

const isList = (value: ParameterValue): value is readonly string[] => Array.isArray(value);

/** Lists are sets: their order says nothing unless a person must choose it. */
const sorted = (list: readonly string[]): readonly string[] => [...new Set(list)].sort();

export const sameValue = (a: ParameterValue, b: ParameterValue): boolean =>
  isList(a) && isList(b) ? a.length === b.length && a.every((member, index) => member === b[index]) : a === b;

export interface Ordering {
  stricter: Stricter;
  /** From loosest to strictest; only for `order`. */
  options?: readonly string[] | undefined;
}

const rank = (ordering: Ordering, value: ParameterValue): number => (typeof value === 'string' ? (ordering.options ?? []).indexOf(value) : -1);

/** The stricter of two; null: there is no order between them and they differ. Commutative and associative. */
export const stricterOf = (ordering: Ordering, a: ParameterValue, b: ParameterValue): ParameterValue | null => {
  switch (ordering.stricter) {
    case 'lower':
      return Number(a) <= Number(b) ? a : b;
    case 'higher':
      return Number(a) >= Number(b) ? a : b;
    case 'false':
      return a === true && b === true;
    case 'true':
      return a === true || b === true;
    case 'union':
      return isList(a) && isList(b) ? sorted([...a, ...b]) : null;
    case 'intersection':
      return isList(a) && isList(b) ? sorted(a.filter((member) => b.includes(member))) : null;
    case 'order':
      return rank(ordering, a) >= rank(ordering, b) ? a : b;
    case 'choose':
      return sameValue(a, b) ? a : null;
  }
};

/** Is `value` at least as strict as `bound`? Without an order only the same value is. */
export const isAsStrict = (ordering: Ordering, value: ParameterValue, bound: ParameterValue): boolean => {
  const strictest = stricterOf(ordering, value, bound);
  if (strictest === null) return false;
  const isSet = ordering.stricter === 'union' || ordering.stricter === 'intersection';
  return sameValue(strictest, isSet && isList(value) ? sorted(value) : value);
};

/** All of them made one; null as soon as two have no order between them. Independent of the order given. */
export const strictest = (ordering: Ordering, values: readonly ParameterValue[]): ParameterValue | null => {
  const [first, ...rest] = values;
  if (first === undefined) return null;
  const isSet = ordering.stricter === 'union' || ordering.stricter === 'intersection';
  return rest.reduce<ParameterValue | null>((held, value) => (held === null ? null : stricterOf(ordering, held, value)), isSet && isList(first) ? sorted(first) : first);
};
