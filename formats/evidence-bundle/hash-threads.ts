/**
 * Hashing of a large package beside its reading and writing: three threads, one for the recorded segments, one for the files of the package, one
 * for the package itself. Footage is read once into shared memory; every thread hashes those very bytes, so what was checked is what was written.
 */
import { Worker } from 'node:worker_threads';
import type { AsyncHash, BundleCrypto, HashPurpose, PieceStore } from './model.ts';

/** Hashes what it is sent, in order, and says how far it is. */
const thread = `
const { parentPort } = require('node:worker_threads');
const { createHash } = require('node:crypto');
const open = new Map();
parentPort.on('message', ({ parts, end }) => {
  for (const { id, bytes } of parts) {
    let hash = open.get(id);
    if (hash === undefined) open.set(id, (hash = createHash('sha256')));
    hash.update(bytes);
  }
  if (end === null) return parentPort.postMessage({ digest: null });
  const hash = open.get(end) ?? createHash('sha256');
  open.delete(end);
  parentPort.postMessage({ digest: hash.digest() });
});
`;

const batchBytes = 2 * 1024 * 1024;
const batchParts = 64;

/** One thread with its queue. Batches are answered in the order in which they were sent. */
class Lane {
  readonly #worker = new Worker(thread, { eval: true });
  readonly #moved: () => void;
  readonly #digests: ((digest: Uint8Array) => void)[] = [];
  readonly #refusals: ((error: unknown) => void)[] = [];
  #parts: { id: number; bytes: Uint8Array }[] = [];
  #partBytes = 0;
  #failed: Error | null = null;
  /** Batches sent, and batches hashed. */
  sent = 0;
  done = 0;

  constructor(moved: () => void) {
    this.#moved = moved;
    this.#worker.on('message', ({ digest }: { digest: Uint8Array | null }) => {
      this.done += 1;
      if (digest !== null) {
        this.#refusals.shift();
        this.#digests.shift()?.(digest);
      }
      moved();
    });
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error('a hashing thread died')));
  }

  push(id: number, bytes: Uint8Array): void {
    if (this.#failed !== null) throw this.#failed;
    // Of a part of ordinary memory all of it would be copied over.
    const own = bytes.buffer instanceof SharedArrayBuffer || bytes.length === bytes.buffer.byteLength;
    this.#parts.push({ id, bytes: own ? bytes : new Uint8Array(bytes) });
    this.#partBytes += bytes.length;
    if (this.#partBytes >= batchBytes || this.#parts.length >= batchParts) this.flush();
  }

  flush(): void {
    if (this.#parts.length > 0) this.#send(null);
  }

  digest(id: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (this.#failed !== null) return reject(this.#failed);
      this.#digests.push(resolve);
      this.#refusals.push(reject);
      this.#send(id);
    });
  }

  async close(): Promise<void> {
    this.#fail(new Error('the package is not written any more'));
    await this.#worker.terminate();
  }

  /** Shared memory stays shared, all else is copied here: its owner may go on with it. */
  #send(end: number | null): void {
    this.sent += 1;
    this.#worker.postMessage({ parts: this.#parts, end });
    this.#parts = [];
    this.#partBytes = 0;
  }

  #fail(error: Error): void {
    this.#failed = error;
    for (const refuse of this.#refusals.splice(0)) refuse(error);
    this.#digests.length = 0;
    this.#moved();
  }
}

interface Waiting {
  piece: Uint8Array;
  /** How far each lane and the file must be. */
  lanes: readonly number[];
  given: number;
}

const pieceBytes = 4 * 1024 * 1024;
/**
 * The file's writer holds up to two batches of 4 MiB, of pieces that gave at least 1 MiB each; one piece is passed on, one is read ahead. With
 * fewer than ten, writer and reader could wait for each other.
 */
const pieceCount = 12;

export interface HashThreads {
  crypto: BundleCrypto;
  /** So many bytes of the stream were given out, and so many of them nobody looks at any more. */
  given(bytes: number): void;
  written(bytes: number): void;
  close(): Promise<void>;
}

const purposes: readonly HashPurpose[] = ['segment', 'file', 'whole'];

/** `plain`: for what is small. */
export const createHashThreads = (plain: BundleCrypto): HashThreads => {
  const free: Uint8Array[] = Array.from({ length: pieceCount }, () => new Uint8Array(new SharedArrayBuffer(pieceBytes)));
  const waiting: Waiting[] = [];
  const takers: ((piece: Uint8Array) => void)[] = [];
  let [givenBytes, writtenBytes, nextId] = [0, 0, 0];
  const look = (): void => {
    for (let i = waiting.length - 1; i >= 0; i -= 1) {
      const one = waiting[i];
      if (one === undefined || one.given > writtenBytes || one.lanes.some((sent, n) => sent > (lanes[n]?.done ?? 0))) continue;
      waiting.splice(i, 1);
      free.push(one.piece);
    }
    while (takers.length > 0 && free.length > 0) {
      const piece = free.pop();
      if (piece !== undefined) takers.shift()?.(piece);
    }
  };
  const lanes = purposes.map(() => new Lane(look));
  const flush = (): void => {
    for (const lane of lanes) lane.flush();
  };
  const pieces: PieceStore = {
    take: () => {
      const piece = free.pop();
      return piece === undefined ? new Promise((resolve) => takers.push(resolve)) : Promise.resolve(piece);
    },
    passed: (piece, gaveOut) => {
      flush();
      waiting.push({ piece, lanes: lanes.map(({ sent }) => sent), given: gaveOut ? givenBytes : 0 });
      look();
    },
  };
  const createSha256 = (purpose: HashPurpose): AsyncHash => {
    const lane = lanes[purposes.indexOf(purpose)];
    if (lane === undefined) throw new Error(`no thread hashes a ${purpose}`);
    nextId += 1;
    const id = nextId;
    return { update: (bytes) => lane.push(id, bytes), digest: () => lane.digest(id) };
  };
  return {
    crypto: { ...plain, createSha256, pieces },
    given: (bytes) => {
      givenBytes += bytes;
    },
    written: (bytes) => {
      writtenBytes = bytes;
      look();
    },
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
};
