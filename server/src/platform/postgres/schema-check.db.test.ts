import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../base/log.ts';
import { openDatabase, type Database } from './db.ts';
import { migrationFile } from './migrate-plan.ts';
import { readMigrations } from './migrate-files.ts';
import { assertMigrated } from './schema-check.ts';
import { freshDatabase, type FreshDatabase } from './testing/database.ts';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.appUrl, { log: createLog({ name: 'test', level: 'silent' }) });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

test('a database at this version is served, seen with the rights of the app alone', async () => {
  await expect(assertMigrated(database.db)).resolves.toBeUndefined();
});

test('one that lacks a migration is not served, and the sentence says how to get it', async () => {
  const files = [...readMigrations(), migrationFile('0999-later', 'select 1;')];
  await expect(assertMigrated(database.db, files)).rejects.toMatchObject({ code: 'database.not_migrated', sentence: { zh: expect.stringContaining('0999-later') } });
});

test('one that a newer program migrated is not served', async () => {
  await expect(assertMigrated(database.db, readMigrations().slice(0, -1))).rejects.toMatchObject({ code: 'database.newer' });
});
