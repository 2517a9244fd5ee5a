/** The migration files of this program, and a stamp that spares a room at rest the migration process on every start. No driver is imported here: the supervisor uses it. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { programRoot } from '../process/program-root.ts';
import { migrationFile, type MigrationFile } from './migrate-plan.ts';

export const migrationsFolder = (): string => join(programRoot(), 'server', 'migrations');

export const readMigrations = (folder = migrationsFolder()): MigrationFile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => migrationFile(name.slice(0, -'.sql'.length), readFileSync(join(folder, name), 'utf8')));

const stampFile = (dataFolder: string): string => join(dataFolder, 'run', 'migrated');

/** Changes with any migration file and with the cluster it speaks of. */
const stampOf = (cluster: string, files: readonly MigrationFile[]): string =>
  createHash('sha256')
    .update([cluster, ...files.map((file) => `${file.name} ${file.sha256}`)].join('\n'))
    .digest('hex');

/** True when the last thing that happened to this embedded cluster was a migration to exactly these files. */
export const isMigrated = (dataFolder: string, cluster: string, files = readMigrations()): boolean => {
  try {
    return readFileSync(stampFile(dataFolder), 'utf8') === stampOf(cluster, files);
  } catch {
    return false;
  }
};

export const noteMigrated = (dataFolder: string, cluster: string, files = readMigrations()): void => {
  mkdirSync(dirname(stampFile(dataFolder)), { recursive: true, mode: 0o700 });
  writeFileSync(stampFile(dataFolder), stampOf(cluster, files), { mode: 0o600 });
};

/** A restore may bring back an older database. */
export const forgetMigrated = (dataFolder: string): void => rmSync(stampFile(dataFolder), { force: true });
