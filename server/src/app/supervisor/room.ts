/**
 * A room's processes: the recorder first and alone, then database, migrations, server, and the simulated cameras when asked for. None
 * waits for another but the server, which needs a migrated database; so the death of one never stops the recorder.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock, wait } from '../../base/clock.ts';
import type { Config } from '../../base/config.ts';
import { hourMs, secondMs } from '../../base/units.ts';
import { isMigrated, noteMigrated } from '../../platform/postgres/migrate-files.ts';
import { exitOf } from '../../platform/process/launch.ts';
import { logFolder, trimLogs } from '../../platform/process/log-files.ts';
import { addressLine, exitConfiguration, exitTemporary, isSupervisorMessage } from '../../platform/process/supervised.ts';
import { createChildren, type ChildName, type Children } from './children.ts';
import { openRoomDatabase, type RoomDatabase } from './database.ts';
import type { Programs } from './programs.ts';
import type { Terminal } from './terminal.ts';

export interface RoomOptions {
  config: Config;
  programs: Programs;
  terminal: Terminal;
  /** Variables that complete our own environment (the room's own certificate). */
  settings: Readonly<Record<string, string | undefined>>;
  stateRoot: string | undefined;
  /** The room cannot open. */
  onFailed: () => void;
}

export interface Room {
  open(): Promise<void>;
  close(hurry: AbortSignal): Promise<void>;
}

const closingOrder: readonly ChildName[] = ['migrate', 'server', 'recorder', 'simulators', 'database'];
/** Recorder and server must not hold the owner's power; the recorder needs no database at all. */
const noDatabase = { VIGIL_DATABASE_URL: undefined, VIGIL_DATABASE_OWNER_URL: undefined };
const migrateRetryMs = 2 * secondMs;

const migrateOnce = (children: Children, database: RoomDatabase, ownerUrl: string): Promise<number> => {
  const keeper = children.keep(
    'migrate',
    [],
    {
      VIGIL_DATABASE_URL: database.appUrl,
      VIGIL_DATABASE_OWNER_URL: ownerUrl,
      VIGIL_DATABASE_ADMIN_URL: database.adminUrl ?? undefined,
      VIGIL_CLUSTER: database.cluster ?? undefined,
    },
    { isFinal: () => true },
  );
  const child = keeper.current();
  return child === null ? Promise.resolve(exitTemporary) : exitOf(child);
};

/** True when the server may start. Without an owner's URL somebody else migrates, and the server compares versions itself. */
const migrated = async (children: Children, database: RoomDatabase, { config, terminal }: RoomOptions, closing: AbortSignal): Promise<boolean> => {
  const { ownerUrl, cluster } = database;
  if (ownerUrl === null) return true;
  if (cluster !== null && isMigrated(config.dataFolder, cluster)) return true;
  for (let attempt = 1; !closing.aborted; attempt += 1) {
    const code = await terminal.during({ zh: '正在升级数据库…', en: 'Migrating the database…' }, () => migrateOnce(children, database, ownerUrl));
    children.drop('migrate');
    if (code === 0) {
      if (cluster !== null) noteMigrated(config.dataFolder, cluster);
      return true;
    }
    if (code !== exitTemporary) return false;
    if (attempt === 1) terminal.tell({ zh: '数据库没有应答，继续等待…', en: 'The database does not answer; waiting for it…' });
    await wait(systemClock, migrateRetryMs);
  }
  return false;
};

/** Starts the simulated cameras when the server asks, and prints the address once when it is ready for the first time. */
const createFrontDesk = (children: Children, options: RoomOptions, closing: AbortSignal) => {
  const asked = join(options.config.dataFolder, 'simulators.json');
  let opened = false;
  const startSimulators = (args: readonly string[]): void => {
    if (closing.aborted || children.has('simulators')) return;
    writeFileSync(asked, `${JSON.stringify(args)}\n`, { mode: 0o600 });
    children.keep('simulators', args, noDatabase);
  };
  const onMessage = (message: unknown): void => {
    if (!isSupervisorMessage(message)) return;
    if ('start' in message) return startSimulators(message.args);
    if (!opened) options.terminal.line(addressLine(message.ready));
    opened = true;
  };
  /** A wrong setting found by the server ends the first start; later, with a recorder at work, it is tried again. */
  const isFinal = (code: number | null): boolean => {
    if (code !== exitConfiguration || opened) return false;
    options.onFailed();
    return true;
  };
  return {
    startAskedBefore: () => {
      if (existsSync(asked)) startSimulators(JSON.parse(readFileSync(asked, 'utf8')) as string[]);
    },
    startServer: (appUrl: string) => void children.keep('server', [], { ...noDatabase, VIGIL_DATABASE_URL: appUrl }, { onMessage, isFinal }),
  };
};

export const createRoom = (options: RoomOptions): Room => {
  const { config, programs, terminal, settings } = options;
  const logs = logFolder(config.dataFolder);
  const closing = new AbortController();
  const isClosing = (): boolean => closing.signal.aborted;
  const children = createChildren({ dataFolder: config.dataFolder, logs, programs, terminal, settings });
  const desk = createFrontDesk(children, options, closing.signal);
  const trimming = systemClock.every(hourMs, () => trimLogs(logs));
  trimLogs(logs);
  return {
    open: async () => {
      children.keep('recorder', ['--data', config.dataFolder], noDatabase);
      desk.startAskedBefore();
      const database = await openRoomDatabase({
        config,
        logs,
        terminal,
        stateRoot: options.stateRoot,
        onEvent: (event) => children.onEvent('database', event),
        onKeeper: (keeper) => children.add(keeper),
      });
      if (isClosing()) return;
      const ready = await migrated(children, database, options, closing.signal);
      if (isClosing()) return;
      if (ready) desk.startServer(database.appUrl);
      else terminal.tell({ zh: '服务没有启动；录像继续。按 Ctrl-C 结束。', en: 'The server was not started; recording goes on. Ctrl-C ends it.' });
    },
    close: async (hurry) => {
      closing.abort();
      trimming.cancel();
      await children.close(closingOrder, hurry);
    },
  };
};
