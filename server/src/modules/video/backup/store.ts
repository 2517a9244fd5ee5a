/** The only SQL of copies and backups. */
import { sql } from 'kysely';
import type { Instant } from '../../../base/clock.ts';
import { at, atOrNull, type Db, type Tx } from '../../../platform/postgres/db.ts';

export interface CopyPlace {
  placeId: string; siteId: string; path: string; addedAt: Instant; fault: string | null; faultSince: Instant | null;
}
const placeColumns = sql`place_id as "placeId", site_id as "siteId", path, added_at as "addedAt", fault, fault_since as "faultSince"`;

export const placeOf = async (db: Db, siteId: string): Promise<CopyPlace | null> => (await sql<CopyPlace>`select ${placeColumns} from video.copy_places where site_id = ${siteId} and state = 'in_use'`.execute(db)).rows[0] ?? null;
export const insertPlace = async (tx: Tx, { placeId, siteId, path }: Pick<CopyPlace, 'placeId' | 'siteId' | 'path'>, now: Instant): Promise<void> => {
  await sql`insert into video.copy_places (place_id, site_id, path, added_at) values (${placeId}, ${siteId}, ${path}, ${at(now)})`.execute(tx);
};
export const retirePlace = async (tx: Tx, placeId: string, now: Instant): Promise<void> => {
  await sql`update video.copy_places set state = 'retired', retired_at = ${at(now)}, fault = null, fault_since = null where place_id = ${placeId}`.execute(tx);
  // What lies there stays and can be restored from; what waits has nowhere to go until there is another folder.
  await sql`delete from video.copies where state = 'waiting'`.execute(tx);
};
export const setFault = async (tx: Tx, placeId: string, fault: string | null, now: Instant): Promise<void> => {
  await sql`update video.copy_places set fault_since = case when ${fault}::text is null then null else coalesce(fault_since, ${at(now)}::timestamptz) end, fault = ${fault} where place_id = ${placeId} and fault is distinct from ${fault}`.execute(tx);
};
export const queueAll = async (tx: Tx, siteId: string): Promise<void> => {
  await sql`insert into video.copies (segment_id, camera_id, path, from_at, until_at, size_bytes, sha256)
    select s.segment_id, s.camera_id, s.path, s.from_at, s.until_at, s.size_bytes, s.sha256 from video.segments s join video.cameras c using (camera_id) where c.site_id = ${siteId} on conflict do nothing`.execute(tx);
};

export interface Copy {
  segmentId: string; cameraId: string; camera: string; path: string; from: Instant; until: Instant; sizeBytes: number; sha256: string; folder: string | null;
}
const copyColumns = sql`p.segment_id as "segmentId", p.camera_id as "cameraId", lpad(c.number::text, 2, '0') || ' ' || c.name as camera, p.path, p.from_at as "from", p.until_at as "until", p.size_bytes as "sizeBytes", encode(p.sha256, 'hex') as sha256`;

/** Oldest first, with the storage that holds the original. Cameras that are left out wait. */
export const waitingCopies = async (db: Db, limit: number): Promise<Copy[]> =>
  (await sql<Copy>`select ${copyColumns}, t.path as folder from video.copies p join video.cameras c using (camera_id) left join video.segments s using (segment_id) left join video.storages t on t.storage_id = s.storage_id
    where p.state in ('waiting', 'damaged') and not exists (select from video.copies_left_out l where l.camera_id = p.camera_id) order by p.from_at, p.segment_id limit ${limit}`.execute(db)).rows;

