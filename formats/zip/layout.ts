/**
 * The records of a ZIP archive (APPNOTE.TXT 6.3.10), built from what an entry is. There is one spelling of each: the reader builds them again
 * and compares, so that no byte of an archive is free to say something else.
 */
import { RecordBytes } from './little-endian.ts';

export interface ZipMember {
  /** UTF-8, with its folders. */
  name: string;
  sizeBytes: number;
  /** 0 where encryption stands in for it (AE-2). */
  crc: number;
  /** CRC and size follow the data, since they were not known before. */
  streamed: boolean;
  /** Sizes of 8 bytes. */
  zip64: boolean;
  /** AES-256, AE-2: `sizeBytes` then counts salt, check and authentication code too. */
  plainBytes: number | null;
}

export interface PlacedMember extends ZipMember {
  /** Where its local header begins. */
  offset: number;
}

/** MS-DOS date and time: local, even seconds. */
export interface DosTime {
  date: number;
  time: number;
}

/** `at` in UTC ms. ZIP knows no zone: the wall clock of the place that exports. */
export const dosTimeOf = (at: number, utcOffsetMinutes: number): DosTime => {
  const local = new Date(at + utcOffsetMinutes * 60_000);
  const year = Math.min(2107, Math.max(1980, local.getUTCFullYear()));
  return {
    date: ((year - 1980) << 9) | ((local.getUTCMonth() + 1) << 5) | local.getUTCDate(),
    time: (local.getUTCHours() << 11) | (local.getUTCMinutes() << 5) | (local.getUTCSeconds() >> 1),
  };
};

export const limit32 = 0xffff_ffff;
export const limit16 = 0xffff;
export const localHeadBytes = 30;
export const centralHeadBytes = 46;
export const endBytes = 22;
export const end64Bytes = 56;
export const locatorBytes = 20;
export const signatures = { local: 0x04034b50, descriptor: 0x08074b50, central: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator: 0x07064b50 } as const;
export const methods = { stored: 0, aes: 99 } as const;

const flagsOf = (member: ZipMember): number => 0x0800 | (member.streamed ? 0x0008 : 0) | (member.plainBytes === null ? 0 : 0x0001);
const versionOf = (member: ZipMember, zip64: boolean): number => (member.plainBytes !== null ? 51 : zip64 ? 45 : 20);
const methodOf = (member: ZipMember): number => (member.plainBytes === null ? methods.stored : methods.aes);
const plainSize = (member: ZipMember): number => member.plainBytes ?? member.sizeBytes;

/** WinZip AES (https://www.winzip.com/en/support/aes-encryption/): AE-2, vendor AE, strength 3 = 256 bits, stored inside. */
const aesExtra = (out: RecordBytes): RecordBytes => out.u16(0x9901).u16(7).u16(2).u8(0x41).u8(0x45).u8(3).u16(methods.stored);
const aesExtraBytes = 11;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const localHeader = (member: ZipMember, { date, time }: DosTime): Uint8Array => {
  const name = utf8(member.name);
  const { zip64, streamed } = member;
  const small = (size: number): number => (zip64 ? limit32 : streamed ? 0 : size);
  const extra = (zip64 ? 20 : 0) + (member.plainBytes === null ? 0 : aesExtraBytes);
  const out = new RecordBytes(localHeadBytes + name.length + extra);
  out.u32(signatures.local).u16(versionOf(member, zip64)).u16(flagsOf(member)).u16(methodOf(member)).u16(time).u16(date);
  out.u32(streamed ? 0 : member.crc).u32(small(member.sizeBytes)).u32(small(plainSize(member))).u16(name.length).u16(extra).bytes(name);
  if (zip64) out.u16(1).u16(16).u64(streamed ? 0 : plainSize(member)).u64(streamed ? 0 : member.sizeBytes);
  if (member.plainBytes !== null) aesExtra(out);
  return out.whole();
};

export const descriptor = (member: ZipMember): Uint8Array => {
  const out = new RecordBytes(member.zip64 ? 24 : 16).u32(signatures.descriptor).u32(member.crc);
  return (member.zip64 ? out.u64(member.sizeBytes).u64(plainSize(member)) : out.u32(member.sizeBytes).u32(plainSize(member))).whole();
};

const isFar = (member: PlacedMember): boolean => member.zip64 || member.offset >= limit32;

/** Made by a Unix (an ordinary file, read by all): without it some tools take names for another alphabet. */
const madeBy = 0x031e;
const externalAttributes = 0o100644 * 0x10000;

export const centralHeader = (member: PlacedMember, { date, time }: DosTime): Uint8Array => {
  const name = utf8(member.name);
  const far = isFar(member);
  const extra = (far ? 28 : 0) + (member.plainBytes === null ? 0 : aesExtraBytes);
  const small = (value: number): number => (far ? limit32 : value);
  const out = new RecordBytes(centralHeadBytes + name.length + extra);
  out.u32(signatures.central).u16(madeBy).u16(versionOf(member, far)).u16(flagsOf(member)).u16(methodOf(member)).u16(time).u16(date).u32(member.crc);
  out.u32(small(member.sizeBytes)).u32(small(plainSize(member))).u16(name.length).u16(extra).u16(0).u16(0).u16(0).u32(externalAttributes).u32(small(member.offset)).bytes(name);
  if (far) out.u16(1).u16(24).u64(plainSize(member)).u64(member.sizeBytes).u64(member.offset);
  if (member.plainBytes !== null) aesExtra(out);
  return out.whole();
};

export interface Directory {
  count: number;
  offset: number;
  sizeBytes: number;
  /** Some entry needs 8 bytes. */
  far: boolean;
}

export const directoryOf = (members: readonly PlacedMember[], offset: number, sizeBytes: number): Directory => ({ count: members.length, offset, sizeBytes, far: members.some(isFar) });

export const needsEnd64 = (d: Directory): boolean => d.far || d.count >= limit16 || d.offset >= limit32 || d.sizeBytes >= limit32;

/** The end of the archive: with the Zip64 records when any number asks for them. */
export const endOf = (d: Directory): Uint8Array => {
  const far = needsEnd64(d);
  const out = new RecordBytes(endBytes + (far ? end64Bytes + locatorBytes : 0));
  if (far) {
    out.u32(signatures.end64).u64(end64Bytes - 12).u16(madeBy).u16(45).u32(0).u32(0).u64(d.count).u64(d.count).u64(d.sizeBytes).u64(d.offset);
    out.u32(signatures.locator).u32(0).u64(d.offset + d.sizeBytes).u32(1);
  }
  out.u32(signatures.end).u16(0).u16(0).u16(far ? limit16 : d.count).u16(far ? limit16 : d.count);
  return out.u32(far ? limit32 : d.sizeBytes).u32(far ? limit32 : d.offset).u16(0).whole();
};
