/** Puts copies and backups together: acts and views of people, and the jobs that copy, verify, back up and look for what is wrong. */
import * as contract from '../../../../../contract/backup.ts';
import type { RecorderStatus } from '../../../../../contract/recorder.ts';
import { minuteMs, secondMs } from '../../../base/units.ts';
import { guarded, type Caller } from '../../../mechanisms/identity/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { cameraLabel } from '../camera.ts';
import { actorOf, type VideoContext } from '../context.ts';
import { refuse as refuseVideo } from '../errors.ts';
import { findCamera } from '../store.ts';
import { checkEveryMs, copyEveryMs, copyFootage, endCopies, verifyCopies } from './copying.ts';
import { drill } from './drills.ts';
import { cameraLeftOut, cameraTakenIn } from './events.ts';
import { addPlace, endPlace } from './place.ts';
import { restoreFootage } from './restore.ts';
import { runBySchedule, runNow } from './runs.ts';
import { deleteLeftOut, insertLeftOut } from './store.ts';
import { lookForTroubles } from './troubles.ts';
import { backupView, drillView } from './views.ts';

const lookEveryMs = 30 * secondMs;
const runsEveryMs = 10 * minuteMs;

const setLeftOut = async (context: VideoContext, tx: Tx, caller: Caller, cameraId: string, reason: string | null): Promise<void> => {
  const found = await findCamera(tx, caller.roomId, cameraId, { retired: true });
  if (found === null) throw refuseVideo('camera_unknown');
  const { siteId, roomId, personId } = caller;
  const [camera, at] = [cameraLabel(found), context.clock.now()];
  const told = { siteId, roomId, actor: actorOf(caller), subject: cameraId, at };
  if (reason === null) await deleteLeftOut(tx, cameraId);
  else await insertLeftOut(tx, { cameraId, reason, personId }, at);
  if (reason === null) await context.ledger.append(tx, { ...told, event: cameraTakenIn, body: { cameraId, camera } });
  else await context.ledger.append(tx, { ...told, event: cameraLeftOut, body: { cameraId, camera, reason } });
};

export const createBackup = (context: VideoContext, status: () => RecorderStatus | null) => {
  const act = async (work: (tx: Tx) => Promise<void>): Promise<Record<string, never>> => {
    await context.database.transaction(work);
    return {};
  };
  return {
    routes: [
      guarded(contract.backupScreen, 'video.backup.see', async (_call, caller) => backupView(context, caller)),
      guarded(contract.addCopyPlace, 'video.backup.manage', async ({ body }, caller) => ({ placeId: await addPlace(context, caller, body.path) })),
      guarded(contract.retireCopyPlace, 'video.backup.manage', async ({ params, body }, caller) => act((tx) => endPlace(context, tx, caller, params.placeId, body.reason))),
      guarded(contract.leaveOut, 'video.backup.manage', async ({ params, body }, caller) => act((tx) => setLeftOut(context, tx, caller, params.cameraId, body.reason))),
      guarded(contract.takeBackIn, 'video.backup.manage', async ({ params }, caller) => act((tx) => setLeftOut(context, tx, caller, params.cameraId, null))),
      guarded(contract.runBackup, 'video.backup.run', async (_call, caller) => runNow(context, caller)),
      guarded(contract.runDrill, 'video.backup.run', async (_call, caller) => ({ drill: drillView(await drill(context, caller), caller.name) })),
      guarded(contract.restoreFootage, 'video.backup.run', async ({ params }, caller) => {
        await restoreFootage(context, caller, params.segmentId);
        return {};
      }),
    ],
    jobs: [
      { name: 'video.copy_footage', everyMs: copyEveryMs, run: () => copyFootage(context, status()) },
      { name: 'video.verify_copies', everyMs: checkEveryMs, run: () => verifyCopies(context, status()) },
      { name: 'video.end_copies', everyMs: checkEveryMs, run: () => endCopies(context) },
      { name: 'video.backup_room', everyMs: runsEveryMs, run: () => runBySchedule(context) },
      { name: 'video.backup_looked_at', everyMs: lookEveryMs, run: () => lookForTroubles(context) },
    ],
  };
};
