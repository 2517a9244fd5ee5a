import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../base/units.ts';
import { withoutRegulation } from './access-rules.ts';
import type { DemonstrationPerson } from './index.ts';
import { readWorkbook } from './people-file/workbook.ts';
import { writeCsv } from './people-file/csv.ts';
import { openTestHttp, openTestRoom, signInOver, type TestRoom } from './testing/room.ts';

let room: TestRoom;
let http: FastifyInstance;
let people: DemonstrationPerson[];
const dues: { device: string; dueAt: number }[] = [];
const ask = (method: 'GET' | 'DELETE' | 'POST' | 'PUT' | 'PATCH', url: string, cookie: string, payload: object = {}) =>
  http.inject({ method, url, headers: { host: 'localhost', cookie }, ...(method === 'GET' ? {} : { payload }) });
const signIn = (account: string): Promise<string> => signInOver(http, account, people.find((person) => person.account === account)!.password);
const session = async (cookie: string) => (await ask('GET', '/api/identity/session', cookie)).json();

beforeAll(async () => {
  room = await openTestRoom({ rotationDue: async (_tx, due) => void dues.push(due), rules: async () => ({ ...withoutRegulation, devicePasswordMaxAgeDays: 90 }) });
  http = await openTestHttp(room);
  people = await room.identity.makeDemonstration('zh-CN');
});
afterAll(async () => {
  await http.close();
  await room.close();
});
beforeEach(() => room.clock.step(hourMs));

describe('people by file', () => {
  const file = (rows: string[][]) => ({ fileName: '人员.csv', base64: Buffer.from(writeCsv([['姓名', '账号', '工号', '岗位', '语言', '有效期至'], ...rows])).toString('base64') });

  test('are looked at without a trace, come in with an end of their right, and the wrong rows come back as they were', async () => {
    const administrator = await signIn('linhaitao');
    const before = await room.count('identity.people');
    const read = (await ask('POST', '/api/identity/people/import/preview', administrator, file([['何静', 'hejing', '01', '监控员', '', '2026-12-31'], ['', 'x y', '', '厨师', '', '']]))).json();
    expect([read.good, read.rows.length, await room.count('identity.people')]).toEqual([1, 2, before]);
    const done = (await ask('POST', '/api/identity/people/import', administrator, { rows: read.rows })).json();
    expect(done.made).toEqual([expect.objectContaining({ account: 'hejing', name: '何静', password: expect.stringMatching(/^\w+-\w+-\w+-\d{4}$/) })]);
    expect(done.refused).toEqual([read.rows[1]]);
    expect((await room.facts('identity.people_imported')).at(-1)).toMatchObject({ body: { made: 1, refused: 1 } });
    const cookie = await signInOver(http, 'hejing', done.made[0].password);
    expect(await session(cookie)).toMatchObject({ restriction: 'change_password', person: { roles: [{ role: 'monitor', until: Date.parse('2026-12-31T16:00:00Z') }] } });
    expect(JSON.stringify(await room.facts())).not.toContain(done.made[0].password);
    // The same file a second time: the account is taken now.
    expect((await ask('POST', '/api/identity/people/import', administrator, { rows: read.rows })).json()).toMatchObject({ made: [], refused: [{ faults: [{ column: 'account' }] }, {}] });
  });

  test('need a fresh proof, and a file that is none is told so', async () => {
    const administrator = await signIn('linhaitao');
    for (const [bytes, code] of [['no table', 'file_no_heading'], ['姓名,账号\r\n', 'file_empty'], ['PK\u0003\u0004', 'file_unreadable']] as const) {
      expect((await ask('POST', '/api/identity/people/import/preview', administrator, { fileName: 'x', base64: Buffer.from(bytes).toString('base64') })).json()).toMatchObject({ code: `identity.${code}` });
    }
    room.clock.step(6 * minuteMs);
    expect((await ask('POST', '/api/identity/people/import/preview', administrator, file([]))).json()).toMatchObject({ code: 'identity.step_up_needed' });
  });

  test('go out as Excel and CSV, on record, and the template offers the titles of the site', async () => {
    const administrator = await signIn('linhaitao');
    expect((await ask('PUT', '/api/identity/titles/monitor', administrator, { title: { zh: '视频员', en: 'video clerk' } })).statusCode).toBe(200);
    const sheet = await readWorkbook((await ask('GET', '/api/identity/people/export?format=xlsx', administrator)).rawPayload);
    expect(sheet!.find((row) => row[1] === 'liuxiaoyan')).toEqual(['刘晓燕', 'liuxiaoyan', 'DM1002', '视频员', '中文', '']);
    expect((await ask('GET', '/api/identity/people/export?format=csv', administrator)).body).toContain('刘晓燕,liuxiaoyan,DM1002,视频员');
    expect((await room.facts('identity.people_exported')).map((fact) => fact.body['format'])).toEqual(['xlsx', 'csv']);
    expect((await readWorkbook((await ask('GET', '/api/identity/people/import/template', administrator)).rawPayload))![0]).toContain('岗位 Role');
  });
});

