/** The package on Node: hashes by OpenSSL and zlib, segments from files. Not exported by index.ts, which stays free of Node. */
import { createHash, hash } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { SegmentFile } from '../fmp4/index.ts';
import type { StreamHash } from '../pure-crypto/index.ts';
import { toHex } from '../tlog/index.ts';
import { createHashThreads } from './hash-threads.ts';
import type { BundleCrypto, BundleInput, SegmentInput } from './model.ts';
import type { BundlePlan } from './plan.ts';
import { writeBundle, type BundleSummary } from './writer.ts';

export const nodeBundleCrypto: BundleCrypto & { createSha256: () => StreamHash } = {
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  createSha256: () => {
    const one = createHash('sha256');
    return { update: (bytes) => void one.update(bytes), digest: () => one.digest() };
  },
  crc32: (bytes, before = 0) => crc32(bytes, before),
};

const readInto = async (handle: FileHandle, target: Uint8Array, offset: number): Promise<number> => {
  let done = 0;
  while (done < target.length) {
    const { bytesRead } = await handle.read(target, done, target.length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
};
const readExactly = async (handle: FileHandle, offset: number, length: number): Promise<Uint8Array> => {
  const bytes = Buffer.allocUnsafeSlow(Math.max(0, length));
  return bytes.subarray(0, await readInto(handle, bytes, offset));
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
export const segmentFile = (path: string, sizeBytes: number): SegmentInput['file'] => {
  const opened = async <T>(work: (handle: FileHandle) => Promise<T>): Promise<T> => {
    const handle = await open(path, 'r');
    try {
      return await work(handle);
    } finally {
      await handle.close();
    }
  };
  return {
    sizeBytes,
    readAt: (offset, length) => opened((handle) => readExactly(handle, offset, length)),
    readInto: (target, offset) => opened((handle) => readInto(handle, target, offset)),
  };
};

/** So many bytes are brought to the disk while the next ones are made: waiting for all of them at the end would leave it idle before. */
const flushBytes = 64 * 1024 * 1024;

/**
 * Writes a stream to a new file, whole and on disk when it returns; a file that exists is never replaced, and half a file does not stay.
 * The next piece is made while the last one is written. `written` is told how far the file has come.
 */
export const writeToFile = async (path: string, bytes: AsyncIterable<Uint8Array>, written: (sizeBytes: number) => void = () => undefined): Promise<void> => {
  const handle = await open(path, 'wx', 0o600);
  let whole = false;
  let [writing, flushing] = [Promise.resolve(), Promise.resolve()];
  let [sizeBytes, flushedBytes, isFlushing] = [0, 0, false];
  const flush = (): void => {
    if (isFlushing || sizeBytes - flushedBytes < flushBytes) return;
    [isFlushing, flushedBytes] = [true, sizeBytes];
    // A disk tells of a fault once only: what fails here fails the whole.
    flushing = Promise.all([flushing, handle.datasync()]).then(() => {
      isFlushing = false;
    });
    flushing.catch(() => undefined); // it is awaited below
  };
  const write = async (batch: readonly Uint8Array[], before: Promise<void>): Promise<void> => {
    await before;
    for (let left = batch; left.length > 0; ) {
      const { bytesWritten } = await handle.writev(left);
      sizeBytes += bytesWritten;
      left = skip(left, bytesWritten);
    }
    written(sizeBytes);
    flush();
  };
  try {
    for await (const batch of batches(bytes)) {
      await writing;
      writing = write(batch, writing);
      writing.catch(() => undefined); // it is awaited in the next round, or below
    }
    await writing;
    await flushing;
    await handle.sync();
    whole = true;
  } finally {
    await writing.catch(() => undefined);
    await flushing.catch(() => undefined);
    await handle.close();
    if (!whole) await unlink(path).catch(() => undefined);
  }
};

/** From here on threads are worth their beginning. */
const threadsFromBytes = 48 * 1024 * 1024;

/** What becomes of the package on its way to the file: encryption. It copies what it is given before it asks for more. */
export type Seal = (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

export interface BundleFile {
  /** Of the package, before it is sealed. */
  summary: BundleSummary;
  /** Of the file. */
  fileSha256: string;
  fileBytes: number;
}

interface FileOptions {
  seal?: Seal;
  /** Told how many bytes of the package were given to the file. */
  progress?: (doneBytes: number) => void;
  /** Only tests say so; a large package is hashed by threads. */
  threads?: boolean;
}

/** The package to a new file. `seal`: the file holds what that makes of it, and has a hash of its own. */
export const writeBundleFile = async (path: string, plan: BundlePlan, input: BundleInput, { seal, progress, threads = plan.footageBytes >= threadsFromBytes }: FileOptions = {}): Promise<BundleFile> => {
  const beside = threads ? createHashThreads(nodeBundleCrypto) : null;
  try {
    const crypto: BundleCrypto = beside?.crypto ?? nodeBundleCrypto;
    const writing = writeBundle(crypto, plan, input);
    let givenBytes = 0;
    const given = async function* (): AsyncGenerator<Uint8Array> {
      for await (const bytes of writing.bytes) {
        givenBytes += bytes.length;
        beside?.given(bytes.length);
        progress?.(givenBytes);
        yield bytes;
        if (seal !== undefined) beside?.written(givenBytes);
      }
    };
    if (seal === undefined) {
      await writeToFile(path, given(), (doneBytes) => beside?.written(doneBytes));
      const summary = writing.summary();
      return { summary, fileSha256: summary.sha256, fileBytes: summary.sizeBytes };
    }
    const hash = crypto.createSha256('whole');
    let fileBytes = 0;
    const sealed = async function* (): AsyncGenerator<Uint8Array> {
      for await (const bytes of seal(given())) {
        hash.update(bytes);
        fileBytes += bytes.length;
        yield bytes;
      }
    };
    await writeToFile(path, sealed());
    return { summary: writing.summary(), fileSha256: toHex(await hash.digest()), fileBytes };
  } finally {
    await beside?.close();
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
