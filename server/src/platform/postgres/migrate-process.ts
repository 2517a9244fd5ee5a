/** What the migration process does: settings from the environment, one sentence on stdout when it refuses, an exit code for the supervisor. */
import { join } from 'node:path';
import { systemClock } from '../../base/clock.ts';
import { Refusal } from '../../base/refusal.ts';
import { exitConfiguration, exitTemporary } from '../process/supervised.ts';
import { migrate, roleOf } from './migrate.ts';
import { migrateRefusals } from './migrate-plan.ts';

const connectionFaults = new Set(['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN', '57P03', '57P01', '53300']);
const isConnectionFault = (error: unknown): boolean => error instanceof Error && 'code' in error && connectionFaults.has(String(error.code));

const say = (zh: string, en: string): void => {
  process.stdout.write(`· ${zh}\n  ${en}\n`);
};

interface Saved {
  dataFolder: string;
  ownerUrl: string;
  appRole: string;
  /** Both undefined: somebody else's database, whose files are out of reach. */
  adminUrl: string | undefined;
  cluster: string | undefined;
}

/** Before a database with something in it is migrated, all of it is saved; without a backup nothing is migrated. */
const saveFirst = async ({ dataFolder, ownerUrl, appRole, adminUrl, cluster }: Saved): Promise<void> => {
  // Loaded only when there is something to save: most starts migrate nothing.
  const { backupExternalRoom, backupRoom, backupName, howToRestore } = await import('./backup.ts');
  const file = join(dataFolder, 'backups', backupName(systemClock.now(), 'before-migration'));
  const isExternal = adminUrl === undefined || cluster === undefined;
  try {
    if (isExternal) await backupExternalRoom({ dataFolder, ownerUrl, appRole, file, withFootage: false });
    else await backupRoom({ dataFolder, adminUrl, cluster, file, withFootage: false });
  } catch (error) {
    if (isConnectionFault(error)) throw error;
    throw Object.assign(migrateRefusals('not_backed_up', { file, reason: error instanceof Error ? error.message : String(error) }), { cause: error });
  }
  say(`升级前已备份到 ${file}`, `Backed up before the migration: ${file}`);
  if (isExternal) say(`如需恢复到空数据库：${howToRestore(file, dataFolder)}`, `To bring it back into an empty database: ${howToRestore(file, dataFolder)}`);
};

export const migrateFromEnvironment = async (env: NodeJS.ProcessEnv = process.env): Promise<number> => {
  const ownerUrl = env['VIGIL_DATABASE_OWNER_URL'];
  const dataFolder = env['VIGIL_DATA'];
  if (ownerUrl === undefined || dataFolder === undefined) throw new Error('VIGIL_DATABASE_OWNER_URL and VIGIL_DATA are needed');
  try {
    const appRole = roleOf(env['VIGIL_DATABASE_URL'] ?? '');
    const saved = { dataFolder, ownerUrl, appRole, adminUrl: env['VIGIL_DATABASE_ADMIN_URL'], cluster: env['VIGIL_CLUSTER'] };
    await migrate({ ownerUrl, appRole, backup: () => saveFirst(saved) });
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