describe('titles of the site', () => {
  test('stand instead of the standard ones, bring in people by them, and no word means two roles', async () => {
    const administrator = await signIn('linhaitao');
    const set = (role: string, title: object | null) => ask('PUT', `/api/identity/titles/${role}`, administrator, { title });
    expect((await set('duty_operator', { zh: '调度员', en: 'dispatcher' })).statusCode).toBe(200);
    expect((await set('technician', { zh: '调度员', en: 'fitter' })).json()).toMatchObject({ code: 'identity.title_taken' });
    expect((await set('technician', { zh: '领导', en: 'chief' })).json()).toMatchObject({ code: 'identity.title_taken' });
    expect((await session(administrator)).titles).toContainEqual(expect.objectContaining({ role: 'duty_operator', zh: '调度员' }));
    expect((await set('duty_operator', null)).statusCode).toBe(200);
    expect((await session(administrator)).titles.map((title: { role: string }) => title.role)).not.toContain('duty_operator');
    const { rows } = await sql<{ ended: boolean }>`select until_at is not null as ended from identity.site_titles where role = 'duty_operator'`.execute(room.database.db);
    expect(rows).toEqual([{ ended: true }]);
  });
});

describe('rights', () => {
  test('are withdrawn at once and told to open windows; nobody grants to themselves; a second grant of one role is refused', async () => {
    const administrator = await signIn('linhaitao');
    const inspector = await signIn('heyonggang');
    const { personId } = (await session(inspector)).person;
    const grants = `/api/identity/people/${personId}/grants`;
    expect((await ask('POST', grants, administrator, { role: 'auditor', until: null, reason: '年审' })).statusCode).toBe(200);
    expect((await ask('POST', grants, administrator, { role: 'auditor', until: null, reason: '' })).json()).toMatchObject({ code: 'identity.role_held' });
    expect((await ask('POST', grants, administrator, { role: 'leader', until: room.clock.now() - 1, reason: '' })).json()).toMatchObject({ code: 'identity.end_passed' });
    expect((await ask('POST', grants, administrator, { role: 'system_administrator', until: null, reason: '' })).json()).toMatchObject({ code: 'identity.roles_conflict' });
    const own = (await session(administrator)).person.personId;
    expect((await ask('POST', `/api/identity/people/${own}/grants`, administrator, { role: 'auditor', until: null, reason: '' })).statusCode).toBe(403);
    expect((await ask('GET', '/api/identity/people', inspector)).statusCode).toBe(200);
    const { grantId } = (await ask('GET', grants, administrator)).json().grants.find((grant: { role: string }) => grant.role === 'auditor');
    expect((await ask('DELETE', `${grants}/${grantId}`, administrator)).statusCode).toBe(200);
    expect((await ask('GET', '/api/identity/people', inspector)).statusCode).toBe(403);
    expect((await ask('DELETE', `${grants}/${grantId}`, administrator)).json()).toMatchObject({ code: 'identity.grant_unknown' });
    expect((await room.facts('identity.role_ended')).at(-1)).toMatchObject({ subject: personId, body: { role: 'auditor' } });
  });
});

