/** What a watermark says. */
import { expect, test } from 'vitest';
import { instantOf, momentIn, personIn } from './watermark.ts';

const zone = 'Asia/Shanghai';
const people = [
  { personId: 'per_1', name: '张三', staffNumber: '1007' },
  { personId: 'per_2', name: '张三丰', staffNumber: '' },
  { personId: 'per_3', name: '李四', staffNumber: '2' },
];

test('month, day and minute are read as they stand on the picture', () => {
  expect(momentIn('张三 1007 · 11-22 02:47')).toEqual({ month: 11, day: 22, hour: 2, minute: 47 });
  expect(momentIn('11月22日 02：47')).toEqual({ month: 11, day: 22, hour: 2, minute: 47 });
  expect(momentIn('张三 13-40 02:47')).toBeNull();
  expect(momentIn('张三 1007')).toBeNull();
});

test('the newest moment that fits is meant, by the clocks of the room', () => {
  const now = Date.parse('2026-01-02T00:30:00Z');
  expect(instantOf({ month: 1, day: 2, hour: 8, minute: 29 }, zone, now)).toBe(Date.parse('2026-01-02T00:29:00Z'));
  expect(instantOf({ month: 12, day: 31, hour: 23, minute: 5 }, zone, now)).toBe(Date.parse('2025-12-31T15:05:00Z'));
  expect(instantOf({ month: 2, day: 29, hour: 12, minute: 0 }, zone, now)).toBe(Date.parse('2024-02-29T04:00:00Z'));
});

test('a staff number is a word; of names that stand inside of each other the longest is meant; two of the same name mean nobody', () => {
  expect(personIn('张三 1007 · 11-22 02:47', people)?.personId).toBe('per_1');
  expect(personIn('李四 2 · 11-22 02:47', people)?.personId).toBe('per_3');
  expect(personIn('张三丰 · 11-22 02:47', people)?.personId).toBe('per_2');
  expect(personIn('李四 · 11-22 02:47', [...people, { personId: 'per_4', name: '李四', staffNumber: '' }])).toBeNull();
  expect(personIn('王五 · 11-22 02:47', people)).toBeNull();
});
