import { describe, expect, it } from 'vitest';
import { addDays, clockText, dateText, dateTimeText, dayAround, dayMs, offsetMs, parseTyped } from './site-time.ts';

const shanghai = 'Asia/Shanghai';
const berlin = 'Europe/Berlin';
const utc = (text: string): number => Date.parse(text);

describe('site time', () => {
  it('an instant reads as the clock of the site, not of the computer', () => {
    const at = utc('2026-11-21T18:47:16.240Z');
    expect(dateTimeText(shanghai, at)).toBe('2026-11-22 02:47:16');
    expect(clockText(shanghai, at, 'minute')).toBe('02:47');
    expect(clockText(shanghai, at, 'millisecond')).toBe('02:47:16.240');
    expect(dateText('America/St_Johns', at)).toBe('2026-11-21');
  });
  it('offsets of a quarter of an hour are right', () => {
    expect(offsetMs('Asia/Kathmandu', utc('2026-01-01T00:00:00Z'))).toBe((5 * 60 + 45) * 60_000);
  });
  it('a day in Shanghai has 24 hours; in Berlin 23 in March and 25 in October', () => {
    const length = (zone: string, at: number) => (({ from, until }) => until - from)(dayAround(zone, at));
    expect(length(shanghai, utc('2026-11-22T03:00:00Z'))).toBe(dayMs);
    expect(length(berlin, utc('2026-03-29T12:00:00Z'))).toBe(23 * 3_600_000);
    expect(length(berlin, utc('2026-10-25T12:00:00Z'))).toBe(25 * 3_600_000);
  });
  it('the day before keeps the clock time across a clock change', () => {
    const at = utc('2026-03-29T10:31:00Z');
    expect(clockText(berlin, at)).toBe('12:31:00');
    expect(dateTimeText(berlin, addDays(berlin, at, -1))).toBe('2026-03-28 12:31:00');
  });
});

describe('typed time', () => {
  const near = utc('2026-11-22T04:00:00Z');
  const ok = (text: string) => {
    const typed = parseTyped(shanghai, text, near);
    return typed.kind === 'ok' ? dateTimeText(shanghai, typed.at) : typed.kind;
  };
  it.each([
    ['10:31:20', '2026-11-22 10:31:20'],
    ['10:31', '2026-11-22 10:31:00'],
    ['103120', '2026-11-22 10:31:20'],
    ['1031', '2026-11-22 10:31:00'],
    ['2026-11-22 10:31', '2026-11-22 10:31:00'],
    ['2026-11-20', '2026-11-20 00:00:00'],
    ['2026/1/5 7:05', '2026-01-05 07:05:00'],
    ['20261121 235959', '2026-11-21 23:59:59'],
    ['20261121', '2026-11-21 00:00:00'],
    ['10:31:20.5', '2026-11-22 10:31:20'],
    ['10时31分', '2026-11-22 10:31:00'],
    ['11-21 23:05', '2026-11-21 23:05:00'],
    ['2026年11月22日 10时31分20秒', '2026-11-22 10:31:20'],
    ['１０：３１：２０', '2026-11-22 10:31:20'],
    ['  10:31  ', '2026-11-22 10:31:00'],
    ['24:00', '2026-11-23 00:00:00'],
    ['00:00', '2026-11-22 00:00:00'],
  ])('%s is understood', (text, expected) => expect(ok(text)).toBe(expected));
  it.each(['', '   ', 'abc', '25:00', '10:61', '2026-02-30 10:00', '2026-13-01', '24:01', '10', '-1:00', '10:3', '12345', '2026-11-2210:31'])('"%s" is refused, not guessed', (text) => expect(ok(text)).toBe('invalid'));
  it('a time that the clock jumped over is refused with that reason', () => {
    expect(parseTyped(berlin, '2026-03-29 02:30', near)).toEqual({ kind: 'skipped' });
  });
  it('a time that happens twice gives the first and says so', () => {
    expect(parseTyped(berlin, '2026-10-25 02:30', near)).toEqual({ kind: 'ok', at: utc('2026-10-25T00:30:00Z'), twice: true });
    expect(parseTyped(berlin, '2026-10-25 12:30', near)).toMatchObject({ twice: false });
  });
  it('a day that begins at 01:00 begins there', () => {
    // Cairo puts its clocks forward at midnight.
    const typed = parseTyped('Africa/Cairo', '2026-04-24', near);
    expect(typed.kind === 'ok' ? clockText('Africa/Cairo', typed.at) : typed.kind).toBe('01:00:00');
  });
});
