/** Puts the register together with discovery, recorders and plans. */
import type { AnyApprovalKind } from '../../../mechanisms/approvals/index.ts';
import type { VideoContext } from '../context.ts';
import { secondMs } from '../../../base/units.ts';
import { watchDevices } from '../devices/devices.ts';
import { deviceRoutes } from '../devices/routes.ts';
import { importRoutes } from '../imports/imports.ts';
import { onvifRoutes } from '../onvif/routes.ts';
import { watchEveryMs, watchOnvif } from '../onvif/watch.ts';
import { planRoutes } from '../plans/plans.ts';
import { purposeKind } from './approval.ts';
import { registerRoutes } from './routes.ts';

const watchDevicesEveryMs = 30 * secondMs;

export const createRegister = (context: VideoContext, push: () => Promise<void>) => ({
  routes: [...registerRoutes(context, push), ...onvifRoutes(context, push), ...deviceRoutes(context, push), ...importRoutes(context, push), ...planRoutes(context)],
  approvalKinds: [purposeKind(() => context)] satisfies AnyApprovalKind[],
  jobs: [{ name: 'video.onvif', everyMs: watchEveryMs, run: () => watchOnvif(context) }, { name: 'video.devices', everyMs: watchDevicesEveryMs, run: () => watchDevices(context) }],
});
