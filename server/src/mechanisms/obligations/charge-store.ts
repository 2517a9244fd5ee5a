/** SQL of charges: who sees to a finding, until when. */
import { sql } from 'kysely';
import type { Role } from '../../../../contract/identity.ts';
import type { Instant } from '../../base/clock.ts';
import { at, moment, type Db, type Tx } from '../../platform/postgres/db.ts';
import { tables } from './store.ts';

export interface Charge {
  findingId: string;
  number: number;
  ownerId: string | null;
  ownerRoles: readonly Role[];
  dueAt: Instant;
  setBy: string;
  firedAt: Instant | null;
}

const columns = ['finding_id', 'number', 'owner_id', 'owner_roles', 'due_at', 'set_by', 'fired_at'] as const;
interface Row {
  finding_id: string; number: number; owner_id: string | null; owner_roles: Role[]; due_at: Instant; set_by: string; fired_at: Instant | null;
}
const chargeOf = (row: Row): Charge => ({ findingId: row.finding_id, number: row.number, ownerId: row.owner_id, ownerRoles: row.owner_roles, dueAt: row.due_at, setBy: row.set_by, firedAt: row.fired_at });

/** The one that holds of each finding. */
export const chargesOf = async (db: Db, findingIds: readonly string[]): Promise<ReadonlyMap<string, Charge>> => {
  if (findingIds.length === 0) return new Map();
  const rows = await tables(db).selectFrom('obligations.finding_charges').select(columns).where('finding_id', 'in', findingIds).orderBy('number').execute();
  return new Map(rows.map((row) => [row.finding_id, chargeOf(row)]));
};

/** The finding was dealt with, or another row holds: what has not fired does not fire any more. */
export const clearCharge = async (tx: Tx, findingId: string, now: Instant): Promise<void> => {
  await tables(tx).updateTable('obligations.finding_charges').set({ cleared_at: at(now) }).where('finding_id', '=', findingId).where('fired_at', 'is', null).where('cleared_at', 'is', null).execute();
};

/** Takes the place of the one that held. Whoever charges holds the finding's lock. */
export const setCharge = async (tx: Tx, charge: Omit<Charge, 'number' | 'firedAt'>, now: Instant): Promise<void> => {
  await clearCharge(tx, charge.findingId, now);
  await sql`insert into obligations.finding_charges (finding_id, number, owner_id, owner_roles, due_at, set_at, set_by)
    select ${charge.findingId}, coalesce(max(number), 0) + 1, ${charge.ownerId}, ${[...charge.ownerRoles]}::text[], ${at(charge.dueAt)}, ${at(now)}, ${charge.setBy}
    from obligations.finding_charges where finding_id = ${charge.findingId}`.execute(tx);
};

/** Whoever decides about a finding holds it until commit. */
export const lockFinding = async (tx: Tx, findingId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('obligations.finding/' || ${findingId}, 0))`.execute(tx);
};

export const dueCharges = async (db: Db, now: Instant, limit: number): Promise<Charge[]> =>
  (await tables(db).selectFrom('obligations.finding_charges').select(columns).where('fired_at', 'is', null).where('cleared_at', 'is', null).where('due_at', '<=', moment(now)).orderBy('due_at').limit(limit).execute()).map(chargeOf);

/** False when another server fired it, or it was taken back meanwhile. */
export const noteChargeFired = async (tx: Tx, charge: Pick<Charge, 'findingId' | 'number'>, now: Instant): Promise<boolean> => {
  const done = await tables(tx).updateTable('obligations.finding_charges').set({ fired_at: at(now) }).where('finding_id', '=', charge.findingId).where('number', '=', charge.number).where('fired_at', 'is', null).where('cleared_at', 'is', null).executeTakeFirst();
  return done.numUpdatedRows === 1n;
};
