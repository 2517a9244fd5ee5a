/** A backup is a gzipped tar (POSIX pax), so that any machine can look into it. Written and read as a stream; nothing is held whole in memory. */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import { declareRefusals } from '../../base/refusal.ts';

export const archiveRefusals = declareRefusals('backup', {
  not_an_archive: { kind: 'invalid', zh: '{file} 不是完整的备份：{reason}', en: '{file} is not a whole backup: {reason}' },
});

export interface ArchiveEntry {
  /** Relative, with `/`; a folder has no content. */
  path: string;
  folder: boolean;
  mode: number;
  sizeBytes: number;
}

export interface ArchiveWriter {
  folder(path: string, mode: number): Promise<void>;
  /** Exactly sizeBytes are taken: a file that shrank meanwhile is filled with zeros, one that grew is cut, as PostgreSQL's own base backup does. */
  file(path: string, mode: number, sizeBytes: number, content: AsyncIterable<Buffer>, onChunk?: (chunk: Buffer) => void): Promise<void>;
  close(): Promise<void>;
}

const block = 512;
const padding = (size: number): Buffer => Buffer.alloc((block - (size % block)) % block);
const zeroChunk = Buffer.alloc(64 * 1024);

const octal = (value: number, length: number): string => value.toString(8).padStart(length - 1, '0');

/** ustar header, IEEE Std 1003.1. Time and owner are left at zero: they mean nothing on another machine. */
const header = (path: string, type: '0' | '5' | 'x', mode: number, size: number): Buffer => {
  const head = Buffer.alloc(block);
  head.write(path, 0, 100, 'utf8');
  head.write(octal(mode & 0o7777, 8), 100);
  head.write(octal(0, 8), 108);
  head.write(octal(0, 8), 116);
  head.write(octal(size, 12), 124);
  head.write(octal(0, 12), 136);
  head.write('        ', 148);
  head.write(type, 156);
  head.write('ustar\x0000', 257, 'latin1');
  let sum = 0;
  for (const byte of head) sum += byte;
  head.write(`${octal(sum, 7)}\0 `, 148, 'latin1');
  return head;
};

const paxRecord = (key: string, value: string): string => {
  const body = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(body) + 1;
  while (Buffer.byteLength(`${length}${body}`) !== length) length += 1;
  return `${length}${body}`;
};

/** A pax header before entries that the old one cannot describe. */
const extended = (path: string, size: number): Buffer[] => {
  const records: string[] = [];
  if (Buffer.byteLength(path) > 100 || !/^[\x20-\x7e]*$/.test(path)) records.push(paxRecord('path', path));
  if (size >= 8 ** 11) records.push(paxRecord('size', String(size)));
  if (records.length === 0) return [];
  const body = Buffer.from(records.join(''));
  return [header('pax', 'x', 0o600, body.length), body, padding(body.length)];
};

export const createArchive = (file: string): ArchiveWriter => {
  const out = createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true });
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  gzip.pipe(out);
  const fault = new Promise<never>((_, failed) => {
    out.once('error', failed);
    gzip.once('error', failed);
  });
  fault.catch(() => undefined); // reported by the write that meets it
  const put = async (bytes: Buffer): Promise<void> => {
    if (bytes.length > 0 && !gzip.write(bytes)) await Promise.race([once(gzip, 'drain'), fault]);
  };
  const content = async (sizeBytes: number, source: AsyncIterable<Buffer>, onChunk?: (chunk: Buffer) => void): Promise<void> => {
    let left = sizeBytes;
    const add = async (chunk: Buffer): Promise<void> => {
      const part = chunk.length > left ? chunk.subarray(0, left) : chunk;
      left -= part.length;
      onChunk?.(part);
      await put(part);
    };
    for await (const chunk of source) {
      if (left === 0) break;
      await add(chunk);
    }
    while (left > 0) await add(zeroChunk);
  };
  return {
    folder: async (path, mode) => {
      for (const part of extended(`${path}/`, 0)) await put(part);
      await put(header(`${path}/`, '5', mode, 0));
    },
    file: async (path, mode, sizeBytes, source, onChunk) => {
      for (const part of extended(path, sizeBytes)) await put(part);
      await put(header(path, '0', mode, sizeBytes >= 8 ** 11 ? 0 : sizeBytes));
      await content(sizeBytes, source, onChunk);
      await put(padding(sizeBytes));
    },
    close: async () => {
      await put(Buffer.alloc(2 * block));
      gzip.end();
      await Promise.race([finished(out), fault]);
    },
  };
};

