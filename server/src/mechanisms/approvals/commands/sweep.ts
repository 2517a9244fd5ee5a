/**
 * What time does: deadlines are rows, each fires once, also after the server was away ("fired late") and also when the clock was set back.
 * Places whose people have left go to an administrator. Nothing is granted here: the lifecycle knows no such act of time.
 */
import { sql } from 'kysely';
import type { Instant } from '../../../base/clock.ts';
import { minuteMs } from '../../../base/units.ts';
import { at, isDatabaseAway, moment, type Tx } from '../../../platform/postgres/db.ts';
import type { ApprovalsContext } from '../context.ts';
import { pointful, type DeadlineKind } from '../deadlines.ts';
import { findCase, tables } from '../load.ts';
import { isVacant } from '../seats.ts';
import { purgeDrafts } from './drafts.ts';
import { breachOrders } from './settle-order.ts';
import { peopleOf, perform, requireCase } from './perform.ts';

const atOnce = 200;
/** Later than this is said to be late; less is the pace of the sweep. */
export const lateAfterMs = 2 * minuteMs;

interface Due {
  deadlineId: number;
  approvalId: string;
  kind: DeadlineKind;
  dueAt: number;
}

const findDue = async (context: ApprovalsContext): Promise<Due[]> => {
  const rows = await tables(context.database.db).selectFrom('approvals.deadlines').select(['deadline_id', 'approval_id', 'kind', 'due_at'])
    .where('fired_at', 'is', null).where('cleared_at', 'is', null).where('due_at', '<=', moment(context.clock.now())).orderBy('due_at').orderBy('deadline_id').limit(atOnce).execute();
  return rows.map((row) => ({ deadlineId: row.deadline_id, approvalId: row.approval_id, kind: row.kind, dueAt: row.due_at }));
};

/** False when somebody acted, or another server fired it, a moment before. */
const end = async (tx: Tx, deadlineId: number, column: 'fired_at' | 'cleared_at', now: Instant): Promise<boolean> => {
  const { rows } = await sql`update approvals.deadlines set ${sql.ref(column)} = ${at(now)} where deadline_id = ${deadlineId} and fired_at is null and cleared_at is null returning 1`.execute(tx);
  return rows.length > 0;
};

const fire = (context: ApprovalsContext, approvalId: string, due: readonly Due[]): Promise<void> =>
  context.database.transaction(async (tx) => {
    const one = await requireCase(tx, approvalId);
    const now = context.clock.now();
    const chosen = pointful(due);
    for (const other of due) if (other !== chosen) await end(tx, other.deadlineId, 'cleared_at', now);
    if (chosen !== null && (await end(tx, chosen.deadlineId, 'fired_at', now))) await perform(context, tx, null, one, { act: 'deadline', kind: chosen.kind, dueAt: chosen.dueAt });
  });

/** One that fails holds up no other; it is tried again at the next sweep. */
const fireAll = async (context: ApprovalsContext, due: readonly Due[]): Promise<boolean> => {
  let fired = false;
  for (const [approvalId, its] of Map.groupBy(due, (one) => one.approvalId)) {
    try {
      await fire(context, approvalId, its);
      fired = true;
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      context.log.error('a deadline of an approval could not fire', { approvalId, error });
    }
  }
  return fired;
};

const emptyPlaces = async (context: ApprovalsContext): Promise<void> => {
  const { db } = context.database;
  const rows = await tables(db).selectFrom('approvals.states').select('approval_id').where('state', '=', 'pending').where((eb) => eb.or([eb('escalated', 'is', null), eb('escalated', '=', 'late')])).execute();
  for (const { approval_id: approvalId } of rows) {
    const one = await findCase(db, approvalId);
    if (one === null || !isVacant(one, await peopleOf(context, db, one, [], context.clock.now()))) continue;
    await context.database.transaction(async (tx) => perform(context, tx, null, await requireCase(tx, approvalId), { act: 'vacate' }));
  }
};

export const sweep = async (context: ApprovalsContext): Promise<void> => {
  let due = await findDue(context);
  while (due.length > 0 && (await fireAll(context, due)) && due.length === atOnce) due = await findDue(context);
  await emptyPlaces(context);
  await breachOrders(context);
  await purgeDrafts(context);
};
