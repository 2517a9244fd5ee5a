/** A backup of the room while it runs, by the same command that a person would give, in a process of its own at low priority. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setPriority } from 'node:os';
import type { Config } from '../base/config.ts';
import { childEnvironment, exitOf, launchNode } from '../platform/process/launch.ts';

const lowPriority = 10;
const entry = (): string => {
  const compiled = join(import.meta.dirname, 'commands', 'vigil.js');
  return existsSync(compiled) ? compiled : join(import.meta.dirname, 'commands', 'vigil.ts');
};

/** The embedded database is reached by the command itself; the server's own address of it would make it a foreign one. */
export const backupByCommand =
  ({ dataFolder }: Pick<Config, 'dataFolder'>) =>
  async (file: string): Promise<void> => {
    const own = existsSync(join(dataFolder, 'secrets', 'database.json'));
    const logFile = join(dataFolder, 'logs', 'backup.log');
    const child = launchNode({ entry: entry(), args: ['backup', file], logFile, env: childEnvironment({ VIGIL_DATA: dataFolder, ...(own ? { VIGIL_DATABASE_URL: undefined, VIGIL_DATABASE_OWNER_URL: undefined } : {}) }) });
    if (child.pid !== undefined) setPriority(child.pid, lowPriority);
    const code = await exitOf(child);
    if (code !== 0) throw new Error(`vigil backup ended with ${code}; see ${logFile}`);
  };
