/** The storages of this recorder: which may be written, which are refused and why, how much is free. Changes are journalled once. */
import { statfs } from 'node:fs/promises';
import type { JournalEntryOf, Storage } from '../../contract/recorder.ts';
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
  /** Too little room to be given new cameras while there is another. */
  full: boolean;
}

type Why = JournalEntryOf<'camera_rerouted'>['why'];

export interface StorageStatus {
  storageId: string;
  path: string;
  usable: boolean;
  reason: string;
  freeBytes: number;
  totalBytes: number;
}

const unresponsiveMs = 5 * secondMs;
/** Part of the limit of `storage_low`; the server makes room well above it (modules/video/storage/make-room.ts). */
const fullShare = 1 / 4;
/** So that cameras do not go to and fro at the border. */
const roomAgain = 1.5;

/** Rendezvous hashing by weight: a storage that comes or goes moves only the cameras that it gains or loses. */
const scoreOf = ({ storageId, weight = 1 }: Storage, cameraId: string): number => -weight / Math.log(Math.max(Number.MIN_VALUE, spreadOf(`${storageId}/${cameraId}`)));

export class Storages {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #journal: Journal;
  readonly #prepare: (storage: Storage) => Promise<void>;
  /** A storage that was taken out of the settings and put back may hold files that are being written: recovery looks once. */
  readonly #prepared = new Set<string>();
  /** Folders whose last look has not come back. */
  readonly #hanging = new Set<string>();
  /** Where each camera was recorded last, since this start. */
  readonly #last = new Map<string, string>();
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
      return before === undefined ? { storage, ready: false, fault: 'missing', sentence: '', freeBytes: 0, totalBytes: 0, low: false, full: false } : { ...before, storage };
    });
    await this.refresh();
  }

  get all(): readonly Storage[] {
    return this.#places.map((place) => place.storage);
  }

  find(storageId: string): Storage | null {
    return this.#places.find((place) => place.storage.storageId === storageId)?.storage ?? null;
  }

  /** Where a camera is recorded: the same storage while it can be used and has room, else another. A change of place is journalled. */
  pick(cameraId: string): Storage | null {
    const usable = this.#places.filter(({ fault, ready }) => fault === null && ready);
    const open = usable.filter(({ storage }) => storage.closing !== true);
    const roomy = open.filter(({ full }) => !full);
    const among = [roomy, open, usable].find((places) => places.length > 0) ?? [];
    const [best = null] = among.map(({ storage }) => ({ storage, score: scoreOf(storage, cameraId) })).sort((a, b) => b.score - a.score);
    if (best !== null) this.#noteChange(cameraId, best.storage.storageId);
    return best?.storage ?? null;
  }

  #noteChange(cameraId: string, storageId: string): void {
    const before = this.#last.get(cameraId);
    this.#last.set(cameraId, storageId);
    if (before === undefined || before === storageId) return;
    this.#journal.append({ kind: 'camera_rerouted', cameraId, fromStorageId: before, storageId, why: this.#whyLeft(before) });
  }

  #whyLeft(storageId: string): Why {
    const left = this.#places.find((place) => place.storage.storageId === storageId);
    if (left === undefined) return 'settings';
    if (left.fault !== null) return 'refused';
    if (left.storage.closing === true) return 'closing';
    return left.full ? 'full' : 'settings';
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
    place.full = place.freeBytes < this.#freeBytesWarn * fullShare * (place.full ? roomAgain : 1);
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
