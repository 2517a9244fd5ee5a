/**
 * Brings a backup back: unpacked beside the room and compared with its manifest first, put in place only when every byte is right.
 * What it replaces is kept in `before-restore-…`. A note is left for the server, which records the restore as a fact when it starts
 * (ledger-and-evidence.md point 8).
 */
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, closeSync, cpSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { systemClock, type Clock } from '../../base/clock.ts';
import { declareRefusals, type Sentence } from '../../base/refusal.ts';
import { takeLock } from '../process/lock.ts';
import { readArchive } from './backup-archive.ts';
import { BackupManifest, manifestName } from './backup-manifest.ts';
import { accountFor, startEmbedded } from './embedded.ts';
import type { Account } from './embedded-account.ts';
import { choosePlace } from './embedded-place.ts';
import { forgetMigrated } from './migrate-files.ts';
import { appliedMigrations } from './migrate.ts';
import { restoreNoteFile, unfinishedFile, type RestoreNote } from './restore-note.ts';

export const restoreRefusals = declareRefusals('backup', {
  altered: { kind: 'invalid', zh: '备份与它自己的清单不符（{path}），没有恢复任何内容。', en: 'The backup does not match its own manifest ({path}); nothing was restored.' },
  not_in_database: {
    kind: 'conflict',
    zh: '数据库不是备份的样子（有 {found}，应为 {due}）。请先用 psql 把备份的 database.sql 写入空数据库。',
    en: 'The database is not as the backup has it (found {found}, due {due}). First run the backup\'s database.sql by psql into an empty database.',
  },
  other_format: { kind: 'invalid', zh: '备份的格式不认识。', en: 'The backup has an unknown format.' },
});

export interface RestoreOptions {
  file: string;
  dataFolder: string;
  stateRoot?: string;
  /** Names of the two persons who restore, and why. */
  persons: readonly string[];
  reason: string;
  onNotice?: (notice: Sentence) => void;
  clock?: Clock;
}

export interface RestoreResult {
  manifest: BackupManifest;
  /** Where the replaced files went; null when there were none. */
  keptIn: string | null;
}

export interface Unpacked {
  files: Map<string, { sizeBytes: number; sha256: string }>;
  manifestBytes: Buffer;
}

const unpack = async (file: string, folder: string): Promise<Unpacked> => {
  const files = new Map<string, { sizeBytes: number; sha256: string }>();
  let manifestBytes = Buffer.alloc(0);
  await readArchive(file, async (entry, content) => {
    const target = join(folder, ...entry.path.split('/'));
    if (entry.folder) {
      mkdirSync(target, { recursive: true, mode: 0o700 });
      return;
    }
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    const hash = createHash('sha256');
    const handle = openSync(target, 'wx', 0o600);
    try {
      for await (const chunk of content) {
        hash.update(chunk);
        for (let at = 0; at < chunk.length; ) at += writeSync(handle, chunk, at);
      }
    } finally {
      closeSync(handle);
    }
    if (entry.path === manifestName) manifestBytes = readFileSync(target);
    else files.set(entry.path, { sizeBytes: entry.sizeBytes, sha256: hash.digest('hex') });
  });
  return { files, manifestBytes };
};

const readManifest = (bytes: Buffer): BackupManifest => {
  try {
    return BackupManifest.parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    throw Object.assign(restoreRefusals('other_format'), { cause: error });
  }
};

export const compareFiles = (manifest: Pick<BackupManifest, 'files'>, unpacked: Unpacked): void => {
  const left = new Map(unpacked.files);
  for (const { path, sizeBytes, sha256 } of manifest.files) {
    const found = left.get(path);
    if (found?.sha256 !== sha256 || found.sizeBytes !== sizeBytes) throw restoreRefusals('altered', { path });
    left.delete(path);
  }
  const extra = left.keys().next();
  if (extra.done !== true) throw restoreRefusals('altered', { path: extra.value });
};

const giveTo = (folder: string, account: Account): void => {
  if (account.kind !== 'user') return;
  chownSync(folder, account.uid, account.gid);
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const below = join(folder, item.name);
    if (item.isDirectory()) giveTo(below, account);
    else chownSync(below, account.uid, account.gid);
  }
};

const moveFolder = (from: string, to: string): void => {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    cpSync(from, to, { recursive: true });
  }
};

const sync = (path: string): void => {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
};

