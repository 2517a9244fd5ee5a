/** A database of somebody else's: saved before it is migrated, brought back row for row, and not touched when it cannot be saved. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { exitConfiguration } from '../process/supervised.ts';
import { readArchive } from './backup-archive.ts';
import { migrateFromEnvironment } from './migrate-process.ts';
import { readMigrations } from './migrate-files.ts';
import { migrate } from './migrate.ts';
import { freshDatabase, type FreshDatabase } from './testing/database.ts';
import { runScript } from './testing/run-script.ts';

const shipped = readMigrations();
const newest = shipped.at(-1)?.name ?? '';
let any: FreshDatabase;
let folder: string;
const made: string[] = [];

const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};
const withName = (url: string, name: string): string => url.replace(/\/t_[0-9a-f]+(?=\?|$)/, `/${name}`);
/** An empty database of the owner of the schemas. */
const emptyDatabase = async (): Promise<{ ownerUrl: string; adminUrl: string; appUrl: string }> => {
  const name = `e_${process.pid}_${made.length}`;
  made.push(name);
  await withClient(any.adminUrl, (admin) => admin.query(`create database ${name} owner vigil_owner`));
  return { ownerUrl: withName(any.ownerUrl, name), adminUrl: withName(any.adminUrl, name), appUrl: withName(any.appUrl, name) };
};

beforeAll(async () => {
  any = await freshDatabase();
});
afterAll(async () => {
  await withClient(any.adminUrl, async (admin) => {
    for (const name of made) await admin.query(`drop database ${name} with (force)`);
  });
  await any.drop();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-external-'));
  mkdirSync(join(folder, 'keys'));
  writeFileSync(join(folder, 'keys', 'cameras.key'), 'key');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Rows with everything that a text format can stumble over, a generated column, an identity column, a key between tables. */
const fill = (ownerUrl: string): Promise<unknown> =>
  withClient(ownerUrl, async (owner) => {
    await owner.query(`insert into identity.people (person_id, account, account_key, language, added_at, added_by) values ('per_' || repeat('0', 26), 'wang', 'wang', 'zh-CN', now(), 'set-up')`);
    await owner.query(`insert into identity.role_grants (person_id, role, scope_id, from_at, granted_by) values ('per_' || repeat('0', 26), 'auditor', 'room_x', now(), 'set-up')`);
    const insert = `insert into ledger.facts (site_id, seq, recorded_at, at, kind, version, subject, actor_kind, actor_id, canonical) values ('site_x', $1, $1, $1, 'a.b', 1, $2, 'process', 'p', $3)`;
    for (const [index, subject] of ['制表\t换行\n反斜杠\\ 引号\' "', '\\.', '\\N', 'plain'].entries()) await owner.query(insert, [index + 1, subject, Buffer.from([0, 10, 92, 46, 255, index])]);
  });

/** Sum of all rows by table, and what guards them. */
const contents = (adminUrl: string): Promise<Record<string, string>> =>
  withClient(adminUrl, async (admin) => {
    const found: Record<string, string> = {};
    const { rows: tables } = await admin.query<{ name: string }>("select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not like 'pg_%' and schemaname <> 'information_schema' order by 1");
    for (const { name } of tables) {
      const { rows } = await admin.query<{ sum: string }>(`select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from ${name} t`);
      found[name] = rows[0]?.sum ?? '';
    }
    const list = async (what: string, text: string): Promise<void> => {
      found[what] = JSON.stringify((await admin.query(text)).rows);
    };
    await list('triggers', "select tgrelid::regclass::text as on, tgname, tgenabled from pg_trigger where not tgisinternal order by 1, 2");
    await list('keys', "select conrelid::regclass::text as on, conname, pg_get_constraintdef(oid) from pg_constraint where contype = 'f' order by 1, 2");
    await list('sequences', "select schemaname, sequencename, last_value from pg_sequences order by 1, 2");
    await list('grants', "select table_schema, table_name, grantee, privilege_type from information_schema.role_table_grants where grantee = 'vigil_app' order by 1, 2, 3, 4");
    return found;
  });

const scriptOf = async (file: string): Promise<{ script: string; paths: string[] }> => {
  const paths: string[] = [];
  let script = '';
  await readArchive(file, async ({ path }, content) => {
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(Buffer.from(chunk));
    paths.push(path);
    if (path === 'database.sql') script = Buffer.concat(chunks).toString('utf8');
  });
  return { script, paths };
};
const migrateAsStarted = (database: { ownerUrl: string; appUrl: string }): Promise<number> =>
  migrateFromEnvironment({ VIGIL_DATABASE_OWNER_URL: database.ownerUrl, VIGIL_DATABASE_URL: database.appUrl, VIGIL_DATA: folder });

test('before it is migrated all of it is saved, and the backup brings every row, key, trigger and right back', async () => {
  const database = await emptyDatabase();
  await migrate({ ownerUrl: database.ownerUrl, files: shipped.slice(0, -1) });
  await fill(database.ownerUrl);
  const before = await contents(database.adminUrl);
  expect(await migrateAsStarted(database)).toBe(0);
  expect(await withClient(database.ownerUrl, async (owner) => (await owner.query('select name from platform.migrations where name = $1', [newest])).rowCount)).toBe(1);
  const [name = ''] = readdirSync(join(folder, 'backups'));
  expect(name).toMatch(/^vigil-before-migration-\d{8}T\d{6}Z\.tar\.gz$/);
  const { script, paths } = await scriptOf(join(folder, 'backups', name));
  expect(paths).toEqual(expect.arrayContaining(['database.sql', 'data/keys/cameras.key', 'manifest.json']));
  const other = await emptyDatabase();
  await runScript(other.ownerUrl, script);
  expect(await contents(other.adminUrl)).toEqual(before);
  // Still append-only, also for the owner; and the program goes on from there.
  await expect(withClient(other.ownerUrl, (owner) => owner.query('update ledger.facts set subject = $1', ['x']))).rejects.toThrow();
  expect((await migrate({ ownerUrl: other.ownerUrl })).applied).toEqual([newest]);
});

test('what cannot be saved is not migrated', async () => {
  const database = await emptyDatabase();
  await migrate({ ownerUrl: database.ownerUrl, files: shipped.slice(0, -1) });
  writeFileSync(join(folder, 'backups'), 'a file where the folder should be');
  const before = await contents(database.adminUrl);
  expect(await migrateAsStarted(database)).toBe(exitConfiguration);
  expect(await contents(database.adminUrl)).toEqual(before);
});