export const markCopied = async (tx: Tx, placeId: string, segmentIds: readonly string[], now: Instant): Promise<void> => {
  await sql`update video.copies set state = 'copied', place_id = ${placeId}, copied_at = ${at(now)}, checked_at = null where segment_id = any(${[...segmentIds]}::text[]) and state in ('waiting', 'damaged')`.execute(tx);
};
export const setCopyState = async (tx: Tx, segmentIds: readonly string[], state: 'waiting' | 'damaged' | 'lost' | 'ending'): Promise<void> => {
  await sql`update video.copies set state = ${state} where segment_id = any(${[...segmentIds]}::text[])`.execute(tx);
};
export const markChecked = async (tx: Tx, segmentIds: readonly string[], now: Instant): Promise<void> => {
  await sql`update video.copies set checked_at = ${at(now)} where segment_id = any(${[...segmentIds]}::text[])`.execute(tx);
};
export const copiesToCheck = async (db: Db, placeId: string, before: Instant, limit: number): Promise<Copy[]> =>
  (await sql<Copy>`select ${copyColumns}, null as folder from video.copies p join video.cameras c using (camera_id) where p.state = 'copied' and p.place_id = ${placeId} and (p.checked_at is null or p.checked_at < ${at(before)})
    order by p.checked_at nulls first limit ${limit}`.execute(db)).rows;

export interface EndingCopy {
  segmentId: string; path: string; placeId: string | null; folder: string | null;
}
export const endingCopies = async (db: Db, limit: number): Promise<EndingCopy[]> =>
  (await sql<EndingCopy>`select p.segment_id as "segmentId", p.path, p.place_id as "placeId", t.path as folder from video.copies p left join video.copy_places t using (place_id) where p.state = 'ending' order by p.segment_id limit ${limit}`.execute(db)).rows;
export const dropCopies = async (tx: Tx, segmentIds: readonly string[]): Promise<void> => {
  await sql`delete from video.copies where segment_id = any(${[...segmentIds]}::text[]) and state = 'ending'`.execute(tx);
};

/** The whole copy of a segment, as a file. */
export const copyOf = async (db: Db, segmentId: string): Promise<(Copy & { folder: string }) | null> =>
  (await sql<Copy & { folder: string }>`select ${copyColumns}, t.path as folder from video.copies p join video.cameras c using (camera_id) join video.copy_places t using (place_id) where p.segment_id = ${segmentId} and p.state = 'copied'`.execute(db)).rows[0] ?? null;
export const countCopied = async (db: Db): Promise<number> => (await sql<{ n: number }>`select count(*) as n from video.copies where state = 'copied'`.execute(db)).rows[0]?.n ?? 0;
export const copyAt = async (db: Db, offset: number): Promise<string | null> => (await sql<{ id: string }>`select segment_id as id from video.copies where state = 'copied' order by segment_id offset ${offset} limit 1`.execute(db)).rows[0]?.id ?? null;

export interface Unbacked {
  cameraId: string; camera: string; why: 'left_out' | 'waiting' | 'damaged' | 'lost'; from: Instant; until: Instant; segments: number; sizeBytes: number;
}
/** What has no whole copy, joined into spans by camera and reason. */
export const unbackedRanges = async (db: Db, siteId: string, limit: number): Promise<Unbacked[]> =>
  (await sql<Unbacked>`
    with missing as (
      select p.camera_id, case when p.state = 'waiting' and l.camera_id is not null then 'left_out' else p.state end as why, p.from_at, p.until_at, p.size_bytes,
        case when p.from_at > lag(p.until_at) over w + interval '1 minute' then 1 else 0 end as begins
      from video.copies p left join video.copies_left_out l using (camera_id) where p.state in ('waiting', 'damaged', 'lost') window w as (partition by p.camera_id, p.state order by p.from_at)),
    spans as (select *, sum(begins) over (partition by camera_id, why order by from_at) as span from missing)
    select s.camera_id as "cameraId", lpad(c.number::text, 2, '0') || ' ' || c.name as camera, why, min(from_at) as "from", max(until_at) as until, count(*) as segments, sum(size_bytes)::bigint as "sizeBytes"
    from spans s join video.cameras c using (camera_id) where c.site_id = ${siteId} group by s.camera_id, c.number, c.name, why, span order by min(from_at), c.number limit ${limit}`.execute(db)).rows;
