/**
 * Backup of the whole room while it runs: the cluster as PostgreSQL's low-level base backup (pg_backup_start, copy, pg_backup_stop, and
 * the WAL in between, which a temporary slot keeps from being recycled), and the data folder without footage unless asked for it.
 * It holds keys and passwords: the file is for Vigil's user alone.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { systemClock, type Clock, type Instant } from '../../base/clock.ts';
import { createArchive, type ArchiveWriter } from './backup-archive.ts';
import { manifestName, type BackupManifest } from './backup-manifest.ts';
import { writeSqlBackup } from './backup-sql.ts';
import { appliedMigrations } from './migrate.ts';
import type { MigrationFile } from './migrate-plan.ts';

export interface BackupOptions {
  dataFolder: string;
  cluster: string;
  /** Superuser: the base backup functions are not for others. */
  adminUrl: string;
  file: string;
  withFootage: boolean;
  clock?: Clock;
}

export const backupName = (at: Instant, why: string): string => `vigil-${why}-${new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')}.tar.gz`;

/** Below the data folder: what is made anew at each start, what is a backup itself, the cluster, and the note where it lies on this machine. */
const leftOut = new Set(['run', 'logs', 'backups', 'postgres', 'postgres-place.json', 'restoring', 'restore-unfinished', 'restored.json']);
const isFootage = (name: string): boolean => /\.(mp4|open|part)$/.test(name);
/** Evidence that was filed and copies that were handed out are in every backup: the footage they were made from may be gone by now. */
const alwaysKept = new Set(['archive', 'exports']);

