/**
 * Hashes and signature checks that need no platform, by the noble libraries: for pages that are opened from a file, where crypto.subtle takes a
 * whole message at once and a package may be larger than memory. Servers use node:crypto, which is many times faster. Nothing secret passes here.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 as noble } from '@noble/hashes/sha2.js';
import type { TlogCrypto } from '../tlog/index.ts';

/** What every streaming hash of the formats looks like; node:crypto's has the same two verbs. */
export interface StreamHash {
  update(bytes: Uint8Array): void;
  /** Ends the hash; called once. */
  digest(): Uint8Array;
}

export const createSha256 = (): StreamHash => {
  const hash = noble.create();
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
};
export const sha256 = (bytes: Uint8Array): Uint8Array => noble(bytes);

/** RFC 8032 to the letter: nothing malleable, no key of small order in disguise. False, never an exception, for what is malformed. */
export const verifyEd25519: TlogCrypto['verifyEd25519'] = (publicKey, message, signature) => {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
};

export const pureCrypto: TlogCrypto = { sha256, verifyEd25519 };
