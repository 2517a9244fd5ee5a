/** What becomes of the server's connections when PostgreSQL ends them under its hands. */
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock, wait } from '../../base/clock.ts';
import { createLog } from '../../base/log.ts';
import { isDatabaseAway, openDatabase, type Database } from './db.ts';
import { freshDatabase, type FreshDatabase } from './testing/database.ts';

let fresh: FreshDatabase;
let database: Database;
let admin: pg.Client;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.appUrl, { log: createLog({ name: 'test', level: 'silent' }) });
  admin = new pg.Client({ connectionString: fresh.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await database.close();
  await admin.end();
  await fresh.drop();
});

/** Two transactions that take the same two locks in opposite order, each holding its first when it asks for its second. */
const crosswise = async (): Promise<{ ends: string[]; runs: number }> => {
  const first = [Promise.withResolvers<null>(), Promise.withResolvers<null>()] as const;
  let runs = 0;
  const side = (mine: 0 | 1): Promise<string> =>
    database.transaction(async (tx) => {
      runs += 1;
      await sql`select pg_advisory_xact_lock(${mine})`.execute(tx);
      first[mine].resolve(null);
      await first[mine === 0 ? 1 : 0].promise;
      await sql`select pg_advisory_xact_lock(${mine === 0 ? 1 : 0})`.execute(tx);
      return `side ${mine}`;
    });
  return { ends: await Promise.all([side(0), side(1)]), runs };
};

const killAll = (): Promise<unknown> =>
  admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');

describe('when PostgreSQL ends the connections', () => {
  test('a transaction that asks nothing just then fails as "database away", and the process lives', async () => {
    const died: unknown[] = [];
    const note = (error: unknown): void => void died.push(error);
    process.on('uncaughtException', note);
    const attempt = database.transaction(async (tx) => {
      await sql`select 1`.execute(tx);
      await killAll();
      await wait(systemClock, 200);
      await sql`select 2`.execute(tx);
    });
    const error: unknown = await attempt.then(() => null, (reason: unknown) => reason);
    process.off('uncaughtException', note);
    expect(isDatabaseAway(error)).toBe(true);
    expect(died).toEqual([]);
    expect((await sql<{ one: number }>`select 1 as one`.execute(database.db)).rows).toEqual([{ one: 1 }]);
  });

  test('who listens is told that something may have been missed, and hears again', async () => {
    const heard: string[] = [];
    let missed: () => void = () => undefined;
    const again = new Promise<void>((resolve) => {
      missed = resolve;
    });
    const deafen = await database.listen('test_channel', (payload) => heard.push(payload), () => missed());
    await killAll();
    await again;
    await database.transaction((tx) => database.notify(tx, 'test_channel', 'after')).catch(() => database.transaction((tx) => database.notify(tx, 'test_channel', 'after')));
    for (let i = 0; heard.length === 0 && i < 50; i += 1) await wait(systemClock, 50);
    expect(heard).toEqual(['after']);
    await deafen();
  });

  test('two that begin to listen at the same moment both hear', async () => {
    const other = openDatabase(fresh.appUrl, { log: createLog({ name: 'test', level: 'silent' }) });
    const heard: string[] = [];
    await Promise.all(['one', 'two', 'three'].map((channel) => other.listen(channel, (payload) => heard.push(payload))));
    for (const channel of ['one', 'two', 'three']) await other.transaction((tx) => other.notify(tx, channel, channel));
    for (let i = 0; heard.length < 3 && i < 50; i += 1) await wait(systemClock, 50);
    expect(heard).toEqual(['one', 'two', 'three']);
    await other.close();
  });
});

test('a file that is not there is no database that is away', () => {
  const fault = (fields: object): Error => Object.assign(new Error('x'), fields);
  expect(isDatabaseAway(fault({ code: 'ENOENT', syscall: 'open' }))).toBe(false);
  expect(isDatabaseAway(fault({ code: 'ENOENT', syscall: 'connect' }))).toBe(true);
  expect(isDatabaseAway(fault({ code: '57P01' }))).toBe(true);
  expect(isDatabaseAway(fault({ code: '23505' }))).toBe(false);
});

test('two transactions that block each other both come to their end: the one that was broken off begins again', async () => {
  const { ends, runs } = await crosswise();
  expect(ends).toEqual(['side 0', 'side 1']);
  expect(runs).toBe(3);
});
