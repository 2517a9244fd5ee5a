/** `vigil backup` and `vigil restore` of a room whose database is somebody else's. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig, type Config } from '../../base/config.ts';
import { readArchive } from '../../platform/postgres/backup-archive.ts';
import { pendingRestore } from '../../platform/postgres/restore-note.ts';
import { restoreRoom } from '../../platform/postgres/restore.ts';
import { freshDatabase, type FreshDatabase } from '../../platform/postgres/testing/database.ts';
import { runScript } from '../../platform/postgres/testing/run-script.ts';
import { command as backup } from './backup.ts';
import type { Command } from './command.ts';
import { command as restore } from './restore.ts';

let fresh: FreshDatabase;
let folder: string;
let config: Config;

beforeAll(async () => {
  fresh = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'vigil-external-'));
  mkdirSync(join(folder, 'data', 'keys'), { recursive: true });
  writeFileSync(join(folder, 'data', 'keys', 'cameras.key'), 'key');
  config = { ...readConfig({}), dataFolder: join(folder, 'data'), databaseUrl: fresh.appUrl, databaseOwnerUrl: fresh.ownerUrl };
});
afterAll(async () => {
  await fresh.drop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (command: Command, args: readonly string[], change: Partial<Config> = {}): Promise<number> =>
  command.run({ args, config: { ...config, ...change }, tell: () => undefined, line: () => undefined });
const byTwo = ['--by', '林海涛', '--by', '孙卫东', '--reason', '磁盘更换'];

test('with its owner named, rows and data folder go into one file, which the restore of a whole room does not take', async () => {
  const file = join(folder, 'backup.tar.gz');
  expect(await run(backup, [file])).toBe(0);
  const paths: string[] = [];
  await readArchive(file, async ({ path }, content) => {
    paths.push(path);
    for await (const chunk of content) chunk.toString(); // what is not read stays in the way
  });
  expect(paths).toEqual(expect.arrayContaining(['database.sql', 'data/keys/cameras.key']));
  await expect(restoreRoom({ file, dataFolder: join(folder, 'other'), persons: ['林海涛', '孙卫东'], reason: '试' })).rejects.toMatchObject({ code: 'backup.other_format' });
  await expect(run(restore, [file, ...byTwo])).rejects.toMatchObject({ code: 'command.external_restore', message: expect.stringContaining(`tar xzf ${file} -C restored && psql "$VIGIL_DATABASE_OWNER_URL" -f restored/database.sql`) });
});

test('brought back by hand it is a recorded act: files compared and put in place, newer signatures kept, and a note with both persons for the next start', async () => {
  const [file, unpacked] = [join(folder, 'again.tar.gz'), join(folder, 'restored')];
  const checkpoints = join(config.dataFolder, 'ledger', 'checkpoints.log');
  mkdirSync(join(config.dataFolder, 'ledger'), { recursive: true });
  writeFileSync(checkpoints, 'older');
  expect(await run(backup, [file])).toBe(0);
  writeFileSync(checkpoints, 'newer');
  mkdirSync(unpacked);
  execFileSync('tar', ['xzf', file, '-C', unpacked]);
  await expect(run(restore, [unpacked, '--by', '林海涛', '--reason', '磁盘更换'])).rejects.toMatchObject({ code: 'command.usage' });
  const empty = await freshDatabase();
  const owner = new pg.Client({ connectionString: empty.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ drop: string }>("select 'drop schema ' || quote_ident(nspname) || ' cascade' as drop from pg_namespace where nspname !~ '^pg_' and nspname not in ('public', 'information_schema')");
  for (const each of rows) await owner.query(each.drop);
  await owner.end();
  try {
    const into = { databaseUrl: empty.appUrl, databaseOwnerUrl: empty.ownerUrl };
    await expect(run(restore, [unpacked, ...byTwo], into)).rejects.toMatchObject({ code: 'backup.not_in_database' });
    await runScript(empty.ownerUrl, readFileSync(join(unpacked, 'database.sql'), 'utf8'));
    writeFileSync(join(unpacked, 'data', 'keys', 'cameras.key'), 'other');
    await expect(run(restore, [unpacked, ...byTwo], into)).rejects.toMatchObject({ code: 'backup.altered' });
    writeFileSync(join(unpacked, 'data', 'keys', 'cameras.key'), 'key');
    expect(pendingRestore(config.dataFolder)).toBeNull();
    expect(readFileSync(checkpoints, 'utf8')).toBe('newer');
    expect(await run(restore, [unpacked, ...byTwo], into)).toBe(0);
  } finally {
    await empty.drop();
  }
  const note = pendingRestore(config.dataFolder);
  expect(note).toMatchObject({ persons: ['林海涛', '孙卫东'], reason: '磁盘更换' });
  expect(readFileSync(checkpoints, 'utf8')).toBe('older');
  // From here the next start takes the newest signature that the old log had.
  expect(readFileSync(join(note?.keptIn ?? '', 'ledger', 'checkpoints.log'), 'utf8')).toBe('newer');
});

test('without its owner nothing is written, and what to set is said', async () => {
  await expect(run(backup, [join(folder, 'none.tar.gz')], { databaseOwnerUrl: null })).rejects.toMatchObject({ code: 'command.external_database', message: expect.stringContaining('VIGIL_DATABASE_OWNER_URL') });
});
