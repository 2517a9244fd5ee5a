/** Migrations on a real PostgreSQL: whole or not at all, once, and never on a database that they do not know. */
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refusal } from '../../base/refusal.ts';
import { migrationFile } from './migrate-plan.ts';
import { readMigrations } from './migrate-files.ts';
import { appliedMigrations, migrate, roleOf } from './migrate.ts';
import { freshDatabase, type FreshDatabase } from './testing/database.ts';

const shipped = readMigrations();
const next = (shipped.at(-1)?.number ?? 0) + 1;
const named = (offset: number, word: string, sql: string) => migrationFile(`${String(next + offset).padStart(4, '0')}-${word}`, sql);

let database: FreshDatabase;
let owner: pg.Client;
beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});
const exists = async (table: string): Promise<boolean> =>
  (await owner.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [table])).rows[0]?.there === true;

test('every shipped migration is recorded with its hash', async () => {
  expect(await appliedMigrations(owner)).toEqual(shipped.map(({ number, name, sha256 }) => ({ number, name, sha256 })));
});

test('a second run applies nothing and makes no backup', async () => {
  let backups = 0;
  const result = await migrate({ ownerUrl: database.ownerUrl, backup: async () => void (backups += 1) });
  expect(result.applied).toEqual([]);
  expect(backups).toBe(0);
});

test('a failing migration leaves nothing behind, keeps the one before it, and a backup was made first', async () => {
  const good = named(0, 'good', 'CREATE TABLE platform.good (a int);');
  const bad = named(1, 'bad', 'CREATE TABLE platform.half (a int); SELECT 1 / 0;');
  const steps: string[] = [];
  const failed = await migrate({
    ownerUrl: database.ownerUrl,
    files: [...shipped, good, bad],
    backup: async (from, to) => void steps.push(`backup ${from.number}→${to.number}`),
    onApplied: (name) => void steps.push(name),
  }).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(Refusal);
  expect((failed as Refusal).code).toBe('database.migration_failed');
  expect(steps).toEqual([`backup ${next - 1}→${next}`, good.name]);
  expect(await exists('platform.good')).toBe(true);
  expect(await exists('platform.half')).toBe(false);
  expect((await appliedMigrations(owner)).at(-1)?.name).toBe(good.name);
});

test('two starts at once apply a migration once', async () => {
  const good = named(0, 'good', 'CREATE TABLE platform.good (a int);');
  const slow = named(1, 'slow', 'SELECT pg_sleep(0.2); CREATE TABLE platform.slow (a int);');
  const files = [...shipped, good, slow];
  const both = await Promise.all([1, 2].map(() => migrate({ ownerUrl: database.ownerUrl, files })));
  expect(both.map((result) => result.applied.length).toSorted()).toEqual([0, 1]);
});

test('grants go to the role of the URL, whatever it is called', async () => {
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const role = `r_${next}_${Math.floor(performance.now())}`;
  await admin.query(`CREATE ROLE ${role}`);
  const files = [...shipped, named(0, 'good', 'CREATE TABLE platform.good (a int);'), named(1, 'slow', 'SELECT pg_sleep(0.2); CREATE TABLE platform.slow (a int);')];
  files.push(named(2, 'grant', 'GRANT SELECT ON platform.good TO vigil_app;'));
  await migrate({ ownerUrl: database.ownerUrl, appRole: role, files });
  const may = await admin.query<{ may: boolean }>(`SELECT has_table_privilege('${role}', 'platform.good', 'SELECT') AS may`);
  expect(may.rows[0]?.may).toBe(true);
  await admin.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  await admin.end();
});

test('the role is read from a URL of either form', () => {
  expect(roleOf('postgresql://a%20b:x@/vigil?host=%2Ftmp')).toBe('a b');
  expect(roleOf('postgres://app@db.example.cn/vigil')).toBe('app');
});
