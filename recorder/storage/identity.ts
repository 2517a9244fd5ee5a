/**
 * Whose disk is this? Each storage folder carries `vigil-storage.json`; it is compared before the first byte of every segment, so that a
 * missing or swapped mount is refused and never silently filled (design: recording, "Segments").
 */
import { constants } from 'node:fs';
import { access, mkdir, open, readFile, readdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { JournalEntryOf, Storage } from '../../contract/recorder.ts';
import { syncFolder } from '../journal/files.ts';
import type { Clock } from '../../server/src/base/clock.ts';
import type { Refusal } from '../../server/src/base/refusal.ts';
import { refuse } from '../refusals.ts';

export const identityFile = 'vigil-storage.json';
const Identity = z.object({ storageId: z.string(), siteId: z.string(), createdAt: z.int() });
export type StorageIdentity = z.infer<typeof Identity>;

export type StorageFault = JournalEntryOf<'storage_refused'>['reason'];
export type StorageCheck = { usable: true } | { usable: false; reason: StorageFault; refusal: Refusal };

const no = (reason: StorageFault, refusal: Refusal): StorageCheck => ({ usable: false, reason, refusal });

const readIdentity = async (folder: string): Promise<StorageIdentity | null> => {
  try {
    return Identity.parse(JSON.parse(await readFile(join(folder, identityFile), 'utf8')));
  } catch {
    return null; // absent, unreadable or not ours: the same to us, nothing is written there
  }
};

/** Compares and never creates. */
export const checkStorage = async (storage: Storage): Promise<StorageCheck> => {
  const { path } = storage;
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() !== true) return no('missing', refuse('storage_missing', { path }));
  const identity = await readIdentity(path);
  if (identity === null) return no('identity_absent', refuse('storage_identity_absent', { path }));
  if (identity.storageId !== storage.storageId || identity.siteId !== storage.siteId)
    return no('identity_differs', refuse('storage_identity_differs', { path, found: `${identity.siteId}/${identity.storageId}`, expected: `${storage.siteId}/${storage.storageId}` }));
  try {
    await access(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    return no('not_writable', refuse('storage_not_writable', { path, detail: String((error as NodeJS.ErrnoException).code) }));
  }
  return { usable: true };
};

/** A fresh file system carries one folder, and a crash in the middle of giving an identity leaves one file: empty all the same. */
const isEmpty = (names: readonly string[]): boolean => names.every((name) => name === 'lost+found' || name === `${identityFile}.new`);

/**
 * Gives a NEW folder its identity: the folder is absent (and its parent exists) or empty. Anything else is compared as always.
 * Only for a storage that was never used: a used one whose folder is empty is a disk that is not mounted.
 */
export const initialiseStorage = async (storage: Storage, clock: Clock): Promise<StorageCheck> => {
  const { path } = storage;
  const parent = await stat(dirname(path)).catch(() => null);
  if (parent?.isDirectory() !== true) return no('missing', refuse('storage_parent_missing', { path }));
  try {
    await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
    if (!isEmpty(await readdir(path))) return await checkStorage(storage);
    const identity: StorageIdentity = { storageId: storage.storageId, siteId: storage.siteId, createdAt: clock.now() };
    const fresh = join(path, `${identityFile}.new`);
    const handle = await open(fresh, 'w', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(identity, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, join(path, identityFile));
    await syncFolder(path);
    await syncFolder(dirname(path));
  } catch (error) {
    return no('not_writable', refuse('storage_not_writable', { path, detail: String((error as NodeJS.ErrnoException).code ?? error) }));
  }
  return checkStorage(storage);
};
