/**
 * The outer archive of an encrypted package: one stored member under AES-256 as WinZip defines it (AE-2: PBKDF2-HMAC-SHA1, 1000 rounds; AES in
 * counter mode, little end first; HMAC-SHA1 over the ciphertext), which 7-Zip and WinRAR open. So few rounds protect no word that a person
 * chose: the passphrase is generated here, with 125 bits. The name of the member stays readable, as always with this format.
 */
import { createCipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { centralHeader, descriptor, directoryOf, endOf, limit32, localHeader, type DosTime, type ZipMember } from './layout.ts';
import { nameFault } from './name.ts';
import { openZip, ZipError, type ByteSource } from './reader.ts';

const saltBytes = 16;
const checkBytes = 2;
const codeBytes = 10;
export const aesOverheadBytes = saltBytes + checkBytes + codeBytes;
const blockBytes = 16;
const rounds = 1_000;

interface Keys {
  encryption: Buffer;
  authentication: Buffer;
  check: Buffer;
}
const keysOf = (passphrase: string, salt: Uint8Array): Keys => {
  const all = pbkdf2Sync(Buffer.from(passphrase, 'utf8'), salt, rounds, 66, 'sha1');
  return { encryption: all.subarray(0, 32), authentication: all.subarray(32, 64), check: all.subarray(64) };
};

const counters = Buffer.alloc(64 * 1024);
/** Encrypts and decrypts in place. `offset`: where the bytes stand in the member's plain content. */
const xorKeystream = (key: Buffer, bytes: Uint8Array, offset: number): void => {
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  let skip = offset % blockBytes;
  let block = (offset - skip) / blockBytes + 1;
  for (let at = 0; at < bytes.length; ) {
    const length = Math.min(counters.length - skip, bytes.length - at);
    const blocks = Math.ceil((skip + length) / blockBytes);
    for (let i = 0; i < blocks; i += 1, block += 1) {
      counters.writeUInt32LE(block % 0x1_0000_0000, i * blockBytes);
      counters.writeUInt32LE(Math.floor(block / 0x1_0000_0000), i * blockBytes + 4);
    }
    const stream = cipher.update(counters.subarray(0, blocks * blockBytes));
    for (let i = 0; i < length; i += 1) bytes[at + i] = (bytes[at + i] ?? 0) ^ (stream[skip + i] ?? 0);
    at += length;
    skip = 0;
  }
};

export interface EncryptedZip {
  /** Name of the one member: the package. */
  name: string;
  /** An upper bound of what is to be encrypted. */
  mostBytes: number;
  bytes: AsyncIterable<Uint8Array>;
  passphrase: string;
  /** 16 random bytes, never used before. */
  salt: Uint8Array;
  time: DosTime;
}

export async function* encryptZip({ name, mostBytes, bytes, passphrase, salt, time }: EncryptedZip): AsyncGenerator<Uint8Array> {
  if (nameFault(name) !== null || salt.length !== saltBytes) throw new RangeError('name or salt of an encrypted archive');
  const keys = keysOf(passphrase, salt);
  const open: ZipMember = { name, sizeBytes: 0, crc: 0, streamed: true, zip64: mostBytes + aesOverheadBytes >= limit32, plainBytes: 0 };
  const head = localHeader(open, time);
  yield head;
  yield Buffer.concat([salt, keys.check]);
  const code = createHmac('sha1', keys.authentication);
  let plainBytes = 0;
  for await (const part of bytes) {
    const sealed = Buffer.from(part);
    xorKeystream(keys.encryption, sealed, plainBytes);
    code.update(sealed);
    plainBytes += part.length;
    yield sealed;
  }
  if (plainBytes > mostBytes) throw new RangeError(`${name} is longer than was said`);
  yield code.digest().subarray(0, codeBytes);
  const member = { ...open, sizeBytes: plainBytes + aesOverheadBytes, plainBytes };
  const ending = descriptor(member);
  yield ending;
  const placed = { ...member, offset: 0 };
  const central = centralHeader(placed, time);
  yield Buffer.concat([central, endOf(directoryOf([placed], head.length + member.sizeBytes + ending.length, central.length))]);
}

/** What is inside an encrypted archive, reachable anywhere. The whole is authenticated first: one reading more, and no byte is trusted before. */
export const decryptZip = async (source: ByteSource, passphrase: string): Promise<{ name: string; inside: ByteSource } | 'not_encrypted' | 'wrong_passphrase' | 'altered'> => {
  const archive = await openZip(source, crc32);
  const [entry, another] = archive.entries;
  if (entry === undefined || entry.plainBytes === null) return 'not_encrypted';
  if (another !== undefined || entry.sizeBytes !== entry.plainBytes + aesOverheadBytes) throw new ZipError('record', entry.name);
  const sizeBytes = entry.plainBytes;
  const start = entry.contentAt + saltBytes + checkBytes;
  const head = await source.readAt(entry.contentAt, saltBytes + checkBytes);
  const keys = keysOf(passphrase, head.subarray(0, saltBytes));
  if (!keys.check.equals(head.subarray(saltBytes))) return 'wrong_passphrase';
  const code = createHmac('sha1', keys.authentication);
  for (let done = 0; done < sizeBytes; ) {
    const bytes = await source.readAt(start + done, Math.min(4 * 1024 * 1024, sizeBytes - done));
    if (bytes.length === 0) throw new ZipError('short', entry.name);
    code.update(bytes);
    done += bytes.length;
  }
  // Two bytes of check let one wrong passphrase in 65536 through to here: it cannot be told from an alteration.
  if (!timingSafeEqual(code.digest().subarray(0, codeBytes), await source.readAt(start + sizeBytes, codeBytes))) return 'altered';
  const readAt = async (offset: number, length: number): Promise<Uint8Array> => {
    const bytes = Uint8Array.from(await source.readAt(start + offset, Math.max(0, Math.min(length, sizeBytes - offset))));
    xorKeystream(keys.encryption, bytes, offset);
    return bytes;
  };
  return { name: entry.name, inside: { sizeBytes, readAt } };
};

/** No letter or figure that is taken for another when it is read over the telephone. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** 25 signs in groups of five. `random`: 25 random bytes, of which five bits each are used. */
export const passphraseFrom = (random: Uint8Array): string => {
  if (random.length !== 25) throw new RangeError('a passphrase is made of 25 random bytes');
  return (Array.from(random, (byte) => alphabet[byte & 31]).join('').match(/.{5}/g) ?? []).join('-');
};
