/**
 * Will the storage hold footage for as long as it must be kept? Told from what was measured, weeks before the disk is full and footage is
 * missing at the old end: bytes a day of each camera against the space that footage has and can still get.
 */
import { dayMs, minuteMs, secondMs } from '../../base/units.ts';
import type { FootageRate } from './footage-store.ts';

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

/** Less footage than this says little; then the stream's rate of the moment is taken. */
const leastMeasuredMs = 10 * minuteMs;
const bitsPerByte = 8;
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

/** A camera's footage now, and where it comes to a stand. */
export interface Growth extends Need {
  keptBytes: number;
}

export interface FillDay {
  day: number;
  bytes: number;
}

/** Longer than any plot needs to be read. */
const longestPlotDays = 400;

const grown = ({ keptBytes, bytesPerDay, days }: Growth, day: number): number => {
  const end = bytesPerDay * days;
  return keptBytes < end ? Math.min(end, keptBytes + bytesPerDay * day) : Math.max(end, keptBytes - bytesPerDay * day);
};

/** Footage of all cameras day by day, until it grows no more; and the first day on which it does not fit, null: it always does. */
export const growth = (cameras: readonly Growth[], capacityBytes: number): { plot: FillDay[]; shortInDays: number | null } => {
  const longest = Math.min(longestPlotDays, Math.ceil(Math.max(7, ...cameras.map((one) => one.days))));
  const at = (day: number): number => cameras.reduce((sum, one) => sum + grown(one, day), 0);
  const plot = Array.from({ length: longest + 1 }, (_, day) => ({ day, bytes: Math.round(at(day)) }));
  const over = plot.find(({ bytes }) => bytes > capacityBytes);
  return { plot, shortInDays: over?.day ?? null };
};

export const isMeasured = (rate: FootageRate): boolean => rate.coveredMs >= leastMeasuredMs;

/** Of a camera that has hardly recorded yet, the rate at which it sends now. */
export const needOf = (rate: FootageRate, bitsPerSecond: number): Need => ({
  days: rate.days,
  bytesPerDay: isMeasured(rate) ? (rate.sizeBytes / rate.coveredMs) * dayMs : (bitsPerSecond / bitsPerByte) * (dayMs / secondMs),
});

/** Storages on one file system share its room: it counts once. What is kept free does not count. */
export const freeFor = (storages: readonly { device: string; freeBytes: number; totalBytes: number }[], freeBytesWarn: number, leastFreePercent: number): number => {
  const devices = new Map(storages.map((one) => [one.device, one]));
  return [...devices.values()].reduce((sum, { freeBytes, totalBytes }) => sum + Math.max(0, freeBytes - Math.max(freeBytesWarn, (totalBytes * leastFreePercent) / 100)), 0);
};

/** The forecast with what it was made of, for the screen of the storages. */
export interface Outlook extends StorageForecast {
  capacityBytes: number; keptBytes: number; bytesPerDay: number; plot: FillDay[]; shortInDays: number | null; measured: boolean;
}
