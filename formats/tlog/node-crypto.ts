/** The crypto of the formats by node:crypto; a browser brings its own. Not exported by index.ts, which stays free of Node. */
import { createPrivateKey, createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto';
import type { CheckpointSigner } from './checkpoint.ts';
import type { TlogCrypto } from './hashing.ts';

// RFC 8410: the fixed DER around a raw Ed25519 key.
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

// A ledger has a handful of keys and a great many signatures: decoding the key each time would cost as much as the check.
const keys = new Map<string, KeyObject>();
const publicKeyOf = (raw: Uint8Array): KeyObject => {
  const name = Buffer.from(raw).toString('hex');
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' });
  if (keys.size >= 64) keys.clear();
  keys.set(name, key);
  return key;
};

export const nodeCrypto: TlogCrypto = {
  sha256: (data) => hash('sha256', data, 'buffer'),
  verifyEd25519: (publicKey, message, signature) => {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    try {
      return verify(null, message, publicKeyOf(publicKey), signature);
    } catch {
      return false; // a key that is no point of the curve
    }
  },
};

/** A signer from the 32-byte seed of an Ed25519 key. */
export const signerFromSeed = (seed: Uint8Array): CheckpointSigner => {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = Uint8Array.from(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(spkiPrefix.length));
  return { publicKey, sign: (message) => Uint8Array.from(sign(null, message, privateKey)) };
};
