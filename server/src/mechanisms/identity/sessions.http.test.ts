import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dayMs, hourMs } from '../../base/units.ts';
import { changePerson } from './commands/change-person.ts';
import { createHasher, type Caller, type DemonstrationPerson, type Identity } from './index.ts';
import { enterFirst, openTestHttp, openTestRoom, signInOver, testLog, type TestRoom } from './testing/room.ts';

let room: TestRoom;
let other: Identity;
let http: FastifyInstance;
let otherHttp: FastifyInstance;
let people: DemonstrationPerson[];
const stops: (() => Promise<void>)[] = [];

const passwordOf = (account: string): string => people.find((person) => person.account === account)!.password;
const signIn = (account: string): Promise<string> => signInOver(http, account, passwordOf(account));
const ask = (method: 'GET' | 'DELETE' | 'POST' | 'PUT' | 'PATCH', url: string, cookie: string, payload: object = {}, app = http) =>
  app.inject({ method, url, headers: { host: 'localhost', cookie }, ...(method === 'GET' ? {} : { payload }) });
const session = (cookie: string, app = http) => ask('GET', '/api/identity/session', cookie, {}, app);
const callerOf = async (cookie: string): Promise<Caller> => {
  const caller = await room.identity.gate.admit({ token: cookie.split('=')[1], source: '127.0.0.1', what: 'test' }, { kind: 'signed_in' });
  return caller!;
};
const sessionIdOf = async (cookie: string): Promise<string> => (await callerOf(cookie)).sessionId;
/** The session ids that an identity hears the end of, as a promise of the next one. */
const nextEnd = (identity: Identity): Promise<string> =>
  new Promise((resolve) => {
    const off = identity.onEnded(({ sessionId }) => {
      off();
      resolve(sessionId);
    });
  });

beforeAll(async () => {
  room = await openTestRoom();
  other = room.another();
  http = await openTestHttp(room);
  otherHttp = await openTestHttp({ clock: room.clock, identity: other });
  people = await room.identity.makeDemonstration('zh-CN');
  stops.push(await room.identity.start(), await other.start());
});
afterAll(async () => {
  for (const stop of stops) await stop();
  await http.close();
  await otherHttp.close();
  await room.close();
});
beforeEach(() => room.clock.step(hourMs));

describe('a session', () => {
  test('ends with sign-out on every server at the next request, and open streams hear it', async () => {
    const cookie = await signIn('chenzhiqiang');
    const sessionId = await sessionIdOf(cookie);
    expect((await session(cookie, otherHttp)).statusCode).toBe(200);
    const heard = Promise.all([nextEnd(room.identity), nextEnd(other)]);
    const answer = await ask('DELETE', '/api/identity/session', cookie);
    expect(answer.statusCode).toBe(200);
    expect(answer.cookies).toEqual([expect.objectContaining({ name: 'vigil_session', value: '' })]);
    expect(await heard).toEqual([sessionId, sessionId]);
    for (const app of [http, otherHttp]) expect((await session(cookie, app)).json()).toMatchObject({ code: 'identity.session_ended', zh: expect.stringContaining('已退出') });
    expect((await room.facts('identity.signed_out')).at(-1)).toMatchObject({ body: { sessionId } });
  });

  test('ends when somebody signs in over its cookie; a wrong password leaves it open', async () => {
    const cookie = await signIn('chenzhiqiang');
    const sessionId = await sessionIdOf(cookie);
    const over = (account: string, password: string) => ask('POST', '/api/identity/sessions', cookie, { account, password });
    expect((await over('liuxiaoyan', 'not the password')).statusCode).toBe(401);
    expect((await session(cookie)).statusCode).toBe(200);
    const heard = nextEnd(other);
    const answer = await over('liuxiaoyan', passwordOf('liuxiaoyan'));
    expect(answer.statusCode).toBe(200);
    expect(await heard).toBe(sessionId);
    expect((await session(cookie)).json()).toMatchObject({ code: 'identity.session_ended', zh: expect.stringContaining('已退出') });
    const next = `vigil_session=${answer.cookies[0]?.value}`;
    expect((await session(next)).json().person).toMatchObject({ account: 'liuxiaoyan' });
    const ended = (await room.facts('identity.signed_out')).at(-1);
    expect(ended).toMatchObject({ body: { sessionId }, actor: { kind: 'person', id: (await callerOf(next)).personId } });
    await ask('DELETE', '/api/identity/session', next);
  });

  test('of a person on post is never cut off by a clock; others idle out after twelve hours', async () => {
    const operator = await signIn('wangjianguo');
    const leader = await signIn('chenzhiqiang');
    const watcher = await signIn('liuxiaoyan');
    room.clock.step(11 * hourMs);
    expect((await session(watcher)).statusCode).toBe(200);
    room.clock.step(2 * hourMs);
    expect((await session(watcher)).statusCode).toBe(200);
    expect((await session(leader)).json()).toMatchObject({ code: 'identity.session_ended', zh: expect.stringContaining('长时间没有操作') });
    room.clock.step(60 * dayMs);
    await room.identity.sweep();
    expect((await session(watcher)).statusCode).toBe(401);
    expect((await session(operator)).statusCode).toBe(200);
    expect((await room.facts('identity.session_ended')).map((fact) => fact.body['reason'])).toEqual(['idle', 'idle']);
    expect((await room.facts('identity.session_ended')).every((fact) => fact.actor.id === 'server')).toBe(true);
  });

  test('of a duty operator who was added later and holds no post yet is not cut off either', async () => {
    const administrator = await signIn('linhaitao');
    const relief = { account: 'relief', name: '顾平', staffNumber: '', language: 'zh-CN', password: 'zuolun-pamei-hougou-2048', roles: ['duty_operator'] };
    expect((await ask('POST', '/api/identity/people', administrator, relief)).statusCode).toBe(200);
    const cookie = await signInOver(http, relief.account, relief.password);
    room.clock.step(13 * hourMs);
    await room.identity.sweep();
    expect((await session(cookie)).statusCode).toBe(200);
    expect((await session(administrator)).statusCode).toBe(401);
  });

  test('is kept alive by an open stream', async () => {
    const leader = await signIn('chenzhiqiang');
    room.clock.step(11 * hourMs);
    await room.identity.stillHere(await sessionIdOf(leader));
    room.clock.step(11 * hourMs);
    await room.identity.sweep();
    expect((await session(leader)).statusCode).toBe(200);
  });

  test('survives a clock that is set back', async () => {
    const leader = await signIn('chenzhiqiang');
    room.clock.step(-5 * hourMs);
    expect((await session(leader)).statusCode).toBe(200);
    room.clock.step(10 * hourMs);
    await room.identity.sweep();
    expect((await session(leader)).statusCode).toBe(200);
  });

  test('language is the person’s own and follows them', async () => {
    const cookie = await signIn('hanminghua');
    expect((await ask('PUT', '/api/identity/language', cookie, { language: 'en' })).statusCode).toBe(200);
    expect((await session(await signIn('hanminghua'))).json().person.language).toBe('en');
  });
});

