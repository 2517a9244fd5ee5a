/** SQL of the one-time set-up code. */
import { sql } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { minuteMs } from '../../base/units.ts';
import { at, type Tx } from '../../platform/postgres/db.ts';

/** Making, trying and using the code pass here one after the other, on every server. */
export const lockSetUp = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('identity.set_up'))`.execute(tx);
};

export const replaceCode = async (tx: Tx, phc: string, now: Instant): Promise<void> => {
  await sql`
    insert into identity.set_up_code (phc, made_at, tries_from, tries) values (${phc}, ${at(now)}, ${at(now)}, 0)
    on conflict (only_one) do update set phc = excluded.phc, made_at = excluded.made_at, tries_from = excluded.tries_from, tries = 0`.execute(tx);
};

export const mostTriesAMinute = 5;
const windowMs = minuteMs;

export type CodeTry = { phc: string } | { waitMs: number } | null;

/** Counts a try and gives the hash to compare with; null: there is no code. */
export const tryCode = async (tx: Tx, now: Instant): Promise<CodeTry> => {
  const { rows } = await sql<{ phc: string; tries_from: Instant; tries: number }>`
    select phc, tries_from, tries from identity.set_up_code for update`.execute(tx);
  const row = rows[0];
  if (row === undefined) return null;
  const sameMinute = row.tries_from <= now && now - row.tries_from < windowMs;
  if (sameMinute && row.tries >= mostTriesAMinute) return { waitMs: row.tries_from + windowMs - now };
  await sql`
    update identity.set_up_code set tries_from = ${at(sameMinute ? row.tries_from : now)}, tries = ${sameMinute ? row.tries + 1 : 1}`.execute(tx);
  return { phc: row.phc };
};

/** True once in the life of a code. */
export const useCode = async (tx: Tx, phc: string): Promise<boolean> => {
  const { rows } = await sql`delete from identity.set_up_code where phc = ${phc} returning 1 as used`.execute(tx);
  return rows.length > 0;
};

export const dropCode = async (tx: Tx): Promise<void> => {
  await sql`delete from identity.set_up_code`.execute(tx);
};
