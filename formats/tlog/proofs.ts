/** RFC 6962 section 2.1.1 and 2.1.2: inclusion and consistency proofs; checking follows RFC 9162 section 2.1.3.2 and 2.1.4.2. */
import { equalBytes } from './bytes.ts';
import { emptyRoot, hashSize, nodeHasher, type Sha256 } from './hashing.ts';

/** Root hashes of any run of leaves [from, until). */
export type SubtreeRoot = (from: number, until: number) => Uint8Array;

/** Largest power of two below n, for n > 1. */
const split = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

/** Roots over an array of leaf hashes. Costs time in proportion to the run asked for. */
export const subtreeRoots = (sha256: Sha256, leaves: readonly Uint8Array[]): SubtreeRoot => {
  const node = nodeHasher(sha256);
  const root: SubtreeRoot = (from, until) => {
    const count = until - from;
    if (from < 0 || count < 0 || until > leaves.length) throw new RangeError('no such leaves');
    if (count === 0) return emptyRoot(sha256);
    const only = leaves[from];
    if (count === 1 && only !== undefined) return only;
    const middle = from + split(count);
    return node(root(from, middle), root(middle, until));
  };
  return root;
};

export const treeRoot = (sha256: Sha256, leaves: readonly Uint8Array[]): Uint8Array => subtreeRoots(sha256, leaves)(0, leaves.length);

const inclusionPath = (root: SubtreeRoot, index: number, from: number, until: number): Uint8Array[] => {
  if (until - from <= 1) return [];
  const middle = from + split(until - from);
  return index < middle ? [...inclusionPath(root, index, from, middle), root(middle, until)] : [...inclusionPath(root, index, middle, until), root(from, middle)];
};

/** Proof that the leaf at `index` (from 0) is in the tree of the first `size` leaves; leaf's sibling first. */
export const inclusionProof = (root: SubtreeRoot, index: number, size: number): Uint8Array[] => {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new RangeError('index outside the tree');
  return inclusionPath(root, index, 0, size);
};

const consistencyPath = (root: SubtreeRoot, first: number, from: number, until: number, whole: boolean): Uint8Array[] => {
  if (first === until) return whole ? [] : [root(from, until)];
  const middle = from + split(until - from);
  return first <= middle
    ? [...consistencyPath(root, first, from, middle, whole), root(middle, until)]
    : [...consistencyPath(root, first, middle, until, false), root(from, middle)];
};

/** Proof that the tree of `first` leaves is a prefix of the tree of `second` leaves. Empty for first = 0 and first = second. */
export const consistencyProof = (root: SubtreeRoot, first: number, second: number): Uint8Array[] => {
  if (!Number.isSafeInteger(first) || first < 0 || first > second) throw new RangeError('sizes out of order');
  return first === 0 || first === second ? [] : consistencyPath(root, first, 0, second, true);
};

const half = (n: number): number => Math.floor(n / 2);
const odd = (n: number): boolean => n % 2 === 1;
const wellFormed = (hashes: readonly Uint8Array[]): boolean => hashes.every((hash) => hash.length === hashSize);

export const verifyInclusion = (sha256: Sha256, at: { index: number; size: number; leaf: Uint8Array; root: Uint8Array }, proof: readonly Uint8Array[]): boolean => {
  if (!Number.isSafeInteger(at.index) || !Number.isSafeInteger(at.size) || at.index < 0 || at.index >= at.size || !wellFormed([at.leaf, at.root, ...proof])) return false;
  const node = nodeHasher(sha256);
  let fn = at.index;
  let sn = at.size - 1;
  let hash = at.leaf;
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (odd(fn) || fn === sn) {
      hash = node(sibling, hash);
      while (!odd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else hash = node(hash, sibling);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equalBytes(hash, at.root);
};

interface Heads {
  first: { size: number; root: Uint8Array };
  second: { size: number; root: Uint8Array };
}

export const verifyConsistency = (sha256: Sha256, { first, second }: Heads, proof: readonly Uint8Array[]): boolean => {
  if (!Number.isSafeInteger(first.size) || !Number.isSafeInteger(second.size) || first.size < 0 || first.size > second.size || !wellFormed([first.root, second.root, ...proof])) return false;
  if (first.size === second.size) return proof.length === 0 && equalBytes(first.root, second.root);
  if (first.size === 0) return proof.length === 0 && equalBytes(first.root, emptyRoot(sha256));
  const node = nodeHasher(sha256);
  let fn = first.size - 1;
  let sn = second.size - 1;
  while (odd(fn)) [fn, sn] = [half(fn), half(sn)];
  // A first tree that is one full subtree is its own first node: the proof leaves it out.
  const path = fn === 0 ? [first.root, ...proof] : [...proof];
  const start = path.shift();
  if (start === undefined) return false;
  let older = start;
  let newer = start;
  for (const hash of path) {
    if (sn === 0) return false;
    if (odd(fn) || fn === sn) {
      older = node(hash, older);
      newer = node(hash, newer);
      while (!odd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else newer = node(newer, hash);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equalBytes(older, first.root) && equalBytes(newer, second.root);
};