describe('a changed password', () => {
  const next = 'fengche-luobo-tangyuan-3391';
  const change = (cookie: string, current: string, wanted: string) => ask('POST', '/api/identity/password', cookie, { current, next: wanted });

  test('ends the person’s other sessions, not the one at hand; the old one opens nothing', async () => {
    const here = await signIn('zhengjing');
    const elsewhere = await signIn('zhengjing');
    expect((await change(here, 'wrong one', next)).json()).toMatchObject({ code: 'identity.password_wrong', fields: [{ path: 'current' }] });
    expect((await change(here, passwordOf('zhengjing'), 'zhengjing2026')).json()).toMatchObject({ code: 'identity.password_weak', fields: [{ path: 'next' }] });
    expect((await change(here, passwordOf('zhengjing'), passwordOf('zhengjing'))).json()).toMatchObject({ code: 'identity.password_same' });
    expect((await change(here, passwordOf('zhengjing'), next)).statusCode).toBe(200);
    expect((await session(here)).statusCode).toBe(200);
    expect((await session(elsewhere)).json()).toMatchObject({ code: 'identity.session_ended' });
    await expect(signIn('zhengjing')).rejects.toThrow('401');
    await signInOver(http, 'zhengjing', next);
    expect((await room.facts('identity.password_changed')).at(-1)).toMatchObject({ body: { own: true } });
  });
});

test('an unattended screen is no place to try passwords', async () => {
  const cookie = await signIn('hanminghua');
  const answers = [];
  for (let n = 0; n < 4; n += 1) answers.push((await ask('POST', '/api/identity/password', cookie, { current: `guess ${n}`, next: 'x' })).statusCode);
  expect(answers).toEqual([400, 400, 400, 429]);
});

const ownPassword = 'tieban-louqi-wumang-7731';

