/** SQL of deputies. */
import { sql } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { at, moment, type Db, type Tx } from '../../platform/postgres/db.ts';
import type { Deputation } from './deputies.ts';
import { tables } from './load.ts';

export interface DeputyRow extends Deputation {
  reason: string;
  ended: boolean;
}

/** Not over at the instant. */
export const deputations = async (db: Db, since: Instant): Promise<DeputyRow[]> => {
  const rows = await tables(db).selectFrom('approvals.deputies').selectAll().where('until_at', '>', moment(since)).orderBy('from_at').execute();
  return rows
    .map((row) => ({
      deputyId: row.deputy_id, personId: row.person_id, deputyPersonId: row.deputy_person_id, from: row.from_at,
      until: row.ended_at === null ? row.until_at : Math.min(row.ended_at, row.until_at), reason: row.reason, ended: row.ended_at !== null,
    }))
    .filter((one) => one.until > since);
};

/** Two who name each other at once would each see no circle: one after the other. */
export const lockDeputies = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('approvals.deputies'))`.execute(tx);
};

export const insertDeputy = async (tx: Tx, one: Deputation & { reason: string }, now: Instant): Promise<void> => {
  await tables(tx).insertInto('approvals.deputies').values({
    deputy_id: one.deputyId, person_id: one.personId, deputy_person_id: one.deputyPersonId, from_at: at(one.from), until_at: at(one.until), reason: one.reason, named_at: at(now), ended_at: null, ended_by: null,
  }).execute();
};

export const findDeputy = async (db: Db, deputyId: string): Promise<{ personId: string; deputyPersonId: string } | null> => {
  const row = await tables(db).selectFrom('approvals.deputies').select(['person_id', 'deputy_person_id']).where('deputy_id', '=', deputyId).executeTakeFirst();
  return row === undefined ? null : { personId: row.person_id, deputyPersonId: row.deputy_person_id };
};

/** False when it was ended before. */
export const endDeputyRow = async (tx: Tx, deputyId: string, by: string, now: Instant): Promise<boolean> => {
  const ended = await tables(tx).updateTable('approvals.deputies').set({ ended_at: at(now), ended_by: by }).where('deputy_id', '=', deputyId).where('ended_at', 'is', null).returning('deputy_id').executeTakeFirst();
  return ended !== undefined;
};
