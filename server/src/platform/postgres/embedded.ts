/**
 * The embedded PostgreSQL 18: prepared (account, place, programs, cluster, roles), then launched as often as needed. The supervisor
 * launches it again when it dies; tests and benches use `startEmbedded`.
 */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { systemClock, wait, type Clock } from '../../base/clock.ts';
import { declareRefusals, type Sentence } from '../../base/refusal.ts';
import { commandLineOf, markOf, startOf } from '../process/alive.ts';
import { diesWithParent, endProcess, type EndingStep } from '../process/ending.ts';
import { chooseAccount, commandAs, namespaceWarning, type Account } from './embedded-account.ts';
import { prepareBinaries, type Binaries } from './embedded-binaries.ts';
import { databaseName, ensureCluster } from './embedded-cluster.ts';
import { choosePlace, ownerInside, type Place } from './embedded-place.ts';
import { rolePasswords, roleNames, type Role, type RolePasswords } from './embedded-secrets.ts';
import { postgresArguments, type Durability, type Listening } from './embedded-settings.ts';

export const embeddedRefusals = declareRefusals('database', {
  not_ready: {
    kind: 'unavailable',
    zh: '数据库没有启动：{reason}',
    en: 'The database did not start: {reason}',
  },
});

export interface EmbeddedOptions {
  /** Vigil's data folder; secrets, and where possible the cluster, live in it. */
  dataFolder: string;
  /** Where databases run under another account go when Vigil is started by root. */
  stateRoot?: string;
  durability?: Durability;
  /** Told what a person at the terminal should know: where the database went, warnings. */
  onNotice?: (notice: Sentence) => void;
  /** PostgreSQL's own messages are added to this file; without it they go to our stderr. */
  logFile?: string;
  clock?: Clock;
}

export interface DatabaseUrls {
  /** The server's role: no DDL, INSERT and SELECT only on facts. */
  appUrl: string;
  /** Owner of the schemas: migrations only. */
  ownerUrl: string;
  /** Superuser: backup and tests only. */
  adminUrl: string;
}

export interface PreparedDatabase extends DatabaseUrls {
  cluster: string;
  account: Account;
  binaries: Binaries;
  /** True when this call made the cluster. */
  fresh: boolean;
  /** Ends a postmaster that a killed supervisor left on this cluster; resolves when none is there. */
  endLeftover(): Promise<void>;
  launch(stdio: StdioOptions): ChildProcess;
  /** Resolves when connections are accepted; throws a Refusal when the process ends or takes too long. */
  ready(child: ChildProcess): Promise<void>;
}

/** Fast shutdown, immediate shutdown (recovery at the next start), kill. */
export const databaseEnding: readonly EndingStep[] = [
  { signal: 'SIGINT', limitMs: 15_000 },
  { signal: 'SIGQUIT', limitMs: 5_000 },
  { signal: 'SIGKILL', limitMs: 2_000 },
];

const readyLimitMs = 60_000; // crash recovery of a large cluster takes its time
const readyPollMs = 10;
const defaultPort = 5432;

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? done(address.port) : failed(new Error('no free port'))));
    });
  });

/** The port of the one that runs (line 4), so that a command beside a running room finds it; else a free one. */
const tcpPort = async (cluster: string): Promise<number> => {
  const [pid, , , port] = postmasterLines(cluster).map(Number);
  return pid !== undefined && port !== undefined && startOf(pid) !== null ? port : freePort();
};

const urlOf = (role: Role, passwords: RolePasswords, listening: Listening): string => {
  const who = `${roleNames[role]}:${encodeURIComponent(passwords[role])}`;
  if (listening.socketFolder === null) return `postgresql://${who}@127.0.0.1:${listening.port}/${databaseName}`;
  return `postgresql://${who}@/${databaseName}?host=${encodeURIComponent(listening.socketFolder)}`;
};

const postmasterLines = (cluster: string): string[] => {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
};

/** The pid in postmaster.pid may have been reused: only a postgres whose command line names this cluster is ours to end. */
const leftoverPid = (cluster: string): number | null => {
  const pid = Number(postmasterLines(cluster)[0]);
  return Number.isInteger(pid) && pid > 0 && commandLineOf(pid).includes(`-D ${cluster}`) ? pid : null;
};

