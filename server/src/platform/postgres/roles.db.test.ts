/** The server's role can read and add facts, and the server refuses any role that can do more. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refusal } from '../../base/refusal.ts';
import { assertNotOwner } from './roles.ts';
import { freshDatabase, type FreshDatabase } from './testing/database.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const withDb = async <T>(url: string, run: (db: Kysely<Record<string, never>>) => Promise<T>): Promise<T> => {
  const db = new Kysely<Record<string, never>>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }) });
  try {
    return await run(db);
  } finally {
    await db.destroy();
  }
};
const codeFor = (url: string): Promise<string> =>
  withDb(url, assertNotOwner).then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

test('the app role is accepted', async () => {
  expect(await codeFor(database.appUrl)).toBe('accepted');
});

test('a superuser is refused', async () => {
  expect(await codeFor(database.adminUrl)).toBe('database.role_superuser');
});

test('the owner of the tables is refused', async () => {
  expect(await codeFor(database.ownerUrl)).toBe('database.role_owner');
});

test('the app role makes no table and no schema', async () => {
  const app = new pg.Client({ connectionString: database.appUrl });
  await app.connect();
  await expect(app.query('CREATE TABLE public.x (a int)')).rejects.toThrow(/permission denied/);
  await expect(app.query('CREATE SCHEMA x')).rejects.toThrow(/permission denied/);
  await expect(app.query('CREATE TEMP TABLE x (a int)')).rejects.toThrow(/permission denied/);
  await app.end();
});
