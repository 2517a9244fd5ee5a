/**
 * Who may wait for disks: a bound for each camera, one for all, and who is left out while a storage does not keep up. Each storage is
 * judged by itself: a slow one costs none of another's cameras.
 */
import { totalmem } from 'node:os';
import { mebibyte } from '../../server/src/base/units.ts';
import { Shedding } from './shedding.ts';
import type { CameraLoad } from './shedding.ts';

/** Bound of one camera's video that waits for the disk. */
export const queueLimitBytes = 8 * mebibyte;
/** What all cameras together may hold: many cameras need more of it to bear a disk that stands still for some seconds. */
const leastTotalBytes = 512 * mebibyte;
const memoryShare = 1 / 4;

const machineBytes = (): number => {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
};

export interface QueuedCamera extends CameraLoad {
  /** Where it was last recorded; null before its first file. */
  storageId: string | null;
}

export interface RoomVerdict {
  leave: string[];
  back: string[];
}

export class QueueRoom {
  /** Cameras that were left out, since the start. */
  leftOutEver = 0;
  readonly #totalBytes: number;
  readonly #storages = new Map<string, Shedding>();
  readonly #leftOut = new Set<string>();
  #usedBytes = 0;

  constructor(totalBytes: number = Math.max(leastTotalBytes, machineBytes() * memoryShare)) {
    this.#totalBytes = totalBytes;
  }

  get leftOut(): ReadonlySet<string> {
    return this.#leftOut;
  }

  /** How long the oldest video has been waiting for this storage, of cameras that are not left out. */
  waitingMs(storageId: string): number {
    return this.#storages.get(storageId)?.waitingMs ?? 0;
  }

  mayQueue(cameraId: string, bytes: number): boolean {
    return this.#usedBytes + bytes <= this.#totalBytes && !this.#leftOut.has(cameraId);
  }

  /** Every second, with all cameras that there are. */
  look(cameras: readonly QueuedCamera[], nowMonotonicMs: number): RoomVerdict {
    this.#usedBytes = cameras.reduce((sum, { queuedBytes }) => sum + queuedBytes, 0);
    const byStorage = Map.groupBy(cameras, ({ storageId }) => storageId);
    for (const storageId of this.#storages.keys()) if (!byStorage.has(storageId)) this.#storages.delete(storageId);
    const verdict: RoomVerdict = { leave: [], back: [] };
    this.#leftOut.clear();
    for (const [storageId, own] of byStorage) {
      if (storageId === null) continue;
      const shedding = this.#storages.get(storageId) ?? new Shedding();
      this.#storages.set(storageId, shedding);
      const ownBytes = own.reduce((sum, { queuedBytes }) => sum + queuedBytes, 0);
      const { leave, back } = shedding.look(own, this.#freeFor(ownBytes, byStorage.size), nowMonotonicMs);
      verdict.leave.push(...leave);
      if (back !== null) verdict.back.push(back);
      for (const cameraId of shedding.leftOut.keys()) this.#leftOut.add(cameraId);
    }
    this.leftOutEver += verdict.leave.length;
    return verdict;
  }

  /** Of what is left a storage may fill as much as of what is used; and always up to an equal part: what waits for another one is no sign that this one is slow. */
  #freeFor(ownBytes: number, storages: number): number {
    const free = this.#totalBytes - this.#usedBytes;
    if (this.#usedBytes === 0) return free;
    return Math.max((free * ownBytes) / this.#usedBytes, Math.min(free, this.#totalBytes / storages - ownBytes));
  }
}
