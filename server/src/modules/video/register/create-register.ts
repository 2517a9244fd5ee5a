/** Puts the register together with discovery, recorders and plans. */
import type { AnyApprovalKind } from '../../../mechanisms/approvals/index.ts';
import type { VideoContext } from '../context.ts';
import { planRoutes } from '../plans/plans.ts';
import { purposeKind } from './approval.ts';
import { registerRoutes } from './routes.ts';

export const createRegister = (context: VideoContext, push: () => Promise<void>) => ({
  routes: [...registerRoutes(context, push), ...planRoutes(context)],
  approvalKinds: [purposeKind(() => context)] satisfies AnyApprovalKind[],
  jobs: [],
});
