/**
 * Reads an archive that nobody vouches for. It takes only what `ZipWriter` writes, to the byte: every record is built again from what it says
 * and compared, members lie one after another without a hole, and nothing follows the end. So there are no overlaps, no hidden bytes, no second
 * meaning of a name, and no byte that could be changed unseen outside the members' own content, whose CRC is checked as it is read.
 */
import type { Crc32 } from './crc32.ts';
import { centralHeadBytes, centralHeader, descriptor, directoryOf, end64Bytes, endBytes, endOf, limit32, localHeader, locatorBytes, methods, signatures, type DosTime, type PlacedMember } from './layout.ts';
import { u64In } from './little-endian.ts';
import { nameFault } from './name.ts';

/** Bytes that can be reached anywhere: a file on a disk, a file in a browser. */
export interface ByteSource {
  sizeBytes: number;
  /** Up to `length` bytes from `offset`; fewer only at the end. */
  readAt(offset: number, length: number): Promise<Uint8Array>;
}

export type ZipFault = 'no_archive' | 'trailing_data' | 'directory' | 'name' | 'repeated_name' | 'place' | 'method' | 'record' | 'crc' | 'short' | 'too_many';

export class ZipError extends Error {
  readonly fault: ZipFault;
  /** A member's name, or the record concerned. */
  readonly place: string;
  constructor(fault: ZipFault, place: string) {
    super(`${fault}: ${place}`);
    this.name = 'ZipError';
    this.fault = fault;
    this.place = place;
  }
}

export interface ZipEntry extends PlacedMember {
  /** Where its content begins. */
  contentAt: number;
}

export interface ZipArchive {
  entries: readonly ZipEntry[];
  time: DosTime;
  /** Its content, in pieces; throws ZipError `crc` or `short` at the end when it is not what the archive says. */
  read(entry: ZipEntry): AsyncGenerator<Uint8Array>;
}

const mostDirectoryBytes = 256 * 1024 * 1024;
const pieceBytes = 4 * 1024 * 1024;
const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const exactly = async (source: ByteSource, offset: number, length: number, place: string): Promise<Uint8Array> => {
  const bytes = offset < 0 ? new Uint8Array(0) : await source.readAt(offset, length);
  if (bytes.length !== length) throw new ZipError('short', place);
  return bytes;
};

/** Where the central directory lies. */
const findDirectory = async (source: ByteSource): Promise<{ offset: number; sizeBytes: number; count: number; far: boolean }> => {
  if (source.sizeBytes < endBytes) throw new ZipError('no_archive', 'end');
  const tail = await exactly(source, Math.max(0, source.sizeBytes - endBytes - locatorBytes - end64Bytes), Math.min(source.sizeBytes, endBytes + locatorBytes + end64Bytes), 'end');
  const view = viewOf(tail);
  const end = tail.length - endBytes;
  if (view.getUint32(end, true) !== signatures.end) throw new ZipError((await hasEnd(source)) ? 'trailing_data' : 'no_archive', 'end');
  if (view.getUint16(end + 20, true) !== 0) throw new ZipError('trailing_data', 'comment');
  const near = { offset: view.getUint32(end + 16, true), sizeBytes: view.getUint32(end + 12, true), count: view.getUint16(end + 10, true), far: false };
  if (end < end64Bytes + locatorBytes || view.getUint32(end - locatorBytes, true) !== signatures.locator) return near;
  const at = end - locatorBytes - end64Bytes;
  if (view.getUint32(at, true) !== signatures.end64) throw new ZipError('directory', 'end64');
  const [count, sizeBytes, offset] = [u64In(view, at + 32), u64In(view, at + 40), u64In(view, at + 48)];
  if (count === null || sizeBytes === null || offset === null) throw new ZipError('directory', 'end64');
  return { offset, sizeBytes, count, far: true };
};

/** An end that does not stand at the end: something was added behind it. */
const hasEnd = async (source: ByteSource): Promise<boolean> => {
  const length = Math.min(source.sizeBytes, 0x1_0000 + endBytes);
  const bytes = await source.readAt(source.sizeBytes - length, length);
  const view = viewOf(bytes);
  for (let at = bytes.length - 4; at >= 0; at -= 1) if (view.getUint32(at, true) === signatures.end) return true;
  return false;
};

