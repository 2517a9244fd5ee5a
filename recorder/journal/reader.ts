/** Pages of the journal for the server: the newest entries from memory, older ones from the files. Only what is on disk is given out. */
import { readFile } from 'node:fs/promises';
import type { JournalEntry } from '../../contract/recorder.ts';
import type { Clock } from '../../server/src/base/clock.ts';
import type { JournalFile } from './files.ts';
import { readLines } from './record.ts';

const recentLimit = 2_000;

export class JournalReader {
  durableSeq: number;
  readonly #clock: Clock;
  readonly #files: () => readonly JournalFile[];
  #recent: JournalEntry[] = [];
  #waiters = new Set<() => void>();

  constructor(clock: Clock, files: () => readonly JournalFile[], durableSeq: number) {
    this.#clock = clock;
    this.#files = files;
    this.durableSeq = durableSeq;
  }

  durable(entries: readonly JournalEntry[]): void {
    if (entries.length === 0) return;
    this.durableSeq = entries.at(-1)?.seq ?? this.durableSeq;
    this.#recent.push(...entries);
    if (this.#recent.length > recentLimit * 1.5) this.#recent = this.#recent.slice(-recentLimit);
    this.release();
  }

  /** Lets everybody who waits look again. */
  release(): void {
    for (const waiter of this.#waiters) waiter();
  }

  async waitFor(after: number, waitMs: number): Promise<void> {
    if (after < this.durableSeq || waitMs <= 0) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        timer.cancel();
        this.#waiters.delete(done);
        resolve();
      };
      const timer = this.#clock.after(waitMs, done);
      this.#waiters.add(done);
    });
  }

  async page(after: number, limit: number): Promise<JournalEntry[]> {
    const first = this.#recent[0]?.seq ?? Number.POSITIVE_INFINITY;
    if (after + 1 >= first) return this.#recent.slice(Math.max(0, after + 1 - first), after + 1 - first + limit);
    const until = this.durableSeq;
    const found: JournalEntry[] = [];
    for (const file of [...this.#files()]) {
      if (file.lastSeq <= after) continue;
      const bytes = await readFile(file.path).catch(() => Buffer.alloc(0)); // forgotten meanwhile: it was acknowledged
      for (const record of readLines(bytes).records) {
        if (record.t !== 'entry' || record.entry.seq <= after || record.entry.seq > until) continue;
        found.push(record.entry);
        if (found.length === limit) return found;
      }
    }
    return found;
  }
}
