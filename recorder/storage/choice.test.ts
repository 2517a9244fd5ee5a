/** Which storage a camera is recorded to: by weight, away from what is gone, full or being emptied, and every change said. */
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Storage } from '../../contract/recorder.ts';
import { startCamera } from '../../simulators/camera/index.ts';
import { systemClock } from '../../server/src/base/clock.ts';
import { newId } from '../../server/src/base/ids.ts';
import { Journal } from '../journal/journal.ts';
import { allEntries, configOf, entriesOf, ofKind, quietLog, roomFolder, sourceOf, startRecorder } from '../testing/room.ts';
import { initialiseStorage } from './identity.ts';
import { Storages } from './storages.ts';

const openDesk = async (weights: readonly number[]) => {
  const room = roomFolder();
  const siteId = newId('site', systemClock);
  const list: Storage[] = weights.map((weight, i) => ({ storageId: newId('sto', systemClock), siteId, path: join(room.data, `disk-${i}`), weight }));
  for (const storage of list) await initialiseStorage(storage, systemClock);
  const journal = await Journal.open(join(room.data, 'journal'), { clock: systemClock, log: quietLog });
  const storages = new Storages({ clock: systemClock, log: quietLog, journal, prepare: async () => undefined });
  await storages.configure(list, 0);
  const cameras = Array.from({ length: 600 }, () => newId('cam', systemClock));
  const place = (): Map<string, string | undefined> => new Map(cameras.map((id) => [id, storages.pick(id)?.storageId]));
  const reroutes = async () => {
    await journal.flushed();
    return ofKind(await allEntries(journal), 'camera_rerouted');
  };
  const close = async (): Promise<void> => {
    await journal.close();
    room.remove();
  };
  return { list, storages, place, reroutes, close };
};

test('a storage of three times the weight takes three times the cameras', async () => {
  const { list, place, close } = await openDesk([1, 3]);
  const share = [...place().values()].filter((id) => id === list[1]?.storageId).length / 600;
  expect(share).toBeGreaterThan(0.68);
  expect(share).toBeLessThan(0.82);
  await close();
});

test('a mount that is gone moves its own cameras only, each said with its reason; they come back with it', async () => {
  const { list, storages, place, reroutes, close } = await openDesk([1, 1, 1]);
  const before = place();
  const gone = list[0];
  if (gone === undefined) throw new Error('three storages were made');
  renameSync(gone.path, `${gone.path}-away`);
  await storages.refresh();
  const meanwhile = place();
  for (const [cameraId, storageId] of before) {
    if (storageId === gone.storageId) expect(meanwhile.get(cameraId)).not.toBe(gone.storageId);
    else expect(meanwhile.get(cameraId)).toBe(storageId);
  }
  const told = await reroutes();
  expect(told).toHaveLength([...before.values()].filter((id) => id === gone.storageId).length);
  expect(new Set(told.map(({ why }) => why))).toEqual(new Set(['refused']));
  renameSync(`${gone.path}-away`, gone.path);
  await storages.refresh();
  expect(place()).toEqual(before);
  await close();
});

test('a storage that is being emptied gets nothing new while there is another, and everything when there is none', async () => {
  const { list, storages, place, close } = await openDesk([1, 1]);
  const [one, two] = list;
  if (one === undefined || two === undefined) throw new Error('two storages were made');
  await storages.configure([{ ...one, closing: true }, two], 0);
  expect(new Set(place().values())).toEqual(new Set([two.storageId]));
  await storages.configure([{ ...one, closing: true }], 0);
  expect(new Set(place().values())).toEqual(new Set([one.storageId]));
  await close();
});

test('a swapped mount is not written to: the camera goes on in the other folder, with its gap and the change of place', { timeout: 60_000 }, async () => {
  const room = roomFolder();
  const camera = await startCamera();
  const source = sourceOf(camera.url);
  const siteId = newId('site', systemClock);
  const storages: Storage[] = ['a', 'b'].map((name) => ({ storageId: newId('sto', systemClock), siteId, path: join(room.data, name) }));
  const config = configOf(room.storage, [source], { siteId, storages });
  const recorder = await startRecorder(room.data);
  await recorder.configure(config);
  const [first] = await entriesOf(recorder.journal, 'segment_closed');
  const used = storages.find(({ storageId }) => storageId === first?.storageId);
  const other = storages.find((one) => one !== used);
  if (used === undefined || other === undefined) throw new Error('it records somewhere');
  renameSync(used.path, `${used.path}-away`);
  mkdirSync(used.path); // the mount point without its disk
  await recorder.lookAtStorages();
  const [next] = await entriesOf(recorder.journal, 'segment_closed', { where: ({ storageId }) => storageId === other.storageId, withinMs: 40_000 });
  expect(next).toBeDefined();
  const entries = await allEntries(recorder.journal);
  expect(ofKind(entries, 'storage_refused').at(-1)).toMatchObject({ storageId: used.storageId, reason: 'identity_absent' });
  expect(ofKind(entries, 'camera_rerouted')).toMatchObject([{ cameraId: source.cameraId, fromStorageId: used.storageId, storageId: other.storageId, why: 'refused' }]);
  await recorder.stop();
  await camera.close();
  room.remove();
});
