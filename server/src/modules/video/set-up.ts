/** What a new site needs of video: its recorder, its footage folder, perhaps a first camera. */
import { newId } from '../../base/ids.ts';
import type { Actor } from '../../mechanisms/ledger/index.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import { addCamera, type NewCamera } from './commands/add-camera.ts';
import { serverActor, type VideoContext } from './context.ts';
import { storageAdded } from './storage/events.ts';
import { insertRecorder, insertStorage } from './store.ts';

export interface NewSite {
  siteId: string;
  roomId: string;
  cameras: readonly NewCamera[];
  /** Simulated cameras of the demonstration speak from this machine. */
  allowLocal: boolean;
  actor: Actor;
}

/** Of cameras that come with the room: what is allowed before any regulation is adopted. */
const firstPurpose = 'internal_safety';

export const setUpSite = async (context: VideoContext, tx: Tx, site: NewSite): Promise<void> => {
  const { clock, ledger, footageFolder } = context;
  const { siteId, roomId } = site;
  const recorderId = newId('rec', clock);
  const storageId = newId('sto', clock);
  const addedAt = clock.now();
  await insertRecorder(tx, { recorderId, siteId, addedAt });
  await insertStorage(tx, { storageId, siteId, recorderId, path: footageFolder, weight: 1, addedAt });
  await ledger.append(tx, { event: storageAdded, siteId, roomId: null, actor: serverActor, subject: storageId, body: { storageId, recorderId, storage: footageFolder, weight: 1 }, at: addedAt });
  for (const camera of site.cameras) await addCamera(context, tx, { siteId, roomId }, { ...camera, entry: { fields: { purpose: firstPurpose } } }, site.actor, site.allowLocal);
};