/** Of each camera the oldest footage that has no whole copy. */
export const oldestUnbacked = async (db: Db, siteId: string): Promise<{ cameraId: string; camera: string; until: Instant; state: string }[]> =>
  (await sql<{ cameraId: string; camera: string; until: Instant; state: string }>`
    select p.camera_id as "cameraId", lpad(c.number::text, 2, '0') || ' ' || c.name as camera, min(p.until_at) as until, p.state from video.copies p join video.cameras c using (camera_id)
    where c.site_id = ${siteId} and p.state in ('waiting', 'damaged') group by p.camera_id, c.number, c.name, p.state order by c.number`.execute(db)).rows;

export const copyFigures = async (db: Db, siteId: string) => {
  const { rows } = await sql<{ copied: number; copiedBytes: number; waiting: number; waitingBytes: number; oldest: Instant | null; damaged: number; checkedOldest: Instant | null }>`
    select count(*) filter (where p.state = 'copied') as copied, coalesce(sum(p.size_bytes) filter (where p.state = 'copied'), 0)::bigint as "copiedBytes",
      count(*) filter (where p.state = 'waiting') as waiting, coalesce(sum(p.size_bytes) filter (where p.state = 'waiting'), 0)::bigint as "waitingBytes",
      min(p.until_at) filter (where p.state = 'waiting' and l.camera_id is null) as oldest, count(*) filter (where p.state = 'damaged') as damaged, min(p.checked_at) filter (where p.state = 'copied') as "checkedOldest"
    from video.copies p join video.cameras c using (camera_id) left join video.copies_left_out l using (camera_id) where c.site_id = ${siteId}`.execute(db);
  return rows[0] ?? { copied: 0, copiedBytes: 0, waiting: 0, waitingBytes: 0, oldest: null, damaged: 0, checkedOldest: null };
};

export interface LeftOut {
  cameraId: string; camera: string; reason: string; since: Instant; personId: string;
}
export const leftOut = async (db: Db, siteId: string): Promise<LeftOut[]> =>
  (await sql<LeftOut>`select l.camera_id as "cameraId", lpad(c.number::text, 2, '0') || ' ' || c.name as camera, l.reason, l.since, l.person_id as "personId" from video.copies_left_out l join video.cameras c using (camera_id)
    where c.site_id = ${siteId} order by c.number`.execute(db)).rows;
export const insertLeftOut = async (tx: Tx, one: Pick<LeftOut, 'cameraId' | 'reason' | 'personId'>, now: Instant): Promise<void> => {
  await sql`insert into video.copies_left_out (camera_id, reason, since, person_id) values (${one.cameraId}, ${one.reason}, ${at(now)}, ${one.personId}) on conflict (camera_id) do update set reason = excluded.reason, person_id = excluded.person_id`.execute(tx);
};
export const deleteLeftOut = async (tx: Tx, cameraId: string): Promise<void> => {
  await sql`delete from video.copies_left_out where camera_id = ${cameraId}`.execute(tx);
};

export interface Run {
  runId: string; placeId: string; folder: string; beganAt: Instant; endedAt: Instant | null; askedBy: string | null; file: string; sizeBytes: number | null; sha256: string | null; state: 'running' | 'good' | 'failed' | 'damaged' | 'deleted'; detail: string; checkedAt: Instant | null;
}
export const runsOf = async (db: Db, siteId: string, limit: number): Promise<Run[]> =>
  (await sql<Run>`select r.run_id as "runId", r.place_id as "placeId", t.path as folder, r.began_at as "beganAt", r.ended_at as "endedAt", r.asked_by as "askedBy", r.file, r.size_bytes as "sizeBytes", encode(r.sha256, 'hex') as sha256, r.state, r.detail, r.checked_at as "checkedAt"
    from video.backup_runs r join video.copy_places t using (place_id) where r.site_id = ${siteId} order by r.began_at desc, r.run_id desc limit ${limit}`.execute(db)).rows;
