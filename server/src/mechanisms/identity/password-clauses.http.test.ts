/** What regulations ask of passwords and of one account at one console, clause by clause, over HTTP. */
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endpoint } from '../../../../contract/endpoint.ts';
import { dayMs, hourMs, minuteMs } from '../../base/units.ts';
import { withoutRegulation, type AccessRules } from './access-rules.ts';
import { declareVerbs, guarded, type DemonstrationPerson, type IdentityAlarm } from './index.ts';
import { findPlace } from './people-store.ts';
import { openTestHttp, openTestRoom, signInOver, testStart, type TestRoom } from './testing/room.ts';

const probe = endpoint({ method: 'POST', path: '/api/probe/operate', summary: { zh: '操作', en: 'operate' } });
const probeVerbs = declareVerbs('probe', { 'probe.operate': { zh: '操作', en: 'operate', roles: ['duty_operator', 'monitor', 'shift_leader'] } });

let room: TestRoom;
let http: FastifyInstance;
let people: DemonstrationPerson[];
let rules: AccessRules;
let alarms: IdentityAlarm[];

beforeEach(async () => {
  rules = withoutRegulation;
  alarms = [];
  room = await openTestRoom({ verbs: [probeVerbs], rules: async () => rules, onAlarm: async (_tx, alarm) => void alarms.push(alarm) });
  http = await openTestHttp(room, [...room.identity.routes, guarded(probe, 'probe.operate', async () => ({}))]);
  people = await room.identity.makeDemonstration('zh-CN');
});
afterEach(async () => {
  await http.close();
  await room.close();
});

const ask = (method: 'GET' | 'DELETE' | 'POST' | 'PUT' | 'PATCH', url: string, cookie?: string, payload: object = {}) =>
  http.inject({ method, url, headers: { host: 'localhost', ...(cookie === undefined ? {} : { cookie }) }, ...(method === 'GET' ? {} : { payload }) });
const passwordOf = (account: string): string => people.find((person) => person.account === account)!.password;
const signIn = (account: string): Promise<string> => signInOver(http, account, passwordOf(account));
const tryIn = (account: string, cookie?: string) => ask('POST', '/api/identity/sessions', cookie, { account, password: passwordOf(account) });
const cookieOf = (answer: Awaited<ReturnType<typeof tryIn>>): string => `vigil_session=${answer.cookies[0]?.value ?? ''}`;
const operate = async (cookie: string): Promise<number> => (await ask('POST', '/api/probe/operate', cookie)).statusCode;
const session = async (cookie: string) => (await ask('GET', '/api/identity/session', cookie)).json();
const idOf = async (cookie: string): Promise<string> => (await session(cookie)).person.personId;
const fresh = 'lumbo-tieban-wuzang-7740';
const changeTo = (cookie: string, account: string, next: string) => ask('POST', '/api/identity/password', cookie, { current: passwordOf(account), next });

const relieve = async (personId: string): Promise<void> => {
  const place = await findPlace(room.database.db);
  const [post] = await room.identity.posts.of(room.database.db, place!.room.roomId);
  await room.database.transaction((tx) => room.identity.posts.relieve(tx, { postId: post!.postId, personId, actor: { kind: 'process', id: 'test' }, at: room.clock.now() }));
};

const secondConsole = async (): Promise<void> => {
  rules = { ...withoutRegulation, oneConsole: true, clauses: ['brn@1#BRN-A4.2'] };
  // On post: the first console works on, the second is limited and the leader alarmed, until the person is proved.
  const first = await signIn('wangjianguo');
  const second = cookieOf(await tryIn('wangjianguo'));
  expect(await operate(first)).toBe(200);
  expect((await session(second)).restriction).toBe('second_console');
  expect(await operate(second)).toBe(403);
  expect(alarms).toEqual([expect.objectContaining({ kind: 'identity.second_console', subject: await idOf(first) })]);
  expect((await room.facts('identity.second_console_opened')).at(-1)).toMatchObject({ body: { post: '值班席', clauses: ['brn@1#BRN-A4.2'] } });
  expect((await ask('POST', '/api/identity/step-up', second, { password: 'not this one' })).statusCode).toBe(400);
  expect(await operate(second)).toBe(403);
  expect((await ask('POST', '/api/identity/step-up', second, { password: passwordOf('wangjianguo') })).json()).toMatchObject({ restriction: null });
  expect(await operate(second)).toBe(200);
  expect(await operate(first)).toBe(200);
  // Off post: refused while the other console is alive; windows of one browser are one console.
  const leader = await signIn('chenzhiqiang');
  expect((await tryIn('chenzhiqiang')).json()).toMatchObject({ code: 'identity.signed_in_elsewhere' });
  expect((await room.facts('identity.sign_in_refused')).at(-1)).toMatchObject({ body: { reason: 'signed_in_elsewhere' } });
  expect(await operate(leader)).toBe(200);
  const again = await tryIn('chenzhiqiang', leader);
  expect(again.statusCode).toBe(200);
  expect(await operate(cookieOf(again))).toBe(200);
};

