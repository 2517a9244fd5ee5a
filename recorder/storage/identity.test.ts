import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Storage } from '../../contract/recorder.ts';
import { systemClock } from '../../server/src/base/clock.ts';
import { newId } from '../../server/src/base/ids.ts';
import { checkStorage, identityFile, initialiseStorage } from './identity.ts';

let folder: string;
let storage: Storage;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-identity-'));
  storage = { storageId: newId('sto', systemClock), siteId: newId('site', systemClock), path: join(folder, 'footage') };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('storage identity', () => {
  test('an absent folder under an existing parent becomes a storage', async () => {
    expect(await initialiseStorage(storage, systemClock)).toEqual({ usable: true });
    expect(JSON.parse(readFileSync(join(storage.path, identityFile), 'utf8'))).toMatchObject({ storageId: storage.storageId, siteId: storage.siteId });
    expect(await checkStorage(storage)).toEqual({ usable: true });
    expect(await initialiseStorage(storage, systemClock)).toEqual({ usable: true });
  });

  test('[SCH-2.7.2 INTEGRITY] a disk that is not mounted is refused and nothing is written to its empty mount point', async () => {
    mkdirSync(storage.path);
    expect(await checkStorage(storage)).toMatchObject({ usable: false, reason: 'identity_absent' });
    expect(readdirSync(storage.path)).toEqual([]);
    expect(await checkStorage({ ...storage, path: join(folder, 'gone') })).toMatchObject({ usable: false, reason: 'missing' });
  });

  test('a folder with other contents is never taken', async () => {
    mkdirSync(storage.path);
    writeFileSync(join(storage.path, 'family.jpg'), 'x');
    expect(await initialiseStorage(storage, systemClock)).toMatchObject({ usable: false, reason: 'identity_absent' });
    expect(readdirSync(storage.path)).toEqual(['family.jpg']);
  });

  test('a swapped disk and a disk of another site are refused', async () => {
    await initialiseStorage(storage, systemClock);
    expect(await checkStorage({ ...storage, storageId: newId('sto', systemClock) })).toMatchObject({ usable: false, reason: 'identity_differs' });
    expect(await initialiseStorage({ ...storage, siteId: newId('site', systemClock) }, systemClock)).toMatchObject({ usable: false, reason: 'identity_differs' });
  });

  test('a folder without a parent is not made out of nothing', async () => {
    expect(await initialiseStorage({ ...storage, path: join(folder, 'a', 'b') }, systemClock)).toMatchObject({ usable: false, reason: 'missing' });
  });

  test('a damaged identity file is no identity', async () => {
    await initialiseStorage(storage, systemClock);
    writeFileSync(join(storage.path, identityFile), '{"storageId":');
    expect(await checkStorage(storage)).toMatchObject({ usable: false, reason: 'identity_absent' });
  });
});
