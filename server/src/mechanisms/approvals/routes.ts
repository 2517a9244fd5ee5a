/** HTTP of approvals. Everybody signed in has an inbox; what of a single request they may see and do depends on the request. */
import type { z } from 'zod';
import * as contract from '../../../../contract/approvals.ts';
import type { Route } from '../../platform/http/route.ts';
import { guarded, requireStepUp, signedIn, type Caller } from '../identity/index.ts';
import { decideOn, prepare } from './commands/decide.ts';
import { endDeputy, nameDeputy } from './commands/deputies.ts';
import { dropDraft, saveDraft, viewDrafts } from './commands/drafts.ts';
import { fileOf, keepFile } from './commands/files.ts';
import { recordOrder } from './commands/record-order.ts';
import { add, assign, giveBack, opine, remind, remove, revoke, transfer, withdraw } from './commands/route-request.ts';
import { resubmit, submit } from './commands/submit.ts';
import type { ApprovalsContext } from './context.ts';
import { viewCandidates, viewDeputies } from './people-views.ts';
import { approvalsRefusals } from './refusals.ts';
import { viewOrders, viewProof } from './paper-views.ts';
import { requireSight, viewCounts, viewInbox, viewKinds, viewOne } from './views.ts';

const fileBody = { bodyLimitBytes: 15 * 1024 * 1024 };

const submitForm = async (context: ApprovalsContext, caller: Caller, { draftId, ...form }: z.output<(typeof contract.submit)['body']>): Promise<{ approvalId: string }> => {
  const kind = context.kindOf(form.kind);
  if (kind === undefined) throw approvalsRefusals('kind_unknown', { kind: form.kind });
  if (kind.fields === undefined) throw approvalsRefusals('kind_by_its_module', { kind: kind.title.zh });
  const can = caller.can(kind.submitVerb);
  if (can !== true) throw await context.deny(caller, 'POST /api/approvals', can, kind.submitVerb);
  const approvalId = await context.database.transaction(async (tx) => {
    if (draftId !== null) await dropDraft(tx, caller.personId, draftId);
    return submit(context, tx, { ...form, applicant: caller, subject: caller.personId });
  });
  return { approvalId };
};

const readRoutes = (context: ApprovalsContext): Route<Caller>[] => [
  signedIn(contract.inbox, ({ query }, caller) => viewInbox(context, caller, query)),
  signedIn(contract.counts, (_call, caller) => viewCounts(context, caller)),
  signedIn(contract.kinds, (_call, caller) => viewKinds(context, caller)),
  signedIn(contract.listDeputies, (_call, caller) => viewDeputies(context, caller)),
  signedIn(contract.drafts, (_call, caller) => viewDrafts(context, caller)),
  signedIn(contract.orders, (_call, caller) => viewOrders(context, caller)),
  signedIn(contract.proof, ({ params }, caller) => viewProof(context, caller, params.approvalId)),
  signedIn(contract.file, async ({ params }, caller) => fileOf(context, await requireSight(context, caller, params.approvalId, 'GET /api/approvals/:approvalId/files/:sha256'), params.sha256)),
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
  signedIn(contract.add, async ({ params, body }, caller) => {
    await requireSight(context, caller, params.approvalId, 'POST /api/approvals/:approvalId/additions');
    await add(context, caller, params.approvalId, body);
    return {};
  }),
  signedIn(contract.remove, async ({ params, body }, caller) => {
    await requireSight(context, caller, params.approvalId, 'POST /api/approvals/:approvalId/removals');
    await remove(context, caller, params.approvalId, body);
    return {};
  }),
  signedIn(contract.opine, async ({ params, body }, caller) => {
    await requireSight(context, caller, params.approvalId, 'POST /api/approvals/:approvalId/opinions');
    await opine(context, caller, params.approvalId, body);
    return {};
  }),
  guarded(contract.assign, 'approvals.approver.assign', async ({ params, body }, caller) => {
    await assign(context, caller, params.approvalId, body);
    return {};
  }),
];

const askRoutes = (context: ApprovalsContext): Route<Caller>[] => [
  signedIn(contract.submit, ({ body }, caller) => submitForm(context, caller, body)),
  signedIn(contract.keepFile, async ({ body }, caller) => keepFile(context, caller, body), fileBody),
  signedIn(contract.saveDraft, async ({ body }, caller) => saveDraft(context, caller, body)),
  signedIn(contract.dropDraft, async ({ params }, caller) => {
    if (!(await context.database.transaction((tx) => dropDraft(tx, caller.personId, params.draftId)))) throw approvalsRefusals('draft_unknown');
    return {};
  }),
  guarded(contract.recordOrder, 'approvals.order.record', async ({ body }, caller) => recordOrder(context, caller, body)),
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
  signedIn(contract.nameDeputy, async ({ body }, caller) => {
    // Who signs for somebody else is named by that somebody, not by whoever found their window open.
    requireStepUp(caller, context.clock.now());
    return { deputyId: await nameDeputy(context, caller, body) };
  }),
  signedIn(contract.endDeputy, async ({ params }, caller) => {
    await endDeputy(context, caller, params.deputyId);
    return {};
  }),
];

/** The fixed words of /api/approvals/… stand before those with an id. */
export const approvalsRoutes = (context: ApprovalsContext): Route<Caller>[] => [...readRoutes(context), ...askRoutes(context), ...decideRoutes(context)];
