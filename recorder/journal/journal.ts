/**
 * The recorder's append-only memory of what it did (contract/recorder.ts): gapless numbers, and nothing counts before it is on disk.
 * The server reads it in order and acknowledges; acknowledged files are forgotten. Recording never waits for it: a journal that cannot
 * be written keeps its lines in memory and tries again.
 */
import { mkdir, open, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { JournalEntry } from '../../contract/recorder.ts';
import type { Clock } from '../../server/src/base/clock.ts';
import { wait } from '../../server/src/base/clock.ts';
import type { Log } from '../../server/src/base/log.ts';
import { mebibyte, secondMs } from '../../server/src/base/units.ts';
import { journalPath, readJournal, syncFolder } from './files.ts';
import type { JournalFile } from './files.ts';
import { JournalReader } from './reader.ts';
import { lineOf } from './record.ts';
import type { NewEntry } from './record.ts';
import { applyRecord, emptyState } from './state.ts';
import type { JournalRecord, JournalState } from './state.ts';

interface Pending {
  line: string;
  /** The line is the head of a new file. */
  startsFile: boolean;
  entry: JournalEntry | null;
}

export interface JournalOptions {
  clock: Clock;
  log: Log;
  rotateBytes?: number;
}

export class Journal {
  readonly state: JournalState;
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #rotateBytes: number;
  readonly #reader: JournalReader;
  #files: JournalFile[];
  #handle: FileHandle | null = null;
  #pending: Pending[] = [];
  #queuedBytes: number;
  #flushing: Promise<void> | null = null;
  #closed = false;

  private constructor(folder: string, options: JournalOptions, state: JournalState, files: JournalFile[]) {
    this.#folder = folder;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#rotateBytes = options.rotateBytes ?? mebibyte;
    this.state = state;
    this.#files = files;
    this.#queuedBytes = files.at(-1)?.sizeBytes ?? 0;
    this.#reader = new JournalReader(options.clock, () => this.#files, state.nextSeq - 1);
  }

  static async open(folder: string, options: JournalOptions): Promise<Journal> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const state = emptyState();
    const read = await readJournal(folder, (record) => applyRecord(state, record));
    if (read.cutBytes > 0) options.log.info('journal: torn tail cut', { bytes: read.cutBytes });
    if (read.damagedLines > 0) options.log.error('journal: damaged lines left out', { lines: read.damagedLines });
    const journal = new Journal(folder, options, state, read.files);
    if (read.files.length === 0) journal.#queue({ t: 'head', state }, true);
    await journal.flushed();
    return journal;
  }

  /** Newest entry that is on disk. */
  get durableSeq(): number {
    return this.#reader.durableSeq;
  }

  /** Lines waiting for the disk. */
  get backlog(): number {
    return this.#pending.length;
  }

  append(what: NewEntry): JournalEntry {
    // Spreading a union loses which member it was; the parts were typed by NewEntry.
    const entry = { ...what, seq: this.state.nextSeq, at: this.#clock.now() };
    this.#queue({ t: 'entry', entry });
    return entry;
  }

  /** Notes that a segment file is about to be created; no entry, nobody is told. */
  noteOpened(segment: { segmentId: string; cameraId: string; storageId: string; path: string }): void {
    this.#queue({ t: 'opened', ...segment });
  }

  noteDropped(segmentId: string): void {
    this.#queue({ t: 'dropped', segmentId });
  }

  page(after: number, limit: number): Promise<JournalEntry[]> {
    return this.#reader.page(after, limit);
  }

  /** Resolves when an entry behind `after` is on disk, or after the time. */
  waitFor(after: number, waitMs: number): Promise<void> {
    return this.#reader.waitFor(after, waitMs);
  }

  async ack(upTo: number): Promise<void> {
    const known = Math.min(upTo, this.durableSeq);
    if (known <= this.state.ackedSeq) return;
    this.#queue({ t: 'ack', upTo: known });
    await this.flushed();
    while (this.#files.length > 1 && (this.#files[0]?.lastSeq ?? Infinity) <= this.state.ackedSeq) {
      const gone = this.#files.shift();
      if (gone !== undefined) await unlink(gone.path).catch((error: unknown) => this.#log.warn('journal: old file stays', { error }));
    }
  }

  /** Resolves when everything queued so far is on disk. */
  async flushed(): Promise<void> {
    while (this.#flushing !== null) await this.#flushing;
  }

  async close(): Promise<void> {
    await this.flushed();
    this.#closed = true;
    this.#reader.release();
    await this.#handle?.close();
    this.#handle = null;
  }

  #queue(record: JournalRecord, startsFile = false): void {
    if (this.#closed) throw new Error('the journal is closed');
    applyRecord(this.state, record);
    const line = lineOf(record);
    this.#pending.push({ line, startsFile, entry: record.t === 'entry' ? record.entry : null });
    this.#queuedBytes = (startsFile ? 0 : this.#queuedBytes) + line.length;
    if (!startsFile && this.#queuedBytes > this.#rotateBytes) this.#queue({ t: 'head', state: this.state }, true);
    this.#flushing ??= this.#flush();
  }

  /** One write in flight; what comes meanwhile shares the next fsync. */
  async #flush(): Promise<void> {
    await Promise.resolve(); // lines of the same turn go together
    while (this.#pending.length > 0) {
      const next = this.#pending.findIndex((item, i) => item.startsFile && i > 0);
      const batch = this.#pending.slice(0, next < 0 ? undefined : next);
      try {
        await this.#write(batch);
        this.#pending.splice(0, batch.length);
        this.#reader.durable(batch.flatMap((item) => (item.entry === null ? [] : [item.entry])));
      } catch (error) {
        this.#log.error('journal: cannot be written, trying again', { error, waiting: this.#pending.length });
        await this.#handle?.close().catch(() => undefined);
        this.#handle = null;
        await wait(this.#clock, secondMs);
      }
    }
    this.#flushing = null;
  }

  async #write(batch: readonly Pending[]): Promise<void> {
    const bytes = Buffer.from(batch.map((item) => item.line).join(''));
    const startsFile = batch[0]?.startsFile === true;
    const last = this.#files.at(-1);
    const number = (last?.number ?? 0) + (startsFile ? 1 : 0);
    const file = startsFile || last === undefined ? { number, path: journalPath(this.#folder, number), sizeBytes: 0, lastSeq: 0 } : last;
    if (startsFile) await this.#handle?.close();
    if (startsFile) this.#handle = null;
    this.#handle ??= await open(file.path, startsFile ? 'w' : 'r+', 0o600);
    // A write that failed half-way is written over from the same place.
    for (let done = 0; done < bytes.length; ) done += (await this.#handle.write(bytes, done, bytes.length - done, file.sizeBytes + done)).bytesWritten;
    await this.#handle.datasync();
    if (startsFile) await syncFolder(this.#folder);
    file.sizeBytes += bytes.length;
    file.lastSeq = batch.reduce((seq, item) => item.entry?.seq ?? seq, startsFile ? this.#reader.durableSeq : file.lastSeq);
    if (startsFile) this.#files.push(file);
  }
}
