import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RecorderConfig } from '../../contract/recorder.ts';
import { systemClock } from '../../server/src/base/clock.ts';
import { newId } from '../../server/src/base/ids.ts';
import { createLog } from '../../server/src/base/log.ts';
import { CredentialBox } from './credential-box.ts';
import { SealedConfig } from './sealed-config.ts';

let folder: string;
const log = createLog({ name: 'test', sink: { write: () => undefined } });
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'vigil-sealed-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const siteId = newId('site', systemClock);
const config = (version: number): RecorderConfig => ({
  version,
  recorderId: newId('rec', systemClock),
  siteId,
  storages: [{ storageId: newId('sto', systemClock), siteId, path: '/srv/footage' }],
  cameras: [{ cameraId: newId('cam', systemClock), label: '01 大门', url: 'rtsp://10.0.0.9/s?pw=quiet-secret', subUrl: 'rtsp://10.0.0.7/password=secret_stream=1', username: 'admin-name', password: 'loud-secret', record: true, allowLocal: false }],
  segmentSeconds: 60,
  fragmentMs: 1_000,
  drainMs: 200,
  drainWatchedMs: 30,
  maxLossMs: 2_000,
  gapAlarmSeconds: 10,
  freeBytesWarn: 0,
});

describe('sealed settings', () => {
  test('what was sealed is read back, and no credential lies open on the disk', async () => {
    const sealed = { config: config(1), storagesSeen: ['sto_x'] };
    await new SealedConfig(folder, log).write(sealed);
    expect(await new SealedConfig(folder, log).read()).toEqual(sealed);
    for (const name of readdirSync(folder)) {
      expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
      expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/secret|admin-name/);
    }
  });

  test('before the first there is nothing, which is no fault', async () => {
    expect(await new SealedConfig(folder, log).read()).toBeNull();
  });

  test('a damaged copy is refused and the one before is taken', async () => {
    const store = new SealedConfig(folder, log);
    const first = { config: config(1), storagesSeen: [] };
    await store.write(first);
    await store.write({ config: config(2), storagesSeen: [] });
    const text = readFileSync(store.path, 'utf8');
    writeFileSync(store.path, text.replace('大门', '后门'));
    expect(await store.read()).toEqual(first);
    writeFileSync(store.path, text.slice(0, 100));
    expect(await store.read()).toEqual(first);
  });

  test('a damaged only copy is a refusal, not an empty recorder', async () => {
    const store = new SealedConfig(folder, log);
    await store.write({ config: config(1), storagesSeen: [] });
    writeFileSync(store.path, '{');
    await expect(store.read()).rejects.toMatchObject({ code: 'recorder.sealed_damaged' });
  });

  test('without its key a sealed copy stays closed, and so does a text moved to another camera', async () => {
    const box = await CredentialBox.open(join(folder, 'k'), true);
    const closed = box.close('secret', 'cam_a');
    expect(box.open(closed, 'cam_a')).toBe('secret');
    expect(() => box.open(closed, 'cam_b')).toThrow();
    await expect(CredentialBox.open(join(folder, 'other'), false)).rejects.toMatchObject({ code: 'recorder.key_missing' });
    writeFileSync(join(folder, 'short'), 'x');
    await expect(CredentialBox.open(join(folder, 'short'), true)).rejects.toMatchObject({ code: 'recorder.key_missing' });
  });
});
