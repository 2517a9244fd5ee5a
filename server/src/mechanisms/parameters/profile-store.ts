/** Approved versions of the profile, and the draft that is being written. */
import { sql } from 'kysely';
import type { SiteProfile } from '../../../../contract/parameters.ts';
import type { Instant } from '../../base/clock.ts';
import { at, moment, type Db, type Tx } from '../../platform/postgres/db.ts';
import { readProfile } from './profile.ts';
import { tables, type Decision } from './store.ts';

export interface ProfileVersion {
  version: number;
  profile: SiteProfile;
  from: Instant;
  decidedBy: string;
  approvalId: string | null;
}

const versionOf = (row: { version: number; profile: unknown; from_at: Instant; decided_by: string; approval_id: string | null }): ProfileVersion => ({
  version: row.version, profile: readProfile(row.profile), from: row.from_at, decidedBy: row.decided_by, approvalId: row.approval_id,
});

/** The version in force at an instant. */
export const profileInForce = async (db: Db, siteId: string, now: Instant): Promise<ProfileVersion | null> => {
  const row = await tables(db).selectFrom('parameters.profiles').selectAll().where('site_id', '=', siteId).where('from_at', '<=', moment(now)).orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? null : versionOf(row);
};

export const profileVersions = async (db: Db, siteId: string): Promise<ProfileVersion[]> => {
  const rows = await tables(db).selectFrom('parameters.profiles').selectAll().where('site_id', '=', siteId).orderBy('version', 'desc').execute();
  return rows.map(versionOf);
};

export const insertProfile = async (tx: Tx, decision: Decision, profile: SiteProfile, from: Instant): Promise<number> => {
  const { rows } = await sql<{ version: number }>`
    insert into parameters.profiles (site_id, version, profile, from_at, decided_at, decided_by, approval_id)
    select ${decision.siteId}, coalesce(max(version), 0) + 1, ${JSON.stringify(profile)}::jsonb, ${at(from)}, ${at(decision.decidedAt)}, ${decision.decidedBy}, ${decision.approvalId}
    from parameters.profiles where site_id = ${decision.siteId}
    returning version`.execute(tx);
  return rows[0]?.version ?? 1;
};

export interface ProfileDraft {
  number: number;
  profile: SiteProfile;
  changedAt: Instant;
  changedBy: string;
}

export const findDraft = async (db: Db, siteId: string): Promise<ProfileDraft | null> => {
  const row = await tables(db).selectFrom('parameters.profile_drafts').selectAll().where('site_id', '=', siteId).executeTakeFirst();
  return row === undefined ? null : { number: row.number, profile: readProfile(row.profile), changedAt: row.changed_at, changedBy: row.changed_by };
};

/** The new number; null when the draft has moved on since `number`. */
export const saveDraft = async (tx: Tx, siteId: string, number: number, profile: SiteProfile, by: string, now: Instant): Promise<number | null> => {
  const { rows } = await sql<{ number: number }>`
    insert into parameters.profile_drafts as d (site_id, number, profile, changed_at, changed_by)
    values (${siteId}, ${number + 1}, ${JSON.stringify(profile)}::jsonb, ${at(now)}, ${by})
    on conflict (site_id) do update set number = excluded.number, profile = excluded.profile, changed_at = excluded.changed_at, changed_by = excluded.changed_by
    where d.number = ${number}
    returning number`.execute(tx);
  return rows[0]?.number ?? null;
};
