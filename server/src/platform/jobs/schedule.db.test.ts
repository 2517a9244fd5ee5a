/** Jobs begin together, share a database with whoever is at the screens, and are done by one server of several. */
import { sql } from 'kysely';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { createLog } from '../../base/log.ts';
import { openDatabase, type Database } from '../postgres/db.ts';
import { freshDatabase, type FreshDatabase } from '../postgres/testing/database.ts';
import { createSchedule, type Job } from './schedule.ts';

const log = createLog({ name: 'test', level: 'silent' });
let fresh: FreshDatabase;
let first: Database;
let second: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  first = openDatabase(fresh.appUrl, { log, connections: 2 });
  second = openDatabase(fresh.appUrl, { log, connections: 2 });
});
afterAll(async () => {
  await Promise.all([first.close(), second.close()]);
  await fresh.drop();
});

const scheduleOf = (database: Database, jobs: readonly Job[]): ReturnType<typeof createSchedule> => createSchedule(jobs, { database, clock: systemClock, log, registry: new Registry() });

test('many jobs at once leave connections to those who ask meanwhile', async () => {
  const names = Array.from({ length: 12 }, (_, n) => `test.job_${n}`);
  const begun = names.map(() => Promise.withResolvers<null>());
  const mayEnd = Promise.withResolvers<null>();
  const done: string[] = [];
  const jobs = names.map((name, n) => ({
    name, everyMs: 1_000,
    run: async () => {
      begun[n]?.resolve(null);
      await mayEnd.promise;
      await sql`select 1`.execute(first.db);
      done.push(name);
    },
  }));
  const schedule = scheduleOf(first, jobs);
  const runs = Promise.all(names.map((name) => schedule.runNow(name)));
  await Promise.all(begun.map(({ promise }) => promise));
  expect((await sql<{ one: number }>`select 1 as one`.execute(first.db)).rows).toEqual([{ one: 1 }]);
  mayEnd.resolve(null);
  await runs;
  expect(done.sort()).toEqual(names.sort());
});

test('of two servers one does a job; when it is done, or its server has gone, the other may', async () => {
  const runs: string[] = [];
  const begun = Promise.withResolvers<null>();
  const mayEnd = Promise.withResolvers<null>();
  const slow = scheduleOf(first, [{ name: 'test.shared', everyMs: 1_000, run: async () => {
    runs.push('first');
    begun.resolve(null);
    await mayEnd.promise;
  } }]);
  const other = scheduleOf(second, [{ name: 'test.shared', everyMs: 1_000, run: async () => void runs.push('second') }]);
  const held = slow.runNow('test.shared');
  await begun.promise;
  await other.runNow('test.shared');
  expect(runs).toEqual(['first']);
  mayEnd.resolve(null);
  await held;
  await other.runNow('test.shared');
  expect(runs).toEqual(['first', 'second']);
  const key = 7n;
  expect(await first.tryLock(key)).not.toBeNull();
  expect(await second.tryLock(key)).toBeNull();
  await first.close();
  expect(await second.tryLock(key)).not.toBeNull();
});
