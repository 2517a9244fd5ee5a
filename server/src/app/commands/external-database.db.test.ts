/** `vigil backup` and `vigil restore` of a room whose database is somebody else's. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig, type Config } from '../../base/config.ts';
import { readArchive } from '../../platform/postgres/backup-archive.ts';
import { restoreRoom } from '../../platform/postgres/restore.ts';
import { freshDatabase, type FreshDatabase } from '../../platform/postgres/testing/database.ts';
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

test('without its owner nothing is written, and what to set is said', async () => {
  await expect(run(backup, [join(folder, 'none.tar.gz')], { databaseOwnerUrl: null })).rejects.toMatchObject({ code: 'command.external_database', message: expect.stringContaining('VIGIL_DATABASE_OWNER_URL') });
});
