/** Which migrations are due: pure, so that every refusal can be tried without a database. */
import { createHash } from 'node:crypto';
import { declareRefusals } from '../../base/refusal.ts';

export const migrateRefusals = declareRefusals('database', {
  newer: {
    kind: 'conflict',
    zh: '数据库由较新的 Vigil 升级过（{name}），这一版不认识。请使用较新的版本，或用 vigil restore 恢复升级前的备份。',
    en: 'The database was migrated by a newer Vigil ({name}), which this version does not know. Use the newer version, or restore the backup made before with vigil restore.',
  },
  changed: {
    kind: 'conflict',
    zh: '迁移 {name} 在执行之后被改动，拒绝启动。',
    en: 'Migration {name} was changed after it had been applied; refusing to go on.',
  },
  numbering: {
    kind: 'conflict',
    zh: '迁移文件的编号有误：{name}',
    en: 'The migration files are wrongly numbered: {name}',
  },
  not_backed_up: {
    kind: 'unavailable',
    zh: '升级前的备份 {file} 没有做成，因此数据库没有升级：{reason}',
    en: 'The backup {file} before the migration could not be made, so nothing was migrated: {reason}',
  },
  migration_failed: {
    kind: 'unavailable',
    zh: '迁移 {name} 失败，数据库保持在原来的版本：{reason}',
    en: 'Migration {name} failed; the database stays as it was: {reason}',
  },
});

export interface MigrationFile {
  number: number;
  /** File name without `.sql`. */
  name: string;
  sql: string;
  sha256: string;
}

export interface AppliedMigration {
  number: number;
  name: string;
  sha256: string;
}

const namePattern = /^(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*$/;

export const migrationFile = (name: string, sql: string): MigrationFile => {
  const number = namePattern.exec(name)?.[1];
  if (number === undefined) throw migrateRefusals('numbering', { name });
  // Line ends may differ between checkouts; the meaning does not.
  const text = sql.replaceAll('\r\n', '\n');
  return { number: Number(number), name, sql: text, sha256: createHash('sha256').update(text).digest('hex') };
};

/** Migrations to apply, in order; throws when files and database do not belong together. */
export const planMigrations = (files: readonly MigrationFile[], applied: readonly AppliedMigration[]): MigrationFile[] => {
  const ordered = files.toSorted((a, b) => a.number - b.number);
  const twice = ordered.find((file, index) => file.number === ordered[index - 1]?.number);
  if (twice !== undefined) throw migrateRefusals('numbering', { name: twice.name });
  const known = new Map(ordered.map((file) => [file.number, file]));
  for (const row of applied) {
    const file = known.get(row.number);
    if (file === undefined) throw migrateRefusals('newer', { name: row.name });
    if (file.sha256 !== row.sha256 || file.name !== row.name) throw migrateRefusals('changed', { name: row.name });
    known.delete(row.number);
  }
  const due = [...known.values()];
  // A hole below an applied one means that two lines of history were mixed.
  const newest = Math.max(0, ...applied.map((row) => row.number));
  const hole = due.find((file) => file.number < newest);
  if (hole !== undefined) throw migrateRefusals('numbering', { name: hole.name });
  return due;
};
