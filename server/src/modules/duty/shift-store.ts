/** SQL of shifts, sign-ons, sections and reviews. */
import { sql } from 'kysely';
import type { SectionName } from '../../../../contract/duty.ts';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';

export interface Shift {
  shiftId: string;
  siteId: string;
  roomId: string;
  number: number;
  openedAt: Instant;
  closedAt: Instant | null;
  closedBy: string | null;
  remark: string | null;
  digest: string | null;
  reviewedBy: string | null;
  reviewedAt: Instant | null;
  reviewRemark: string | null;
}
const columns = sql.raw(`s.shift_id as "shiftId", s.site_id as "siteId", s.room_id as "roomId", s.number, s.opened_at as "openedAt", s.closed_at as "closedAt", s.closed_by as "closedBy", s.remark, s.digest,
  v.by_id as "reviewedBy", v.at as "reviewedAt", v.remark as "reviewRemark"`);
const from = sql.raw('duty.shifts s left join duty.reviews v on v.shift_id = s.shift_id');

/** Everything that writes in the log of a room passes here one after the other: lines have no gap and the closing sees them all. */
export const lockLog = async (tx: Tx, roomId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('duty.log/' || ${roomId}, 0))`.execute(tx);
};

export const openShift = async (db: Db, roomId: string): Promise<Shift | null> => (await sql<Shift>`select ${columns} from ${from} where s.room_id = ${roomId} and s.closed_at is null`.execute(db)).rows[0] ?? null;
export const findShift = async (db: Db, roomId: string, shiftId: string): Promise<Shift | null> => (await sql<Shift>`select ${columns} from ${from} where s.room_id = ${roomId} and s.shift_id = ${shiftId}`.execute(db)).rows[0] ?? null;
/** Newest first. */
export const recentShifts = async (db: Db, roomId: string, limit: number): Promise<Shift[]> => (await sql<Shift>`select ${columns} from ${from} where s.room_id = ${roomId} order by s.number desc limit ${limit}`.execute(db)).rows;
export const shiftsBetween = async (db: Db, roomId: string, begin: Instant, until: Instant, limit: number): Promise<Shift[]> =>
  (await sql<Shift>`select ${columns} from ${from} where s.room_id = ${roomId} and s.opened_at < ${at(until)} and (s.closed_at is null or s.closed_at > ${at(begin)}) order by s.number limit ${limit}`.execute(db)).rows;

export const insertShift = async (tx: Tx, shift: { shiftId: string; siteId: string; roomId: string; by: string; at: Instant }): Promise<number> => {
  const { rows } = await sql<{ number: number }>`
    insert into duty.shifts (shift_id, site_id, room_id, number, opened_at, opened_by)
    select ${shift.shiftId}, ${shift.siteId}, ${shift.roomId}, coalesce(max(number), 0) + 1, ${at(shift.at)}, ${shift.by} from duty.shifts where room_id = ${shift.roomId} returning number`.execute(tx);
  return rows[0]?.number ?? 1;
};
export const closeShiftRow = async (tx: Tx, shiftId: string, closing: { at: Instant; by: string; remark: string; digest: string }): Promise<void> => {
  await sql`update duty.shifts set closed_at = ${at(closing.at)}, closed_by = ${closing.by}, remark = ${closing.remark}, digest = ${closing.digest} where shift_id = ${shiftId}`.execute(tx);
};
/** False when somebody has reviewed it already. */
export const insertReview = async (tx: Tx, review: { shiftId: string; at: Instant; by: string; remark: string }): Promise<boolean> =>
  (await sql`insert into duty.reviews (shift_id, at, by_id, remark) values (${review.shiftId}, ${at(review.at)}, ${review.by}, ${review.remark}) on conflict do nothing returning shift_id`.execute(tx)).rows.length === 1;

export interface SignOn {
  postId: string;
  post: string;
  personId: string;
  onAt: Instant;
  offAt: Instant | null;
}

export const insertSignOn = async (tx: Tx, row: { shiftId: string; roomId: string; postId: string; post: string; personId: string; sessionId: string; source: string; at: Instant }): Promise<boolean> =>
  (
    await sql`
    insert into duty.sign_ons (shift_id, room_id, post_id, post, person_id, session_id, source, on_at)
    values (${row.shiftId}, ${row.roomId}, ${row.postId}, ${row.post}, ${row.personId}, ${row.sessionId}, ${row.source}, ${at(row.at)}) on conflict do nothing returning sign_on_id`.execute(tx)
  ).rows.length === 1;
export const endSignOn = async (tx: Tx, row: { postId: string; personId: string; at: Instant; by: string; reason: string }): Promise<void> => {
  await sql`update duty.sign_ons set off_at = greatest(on_at, ${at(row.at)}), off_by = ${row.by}, reason = ${row.reason} where post_id = ${row.postId} and person_id = ${row.personId} and off_at is null`.execute(tx);
};
export const openSignOns = async (db: Db, roomId: string): Promise<SignOn[]> =>
  (await sql<SignOn>`select post_id as "postId", post, person_id as "personId", on_at as "onAt", off_at as "offAt" from duty.sign_ons where room_id = ${roomId} and off_at is null order by on_at`.execute(db)).rows;
export const signOnsBetween = async (db: Db, roomId: string, begin: Instant, until: Instant): Promise<SignOn[]> =>
  (
    await sql<SignOn>`
    select post_id as "postId", post, person_id as "personId", on_at as "onAt", off_at as "offAt" from duty.sign_ons
    where room_id = ${roomId} and on_at < ${at(until)} and (off_at is null or off_at > ${at(begin)}) order by on_at, sign_on_id`.execute(db)
  ).rows;

export interface SectionAnswer {
  shiftId: string;
  section: SectionName;
  at: Instant;
  by: string;
  text: string;
  checks: Record<string, boolean>;
  seen: Sentence[];
}
export const insertAnswer = async (tx: Tx, answer: SectionAnswer): Promise<void> => {
  await sql`
    insert into duty.section_answers (shift_id, section, number, at, by_id, text, checks, seen)
    select ${answer.shiftId}, ${answer.section}, coalesce(max(number), 0) + 1, ${at(answer.at)}, ${answer.by}, ${answer.text}, ${JSON.stringify(answer.checks)}::jsonb, ${JSON.stringify(answer.seen)}::jsonb
    from duty.section_answers where shift_id = ${answer.shiftId} and section = ${answer.section}`.execute(tx);
};
export const answersOf = async (db: Db, shiftId: string): Promise<SectionAnswer[]> =>
  (
    await sql<SectionAnswer>`
    select distinct on (section) shift_id as "shiftId", section, at, by_id as by, text, checks, seen from duty.section_answers where shift_id = ${shiftId} order by section, number desc`.execute(db)
  ).rows;
