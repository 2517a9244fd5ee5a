/** What the migration process does: settings from the environment, one sentence on stdout when it refuses, an exit code for the supervisor. */
import { join } from 'node:path';
import { systemClock } from '../../base/clock.ts';
import { Refusal } from '../../base/refusal.ts';
import { exitConfiguration, exitTemporary } from '../process/supervised.ts';
import { migrate, roleOf } from './migrate.ts';

const connectionFaults = new Set(['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN', '57P03', '57P01', '53300']);
const isConnectionFault = (error: unknown): boolean => error instanceof Error && 'code' in error && connectionFaults.has(String(error.code));

const say = (zh: string, en: string): void => {
  process.stdout.write(`· ${zh}\n  ${en}\n`);
};

/** Before an embedded database with something in it is migrated, all of it is saved; an external one has backups of its own. */
const saveFirst = async (dataFolder: string, adminUrl: string | undefined, cluster: string | undefined): Promise<void> => {
  if (adminUrl === undefined || cluster === undefined) {
    say('外部数据库：请确认其自身的备份。', 'External database: rely on its own backups.');
    return;
  }
  // Loaded only when there is something to save: most starts migrate nothing.
  const { backupRoom, backupName } = await import('./backup.ts');
  const file = join(dataFolder, 'backups', backupName(systemClock.now(), 'before-migration'));
  await backupRoom({ dataFolder, adminUrl, cluster, file, withFootage: false });
  say(`升级前已备份到 ${file}`, `Backed up before the migration: ${file}`);
};

export const migrateFromEnvironment = async (env: NodeJS.ProcessEnv = process.env): Promise<number> => {
  const ownerUrl = env['VIGIL_DATABASE_OWNER_URL'];
  const dataFolder = env['VIGIL_DATA'];
  if (ownerUrl === undefined || dataFolder === undefined) throw new Error('VIGIL_DATABASE_OWNER_URL and VIGIL_DATA are needed');
  try {
    await migrate({
      ownerUrl,
      appRole: roleOf(env['VIGIL_DATABASE_URL'] ?? ''),
      backup: () => saveFirst(dataFolder, env['VIGIL_DATABASE_ADMIN_URL'], env['VIGIL_CLUSTER']),
    });
    return 0;
  } catch (error) {
    if (isConnectionFault(error)) return exitTemporary;
    if (error instanceof Refusal) {
      process.stdout.write(`✗ ${error.sentence.zh}\n  ${error.sentence.en}\n`);
      return exitConfiguration;
    }
    throw error;
  }
};
