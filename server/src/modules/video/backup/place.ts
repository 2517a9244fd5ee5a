/** The folder for copies: on another device than the footage, with an identity file that is compared before anything is written. */
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { newId } from '../../../base/ids.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import type { Db, Tx } from '../../../platform/postgres/db.ts';
import { actorOf, type VideoContext } from '../context.ts';
import { checkFolder, folderOf } from '../storage/commands.ts';
import { storagesOf, theRecorder } from '../store.ts';
import { backupApart } from './controls.ts';
import { placeAdded, placeRetired } from './events.ts';
import { refuse, samePlaceFields } from './refusals.ts';
import { insertPlace, placeOf, queueAll, retirePlace, type CopyPlace } from './store.ts';

const identityName = 'vigil-copies.json';
const Identity = z.object({ placeId: z.string(), siteId: z.string() });

/** Null: it is the folder that was set up. */
export const faultOf = async ({ placeId, path }: Pick<CopyPlace, 'placeId' | 'path'>): Promise<'missing' | 'identity' | null> => {
  const text = await readFile(join(path, identityName), 'utf8').catch(() => null);
  if (text === null) return (await stat(path).catch(() => null)) === null ? 'missing' : 'identity';
  try {
    return Identity.parse(JSON.parse(text)).placeId === placeId ? null : 'identity';
  } catch {
    return 'identity';
  }
};

const deviceOf = async (path: string): Promise<number | null> => (await stat(path).catch(() => null))?.dev ?? null;

/** Does it lie on the device of a storage, or of the room's own data? A folder that is not there yet lies where the one above it does. */
const sharesDevice = async (context: VideoContext, db: Db, path: string): Promise<boolean> => {
  const recorder = await theRecorder(db);
  const originals = [context.footageFolder, dirname(context.footageFolder), ...(recorder === null ? [] : (await storagesOf(db, recorder.recorderId)).map((one) => one.path))];
  const own = (await deviceOf(path)) ?? (await deviceOf(dirname(path)));
  const devices = await Promise.all(originals.map(deviceOf));
  return devices.some((device) => device !== null && device === own);
};

const writeIdentity = async (path: string, identity: z.infer<typeof Identity>): Promise<void> => {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const handle = await open(join(path, identityName), 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(identity)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

export const addPlace = async (context: VideoContext, caller: Caller, given: string): Promise<string> => {
  const { database: { db }, clock } = context;
  const { siteId, roomId } = caller;
  const path = folderOf(given);
  const before = await placeOf(db, siteId);
  if (before !== null) throw refuse('place_taken', { path: before.path });
  await checkFolder(path);
  const rules = await context.register.rules(db, { siteId, roomId }, clock.now());
  const shares = await sharesDevice(context, db, path);
  backupApart.refuse(() => (shares && rules.flag('backup_target_independent') ? refuse('same_disk', { path }, samePlaceFields) : null));
  const placeId = newId('cpl', clock);
  await writeIdentity(path, { placeId, siteId });
  await context.database.transaction(async (tx) => {
    const at = clock.now();
    await insertPlace(tx, { placeId, siteId, path }, at);
    // What is there already waits for its copy as well.
    await queueAll(tx, siteId);
    await context.ledger.append(tx, { event: placeAdded, siteId, roomId, actor: actorOf(caller), subject: placeId, body: { placeId, folder: path, apart: !shares }, at });
  });
  return placeId;
};

export const endPlace = async (context: VideoContext, tx: Tx, caller: Caller, placeId: string, reason: string): Promise<void> => {
  const { siteId, roomId } = caller;
  const place = await placeOf(tx, siteId);
  if (place?.placeId !== placeId) throw refuse('place_unknown');
  const at = context.clock.now();
  await retirePlace(tx, placeId, at);
  await context.ledger.append(tx, { event: placeRetired, siteId, roomId, actor: actorOf(caller), subject: placeId, body: { placeId, folder: place.path, reason }, at });
};
