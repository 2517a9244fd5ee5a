/** What an administrator does with storages: add, weigh, empty, keep, retire. Each is an act with its fact; the recorder is told after it. */
import { mkdir, readdir, rmdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, normalize, sep } from 'node:path';
import type { RecorderStatus } from '../../../../../contract/recorder.ts';
import { newId } from '../../../base/ids.ts';
import { gibibyte, secondMs } from '../../../base/units.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { actorOf, tellScreens, type VideoContext } from '../context.ts';
import { bumpConfig, insertStorage, theRecorder } from '../store.ts';
import { storageAdded, storageEmptying, storageKept, storageRetired, storageWeighed } from './events.ts';
import { refuse } from './refusals.ts';
import { dropPlannedMoves, lockStorages, setStorage, storageHolds, type StorageEntry, type StorageState } from './store.ts';

const mostStorages = 16;
const settleMs = 10 * secondMs;

/** One folder within the other, or the same. */
const overlap = (one: string, other: string): boolean => one === other || one.startsWith(other + sep) || other.startsWith(one + sep);

export const folderOf = (given: string): string => {
  const path = normalize(given).replace(/(?<=.)\/+$/, '');
  if (!isAbsolute(path) || path === sep || /\p{Cc}/u.test(path)) throw refuse('path_wrong', {}, { fields: [{ path: 'path', zh: '需要完整路径', en: 'A whole path is needed' }] });
  return path;
};

/** What the recorder would refuse later is said now: it takes a new folder below one that exists, or an empty one, and nothing else. */
export const checkFolder = async (path: string): Promise<void> => {
  const field = { fields: [{ path: 'path', zh: '文件夹不可用', en: 'The folder cannot be used' }] };
  const parent = await stat(dirname(path)).catch(() => null);
  if (parent?.isDirectory() !== true) throw refuse('parent_missing', { path }, field);
  try {
    // Made and taken away again: the recorder makes it for good, with its identity.
    const made = await mkdir(path).then(() => true, (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    });
    const names = await readdir(path);
    if (made) await rmdir(path);
    if (names.some((name) => name !== 'lost+found')) throw refuse('folder_used', { path }, field);
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'syscall' in error) throw refuse('folder_closed', { path, detail: String(error.code) }, field);
    throw error;
  }
};

export const addStorage = async (context: VideoContext, tx: Tx, caller: Caller, { path, weight }: { path: string; weight: number }): Promise<string> => {
  const recorder = await theRecorder(tx);
  if (recorder === null || recorder.siteId !== caller.siteId) throw refuse('unknown');
  const { siteId, recorderId } = recorder;
  await bumpConfig(tx, siteId);
  const inUse = (await lockStorages(tx, siteId)).filter(({ state }) => state !== 'retired');
  if (inUse.length >= mostStorages) throw refuse('too_many', { limit: mostStorages });
  const other = inUse.find((one) => overlap(one.path, path));
  if (other !== undefined) throw refuse('path_taken', { path, other: other.path }, { fields: [{ path: 'path', zh: '与现有存储重叠', en: 'Overlaps a storage' }] });
  const addedAt = context.clock.now();
  const storageId = newId('sto', context.clock);
  await insertStorage(tx, { storageId, siteId, recorderId, path, weight, addedAt });
  await context.ledger.append(tx, { event: storageAdded, siteId, roomId: null, actor: actorOf(caller), subject: storageId, body: { storageId, storage: path, recorderId, weight }, at: addedAt });
  await tellScreens(context, tx, 'video.cameras');
  return storageId;
};

interface Found {
  storage: StorageEntry;
  all: readonly StorageEntry[];
}

const find = async (tx: Tx, caller: Caller, storageId: string): Promise<Found> => {
  await bumpConfig(tx, caller.siteId);
  const all = await lockStorages(tx, caller.siteId);
  const storage = all.find((one) => one.storageId === storageId && one.state !== 'retired');
  if (storage === undefined) throw refuse('unknown');
  return { storage, all };
};

