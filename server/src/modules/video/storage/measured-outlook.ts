/** The forecast of the storages as they are now: what was measured of each camera against the room that footage has and can still get. */
import type { RecorderStatus } from '../../../../../contract/recorder.ts';
import type { Instant } from '../../../base/clock.ts';
import { dayMs, minuteMs } from '../../../base/units.ts';
import type { VideoContext } from '../context.ts';
import { footageByCamera, footageBytes, footageRates } from '../footage-store.ts';
import { forecast, freeFor, growth, isMeasured, needOf, type Outlook, type StorageForecast } from '../storage-forecast.ts';
import { theRecorder } from '../store.ts';
import { deviceOf, tellOutlook } from './outlook.ts';
import { termsNow } from './terms.ts';

const measuredOverMs = dayMs;
/** Reads the size of every segment: often enough for a figure in days. */
const heldForMs = 10 * minuteMs;
/** As long as the rate of a camera is that of a moment. */
const heldAtFirstMs = minuteMs;

export class StorageOutlook {
  readonly #context: VideoContext;
  readonly #status: () => RecorderStatus | null;
  #held: { until: Instant; value: Promise<Outlook | null> } | null = null;
  #wasEnough = true;

  constructor(context: VideoContext, status: () => RecorderStatus | null) {
    this.#context = context;
    this.#status = status;
  }

  /** Null when it cannot be told: no recorder, no storage, no stream yet. */
  now(): Promise<Outlook | null> {
    if (this.#held !== null && this.#context.clock.now() < this.#held.until) return this.#held.value;
    return this.look();
  }

  async look(): Promise<Outlook | null> {
    const now = this.#context.clock.now();
    const measuring = this.#measure();
    measuring.catch(() => undefined); // whoever waits for it hears the fault; perhaps nobody does
    this.#held = { until: now + heldAtFirstMs, value: measuring };
    try {
      const value = await measuring;
      // What cannot be told yet is asked again at once.
      this.#held = value === null ? null : { until: now + (value.measured ? heldForMs : heldAtFirstMs), value: Promise.resolve(value) };
      this.#tell(value);
      // What was measured is told once; the rate of a moment is no forecast to wake anybody for.
      if (value?.measured === true) await tellOutlook(this.#context, value);
      return value;
    } catch (error) {
      this.#held = null;
      throw error;
    }
  }

  async #measure(): Promise<Outlook | null> {
    const { database: { db }, clock, parameters } = this.#context;
    const status = this.#status();
    const recorder = await theRecorder(db);
    const usable = status?.storages.filter((one) => one.usable) ?? [];
    if (status === null || recorder === null || usable.length === 0) return null;
    const terms = await termsNow(this.#context, db, recorder.siteId, clock.now());
    const sending = new Map(status.cameras.map((one) => [one.cameraId, one.bitsPerSecond]));
    const rates = await footageRates(db, terms, clock.now() - measuredOverMs);
    const ids = usable.map((one) => one.storageId);
    const kept = await footageBytes(db, ids);
    const byCamera = await footageByCamera(db, ids);
    const devices = await Promise.all(usable.map(async (one) => ({ ...one, device: await deviceOf(one.path) })));
    const capacityBytes = kept + freeFor(devices, parameters.freeBytesWarn, terms.rules?.number('storage_min_free_percent') ?? 0);
    const needs = rates.map((rate) => ({ ...needOf(rate, sending.get(rate.cameraId) ?? 0), keptBytes: byCamera.get(rate.cameraId) ?? 0 }));
    const value = forecast(needs, capacityBytes);
    if (value === null) return null;
    return { ...value, capacityBytes, keptBytes: kept, bytesPerDay: needs.reduce((sum, one) => sum + one.bytesPerDay, 0), ...growth(needs, capacityBytes), measured: rates.every(isMeasured) };
  }

  #tell(value: StorageForecast | null): void {
    const { measures, log } = this.#context;
    measures.storageDays.set(value?.days ?? Number.NaN);
    measures.storageDaysRequired.set(value?.requiredDays ?? Number.NaN);
    if (value !== null && !value.enough && this.#wasEnough) log.warn('the storage cannot hold footage for as long as it must be kept', { days: value.days, requiredDays: value.requiredDays });
    if (value !== null) this.#wasEnough = value.enough;
  }
}
