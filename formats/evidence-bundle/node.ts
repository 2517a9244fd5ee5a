/** The package on Node: hashes by OpenSSL and zlib, segments from files. Not exported by index.ts, which stays free of Node. */
import { createHash, hash } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { SegmentFile } from '../fmp4/index.ts';
import type { BundleCrypto } from './model.ts';

export const nodeBundleCrypto: BundleCrypto = {
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  createSha256: () => {
    const one = createHash('sha256');
    return { update: (bytes) => void one.update(bytes), digest: () => one.digest() };
  },
  crc32: (bytes, before = 0) => crc32(bytes, before),
};

const readExactly = async (handle: FileHandle, offset: number, length: number): Promise<Uint8Array> => {
  const bytes = Buffer.allocUnsafeSlow(Math.max(0, length));
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
};

export interface OpenFile extends SegmentFile {
  close(): Promise<void>;
}

/** A file that stays open until `close`. */
export const openFile = async (path: string): Promise<OpenFile> => {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    return { sizeBytes: size, readAt: (offset, length) => readExactly(handle, offset, Math.min(length, Math.max(0, size - offset))), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
};

/** A file that is opened for each look at it: a package may name thousands of segments, and a process has few open files. */
export const segmentFile = (path: string, sizeBytes: number): SegmentFile => {
  return {
    sizeBytes,
    readAt: async (offset, length) => {
      const handle = await open(path, 'r');
      try {
        return await readExactly(handle, offset, length);
      } finally {
        await handle.close();
      }
    },
  };
};

/** Writes a stream to a new file, whole and on disk when it returns; a file that exists is never replaced, and half a file does not stay. */
export const writeToFile = async (path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> => {
  const handle = await open(path, 'wx', 0o600);
  let whole = false;
  try {
    for await (const batch of batches(bytes)) {
      let left = batch;
      while (left.length > 0) {
        const total = left.reduce((sum, part) => sum + part.length, 0);
        const { bytesWritten } = await handle.writev(left);
        if (bytesWritten === total) break;
        left = skip(left, bytesWritten);
      }
    }
    await handle.sync();
    whole = true;
  } finally {
    await handle.close();
    if (!whole) await unlink(path).catch(() => undefined);
  }
};

const batchBytes = 4 * 1024 * 1024;
const batchParts = 512;
/** Small pieces go together: a call for each of them would cost more than their bytes. */
async function* batches(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array[]> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of bytes) {
    if (part.length === 0) continue;
    parts.push(part);
    size += part.length;
    if (size < batchBytes && parts.length < batchParts) continue;
    yield parts;
    parts = [];
    size = 0;
  }
  if (parts.length > 0) yield parts;
}

const skip = (parts: readonly Uint8Array[], bytes: number): Uint8Array[] => {
  let left = bytes;
  return parts.flatMap((part) => {
    const cut = Math.min(left, part.length);
    left -= cut;
    return cut === part.length ? [] : [part.subarray(cut)];
  });
};
