/** SQL of sessions: by the hash of the token only. */
import { sql } from 'kysely';
import type { Language, Role } from '../../../../contract/identity.ts';
import type { Instant } from '../../base/clock.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';
import { rightHasEnd } from './controls.ts';
import type { EndReason } from './refusals.ts';
import type { ChangeNeeded } from './restriction.ts';
import { isRole } from './roles.ts';
import type { IdentityTables, SignInProof } from './tables.ts';

const tables = (db: Db) => db.$extendTables<IdentityTables>();
/** Compares with a column that reads as a number and is written as a date. */
const instant = (value: Instant) => sql<Instant>`${at(value)}`;

export interface Session {
  sessionId: string;
  personId: string;
  createdAt: Instant;
  seenAt: Instant;
  endedReason: EndReason | null;
  account: string;
  name: string;
  staffNumber: string;
  language: Language;
  active: boolean;
  roles: Role[];
  siteId: string;
  roomId: string;
  post: string | null;
  stepUpAt: Instant | null;
  /** A second console of somebody on post that has not proved the person yet. */
  limited: boolean;
  passwordSince: Instant | null;
  changeNeeded: ChangeNeeded | null;
  hasSecondFactor: boolean;
}

/** One statement a request: session, person, roles, room and post held. */
export const findSession = async (db: Db, tokenHash: Buffer, now: Instant): Promise<Session | null> => {
  const row = await tables(db)
    .selectFrom('identity.sessions as s')
    .innerJoin('identity.people_now as p', 'p.person_id', 's.person_id')
    .innerJoin(
      (eb) => eb.selectFrom('identity.rooms').select(['room_id', 'site_id']).orderBy('made_at').limit(1).as('r'),
      (join) => join.onTrue(),
    )
    .select(['s.session_id', 's.person_id', 's.created_at', 's.seen_at', 's.ended_reason', 'p.account', 'p.name', 'p.staff_number', 'p.language', 'p.active', 'r.room_id', 'r.site_id'])
    .leftJoin('identity.passwords as w', 'w.person_id', 's.person_id')
    .select(['s.step_up_at', 's.limited_at', 's.limit_ended_at', 'w.since_at as password_since', 'w.change_needed'])
    .select(sql<{ role: string; scopeId: string; until: Instant | null }[]>`coalesce((
      select jsonb_agg(jsonb_build_object('role', g.role, 'scopeId', g.scope_id, 'until', (extract(epoch from g.until_at) * 1000)::bigint) order by g.grant_id)
      from identity.role_grants g where g.person_id = s.person_id and g.from_at <= ${at(now)}), '[]'::jsonb)`.as('grants'))
    .select(sql<boolean>`(exists (select from identity.passkeys k where k.person_id = s.person_id and k.removed_at is null)
      or exists (select from identity.code_generators c where c.person_id = s.person_id and c.confirmed_at is not null and c.ended_at is null))`.as('has_second_factor'))
    .select(sql<string | null>`(
      select o.name from identity.post_holders h join identity.posts o on o.post_id = h.post_id
      where h.person_id = s.person_id and h.from_at <= ${at(now)} and (h.until_at is null or h.until_at > ${at(now)})
      order by h.from_at limit 1)`.as('post'))
    .where('s.token_hash', '=', tokenHash)
    .executeTakeFirst();
  if (row === undefined) return null;
  const holds = (until: Instant | null): boolean => rightHasEnd.allows(() => until === null || until > now);
  const here = row.grants.filter(({ scopeId, until }) => (scopeId === row.room_id || scopeId === row.site_id) && holds(until));
  return {
    sessionId: row.session_id,
    personId: row.person_id,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    endedReason: row.ended_reason,
    account: row.account,
    name: row.name,
    staffNumber: row.staff_number,
    language: row.language,
    active: row.active,
    roles: [...new Set(here.map(({ role }) => role).filter(isRole))],
    siteId: row.site_id,
    roomId: row.room_id,
    post: row.post,
    stepUpAt: row.step_up_at,
    limited: row.limited_at !== null && row.limit_ended_at === null,
    passwordSince: row.password_since,
    changeNeeded: row.change_needed,
    hasSecondFactor: row.has_second_factor,
  };
};

