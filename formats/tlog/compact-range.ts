/** The roots of the full subtrees of a growing tree: enough to append a leaf and to tell the root, in log(n) memory. */
import { emptyRoot, hashSize, nodeHasher, type Sha256 } from './hashing.ts';

export class CompactRange {
  readonly #sha256: Sha256;
  readonly #node: (left: Uint8Array, right: Uint8Array) => Uint8Array;
  #size = 0;
  /** Largest subtree first; one entry for each bit set in the size. */
  #peaks: Uint8Array[] = [];

  constructor(sha256: Sha256) {
    this.#sha256 = sha256;
    this.#node = nodeHasher(sha256);
  }

  /** Number of leaves. */
  get size(): number {
    return this.#size;
  }

  append(leaf: Uint8Array): void {
    if (leaf.length !== hashSize) throw new RangeError('a leaf hash has 32 bytes');
    let hash = leaf;
    // Division, not shifts: sizes may pass 2^31.
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      const left = this.#peaks.pop();
      if (left === undefined) throw new Error('compact range has lost a peak');
      hash = this.#node(left, hash);
    }
    this.#peaks.push(hash);
    this.#size += 1;
  }

  root(): Uint8Array {
    let hash: Uint8Array | undefined;
    for (let i = this.#peaks.length - 1; i >= 0; i -= 1) {
      const peak = this.#peaks[i];
      if (peak !== undefined) hash = hash === undefined ? peak : this.#node(peak, hash);
    }
    return hash ?? emptyRoot(this.#sha256);
  }

  clone(): CompactRange {
    const copy = new CompactRange(this.#sha256);
    copy.#size = this.#size;
    copy.#peaks = [...this.#peaks];
    return copy;
  }
}
