/** RFC 6962 section 2.1: leaves and nodes are hashed under different prefixes, so that neither can pass for the other. */
import { concat } from './bytes.ts';

export const hashSize = 32;

/** What the formats need from a crypto library; synchronous, so that a pure implementation in a browser serves as well. */
export interface TlogCrypto {
  sha256: (data: Uint8Array) => Uint8Array;
  /** Ed25519 (RFC 8032) over raw 32-byte keys and 64-byte signatures; false, never an exception, for malformed ones. */
  verifyEd25519: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
}

export type Sha256 = TlogCrypto['sha256'];

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

export const leafHash = (sha256: Sha256, leaf: Uint8Array): Uint8Array => sha256(concat(leafPrefix, leaf));

/** Hashes a pair of nodes; a hasher holds one buffer, as a million nodes would else mean a million allocations. */
export const nodeHasher = (sha256: Sha256): ((left: Uint8Array, right: Uint8Array) => Uint8Array) => {
  const buffer = new Uint8Array(1 + 2 * hashSize);
  buffer.set(nodePrefix, 0);
  return (left, right) => {
    buffer.set(left, 1);
    buffer.set(right, 1 + hashSize);
    return sha256(buffer);
  };
};

export const emptyRoot = (sha256: Sha256): Uint8Array => sha256(new Uint8Array(0));
