/** SQL of single rights: who granted them, why, until when. */
import { sql } from 'kysely';
import type { Grant } from '../../../../contract/identity-people.ts';
import type { Role } from '../../../../contract/identity.ts';
import type { Instant } from '../../base/clock.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';
import { isRole } from './roles.ts';

interface Row {
  grant_id: number;
  role: string;
  scope_id: string;
  from_at: Instant;
  until_at: Instant | null;
  granted_by: string;
  granted_by_name: string | null;
  ended_by_name: string | null;
  reason: string;
}

export const grantsOf = async (db: Db, personId: string, now: Instant): Promise<Grant[]> => {
  const { rows } = await sql<Row>`
    select g.grant_id, g.role, g.scope_id, g.from_at, g.until_at, g.granted_by, b.name as granted_by_name, coalesce(e.name, g.ended_by) as ended_by_name, g.reason
    from identity.role_grants g
    left join identity.people_now b on b.person_id = g.granted_by left join identity.people_now e on e.person_id = g.ended_by
    where g.person_id = ${personId} order by g.until_at is not null, g.from_at desc, g.grant_id desc limit 200`.execute(db);
  return rows.flatMap((row) => {
    const { role } = row;
    if (!isRole(role)) return [];
    const holds = row.from_at <= now && (row.until_at === null || row.until_at > now);
    return [{ grantId: row.grant_id, role, scopeId: row.scope_id, from: row.from_at, until: row.until_at, grantedBy: row.granted_by, grantedByName: row.granted_by_name ?? row.granted_by, endedByName: row.ended_by_name, reason: row.reason, holds }];
  });
};

export const insertGrant = async (tx: Tx, grant: { personId: string; role: Role; scopeId: string; until: Instant | null; reason: string }, by: string, now: Instant): Promise<number> => {
  const { rows } = await sql<{ grant_id: number }>`
    insert into identity.role_grants (person_id, role, scope_id, from_at, granted_by, until_at, reason)
    values (${grant.personId}, ${grant.role}, ${grant.scopeId}, ${at(now)}, ${by}, ${grant.until === null ? null : at(grant.until)}, ${grant.reason}) returning grant_id`.execute(tx);
  return rows[0]?.grant_id ?? 0;
};

/** The role that has ended now; null when that right of that person does not hold. */
export const endGrantRow = async (tx: Tx, personId: string, grantId: number, by: string, now: Instant): Promise<Role | null> => {
  const { rows } = await sql<{ role: string }>`
    update identity.role_grants set until_at = greatest(from_at, ${at(now)}), ended_by = ${by}
    where grant_id = ${grantId} and person_id = ${personId} and (until_at is null or until_at > ${at(now)}) returning role`.execute(tx);
  const role = rows[0]?.role;
  return role !== undefined && isRole(role) ? role : null;
};
