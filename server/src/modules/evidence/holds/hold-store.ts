/** SQL of holds. Placing a hold and deciding a deletion take the same lock, so that neither misses the other. */
import { sql } from 'kysely';
import type { Instant } from '../../../base/clock.ts';
import { at, atOrNull, type Db, type Tx } from '../../../platform/postgres/db.ts';
import type { FootageSpan } from './context.ts';
import type { Hold, HoldEnd } from './hold.ts';

export const lockHolds = async (tx: Db): Promise<void> => {
  await sql`select evidence.lock_holds()`.execute(tx);
};

const columns = sql.raw(`h.hold_id as "holdId", h.request_id as "requestId", r.number, h.site_id as "siteId", h.room_id as "roomId", h.requester_id as "requesterId",
  array(select c.camera_id from evidence.hold_cameras c where c.hold_id = h.hold_id order by c.camera_id) as "cameraIds", h.from_at as "from", h.until_at as "until", h.reason, h.quota_seconds as "quotaSeconds",
  h.placed_at as "placedAt", h.placed_by as "placedBy", h.decide_by as "decideBy", h.confirmed_at as "confirmedAt", h.confirmed_by as "confirmedBy", h.owner_id as "ownerId", h.review_at as "reviewAt",
  h.review_told_at as "reviewToldAt", h.space, h.ended_at as "endedAt", h.ended_by as "endedBy", h.ended_how as "endedHow", h.ended_note as "endedNote"`);
const from = sql.raw('from evidence.holds h join evidence.requests r using (request_id)');

export const insertHold = async (tx: Tx, hold: Omit<Hold, 'number'>): Promise<void> => {
  await sql`
    insert into evidence.holds (hold_id, request_id, site_id, room_id, requester_id, from_at, until_at, reason, quota_seconds, placed_at, placed_by, decide_by, confirmed_at, confirmed_by, owner_id, review_at, space)
    values (${hold.holdId}, ${hold.requestId}, ${hold.siteId}, ${hold.roomId}, ${hold.requesterId}, ${at(hold.from)}, ${at(hold.until)}, ${hold.reason}, ${hold.quotaSeconds}, ${at(hold.placedAt)}, ${hold.placedBy},
      ${atOrNull(hold.decideBy)}, ${atOrNull(hold.confirmedAt)}, ${hold.confirmedBy}, ${hold.ownerId}, ${atOrNull(hold.reviewAt)}, ${hold.space})`.execute(tx);
  for (const cameraId of new Set(hold.cameraIds)) await sql`insert into evidence.hold_cameras (hold_id, camera_id) values (${hold.holdId}, ${cameraId})`.execute(tx);
};

/** The hold that stands for a request, kept until commit; null: none holds now. */
export const lockHoldOf = async (tx: Tx, requestId: string): Promise<Hold | null> =>
  (await sql<Hold>`select ${columns} ${from} where h.request_id = ${requestId} and h.ended_at is null for update of h`.execute(tx)).rows[0] ?? null;

/** A hold of the room, kept until commit. */
export const lockHold = async (tx: Tx, roomId: string, holdId: string): Promise<Hold | null> =>
  (await sql<Hold>`select ${columns} ${from} where h.hold_id = ${holdId} and h.room_id = ${roomId} for update of h`.execute(tx)).rows[0] ?? null;

export const holdsOfRequest = async (db: Db, requestId: string): Promise<Hold[]> => (await sql<Hold>`select ${columns} ${from} where h.request_id = ${requestId} order by h.placed_at`.execute(db)).rows;

export const activeHolds = async (db: Db, roomId: string): Promise<Hold[]> =>
  (await sql<Hold>`select ${columns} ${from} where h.room_id = ${roomId} and h.ended_at is null order by h.placed_at desc, h.hold_id`.execute(db)).rows;

export const endedHolds = async (db: Db, roomId: string, limit: number): Promise<Hold[]> =>
  (await sql<Hold>`select ${columns} ${from} where h.room_id = ${roomId} and h.ended_at is not null order by h.ended_at desc, h.hold_id limit ${limit}`.execute(db)).rows;

export const confirmRow = async (tx: Tx, holdId: string, values: { reason: string; ownerId: string; reviewAt: Instant; space: string; by: string; at: Instant }): Promise<void> => {
  await sql`
    update evidence.holds set reason = ${values.reason}, owner_id = ${values.ownerId}, review_at = ${at(values.reviewAt)}, review_told_at = null, space = ${values.space}, confirmed_by = ${values.by},
      confirmed_at = greatest(placed_at, ${at(values.at)}) where hold_id = ${holdId}`.execute(tx);
};

