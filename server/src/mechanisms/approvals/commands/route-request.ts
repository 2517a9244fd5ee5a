/** The other acts of people with a request: return, hand on, assign, withdraw, remind, revoke. */
import type { z } from 'zod';
import type * as contract from '../../../../../contract/approvals.ts';
import { minuteMs } from '../../../base/units.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { requireStepUp, type Caller } from '../../identity/index.ts';
import type { ApprovalCase } from '../case.ts';
import type { ApprovalsContext } from '../context.ts';
import { decide } from '../lifecycle.ts';
import { tables } from '../load.ts';
import { isRefusal, type Act } from '../outcome.ts';
import { approvalsRefusals } from '../refusals.ts';
import { circumstances, perform, requireCase } from './perform.ts';

type Form<E extends { body: z.ZodType }> = z.output<E['body']>;

const actOn = async (context: ApprovalsContext, caller: Caller, approvalId: string, act: Act, before?: (tx: Tx, one: ApprovalCase) => Promise<void>): Promise<void> => {
  await context.database.transaction(async (tx) => {
    const one = await requireCase(tx, approvalId);
    if (one.roomId !== caller.roomId) throw approvalsRefusals('unknown');
    await before?.(tx, one);
    await perform(context, tx, caller, one, act);
  });
};

export const giveBack = (context: ApprovalsContext, caller: Caller, id: string, { reason, round, step, toStep }: Form<typeof contract.giveBack>): Promise<void> =>
  actOn(context, caller, id, { act: 'return', by: caller.personId, seen: { round, step }, toStep, reason });

export const transfer = (context: ApprovalsContext, caller: Caller, id: string, { reason, round, step, toPersonId }: Form<typeof contract.transfer>): Promise<void> =>
  actOn(context, caller, id, { act: 'transfer', by: caller.personId, seen: { round, step }, to: toPersonId, reason });

export const assign = (context: ApprovalsContext, caller: Caller, id: string, { reason, round, step, toPersonId }: Form<typeof contract.assign>): Promise<void> =>
  actOn(context, caller, id, { act: 'assign', by: caller.personId, seen: { round, step }, to: toPersonId, reason });

export const add = (context: ApprovalsContext, caller: Caller, id: string, { reason, round, step, toPersonId, how }: Form<typeof contract.add>): Promise<void> =>
  actOn(context, caller, id, { act: 'add', by: caller.personId, seen: { round, step }, to: toPersonId, how, reason });

export const remove = (context: ApprovalsContext, caller: Caller, id: string, { reason, round, step, seat }: Form<typeof contract.remove>): Promise<void> =>
  actOn(context, caller, id, { act: 'remove', by: caller.personId, seen: { round, step }, seat, reason });

export const opine = (context: ApprovalsContext, caller: Caller, id: string, { opinion, round, step }: Form<typeof contract.opine>): Promise<void> =>
  actOn(context, caller, id, { act: 'opine', by: caller.personId, seen: { round, step }, opinion });

export const withdraw = (context: ApprovalsContext, caller: Caller, id: string, reason: string): Promise<void> => actOn(context, caller, id, { act: 'withdraw', by: caller.personId, reason });

/** What was granted by signatures is ended by somebody who proves again who they are; who may not hears that first. */
export const revoke = (context: ApprovalsContext, caller: Caller, id: string, reason: string): Promise<void> => {
  const act: Act = { act: 'revoke', by: caller.personId, reason };
  return actOn(context, caller, id, act, async (tx, one) => {
    if (one.protected && !isRefusal(decide(one, act, await circumstances(context, tx, one, caller.personId)))) requireStepUp(caller, context.clock.now());
  });
};

/** Whoever may see it may remind; nobody may ring without end. */
export const remind = (context: ApprovalsContext, caller: Caller, id: string): Promise<void> =>
  actOn(context, caller, id, { act: 'remind', by: caller.personId }, async (tx, one) => {
    const last = await tables(tx).selectFrom('approvals.moves').select('at').where('approval_id', '=', one.approvalId).where('act', '=', 'reminded').where('actor_id', '<>', 'server').orderBy('number', 'desc').limit(1).executeTakeFirst();
    const { remindAgainMs } = await context.limits(tx, one, context.clock.now());
    const restMs = last === undefined ? 0 : Math.abs(context.clock.now() - last.at);
    if (last === undefined || restMs >= remindAgainMs) return;
    throw approvalsRefusals('reminded_lately', { minutes: Math.max(1, Math.ceil((remindAgainMs - restMs) / minuteMs)) }, { retryAfterSeconds: Math.ceil((remindAgainMs - restMs) / 1000) });
  });
