/** Schema, act, presenter: ONVIF. */
import * as contract from '../../../../../contract/cameras.ts';
import { guarded } from '../../../mechanisms/identity/index.ts';
import type { VideoContext } from '../context.ts';
import { addOnvifCamera, searchNetwork, testOnvif } from './commands.ts';

export const onvifRoutes = (context: VideoContext, push: () => Promise<void>) => [
  guarded(contract.discoverCameras, 'video.cameras.manage', async (_call, caller) => searchNetwork(context, caller)),
  guarded(contract.testOnvif, 'video.cameras.test', async ({ body }, caller) => testOnvif(context, caller, body)),
  guarded(contract.addOnvifCamera, 'video.cameras.manage', async ({ body }, caller) => {
    const cameraId = await addOnvifCamera(context, caller, body);
    await push();
    return { cameraId };
  }),
];
