import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayEnd, dayStart } from './day-span.ts';
import { bitRateText, clockSecondsText, clockText, dayText, groupedHash, isoDateText, momentText, sizeText, spanText } from './time-format.ts';

const hour = 3_600_000;

describe('times', () => {
  it('are shown in the zone of the site', () => {
    const at = Date.parse('2026-11-21T18:47:16Z');
    expect(clockText(at, 'Asia/Shanghai')).toBe('02:47');
    expect(clockSecondsText(at, 'Europe/Berlin')).toBe('19:47:16');
    expect(dayText(at, 'Asia/Shanghai', 'zh-CN')).toBe('11-22 周日');
    expect(dayText(at, 'Asia/Shanghai', 'en')).toBe('11-22 Sun');
    expect(momentText(at, 'Asia/Shanghai')).toBe('11-22 02:47:16');
  });
  it('have midnight as 00, not 24', () => {
    expect(clockText(Date.parse('2026-11-21T16:00:00Z'), 'Asia/Shanghai')).toBe('00:00');
  });
});

describe('spans', () => {
  it.each([
    [-5_000, '0:00'],
    [22_000, '0:22'],
    [484_000, '8:04'],
    [3 * hour + 12 * 60_000 + 4_000, '3:12:04'],
  ])('%d ms read %s', (ms, text) => {
    expect(spanText(ms, 'zh-CN')).toBe(text);
  });
  it('say days in the language of the screen', () => {
    expect(spanText(51 * hour + 5 * 60_000, 'zh-CN')).toBe('2 天 3:05');
    expect(spanText(51 * hour + 5 * 60_000, 'en')).toBe('2 d 3:05');
  });
});

describe('days of the site', () => {
  it('begin at their own midnight', () => {
    expect(dayStart('2026-11-22', 'Asia/Shanghai')).toBe(Date.parse('2026-11-21T16:00:00Z'));
    expect(dayStart('2026-11-22', 'Pacific/Kiritimati')).toBe(Date.parse('2026-11-21T10:00:00Z'));
    expect(dayStart('2026-11-22', 'Etc/GMT+12')).toBe(Date.parse('2026-11-22T12:00:00Z'));
    expect(dayStart('2026-02-30', 'Asia/Shanghai')).toBeNull();
    expect(dayStart('today', 'Asia/Shanghai')).toBeNull();
  });
  it('have 23 or 25 hours when the clocks are changed', () => {
    const lengthOf = (day: string) => (dayEnd(day, 'Europe/Berlin') ?? 0) - (dayStart(day, 'Europe/Berlin') ?? 0);
    expect(lengthOf('2026-03-29')).toBe(23 * hour);
    expect(lengthOf('2026-10-25')).toBe(25 * hour);
    expect(lengthOf('2026-11-22')).toBe(24 * hour);
  });
  it('begin at one where midnight does not exist', () => {
    expect(clockText(dayStart('2026-09-06', 'America/Santiago') ?? 0, 'America/Santiago')).toBe('01:00');
  });
  it('hold every instant between their ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2035-01-01') }), fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu', 'UTC'), (at, zone) => {
        const day = isoDateText(at, zone);
        expect(dayStart(day, zone) ?? Infinity).toBeLessThanOrEqual(at);
        expect(dayEnd(day, zone) ?? 0).toBeGreaterThan(at);
      }),
      { numRuns: 60 },
    );
  });
});

describe('figures', () => {
  it('say their unit and are read in groups', () => {
    expect(bitRateText(3_240_000)).toBe('3.2 Mbit/s');
    expect(bitRateText(640_400)).toBe('640 kbit/s');
    expect(sizeText(1_240_000_000_000)).toBe('1.2 TB');
    expect(sizeText(999_999_999_999)).toBe('999 GB');
    expect(sizeText(5_900_000)).toBe('5 MB');
    expect(groupedHash('0123456789abcdef')).toBe('0123 4567 89ab cdef');
    expect(groupedHash('01:23 45:67:89')).toBe('0123 4567 89');
  });
});
