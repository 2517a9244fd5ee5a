/**
 * JSON Canonicalization Scheme, RFC 8785: one value has one spelling, so that two machines hash the same bytes.
 * Keys are ordered by UTF-16 code units, numbers are written as ECMAScript writes them, text is not normalised.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export class CanonicalJsonError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CanonicalJsonError';
  }
}

/** Deeper values are refused: a reader must not be made to overflow its stack. */
export const maxDepth = 64;

const text = (value: string): string => {
  // RFC 8785 3.2.2.2: a lone surrogate has no UTF-8 form; escaping it would hide that.
  if (!value.isWellFormed()) throw new CanonicalJsonError('text holds a lone surrogate');
  return JSON.stringify(value);
};

const number = (value: number): string => {
  if (!Number.isFinite(value)) throw new CanonicalJsonError('number is not finite');
  return String(value); // as JSON.stringify does; writes -0 as 0, as RFC 8785 asks
};

const object = (value: object, depth: number): string => {
  const entries = value as Record<string, unknown>;
  const keys = Object.keys(entries).sort(); // default order compares UTF-16 code units
  let out = '{';
  for (const key of keys) {
    const member = entries[key];
    if (member === undefined) continue; // an absent optional field, as in JSON.stringify
    if (out !== '{') out += ',';
    out += `${text(key)}:${write(member, depth + 1)}`;
  }
  return `${out}}`;
};

const write = (value: unknown, depth: number): string => {
  if (depth > maxDepth) throw new CanonicalJsonError(`deeper than ${maxDepth} levels`);
  switch (typeof value) {
    case 'string':
      return text(value);
    case 'number':
      return number(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object': {
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(',')}]`;
      const prototype: unknown = Object.getPrototypeOf(value);
      if (prototype !== Object.prototype && prototype !== null) throw new CanonicalJsonError('only plain objects have a canonical form');
      return object(value, depth);
    }
    default:
      throw new CanonicalJsonError(`a ${typeof value} has no JSON form`);
  }
};

/** The one spelling of a value; members that are `undefined` are left out. Throws CanonicalJsonError. */
export const canonicalize = (value: unknown): string => write(value, 0);

const inOrder = (value: unknown, depth: number): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= maxDepth) return false;
  if (Array.isArray(value)) return value.every((item) => inOrder(item, depth + 1));
  let previous: string | null = null;
  for (const key of Object.keys(value)) {
    if (previous !== null && key <= previous) return false;
    previous = key;
    if (!inOrder((value as Record<string, unknown>)[key], depth + 1)) return false;
  }
  return true;
};

/**
 * Whether `text` is the one spelling of `value`, which JSON.parse made from it. The engine's own writer answers for
 * nearly all texts at a third of the cost; it keeps the order of keys, and writes lone surrogates as escapes, so both
 * are looked at apart. Throws CanonicalJsonError as canonicalize does.
 */
export const isCanonicalText = (value: unknown, text: string): boolean =>
  (inOrder(value, 0) && !text.includes('\\ud') && JSON.stringify(value) === text) || canonicalize(value) === text;
