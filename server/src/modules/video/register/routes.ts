/** Schema, act or view, presenter: the register. */
import * as contract from '../../../../../contract/cameras.ts';
import { mebibyte } from '../../../base/units.ts';
import { guarded } from '../../../mechanisms/identity/index.ts';
import type { VideoContext } from '../context.ts';
import { purposeKindName } from './approval.ts';
import { activate, changeEntry, followRetention, keepPicture } from './commands.ts';
import { entryView, listRegisterView, pictureView } from './views.ts';

const pictureBodyBytes = 12 * mebibyte;

export const registerRoutes = (context: VideoContext, push: () => Promise<void>) => [
  guarded(contract.listRegister, 'video.cameras.see', async (_call, caller) => listRegisterView(context, caller)),
  guarded(contract.registerEntry, 'video.cameras.see', async ({ params }, caller) => entryView(context, caller, params.cameraId)),
  guarded(contract.changeRegister, 'video.cameras.manage', async ({ params, body }, caller) => {
    await context.database.transaction((tx) => changeEntry(context, tx, caller, params.cameraId, body));
    return {};
  }),
  guarded(contract.keepPicture, 'video.cameras.manage', async ({ params, body }, caller) => {
    await keepPicture(context, caller, params.cameraId, params.kind, Buffer.from(body.picture, 'base64'));
    return {};
  }, { bodyLimitBytes: pictureBodyBytes }),
  guarded(contract.seePicture, 'video.cameras.see', async ({ params }, caller) => pictureView(context, caller, params.cameraId, params.kind)),
  guarded(contract.activateCamera, 'video.cameras.manage', async ({ params }, caller) => {
    await context.database.transaction((tx) => activate(context, tx, caller, params.cameraId));
    await push();
    return {};
  }),
  guarded(contract.askPurpose, 'video.purpose.ask', async ({ params, body: { reason, ...body } }, caller) => ({
    approvalId: await context.database.transaction((tx) => context.register.submit(tx, { kind: purposeKindName, body: { ...params, ...body }, reason, applicant: caller, subject: params.cameraId })),
  })),
  guarded(contract.followRetention, 'video.cameras.manage', async ({ params }, caller) => ({
    retentionDays: await context.database.transaction((tx) => followRetention(context, tx, caller, params.cameraId)),
  })),
];
