/**
 * The second half of a restore into a database of somebody else's: `psql` has run the script of an unpacked backup; this compares the
 * backup with its manifest and the database with the backup, puts the files back, keeps what they replace (newer signed checkpoints among
 * it), and leaves the note by which the next start records the restore as the first fact of a new epoch.
 */
import { createHash } from 'node:crypto';
import { cpSync, createReadStream, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { systemClock, type Clock } from '../../base/clock.ts';
import { takeLock } from '../process/lock.ts';
import { manifestName, SqlBackupManifest } from './backup-manifest.ts';
import { forgetMigrated } from './migrate-files.ts';
import { appliedMigrations } from './migrate.ts';
import { restoreNoteFile, unfinishedFile, type RestoreNote } from './restore-note.ts';
import { compareFiles, placeFiles, restoreRefusals, type Unpacked } from './restore.ts';

export interface RestoreByHandOptions {
  /** Where the backup was unpacked. */
  folder: string;
  dataFolder: string;
  /** Of the database that holds the rows of the backup by now. */
  ownerUrl: string;
  /** Names of the two persons who restore, and why. */
  persons: readonly string[];
  reason: string;
  clock?: Clock;
}

const hashOf = async (file: string): Promise<{ sizeBytes: number; sha256: string }> => {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of createReadStream(file)) {
    const bytes = chunk as Buffer; // no encoding was asked for
    hash.update(bytes);
    sizeBytes += bytes.length;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
};

const readUnpacked = async (folder: string): Promise<Unpacked> => {
  const files: Unpacked['files'] = new Map();
  for (const path of readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((item) => (item.isDirectory() ? [] : [join(item.parentPath, item.name)]))) {
    const name = path.slice(folder.length + 1);
    if (name !== manifestName) files.set(name, await hashOf(path));
  }
  return { files, manifestBytes: readFileSync(join(folder, manifestName)) };
};

const readSqlManifest = (bytes: Buffer): SqlBackupManifest => {
  try {
    return SqlBackupManifest.parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    throw Object.assign(restoreRefusals('other_format'), { cause: error });
  }
};

const assertRestored = async (ownerUrl: string, migration: string): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'vigil-restore' });
  await client.connect();
  try {
    const newest = (await appliedMigrations(client)).at(-1)?.name ?? '–';
    if (newest !== migration) throw restoreRefusals('not_in_database', { found: newest, due: migration });
  } finally {
    await client.end();
  }
};

const place = async (options: RestoreByHandOptions, dataFolder: string, staging: string): Promise<RestoreNote> => {
  const folder = resolve(options.folder);
  const unpacked = await readUnpacked(folder);
  const manifest = readSqlManifest(unpacked.manifestBytes);
  compareFiles(manifest, unpacked);
  await assertRestored(options.ownerUrl, manifest.migration);
  cpSync(join(folder, 'data'), staging, { recursive: true }); // it may lie on another disk
  const restoredAt = (options.clock ?? systemClock).now();
  const aside = join(dataFolder, `before-restore-${new Date(restoredAt).toISOString().replace(/[-:]|\.\d+/g, '')}`);
  writeFileSync(unfinishedFile(dataFolder), `${folder}\n`, { mode: 0o600, flush: true });
  forgetMigrated(dataFolder);
  const keptIn = placeFiles(staging, dataFolder, aside) ? aside : null;
  const { takenAt, migration } = manifest;
  const manifestSha256 = createHash('sha256').update(unpacked.manifestBytes).digest('hex');
  const note: RestoreNote = { restoredAt, takenAt, migration, manifestSha256, keptIn, persons: [...options.persons], reason: options.reason };
  writeFileSync(restoreNoteFile(dataFolder), JSON.stringify(note), { mode: 0o600, flush: true });
  rmSync(unfinishedFile(dataFolder));
  return note;
};

export const restoreByHand = async (options: RestoreByHandOptions): Promise<RestoreNote> => {
  const dataFolder = resolve(options.dataFolder);
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const lock = takeLock(dataFolder); // a running room is refused
  const staging = join(dataFolder, 'restoring');
  try {
    rmSync(staging, { recursive: true, force: true });
    return await place(options, dataFolder, staging);
  } finally {
    rmSync(staging, { recursive: true, force: true });
    lock.release();
  }
};
