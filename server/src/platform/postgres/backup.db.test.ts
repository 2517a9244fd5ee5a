/** A backup taken from a running room brings back exactly what was committed, and a damaged one brings back nothing. */
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Refusal } from '../../base/refusal.ts';
import { takeLock } from '../process/lock.ts';
import { createArchive, readArchive } from './backup-archive.ts';
import { backupRoom } from './backup.ts';
import { startEmbedded, type EmbeddedDatabase } from './embedded.ts';
import { migrate } from './migrate.ts';
import { assertNoUnfinishedRestore, pendingRestore, settleRestore } from './restore-note.ts';
import { restoreRoom } from './restore.ts';

const byTwo = { persons: ['林海涛', '孙卫东'], reason: '磁盘更换' };

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'vigil-backup-'));
chmodSync(folder, 0o755);
const dataFolder = join(folder, 'room');
const file = join(folder, 'backup.tar.gz');
let running: EmbeddedDatabase;
/** What people filed, signed or took lies beside the database and cannot be had again, whatever its name ends in. */
const besideDatabase = [
  'archive/arc_1/1', 'archive/arc_1/监控.mp4', 'archive/arc_1/3.part', 'exports/exp_1.zip', 'exports/exp_2.mp4', 'signatures/ab/abcd', 'snapshots/cd/cdef', 'approval-files/0/1', 'qualifications/0/1',
  'evidence-photos/0/1', 'health-stills/0/1', 'keys/people.key', 'keys/cameras.key', 'recorder/journal/000000001.jnl',
];

const query = async (url: string, statement: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  running = await startEmbedded({ dataFolder, stateRoot: join(folder, 'state'), logFile: join(folder, 'postgres.log') });
  await migrate({ ownerUrl: running.ownerUrl });
  await query(running.ownerUrl, "CREATE TABLE platform.kept (n int PRIMARY KEY, word text); INSERT INTO platform.kept SELECT n, '监控 ' || n FROM generate_series(1, 20000) n");
  mkdirSync(join(dataFolder, 'footage', 'cam_1'), { recursive: true });
  writeFileSync(join(dataFolder, 'footage', 'cam_1', '000000000-seg_1.mp4'), 'video');
  writeFileSync(join(dataFolder, 'footage', 'index.jnl'), 'index');
  writeFileSync(join(dataFolder, 'secrets', '签名.key'), 'key'.repeat(50), { mode: 0o600 });
  for (const path of besideDatabase) {
    mkdirSync(dirname(join(dataFolder, path)), { recursive: true });
    writeFileSync(join(dataFolder, path), `bytes of ${path}`, { mode: 0o600 });
  }
  // Rows keep coming while the copy runs: the backup must be of one moment, not a mixture.
  let going = true;
  const writing = (async () => {
    for (let n = 20_001; going; n += 1) await query(running.ownerUrl, `INSERT INTO platform.kept VALUES (${n}, 'during')`);
  })();
  await backupRoom({ dataFolder, cluster: running.cluster, adminUrl: running.adminUrl, file, withFootage: false });
  going = false;
  await writing;
});
afterAll(async () => {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
});
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no refusal',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

test('the file is closed to others and holds keys, but no footage, no lock and no log', async () => {
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const paths: string[] = [];
  await readArchive(file, async (entry, content) => {
    paths.push(entry.path);
    for await (const chunk of content) expect(chunk.length).toBeGreaterThan(0);
  });
  expect(paths).toContain('data/secrets/database.json');
  expect(paths).toContain('data/secrets/签名.key');
  expect(paths).toContain('data/footage/index.jnl');
  expect(paths).toContain('cluster/backup_label');
  expect(paths.filter((path) => /^data\/footage.*\.mp4$|^data\/(run|logs|backups|postgres)|postmaster/.test(path))).toEqual([]);
});

test('the replication slot of the backup is gone', async () => {
  expect(await query(running.adminUrl, 'SELECT slot_name FROM pg_replication_slots')).toEqual([]);
});

test('into an empty folder: every row that was there, the keys, and a note for the ledger', async () => {
  const target = join(folder, 'elsewhere');
  const result = await restoreRoom({ file, dataFolder: target, stateRoot: join(folder, 'state'), ...byTwo });
  expect(result.keptIn).toBeNull();
  const back = await startEmbedded({ dataFolder: target, stateRoot: join(folder, 'state'), logFile: join(folder, 'postgres.log') });
  try {
    const [row] = await query(back.appUrl.replace('vigil_app', 'vigil_app'), 'SELECT count(*)::int AS migrations FROM platform.migrations');
    expect(row?.['migrations']).toBeGreaterThan(0);
    const kept = await query(back.ownerUrl, "SELECT count(*) FILTER (WHERE n <= 20000)::int AS before, count(*)::int AS whole, max(n) AS newest FROM platform.kept WHERE word = 'during' OR word = '监控 ' || n");
    expect(kept[0]?.['before']).toBe(20_000);
    expect(kept[0]?.['whole']).toBe(kept[0]?.['newest']); // no hole: one moment of the writing
  } finally {
    await back.stop();
  }
  expect(readFileSync(join(target, 'secrets', '签名.key'), 'utf8')).toBe('key'.repeat(50));
  expect(statSync(join(target, 'secrets', '签名.key')).mode & 0o077).toBe(0);
  const note = pendingRestore(target);
  expect(note?.takenAt).toBe(result.manifest.takenAt);
  settleRestore(target);
  expect(pendingRestore(target)).toBeNull();
  expect(() => assertNoUnfinishedRestore(target)).not.toThrow();
});

