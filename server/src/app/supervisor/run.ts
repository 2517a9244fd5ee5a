/** The life of the supervisor: settings, lock, room, signals, exit code. */
import { mkdirSync, chmodSync } from 'node:fs';
import { readConfig, type Config } from '../../base/config.ts';
import { systemClock } from '../../base/clock.ts';
import { assertPortFree } from '../../platform/process/port.ts';
import { assertNoUnfinishedRestore } from '../../platform/postgres/restore-note.ts';
import { endLeftovers, forgetChildren } from '../../platform/process/leftovers.ts';
import { takeLock, type Lock } from '../../platform/process/lock.ts';
import { logFolder } from '../../platform/process/log-files.ts';
import { localSettings } from '../../platform/tls/local-settings.ts';
import type { Programs } from './programs.ts';
import { nodeEnding } from './children.ts';
import { createRoom, type Room } from './room.ts';
import { createTerminal, writerTo } from './terminal.ts';

/** npm and the terminal may both deliver one Ctrl-C; only one pressed later means haste. */
const sameKeyMs = 600;

export interface SupervisorOptions {
  programs: Programs;
  stateRoot?: string;
}

const prepareFolder = (config: Config): void => {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  chmodSync(config.dataFolder, 0o700);
};

export const runSupervisor = async (options: SupervisorOptions): Promise<void> => {
  const terminal = createTerminal(writerTo(process.stdout));
  process.stderr.on('error', () => undefined);
  const hurry = new AbortController();
  let lock: Lock | null = null;
  let room: Room | null = null;
  let stoppingSince: number | null = null;
  let dataFolder: string | null = null;

  const stop = async (code: number): Promise<void> => {
    if (stoppingSince !== null) {
      if (systemClock.monotonic() - stoppingSince > sameKeyMs) hurry.abort();
      return;
    }
    stoppingSince = systemClock.monotonic();
    const closing = { zh: '正在依次停止…（再按一次 Ctrl-C 立即停止）', en: 'Stopping in order… (Ctrl-C again to hurry)' };
    await terminal.during(closing, async () => room?.close(hurry.signal));
    if (lock !== null && dataFolder !== null) forgetChildren(dataFolder);
    lock?.release();
    process.exit(code);
  };

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  // Started by scripts/start.mjs: when that is killed, so are we.
  if (process.connected) process.once('disconnect', () => void stop(0));
  const failed = (error: unknown): void => {
    terminal.refuse(error);
    void stop(1);
  };
  process.on('uncaughtException', failed);
  process.on('unhandledRejection', failed);

  try {
    const { config, settings } = localSettings(readConfig);
    dataFolder = config.dataFolder;
    prepareFolder(config);
    lock = takeLock(config.dataFolder);
    assertNoUnfinishedRestore(config.dataFolder);
    terminal.logTo(logFolder(config.dataFolder));
    await terminal.during({ zh: '正在结束上次遗留的进程…', en: 'Ending what an earlier run left…' }, () => endLeftovers(config.dataFolder, nodeEnding));
    await assertPortFree(config.host, config.port);
    room = createRoom({ config, settings, terminal, programs: options.programs, stateRoot: options.stateRoot, onFailed: () => void stop(1) });
    await room.open();
  } catch (error) {
    failed(error);
  }
};
