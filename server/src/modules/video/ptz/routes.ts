/** Schema, act, presenter: turning cameras. */
import * as contract from '../../../../../contract/wall.ts';
import { guarded } from '../../../mechanisms/identity/index.ts';
import type { VideoContext } from '../context.ts';
import { lockPtz, seePtz, turnCamera } from './ptz.ts';

export const ptzRoutes = (context: VideoContext) => [
  guarded(contract.seePtz, 'video.live.watch', async ({ params }, caller) => seePtz(context, caller, params.cameraId)),
  guarded(contract.turnCamera, 'video.ptz.turn', async ({ params, body }, caller) => turnCamera(context, caller, params.cameraId, body)),
  guarded(contract.lockPtz, 'video.ptz.turn', async ({ params, body }, caller) => lockPtz(context, caller, params.cameraId, body.minutes)),
];
