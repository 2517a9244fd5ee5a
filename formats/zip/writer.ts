/** Writes a stored ZIP as a stream: nothing is compressed (footage is already), nothing is held in memory, nothing is gone back to. */
import type { Crc32 } from './crc32.ts';
import { centralHeader, descriptor, directoryOf, endOf, limit16, limit32, localHeader, type DosTime, type PlacedMember, type ZipMember } from './layout.ts';
import { nameFault } from './name.ts';

export interface ZipWriterOptions {
  crc32: Crc32;
  time: DosTime;
  /** Sizes from here on are written in 8 bytes; only tests lower it. */
  zip64From?: number;
}

export interface WrittenMember {
  name: string;
  sizeBytes: number;
  crc: number;
}

const concat = (parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

export class ZipWriter {
  readonly #options: ZipWriterOptions;
  readonly #members: PlacedMember[] = [];
  readonly #names = new Set<string>();
  #offset = 0;

  constructor(options: ZipWriterOptions) {
    this.#options = options;
  }

  /** Bytes given out so far. */
  get sizeBytes(): number {
    return this.#offset;
  }

  /** A member whose bytes are at hand. */
  whole(name: string, bytes: Uint8Array): Uint8Array[] {
    this.#claim(name);
    const member: ZipMember = { name, sizeBytes: bytes.length, crc: this.#options.crc32(bytes), streamed: false, zip64: bytes.length >= this.#limit, plainBytes: null };
    return this.#place(member, [localHeader(member, this.#options.time), bytes]);
  }

  /** A member that is read as it is written. `mostBytes`: an upper bound, which decides the width of its sizes. */
  async *streamed(name: string, mostBytes: number, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, WrittenMember> {
    this.#claim(name);
    const open: ZipMember = { name, sizeBytes: 0, crc: 0, streamed: true, zip64: mostBytes >= this.#limit, plainBytes: null };
    const offset = this.#offset;
    yield this.#count(localHeader(open, this.#options.time));
    let [sizeBytes, crc] = [0, 0];
    for await (const bytes of source) {
      sizeBytes += bytes.length;
      crc = this.#options.crc32(bytes, crc);
      yield this.#count(bytes);
    }
    if (sizeBytes > mostBytes) throw new RangeError(`${name} is longer than was said`);
    const member = { ...open, sizeBytes, crc };
    yield this.#count(descriptor(member));
    this.#members.push({ ...member, offset });
    return { name, sizeBytes, crc };
  }

  /** Central directory and end; nothing may follow. */
  end(): Uint8Array {
    const headers = this.#members.map((member) => centralHeader(member, this.#options.time));
    const central = concat(headers);
    return this.#count(concat([central, endOf(directoryOf(this.#members, this.#offset, central.length))]));
  }

  get #limit(): number {
    return this.#options.zip64From ?? limit32;
  }

  #claim(name: string): void {
    const fault = nameFault(name);
    if (fault !== null) throw new RangeError(`no name for an archive (${fault}): ${name}`);
    // Two names that differ in case alone are one file on half of all systems.
    if (this.#names.has(name.toLowerCase())) throw new RangeError(`twice in one archive: ${name}`);
    if (this.#names.size >= 16 * limit16) throw new RangeError('too many files for one archive');
    this.#names.add(name.toLowerCase());
  }

  #place(member: ZipMember, parts: Uint8Array[]): Uint8Array[] {
    this.#members.push({ ...member, offset: this.#offset });
    parts.forEach((part) => this.#count(part));
    return parts;
  }

  #count(bytes: Uint8Array): Uint8Array {
    this.#offset += bytes.length;
    return bytes;
  }
}
