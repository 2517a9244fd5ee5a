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
/** As long as the rate of a camera is that of a moment. */
const heldAtFirstMs = minuteMs;

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

const isMeasured = (rate: FootageRate): boolean => rate.coveredMs >= leastMeasuredMs;

/** Of a camera that has hardly recorded yet, the rate at which it sends now. */
export const needOf = (rate: FootageRate, bitsPerSecond: number): Need => ({
  days: rate.days,
  bytesPerDay: isMeasured(rate) ? (rate.sizeBytes / rate.coveredMs) * dayMs : (bitsPerSecond / bitsPerByte) * (dayMs / secondMs),
});

export class StorageOutlook {
  readonly #context: VideoContext;
  readonly #status: () => RecorderStatus | null;
  #held: { until: Instant; value: Promise<StorageForecast | null> } | null = null;
  #wasEnough = true;

  constructor(context: VideoContext, status: () => RecorderStatus | null) {
    this.#context = context;
    this.#status = status;
  }

  /** Null when it cannot be told: no recorder, no storage, no stream yet. */
  now(): Promise<StorageForecast | null> {
    if (this.#held !== null && this.#context.clock.now() < this.#held.until) return this.#held.value;
    return this.look();
  }

  async look(): Promise<StorageForecast | null> {
    const now = this.#context.clock.now();
    const measuring = this.#measure();
    const told = measuring.then(({ value }) => value);
    told.catch(() => undefined); // whoever waits for it hears the fault; perhaps nobody does
    this.#held = { until: now + heldAtFirstMs, value: told };
    try {
      const { value, measured } = await measuring;
      // What cannot be told yet is asked again at once.
      this.#held = value === null ? null : { until: now + (measured ? heldForMs : heldAtFirstMs), value: Promise.resolve(value) };
      this.#tell(value);
      return value;
    } catch (error) {
      this.#held = null;
      throw error;
    }
  }

  async #measure(): Promise<{ value: StorageForecast | null; measured: boolean }> {
    const { database, clock, parameters } = this.#context;
    const status = this.#status();
    const usable = status?.storages.filter((one) => one.usable) ?? [];
    if (status === null || usable.length === 0) return { value: null, measured: false };
    const sending = new Map(status.cameras.map((one) => [one.cameraId, one.bitsPerSecond]));
    const rates = await footageRates(database.db, clock.now() - measuredOverMs);
    const kept = await footageBytes(database.db, usable.map((one) => one.storageId));
    const free = usable.reduce((sum, one) => sum + Math.max(0, one.freeBytes - parameters.freeBytesWarn), 0);
    return { value: forecast(rates.map((rate) => needOf(rate, sending.get(rate.cameraId) ?? 0)), kept + free), measured: rates.every(isMeasured) };
  }

  #tell(value: StorageForecast | null): void {
    const { measures, log } = this.#context;
    measures.storageDays.set(value?.days ?? Number.NaN);
    measures.storageDaysRequired.set(value?.requiredDays ?? Number.NaN);
    if (value !== null && !value.enough && this.#wasEnough) log.warn('the storage cannot hold footage for as long as it must be kept', { days: value.days, requiredDays: value.requiredDays });
    if (value !== null) this.#wasEnough = value.enough;
  }
}
