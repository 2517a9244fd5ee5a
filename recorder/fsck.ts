/**
 * Compares disks with what should lie there (design: recording, the three invariants): a row has its file of the stated size and hash;
 * every file is in exactly one of {row, garbage, open}. Rows stream past in order, so that millions of segments need no memory.
 */
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Storage } from '../contract/recorder.ts';
import { hashOf } from './recovery/take-up.ts';
import { checkStorage, identityFile } from './storage/identity.ts';
import { parseSegmentPath } from './storage/segment-path.ts';

export interface ExpectedSegment {
  storageId: string;
  path: string;
  sizeBytes: number;
  sha256: string;
}

export interface FilePlace {
  storageId: string;
  path: string;
}

export type Finding =
  | ({ kind: 'missing' | 'unknown' | 'unreadable' } & FilePlace)
  /** Being recorded, or left by a crash until the recorder starts again. */
  | ({ kind: 'open' } & FilePlace)
  /** In the rows and in the garbage at once. */
  | ({ kind: 'double' } & FilePlace)
  | ({ kind: 'wrong_size'; expected: number; found: number } & FilePlace)
  | ({ kind: 'wrong_hash'; expected: string; found: string } & FilePlace)
  | { kind: 'storage_refused'; storageId: string; path: string; reason: string };

export interface FsckInput {
  storages: readonly Storage[];
  /** Rows by storage and path, ascending as bytes compare (PostgreSQL: ORDER BY storage_id, path with collation "C"). */
  rows: AsyncIterable<ExpectedSegment>;
  /** Closed segments of the journal that are no rows yet; any order. */
  pending: AsyncIterable<ExpectedSegment> | Iterable<ExpectedSegment>;
  garbage: AsyncIterable<FilePlace> | Iterable<FilePlace>;
  /** False: names and sizes only. */
  hashes: boolean;
  onChecked?: (checked: { files: number; bytes: number }) => void;
}

const keyOf = (place: FilePlace): string => `${place.storageId}/${place.path}`;

/** Files of a storage below its root, ascending; never follows a link. */
async function* filesOf(root: string, below = ''): AsyncGenerator<string> {
  const entries = await readdir(join(root, below), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* filesOf(root, path);
    else if (path !== identityFile) yield path;
  }
}

const compareFile = async (storage: Storage, expected: ExpectedSegment, hashes: boolean): Promise<Finding | null> => {
  const place = { storageId: storage.storageId, path: expected.path };
  try {
    const handle = await open(join(storage.path, expected.path), 'r');
    try {
      const { size } = await handle.stat();
      if (size !== expected.sizeBytes) return { kind: 'wrong_size', ...place, expected: expected.sizeBytes, found: size };
      if (!hashes) return null;
      const { sha256 } = await hashOf(handle);
      return sha256 === expected.sha256 ? null : { kind: 'wrong_hash', ...place, expected: expected.sha256, found: sha256 };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { kind: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable', ...place };
  }
};

/** The rows as a cursor, one storage after the other. */
class Rows {
  readonly #iterator: AsyncIterator<ExpectedSegment>;
  #next: ExpectedSegment | null = null;
  #last = '';

  constructor(rows: AsyncIterable<ExpectedSegment>) {
    this.#iterator = rows[Symbol.asyncIterator]();
  }

  async peek(): Promise<ExpectedSegment | null> {
    if (this.#next !== null) return this.#next;
    const result = await this.#iterator.next();
    if (result.done === true) return null;
    const row = result.value;
    const key = keyOf(row);
    if (key <= this.#last) throw new Error(`rows are not in order: ${key} after ${this.#last}`);
    this.#last = key;
    this.#next = row;
    return row;
  }

  take(): void {
    this.#next = null;
  }
}

class Fsck {
  readonly #input: FsckInput;
  readonly #rows: Rows;
  readonly #pending = new Map<string, ExpectedSegment>();
  readonly #garbage = new Set<string>();
  #files = 0;
  #bytes = 0;

  constructor(input: FsckInput) {
    this.#input = input;
    this.#rows = new Rows(input.rows);
  }

  async *run(): AsyncGenerator<Finding> {
    for await (const segment of this.#input.pending) this.#pending.set(keyOf(segment), segment);
    for await (const place of this.#input.garbage) this.#garbage.add(keyOf(place));
    const storages = [...this.#input.storages].sort((a, b) => (a.storageId < b.storageId ? -1 : 1));
    for (const storage of storages) {
      yield* this.#rowsBefore(storage.storageId);
      const check = await checkStorage(storage);
      if (check.usable) yield* this.#storage(storage);
      else {
        yield { kind: 'storage_refused', storageId: storage.storageId, path: storage.path, reason: check.reason };
        yield* this.#rest(storage.storageId);
      }
    }
    for (let row = await this.#rows.peek(); row !== null; row = await this.#rows.peek()) yield this.#missing(row);
    for (const segment of this.#pending.values()) yield { kind: 'missing', storageId: segment.storageId, path: segment.path };
  }

  /** Rows of a storage that is not configured any more. */
  async *#rowsBefore(storageId: string): AsyncGenerator<Finding> {
    for (let row = await this.#rows.peek(); row !== null && row.storageId < storageId; row = await this.#rows.peek()) yield this.#missing(row);
  }

  async *#rest(storageId: string): AsyncGenerator<Finding> {
    for (let row = await this.#rows.peek(); row?.storageId === storageId; row = await this.#rows.peek()) yield this.#missing(row);
  }

  #missing(row: ExpectedSegment): Finding {
    this.#rows.take();
    this.#pending.delete(keyOf(row));
    return { kind: 'missing', storageId: row.storageId, path: row.path };
  }

  async *#storage(storage: Storage): AsyncGenerator<Finding> {
    const { storageId } = storage;
    for await (const path of filesOf(storage.path)) {
      const kind = parseSegmentPath(path)?.kind;
      if (kind === 'open') yield { kind: 'open', storageId, path };
      else if (kind === undefined) yield { kind: 'unknown', storageId, path };
      else {
        for (let row = await this.#rows.peek(); row?.storageId === storageId && row.path < path; row = await this.#rows.peek()) yield this.#missing(row);
        yield* this.#file(storage, path);
      }
    }
    yield* this.#rest(storageId);
  }

  async *#file(storage: Storage, path: string): AsyncGenerator<Finding> {
    const place = { storageId: storage.storageId, path };
    const key = keyOf(place);
    const row = await this.#rows.peek();
    const isRow = row !== null && row.storageId === place.storageId && row.path === path;
    if (isRow) this.#rows.take();
    const expected = isRow ? row : this.#pending.get(key);
    this.#pending.delete(key);
    const isGarbage = this.#garbage.has(key);
    if (expected === undefined && !isGarbage) yield { kind: 'unknown', ...place };
    if (expected !== undefined && isGarbage) yield { kind: 'double', ...place };
    if (expected === undefined) return;
    const finding = await compareFile(storage, expected, this.#input.hashes);
    this.#files += 1;
    this.#bytes += (await stat(join(storage.path, path)).catch(() => null))?.size ?? 0;
    this.#input.onChecked?.({ files: this.#files, bytes: this.#bytes });
    if (finding !== null) yield finding;
  }
}

export const fsck = (input: FsckInput): AsyncGenerator<Finding> => new Fsck(input).run();
