/** The room's database for a command: somebody else's by URL, the one that runs, or the resting one, woken under the room's lock. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../base/config.ts';
import { createLog } from '../../base/log.ts';
import { openDatabase, type Database } from '../../platform/postgres/db.ts';
import { prepareEmbedded, startEmbedded } from '../../platform/postgres/embedded.ts';
import { lockHolder, takeLock } from '../../platform/process/lock.ts';
import { commandRefusals } from './usage.ts';

export interface ReachOptions {
  config: Pick<Config, 'dataFolder' | 'databaseUrl' | 'logLevel'>;
  /** Where databases run under another account live, as in EmbeddedOptions; tests set it. */
  stateRoot?: string;
}

interface Reached {
  appUrl: string;
  leave(): Promise<void>;
}

const reach = async ({ config, stateRoot }: ReachOptions): Promise<Reached> => {
  const { dataFolder, databaseUrl } = config;
  if (databaseUrl !== null) return { appUrl: databaseUrl, leave: async () => undefined };
  if (!existsSync(join(dataFolder, 'secrets'))) throw commandRefusals('no_room', { folder: dataFolder });
  const options = { dataFolder, ...(stateRoot === undefined ? {} : { stateRoot }) };
  if (lockHolder(dataFolder) !== null) return { appUrl: (await prepareEmbedded(options)).appUrl, leave: async () => undefined };
  const lock = takeLock(dataFolder);
  try {
    const embedded = await startEmbedded(options);
    return {
      appUrl: embedded.appUrl,
      leave: async () => {
        await embedded.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
};

/** Runs `work` with the database as the server sees it, and leaves things as they were. */
export const withDatabase = async <T>(options: ReachOptions, work: (database: Database, appUrl: string) => Promise<T>): Promise<T> => {
  const reached = await reach(options);
  try {
    const database = openDatabase(reached.appUrl, { log: createLog({ name: 'vigil', level: options.config.logLevel }), connections: 3 });
    try {
      return await work(database, reached.appUrl);
    } finally {
      await database.close();
    }
  } finally {
    await reached.leave();
  }
};