export const insertRun = async (tx: Tx, one: { runId: string; siteId: string; placeId: string; file: string; askedBy: string | null }, now: Instant): Promise<void> => {
  await sql`insert into video.backup_runs (run_id, site_id, place_id, began_at, asked_by, file) values (${one.runId}, ${one.siteId}, ${one.placeId}, ${at(now)}, ${one.askedBy}, ${one.file})`.execute(tx);
};
export const endRun = async (tx: Tx, runId: string, one: { state: 'good' | 'failed'; sizeBytes: number | null; sha256: string | null; detail: string }, now: Instant): Promise<void> => {
  await sql`update video.backup_runs set state = ${one.state}, ended_at = ${at(now)}, size_bytes = ${one.sizeBytes}, sha256 = ${one.sha256 === null ? null : Buffer.from(one.sha256, 'hex')}, detail = ${one.detail} where run_id = ${runId}`.execute(tx);
};
export const setRun = async (tx: Tx, runId: string, state: 'good' | 'damaged' | 'deleted', checkedAt: Instant | null): Promise<void> => {
  await sql`update video.backup_runs set state = ${state}, checked_at = coalesce(${atOrNull(checkedAt)}, checked_at) where run_id = ${runId}`.execute(tx);
};

export interface Drill {
  drillId: string; at: Instant; personId: string; segmentId: string; cameraId: string; camera: string; from: Instant; until: Instant; sizeBytes: number; tookMs: number; expected: string; found: string | null; plays: boolean; outcome: 'equal' | 'differs' | 'missing';
}
export const drillsOf = async (db: Db, siteId: string, limit: number): Promise<Drill[]> =>
  (await sql<Drill>`select d.drill_id as "drillId", d.at, d.person_id as "personId", d.segment_id as "segmentId", d.camera_id as "cameraId", lpad(c.number::text, 2, '0') || ' ' || c.name as camera, d.from_at as "from", d.until_at as until, d.size_bytes as "sizeBytes", d.took_ms as "tookMs",
    encode(d.expected_sha256, 'hex') as expected, encode(d.found_sha256, 'hex') as found, d.plays, d.outcome from video.restore_drills d join video.cameras c using (camera_id) where d.site_id = ${siteId} order by d.at desc limit ${limit}`.execute(db)).rows;
export const insertDrill = async (tx: Tx, siteId: string, one: Drill): Promise<void> => {
  await sql`insert into video.restore_drills (drill_id, site_id, at, person_id, segment_id, camera_id, from_at, until_at, size_bytes, took_ms, expected_sha256, found_sha256, plays, outcome) values (${one.drillId}, ${siteId}, ${at(one.at)}, ${one.personId}, ${one.segmentId}, ${one.cameraId},
    ${at(one.from)}, ${at(one.until)}, ${one.sizeBytes}, ${one.tookMs}, ${Buffer.from(one.expected, 'hex')}, ${one.found === null ? null : Buffer.from(one.found, 'hex')}, ${one.plays}, ${one.outcome})`.execute(tx);
};

export interface Trouble {
  what: string; subject: string; since: Instant;
}
export const troublesOf = async (db: Db, siteId: string): Promise<Trouble[]> => (await sql<Trouble>`select what, subject, since from video.backup_troubles where site_id = ${siteId} order by since, what, subject`.execute(db)).rows;
export const insertTrouble = async (tx: Tx, siteId: string, one: Trouble): Promise<void> => {
  await sql`insert into video.backup_troubles (site_id, what, subject, since) values (${siteId}, ${one.what}, ${one.subject}, ${at(one.since)}) on conflict do nothing`.execute(tx);
};
export const deleteTrouble = async (tx: Tx, siteId: string, one: Pick<Trouble, 'what' | 'subject'>): Promise<void> => {
  await sql`delete from video.backup_troubles where site_id = ${siteId} and what = ${one.what} and subject = ${one.subject}`.execute(tx);
};
/** Begin of the oldest footage of the site; null: none. */
export const oldestFootage = async (db: Db): Promise<Instant | null> => (await sql<{ at: Instant | null }>`select min(from_at) as at from video.segments`.execute(db)).rows[0]?.at ?? null;
