import { expect, test } from 'vitest';
import { countsFrom, inOrder, keptSelection, moved, priorityOf, soundingClass, standingOf } from './alarm-order.ts';

const alarm = (over: Partial<Parameters<typeof inOrder>[0][number]> & { id: string }) => ({ class: 'device' as const, severity: 'ordinary' as const, clearedAt: null, state: 'waiting' as const, raisedAt: 0, ...over });

test('waiting before acknowledged, graver before lighter, older before newer, what is over last of those that wait', () => {
  const alarms = [
    alarm({ id: 'old device', raisedAt: 1 }), alarm({ id: 'new device', raisedAt: 2 }), alarm({ id: 'fire, seen', class: 'fire', severity: 'major', state: 'acknowledged' }),
    alarm({ id: 'over', clearedAt: 5 }), alarm({ id: 'intrusion', class: 'intrusion', severity: 'serious', raisedAt: 9 }),
  ];
  expect(inOrder(alarms).map(({ id }) => id)).toEqual(['intrusion', 'old device', 'new device', 'over', 'fire, seen']);
});

test('the gravest that waits is heard; what is over or acknowledged is not', () => {
  expect(soundingClass([alarm({ id: 'a' }), alarm({ id: 'b', class: 'fire', severity: 'major', state: 'acknowledged' })])).toBe('device');
  expect(soundingClass([alarm({ id: 'a', clearedAt: 1 })])).toBeNull();
  expect(priorityOf(alarm({ id: 'a', clearedAt: 1 }))).toBe('information');
});

test('what is over says so until it is acknowledged, and its clock is that of the wait', () => {
  expect(standingOf({ state: 'waiting', clearedAt: null })).toBe('waiting');
  expect(standingOf({ state: 'waiting', clearedAt: 5 })).toBe('over');
  expect(standingOf({ state: 'acknowledged', clearedAt: null })).toBe('acknowledged');
  expect(standingOf({ state: 'closed', clearedAt: 5 })).toBe('closed');
  expect(countsFrom({ raisedAt: 1, ringsSince: 3, clearedAt: null })).toBe(1);
  expect(countsFrom({ raisedAt: 1, ringsSince: 3, clearedAt: 5 })).toBe(5);
  expect(countsFrom({ raisedAt: 1, ringsSince: 9, clearedAt: 5 })).toBe(9);
});

test('a new alarm never takes the selection, and one that is gone leaves none', () => {
  expect(keptSelection(['new', 'chosen'], 'chosen')).toBe('chosen');
  expect(keptSelection(['new'], 'chosen')).toBeNull();
  expect(moved(['a', 'b'], null, 1)).toBe('a');
  expect(moved(['a', 'b'], 'a', 1)).toBe('b');
  expect(moved(['a', 'b'], 'b', 1)).toBe('b');
  expect(moved([], 'b', -1)).toBeNull();
});