test('[BUS-1.2.4 ACCOUNT] a second console while on post: alarm, limited until the person is proved; off post: refused; windows of one browser are one console', secondConsole);

test('[BRN-A4.2 ACCOUNT] one account at two consoles is told to the leader and the newer one can do nothing before step-up', async () => {
  await secondConsole();
  // A window that was closed is no console: nobody waits for twelve hours.
  room.clock.step(6 * minuteMs);
  const later = await tryIn('chenzhiqiang');
  expect(later.statusCode).toBe(200);
  expect((await room.facts('identity.session_ended')).at(-1)).toMatchObject({ body: { reason: 'signed_in_elsewhere' } });
});

test('[ART-7.1 ACCOUNT] without a valid record of training the console is closed; with one it opens; who is on post is not cut off', async () => {
  rules = { ...withoutRegulation, consoleNeedsTraining: true };
  const refused = await tryIn('liuxiaoyan');
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'identity.training_needed']);
  expect((await room.facts('identity.sign_in_refused')).at(-1)).toMatchObject({ body: { reason: 'training_needed' } });
  expect((await tryIn('wangjianguo')).statusCode).toBe(200);
  const leader = await signIn('chenzhiqiang');
  const list = (await ask('GET', '/api/identity/qualifications', leader)).json();
  const { personId } = list.people.find((person: { name: string }) => person.name === '刘晓燕');
  const record = { personId, kind: 'console_training', number: 'P-7', from: room.clock.now() - dayMs, until: room.clock.now() + 30 * dayMs, scan: null };
  expect((await ask('POST', '/api/identity/qualifications', leader, { ...record, until: room.clock.now() - 1 })).statusCode).toBe(200);
  expect((await tryIn('liuxiaoyan')).statusCode).toBe(403);
  expect((await ask('POST', '/api/identity/qualifications', leader, record)).statusCode).toBe(200);
  expect((await tryIn('liuxiaoyan')).statusCode).toBe(200);
  room.clock.step(31 * dayMs);
  expect((await tryIn('liuxiaoyan')).statusCode).toBe(403);
});

test('[BRN-A4.1 ACCOUNT] there is no way in without the password of a personal account', async () => {
  for (const password of ['', ' ', passwordOf('wangjianguo').slice(1), passwordOf('liuxiaoyan')]) {
    const answer = await ask('POST', '/api/identity/sessions', undefined, { account: 'wangjianguo', password });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.cookies).toEqual([]);
    room.clock.step(hourMs);
  }
  expect((await tryIn('wangjianguo')).statusCode).toBe(200);
});

test('[SAF-4.2.1 PASSWORD] 12345678 is refused, and the length that the room asks for is held', async () => {
  const cookie = await signIn('liuxiaoyan');
  expect((await changeTo(cookie, 'liuxiaoyan', '12345678')).json()).toMatchObject({ code: 'identity.password_weak', fields: [{ path: 'next' }] });
  rules = { ...withoutRegulation, passwordMinLength: 26 };
  expect((await changeTo(cookie, 'liuxiaoyan', fresh)).json()).toMatchObject({ code: 'identity.password_weak', zh: '密码至少要 26 个字符。' });
  rules = withoutRegulation;
  expect((await changeTo(cookie, 'liuxiaoyan', fresh)).statusCode).toBe(200);
});

test('[SEC-4.1 PASSWORD] nobody gets an account with a password that is guessed at once', async () => {
  const administrator = await signIn('linhaitao');
  const person = { account: 'fanwen', name: '范雯', staffNumber: '', language: 'zh-CN', roles: ['monitor'] };
  for (const password of ['jiankongshi', 'fanwen2026!', '1qaz2wsx3edc']) {
    expect((await ask('POST', '/api/identity/people', administrator, { ...person, password })).json()).toMatchObject({ code: 'identity.password_weak' });
  }
  expect((await ask('POST', '/api/identity/people', administrator, { ...person, password: fresh })).statusCode).toBe(200);
});

test('[SAF-4.2.3 PASSWORD] with a password of 91 days only the change form is reached; a person on post keeps the console until relief, with an alarm', async () => {
  const operator = await signIn('wangjianguo');
  room.clock.step(91 * dayMs);
  rules = { ...withoutRegulation, passwordMaxAgeDays: 90 };
  const leader = await signIn('chenzhiqiang');
  expect((await session(leader)).restriction).toBe('change_password');
  expect(await operate(leader)).toBe(403);
  expect((await ask('GET', '/api/identity/titles', leader)).json()).toMatchObject({ code: 'identity.password_change_needed' });
  expect((await changeTo(leader, 'chenzhiqiang', fresh)).statusCode).toBe(200);
  expect(await operate(leader)).toBe(200);
  expect(await operate(operator)).toBe(200);
  await room.identity.sweep();
  await room.identity.sweep();
  const personId = await idOf(operator);
  expect(alarms).toEqual([expect.objectContaining({ kind: 'identity.password_overdue_on_post', subject: personId, body: { name: '王建国', post: '值班席', reason: 'age' } })]);
  expect(await operate(operator)).toBe(200);
  await relieve(personId);
  expect((await session(operator)).code).toBe('identity.session_ended');
  expect(await operate(await signIn('wangjianguo'))).toBe(403);
});

