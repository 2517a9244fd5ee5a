/** Questions to the acts by the clocks of the site. */
import { expect, test } from 'vitest';
import { askedOf, daysOf, instantOfText, noQuestion, presetQuestion, savedQuestion, textOfInstant } from './act-question.ts';

const zone = 'Asia/Shanghai';
const now = Date.parse('2026-11-22T03:15:00Z');

test('a moment is read by the clocks of the site, and written back the same', () => {
  expect(instantOfText('2026-11-21T18:00', zone)).toBe(Date.parse('2026-11-21T10:00:00Z'));
  expect(textOfInstant(Date.parse('2026-11-21T10:00:00Z'), zone)).toBe('2026-11-21T18:00');
  expect(instantOfText('yesterday', zone)).toBeNull();
});

test('last night is from 18:00 to 08:00, of watching', () => {
  expect(askedOf(presetQuestion('lastNight', zone, now), zone)).toEqual({ group: 'watching', from: Date.parse('2026-11-21T10:00:00Z'), until: Date.parse('2026-11-22T00:00:00Z') });
});

test('what is empty is not asked', () => {
  expect(askedOf(noQuestion, zone)).toEqual({});
});

test('a kept question keeps its length and moves with the day', () => {
  const days = daysOf({ ...noQuestion, from: '2026-11-20T00:00' }, zone, now);
  expect(days).toBe(3);
  expect(savedQuestion({ group: 'changes', days: 3 }, zone, now)).toMatchObject({ group: 'changes', from: '2026-11-19T11:15', until: '' });
});