/** The whole cluster is replaced at once, by one rename. */
const placeCluster = (from: string, cluster: string, account: Account, stamp: string): boolean => {
  const fresh = `${cluster}.restored`;
  rmSync(fresh, { recursive: true, force: true });
  moveFolder(from, fresh); // PostgreSQL itself syncs every file of it before it recovers
  chmodSync(fresh, 0o700);
  giveTo(fresh, account);
  rmSync(join(dirname(cluster), 'making-cluster'), { force: true });
  const replaced = existsSync(cluster);
  if (replaced) renameSync(cluster, `${cluster}.before-restore-${stamp}`);
  renameSync(fresh, cluster);
  return replaced;
};

/** File by file, so that footage, which a backup does not hold, stays where it is. */
export const placeFiles = (from: string, to: string, aside: string): boolean => {
  let replaced = false;
  for (const item of readdirSync(from, { withFileTypes: true })) {
    const [source, target, kept] = [join(from, item.name), join(to, item.name), join(aside, item.name)];
    if (item.isDirectory()) {
      mkdirSync(target, { recursive: true, mode: 0o700 });
      replaced = placeFiles(source, target, kept) || replaced;
      continue;
    }
    if (existsSync(target)) {
      mkdirSync(aside, { recursive: true, mode: 0o700 });
      renameSync(target, kept);
      replaced = true;
    }
    sync(source);
    renameSync(source, target);
  }
  if (process.platform !== 'win32') sync(to);
  return replaced;
};

/** The restored database must come up and hold what the manifest says, before anybody relies on it. */
const prove = async (options: RestoreOptions, dataFolder: string, manifest: BackupManifest): Promise<void> => {
  const running = await startEmbedded({ dataFolder, logFile: join(dataFolder, 'run', 'restore.log'), ...(options.stateRoot === undefined ? {} : { stateRoot: options.stateRoot }) });
  try {
    const client = new pg.Client({ connectionString: running.adminUrl });
    await client.connect();
    const newest = (await appliedMigrations(client)).at(-1)?.name ?? '';
    await client.end();
    if (newest !== manifest.migration) throw restoreRefusals('altered', { path: `migration ${newest}` });
  } finally {
    await running.stop();
  }
};

const restoreInto = async (options: RestoreOptions, dataFolder: string, staging: string): Promise<RestoreResult> => {
  const clock = options.clock ?? systemClock;
  const unpacked = await unpack(options.file, staging);
  const manifest = readManifest(unpacked.manifestBytes);
  compareFiles(manifest, unpacked);
  const account = accountFor(dataFolder);
  const place = choosePlace(dataFolder, account, options.stateRoot ?? '/var/lib/vigil');
  for (const notice of place.notices) options.onNotice?.(notice);
  const restoredAt = clock.now();
  const stamp = new Date(restoredAt).toISOString().replace(/[-:]|\.\d+/g, '');
  const aside = join(dataFolder, `before-restore-${stamp}`);
  writeFileSync(unfinishedFile(dataFolder), `${options.file}\n`, { mode: 0o600, flush: true });
  forgetMigrated(dataFolder);
  const replacedCluster = placeCluster(join(staging, 'cluster'), place.cluster, account, stamp);
  const replacedFiles = placeFiles(join(staging, 'data'), dataFolder, aside);
  await prove(options, dataFolder, manifest);
  const keptIn = replacedCluster || replacedFiles ? aside : null;
  const manifestSha256 = createHash('sha256').update(unpacked.manifestBytes).digest('hex');
  const { persons, reason } = options;
  const note: RestoreNote = { restoredAt, takenAt: manifest.takenAt, migration: manifest.migration, manifestSha256, keptIn, persons: [...persons], reason };
  writeFileSync(restoreNoteFile(dataFolder), JSON.stringify(note), { mode: 0o600, flush: true });
  rmSync(unfinishedFile(dataFolder));
  return { manifest, keptIn };
};

export const restoreRoom = async (options: RestoreOptions): Promise<RestoreResult> => {
  const dataFolder = resolve(options.dataFolder);
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const lock = takeLock(dataFolder); // a running room is refused
  const staging = join(dataFolder, 'restoring');
  try {
    rmSync(staging, { recursive: true, force: true });
    mkdirSync(staging, { mode: 0o700 });
    return await restoreInto(options, dataFolder, staging);
  } finally {
    rmSync(staging, { recursive: true, force: true });
    lock.release();
  }
};
