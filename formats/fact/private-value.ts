/**
 * Personal fields and free text stand in a fact as `{"$h": sha256(salt ‖ value)}`; value and salt lie apart and can be
 * erased by law while the proof survives (ledger-and-evidence.md point 1). `value` is hashed as its canonical JSON in UTF-8.
 */
import { canonicalize, CanonicalJsonError, type Json } from '../canonical-json/index.ts';
import { concat, equalBytes, fromHex, toHex, utf8, type Sha256 } from '../tlog/index.ts';

/** Bytes of salt: enough that a name or a yes/no cannot be found again by trying. */
export const saltSize = 16;
const mark = '$h';

export interface HashedValue {
  readonly [key: string]: Json;
  readonly $h: string;
}

export const hashValue = (sha256: Sha256, salt: Uint8Array, canonicalValue: string): string => toHex(sha256(concat(salt, utf8(canonicalValue))));

export const isHashed = (value: unknown): value is HashedValue => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const members = value as Record<string, unknown>;
  return typeof members[mark] === 'string' && /^[0-9a-f]{64}$/.test(members[mark]) && Object.keys(members).length === 1;
};

export interface PrivateValue {
  /** Where it stands in the body: a JSON pointer (RFC 6901), e.g. /name or /people/0/name. */
  path: string;
  salt: Uint8Array;
  /** Canonical JSON of the value. */
  value: string;
}

type Body = { readonly [key: string]: Json };
const pointer = (parts: readonly string[]): string => parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
const isBody = (value: Json | undefined): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value);

const refuseMarks = (value: Json): void => {
  if (Array.isArray(value)) (value as readonly Json[]).forEach(refuseMarks);
  else if (isBody(value)) {
    for (const [key, member] of Object.entries(value)) {
      if (key.startsWith('$')) throw new CanonicalJsonError('keys that begin with $ are kept for hashed values');
      refuseMarks(member);
    }
  }
};

/**
 * Takes the personal values out of a body. A path is dotted, with `*` for every member: `name`, `people.*.name`.
 * Null and absent values stay as they are. `salt` makes a fresh one for each value.
 */
export const hidePersonal = (sha256: Sha256, salt: () => Uint8Array, body: Body, paths: readonly string[]): { body: Body; hidden: (PrivateValue & { declaredPath: string })[] } => {
  refuseMarks(body);
  const hidden: (PrivateValue & { declaredPath: string })[] = [];
  const hide = (value: Json | undefined, wanted: readonly string[], at: readonly string[], declaredPath: string): Json | undefined => {
    if (value === undefined || value === null || isHashed(value)) return value;
    const [next, ...rest] = wanted;
    if (next === undefined) {
      const text = canonicalize(value);
      const fresh = salt();
      hidden.push({ path: pointer(at), salt: fresh, value: text, declaredPath });
      return { [mark]: hashValue(sha256, fresh, text) };
    }
    if (Array.isArray(value)) return (value as readonly Json[]).map((item, i) => (next === '*' || next === String(i) ? (hide(item, rest, [...at, String(i)], declaredPath) ?? null) : item));
    if (!isBody(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, next === '*' || next === key ? (hide(member, rest, [...at, key], declaredPath) ?? null) : member]));
  };
  let current: Body = body;
  for (const path of paths) {
    const after = hide(current, path.split('.'), [], path);
    if (isBody(after)) current = after;
  }
  return { body: current, hidden };
};

/** Every hashed place of a body, by its pointer. */
export const hashedPlaces = (body: Body): Map<string, string> => {
  const places = new Map<string, string>();
  const walk = (value: Json, at: readonly string[]): void => {
    if (isHashed(value)) places.set(pointer(at), value.$h);
    else if (Array.isArray(value)) (value as readonly Json[]).forEach((item, i) => walk(item, [...at, String(i)]));
    else if (isBody(value)) for (const [key, member] of Object.entries(value)) walk(member, [...at, key]);
  };
  walk(body, []);
  return places;
};

/** Puts known values back into a body; what is erased or unknown stays a hash. */
export const revealPersonal = (body: Body, known: ReadonlyMap<string, Json>): Body => {
  const walk = (value: Json, at: readonly string[]): Json => {
    if (isHashed(value)) return known.get(pointer(at)) ?? value;
    if (Array.isArray(value)) return (value as readonly Json[]).map((item, i) => walk(item, [...at, String(i)]));
    if (isBody(value)) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, walk(member, [...at, key])]));
    return value;
  };
  return Object.fromEntries(Object.entries(body).map(([key, member]) => [key, walk(member, [key])]));
};

/** True when salt and value give the hash that stands in the fact. */
export const valueMatches = (sha256: Sha256, hash: string, salt: Uint8Array, canonicalValue: string): boolean => {
  const expected = fromHex(hash);
  return expected !== null && equalBytes(expected, sha256(concat(salt, utf8(canonicalValue))));
};