const disclosed = async (): Promise<void> => {
  const [operator, monitor, leader] = [await signIn('wangjianguo'), await signIn('liuxiaoyan'), await signIn('chenzhiqiang')];
  const report = (personId: string) => ask('POST', `/api/identity/people/${personId}/disclosures`, leader, { text: '密码写在便签上' });
  expect((await report(await idOf(monitor))).statusCode).toBe(200);
  expect(await operate(monitor)).toBe(403);
  expect((await changeTo(monitor, 'liuxiaoyan', fresh)).statusCode).toBe(200);
  expect(await operate(monitor)).toBe(200);
  const personId = await idOf(operator);
  expect((await report(personId)).statusCode).toBe(200);
  expect(await operate(operator)).toBe(200);
  expect(alarms).toEqual([expect.objectContaining({ kind: 'identity.password_overdue_on_post', body: expect.objectContaining({ reason: 'disclosed' }) })]);
  await relieve(personId);
  const after = await signIn('wangjianguo');
  expect(await operate(after)).toBe(403);
  expect((await changeTo(after, 'wangjianguo', fresh)).statusCode).toBe(200);
  expect((await session(after)).restriction).toBeNull();
};

test('[BUS-1.2.4 PASSWORD] a report that a password was disclosed forces its change', disclosed);

test('[BRN-A4.2 PASSWORD] a disclosed password must be changed, yet nobody on post is cut off before relief', async () => {
  await disclosed();
  expect((await room.facts('identity.password_disclosed')).map((fact) => fact.body['onPost'])).toEqual([false, true]);
});

const listDevice = async (device: string, kind: string, password: string | null, since = testStart) => {
  const technician = await signIn('zhoupeng');
  const list = (await ask('GET', '/api/identity/device-credentials', technician)).json();
  const { personId } = list.people.find((person: { name: string }) => person.name === '周鹏');
  const added = await ask('POST', '/api/identity/device-credentials', technician, { device, kind, account: 'admin', ownerId: personId, password, since });
  expect(added.statusCode, added.body).toBe(200);
  return { technician, personId, credentialId: added.json<{ credentialId: string }>().credentialId };
};
const findingsOf = async (cookie: string): Promise<Record<string, string[]>> =>
  Object.fromEntries((await ask('GET', '/api/identity/device-credentials', cookie)).json().credentials.map((one: { device: string; findings: string[] }) => [one.device, one.findings]));

test('[SAF-4.2.2 PASSWORD] a switch with its factory password is listed, also in the weekly look, and is off the list once it was changed', async () => {
  const { technician, personId, credentialId } = await listDevice('接入交换机 1', 'network', 'Admin@123');
  await listDevice('核心交换机', 'network', 'tuolan-cheshi-mengpu-5512');
  await listDevice('接入交换机 2', 'network', 'jiaohuanji2');
  expect(await findingsOf(technician)).toEqual({ '接入交换机 1': ['factory'], 核心交换机: [], '接入交换机 2': ['weak'] });
  await room.identity.sweep();
  room.clock.step(6 * dayMs);
  await room.identity.sweep();
  const looks = () => room.facts('identity.device_passwords_scanned');
  expect(await looks()).toHaveLength(1);
  room.clock.step(dayMs);
  await room.identity.sweep();
  expect((await looks()).at(-1)).toMatchObject({ body: { devices: 3, found: [expect.objectContaining({ device: '接入交换机 1', findings: ['factory'] }), expect.anything()] } });
  const later = await signIn('zhoupeng');
  expect((await ask('POST', `/api/identity/device-credentials/${credentialId}/rotations`, later, { ownerId: personId, password: fresh })).statusCode).toBe(200);
  expect((await findingsOf(later))['接入交换机 1']).toEqual([]);
  const kept = JSON.stringify([(await ask('GET', '/api/identity/device-credentials', later)).body, await room.facts()]);
  for (const secret of ['Admin@123', fresh]) expect(kept).not.toContain(secret);
});

test('[BRN-A4.1 PASSWORD] a computer without a password shows as a breach with who answers for it; one past its age is due', async () => {
  rules = { ...withoutRegulation, devicePasswordMaxAgeDays: 90 };
  const { technician } = await listDevice('值班台电脑 1', 'computer', null);
  await listDevice('值班台电脑 2', 'computer', fresh, testStart - 91 * dayMs);
  await listDevice('值班台电脑 3', 'computer', fresh);
  const { credentials } = (await ask('GET', '/api/identity/device-credentials', technician)).json();
  expect(credentials.map((one: { device: string; ownerName: string; signs: number; findings: string[] }) => [one.device, one.ownerName, one.signs, one.findings])).toEqual([
    ['值班台电脑 1', '周鹏', 0, ['no_password']],
    ['值班台电脑 2', '周鹏', fresh.length, ['overdue']],
    ['值班台电脑 3', '周鹏', fresh.length, []],
  ]);
});
