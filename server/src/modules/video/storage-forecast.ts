/**
 * Will the storage hold footage for as long as it must be kept? Told from what was measured, weeks before the disk is full and footage is
 * missing at the old end: bytes a day of each camera against the space that footage has and can still get.
 */
import type { RecorderStatus } from '../../../../contract/recorder.ts';
import type { Instant } from '../../base/clock.ts';
import { dayMs, minuteMs, secondMs } from '../../base/units.ts';
import type { VideoContext } from './context.ts';
import { footageBytes, footageRates, type FootageRate } from './footage-store.ts';

export interface Need {
  bytesPerDay: number;
  days: number;
}

export interface StorageForecast {
  /** Days that footage can be kept, of the cameras that keep longest. */
  days: number;
  /** Days that it must be kept: the longest of the cameras that record. */
  requiredDays: number;
  enough: boolean;
}

const measuredOverMs = dayMs;
/** Less footage than this says little; then the stream's rate of the moment is taken. */
const leastMeasuredMs = 10 * minuteMs;
const bitsPerByte = 8;
/** Reads the size of every segment: often enough for a figure in days. */
const heldForMs = 10 * minuteMs;

/** Cameras with a shorter term get theirs; what is left is shared by the others, each of which then keeps the same number of days. */
export const forecast = (needs: readonly Need[], capacityBytes: number): StorageForecast | null => {
  const sorted = needs.filter((need) => need.bytesPerDay > 0).toSorted((a, b) => a.days - b.days);
  const requiredDays = sorted.at(-1)?.days;
  if (requiredDays === undefined) return null;
  let room = Math.max(0, capacityBytes);
  let rate = sorted.reduce((sum, need) => sum + need.bytesPerDay, 0);
  const whole = room / rate;
  for (const need of sorted) {
    if (room / rate < need.days) return { days: room / rate, requiredDays, enough: false };
    room -= need.bytesPerDay * need.days;
    rate -= need.bytesPerDay;
  }
  return { days: Math.max(whole, requiredDays), requiredDays, enough: true };
};

/** Of a camera that has hardly recorded yet, the rate at which it sends now. */
export const needOf = (rate: FootageRate, bitsPerSecond: number): Need => ({
  days: rate.days,
  bytesPerDay: rate.coveredMs >= leastMeasuredMs ? (rate.sizeBytes / rate.coveredMs) * dayMs : (bitsPerSecond / bitsPerByte) * (dayMs / secondMs),
});

export class StorageOutlook {
  readonly #context: VideoContext;
  readonly #status: () => RecorderStatus | null;
  #held: { at: Instant; value: Promise<StorageForecast | null> } | null = null;
  #wasEnough = true;

  constructor(context: VideoContext, status: () => RecorderStatus | null) {
    this.#context = context;
    this.#status = status;
  }

  /** Null when it cannot be told: no recorder, no storage, no stream yet. */
  now(): Promise<StorageForecast | null> {
    const at = this.#context.clock.now();
    if (this.#held !== null && at - this.#held.at < heldForMs) return this.#held.value;
    return this.look();
  }

  async look(): Promise<StorageForecast | null> {
    const held = { at: this.#context.clock.now(), value: this.#measure() };
    this.#held = held;
    const value = await held.value.catch((error: unknown) => {
      this.#held = null;
      throw error;
    });
    // What cannot be told yet is asked again at once.
    if (value === null) this.#held = null;
    this.#tell(value);
    return value;
  }

  async #measure(): Promise<StorageForecast | null> {
    const { database, clock, parameters } = this.#context;
    const status = this.#status();
    const usable = status?.storages.filter((one) => one.usable) ?? [];
    if (status === null || usable.length === 0) return null;
    const sending = new Map(status.cameras.map((one) => [one.cameraId, one.bitsPerSecond]));
    const rates = await footageRates(database.db, clock.now() - measuredOverMs);
    const kept = await footageBytes(database.db, usable.map((one) => one.storageId));
    const free = usable.reduce((sum, one) => sum + Math.max(0, one.freeBytes - parameters.freeBytesWarn), 0);
    return forecast(rates.map((rate) => needOf(rate, sending.get(rate.cameraId) ?? 0)), kept + free);
  }

  #tell(value: StorageForecast | null): void {
    const { measures, log } = this.#context;
    measures.storageDays.set(value?.days ?? Number.NaN);
    measures.storageDaysRequired.set(value?.requiredDays ?? Number.NaN);
    if (value !== null && !value.enough && this.#wasEnough) log.warn('the storage cannot hold footage for as long as it must be kept', { days: value.days, requiredDays: value.requiredDays });
    if (value !== null) this.#wasEnough = value.enough;
  }
}
