/** SQL of the throttle. Rows are locked while they are judged, so that two servers count the same attempts. */
import { sql } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { dayMs } from '../../base/units.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';
import { accountTag } from './session-token.ts';
import type { Attempts } from './throttle.ts';

export const sourceKey = (source: string): string => `source ${source}`;
export const pairKey = (source: string, accountKey: string): string => `pair ${source} ${accountTag(accountKey)}`;

/** Null: nothing known yet. The row exists and is locked afterwards in either case. */
export const lockAttempts = async (tx: Tx, key: string): Promise<Attempts | null> => {
  await sql`
    insert into identity.sign_in_attempts (key, failures, last_at, free_at) values (${key}, 0, 'epoch', 'epoch') on conflict do nothing`.execute(tx);
  const { rows } = await sql<{ failures: number; last_at: Instant; free_at: Instant }>`
    select failures, last_at, free_at from identity.sign_in_attempts where key = ${key} for update`.execute(tx);
  const row = rows[0];
  return row === undefined || row.last_at === 0 ? null : { failures: row.failures, lastAt: row.last_at, freeAt: row.free_at };
};

export const saveAttempts = async (tx: Tx, key: string, attempts: Attempts): Promise<void> => {
  await sql`
    update identity.sign_in_attempts
    set failures = ${attempts.failures}, last_at = ${at(attempts.lastAt)}, free_at = ${at(attempts.freeAt)} where key = ${key}`.execute(tx);
};

export const forgetAttempts = async (tx: Tx, key: string): Promise<void> => {
  await sql`delete from identity.sign_in_attempts where key = ${key}`.execute(tx);
};

const knownForMs = 30 * dayMs;

export const isKnownSource = async (db: Db, source: string, personId: string, now: Instant): Promise<boolean> => {
  const { rows } = await sql`
    select from identity.known_sources where source = ${source} and person_id = ${personId} and last_at > ${at(now - knownForMs)}`.execute(db);
  return rows.length > 0;
};

export const rememberSource = async (tx: Tx, source: string, personId: string, now: Instant): Promise<void> => {
  await sql`
    insert into identity.known_sources (source, person_id, last_at) values (${source}, ${personId}, ${at(now)})
    on conflict (source, person_id) do update set last_at = excluded.last_at`.execute(tx);
};

export const sweepAttempts = async (tx: Tx, now: Instant): Promise<void> => {
  await sql`delete from identity.sign_in_attempts where last_at < ${at(now - dayMs)}`.execute(tx);
  await sql`delete from identity.known_sources where last_at < ${at(now - knownForMs)}`.execute(tx);
};
