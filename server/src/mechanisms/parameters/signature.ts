/** Who signed a pack: Ed25519 over the digest of its canonical text without the signature. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { canonicalize } from '../../../../formats/canonical-json/index.ts';
import type { Pack } from './pack.ts';

/** SHA-256 of the canonical text, hexadecimal. The signature is no part of what it signs. */
export const digestOf = (pack: Pack): string => {
  const text = canonicalize({ ...pack, signature: undefined });
  return createHash('sha256').update('vigil/pack\n').update(text).digest('hex');
};

/** Public keys that packs may be signed with, by name: SPKI in PEM. */
export type TrustedKeys = ReadonlyMap<string, string>;

export type SignatureVerdict = { kind: 'signed'; key: string } | { kind: 'unsigned' } | { kind: 'unknown_key'; key: string } | { kind: 'wrong'; key: string };

export const judgeSignature = (pack: Pack, keys: TrustedKeys): SignatureVerdict => {
  const { signature } = pack;
  if (signature === undefined) return { kind: 'unsigned' };
  const pem = keys.get(signature.key);
  if (pem === undefined) return { kind: 'unknown_key', key: signature.key };
  const isRight = verify(null, Buffer.from(`vigil/pack-signature\n${digestOf(pack)}`), createPublicKey(pem), Buffer.from(signature.value, 'base64'));
  return isRight ? { kind: 'signed', key: signature.key } : { kind: 'wrong', key: signature.key };
};