/** What a central header says, without any judgement yet; the comparison with the one spelling follows. */
const readCentral = (bytes: Uint8Array, at: number): { member: PlacedMember; length: number; time: DosTime } => {
  const place = `directory at ${at}`;
  if (at + centralHeadBytes > bytes.length) throw new ZipError('directory', place);
  const view = viewOf(bytes);
  if (view.getUint32(at, true) !== signatures.central) throw new ZipError('directory', place);
  const [nameLength, extraLength] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true)];
  const length = centralHeadBytes + nameLength + extraLength + view.getUint16(at + 32, true);
  if (at + length > bytes.length) throw new ZipError('directory', place);
  let name: string;
  try {
    name = decoder.decode(bytes.subarray(at + centralHeadBytes, at + centralHeadBytes + nameLength));
  } catch {
    throw new ZipError('name', place);
  }
  const method = view.getUint16(at + 10, true);
  if (method !== methods.stored && method !== methods.aes) throw new ZipError('method', name);
  const extraAt = at + centralHeadBytes + nameLength;
  const far = view.getUint32(at + 42, true) === limit32 && extraLength >= 28 && view.getUint16(extraAt, true) === 1;
  const plain = far ? u64In(view, extraAt + 4) : view.getUint32(at + 24, true);
  const sizeBytes = far ? u64In(view, extraAt + 12) : view.getUint32(at + 20, true);
  const offset = far ? u64In(view, extraAt + 20) : view.getUint32(at + 42, true);
  if (plain === null || sizeBytes === null || offset === null) throw new ZipError('directory', name);
  const member: PlacedMember = { name, sizeBytes, crc: view.getUint32(at + 16, true), streamed: (view.getUint16(at + 8, true) & 8) !== 0, zip64: far, plainBytes: method === methods.aes ? plain : null, offset };
  return { member, length, time: { date: view.getUint16(at + 14, true), time: view.getUint16(at + 12, true) } };
};

const readDirectory = (bytes: Uint8Array, count: number): { members: PlacedMember[]; time: DosTime } => {
  const members: PlacedMember[] = [];
  const names = new Set<string>();
  let time: DosTime = { date: 0, time: 0 };
  let at = 0;
  while (at < bytes.length) {
    const { member, length, time: its } = readCentral(bytes, at);
    if (members.length === 0) time = its;
    const { name } = member;
    const fault = nameFault(name);
    if (fault !== null) throw new ZipError('name', name);
    if (names.has(name.toLowerCase())) throw new ZipError('repeated_name', name);
    names.add(name.toLowerCase());
    // A member far into the archive has wide numbers here and narrow ones of its own; its local header says which.
    if (!same(centralHeader(member, time), bytes.subarray(at, at + length))) throw new ZipError('record', name);
    members.push(member);
    at += length;
  }
  if (members.length !== count || count === 0) throw new ZipError('directory', 'count');
  return { members, time };
};

/** Finds a member's content, and holds its local header, its descriptor and its place against the directory. */
const placeMember = async (source: ByteSource, member: PlacedMember, time: DosTime, at: number): Promise<{ entry: ZipEntry; until: number }> => {
  if (member.offset !== at) throw new ZipError('place', member.name);
  const candidates = member.zip64 ? [member, { ...member, zip64: false }] : [member];
  for (const candidate of candidates) {
    const expected = localHeader(candidate, time);
    const found = await source.readAt(at, expected.length);
    if (!same(expected, found)) continue;
    const contentAt = at + expected.length;
    const after = contentAt + member.sizeBytes;
    if (!candidate.streamed) return { entry: { ...candidate, contentAt }, until: after };
    const ending = descriptor(candidate);
    if (!same(ending, await exactly(source, after, ending.length, member.name))) throw new ZipError('record', member.name);
    return { entry: { ...candidate, contentAt }, until: after + ending.length };
  }
  throw new ZipError('record', member.name);
};

async function* readMember(source: ByteSource, entry: ZipEntry, crc32: Crc32): AsyncGenerator<Uint8Array> {
  let crc = 0;
  for (let done = 0; done < entry.sizeBytes; ) {
    const bytes = await exactly(source, entry.contentAt + done, Math.min(pieceBytes, entry.sizeBytes - done), entry.name);
    crc = crc32(bytes, crc);
    done += bytes.length;
    yield bytes;
  }
  if (entry.plainBytes === null && crc !== entry.crc) throw new ZipError('crc', entry.name);
}

/** Throws ZipError for anything that is not, to the byte, an archive as Vigil writes it. Content is compared when it is read. */
export const openZip = async (source: ByteSource, crc32: Crc32): Promise<ZipArchive> => {
  const found = await findDirectory(source);
  if (found.sizeBytes > mostDirectoryBytes) throw new ZipError('too_many', 'directory');
  if (found.offset + found.sizeBytes > source.sizeBytes) throw new ZipError('directory', 'end');
  const { members, time } = readDirectory(await exactly(source, found.offset, found.sizeBytes, 'directory'), found.count);
  const end = endOf(directoryOf(members, found.offset, found.sizeBytes));
  if (found.offset + found.sizeBytes + end.length !== source.sizeBytes) throw new ZipError('trailing_data', 'end');
  if (!same(end, await exactly(source, found.offset + found.sizeBytes, end.length, 'end'))) throw new ZipError('record', 'end');
  const entries: ZipEntry[] = [];
  let at = 0;
  for (const member of members) {
    const { entry, until } = await placeMember(source, member, time, at);
    entries.push(entry);
    at = until;
  }
  if (at !== found.offset) throw new ZipError('place', 'directory');
  return { entries, time, read: (entry) => readMember(source, entry, crc32) };
};
