/** Deletions that the server ordered: unlink, fsync the folder, then say what became of each. Only segment files inside a storage, whatever the order says. */
import { lstat, realpath, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DeletionOrder, JournalEntryOf, Storage } from '../../contract/recorder.ts';
import type { Clock } from '../../server/src/base/clock.ts';
import type { Log } from '../../server/src/base/log.ts';
import type { Journal } from '../journal/journal.ts';
import { syncFolder } from '../journal/files.ts';
import { refuse } from '../refusals.ts';
import { dayOf, parseSegmentPath } from './segment-path.ts';

type Outcome = Pick<JournalEntryOf<'segment_deleted'>, 'outcome' | 'detail'>;
type Ordered = DeletionOrder['segments'][number];

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error));

/** The file's folder must be what its name says: a symbolic link anywhere below the storage leads out of it. */
const folderOf = async (root: string, path: string): Promise<string> => {
  const folder = join(await realpath(root), dirname(path));
  if ((await realpath(folder)) !== folder) throw refuse('path_outside', { path });
  return folder;
};

const remove = async (storage: Storage, segment: Ordered): Promise<Outcome> => {
  const parts = parseSegmentPath(segment.path);
  if (parts === null || parts.kind === 'open' || parts.segmentId !== segment.segmentId) return { outcome: 'failed', detail: refuse('path_outside', { path: segment.path }).sentence.en };
  try {
    await folderOf(storage.path, segment.path);
    const file = join(storage.path, segment.path);
    if (!(await lstat(file)).isFile()) return { outcome: 'failed', detail: refuse('path_outside', { path: segment.path }).sentence.en };
    await unlink(file);
    return { outcome: 'deleted', detail: '' };
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? { outcome: 'missing', detail: '' } : { outcome: 'failed', detail: error instanceof Error ? error.message : String(error) };
  }
};

export class Deletions {
  readonly #deps: { clock: Clock; journal: Journal; log: Log; find(storageId: string): Storage | null; usable(storageId: string): boolean };
  #waiting: Ordered[] = [];
  #running: Promise<void> | null = null;
  #hasEnded = false;

  constructor(deps: { clock: Clock; journal: Journal; log: Log; find(storageId: string): Storage | null; usable(storageId: string): boolean }) {
    this.#deps = deps;
  }

  order(order: DeletionOrder): void {
    this.#waiting.push(...order.segments);
    this.#running ??= this.#run();
  }

  /** What is not deleted by now stays, and what the disk has not answered for is not told of: the server orders both again. */
  end(): void {
    this.#waiting = [];
    this.#hasEnded = true;
  }

  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const [first] = this.#waiting;
      if (first === undefined) break;
      const folder = dirname(first.path);
      // One fsync serves all deletions of a folder: retention deletes whole days.
      const end = this.#waiting.findIndex((segment) => segment.storageId !== first.storageId || dirname(segment.path) !== folder);
      await this.#folder(first.storageId, folder, this.#waiting.splice(0, end < 0 ? this.#waiting.length : end));
    }
    this.#running = null;
  }

  async #folder(storageId: string, folder: string, segments: readonly Ordered[]): Promise<void> {
    const storage = this.#deps.usable(storageId) ? this.#deps.find(storageId) : null;
    const outcomes: Outcome[] = [];
    for (const segment of segments) outcomes.push(storage === null ? { outcome: 'failed', detail: 'storage cannot be used' } : await remove(storage, segment));
    const unsynced = storage === null || outcomes.every((outcome) => outcome.outcome !== 'deleted') ? '' : await this.#settle(storage, folder);
    for (const [i, segment] of segments.entries()) {
      const outcome = outcomes[i];
      if (outcome === undefined || this.#hasEnded) continue;
      const failed = outcome.outcome === 'deleted' && unsynced !== '';
      this.#deps.journal.append({ kind: 'segment_deleted', ...segment, ...(failed ? { outcome: 'failed' as const, detail: unsynced } : outcome) });
    }
  }

  /** Empty when the deletions are on disk. A day's folder goes with its last file. */
  async #settle(storage: Storage, folder: string): Promise<string> {
    try {
      await syncFolder(join(storage.path, folder));
    } catch (error) {
      return codeOf(error);
    }
    // Today's folder stays: a new file may be about to stand in it.
    if (folder.slice(folder.indexOf('/') + 1) >= dayOf(this.#deps.clock.now())) return '';
    const gone = await rmdir(join(storage.path, folder)).then(
      () => true,
      () => false, // not empty: the usual case
    );
    if (gone) await syncFolder(join(storage.path, dirname(folder))).catch((error: unknown) => this.#deps.log.warn('folder not synced', { error }));
    return '';
  }
}