export const insertSession = async (
  tx: Tx,
  session: { sessionId: string; tokenHash: Buffer; personId: string; source: string; proof: SignInProof; limited: boolean },
  now: Instant,
): Promise<void> => {
  await tables(tx)
    .insertInto('identity.sessions')
    .values({
      session_id: session.sessionId,
      token_hash: session.tokenHash,
      person_id: session.personId,
      source: session.source,
      created_at: at(now),
      seen_at: at(now),
      ended_at: null,
      ended_reason: null,
      proof: session.proof,
      step_up_at: session.limited ? null : at(now),
      limited_at: session.limited ? at(now) : null,
      limit_ended_at: null,
    })
    .execute();
};

/** A fresh proof; a second console is limited no more. */
export const noteStepUp = async (tx: Tx, sessionId: string, now: Instant): Promise<void> => {
  await sql`
    update identity.sessions set step_up_at = ${at(now)}, limit_ended_at = case when limited_at is null then null else coalesce(limit_ended_at, ${at(now)}) end
    where session_id = ${sessionId} and ended_at is null`.execute(tx);
};

export interface OpenSession {
  sessionId: string;
  source: string;
  createdAt: Instant;
  seenAt: Instant;
  proof: SignInProof;
  limited: boolean;
}

export const sessionsOf = async (db: Db, personId: string): Promise<OpenSession[]> => {
  const rows = await tables(db)
    .selectFrom('identity.sessions')
    .select(['session_id', 'source', 'created_at', 'seen_at', 'proof', 'limited_at', 'limit_ended_at'])
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    sessionId: row.session_id, source: row.source, createdAt: row.created_at, seenAt: row.seen_at, proof: row.proof, limited: row.limited_at !== null && row.limit_ended_at === null,
  }));
};

/** Only the pace of idling hangs on it, so it needs no transaction with anything else. */
export const touchSession = async (db: Db, sessionId: string, now: Instant): Promise<void> => {
  await tables(db).updateTable('identity.sessions').set({ seen_at: at(now) }).where('session_id', '=', sessionId).where('ended_at', 'is', null).execute();
};

/** False when somebody else ended it first: then the fact is theirs too. */
export const endSession = async (tx: Tx, sessionId: string, reason: EndReason, now: Instant): Promise<boolean> => {
  const ended = await tables(tx)
    .updateTable('identity.sessions')
    .set({ ended_at: at(now), ended_reason: reason })
    .where('session_id', '=', sessionId)
    .where('ended_at', 'is', null)
    .returning('session_id')
    .executeTakeFirst();
  return ended !== undefined;
};

export const openSessionsOf = async (db: Db, personId: string): Promise<string[]> => {
  const rows = await tables(db).selectFrom('identity.sessions').select('session_id').where('person_id', '=', personId).where('ended_at', 'is', null).execute();
  return rows.map((row) => row.session_id);
};

/** Sessions past their idle time whose person holds no post and no duty operator's role. */
export const idleSessions = async (db: Db, seenBefore: Instant, now: Instant): Promise<{ sessionId: string; personId: string }[]> => {
  const rows = await tables(db)
    .selectFrom('identity.sessions as s')
    .select(['s.session_id', 's.person_id'])
    .where('s.ended_at', 'is', null)
    .where('s.seen_at', '<', instant(seenBefore))
    .where(sql<boolean>`not exists (
      select from identity.post_holders h
      where h.person_id = s.person_id and h.from_at <= ${at(now)} and (h.until_at is null or h.until_at > ${at(now)}))`)
    .where(sql<boolean>`not exists (
      select from identity.role_grants g
      where g.person_id = s.person_id and g.role = 'duty_operator' and g.from_at <= ${at(now)} and (g.until_at is null or g.until_at > ${at(now)}))`)
    .limit(500)
    .execute();
  return rows.map((row) => ({ sessionId: row.session_id, personId: row.person_id }));
};

export const endedSince = async (db: Db, since: Instant): Promise<{ sessionId: string; personId: string }[]> => {
  const rows = await tables(db).selectFrom('identity.sessions').select(['session_id', 'person_id']).where('ended_at', '>=', instant(since)).execute();
  return rows.map((row) => ({ sessionId: row.session_id, personId: row.person_id }));
};
