/** The database of the room: embedded and kept running here, or somebody else's by URL. */
import { openSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock, wait } from '../../base/clock.ts';
import type { Config } from '../../base/config.ts';
import { declareRefusals } from '../../base/refusal.ts';
import { databaseEnding, prepareEmbedded, type PreparedDatabase } from '../../platform/postgres/embedded.ts';
import { createKeeper, type Keeper, type KeeperEvent } from '../../platform/process/keeper.ts';
import type { Terminal } from './terminal.ts';

export const roomDatabaseRefusals = declareRefusals('process', {
  database_keeps_ending: {
    kind: 'unavailable',
    zh: '数据库启动后马上结束，见 {log}',
    en: 'The database ends as soon as it is started; see {log}',
  },
});

export interface RoomDatabase {
  appUrl: string;
  /** Null: migrations are somebody else's business. */
  ownerUrl: string | null;
  /** Null with an external database, which has backups of its own. */
  adminUrl: string | null;
  cluster: string | null;
  /** Null with an external database. */
  keeper: Keeper | null;
}

export interface DatabaseOptions {
  config: Config;
  logs: string;
  terminal: Terminal;
  onEvent: (event: KeeperEvent) => void;
  /** The keeper exists before the database is ready, so that a stop meanwhile ends it too. */
  onKeeper: (keeper: Keeper) => void;
  stateRoot: string | undefined;
}

const startAttempts = 4;

const firstReady = async (prepared: PreparedDatabase, keeper: Keeper, log: string): Promise<void> => {
  let fault: unknown;
  let attempts = 0;
  let seen: unknown = null;
  while (attempts < startAttempts) {
    const child = keeper.current();
    if (child === null || child === seen) {
      await wait(systemClock, 20);
      continue;
    }
    seen = child;
    attempts += 1;
    try {
      await prepared.ready(child);
      return;
    } catch (error) {
      fault = error;
    }
  }
  throw Object.assign(roomDatabaseRefusals('database_keeps_ending', { log }), { cause: fault });
};

export const openRoomDatabase = async (options: DatabaseOptions): Promise<RoomDatabase> => {
  const { config, terminal } = options;
  if (config.databaseUrl !== null) {
    return { appUrl: config.databaseUrl, ownerUrl: config.databaseOwnerUrl, adminUrl: null, cluster: null, keeper: null };
  }
  const prepared = await prepareEmbedded({
    dataFolder: config.dataFolder,
    onNotice: (sentence) => terminal.tell(sentence),
    ...(options.stateRoot === undefined ? {} : { stateRoot: options.stateRoot }),
  });
  await terminal.during({ zh: '正在结束上次遗留的数据库进程…', en: 'Ending the database that an earlier run left…' }, () => prepared.endLeftover());
  const log = join(options.logs, 'postgres.log');
  const keeper = createKeeper({
    name: 'database',
    launch: () => {
      const handle = openSync(log, 'a', 0o600);
      try {
        return prepared.launch(['ignore', handle, handle]);
      } finally {
        closeSync(handle);
      }
    },
    ending: databaseEnding,
    onEvent: options.onEvent,
  });
  options.onKeeper(keeper);
  keeper.start();
  await terminal.during({ zh: '正在启动数据库…', en: 'Starting the database…' }, () => firstReady(prepared, keeper, log));
  return { appUrl: prepared.appUrl, ownerUrl: prepared.ownerUrl, adminUrl: prepared.adminUrl, cluster: prepared.cluster, keeper };
};
