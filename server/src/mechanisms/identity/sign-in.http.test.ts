import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hourMs, minuteMs } from '../../base/units.ts';
import { signIn } from './commands/sign-in.ts';
import { openTestHttp, openTestRoom, signInOver, testLog, type TestRoom } from './testing/room.ts';
import type { DemonstrationPerson } from './index.ts';

let room: TestRoom;
let http: FastifyInstance;
let otherHttp: FastifyInstance;
let operator: DemonstrationPerson;
let leader: DemonstrationPerson;
let people: DemonstrationPerson[];
let sources = 0;
let source = '';

const attempt = (account: string, password: string, from = source, app = http) =>
  app.inject({ method: 'POST', url: '/api/identity/sessions', headers: { host: 'localhost' }, remoteAddress: from, payload: { account, password } });
const passwordOf = (account: string): string => people.find((person) => person.account === account)!.password;
const wrong = 'not-this-password';

beforeAll(async () => {
  room = await openTestRoom();
  http = await openTestHttp(room);
  people = await room.identity.makeDemonstration('zh-CN');
  otherHttp = await openTestHttp({ clock: room.clock, identity: room.another() });
  operator = people.find((person) => person.role === 'duty_operator')!;
  leader = people.find((person) => person.role === 'shift_leader')!;
});
afterAll(async () => {
  await http.close();
  await otherHttp.close();
  await room.close();
});
beforeEach(() => {
  source = `192.0.2.${(sources += 1)}`;
  room.clock.advance(2 * hourMs);
});

describe('signing in', () => {
  test('sets a cookie that no script reads and no other site sends, and keeps only the hash of its token', async () => {
    const answer = await attempt(` ${operator.account.toUpperCase()} `, operator.password);
    expect(answer.statusCode).toBe(200);
    expect(answer.cookies).toEqual([expect.objectContaining({ name: 'vigil_session', httpOnly: true, sameSite: 'Strict', path: '/', value: expect.stringMatching(/^[\w-]{43}$/) })]);
    expect(answer.json()).toMatchObject({ person: { account: operator.account, name: operator.name }, signedInAt: room.clock.now(), serverNow: room.clock.now() });
    expect(answer.body).not.toContain(operator.password);
    const [fact] = (await room.facts('identity.signed_in')).slice(-1);
    expect(fact).toMatchObject({ subject: answer.json().person.personId, actor: { kind: 'person' }, body: { name: { $h: expect.any(String) }, source: { $h: expect.any(String) } } });
  });

  test('an unknown account, a deactivated one and a wrong password get the same answer', async () => {
    const cookie = await signInOver(http, 'linhaitao', passwordOf('linhaitao'));
    const list = (await http.inject({ method: 'GET', url: '/api/identity/people', headers: { host: 'localhost', cookie } })).json();
    const requester = list.people.find((person: { account: string }) => person.account === 'yangliping');
    const changed = await http.inject({ method: 'PATCH', url: `/api/identity/people/${requester.personId}`, headers: { host: 'localhost', cookie }, payload: { active: false } });
    expect(changed.statusCode, changed.body).toBe(200);
    const answers = [await attempt('nobody-here', wrong), await attempt(operator.account, wrong), await attempt('yangliping', passwordOf('yangliping'))];
    for (const answer of answers) {
      expect(answer.statusCode).toBe(401);
      expect(answer.body).toBe(answers[0]!.body);
    }
  });

  test('every way to fail looks at one password hash, so that none is told by its time', async () => {
    let verified = 0;
    const hasher = { hash: async () => '', verify: async () => (verified += 1) < 0 };
    const { database, clock, ledger } = room;
    const context = { database, clock, ledger, hasher, log: testLog, verbs: new Map(), onSetUp: async () => undefined, idleMs: hourMs, demonstrationPossible: true, ...room.slots };
    for (const account of ['nobody-here', operator.account, 'yangliping']) {
      await expect(signIn(context, { account, password: wrong, source })).rejects.toMatchObject({ code: 'identity.wrong_sign_in' });
    }
    expect(verified).toBe(3);
  });
});

describe('the throttle', () => {
  test('slows a source on one account, says how long, and forgets after a success', async () => {
    for (let n = 0; n < 3; n += 1) expect((await attempt(operator.account, wrong)).statusCode).toBe(401);
    const slowed = await attempt(operator.account, operator.password);
    expect(slowed.statusCode).toBe(429);
    expect(slowed.json()).toMatchObject({ code: 'identity.slow_down', kind: 'too_many' });
    expect(slowed.headers['retry-after']).toBe('2');
    room.clock.advance(2_000);
    expect((await attempt(operator.account, operator.password)).statusCode).toBe(200);
    expect((await attempt(operator.account, wrong)).statusCode).toBe(401);
  });

  test('never locks the account: the person on post signs in from the console meanwhile', async () => {
    const attacker = source;
    for (let n = 0; n < 12; n += 1) {
      await attempt(operator.account, wrong, attacker);
      room.clock.advance(1_000);
    }
    expect((await attempt(operator.account, operator.password, attacker)).statusCode).toBe(429);
    expect((await attempt(operator.account, operator.password, '192.0.2.200')).statusCode).toBe(200);
  });

  test('who signed in from here before is spared the failures of others here, and waits half a minute at most for failures on their own account', async () => {
    expect((await attempt(leader.account, leader.password)).statusCode).toBe(200);
    for (let n = 0; n < 11; n += 1) await attempt(`guess${n}`, wrong);
    expect((await attempt('guess99', wrong)).statusCode).toBe(429);
    expect((await attempt(leader.account, leader.password)).statusCode).toBe(200);
    for (let n = 0; n < 12; n += 1) {
      await attempt(leader.account, wrong);
      room.clock.advance(30_000);
    }
    const answers = [await attempt(leader.account, wrong), await attempt(leader.account, leader.password)];
    expect(Number(answers[1]!.headers['retry-after'])).toBeLessThanOrEqual(30);
  });

  test('counts over two servers as one, also at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 16 }, (_, n) => attempt('linhaitao', wrong, source, n % 2 === 0 ? http : otherHttp)));
    expect(answers.filter((answer) => answer.statusCode === 401)).toHaveLength(3);
    expect(answers.filter((answer) => answer.statusCode === 429)).toHaveLength(13);
  });

  test('failed sign-ins are facts: the first at once, repetitions of the same minute as one number, and never what was typed', async () => {
    await room.identity.sweep();
    const before = (await room.facts('identity.sign_in_failed')).length;
    for (let n = 0; n < 3; n += 1) await attempt('secret-typed-here', wrong);
    room.clock.advance(5_000);
    await attempt('secret-typed-here', wrong);
    expect(await room.facts('identity.sign_in_failed')).toHaveLength(before + 1);
    room.clock.advance(minuteMs);
    await room.identity.sweep();
    const facts = (await room.facts('identity.sign_in_failed')).slice(before);
    expect(facts.map((fact) => fact.body['times'])).toEqual([1, 3]);
    expect(facts.every((fact) => fact.subject === 'unknown' && fact.body['accountKnown'] === false)).toBe(true);
    await room.identity.sweep();
    expect(await room.facts('identity.sign_in_failed')).toHaveLength(before + 2);
    const kept = JSON.stringify([await room.facts(), (await sql`select * from identity.sign_in_attempts`.execute(room.database.db)).rows, (await sql`select * from ledger.private_values`.execute(room.database.db)).rows]);
    expect(kept).not.toContain('secret-typed-here');
    expect(kept).not.toContain(createHash('sha256').update('secret-typed-here').digest('hex').slice(0, 8));
  });
});
