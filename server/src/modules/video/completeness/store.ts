/** The only SQL of statements. */
import { sql } from 'kysely';
import type { Instant } from '../../../base/clock.ts';
import { at, type Db, type Tx } from '../../../platform/postgres/db.ts';

export interface Statement {
  cameraId: string; day: string; revision: number; siteId: string; from: Instant; until: Instant; expectedMs: number; recordedMs: number; approvedMs: number; gaps: number; statement: string; digest: string; signature: string; publicKey: string; closedAt: Instant;
}
const columns = sql`camera_id as "cameraId", to_char(day, 'YYYY-MM-DD') as day, revision, site_id as "siteId", from_at as "from", until_at as until, expected_ms as "expectedMs", recorded_ms as "recordedMs", approved_ms as "approvedMs", gaps, statement,
  encode(digest, 'hex') as digest, encode(signature, 'hex') as signature, encode(public_key, 'hex') as "publicKey", closed_at as "closedAt"`;

export const insertStatement = async (tx: Tx, one: Statement): Promise<boolean> => {
  const { rows } = await sql`insert into video.day_statements (camera_id, day, revision, site_id, from_at, until_at, expected_ms, recorded_ms, approved_ms, gaps, statement, digest, signature, public_key, closed_at)
    values (${one.cameraId}, ${one.day}::date, ${one.revision}, ${one.siteId}, ${at(one.from)}, ${at(one.until)}, ${one.expectedMs}, ${one.recordedMs}, ${one.approvedMs}, ${one.gaps}, ${one.statement}, ${Buffer.from(one.digest, 'hex')}, ${Buffer.from(one.signature, 'hex')}, ${Buffer.from(one.publicKey, 'hex')}, ${at(one.closedAt)})
    on conflict do nothing returning 1`.execute(tx);
  return rows.length > 0;
};
/** The newest revision of each camera and day of the span. */
export const statementsBetween = async (db: Db, siteId: string, first: string, last: string): Promise<Statement[]> =>
  (await sql<Statement>`select distinct on (camera_id, day) ${columns} from video.day_statements where site_id = ${siteId} and day between ${first}::date and ${last}::date order by camera_id, day, revision desc`.execute(db)).rows;
export const statementOf = async (db: Db, cameraId: string, day: string): Promise<Statement | null> => (await sql<Statement>`select ${columns} from video.day_statements where camera_id = ${cameraId} and day = ${day}::date order by revision desc limit 1`.execute(db)).rows[0] ?? null;

export interface RecordedCamera {
  cameraId: string; camera: string; roomId: string; dueFrom: Instant; dueUntil: Instant | null;
}
/** Cameras that had to be recorded at some time, with from when until when: from the naming of an allowed purpose to the retiring. */
export const camerasDue = async (db: Db, siteId: string): Promise<RecordedCamera[]> =>
  (await sql<RecordedCamera>`select c.camera_id as "cameraId", lpad(c.number::text, 2, '0') || ' ' || c.name as camera, c.room_id as "roomId", coalesce(r.activated_at, c.added_at) as "dueFrom", c.retired_at as "dueUntil"
    from video.cameras c left join video.camera_register r using (camera_id) where c.site_id = ${siteId} and c.record order by c.number, c.camera_id`.execute(db)).rows;
export const footageSpans = async (db: Db, cameraId: string, from: Instant, until: Instant): Promise<{ from: Instant; until: Instant }[]> =>
  (await sql<{ from: Instant; until: Instant }>`select from_at as "from", until_at as until from video.segments where camera_id = ${cameraId} and from_at < ${at(until)} and until_at > ${at(from)} and from_at > ${at(from)}::timestamptz - interval '1 day' order by from_at`.execute(db)).rows;
