import { createHash, createPublicKey, generateKeyPairSync, hash, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSha256, sha256, verifyEd25519 } from './index.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

describe('SHA-256', () => {
  test('the vectors of FIPS 180-4', () => {
    expect(hex(sha256(Buffer.from('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hex(sha256(new Uint8Array(0)))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex(sha256(Buffer.alloc(1_000_000, 'a')))).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
  });

  test('however a message is cut into pieces, it is the hash that node:crypto finds', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 12 }), (parts) => {
        const ours = createSha256();
        const theirs = createHash('sha256');
        for (const part of parts) {
          ours.update(part);
          theirs.update(part);
        }
        expect(hex(ours.digest())).toBe(theirs.digest('hex'));
      }),
      { seed: 11 },
    );
    for (let length = 0; length < 200; length += 1) expect(hex(sha256(Buffer.alloc(length, length)))).toBe(hash('sha256', Buffer.alloc(length, length)));
  });
});

describe('Ed25519', () => {
  // RFC 8032 section 7.1, tests 1 to 3.
  const vectors = [
    ['d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '', 'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'],
    ['3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72', '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'],
    ['fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025', 'af82', '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a'],
  ] as const;

  test('the vectors of RFC 8032 hold, and with any byte changed they do not', () => {
    for (const [key, message, signature] of vectors) {
      expect(verifyEd25519(bytes(key), bytes(message), bytes(signature))).toBe(true);
      for (const at of [0, 31, 32, 63]) {
        const wrong = bytes(signature);
        wrong[at]! ^= 1;
        expect(verifyEd25519(bytes(key), bytes(message), wrong)).toBe(false);
      }
      expect(verifyEd25519(bytes(key), bytes(`${message}00`), bytes(signature))).toBe(false);
    }
  });

  test('a signature whose S was raised by the order is refused: nobody makes a second one from the first', () => {
    const [key, message, signature] = vectors[1];
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const raised = bytes(signature);
    let s = raised.subarray(32).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) + order;
    for (let i = 32; i < 64; i += 1, s >>= 8n) raised[i] = Number(s & 255n);
    expect(verifyEd25519(bytes(key), bytes(message), raised)).toBe(false);
  });

  test('it says what OpenSSL says of real keys, altered keys and altered signatures', () => {
    const spki = Buffer.from('302a300506032b6570032100', 'hex');
    const theirs = (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
      try {
        return verify(null, message, createPublicKey({ key: Buffer.concat([spki, key]), format: 'der', type: 'spki' }), signature);
      } catch {
        return false;
      }
    };
    const pair = generateKeyPairSync('ed25519');
    const key = Uint8Array.from(pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(spki.length));
    for (let n = 0; n < 24; n += 1) {
      const message = Buffer.alloc(n * 7, n);
      const signature = Uint8Array.from(sign(null, message, pair.privateKey));
      expect(verifyEd25519(key, message, signature)).toBe(true);
      const otherKey = key.slice();
      otherKey[n]! ^= 1 << n % 8;
      expect(verifyEd25519(otherKey, message, signature)).toBe(theirs(otherKey, message, signature));
      const other = signature.slice();
      other[(n * 11) % 64]! ^= 1;
      expect(verifyEd25519(key, message, other)).toBe(theirs(key, message, other));
    }
    for (const odd of [new Uint8Array(32), new Uint8Array(32).fill(255), Uint8Array.of(1, ...new Uint8Array(31)), new Uint8Array(31)]) expect(verifyEd25519(odd, Buffer.from('x'), new Uint8Array(64).fill(1))).toBe(theirs(odd, Buffer.from('x'), new Uint8Array(64).fill(1)));
  });
});
