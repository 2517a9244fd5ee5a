/** What becomes of an order by word of mouth: its papers are granted, or refused, or do not come in time; then it is a breach and somebody is alarmed. */
import type { Sentence } from '../../../base/refusal.ts';
import { isDatabaseAway, type Tx } from '../../../platform/postgres/db.ts';
import { serverActor } from '../../ledger/index.ts';
import type { ApprovalCase } from '../case.ts';
import type { Change } from '../change.ts';
import type { ApprovalsContext } from '../context.ts';
import { breachWords, events } from '../events.ts';
import { lockOrder, markBreached, markPapered, orderPapered, overdueOrders, type VerbalOrder } from '../order-store.ts';

const atOnce = 200;

const titleOf = (context: ApprovalsContext, kind: string): Sentence => context.kindOf(kind)?.title ?? { zh: kind, en: kind };

const breach = async (context: ApprovalsContext, tx: Tx, order: VerbalOrder, why: 'late' | 'refused', now: number): Promise<void> => {
  if (!(await markBreached(tx, order.orderId, why, now))) return;
  const { siteId, roomId, orderId, number, kind, recordedBy, leaderId } = order;
  const title = titleOf(context, kind);
  const lateMs = why === 'late' ? Math.max(0, now - order.papersDueAt) : null;
  await context.ledger.append(tx, { event: events.orderBreached, siteId, roomId, actor: serverActor, subject: orderId, at: now, body: { number, kind, title, why, lateMs } });
  await context.papers.missing(tx, { siteId, roomId, orderId, number, title, at: now, why });
  const words = breachWords[why];
  await context.remind(tx, { siteId, roomId, approvalId: orderId, to: [recordedBy, leaderId], at: now, sentence: { zh: `口头命令 ${number}（${title.zh}）违规：${words.zh}`, en: `Verbal order ${number} (${title.en}) is a breach: ${words.en}` } });
  await context.tellScreens(tx, 'approvals.requests');
};

/** After an act on a request: is it the papers of an order, and decided? */
export const settleOrder = async (context: ApprovalsContext, tx: Tx, one: ApprovalCase, change: Change, title: Sentence): Promise<void> => {
  const granted = change.signature !== null && 'consent' in change.state;
  if (!granted && change.state.name !== 'rejected') return;
  const orderId = await orderPapered(tx, one.approvalId);
  const order = orderId === null ? null : await lockOrder(tx, orderId);
  if (order === null) return;
  if (!granted) return breach(context, tx, order, 'refused', change.at);
  // The sweep may not have run yet: papers that come past their time are late, whoever is first.
  if (change.at >= order.papersDueAt) await breach(context, tx, order, 'late', change.at);
  await markPapered(tx, order.orderId, change.at);
  const { siteId, roomId, number, kind } = order;
  const late = change.at >= order.papersDueAt || order.breachedAt !== null;
  await context.ledger.append(tx, { event: events.orderPapered, siteId, roomId, actor: serverActor, subject: order.orderId, at: change.at, body: { number, kind, title, approvalId: one.approvalId, late } });
  await context.papers.came(tx, { siteId, roomId, orderId: order.orderId, number, title, at: change.at });
};

export const breachOrders = async (context: ApprovalsContext): Promise<void> => {
  for (const orderId of await overdueOrders(context.database.db, context.clock.now(), atOnce)) {
    try {
      await context.database.transaction(async (tx) => {
        const order = await lockOrder(tx, orderId);
        if (order !== null) await breach(context, tx, order, 'late', context.clock.now());
      });
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      context.log.error('a verbal order without papers could not be told', { orderId, error });
    }
  }
};