describe('qualifications and devices', () => {
  test('a scan is kept as it was given, and nobody records their own papers', async () => {
    const leader = await signIn('chenzhiqiang');
    const { people: all } = (await ask('GET', '/api/identity/qualifications', leader)).json();
    const idOf = (name: string): string => all.find((person: { name: string }) => person.name === name).personId;
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    const record = { personId: idOf('刘晓燕'), kind: 'guard_certificate', number: '3301', from: room.clock.now(), until: room.clock.now() + dayMs, scan: { type: 'image/png', base64: png.toString('base64') } };
    expect((await ask('POST', '/api/identity/qualifications', leader, { ...record, personId: idOf('陈志强') })).json()).toMatchObject({ code: 'identity.own_qualification' });
    expect((await ask('POST', '/api/identity/qualifications', leader, { ...record, scan: { type: 'image/jpeg', base64: png.toString('base64') } })).json()).toMatchObject({ code: 'identity.scan_unreadable' });
    const { qualificationId } = (await ask('POST', '/api/identity/qualifications', leader, record)).json();
    const scan = await ask('GET', `/api/identity/qualifications/${qualificationId}/scan`, leader);
    expect([scan.rawPayload.equals(png), scan.headers['content-type']]).toEqual([true, 'image/png']);
    expect((await ask('DELETE', `/api/identity/qualifications/${qualificationId}`, leader)).statusCode).toBe(200);
    expect((await ask('GET', '/api/identity/qualifications', leader)).json().qualifications).toEqual([]);
  });

  test('a device password is due for change after its age, lies sealed, and the same one is no change', async () => {
    const technician = await signIn('zhoupeng');
    const { personId } = (await session(technician)).person;
    const form = { device: '存储服务器', kind: 'computer', account: 'root', ownerId: personId, password: 'tuolan-cheshi-mengpu-5512' };
    const { credentialId } = (await ask('POST', '/api/identity/device-credentials', technician, form)).json();
    expect(dues).toEqual([expect.objectContaining({ device: '存储服务器', dueAt: room.clock.now() + 90 * dayMs })]);
    expect((await ask('POST', `/api/identity/device-credentials/${credentialId}/rotations`, technician, { ownerId: personId, password: form.password })).json()).toMatchObject({ code: 'identity.password_same' });
    expect((await ask('POST', `/api/identity/device-credentials/${credentialId}/disclosures`, technician, { text: '贴在机箱上' })).statusCode).toBe(200);
    const list = async () => (await ask('GET', '/api/identity/device-credentials', technician)).json().credentials[0];
    expect((await list()).findings).toEqual(['disclosed']);
    expect((await ask('POST', `/api/identity/device-credentials/${credentialId}/rotations`, technician, { ownerId: personId, password: 'lumbo-tieban-wuzang-7740' })).statusCode).toBe(200);
    expect((await list()).findings).toEqual([]);
    const { rows } = await sql<{ sealed_password: Buffer }>`select sealed_password from identity.device_passwords`.execute(room.database.db);
    expect(rows.some((row) => row.sealed_password.includes('tieban'))).toBe(false);
    expect((await ask('DELETE', `/api/identity/device-credentials/${credentialId}`, technician)).statusCode).toBe(200);
    expect(await list()).toBeUndefined();
  });

  test('who lost phone and keys is let in anew by a security administrator', async () => {
    const requester = await signIn('yangliping');
    const { personId } = (await session(requester)).person;
    const security = await signIn('gaoxuemei');
    expect((await ask('DELETE', `/api/identity/people/${personId}/second-factor`, security)).json()).toMatchObject({ code: 'identity.no_factor' });
    await ask('POST', '/api/identity/own-account/codes', requester);
    expect((await ask('DELETE', `/api/identity/people/${personId}/second-factor`, security)).statusCode).toBe(200);
    expect((await session(requester)).code).toBe('identity.session_ended');
    expect((await room.facts('identity.factor_reset')).at(-1)).toMatchObject({ subject: personId });
  });
});
