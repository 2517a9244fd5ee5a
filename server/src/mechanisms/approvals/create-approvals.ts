/** Puts approvals together. wire.ts gives it the kinds of all modules and who fills its slots. */
import { secondMs } from '../../base/units.ts';
import type { Job } from '../../platform/jobs/schedule.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import type { Caller } from '../identity/index.ts';
import { perform, requireCase } from './commands/perform.ts';
import { submit, type Submission } from './commands/submit.ts';
import { sweep } from './commands/sweep.ts';
import type { ApprovalsContext, ApprovalsOptions } from './context.ts';
import type { ApprovalCase } from './case.ts';
import { exemptionFrom } from './exemption.ts';
import { kindsByName, type AnyApprovalKind } from './kind.ts';
import { approvalsRoutes } from './routes.ts';

export interface Approvals {
  routes: Route<Caller>[];
  jobs: Job[];
  /** All kinds, this mechanism's own included. */
  kinds(): readonly AnyApprovalKind[];
  /** Answers the approval's id. Refused when the applicant may not ask for it, or nobody is laid down who must agree. */
  submit(tx: Tx, submission: Submission): Promise<string>;
  /** The grant is put to use by its executor, who is not one of those who agreed. */
  use(tx: Tx, caller: Caller, approvalId: string): Promise<void>;
  /** What came of it; the outcome is written down. */
  finish(tx: Tx, caller: Caller, approvalId: string, outcome: string): Promise<void>;
  withdraw(tx: Tx, caller: Caller, approvalId: string, reason: string): Promise<void>;
  /** Fires what is due; the job calls it. */
  sweep(): Promise<void>;
}

const sweepEveryMs = 15 * secondMs;

export const createApprovals = (options: ApprovalsOptions): Approvals => {
  const { kinds: others, ...rest } = options;
  let known: ReadonlyMap<string, AnyApprovalKind> | null = null;
  const all = (): ReadonlyMap<string, AnyApprovalKind> => (known ??= kindsByName([exemptionFrom(rest.clausesInForce, rest.clauseTitles), ...others()]));
  const context: ApprovalsContext = { ...rest, kindOf: (kind) => all().get(kind), allKinds: () => [...all().values()] };
  const act = async (tx: Tx, caller: Caller, approvalId: string, make: (one: ApprovalCase) => Parameters<typeof perform>[4]): Promise<void> => {
    const one = await requireCase(tx, approvalId);
    await perform(context, tx, caller, one, make(one));
  };
  return {
    routes: approvalsRoutes(context),
    jobs: [{ name: 'approvals.sweep', everyMs: sweepEveryMs, run: () => sweep(context) }],
    kinds: context.allKinds,
    submit: (tx, submission) => submit(context, tx, submission),
    use: (tx, caller, approvalId) => act(tx, caller, approvalId, () => ({ act: 'use', by: caller.personId })),
    finish: (tx, caller, approvalId, outcome) => act(tx, caller, approvalId, () => ({ act: 'finish', by: caller.personId, outcome })),
    withdraw: (tx, caller, approvalId, reason) => act(tx, caller, approvalId, () => ({ act: 'withdraw', by: caller.personId, reason })),
    sweep: () => sweep(context),
  };
};
