/** `vigil backup [file]`: the whole room into one file, while it runs or not. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../../base/clock.ts';
import { mebibyte } from '../../base/units.ts';
import type { BackupManifest } from '../../platform/postgres/backup-manifest.ts';
import { backupExternalRoom, backupName, backupRoom } from '../../platform/postgres/backup.ts';
import { prepareEmbedded, startEmbedded } from '../../platform/postgres/embedded.ts';
import { roleOf } from '../../platform/postgres/migrate.ts';
import { lockHolder, takeLock } from '../../platform/process/lock.ts';
import type { Command, CommandContext } from './command.ts';
import { commandRefusals } from './usage.ts';

const usage = 'backup [文件 file] [--with-footage]';

interface Access {
  adminUrl: string;
  cluster: string;
  close(): Promise<void>;
}

/** A running room's database is used as it is; a resting one is woken for the backup, under the room's lock. */
const openDatabase = async (dataFolder: string): Promise<Access> => {
  if (lockHolder(dataFolder) !== null) {
    const { adminUrl, cluster } = await prepareEmbedded({ dataFolder });
    return { adminUrl, cluster, close: async () => undefined };
  }
  const lock = takeLock(dataFolder);
  try {
    const running = await startEmbedded({ dataFolder, logFile: join(dataFolder, 'run', 'backup.log') });
    const close = async (): Promise<void> => {
      await running.stop();
      lock.release();
    };
    return { adminUrl: running.adminUrl, cluster: running.cluster, close };
  } catch (error) {
    lock.release();
    throw error;
  }
};

const backupOwn = async (dataFolder: string, file: string, withFootage: boolean): Promise<Pick<BackupManifest, 'files'>> => {
  const access = await openDatabase(dataFolder);
  try {
    return await backupRoom({ dataFolder, cluster: access.cluster, adminUrl: access.adminUrl, file, withFootage });
  } finally {
    await access.close();
  }
};

const run = async ({ args, config, tell, line }: CommandContext): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { 'with-footage': { type: 'boolean', default: false } } });
  if (positionals.length > 1) throw commandRefusals('usage', { usage });
  const { dataFolder, databaseUrl, databaseOwnerUrl } = config;
  if (databaseUrl !== null && databaseOwnerUrl === null) throw commandRefusals('external_database');
  if (databaseUrl === null && !existsSync(join(dataFolder, 'secrets', 'database.json'))) throw commandRefusals('no_room', { folder: dataFolder });
  const file = resolve(positionals[0] ?? join(dataFolder, 'backups', backupName(systemClock.now(), 'backup')));
  if (existsSync(file)) throw commandRefusals('file_exists', { file });
  const withFootage = values['with-footage'];
  const { files } = databaseUrl !== null && databaseOwnerUrl !== null ? await backupExternalRoom({ dataFolder, ownerUrl: databaseOwnerUrl, appRole: roleOf(databaseUrl), file, withFootage }) : await backupOwn(dataFolder, file, withFootage);
  const size = Math.ceil(files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / mebibyte);
  tell({
    zh: `已备份 ${files.length} 个文件(${size} MB，压缩前)。文件内有密钥和口令，请妥善保管${withFootage ? '' : '；不含录像'}。`,
    en: `Backed up ${files.length} files (${size} MB before compression). It holds keys and passwords: keep it safe${withFootage ? '' : '; footage is not in it'}.`,
  });
  line(file);
  return 0;
};

export const command: Command = { summary: { zh: '备份整个监控室（不含录像，除非要求）', en: 'Back up the whole room (without footage unless asked)' }, usage, run };
