import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { declareRefusals } from '../../base/refusal.ts';
import { administratorPassword, operatorPassword, setUpForm } from './testing/forms.ts';
import { openTestHttp, openTestRoom, signInOver, type TestRoom } from './testing/room.ts';

let room: TestRoom;
let http: FastifyInstance;
const post = (url: string, payload: object, app = http) => app.inject({ method: 'POST', url, headers: { host: 'localhost' }, payload });
const get = (url: string, cookie = '') => http.inject({ method: 'GET', url, headers: { host: 'localhost', cookie } });
const code = async (identity = room.identity): Promise<string> => {
  const made = await identity.renewSetUpCode();
  if (made === null) throw new Error('no code');
  return made;
};

beforeEach(async () => {
  room = await openTestRoom();
  http = await openTestHttp(room);
});
afterEach(async () => {
  await http.close();
  await room.close();
});

describe('first set-up', () => {
  test('makes site, room, administrator and duty operator with their facts, who can then sign in', async () => {
    expect((await get('/api/identity/room-state')).json()).toEqual({ state: 'new', demonstration: false, language: 'zh-CN', demonstrationPossible: true });
    const shown = await code();
    expect(shown).toMatch(/^\d{4} \d{4}$/);
    const answer = await post('/api/identity/set-up', setUpForm(shown, { language: 'en' }));
    expect(answer.statusCode, answer.body).toBe(200);
    expect((await get('/api/identity/room-state')).json()).toEqual({ state: 'ready', demonstration: false, language: 'en', demonstrationPossible: false });
    expect((await room.facts()).map((fact) => fact.kind)).toEqual(['ledger.opened', 'identity.set_up_done', 'identity.person_added', 'identity.person_added']);
    const administrator = (await get('/api/identity/session', await signInOver(http, 'linhaitao', administratorPassword))).json();
    expect(administrator).toMatchObject({ person: { account: 'LinHaitao', name: '林海涛' }, site: { name: '西门客运站', timeZone: 'Asia/Shanghai' }, room: { name: '二号监控室' } });
    expect(administrator.can['identity.people.add']).toBe(true);
    const operator = (await get('/api/identity/session', await signInOver(http, 'wangjianguo', operatorPassword))).json();
    expect(operator.can['identity.people.add']).toEqual({ zh: '只有系统管理员可以添加人员。', en: 'Only a system administrator may add people.' });
    expect(await room.identity.renewSetUpCode()).toBeNull();
  });

  test('happens once, also when the same code arrives at two servers at the same moment', async () => {
    const shown = await code();
    const other = await openTestHttp({ clock: room.clock, identity: room.another() });
    const answers = await Promise.all([post('/api/identity/set-up', setUpForm(shown)), post('/api/identity/set-up', setUpForm(shown), other)]);
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 409]);
    expect([await room.count('identity.sites'), await room.count('identity.rooms'), await room.count('identity.people'), await room.count('identity.set_up_code')]).toEqual([1, 1, 2, 0]);
    expect((await post('/api/identity/set-up', setUpForm(shown))).json()).toMatchObject({ code: 'identity.set_up_done' });
    await other.close();
  });

  test('an old code is worthless after the next start', async () => {
    const first = await code();
    const second = await code();
    expect((await post('/api/identity/set-up', setUpForm(first))).json()).toMatchObject({ code: 'identity.code_wrong', fields: [{ path: 'code' }] });
    expect((await post('/api/identity/set-up', setUpForm(second.replace(' ', '-')))).statusCode).toBe(200);
  });

  test('a sixth try of the code in a minute waits, whoever tries; a minute later the right one works', async () => {
    const shown = await code();
    const wrong = shown === '0000 0000' ? '11111111' : '00000000';
    for (let n = 0; n < 5; n += 1) expect((await post('/api/identity/set-up', setUpForm(wrong))).statusCode).toBe(400);
    const sixth = await post('/api/identity/set-up', setUpForm(shown));
    expect(sixth.statusCode).toBe(429);
    expect(Number(sixth.headers['retry-after'])).toBe(60);
    room.clock.advance(60_000);
    expect((await post('/api/identity/set-up', setUpForm(shown))).statusCode).toBe(200);
  });

  test.each([
    ['a weak password', { administrator: { account: 'lin', name: '林', staffNumber: '', password: 'woaini1314' } }, 'administrator.password'],
    ['one account for two', { dutyOperator: { account: 'LINHAITAO', name: '王', staffNumber: '', password: operatorPassword } }, 'dutyOperator.account'],
    ['an unknown time zone', { site: { name: '站', timeZone: 'Asia/Atlantis' } }, 'site.timeZone'],
  ])('%s is told at its field and nothing is made', async (_what, change, path) => {
    const answer = await post('/api/identity/set-up', setUpForm(await code(), change));
    expect(answer.statusCode).toBe(400);
    expect(answer.json().fields).toEqual([{ path, zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.any(String) }]);
    expect(await room.count('identity.sites')).toBe(0);
  });

  test('what another module refuses undoes the whole set-up and leaves the code good', async () => {
    const refuse = declareRefusals('video', { address_wrong: { kind: 'invalid', zh: '地址不对', en: 'wrong address' } });
    const strict = room.another({
      onSetUp: async (_tx, { camera }) => {
        if (camera !== null) throw refuse('address_wrong');
      },
    });
    const app = await openTestHttp({ clock: room.clock, identity: strict });
    const shown = await code();
    const camera = { label: '东门', url: 'http://x', username: null, password: null };
    expect((await post('/api/identity/set-up', setUpForm(shown, { camera }), app)).json()).toMatchObject({ code: 'video.address_wrong' });
    expect([await room.count('identity.sites'), await room.count('ledger.facts')]).toEqual([0, 0]);
    expect((await post('/api/identity/set-up', setUpForm(shown), app)).statusCode).toBe(200);
    await app.close();
  });

  test('the demonstration room has one person of each role, and each of them can sign in', async () => {
    const answer = await post('/api/identity/set-up/demonstration', { code: await code(), language: 'zh-CN' });
    expect(answer.statusCode, answer.body).toBe(200);
    const { people } = answer.json();
    expect(new Set(people.map((person: { role: string }) => person.role)).size).toBe(15);
    expect(new Set(people.map((person: { password: string }) => person.password)).size).toBe(15);
    const session = (await get('/api/identity/session', await signInOver(http, people[0].account, people[0].password))).json();
    expect(session).toMatchObject({ demonstration: true, site: { name: '东门客运站' }, room: { name: '一号监控室' }, person: { roles: [{ role: 'duty_operator' }] } });
  });

  test('no password and no code stands in the database or in a fact', async () => {
    const shown = await code();
    await post('/api/identity/set-up', setUpForm(shown));
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: room.adminUrl });
    await client.connect();
    const { rows } = await client.query<{ xml: string }>(`select database_to_xml(true, false, '')::text as xml`);
    await client.end();
    for (const secret of [administratorPassword, operatorPassword, shown, shown.replace(' ', '')]) expect(rows[0]!.xml).not.toContain(secret);
    expect(rows[0]!.xml).toContain('西门客运站');
  });
});
