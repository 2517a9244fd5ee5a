import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock, wait } from '../../server/src/base/clock.ts';
import { Journal } from '../journal/journal.ts';
import { configOf, quietLog, roomFolder } from '../testing/room.ts';
import { initialiseStorage } from './identity.ts';
import { Storages } from './storages.ts';

const callsUnderWay = (): number => process.getActiveResourcesInfo().filter((name) => name.startsWith('FSReq')).length;

test('[BRN-4.3 RECORDING] a storage that hangs is asked once until it answers, and is used again then', { timeout: 30_000 }, async () => {
  const room = roomFolder();
  const clock = { ...systemClock, after: (_delayMs: number, run: () => void) => systemClock.after(100, run) };
  const [storage] = configOf(room.storage, []).storages;
  await initialiseStorage(storage!, clock);
  const journal = await Journal.open(join(room.data, 'journal'), { clock: systemClock, log: quietLog });
  const storages = new Storages({ clock, log: quietLog, journal, prepare: async () => undefined });
  const file = join(room.storage, 'vigil-storage.json');
  const identity = readFileSync(file);
  const aside = join(room.data, 'pipe');
  mkdirSync(room.data, { recursive: true });
  rmSync(file);
  execFileSync('mkfifo', [file]); // whoever opens it waits for a writer: a hanging call
  await storages.configure([storage!], 0);
  const before = callsUnderWay();
  expect(before).toBeGreaterThan(0);
  for (let i = 0; i < 3; i += 1) await storages.refresh();
  expect(callsUnderWay()).toBe(before);
  expect(storages.status()).toMatchObject([{ usable: false }]);
  const pipe = openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);
  renameSync(file, aside);
  writeFileSync(file, identity);
  writeSync(pipe, identity);
  closeSync(pipe);
  for (let i = 0; i < 100 && storages.status()[0]?.usable !== true; i += 1) {
    await wait(systemClock, 50);
    await storages.refresh();
  }
  expect(storages.status()).toMatchObject([{ usable: true }]);
  await journal.close();
  room.remove();
});
