import { describe, expect, it } from 'vitest';
import { accountPattern } from './account-pattern.ts';
import { personChanges } from './person-changes.ts';
import { safeBack } from './safe-back.ts';

describe('changes of a person', () => {
  const person = { name: '李建国', staffNumber: '1102', roles: ['duty_operator', 'monitor'] as const };
  it('are none when nothing was touched, whatever the order of the roles', () => {
    expect(personChanges(person, { name: '李建国', staffNumber: '1102', roles: ['monitor', 'duty_operator'], password: '' })).toEqual({});
    expect(personChanges(person, { name: '李建国', staffNumber: '1102' })).toEqual({});
  });
  it('name only what differs', () => {
    expect(personChanges(person, { name: '李建国', staffNumber: '', roles: ['monitor'], password: 'new one' })).toEqual({ staffNumber: '', roles: ['monitor'], password: 'new one' });
  });
});

describe('account', () => {
  it('may be Chinese, and never holds spaces or signs of other meaning', () => {
    expect(['李建国', 'li.jianguo', 'op_1', 'a@b'].every((account) => accountPattern.test(account))).toBe(true);
    expect(['a', 'li jianguo', '李/建', ''].some((account) => accountPattern.test(account))).toBe(false);
  });
});

describe('the way back after the sign-in', () => {
  it('is a page of our own', () => {
    expect(safeBack('/playback?camera=cam_1&at=5#x')).toBe('/playback?camera=cam_1&at=5#x');
    expect(safeBack('')).toBe('/');
  });
  it('never leads to another site, nor in a circle', () => {
    for (const wanted of ['//evil.example', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)', '/\t/evil.example', '/sign-in?back=/sign-in', '/set-up']) expect(safeBack(wanted)).toBe('/');
  });
});
