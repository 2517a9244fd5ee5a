/** SQL of posts: who holds which, taken and left. */
import { sql } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';

export interface Post {
  postId: string;
  roomId: string;
  siteId: string;
  name: string;
}

export const findPost = async (db: Db, postId: string): Promise<Post | null> => {
  const { rows } = await sql<{ post_id: string; room_id: string; site_id: string; name: string }>`
    select p.post_id, p.room_id, r.site_id, p.name from identity.posts p join identity.rooms r using (room_id) where p.post_id = ${postId}`.execute(db);
  const row = rows[0];
  return row === undefined ? null : { postId: row.post_id, roomId: row.room_id, siteId: row.site_id, name: row.name };
};

export const postsOf = async (db: Db, roomId: string): Promise<{ postId: string; name: string }[]> => {
  const { rows } = await sql<{ post_id: string; name: string }>`select post_id, name from identity.posts where room_id = ${roomId} order by made_at, post_id`.execute(db);
  return rows.map((row) => ({ postId: row.post_id, name: row.name }));
};

/** Takings and leavings of a post pass one after the other. */
export const lockPost = async (tx: Tx, postId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('identity.post ' || ${postId}))`.execute(tx);
};

export interface PostHolder {
  postId: string;
  post: string;
  personId: string;
  name: string;
  since: Instant;
}

export const holdersOf = async (db: Db, roomId: string, now: Instant): Promise<PostHolder[]> => {
  const { rows } = await sql<{ post_id: string; post: string; person_id: string; name: string; since: Instant }>`
    select h.post_id, p.name as post, h.person_id, n.name, h.from_at as since
    from identity.post_holders h join identity.posts p using (post_id) join identity.people_now n on n.person_id = h.person_id
    where p.room_id = ${roomId} and h.from_at <= ${at(now)} and (h.until_at is null or h.until_at > ${at(now)})
    order by p.made_at, h.from_at`.execute(db);
  return rows.map((row) => ({ postId: row.post_id, post: row.post, personId: row.person_id, name: row.name, since: row.since }));
};

/** The name of a post that the person holds; null: none. */
export const postHeldBy = async (db: Db, personId: string, now: Instant): Promise<string | null> => {
  const { rows } = await sql<{ name: string }>`
    select p.name from identity.post_holders h join identity.posts p using (post_id)
    where h.person_id = ${personId} and h.from_at <= ${at(now)} and (h.until_at is null or h.until_at > ${at(now)}) order by h.from_at limit 1`.execute(db);
  return rows[0]?.name ?? null;
};

/** False when the person did not hold it. */
export const leavePost = async (tx: Tx, postId: string, personId: string, by: string, now: Instant): Promise<boolean> => {
  const { rows } = await sql`
    update identity.post_holders set until_at = greatest(from_at, ${at(now)}), ended_by = ${by}
    where post_id = ${postId} and person_id = ${personId} and until_at is null returning 1 as ended`.execute(tx);
  return rows.length > 0;
};
