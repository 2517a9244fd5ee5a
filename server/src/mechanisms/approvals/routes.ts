/** HTTP of approvals. Everybody signed in has an inbox; what of a single request they may see and do depends on the request. */
import * as contract from '../../../../contract/approvals.ts';
import type { Route } from '../../platform/http/route.ts';
import { guarded, signedIn, type Caller } from '../identity/index.ts';
import { decideOn, prepare } from './commands/decide.ts';
import { endDeputy, nameDeputy } from './commands/deputies.ts';
import { assign, giveBack, remind, revoke, transfer, withdraw } from './commands/route-request.ts';
import { resubmit, submit } from './commands/submit.ts';
import type { ApprovalsContext } from './context.ts';
import { viewCandidates, viewDeputies } from './people-views.ts';
import { approvalsRefusals } from './refusals.ts';
import { requireSight, viewCounts, viewInbox, viewKinds, viewOne } from './views.ts';

const submitForm = async (context: ApprovalsContext, caller: Caller, form: { kind: string; body: unknown; reason: string }): Promise<{ approvalId: string }> => {
  const kind = context.kindOf(form.kind);
  if (kind === undefined) throw approvalsRefusals('kind_unknown', { kind: form.kind });
  if (kind.fields === undefined) throw approvalsRefusals('kind_by_its_module', { kind: kind.title.zh });
  const can = caller.can(kind.submitVerb);
  if (can !== true) throw await context.deny(caller, 'POST /api/approvals', can, kind.submitVerb);
  const approvalId = await context.database.transaction((tx) => submit(context, tx, { ...form, applicant: caller, subject: caller.personId }));
  return { approvalId };
};

const readRoutes = (context: ApprovalsContext): Route<Caller>[] => [
  signedIn(contract.inbox, ({ query }, caller) => viewInbox(context, caller, query)),
  signedIn(contract.counts, (_call, caller) => viewCounts(context, caller)),
  signedIn(contract.kinds, (_call, caller) => viewKinds(context, caller)),
  signedIn(contract.listDeputies, (_call, caller) => viewDeputies(context, caller)),
  signedIn(contract.one, ({ params }, caller) => viewOne(context, caller, params.approvalId)),
  signedIn(contract.candidates, ({ params }, caller) => viewCandidates(context, caller, params.approvalId)),
];

const decideRoutes = (context: ApprovalsContext): Route<Caller>[] => [
  signedIn(contract.prepare, async ({ params, body }, caller) => {
    await requireSight(context, caller, params.approvalId, 'POST /api/approvals/:approvalId/prepare');
    return prepare(context, caller, params.approvalId, body);
  }),
  signedIn(contract.decide, async ({ params, body }, caller) => {
    await requireSight(context, caller, params.approvalId, 'POST /api/approvals/:approvalId/decisions');
    const { assertion, ...form } = body;
    const after = await context.database.transaction((tx) => decideOn(context, tx, caller, params.approvalId, form, assertion));
    return { state: after.state.name };
  }),
  signedIn(contract.giveBack, async ({ params, body }, caller) => {
    await giveBack(context, caller, params.approvalId, body);
    return {};
  }),
  signedIn(contract.transfer, async ({ params, body }, caller) => {
    await transfer(context, caller, params.approvalId, body);
    return {};
  }),
  guarded(contract.assign, 'approvals.approver.assign', async ({ params, body }, caller) => {
    await assign(context, caller, params.approvalId, body);
    return {};
  }),
];

const askRoutes = (context: ApprovalsContext): Route<Caller>[] => [
  signedIn(contract.submit, ({ body }, caller) => submitForm(context, caller, body)),
  signedIn(contract.resubmit, async ({ params, body }, caller) => {
    await context.database.transaction((tx) => resubmit(context, tx, caller, params.approvalId, body));
    return {};
  }),
  signedIn(contract.withdraw, async ({ params, body }, caller) => {
    await withdraw(context, caller, params.approvalId, body.reason);
    return {};
  }),
  signedIn(contract.remind, async ({ params }, caller) => {
    await requireSight(context, caller, params.approvalId, 'POST /api/approvals/:approvalId/reminders');
    await remind(context, caller, params.approvalId);
    return {};
  }),
  signedIn(contract.revoke, async ({ params, body }, caller) => {
    await revoke(context, caller, params.approvalId, body.reason);
    return {};
  }),
  signedIn(contract.nameDeputy, async ({ body }, caller) => ({ deputyId: await nameDeputy(context, caller, body) })),
  signedIn(contract.endDeputy, async ({ params }, caller) => {
    await endDeputy(context, caller, params.deputyId);
    return {};
  }),
];

/** The fixed words of /api/approvals/… stand before those with an id. */
export const approvalsRoutes = (context: ApprovalsContext): Route<Caller>[] => [...readRoutes(context), ...askRoutes(context), ...decideRoutes(context)];