const waitReady = async (child: ChildProcess, cluster: string, clock: Clock): Promise<void> => {
  const until = clock.monotonic() + readyLimitMs;
  for (;;) {
    // Line 8 is the postmaster's own state; the pid of line 1 tells a fresh file from a left-over one.
    const lines = postmasterLines(cluster);
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return;
    if (child.exitCode !== null || child.signalCode !== null) {
      throw embeddedRefusals('not_ready', { reason: `postgres ${child.signalCode ?? `exit ${child.exitCode ?? '?'}`}` });
    }
    if (clock.monotonic() > until) throw embeddedRefusals('not_ready', { reason: `${readyLimitMs / 1000} s` });
    await wait(clock, readyPollMs);
  }
};

export const accountFor = (dataFolder: string): Account => {
  const isRoot = process.getuid?.() === 0;
  const owner = isRoot ? ownerInside(dataFolder) : null;
  return owner === null ? chooseAccount(isRoot) : { kind: 'user', name: `uid ${owner.uid}`, ...owner };
};

const tell = (place: Place, account: Account, copied: boolean, programs: Binaries, notice: (n: Sentence) => void): void => {
  for (const known of place.notices) notice(known);
  if (account.kind === 'namespace') notice(namespaceWarning);
  if (copied) notice({ zh: `PostgreSQL 程序的副本在 ${programs.postgres}`, en: `PostgreSQL runs from a copy of its programs, ${programs.postgres}` });
};

export const prepareEmbedded = async (options: EmbeddedOptions): Promise<PreparedDatabase> => {
  const clock = options.clock ?? systemClock;
  const dataFolder = resolve(options.dataFolder);
  const durability = options.durability ?? 'durable';
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  chmodSync(dataFolder, 0o700);
  const account = accountFor(dataFolder);
  const place = choosePlace(dataFolder, account, options.stateRoot ?? '/var/lib/vigil');
  const { binaries, copied } = prepareBinaries(account, place.programFolder);
  const passwords = rolePasswords(dataFolder);
  const fresh = ensureCluster(place.cluster, account, binaries, passwords, durability === 'durable') === 'made';
  const listening: Listening = { socketFolder: place.socketFolder, port: place.socketFolder === null ? await tcpPort(place.cluster) : defaultPort };
  if (options.onNotice !== undefined) tell(place, account, copied, binaries, options.onNotice);
  return {
    cluster: place.cluster,
    account,
    binaries,
    fresh,
    appUrl: urlOf('app', passwords, listening),
    ownerUrl: urlOf('owner', passwords, listening),
    adminUrl: urlOf('admin', passwords, listening),
    endLeftover: async () => {
      const pid = leftoverPid(place.cluster);
      if (pid !== null) await endProcess(markOf(pid), databaseEnding, clock);
    },
    launch: (stdio) => {
      const command = commandAs(account, binaries.postgres, postgresArguments(place.cluster, listening, durability), diesWithParent('INT'));
      // A session of its own: Ctrl-C at the terminal must not reach it before the server has stopped.
      return spawn(command.file, command.args, { ...command.options, stdio, detached: true, env: { PATH: process.env['PATH'], LC_ALL: 'C' } });
    },
    ready: (child) => waitReady(child, place.cluster, clock),
  };
};

export interface EmbeddedDatabase extends DatabaseUrls {
  cluster: string;
  postgresPid: number;
  stop(): Promise<void>;
}

/** One embedded database, running. Ends with this process in any case; `stop()` ends it in order. */
export const startEmbedded = async (options: EmbeddedOptions): Promise<EmbeddedDatabase> => {
  const clock = options.clock ?? systemClock;
  const prepared = await prepareEmbedded(options);
  await prepared.endLeftover();
  const log = options.logFile === undefined ? 'inherit' : openSync(options.logFile, 'a', 0o600);
  const child = prepared.launch(['ignore', 'ignore', log]);
  if (typeof log === 'number') closeSync(log);
  child.on('error', () => undefined); // a failed spawn shows as an exit without pid in ready()
  await prepared.ready(child);
  const pid = child.pid ?? 0;
  const mark = markOf(pid);
  const { appUrl, ownerUrl, adminUrl, cluster } = prepared;
  const stop = async (): Promise<void> => {
    await endProcess(mark, databaseEnding, clock);
  };
  return { appUrl, ownerUrl, adminUrl, cluster, postgresPid: pid, stop };
};