/** Hands out a byte stream in pieces of the sizes asked for. */
const createReader = (source: AsyncIterator<Buffer>) => {
  let rest: Buffer = Buffer.alloc(0);
  const some = async (most: number): Promise<Buffer | null> => {
    if (rest.length === 0) {
      const next = await source.next();
      if (next.done === true) return null;
      rest = next.value;
    }
    const part = rest.subarray(0, most);
    rest = rest.subarray(part.length);
    return part;
  };
  const exactly = async (size: number): Promise<Buffer> => {
    const parts: Buffer[] = [];
    for (let have = 0; have < size; ) {
      const part = await some(size - have);
      if (part === null) throw new Error('ends too early');
      parts.push(part);
      have += part.length;
    }
    return Buffer.concat(parts);
  };
  return { some, exactly };
};
type Reader = ReturnType<typeof createReader>;

const text = (head: Buffer, from: number, length: number): string => {
  const field = head.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
};

const parsePax = (body: string): Map<string, string> => {
  const records = new Map<string, string>();
  for (const line of body.split('\n')) {
    const parts = /^\d+ ([^=]+)=(.*)$/.exec(line);
    if (parts?.[1] !== undefined && parts[2] !== undefined) records.set(parts[1], parts[2]);
  }
  return records;
};

const longestPax = 64 * 1024;

const entryOf = async (reader: Reader): Promise<ArchiveEntry | null> => {
  let pax = new Map<string, string>();
  for (;;) {
    const head = await reader.exactly(block);
    if (head.every((byte) => byte === 0)) return null;
    const sum = head.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
    if (sum !== parseInt(text(head, 148, 8), 8)) throw new Error('a header is damaged');
    const size = parseInt(text(head, 124, 12), 8);
    const type = text(head, 156, 1);
    if (type === 'x') {
      if (size > longestPax) throw new Error('a header is too long');
      pax = parsePax((await reader.exactly(size)).toString('utf8'));
      await reader.exactly(padding(size).length);
      continue;
    }
    if (type !== '0' && type !== '5') throw new Error(`entry of kind ${type}`);
    const path = (pax.get('path') ?? text(head, 0, 100)).replace(/\/$/, '');
    return { path, folder: type === '5', mode: parseInt(text(head, 100, 8), 8), sizeBytes: Number(pax.get('size') ?? size) };
  }
};

/** Only names that stay inside the folder they are unpacked to. */
const isInside = (path: string): boolean => path !== '' && !path.startsWith('/') && !/^[A-Za-z]:|\\|\0/.test(path) && !path.split('/').some((part) => part === '..' || part === '.' || part === '');

/** Calls onEntry for each entry in order; it must read the content to its end. */
export const readArchive = async (file: string, onEntry: (entry: ArchiveEntry, content: AsyncGenerator<Buffer>) => Promise<void>): Promise<void> => {
  const raw = createReadStream(file);
  const gunzip = createGunzip();
  raw.once('error', (error) => gunzip.destroy(error));
  const reader = createReader((raw.pipe(gunzip) as AsyncIterable<Buffer>)[Symbol.asyncIterator]());
  try {
    for (let entry = await entryOf(reader); entry !== null; entry = await entryOf(reader)) {
      if (!isInside(entry.path)) throw new Error(`a name leads outside: ${entry.path}`);
      const { sizeBytes } = entry;
      const content = async function* (): AsyncGenerator<Buffer> {
        for (let left = sizeBytes; left > 0; ) {
          const part = await reader.some(left);
          if (part === null) throw new Error('ends too early');
          left -= part.length;
          yield part;
        }
      };
      await onEntry(entry, content());
      await reader.exactly(padding(sizeBytes).length);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw Object.assign(archiveRefusals('not_an_archive', { file, reason }), { cause: error });
  } finally {
    gunzip.destroy();
    raw.destroy();
  }
};