export const weighStorage = async (context: VideoContext, tx: Tx, caller: Caller, storageId: string, weight: number): Promise<void> => {
  const { storage } = await find(tx, caller, storageId);
  if (storage.weight === weight) return;
  await setStorage(tx, storageId, { weight });
  const { siteId } = caller;
  await context.ledger.append(tx, { event: storageWeighed, siteId, roomId: null, actor: actorOf(caller), subject: storageId, body: { storageId, storage: storage.path, before: storage.weight, after: weight }, at: context.clock.now() });
};

const turn = async (context: VideoContext, tx: Tx, storageId: string, state: StorageState): Promise<void> => {
  await setStorage(tx, storageId, { state, at: context.clock.now() });
  await tellScreens(context, tx, 'video.cameras');
};

/** Its footage goes to the others: there must be others, with room. */
export const emptyStorage = async (context: VideoContext, tx: Tx, caller: Caller, storageId: string, { reason, status }: { reason: string; status: RecorderStatus | null }): Promise<void> => {
  const { storage, all } = await find(tx, caller, storageId);
  if (storage.state !== 'in_use') throw refuse('not_in_use');
  const others = all.filter((one) => one.state === 'in_use' && one.storageId !== storageId);
  if (others.length === 0) throw refuse('last_one');
  if (status === null) throw refuse('recorder_away');
  const { siteId } = caller;
  const { segments = 0, sizeBytes = 0 } = (await storageHolds(tx, siteId)).get(storageId) ?? {};
  const free = status.storages.filter((one) => one.usable && others.some((other) => other.storageId === one.storageId)).reduce((sum, one) => sum + Math.max(0, one.freeBytes - context.parameters.freeBytesWarn), 0);
  if (free < sizeBytes) throw refuse('no_room', { needed: Math.ceil(sizeBytes / gibibyte), free: Math.floor(free / gibibyte) });
  await turn(context, tx, storageId, 'emptying');
  await context.ledger.append(tx, { event: storageEmptying, siteId, roomId: null, actor: actorOf(caller), subject: storageId, body: { storageId, storage: storage.path, count: segments, sizeBytes, reason }, at: context.clock.now() });
};

/** What has gone stays where it went. */
export const keepStorage = async (context: VideoContext, tx: Tx, caller: Caller, storageId: string): Promise<void> => {
  const { storage } = await find(tx, caller, storageId);
  if (storage.state !== 'emptying') throw refuse('not_emptying');
  await dropPlannedMoves(tx, storageId);
  await turn(context, tx, storageId, 'in_use');
  const { siteId } = caller;
  await context.ledger.append(tx, { event: storageKept, siteId, roomId: null, actor: actorOf(caller), subject: storageId, body: { storageId, storage: storage.path }, at: context.clock.now() });
};

/** Only what is empty, and known to be: no row, nothing on its way, nothing still to be deleted. */
export const retireStorage = async (context: VideoContext, tx: Tx, caller: Caller, storageId: string, reason: string): Promise<void> => {
  const { storage } = await find(tx, caller, storageId);
  if (storage.state !== 'emptying') throw refuse('not_emptying');
  // What was being recorded here when emptying began has closed by then, and the journal was taken over.
  const leftMs = (storage.stateSince ?? 0) + 2 * context.parameters.segmentSeconds * secondMs + settleMs - context.clock.now();
  if (leftMs > 0) throw refuse('just_begun', { seconds: Math.ceil(leftMs / secondMs) });
  const { siteId } = caller;
  const holds = (await storageHolds(tx, siteId)).get(storageId);
  const left = holds === undefined ? 0 : holds.segments + holds.garbage + holds.moving;
  if (left > 0) throw refuse('not_empty', { segments: left });
  await turn(context, tx, storageId, 'retired');
  await context.ledger.append(tx, { event: storageRetired, siteId, roomId: null, actor: actorOf(caller), subject: storageId, body: { storageId, storage: storage.path, reason }, at: context.clock.now() });
};
