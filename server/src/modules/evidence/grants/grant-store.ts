/** SQL of grants. */
import { sql } from 'kysely';
import type { Instant } from '../../../base/clock.ts';
import { at, type Db, type Tx } from '../../../platform/postgres/db.ts';
import type { Grant, GrantEnd } from './grant.ts';

const columns = sql.raw(`g.grant_id as "grantId", g.request_id as "requestId", r.number, g.approval_id as "approvalId", g.site_id as "siteId", g.room_id as "roomId",
  array(select p.person_id from evidence.grant_people p where p.grant_id = g.grant_id order by p.person_id) as "personIds", array(select c.camera_id from evidence.grant_cameras c where c.grant_id = g.grant_id order by c.camera_id) as "cameraIds",
  g.from_at as "from", g.until_at as "until", g.post_id as "postId", o.name as post, g.valid_from as "validFrom", g.valid_until as "validUntil", g.mode, g.given_at as "givenAt", g.given_by as "givenBy",
  g.ended_at as "endedAt", g.ended_by as "endedBy", g.ended_how as "endedHow", g.ended_note as "endedNote"`);
const from = sql.raw('from evidence.grants g join evidence.requests r using (request_id) left join identity.posts o on o.post_id = g.post_id');

export const insertGrant = async (tx: Tx, grant: Omit<Grant, 'number' | 'post'>): Promise<void> => {
  await sql`
    insert into evidence.grants (grant_id, request_id, approval_id, site_id, room_id, from_at, until_at, post_id, valid_from, valid_until, mode, given_at, given_by)
    values (${grant.grantId}, ${grant.requestId}, ${grant.approvalId}, ${grant.siteId}, ${grant.roomId}, ${at(grant.from)}, ${at(grant.until)}, ${grant.postId}, ${at(grant.validFrom)}, ${at(grant.validUntil)}, ${grant.mode},
      ${at(grant.givenAt)}, ${grant.givenBy})`.execute(tx);
  for (const cameraId of new Set(grant.cameraIds)) await sql`insert into evidence.grant_cameras (grant_id, camera_id) values (${grant.grantId}, ${cameraId})`.execute(tx);
  for (const personId of new Set(grant.personIds)) await sql`insert into evidence.grant_people (grant_id, person_id) values (${grant.grantId}, ${personId})`.execute(tx);
};

export const lockGrant = async (tx: Tx, grantId: string): Promise<Grant | null> => (await sql<Grant>`select ${columns} ${from} where g.grant_id = ${grantId} for update of g`.execute(tx)).rows[0] ?? null;

export const grantsOf = async (db: Db, requestId: string): Promise<Grant[]> => (await sql<Grant>`select ${columns} ${from} where g.request_id = ${requestId} order by g.given_at`.execute(db)).rows;

/** Grants of the room that were not ended and may concern this person, by name or by a post that they hold now. */
export const grantsFor = async (db: Db, roomId: string, personId: string, now: Instant): Promise<(Grant & { atPost: boolean })[]> =>
  (await sql<Grant & { atPost: boolean }>`
    select ${columns}, (g.post_id is null or h.person_id is not null) as "atPost" ${from}
    left join lateral (
      select x.person_id from identity.post_holders x where x.post_id = g.post_id and x.person_id = ${personId} and x.from_at <= ${at(now)} and (x.until_at is null or x.until_at > ${at(now)}) limit 1
    ) h on true
    where g.room_id = ${roomId} and g.ended_at is null
      and (exists (select from evidence.grant_people p where p.grant_id = g.grant_id and p.person_id = ${personId})
        or (h.person_id is not null and not exists (select from evidence.grant_people p where p.grant_id = g.grant_id)))
    order by g.valid_until desc limit 200`.execute(db)).rows;

/** A clock that was set back does not make a grant end before it was given. */
export const endGrant = async (tx: Tx, grantId: string, end: { how: GrantEnd; note: string; by: string; at: Instant }): Promise<void> => {
  await sql`update evidence.grants set ended_at = greatest(given_at, ${at(end.at)}), ended_how = ${end.how}, ended_note = ${end.note}, ended_by = ${end.by} where grant_id = ${grantId}`.execute(tx);
};

