/**
 * Segments that the server wants in another storage: copied beside its place there, compared by hash as it was read and as it was written,
 * given its name, and only then told of. The old file stays until the server has its row and orders it deleted. One file at a time, and
 * recording goes first.
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, rename, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { JournalEntryOf, MoveOrder, Storage } from '../../contract/recorder.ts';
import type { Clock } from '../../server/src/base/clock.ts';
import { wait } from '../../server/src/base/clock.ts';
import { mebibyte, secondMs } from '../../server/src/base/units.ts';
import { syncFolder } from '../journal/files.ts';
import type { Journal } from '../journal/journal.ts';
import { refuse } from '../refusals.ts';
import { checkStorage } from './identity.ts';
import { makeFolders } from './segment-file.ts';
import { parseSegmentPath } from './segment-path.ts';

type Outcome = Pick<JournalEntryOf<'segment_moved'>, 'outcome' | 'detail'>;
type Ordered = MoveOrder['segments'][number];

/** No name of a segment: recovery and playback pass it by, and the next try writes over it. */
export const movingSuffix = '.moving';
const pieceBytes = mebibyte;
/** Slow on purpose: a day of a camera in some twenty minutes, and recording never waits for it. */
const bytesPerSecond = 32 * mebibyte;
const restMs = secondMs;

class Altered extends Error {}

export interface MoveDeps {
  clock: Clock;
  journal: Journal;
  find(storageId: string): Storage | null;
  /** Recording needs the disks for itself just now. */
  busy: () => boolean;
}

export class Moves {
  readonly #deps: MoveDeps;
  #waiting: Ordered[] = [];
  #running: Promise<void> | null = null;
  #hasEnded = false;

  constructor(deps: MoveDeps) {
    this.#deps = deps;
  }

  /** What is ordered again while it waits is done once. */
  order(order: MoveOrder): void {
    const known = new Set(this.#waiting.map(({ segmentId }) => segmentId));
    for (const segment of order.segments) {
      if (known.has(segment.segmentId)) continue;
      known.add(segment.segmentId);
      this.#waiting.push(segment);
    }
    this.#running ??= this.#run();
  }

  /** What is not moved by now stays where it is: the server orders it again. */
  end(): void {
    this.#waiting = [];
    this.#hasEnded = true;
  }

  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #run(): Promise<void> {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const { segmentId, fromStorageId, storageId, path } = next;
      const outcome = await this.#move(next);
      this.#waiting.shift();
      if (!this.#hasEnded && outcome !== null) this.#deps.journal.append({ kind: 'segment_moved', segmentId, fromStorageId, storageId, path, ...outcome });
    }
    this.#running = null;
  }

  /** Null: it was broken off. */
  async #move(segment: Ordered): Promise<Outcome | null> {
    const parts = parseSegmentPath(segment.path);
    const failed = (detail: string): Outcome => ({ outcome: 'failed', detail });
    if (parts?.kind !== 'closed' || parts.segmentId !== segment.segmentId) return failed(refuse('path_outside', { path: segment.path }).sentence.en);
    const [from, to] = [this.#deps.find(segment.fromStorageId), this.#deps.find(segment.storageId)];
    if (from === null || to === null || from === to) return failed('no such storage');
    for (const storage of [from, to]) {
      const check = await checkStorage(storage);
      if (!check.usable) return failed(check.refusal.sentence.en);
    }
    try {
      return (await this.#copy(from, to, segment)) ? { outcome: 'moved', detail: '' } : null;
    } catch (error) {
      await unlink(join(to.path, segment.path) + movingSuffix).catch(() => undefined);
      if (error instanceof Altered) return { outcome: 'altered', detail: error.message };
      const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      const isMissing = isGone && (await lstat(join(from.path, segment.path)).catch(() => null)) === null;
      return isMissing ? { outcome: 'missing', detail: '' } : failed(error instanceof Error ? error.message : String(error));
    }
  }

  async #copy(from: Storage, to: Storage, { path, sizeBytes, sha256 }: Ordered): Promise<boolean> {
    const place = join(to.path, path);
    const source = await open(join(from.path, path), constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      if ((await source.stat()).size !== sizeBytes) throw new Altered(`${(await source.stat()).size} of ${sizeBytes} bytes`);
      await makeFolders(to.path, path);
      const target = await open(place + movingSuffix, 'w+', 0o600);
      try {
        const read = await this.#pour(source, target);
        if (read === null) return false;
        if (read !== sha256) throw new Altered(`hash ${read}`);
        await target.sync();
        const written = await this.#pour(target, null);
        if (written === null) return false;
        if (written !== sha256) throw new Error(`the copy reads differently: ${written}`);
      } finally {
        await target.close();
      }
    } finally {
      await source.close();
    }
    await rename(place + movingSuffix, place);
    await syncFolder(dirname(place));
    return true;
  }

  /** Reads from the begin, writing where asked to; the hash, or null when everything ends. */
  async #pour(source: FileHandle, target: FileHandle | null): Promise<string | null> {
    const { clock, busy } = this.#deps;
    const hash = createHash('sha256');
    const piece = Buffer.alloc(pieceBytes);
    for (let at = 0; ; ) {
      while (busy() && !this.#hasEnded) await wait(clock, restMs);
      if (this.#hasEnded) return null;
      const startedMs = clock.monotonic();
      const { bytesRead } = await source.read(piece, 0, piece.length, at);
      if (bytesRead === 0) return hash.digest('hex');
      const bytes = piece.subarray(0, bytesRead);
      hash.update(bytes);
      for (let done = 0; target !== null && done < bytesRead; ) done += (await target.write(bytes, done, bytesRead - done, at + done)).bytesWritten;
      at += bytesRead;
      const dueMs = (bytesRead / bytesPerSecond) * secondMs - (clock.monotonic() - startedMs);
      if (dueMs >= 1) await wait(clock, dueMs);
    }
  }
}
