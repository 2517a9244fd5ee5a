/** Schema, act or view, presenter: recorders whose channels are cameras here. */
import * as contract from '../../../../../contract/cameras.ts';
import { guarded } from '../../../mechanisms/identity/index.ts';
import type { VideoContext } from '../context.ts';
import { addDevice, changeCredential, listDevices, testChannels } from './devices.ts';

export const deviceRoutes = (context: VideoContext, push: () => Promise<void>) => [
  guarded(contract.listDevices, 'video.cameras.see', async (_call, caller) => ({ devices: await listDevices(context, caller), now: context.clock.now() })),
  guarded(contract.testChannels, 'video.cameras.test', async ({ body }, caller) => ({ channels: await testChannels(context, caller, body) })),
  guarded(contract.addDevice, 'video.cameras.manage', async ({ body }, caller) => {
    const added = await addDevice(context, caller, body);
    await push();
    return added;
  }),
  guarded(contract.changeDeviceCredential, 'video.cameras.manage', async ({ params, body }, caller) => {
    await changeCredential(context, caller, params.deviceId, body);
    await push();
    return {};
  }),
];
