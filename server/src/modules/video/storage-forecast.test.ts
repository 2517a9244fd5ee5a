import { describe, expect, test } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../base/units.ts';
import { forecast, needOf } from './storage-forecast.ts';

const gigabyte = 1e9;

describe('how long the storage lasts', () => {
  test('footage that does not fit for its days is told with the days that do fit', () => {
    const four = Array.from({ length: 4 }, () => ({ bytesPerDay: 20 * gigabyte, days: 30 }));
    expect(forecast(four, 960 * gigabyte)).toEqual({ days: 12, requiredDays: 30, enough: false });
    expect(forecast(four, 2_400 * gigabyte)).toEqual({ days: 30, requiredDays: 30, enough: true });
    expect(forecast(four, 2_399 * gigabyte)?.enough).toBe(false);
    expect(forecast(four, 4_800 * gigabyte)).toEqual({ days: 60, requiredDays: 30, enough: true });
  });
  test('cameras with a shorter term get theirs, the others share what is left', () => {
    const needs = [{ bytesPerDay: 10 * gigabyte, days: 90 }, { bytesPerDay: 10 * gigabyte, days: 30 }];
    expect(forecast(needs, 900 * gigabyte)).toEqual({ days: 60, requiredDays: 90, enough: false });
    expect(forecast(needs, 400 * gigabyte)).toEqual({ days: 20, requiredDays: 90, enough: false });
    expect(forecast(needs, 1_200 * gigabyte)).toEqual({ days: 90, requiredDays: 90, enough: true });
  });
  test('with no camera that records nothing is claimed, with no room at all it lasts no day', () => {
    expect(forecast([], gigabyte)).toBeNull();
    expect(forecast([{ bytesPerDay: 0, days: 30 }], gigabyte)).toBeNull();
    expect(forecast([{ bytesPerDay: gigabyte, days: 30 }], -5)).toEqual({ days: 0, requiredDays: 30, enough: false });
  });
  test('bytes a day are measured over the time that was recorded; a camera that has just begun counts by its stream', () => {
    expect(needOf({ cameraId: 'c', days: 30, sizeBytes: 6e9, coveredMs: 6 * hourMs }, 1)).toEqual({ days: 30, bytesPerDay: 24e9 });
    expect(needOf({ cameraId: 'c', days: 30, sizeBytes: 1, coveredMs: minuteMs }, 8_000_000)).toEqual({ days: 30, bytesPerDay: (dayMs / 1_000) * 1e6 });
  });
});
