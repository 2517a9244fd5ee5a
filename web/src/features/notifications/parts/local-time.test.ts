import { expect, test } from 'vitest';
import { instantOfLocal } from './local-time.ts';

test('a time that was typed is taken as the time of the site', () => {
  expect(instantOfLocal('2026-11-22T02:47', 'Asia/Shanghai')).toBe(Date.parse('2026-11-21T18:47:00Z'));
  expect(instantOfLocal('2026-07-01T12:00', 'Europe/Berlin')).toBe(Date.parse('2026-07-01T10:00:00Z'));
  expect(instantOfLocal('2026-01-01T12:00', 'Europe/Berlin')).toBe(Date.parse('2026-01-01T11:00:00Z'));
  expect(instantOfLocal('', 'Asia/Shanghai')).toBeNull();
});
