/** SQL of positions, marks and turns. */
import { sql } from 'kysely';
import type { Mark, Outcome } from '../../../../contract/rounds.ts';
import type { Instant } from '../../base/clock.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';

export interface Position {
  positionId: string;
  siteId: string;
  roomId: string;
  cameraId: string;
  name: string;
  postId: string | null;
  intervalMinutes: number | null;
  addedAt: Instant;
  sweptUntil: Instant;
}
const columns = sql.raw(`position_id as "positionId", site_id as "siteId", room_id as "roomId", camera_id as "cameraId", name, post_id as "postId", interval_minutes as "intervalMinutes", added_at as "addedAt", swept_until as "sweptUntil"`);

export const positionsOf = async (db: Db, roomId: string): Promise<Position[]> => (await sql<Position>`select ${columns} from rounds.positions where room_id = ${roomId} and removed_at is null order by name, position_id`.execute(db)).rows;
/** Held until commit: a mark and the end of its turn do not cross. */
export const lockPosition = async (tx: Tx, roomId: string, positionId: string): Promise<Position | null> =>
  (await sql<Position>`select ${columns} from rounds.positions where room_id = ${roomId} and position_id = ${positionId} and removed_at is null for update`.execute(tx)).rows[0] ?? null;
export const insertPosition = async (tx: Tx, one: Position, by: string): Promise<void> => {
  await sql`insert into rounds.positions (position_id, site_id, room_id, camera_id, name, post_id, interval_minutes, added_at, added_by, removed_at, swept_until)
    values (${one.positionId}, ${one.siteId}, ${one.roomId}, ${one.cameraId}, ${one.name}, ${one.postId}, ${one.intervalMinutes}, ${at(one.addedAt)}, ${by}, null, ${at(one.sweptUntil)})`.execute(tx);
};
export const removePositionRow = async (tx: Tx, positionId: string, now: Instant): Promise<void> => {
  await sql`update rounds.positions set removed_at = greatest(added_at, ${at(now)}) where position_id = ${positionId} and removed_at is null`.execute(tx);
};
export const sweepTo = async (tx: Tx, positionId: string, until: Instant): Promise<void> => {
  await sql`update rounds.positions set swept_until = ${at(until)} where position_id = ${positionId}`.execute(tx);
};

export interface MarkRow {
  markId: string;
  positionId: string;
  cameraId: string;
  name: string;
  personId: string;
  byName: string;
  mark: Mark;
  text: string;
  markedAt: Instant;
  watchedMs: number;
  rushed: boolean;
  entryId: string | null;
}
const markColumns = sql.raw(`m.mark_id as "markId", m.position_id as "positionId", m.camera_id as "cameraId", p.name, m.person_id as "personId", m.by_name as "byName", m.mark, m.text, m.marked_at as "markedAt", m.watched_ms as "watchedMs", m.rushed, m.entry_id as "entryId"`);
export const insertMark = async (tx: Tx, roomId: string, one: Omit<MarkRow, 'name'>): Promise<void> => {
  await sql`insert into rounds.marks (mark_id, position_id, room_id, camera_id, person_id, by_name, mark, text, marked_at, watched_ms, rushed, entry_id)
    values (${one.markId}, ${one.positionId}, ${roomId}, ${one.cameraId}, ${one.personId}, ${one.byName}, ${one.mark}, ${one.text}, ${at(one.markedAt)}, ${Math.round(one.watchedMs)}, ${one.rushed}, ${one.entryId})`.execute(tx);
};
/** Oldest first. */
export const marksBetween = async (db: Db, roomId: string, from: Instant, until: Instant, limit: number): Promise<MarkRow[]> =>
  (await sql<MarkRow>`select ${markColumns} from rounds.marks m join rounds.positions p using (position_id) where m.room_id = ${roomId} and m.marked_at >= ${at(from)} and m.marked_at < ${at(until)} order by m.marked_at desc limit ${limit}`.execute(db)).rows.toReversed();
export const lastMarks = async (db: Db, roomId: string): Promise<Map<string, MarkRow>> => {
  const { rows } = await sql<MarkRow>`select distinct on (m.position_id) ${markColumns} from rounds.marks m join rounds.positions p using (position_id) where m.room_id = ${roomId} and p.removed_at is null order by m.position_id, m.marked_at desc`.execute(db);
  return new Map(rows.map((row) => [row.positionId, row]));
};

export interface TurnRow {
  positionId: string;
  name: string;
  from: Instant;
  until: Instant;
  outcome: Outcome;
  markId: string | null;
  onPost: string[];
  shift: number | null;
}
export const insertTurn = async (tx: Tx, roomId: string, one: TurnRow): Promise<void> => {
  await sql`insert into rounds.windows (position_id, room_id, name, from_at, until_at, outcome, mark_id, on_post, shift_number)
    values (${one.positionId}, ${roomId}, ${one.name}, ${at(one.from)}, ${at(one.until)}, ${one.outcome}, ${one.markId}, ${one.onPost}, ${one.shift})`.execute(tx);
};
/** Turns that ended in the span, oldest first. */
export const turnsBetween = async (db: Db, roomId: string, from: Instant, until: Instant): Promise<TurnRow[]> =>
  (
    await sql<TurnRow>`select position_id as "positionId", name, from_at as "from", until_at as "until", outcome, mark_id as "markId", on_post as "onPost", shift_number as shift from rounds.windows
      where room_id = ${roomId} and until_at > ${at(from)} and until_at <= ${at(until)} order by until_at, name`.execute(db)
  ).rows;
