/** Takes a camera out of use, with a reason. Its footage stays until its retention ends. */
import type { Caller } from '../../../mechanisms/identity/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { actorOf, tellScreens, type VideoContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { cameraRetired } from '../events.ts';
import { stopsNeedWindow } from '../stops/controls.ts';
import { refuse as refuseStop } from '../stops/refusals.ts';
import { hasFootage, stoppedCameras } from '../stops/store.ts';
import { bumpConfig, findCamera, retireCamera as retire } from '../store.ts';

export const retireCamera = async (context: VideoContext, tx: Tx, caller: Caller, cameraId: string, reason: string): Promise<void> => {
  const camera = await findCamera(tx, caller.roomId, cameraId);
  if (camera === null) throw refuse('camera_unknown');
  const at = context.clock.now();
  // To retire it would stop its recording for good: what has begun to record ends only while a stop of it is approved.
  const records = camera.record && !(await stoppedCameras(tx, camera.siteId)).has(camera.cameraId) && (await hasFootage(tx, camera.cameraId));
  stopsNeedWindow.refuse(() => (records ? refuseStop('still_recorded') : null));
  if (!(await retire(tx, camera.cameraId, { at, by: caller.personId, reason }))) throw refuse('camera_unknown');
  await bumpConfig(tx, camera.siteId);
  const body = { cameraId: camera.cameraId, number: camera.number, name: camera.name, reason };
  await context.ledger.append(tx, { event: cameraRetired, siteId: camera.siteId, roomId: camera.roomId, actor: actorOf(caller), subject: camera.cameraId, body, at });
  await tellScreens(context, tx, 'video.cameras');
};
