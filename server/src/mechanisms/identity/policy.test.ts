import { describe, expect, test } from 'vitest';
import type { Role } from '../../../../contract/identity.ts';
import { canOf, collectVerbs, declareVerbs, may, mayNow } from './policy.ts';
import { allRoles, roleTitles, rolesConflict, scopeOf } from './roles.ts';
import { identityVerbs } from './verbs.ts';

const video = declareVerbs('video', { 'video.live.watch': { zh: '观看实时画面', en: 'watch live pictures', roles: ['duty_operator', 'shift_leader', 'room_manager'], footage: true } });

describe('who may', () => {
  test('the matrix of identity: what each role may do, and no other', () => {
    const verbs = collectVerbs([identityVerbs]);
    const matrix = allRoles.map((role) => [role, Object.entries(canOf({ roles: [role], post: null, operateNeedsPost: true }, verbs)).flatMap(([verb, answer]) => (answer === true ? [verb] : []))]);
    const can = Object.fromEntries(matrix);
    const leaders = ['identity.disclosures.report', 'identity.credentials.see', 'identity.qualifications.see', 'identity.qualifications.change'];
    const sees = ['identity.people.list', 'identity.people.export', 'identity.grants.see'];
    expect(can).toEqual({
      duty_operator: [], monitor: [], guard_captain: [], video_custodian: [], leader: [], requester: [],
      shift_leader: leaders,
      duty_manager: leaders,
      room_manager: [...leaders.slice(0, 2), 'identity.credentials.change', ...leaders.slice(2)],
      technician: ['identity.credentials.see', 'identity.credentials.change'],
      security_department: ['identity.disclosures.report', 'identity.credentials.see', 'identity.qualifications.see', 'identity.service.see'],
      auditor: [...sees, 'identity.credentials.see', 'identity.qualifications.see', 'identity.service.see'],
      inspector: ['identity.credentials.see', 'identity.qualifications.see', 'identity.service.see'],
      security_administrator: [...sees, 'identity.factors.reset', 'identity.disclosures.report', 'identity.credentials.see', 'identity.credentials.change', 'identity.qualifications.see', 'identity.service.see'],
      system_administrator: [
        'identity.people.list', 'identity.people.add', 'identity.people.import', 'identity.people.export', 'identity.grants.see', 'identity.grants.change', 'identity.disclosures.report', 'identity.titles.set',
        'identity.credentials.see', 'identity.credentials.change', 'identity.qualifications.see', 'identity.service.see', 'identity.people.change',
      ],
    });
  });

  test('the reason names who may, in both languages', () => {
    expect(may(['technician'], video['video.live.watch'])).toEqual({
      zh: '只有值班员、班长、主管可以观看实时画面。',
      en: 'Only a duty operator, shift leader or room manager may watch live pictures.',
    });
  });

  test('English says an auditor and a leader', () => {
    const see = (roles: [Role, ...Role[]]) => may(['technician'], declareVerbs('video', { 'video.x': { zh: '查看', en: 'see it', roles } })['video.x']);
    expect(see(['auditor'])).toMatchObject({ en: 'Only an auditor may see it.' });
    expect(see(['inspector', 'leader'])).toMatchObject({ en: 'Only an inspector or leader may see it.' });
    expect(see(['leader', 'auditor'])).toMatchObject({ en: 'Only a leader or auditor may see it.' });
  });

  test('nobody without a role may anything', () => {
    for (const answer of Object.values(canOf({ roles: [], post: '值班席', operateNeedsPost: false }, collectVerbs([identityVerbs, video])))) expect(answer).not.toBe(true);
  });

  test('an administrator sees no footage, also with another role beside it', () => {
    expect(may(['duty_operator'], video['video.live.watch'])).toBe(true);
    expect(may(['duty_operator', 'system_administrator'], video['video.live.watch'])).toMatchObject({ zh: expect.stringContaining('不接触画面') });
    expect(() => declareVerbs('video', { 'video.x': { zh: '看', en: 'see', roles: ['security_administrator'], footage: true } })).toThrow('footage');
  });

  test('the watch operates while on post, where the rules say so; who has the right by another role needs no post', () => {
    const watch = declareVerbs('video', { 'video.live.see': { zh: '观看', en: 'watch', roles: ['duty_operator', 'monitor', 'shift_leader'], onPost: true } })['video.live.see'];
    const ask = (roles: readonly Role[], post: string | null, operateNeedsPost = true) => mayNow({ roles, post, operateNeedsPost }, watch);
    expect(ask(['monitor'], null)).toEqual({ zh: '值班员、监控员在岗时才可以观看，请先接班上岗。', en: 'A duty operator or monitor may watch only while on post. Take the post first.' });
    expect(ask(['monitor'], '值班席')).toBe(true);
    expect(ask(['monitor'], null, false)).toBe(true);
    expect(ask(['shift_leader', 'monitor'], null)).toBe(true);
    expect(ask(['technician'], '值班席')).toMatchObject({ zh: expect.stringContaining('只有') });
  });

  test('a verb that is foreign, for nobody or declared twice stops the start', () => {
    expect(() => declareVerbs('duty', { 'video.x': { zh: '', en: '', roles: ['leader'] } })).toThrow('does not belong');
    expect(() => declareVerbs('duty', { 'duty.x': { zh: '', en: '', roles: [] } })).toThrow('nobody');
    expect(() => collectVerbs([video, video])).toThrow('twice');
  });
});

describe('roles', () => {
  test('an administrator’s role stands alone; all others combine', () => {
    for (const a of allRoles) {
      for (const b of allRoles) {
        const administrator = [a, b].some((role) => role.endsWith('_administrator'));
        expect(rolesConflict([a, b]), `${a} ${b}`).toBe(administrator && a !== b);
      }
    }
  });

  test('every role has its title in both languages and a scope', () => {
    const place = { siteId: 'site_1', roomId: 'room_1' };
    expect(new Set(allRoles.map((role) => roleTitles[role].zh)).size).toBe(15);
    expect(scopeOf('duty_operator', place)).toBe('room_1');
    expect(scopeOf('system_administrator', place)).toBe('site_1');
  });
});