/** Contents that PostgreSQL rebuilds; the folders themselves must be there (its documentation, 25.3.4). */
const emptied = new Set(['pg_wal', 'pg_dynshmem', 'pg_notify', 'pg_replslot', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans']);
const isPassing = (name: string): boolean => name === 'postmaster.pid' || name === 'postmaster.opts' || name === 'pg_internal.init' || name.startsWith('pgsql_tmp');

type Recorded = BackupManifest['files'];

const addFile = async (archive: ArchiveWriter, recorded: Recorded, from: string, path: string): Promise<void> => {
  const found = lstatSync(from, { throwIfNoEntry: false });
  if (found?.isFile() !== true) return; // dropped meanwhile: the WAL knows
  const hash = createHash('sha256');
  await archive.file(path, found.mode, found.size, contentOf(from), (chunk) => hash.update(chunk));
  recorded.push({ path, sizeBytes: found.size, sha256: hash.digest('hex') });
};

const contentOf = async function* (file: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) yield chunk as Buffer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
};

const addText = async (archive: ArchiveWriter, recorded: Recorded | null, path: string, text: string): Promise<void> => {
  const bytes = Buffer.from(text);
  const source = async function* (): AsyncGenerator<Buffer> {
    yield bytes;
  };
  await archive.file(path, 0o600, bytes.length, source());
  recorded?.push({ path, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
};

interface Walk {
  archive: ArchiveWriter;
  recorded: Recorded;
  skip: (name: string, depth: number) => boolean;
  hollow: (name: string, depth: number) => boolean;
}

const addFolder = async (walk: Walk, from: string, path: string, depth = 0): Promise<void> => {
  await walk.archive.folder(path, 0o700);
  for (const item of readdirSync(from, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (walk.skip(item.name, depth)) continue;
    const [below, name] = [join(from, item.name), `${path}/${item.name}`];
    if (item.isFile()) await addFile(walk.archive, walk.recorded, below, name);
    else if (item.isDirectory() && walk.hollow(item.name, depth)) await walk.archive.folder(name, 0o700);
    else if (item.isDirectory()) await addFolder(walk, below, name, depth + 1);
  }
};

const addWal = async (archive: ArchiveWriter, recorded: Recorded, cluster: string, first: string, last: string): Promise<void> => {
  await archive.folder('cluster/pg_wal/archive_status', 0o700);
  await archive.folder('cluster/pg_wal/summaries', 0o700);
  // Same timeline (the first 8 digits): names sort as positions.
  const names = readdirSync(join(cluster, 'pg_wal')).filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last);
  if (!names.includes(first) || !names.includes(last)) throw new Error(`WAL from ${first} to ${last} is not there`);
  for (const name of names.toSorted()) await addFile(archive, recorded, join(cluster, 'pg_wal', name), `cluster/pg_wal/${name}`);
};

const addCluster = async (archive: ArchiveWriter, recorded: Recorded, client: pg.Client, cluster: string): Promise<void> => {
  await client.query("SELECT pg_create_physical_replication_slot('vigil_backup_' || pg_backend_pid(), true, true)");
  const start = await client.query<{ wal: string }>("SELECT pg_walfile_name(pg_backup_start('vigil', true)) AS wal");
  const hollow = (name: string, depth: number): boolean => depth === 0 && emptied.has(name);
  await addFolder({ archive, recorded, skip: isPassing, hollow }, cluster, 'cluster');
  const stop = await client.query<{ wal: string; label: string; spaces: string }>(
    'SELECT pg_walfile_name(lsn) AS wal, labelfile AS label, spcmapfile AS spaces FROM pg_backup_stop(false)',
  );
  const [from, to] = [start.rows[0], stop.rows[0]];
  if (from === undefined || to === undefined) throw new Error('PostgreSQL did not answer the backup functions');
  if (to.spaces !== '') throw new Error('the cluster has tablespaces, which Vigil does not make');
  await addText(archive, recorded, 'cluster/backup_label', to.label);
  await addWal(archive, recorded, cluster, from.wal, to.wal);
};

const addData = async (archive: ArchiveWriter, recorded: Recorded, { dataFolder, withFootage }: Pick<BackupOptions, 'dataFolder' | 'withFootage'>): Promise<void> => {
  const isOut = (name: string, depth: number): boolean => depth === 0 && (leftOut.has(name) || alwaysKept.has(name) || name.startsWith('before-restore-'));
  const skip = (name: string, depth: number): boolean => isOut(name, depth) || (!withFootage && isFootage(name));
  await addFolder({ archive, recorded, skip, hollow: () => false }, dataFolder, 'data');
  const whole = [...alwaysKept].filter((name) => existsSync(join(dataFolder, name)));
  for (const name of whole) await addFolder({ archive, recorded, skip: () => false, hollow: () => false }, join(dataFolder, name), `data/${name}`);
};

const writeBackup = async (options: BackupOptions, client: pg.Client, draft: string): Promise<BackupManifest> => {
  const takenAt = (options.clock ?? systemClock).now();
  const archive = createArchive(draft);
  const recorded: Recorded = [];
  await addCluster(archive, recorded, client, options.cluster);
  await addData(archive, recorded, options);
  const version = await client.query<{ major: string }>("SELECT (current_setting('server_version_num')::int / 10000)::text AS major");
  const manifest: BackupManifest = {
    format: 'vigil-backup',
    version: 1,
    takenAt,
    postgresMajor: version.rows[0]?.major ?? '',
    migration: (await appliedMigrations(client)).at(-1)?.name ?? '',
    withFootage: options.withFootage,
    files: recorded,
  };
  await addText(archive, null, manifestName, JSON.stringify(manifest));
  await archive.close();
  return manifest;
};

/** Writes the backup under another name first: a file with its final name is whole and on disk. */
export const backupRoom = async (options: BackupOptions): Promise<BackupManifest> => {
  mkdirSync(dirname(options.file), { recursive: true, mode: 0o700 });
  const draft = `${options.file}.draft`;
  rmSync(draft, { force: true });
  const client = new pg.Client({ connectionString: options.adminUrl, application_name: 'vigil-backup' });
  await client.connect();
  try {
    const manifest = await writeBackup(options, client, draft);
    renameSync(draft, options.file);
    return manifest;
  } finally {
    await client.end(); // drops the slot, and ends a backup that broke off
    rmSync(draft, { force: true });
  }
};

export interface ExternalBackupOptions extends Pick<BackupOptions, 'dataFolder' | 'file' | 'withFootage' | 'clock'> {
  ownerUrl: string;
  appRole: string;
  migrations?: readonly MigrationFile[];
}

/** In the archive of a room whose database is somebody else's. */
export const sqlName = 'database.sql';

/** A room on a database of somebody else's: its rows as SQL (backup-sql.ts), and the data folder. Put back as `howToRestore` says. */
export const backupExternalRoom = async (options: ExternalBackupOptions): Promise<Pick<BackupManifest, 'files'>> => {
  mkdirSync(dirname(options.file), { recursive: true, mode: 0o700 });
  const [draft, script] = [`${options.file}.draft`, `${options.file}.sql.draft`];
  for (const left of [draft, script]) rmSync(left, { force: true });
  try {
    const takenAt = (options.clock ?? systemClock).now();
    const { ownerUrl, appRole, migrations: files } = options;
    const migration = await writeSqlBackup({ ownerUrl, appRole, file: script, ...(files === undefined ? {} : { files }) });
    const archive = createArchive(draft);
    const recorded: Recorded = [];
    await addFile(archive, recorded, script, sqlName);
    await addData(archive, recorded, options);
    // Another format than that of a whole room, which vigil restore takes.
    await addText(archive, null, manifestName, JSON.stringify({ format: 'vigil-backup-sql', version: 1, takenAt, migration, withFootage: options.withFootage, files: recorded }));
    await archive.close();
    renameSync(draft, options.file);
    return { files: recorded };
  } finally {
    for (const left of [draft, script]) rmSync(left, { force: true });
  }
};

/** The very commands, for a person who has just been told where the backup lies. The last one puts the files back and has the restore recorded; npm works in the program's own folder. */
export const howToRestore = (file: string, dataFolder: string): string =>
  `mkdir restored && tar xzf ${file} -C restored && psql "$VIGIL_DATABASE_OWNER_URL" -f restored/${sqlName} && VIGIL_DATA=${dataFolder} npm run vigil -- restore "$PWD/restored" --by A --by B --reason …`;