test('what was filed, signed, copied and photographed comes back byte for byte, without footage being asked for', () => {
  const target = join(folder, 'elsewhere');
  expect(besideDatabase.filter((path) => !existsSync(join(target, path)) || readFileSync(join(target, path), 'utf8') !== `bytes of ${path}`)).toEqual([]);
  expect(existsSync(join(target, 'footage', 'cam_1', '000000000-seg_1.mp4'))).toBe(false);
});

test('over a room: what it replaces is kept, footage stays', async () => {
  const target = join(folder, 'elsewhere');
  mkdirSync(join(target, 'footage', 'cam_1'), { recursive: true });
  writeFileSync(join(target, 'footage', 'cam_1', 'newer.mp4'), 'newer');
  writeFileSync(join(target, 'secrets', '签名.key'), 'another');
  const { keptIn } = await restoreRoom({ file, dataFolder: target, stateRoot: join(folder, 'state'), ...byTwo });
  expect(readFileSync(join(target, 'footage', 'cam_1', 'newer.mp4'), 'utf8')).toBe('newer');
  expect(readFileSync(join(keptIn ?? '', 'secrets', '签名.key'), 'utf8')).toBe('another');
  expect(readFileSync(join(target, 'secrets', '签名.key'), 'utf8')).toBe('key'.repeat(50));
});

test('a running room is not restored over', async () => {
  const target = join(folder, 'in-use');
  mkdirSync(target);
  const lock = takeLock(target);
  expect(await codeOf(restoreRoom({ file, dataFolder: target, stateRoot: join(folder, 'state'), ...byTwo }))).toBe('process.data_in_use');
  lock.release();
});

/** The same backup with one file changed in its content, its manifest untouched. */
const forge = async (to: string, which: string, change: (bytes: Buffer) => Buffer | null): Promise<void> => {
  const archive = createArchive(to);
  await readArchive(file, async (entry, content) => {
    const parts: Buffer[] = [];
    for await (const chunk of content) parts.push(Buffer.from(chunk));
    if (entry.folder) return archive.folder(entry.path, entry.mode);
    const bytes = entry.path === which ? change(Buffer.concat(parts)) : Buffer.concat(parts);
    if (bytes === null) return;
    return archive.file(entry.path, entry.mode, bytes.length, (async function* () { yield bytes; })());
  });
  await archive.close();
};

test.each([
  ['one changed byte', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from('X')])],
  ['a file left out', () => null],
  ['a shortened file', (bytes: Buffer) => bytes.subarray(1)],
])('a backup with %s is refused and nothing is put in place', async (name, change) => {
  const forged = join(folder, `forged-${createHash('sha256').update(name).digest('hex').slice(0, 8)}.tar.gz`);
  await forge(forged, 'data/footage/index.jnl', change);
  const target = join(folder, 'untouched');
  expect(await codeOf(restoreRoom({ file: forged, dataFolder: target, stateRoot: join(folder, 'state'), ...byTwo }))).toBe('backup.altered');
  expect(readdirSync(target)).toEqual(['run']);
});

test('a truncated file is refused', async () => {
  const short = join(folder, 'short.tar.gz');
  const bytes = readFileSync(file);
  writeFileSync(short, bytes.subarray(0, Math.floor(bytes.length / 2)));
  expect(await codeOf(restoreRoom({ file: short, dataFolder: join(folder, 'untouched'), stateRoot: join(folder, 'state'), ...byTwo }))).toBe('backup.not_an_archive');
});

test('names that lead outside the folder are refused', async () => {
  const evil = join(folder, 'evil.tar.gz');
  const archive = createArchive(evil);
  await archive.file('data/../../escaped', 0o600, 1, (async function* () { yield Buffer.from('x'); })());
  await archive.close();
  expect(await codeOf(restoreRoom({ file: evil, dataFolder: join(folder, 'untouched'), stateRoot: join(folder, 'state'), ...byTwo }))).toBe('backup.not_an_archive');
  expect(existsSync(join(folder, 'untouched', 'escaped'))).toBe(false);
});
