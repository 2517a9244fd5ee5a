/** The server's own look before it serves: the database is exactly at this version, whoever migrated it. */
import { sql } from 'kysely';
import { declareRefusals } from '../../base/refusal.ts';
import type { Db } from './db.ts';
import { readMigrations } from './migrate-files.ts';
import { planMigrations, type AppliedMigration, type MigrationFile } from './migrate-plan.ts';

export const schemaRefusals = declareRefusals('database', {
  not_migrated: {
    kind: 'conflict',
    zh: '数据库还没有升级到这一版（缺 {name}）。请设置 VIGIL_DATABASE_OWNER_URL 后重新启动，由它完成升级。',
    en: 'The database has not been migrated to this version ({name} is missing). Set VIGIL_DATABASE_OWNER_URL and start again to migrate it.',
  },
});

/** Throws a Refusal when the database is older, newer, or was migrated by other files. */
export const assertMigrated = async (db: Db, files: readonly MigrationFile[] = readMigrations()): Promise<void> => {
  const { rows: found } = await sql<{ there: boolean }>`select to_regclass('platform.migrations') is not null as there`.execute(db);
  const applied = found[0]?.there === true ? (await sql<AppliedMigration>`select number, name, sha256 from platform.migrations order by number`.execute(db)).rows : [];
  const [due] = planMigrations(files, applied);
  if (due !== undefined) throw schemaRefusals('not_migrated', { name: due.name });
};
