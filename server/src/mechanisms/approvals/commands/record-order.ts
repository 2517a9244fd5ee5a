/** An emergency: a leader said yes by word of mouth. Who received the order writes it down; it is provisional until its papers are granted. */
import type { z } from 'zod';
import type * as contract from '../../../../../contract/approvals.ts';
import { newId } from '../../../base/ids.ts';
import { hourMs } from '../../../base/units.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import { actorOf, type Caller } from '../../identity/index.ts';
import type { ApprovalsContext, PersonHere } from '../context.ts';
import { events } from '../events.ts';
import type { AnyApprovalKind } from '../kind.ts';
import { insertOrder } from '../order-store.ts';
import { approvalsRefusals as no } from '../refusals.ts';

type Form = z.output<(typeof contract.recordOrder)['body']>;

/** Kinds that may go ahead on an order, with who may give it now. */
export const emergencyKinds = async (context: ApprovalsContext, db: Db, caller: Caller): Promise<{ kind: AnyApprovalKind; leaders: readonly PersonHere[] }[]> => {
  const now = context.clock.now();
  const { orderLeaders } = await context.limits(db, caller, now);
  return Promise.all(context.allKinds().flatMap((kind) => {
    const { emergency } = kind;
    if (!('leaders' in emergency)) return [];
    const roles = emergency.leaders.filter((role) => orderLeaders.includes(role));
    return [(roles.length === 0 ? Promise.resolve([]) : context.people.peopleWithRoles(db, caller, roles, now)).then((leaders) => ({ kind, leaders }))];
  }));
};

/** A kind that never goes ahead says why. */
const notThisKind = (context: ApprovalsContext, name: string) => {
  const known = context.kindOf(name);
  if (known === undefined) return no('kind_unknown', { kind: name });
  const { zh, en } = 'never' in known.emergency ? known.emergency.never : { zh: '', en: '' };
  return no('order_kind', { kind: known.title.zh, kindEn: known.title.en, why: zh, whyEn: en });
};

export const recordOrder = (context: ApprovalsContext, caller: Caller, { kind: name, what, reason, leaderId, orderedAt }: Form): Promise<{ orderId: string; papersDueAt: number }> =>
  context.database.transaction(async (tx) => {
    const found = (await emergencyKinds(context, tx, caller)).find(({ kind }) => kind.kind === name);
    if (found === undefined) throw notThisKind(context, name);
    const { siteId, roomId } = caller;
    const now = context.clock.now();
    if (leaderId === caller.personId) throw no('order_own', {}, { fields: [{ path: 'leaderId', ...no('order_own').sentence }] });
    if (!found.leaders.some(({ personId }) => personId === leaderId)) {
      const [known] = await context.people.peopleStanding(tx, caller, [leaderId], now);
      const unfit = no('order_leader', { name: known?.name ?? '—' });
      throw no('order_leader', { name: known?.name ?? '—' }, { fields: [{ path: 'leaderId', ...unfit.sentence }] });
    }
    const { papersMs } = await context.limits(tx, caller, now);
    if (orderedAt > now || orderedAt <= now - papersMs) {
      const values = { hours: papersMs / hourMs };
      throw no('order_time', values, { fields: [{ path: 'orderedAt', ...no('order_time', values).sentence }] });
    }
    const orderId = newId('ord', context.clock);
    const papersDueAt = orderedAt + papersMs;
    const number = await insertOrder(tx, { orderId, kind: name, siteId, roomId, what, reason, leaderId, recordedBy: caller.personId, orderedAt, recordedAt: now, papersDueAt });
    const { title } = found.kind;
    const body = { number, kind: name, title, what, reason, leader: leaderId, orderedAt, papersDueAt };
    await context.ledger.append(tx, { event: events.orderRecorded, siteId, roomId, actor: actorOf(caller), subject: orderId, at: now, body });
    // In whose name it stands hears of it at once: an order that nobody gave does not stay unnoticed.
    await context.remind(tx, { siteId, roomId, approvalId: orderId, to: [leaderId], at: now, sentence: { zh: `以您的名义记录了口头命令 ${number}（${title.zh}），手续待补`, en: `Verbal order ${number} (${title.en}) was written down in your name; its papers follow` } });
    await context.tellScreens(tx, 'approvals.requests');
    return { orderId, papersDueAt };
  });
