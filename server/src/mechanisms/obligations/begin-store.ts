/** SQL of beginnings: who is at a task. */
import type { Instant } from '../../base/clock.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';
import { tables } from './store.ts';

export interface Beginning {
  obligationId: string;
  number: number;
  at: Instant;
  by: string;
}

/** In order of their numbers: the last of an obligation is at work. */
export const beginningsOf = async (db: Db, obligationIds: readonly string[]): Promise<Beginning[]> => {
  if (obligationIds.length === 0) return [];
  const rows = await tables(db).selectFrom('obligations.beginnings').select(['obligation_id', 'number', 'at', 'by_id']).where('obligation_id', 'in', obligationIds).orderBy('number').execute();
  return rows.map((row) => ({ obligationId: row.obligation_id, number: row.number, at: row.at, by: row.by_id }));
};

/** The row of the obligation is locked: numbers have no gap. */
export const insertBeginning = async (tx: Tx, one: Beginning): Promise<void> => {
  await tables(tx).insertInto('obligations.beginnings').values({ obligation_id: one.obligationId, number: one.number, at: at(one.at), by_id: one.by }).execute();
};