describe('people', () => {
  const list = async (cookie: string, search = '') => (await ask('GET', `/api/identity/people?search=${encodeURIComponent(search)}`, cookie)).json().people;
  const added = { account: 'fanwen', name: '范雯', staffNumber: 'DM2001', language: 'zh-CN', password: 'zuolun-pamei-hougou-2048', roles: ['monitor', 'technician'] };

  test('are added with roles, found, changed; each change is a row, a fact and takes effect at once', async () => {
    const administrator = await signIn('linhaitao');
    const answer = await ask('POST', '/api/identity/people', administrator, added);
    expect(answer.statusCode, answer.body).toBe(200);
    const { personId } = answer.json();
    expect(await list(administrator, '范')).toEqual([expect.objectContaining({ personId, account: 'fanwen', active: true, roles: [expect.objectContaining({ role: 'monitor' }), expect.objectContaining({ role: 'technician' })] })]);
    expect((await ask('POST', '/api/identity/people', administrator, { ...added, account: 'FanWen' })).json()).toMatchObject({ code: 'identity.account_taken', fields: [{ path: 'account' }] });
    const cookie = await enterFirst(http, 'fanwen', added.password, ownPassword);
    const heard = new Promise((resolve) => other.onRightsChanged(resolve));
    expect((await ask('PATCH', `/api/identity/people/${personId}`, administrator, { name: '范文', roles: ['auditor', 'technician'] })).statusCode).toBe(200);
    expect(await heard).toBe(personId);
    expect((await session(cookie)).json().person).toMatchObject({ name: '范文', staffNumber: 'DM2001' });
    expect(await list(cookie, 'fanwen')).toHaveLength(1);
    expect((await room.facts('identity.person_changed')).at(-1)!.body).toMatchObject({ roles: ['technician', 'auditor'], rolesBefore: ['monitor', 'technician'], now: { zh: '技术维护、审计员' } });
    const rows = await room.database.db.$extendTables<{ 'identity.role_grants': { person_id: string; role: string; until_at: number | null; ended_by: string | null } }>().selectFrom('identity.role_grants').select(['role', 'until_at', 'ended_by']).where('person_id', '=', personId).orderBy('role').execute();
    expect(rows.map((row) => [row.role, row.until_at === null])).toEqual([['auditor', true], ['monitor', false], ['technician', true]]);
    expect((await ask('PATCH', `/api/identity/people/${personId}`, administrator, { active: false })).statusCode).toBe(200);
    expect((await session(cookie)).json()).toMatchObject({ code: 'identity.session_ended', zh: expect.stringContaining('停用') });
    expect((await ask('PATCH', `/api/identity/people/${personId}`, administrator, { active: true })).statusCode).toBe(200);
    await signInOver(http, 'fanwen', ownPassword);
  });

  test('nobody changes their own roles or deactivates themselves, and the attempt is recorded', async () => {
    const administrator = await signIn('linhaitao');
    const [self] = await list(administrator, 'linhaitao');
    const before = (await room.facts('identity.denied')).length;
    for (const change of [{ roles: ['duty_operator'] }, { active: false }, { password: 'zuolun-pamei-hougou-2048' }]) {
      const answer = await ask('PATCH', `/api/identity/people/${self.personId}`, administrator, change);
      expect(answer.statusCode).toBe(403);
    }
    expect(await room.facts('identity.denied')).toHaveLength(before + 1);
    expect((await ask('PATCH', `/api/identity/people/${self.personId}`, administrator, { staffNumber: 'DM9', roles: ['system_administrator'], active: true })).statusCode).toBe(200);
  });

  test('an administrator holds no other role', async () => {
    const administrator = await signIn('linhaitao');
    const answer = await ask('POST', '/api/identity/people', administrator, { ...added, account: 'both', roles: ['system_administrator', 'monitor'] });
    expect(answer.json()).toMatchObject({ code: 'identity.roles_conflict', fields: [{ path: 'roles' }] });
  });

  test('two administrators who deactivate each other at the same moment leave one', async () => {
    const first = await signIn('linhaitao');
    expect((await ask('POST', '/api/identity/people', first, { ...added, account: 'second', roles: ['system_administrator'] })).statusCode).toBe(200);
    const second = await enterFirst(http, 'second', added.password, ownPassword);
    const callers = await Promise.all([first, second].map(callerOf));
    const [one, two] = [callers[0]!, callers[1]!];
    const { database, clock, ledger } = room;
    const context = { database, clock, ledger, hasher: createHasher(), log: testLog, verbs: new Map(), onSetUp: async () => undefined, idleMs: hourMs, demonstrationPossible: true, ...room.slots };
    const ends = await Promise.allSettled([
      changePerson(context, room.identity.gate, one, two.personId, { active: false }),
      changePerson(context, other.gate, two, one.personId, { active: false }),
    ]);
    expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find((end) => end.status === 'rejected')).toMatchObject({ reason: { code: 'identity.last_administrator' } });
    const left = ends[0].status === 'fulfilled' ? first : second;
    expect((await list(left)).filter((person: { active: boolean; roles: { role: string }[] }) => person.active && person.roles.some(({ role }) => role === 'system_administrator'))).toHaveLength(1);
  });
});
