/** Hashes and signature checks that need no platform: for pages that are opened from a file. Servers use node:crypto, which is many times faster. */
import type { TlogCrypto } from '../tlog/index.ts';
import { verifyEd25519 } from './ed25519.ts';
import { sha256 } from './sha256.ts';

export { createSha256, sha256, type StreamHash } from './sha256.ts';
export { sha512 } from './sha512.ts';
export { verifyEd25519 } from './ed25519.ts';

export const pureCrypto: TlogCrypto = { sha256, verifyEd25519 };
