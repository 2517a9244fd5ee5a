/** SQL of orders by word of mouth and of their papers. */
import { sql } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { at, moment, type Db, type Tx } from '../../platform/postgres/db.ts';
import type { ApprovalCase, CaseState } from './case.ts';
import { tables } from './load.ts';
import { approvalsRefusals as no } from './refusals.ts';

export interface VerbalOrder {
  orderId: string;
  number: number;
  kind: string;
  siteId: string;
  roomId: string;
  what: string;
  reason: string;
  leaderId: string;
  recordedBy: string;
  orderedAt: Instant;
  recordedAt: Instant;
  papersDueAt: Instant;
  paperedAt: Instant | null;
  breachedAt: Instant | null;
  breachWhy: 'late' | 'refused' | null;
}

export interface Papers {
  approvalId: string;
  number: number;
  state: CaseState['name'];
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number];
const rowsOf = async (db: Db, roomId: string, most: number) => tables(db).selectFrom('approvals.orders').selectAll().where('room_id', '=', roomId).orderBy('number', 'desc').limit(most).execute();

const orderOf = (row: Row): VerbalOrder => ({
  orderId: row.order_id, number: row.number, kind: row.kind, siteId: row.site_id, roomId: row.room_id, what: row.what, reason: row.reason, leaderId: row.leader_id, recordedBy: row.recorded_by,
  orderedAt: row.ordered_at, recordedAt: row.recorded_at, papersDueAt: row.papers_due_at, paperedAt: row.papered_at, breachedAt: row.breached_at, breachWhy: row.breach_why,
});

export const ordersOf = async (db: Db, roomId: string, most: number): Promise<VerbalOrder[]> => (await rowsOf(db, roomId, most)).map(orderOf);

/** Holds the order until the transaction ends. */
export const lockOrder = async (tx: Tx, orderId: string): Promise<VerbalOrder | null> => {
  const row = await tables(tx).selectFrom('approvals.orders').selectAll().where('order_id', '=', orderId).forUpdate().executeTakeFirst();
  return row === undefined ? null : orderOf(row);
};

export const insertOrder = async (tx: Tx, one: Omit<VerbalOrder, 'number' | 'paperedAt' | 'breachedAt' | 'breachWhy'>): Promise<number> => {
  const { number } = await tables(tx).insertInto('approvals.orders').values({
    order_id: one.orderId, kind: one.kind, site_id: one.siteId, room_id: one.roomId, what: one.what, reason: one.reason, leader_id: one.leaderId, recorded_by: one.recordedBy,
    ordered_at: at(one.orderedAt), recorded_at: at(one.recordedAt), papers_due_at: at(one.papersDueAt), papered_at: null, breached_at: null, breach_why: null,
  }).returning('number').executeTakeFirstOrThrow();
  return number;
};

export const papersOf = async (db: Db, orderIds: readonly string[]): Promise<(Papers & { orderId: string })[]> => {
  if (orderIds.length === 0) return [];
  const rows = await tables(db).selectFrom('approvals.order_papers as p').innerJoin('approvals.states as s', 's.approval_id', 'p.approval_id').innerJoin('approvals.requests as r', 'r.approval_id', 'p.approval_id')
    .select(['p.order_id', 'p.approval_id', 'r.number', 's.state']).where('p.order_id', 'in', [...orderIds]).orderBy('r.number').execute();
  return rows.map((row) => ({ orderId: row.order_id, approvalId: row.approval_id, number: row.number, state: row.state }));
};

/** The order whose papers a request is. */
export const orderPapered = async (db: Db, approvalId: string): Promise<string | null> =>
  (await tables(db).selectFrom('approvals.order_papers').select('order_id').where('approval_id', '=', approvalId).executeTakeFirst())?.order_id ?? null;

export const orderNumber = async (db: Db, orderId: string): Promise<number | undefined> =>
  (await tables(db).selectFrom('approvals.orders').select('number').where('order_id', '=', orderId).executeTakeFirst())?.number;

const open: ReadonlySet<string> = new Set(['pending', 'returned']);

/** Why papers cannot be handed in for the order now; null: they can. */
export const filingFault = (one: VerbalOrder, papers: readonly Papers[]) =>
  one.paperedAt !== null ? no('order_done', { number: one.number }) : papers.some(({ state }) => open.has(state)) ? no('order_filed', { number: one.number }) : null;

/** The request becomes the papers of the order; of two at once one is refused. */
export const fileUnder = async (tx: Tx, orderId: string, request: Pick<ApprovalCase, 'approvalId' | 'kind' | 'roomId' | 'submittedAt'>): Promise<void> => {
  const one = await lockOrder(tx, orderId);
  if (one === null || one.roomId !== request.roomId) throw no('order_unknown');
  if (one.kind !== request.kind) throw no('order_other_kind', { number: one.number });
  const fault = filingFault(one, await papersOf(tx, [orderId]));
  if (fault !== null) throw fault;
  await tables(tx).insertInto('approvals.order_papers').values({ approval_id: request.approvalId, order_id: orderId, filed_at: at(request.submittedAt) }).execute();
};

export const markPapered = async (tx: Tx, orderId: string, now: Instant): Promise<void> => {
  await tables(tx).updateTable('approvals.orders').set({ papered_at: at(now) }).where('order_id', '=', orderId).where('papered_at', 'is', null).execute();
};

/** False when it was papered, or was a breach before. */
export const markBreached = async (tx: Tx, orderId: string, why: 'late' | 'refused', now: Instant): Promise<boolean> => {
  const { rows } = await sql`update approvals.orders set breached_at = ${at(now)}, breach_why = ${why} where order_id = ${orderId} and breached_at is null and papered_at is null returning 1`.execute(tx);
  return rows.length > 0;
};

/** Without papers past their time. */
export const overdueOrders = async (db: Db, now: Instant, most: number): Promise<string[]> => {
  const rows = await tables(db).selectFrom('approvals.orders').select('order_id').where('papered_at', 'is', null).where('breached_at', 'is', null).where('papers_due_at', '<=', moment(now)).orderBy('papers_due_at').limit(most).execute();
  return rows.map((row) => row.order_id);
};
