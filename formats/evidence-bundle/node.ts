/** The package on Node: hashes by OpenSSL and zlib, segments from files. Not exported by index.ts, which stays free of Node. */
import { createHash, hash } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
import type { SegmentFile } from '../fmp4/index.ts';
import type { StreamHash } from '../pure-crypto/index.ts';
import type { BundleCrypto, BundleInput } from './model.ts';
import type { BundlePlan } from './plan.ts';
import { writeBundle, type BundleSummary } from './writer.ts';

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

/**
 * Writes a stream to a new file, whole and on disk when it returns; a file that exists is never replaced, and half a file does not stay.
 * The next piece is made while the last one is written. `written` is told how far the file has come.
 */
export const writeToFile = async (path: string, bytes: AsyncIterable<Uint8Array>, written: (sizeBytes: number) => void = () => undefined): Promise<void> => {
  const handle = await open(path, 'wx', 0o600);
  let whole = false;
  let writing = Promise.resolve();
  let sizeBytes = 0;
  const write = async (batch: readonly Uint8Array[], before: Promise<void>): Promise<void> => {
    await before;
    for (let left = batch; left.length > 0; ) {
      const { bytesWritten } = await handle.writev(left);
      sizeBytes += bytesWritten;
      left = skip(left, bytesWritten);
    }
    written(sizeBytes);
  };
  try {
    for await (const batch of batches(bytes)) {
      await writing;
      writing = write(batch, writing);
      writing.catch(() => undefined); // it is awaited in the next round, or below
    }
    await writing;
    await handle.sync();
    whole = true;
  } finally {
    await writing.catch(() => undefined);
    await handle.close();
    if (!whole) await unlink(path).catch(() => undefined);
  }
};

/** A worker that hashes a file while it grows: [0] how far it has come, in pieces of 64 KiB; [1] 1 when it is whole, 2 when it never will be. */
const follower = `
const { parentPort, workerData } = require('node:worker_threads');
const { openSync, readSync, closeSync } = require('node:fs');
const state = new Int32Array(workerData.shared);
const hash = require('node:crypto').createHash('sha256');
const buffer = Buffer.allocUnsafeSlow(1 << 20);
const file = openSync(workerData.path, 'r');
for (;;) {
  const seen = Atomics.load(state, 0);
  const ended = Atomics.load(state, 1);
  let length;
  while ((length = readSync(file, buffer, 0, buffer.length, null)) > 0) hash.update(buffer.subarray(0, length));
  if (ended !== 0) break;
  Atomics.wait(state, 0, seen);
}
closeSync(file);
parentPort.postMessage(hash.digest('hex'));
`;

const followHash = (path: string): { grown: () => void; end: (whole: boolean) => Promise<string> } => {
  const shared = new SharedArrayBuffer(8);
  const state = new Int32Array(shared);
  const worker = new Worker(follower, { eval: true, workerData: { shared, path } });
  const digest = new Promise<string>((resolve, reject) => {
    worker.once('message', (hex: unknown) => (typeof hex === 'string' ? resolve(hex) : reject(new Error('no hash'))));
    worker.once('error', reject);
  });
  digest.catch(() => undefined); // it is awaited at the end
  const grown = (): void => {
    Atomics.add(state, 0, 1);
    Atomics.notify(state, 0);
  };
  return {
    grown,
    end: (whole) => {
      Atomics.store(state, 1, whole ? 1 : 2);
      grown();
      return digest;
    },
  };
};

/** The package to a file. Its own hash is found beside, by a second thread that reads the file as it grows: half of a machine of two cores. */
export const writeBundleFile = async (path: string, plan: BundlePlan, input: BundleInput): Promise<BundleSummary> => {
  const elsewhere: StreamHash = { update: () => undefined, digest: () => new Uint8Array(32) };
  const writing = writeBundle({ ...nodeBundleCrypto, createWholeSha256: () => elsewhere }, plan, input);
  let follow: ReturnType<typeof followHash> | null = null;
  let whole = false;
  try {
    await writeToFile(path, writing.bytes, () => {
      follow ??= followHash(path);
      follow.grown();
    });
    whole = true;
  } finally {
    if (!whole) await closeFollower(follow);
  }
  const sha256 = await closeFollower(follow, true);
  return { ...writing.summary(), sha256 };
};

const closeFollower = async (follow: ReturnType<typeof followHash> | null, whole = false): Promise<string> => {
  if (follow === null) return '';
  return whole ? follow.end(true) : follow.end(false).catch(() => '');
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
