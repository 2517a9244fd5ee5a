/** Somebody asks that an item be viewed, lent, transferred, published or destroyed; what is signed is made from the rows. */
import type { z } from 'zod';
import type * as contract from '../../../../../contract/evidence-archive.ts';
import { newId } from '../../../base/ids.ts';
import type { Refusal } from '../../../base/refusal.ts';
import { actorOf, questions as people, type Caller } from '../../../mechanisms/identity/index.ts';
import { questions as approvalsNow } from '../../../mechanisms/approvals/index.ts';
import type { Db, Tx } from '../../../platform/postgres/db.ts';
import { grantHours } from '../approvals.ts';
import { timeText } from '../words.ts';
import { destroyKindName, releaseKindName, type OrderBody } from './approvals.ts';
import { detailsAt, findItem, insertOrder, lockArchive } from './archive-store.ts';
import type { ArchiveContext } from './context.ts';
import { archiveEvents as events } from './events.ts';
import { isHeld, mayOrder, orderState, type Item, type Order, type Standing } from './item.ts';
import { archiveRefusals as refuse } from './refusals.ts';

type Asked = z.output<(typeof contract.orderItem)['body']>;
const ofField = (path: string, ...values: Parameters<typeof refuse>): Refusal => refuse(values[0], values[1], { fields: [{ path, ...refuse(values[0], values[1]).sentence }] });

export const requireItem = async (db: Db, roomId: string, itemId: string): Promise<Item> => {
  const one = await findItem(db, roomId, itemId);
  if (one === null) throw refuse('unknown');
  return one;
};

/** Orders of an item, each with how its approval stands. */
export const standings = async (db: Db, one: Item, now: number): Promise<Standing[]> => {
  const found: Standing[] = [];
  for (const order of one.orders) {
    const approval = await approvalsNow.get(db, order.approvalId);
    const agreed = (approval?.signatures ?? []).filter(({ decision }) => decision === 'approve').flatMap(({ personId, onBehalfOf }) => [personId, ...(onBehalfOf === null ? [] : [onBehalfOf])]);
    found.push({ order, state: orderState(order, one.acts, approval, now), agreed });
  }
  return found;
};

const bodyFrom = async (context: ArchiveContext, db: Db, one: Item, order: Omit<Order, 'approvalId'>): Promise<OrderBody> => {
  const names = await people.personNames(db, [order.askedBy]);
  const rules = await context.rules(db, one, order.askedAt);
  const { orderId, itemId, how, receiver, place, content, paper, returnBy } = order;
  const heldThen = isHeld({ acts: one.acts.filter(({ at }) => at <= order.askedAt) });
  // As it was described then: words that were completed since do not change what was asked.
  const said = (await detailsAt(db, itemId, order.askedAt)) ?? one;
  return {
    orderId, itemId, number: one.number, how, class: said.class, caseNumber: said.caseNumber, title: said.title, sha256: one.sha256, files: one.files.length, applicant: names.get(order.askedBy) ?? '', receiver, place, content, paper, returnBy, held: heldThen,
    validHours: grantHours(rules),
  };
};

/** For the check of the kind, when an order comes again after a return. */
export const bodyOfOrder = async (context: ArchiveContext, tx: Tx, roomId: string, itemId: string, orderId: string): Promise<OrderBody | null> => {
  const one = await findItem(tx, roomId, itemId);
  const order = one?.orders.find((known) => known.orderId === orderId);
  return one === null || order === undefined ? null : bodyFrom(context, tx, one, order);
};

const requireWords = (asked: Asked, now: number): void => {
  if (asked.reason === '') throw ofField('reason', 'reason_needed');
  if ((asked.how === 'lend' || asked.how === 'transfer') && asked.receiver === '') throw ofField('receiver', 'receiver_needed');
  if (asked.how === 'publish' && (asked.place === '' || asked.content === '')) throw ofField(asked.content === '' ? 'content' : 'place', 'place_needed');
  if (asked.how === 'lend' && (asked.returnBy === null || asked.returnBy <= now)) throw ofField('returnBy', 'return_needed');
};

/** What the rules of the room have against destroying it at all, whoever agrees. */
export const againstDestruction = async (context: ArchiveContext, db: Db, one: Item, now: number): Promise<Refusal | null> => {
  const rules = await context.rules(db, one, now);
  if (rules.text('archive_retention') === 'permanent') return refuse('kept_for_ever');
  if (!rules.flag('destroy_order_allowed')) return refuse('no_destroy_orders');
  if (one.keepUntil === null || one.keepUntil <= now) return null;
  const timeZone = (await people.place(db))?.site.timeZone ?? 'UTC';
  return refuse('still_kept', { number: one.number, date: timeText(one.keepUntil, timeZone).slice(0, 'yyyy-mm-dd'.length) });
};

export const orderItem = async (context: ArchiveContext, tx: Tx, caller: Caller, itemId: string, asked: Asked): Promise<{ orderId: string; approvalId: string }> => {
  const { siteId, roomId, personId, name } = caller;
  const now = context.clock.now();
  requireWords(asked, now);
  await lockArchive(tx, roomId);
  const one = await requireItem(tx, roomId, itemId);
  const refusal = mayOrder(one) ?? (asked.how === 'destroy' ? await againstDestruction(context, tx, one, now) : null);
  if (refusal !== null) throw refusal;
  const { how, reason, receiver, place, content, paper } = asked;
  const open = (await standings(tx, one, now)).some(({ order, state }) => order.how === how && (how !== 'view' || order.askedBy === personId) && (state === 'asked' || state === 'granted'));
  if (open) throw refuse('ordered_already', { number: one.number });
  const orderId = newId('evo', context.clock);
  const order = { orderId, itemId, how, reason, receiver, place, content, paper, returnBy: how === 'lend' ? asked.returnBy : null, askedBy: personId, askedAt: now };
  const body = await bodyFrom(context, tx, one, order);
  const approvalId = await context.approvals().submit(tx, { kind: how === 'destroy' ? destroyKindName : releaseKindName, body, reason, applicant: caller, subject: itemId });
  await insertOrder(tx, { ...order, approvalId });
  await context.ledger.append(tx, { event: events.ordered, siteId, roomId, actor: actorOf(caller), subject: itemId, at: now, body: { itemId, number: one.number, orderId, approvalId, name, how, reason, receiver, place, content, paper, returnBy: order.returnBy } });
  return { orderId, approvalId };
};
