/** The storages of this recorder: which may be written, which are refused and why, how much is free. Changes are journalled once. */
import { statfs } from 'node:fs/promises';
import type { Storage } from '../../contract/recorder.ts';
import type { Clock } from '../../server/src/base/clock.ts';
import type { Log } from '../../server/src/base/log.ts';
import { secondMs } from '../../server/src/base/units.ts';
import { spreadOf } from '../gaps.ts';
import type { Journal } from '../journal/journal.ts';
import { checkStorage } from './identity.ts';
import type { StorageCheck, StorageFault } from './identity.ts';

interface Place {
  storage: Storage;
  /** What a crash left there was looked for: only then is anything new written. */
  ready: boolean;
  fault: StorageFault | null;
  sentence: string;
  freeBytes: number;
  totalBytes: number;
  low: boolean;
}

export interface StorageStatus {
  storageId: string;
  path: string;
  usable: boolean;
  reason: string;
  freeBytes: number;
  totalBytes: number;
}

const unresponsiveMs = 5 * secondMs;

export class Storages {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #journal: Journal;
  readonly #prepare: (storage: Storage) => Promise<void>;
  /** A storage that was taken out of the settings and put back may hold files that are being written: recovery looks once. */
  readonly #prepared = new Set<string>();
  /** Folders whose last look has not come back. */
  readonly #hanging = new Set<string>();
  #places: Place[] = [];
  #freeBytesWarn = 0;

  /** `prepare` runs once for each storage, when it can be used for the first time. */
  constructor(deps: { clock: Clock; log: Log; journal: Journal; prepare: (storage: Storage) => Promise<void> }) {
    this.#prepare = deps.prepare;
    this.#clock = deps.clock;
    this.#log = deps.log;
    this.#journal = deps.journal;
  }

  /** Nothing is usable before it was looked at. */
  async configure(storages: readonly Storage[], freeBytesWarn: number): Promise<void> {
    this.#freeBytesWarn = freeBytesWarn;
    this.#places = storages.map((storage) => {
      const before = this.#places.find((place) => place.storage.storageId === storage.storageId && place.storage.path === storage.path);
      return before === undefined ? { storage, ready: false, fault: 'missing', sentence: '', freeBytes: 0, totalBytes: 0, low: false } : { ...before, storage };
    });
    await this.refresh();
  }

  get all(): readonly Storage[] {
    return this.#places.map((place) => place.storage);
  }

  find(storageId: string): Storage | null {
    return this.#places.find((place) => place.storage.storageId === storageId)?.storage ?? null;
  }

  /** Where a camera is recorded: the same storage while it can be used (rendezvous hashing), else another. */
  pick(cameraId: string): Storage | null {
    let best: Storage | null = null;
    let bestWeight = -1;
    for (const { storage, fault, ready } of this.#places) {
      const weight = fault === null && ready ? spreadOf(`${storage.storageId}/${cameraId}`) : -1;
      if (weight > bestWeight) [best, bestWeight] = [storage, weight];
    }
    return best;
  }

  /** Compared again before the first byte of every segment. */
  async admit(storage: Storage): Promise<StorageCheck> {
    const place = this.#places.find((candidate) => candidate.storage.storageId === storage.storageId && candidate.storage.path === storage.path);
    const check = await checkStorage(storage);
    if (place !== undefined) this.#judge(place, check);
    return check;
  }

  /** Why nothing can be recorded, for people; empty when something can. */
  get sentence(): string {
    return this.#places.map((place) => place.sentence).find((text) => text !== '') ?? '';
  }

  async refresh(): Promise<void> {
    await Promise.all(this.#places.map((place) => this.#refresh(place)));
  }

  status(): StorageStatus[] {
    return this.#places.map(({ storage, fault, freeBytes, totalBytes }) => ({ storageId: storage.storageId, path: storage.path, usable: fault === null, reason: fault ?? '', freeBytes, totalBytes }));
  }

  async #refresh(place: Place): Promise<void> {
    const { path } = place.storage;
    // Each look at a share that hangs holds threads that all storages need: one is enough.
    if (this.#hanging.has(path)) return;
    // A network share that hangs must not hold up the others.
    const late = new Promise<null>((resolve) => this.#clock.after(unresponsiveMs, () => resolve(null)));
    const look = Promise.all([checkStorage(place.storage), statfs(path).catch(() => null)]);
    const seen = await Promise.race([look, late]);
    if (seen === null) {
      this.#log.warn('storage does not answer', { path });
      this.#hanging.add(path);
      const answered = (): void => void this.#hanging.delete(path);
      look.then(answered, answered);
      return;
    }
    const [check, space] = seen;
    this.#judge(place, check);
    if (place.fault === null && !place.ready) {
      const key = `${place.storage.storageId} ${place.storage.path}`;
      if (!this.#prepared.has(key)) await this.#prepare(place.storage);
      this.#prepared.add(key);
      place.ready = true;
    }
    if (space === null || place.fault !== null) return;
    place.freeBytes = space.bavail * space.bsize;
    place.totalBytes = space.blocks * space.bsize;
    const low = place.freeBytes < this.#freeBytesWarn * (place.low ? 1.1 : 1);
    if (low && !place.low) this.#journal.append({ kind: 'storage_low', storageId: place.storage.storageId, freeBytes: place.freeBytes });
    place.low = low;
  }

  #judge(place: Place, check: StorageCheck): void {
    const { storageId, path } = place.storage;
    const known = place.sentence !== '' || place.fault === null;
    if (check.usable) {
      if (place.fault !== null && known) this.#log.info('storage can be used again', { storageId, path });
      Object.assign(place, { fault: null, sentence: '' });
      return;
    }
    if (known && place.fault === check.reason) return;
    const sentence = check.refusal.sentence;
    Object.assign(place, { fault: check.reason, sentence: sentence.en });
    this.#log.error('storage refused', { storageId, path, code: check.refusal.code, ...sentence });
    this.#journal.append({ kind: 'storage_refused', storageId, path, reason: check.reason, detail: `${sentence.zh} ${sentence.en}` });
  }
}
