import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHttp, openTestRoom, signInOver, type TestRoom } from './testing/room.ts';
import type { DemonstrationPerson } from './index.ts';

let room: TestRoom;
let app: pg.Client;
let admin: pg.Client;
let people: DemonstrationPerson[];
beforeAll(async () => {
  room = await openTestRoom();
  people = await room.identity.makeDemonstration('zh-CN');
  app = new pg.Client({ connectionString: room.appUrl });
  admin = new pg.Client({ connectionString: room.adminUrl });
  await Promise.all([app.connect(), admin.connect()]);
});
afterAll(async () => {
  await Promise.all([app.end(), admin.end()]);
  await room.close();
});

describe('the server’s own database role', () => {
  test.each([
    `update identity.role_grants set role = 'system_administrator'`,
    `update identity.role_grants set from_at = '2020-01-01'`,
    `update identity.person_details set name = 'x'`,
    `update identity.people set account = 'x'`,
    `update identity.sessions set person_id = 'x'`,
    `update identity.sites set demonstration = false`,
    ...['sites', 'rooms', 'people', 'person_details', 'role_grants', 'deactivations', 'posts', 'post_holders', 'passwords', 'sessions'].map((table) => `delete from identity.${table}`),
  ])('may not: %s', async (statement) => {
    await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('every column of the schema says what it holds', async () => {
    const { rows } = await admin.query<{ name: string }>(`
      select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'identity' and c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped and col_description(c.oid, a.attnum) is null`);
    expect(rows).toEqual([]);
  });
});

test('a session that ended while a server could not hear is made up for when it hears again', async () => {
  const http = await openTestHttp(room);
  const stop = await room.identity.start();
  const leader = people.find((person) => person.role === 'leader')!;
  const cookie = await signInOver(http, leader.account, leader.password);
  const caller = await room.identity.gate.admit({ token: cookie.split('=')[1], source: '127.0.0.1', what: 'test' }, { kind: 'signed_in' });
  const heard = new Promise<void>((resolve) => {
    room.identity.onEnded(({ sessionId }) => {
      if (sessionId === caller?.sessionId) resolve();
    });
  });
  const cut = await admin.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'vigil-listen' and datname = current_database()`);
  expect(cut.rowCount).toBe(1);
  expect((await http.inject({ method: 'DELETE', url: '/api/identity/session', headers: { host: 'localhost', cookie } })).statusCode).toBe(200);
  await heard;
  await stop();
  await http.close();
});
