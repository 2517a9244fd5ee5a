/** Windows in words. */
import { expect, test } from 'vitest';
import { untilText, windowText } from './window-text.ts';

const at = (local: string): number => Date.parse(`${local}:00+08:00`);
const say = (from: string, until: string): string => windowText(at(from), at(until), 'Asia/Shanghai', 'zh-CN');

test('a window is said as a day, as days, or as hours', () => {
  expect(say('2026-11-23T00:00', '2026-11-24T00:00')).toBe('11-23 周一');
  expect(say('2026-10-01T00:00', '2026-10-04T00:00')).toBe('10-01 周四 – 10-03 周六');
  expect(say('2026-11-23T08:00', '2026-11-23T10:00')).toBe('11-23 周一 08:00–10:00');
  expect(say('2026-11-23T20:00', '2026-11-24T08:00')).toBe('11-23 周一 20:00 – 11-24 周二 08:00');
});

test('in books the year stands before each day', () => {
  expect(windowText(at('2026-12-31T20:00'), at('2027-01-01T08:00'), 'Asia/Shanghai', 'zh-CN', true)).toBe('2026-12-31 周四 20:00 – 2027-01-01 周五 08:00');
});

test('midnight is the end of the day that it ends', () => {
  expect(untilText(at('2026-11-24T00:00'), 'Asia/Shanghai', 'zh-CN')).toBe('11-23 周一 24:00');
  expect(untilText(at('2026-11-24T12:00'), 'Asia/Shanghai', 'zh-CN')).toBe('11-24 周二 12:00');
});