/** A later limit of a provisional hold, or a later review of a confirmed one: whoever is due then is told anew. */
export const extendRow = async (tx: Tx, holdId: string, values: { decideBy: Instant } | { reviewAt: Instant }): Promise<void> => {
  if ('decideBy' in values) await sql`update evidence.holds set decide_by = ${at(values.decideBy)} where hold_id = ${holdId}`.execute(tx);
  else await sql`update evidence.holds set review_at = ${at(values.reviewAt)}, review_told_at = null where hold_id = ${holdId}`.execute(tx);
};

export const markReviewTold = async (tx: Tx, holdId: string, now: Instant): Promise<void> => {
  await sql`update evidence.holds set review_told_at = ${at(now)} where hold_id = ${holdId}`.execute(tx);
};

/** A clock that was set back does not make a hold end before it began. */
export const endRow = async (tx: Tx, holdId: string, end: { how: HoldEnd; note: string; by: string; at: Instant }): Promise<void> => {
  await sql`update evidence.holds set ended_at = greatest(placed_at, ${at(end.at)}), ended_how = ${end.how}, ended_note = ${end.note}, ended_by = ${end.by} where hold_id = ${holdId}`.execute(tx);
};

/** Provisional holds whose time to decide is over. */
export const undecided = async (tx: Tx, now: Instant): Promise<Hold[]> =>
  (await sql<Hold>`select ${columns} ${from} where h.ended_at is null and h.confirmed_at is null and h.decide_by <= ${at(now)} order by h.decide_by for update of h skip locked`.execute(tx)).rows;

/** Confirmed holds whose review is due and whose owner was not told yet. */
export const reviewsDue = async (tx: Tx, now: Instant): Promise<Hold[]> =>
  (await sql<Hold>`select ${columns} ${from} where h.ended_at is null and h.confirmed_at is not null and h.review_at <= ${at(now)} and h.review_told_at is null order by h.review_at for update of h skip locked`.execute(tx)).rows;

/** What a requester holds in a room without a decision, in seconds of one camera. */
export const provisionalSeconds = async (db: Db, roomId: string, personId: string): Promise<number> =>
  (await sql<{ seconds: number }>`select coalesce(sum(quota_seconds), 0)::bigint as seconds from evidence.holds where room_id = ${roomId} and requester_id = ${personId} and ended_at is null and confirmed_at is null`.execute(db)).rows[0]?.seconds ?? 0;

/** The larger quota that somebody gave and that counts now, in camera-hours; null: none. */
export const givenQuota = async (db: Db, roomId: string, personId: string, now: Instant): Promise<number | null> =>
  (await sql<{ hours: number }>`select camera_hours as hours from evidence.hold_quotas where room_id = ${roomId} and person_id = ${personId} and given_at <= ${at(now)} and valid_until > ${at(now)} order by camera_hours desc limit 1`.execute(db)).rows[0]?.hours ?? null;

export const insertQuota = async (tx: Tx, quota: { roomId: string; personId: string; cameraHours: number; validUntil: Instant; reason: string; by: string; at: Instant }): Promise<void> => {
  await sql`insert into evidence.hold_quotas (room_id, person_id, camera_hours, valid_until, reason, given_by, given_at)
    values (${quota.roomId}, ${quota.personId}, ${quota.cameraHours}, ${at(quota.validUntil)}, ${quota.reason}, ${quota.by}, ${at(quota.at)})`.execute(tx);
};

/** Spans of all holds of a site that have not ended; only the confirmed ones when asked. */
export const heldSpans = async (db: Db, siteId: string, options: { confirmed: boolean }): Promise<FootageSpan[]> =>
  (await sql<FootageSpan>`
    select c.camera_id as "cameraId", h.from_at as "from", h.until_at as "until" from evidence.holds h join evidence.hold_cameras c using (hold_id)
    where h.site_id = ${siteId} and h.ended_at is null and (${!options.confirmed} or h.confirmed_at is not null)`.execute(db)).rows;

interface Piece extends FootageSpan {
  segmentId: string;
}

/** Which of these segments a hold touches. */
export const heldAmong = async (db: Db, pieces: readonly Piece[]): Promise<string[]> =>
  (await sql<{ segmentId: string }>`
    select p.segment_id as "segmentId"
    from unnest(${pieces.map((one) => one.segmentId)}::text[], ${pieces.map((one) => one.cameraId)}::text[], ${pieces.map((one) => at(one.from))}::timestamptz[], ${pieces.map((one) => at(one.until))}::timestamptz[]) as p(segment_id, camera_id, since, till)
    where evidence.is_held(p.camera_id, p.since, p.till)`.execute(db)).rows.map((row) => row.segmentId);
