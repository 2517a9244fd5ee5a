/** The supervisor as a process, with a real PostgreSQL below it. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isAlive } from '../../platform/process/alive.ts';
import { askServer, childrenOf, createTestRoom, isRunning, startsOf, until, type StartedRoom, type TestRoom } from './testing/room-process.ts';

// Several starts of a whole room in one test, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let room: TestRoom;
const started: StartedRoom[] = [];
const start = (env?: Record<string, string>): StartedRoom => {
  const one = room.start(env);
  started.push(one);
  return one;
};
beforeEach(async () => {
  room = await createTestRoom();
});
afterEach(async () => {
  for (const one of started.splice(0)) {
    if (one.process.exitCode === null && one.process.signalCode === null) one.process.kill('SIGTERM');
    await one.ended();
  }
  room.remove();
});
const addressLines = (one: StartedRoom): string[] => one.output().split('\n').filter((line) => line.startsWith('值守 Vigil'));
const lastOf = (name: string): number => startsOf(room, name).at(-1) ?? 0;

test('a room opens with exactly one address line, its folder is closed to others, and SIGTERM leaves nothing running', async () => {
  const one = start();
  await one.said('值守 Vigil');
  expect(addressLines(one)).toEqual([`值守 Vigil  http://localhost:${room.port}`]);
  expect(statSync(room.dataFolder).mode & 0o777).toBe(0o700);
  expect(statSync(join(room.dataFolder, 'secrets', 'database.json')).mode & 0o777).toBe(0o600);
  expect(await askServer(room)).toMatchObject({ seesOwner: false });
  const children = childrenOf(room);
  expect(children.length).toBeGreaterThanOrEqual(3);
  one.process.kill('SIGTERM');
  expect(await one.ended()).toBe(0);
  expect(children.filter(isAlive)).toEqual([]);
  expect(readFileSync(join(room.dataFolder, 'recorder-life.txt'), 'utf8')).toMatch(/^began (\d+)\nended \1\n$/);
  expect(existsSync(join(room.dataFolder, 'run', 'vigil.lock'))).toBe(false);
});

test('a second start on the same data folder is refused with a sentence and the first goes on', async () => {
  const one = start();
  await one.said('值守 Vigil');
  const two = start({ PORT: '0' });
  expect(await two.ended()).toBe(1);
  expect(two.output()).toContain('不能启动第二个');
  expect(two.output()).toContain('is in use by another Vigil');
  expect(await askServer(room)).not.toBeNull();
});

test('recorder, server and database killed with SIGKILL come back one by one, and the recorder never stops for the others', async () => {
  const one = start();
  await one.said('值守 Vigil');
  const [server, recorder] = [lastOf('server'), lastOf('recorder')];

  process.kill(server, 'SIGKILL');
  await until('another server answers', async () => ((await askServer(room))?.pid ?? server) !== server);
  expect(lastOf('recorder')).toBe(recorder);

  process.kill(lastOf('database'), 'SIGKILL');
  await until('another database', () => startsOf(room, 'database').length > 1 && isRunning(lastOf('database')));
  expect(isRunning(recorder)).toBe(true);
  expect(startsOf(room, 'recorder')).toEqual([recorder]);

  process.kill(recorder, 'SIGKILL');
  await until('another recorder', () => lastOf('recorder') !== recorder && isRunning(lastOf('recorder')));
  expect(addressLines(one)).toHaveLength(1);
});

test('after the supervisor itself is killed nothing is left for good, and the next start works', async () => {
  const one = start();
  await one.said('值守 Vigil');
  const children = childrenOf(room);
  one.process.kill('SIGKILL');
  await one.ended();
  const two = start();
  await two.said('值守 Vigil');
  expect(children.filter(isAlive)).toEqual([]);
});

test('a start with nothing to migrate skips the migration process, and any change of the files brings it back', async () => {
  const one = start();
  await one.said('值守 Vigil');
  one.process.kill('SIGTERM');
  await one.ended();
  const two = start();
  await two.said('值守 Vigil');
  expect(startsOf(room, 'migrate')).toHaveLength(1);
  two.process.kill('SIGTERM');
  await two.ended();
  writeFileSync(join(room.dataFolder, 'run', 'migrated'), 'of other files');
  const three = start();
  await three.said('值守 Vigil');
  expect(startsOf(room, 'migrate')).toHaveLength(2);
});

test('a lock of a process that is gone is taken over, also when its number lives again', async () => {
  const one = start();
  await one.said('值守 Vigil');
  one.process.kill('SIGTERM');
  await one.ended();
  writeFileSync(join(room.dataFolder, 'run', 'vigil.lock'), JSON.stringify({ pid: process.pid, startedAt: 'another boot/1' }));
  const two = start();
  await two.said('值守 Vigil');
});

test('a taken port is named in a sentence and nothing is left running', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(room.port, 'localhost', resolve));
  const one = start();
  expect(await one.ended()).toBe(1);
  expect(one.output()).toContain(`端口 ${room.port} 已被别的程序占用`);
  expect(one.output()).toContain(`Port ${room.port} is taken`);
  expect(existsSync(join(room.dataFolder, 'run', 'children.json'))).toBe(false);
  await new Promise((resolve) => holder.close(resolve));
});

test('an address beyond loopback is refused without TLS', async () => {
  const one = start({ HOST: '0.0.0.0' });
  expect(await one.ended()).toBe(1);
  expect(one.output()).toContain('需要 TLS');
  expect(one.output()).toContain('needs TLS');
});

test('a server that finds a setting wrong ends the first start with its database and recorder', async () => {
  const one = start({ VIGIL_TEST_REFUSES: '1' });
  expect(await one.ended()).toBe(1);
  expect([...startsOf(room, 'recorder'), ...startsOf(room, 'database')].filter(isRunning)).toEqual([]);
});

test('a broken-off restore is not started from', async () => {
  const one = start();
  await one.said('值守 Vigil');
  one.process.kill('SIGINT');
  expect(await one.ended()).toBe(0);
  writeFileSync(join(room.dataFolder, 'restore-unfinished'), '');
  const two = start();
  expect(await two.ended()).toBe(1);
  expect(two.output()).toContain('vigil restore');
});
