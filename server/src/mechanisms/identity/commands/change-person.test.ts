import { describe, expect, test } from 'vitest';
import type { Person } from '../../../../../contract/identity.ts';
import { changeOf } from './change-person.ts';

const place = { siteId: 'site_1', roomId: 'room_1' };
const person: Person = {
  personId: 'per_1', account: 'fanwen', name: '范雯', staffNumber: '7', language: 'zh-CN', active: true,
  roles: [{ role: 'monitor', scopeId: 'room_1' }, { role: 'auditor', scopeId: 'site_1' }],
};

describe('what a form changes', () => {
  test('nothing, when it sends what is there', () => {
    expect(changeOf(person, { name: '范雯', staffNumber: '7', roles: ['auditor', 'monitor', 'monitor'], active: true }, place)).toEqual({ details: null, granted: [], ended: [], active: null });
    expect(changeOf(person, {}, place)).toEqual({ details: null, granted: [], ended: [], active: null });
  });

  test('grants and ends by difference, each at its scope', () => {
    expect(changeOf(person, { name: '范文', roles: ['monitor', 'leader'], active: false }, place)).toEqual({
      details: { name: '范文', staffNumber: '7' },
      granted: [{ role: 'leader', scopeId: 'site_1' }],
      ended: [{ role: 'auditor', scopeId: 'site_1' }],
      active: false,
    });
  });
});
