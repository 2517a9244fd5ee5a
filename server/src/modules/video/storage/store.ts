/** The only SQL of storages as people see them, and of what moves between them. */
import { sql } from 'kysely';
import type { StorageId } from '../../../base/ids.ts';
import type { Instant } from '../../../base/clock.ts';
import { at, type Db, type Tx } from '../../../platform/postgres/db.ts';

export type StorageState = 'in_use' | 'emptying' | 'retired';
export interface StorageEntry {
  storageId: StorageId; recorderId: string; path: string; weight: number; state: StorageState; stateSince: Instant | null; addedAt: Instant; rowVersion: number;
}

const columns = sql`storage_id as "storageId", recorder_id as "recorderId", path, weight, state, state_since as "stateSince", added_at as "addedAt", row_version as "rowVersion"`;

/** Oldest first, retired ones last. */
export const storageEntries = async (db: Db, siteId: string): Promise<StorageEntry[]> =>
  (await sql<StorageEntry>`select ${columns} from video.storages where site_id = ${siteId} order by state = 'retired', added_at, storage_id`.execute(db)).rows;

/** All rows of the site, locked: two acts on storages pass one after the other. */
export const lockStorages = async (tx: Tx, siteId: string): Promise<StorageEntry[]> =>
  (await sql<StorageEntry>`select ${columns} from video.storages where site_id = ${siteId} order by storage_id for update`.execute(tx)).rows;

export const setStorage = async (tx: Tx, storageId: string, change: { weight: number } | { state: StorageState; at: Instant }): Promise<void> => {
  const what = 'weight' in change ? sql`weight = ${change.weight}` : sql`state = ${change.state}, state_since = ${at(change.at)}`;
  await sql`update video.storages set ${what}, row_version = row_version + 1 where storage_id = ${storageId}`.execute(tx);
};

export interface StorageHolds {
  segments: number; sizeBytes: number; garbage: number; moving: number; stuck: number;
}

/** What lies in each storage by the rows. */
export const storageHolds = async (db: Db, siteId: string): Promise<ReadonlyMap<string, StorageHolds>> => {
  const { rows } = await sql<StorageHolds & { storageId: string }>`
    select t.storage_id as "storageId", coalesce(s.n, 0)::bigint as segments, coalesce(s.bytes, 0)::bigint as "sizeBytes", (select count(*) from video.garbage g where g.storage_id = t.storage_id) as garbage,
      (select count(*) from video.moves m where (m.from_storage_id = t.storage_id and m.state = 'planned') or m.leftover_storage_id = t.storage_id) as moving,
      (select count(*) from video.moves m where m.from_storage_id = t.storage_id and m.state = 'stuck') as stuck
    from video.storages t left join (select storage_id, count(*) as n, sum(size_bytes) as bytes from video.segments group by storage_id) s using (storage_id) where t.site_id = ${siteId}`.execute(db);
  return new Map(rows.map(({ storageId, ...holds }) => [storageId, holds]));
};

export interface Move {
  segmentId: string; fromStorageId: string; storageId: string; path: string; sizeBytes: number; sha256: string;
}

/** Oldest segments of a storage that are not on their way yet. */
export const toMove = async (db: Db, storageId: string, limit: number): Promise<Omit<Move, 'storageId'>[]> =>
  (await sql<Omit<Move, 'storageId'>>`
    select s.segment_id as "segmentId", s.storage_id as "fromStorageId", s.path, s.size_bytes as "sizeBytes", encode(s.sha256, 'hex') as sha256 from video.segments s
    where s.storage_id = ${storageId} and not exists (select from video.moves m where m.segment_id = s.segment_id) order by s.from_at limit ${limit}`.execute(db)).rows;

export const planMoves = async (tx: Tx, moves: readonly Move[], now: Instant): Promise<void> => {
  for (const { segmentId, fromStorageId, storageId, path, sizeBytes, sha256 } of moves) {
    await sql`insert into video.moves (segment_id, from_storage_id, storage_id, path, size_bytes, sha256, state, planned_at)
      values (${segmentId}, ${fromStorageId}, ${storageId}, ${path}, ${sizeBytes}, ${Buffer.from(sha256, 'hex')}, 'planned', ${at(now)}) on conflict do nothing`.execute(tx);
  }
};

export const movesUnderWay = async (db: Db): Promise<number> => (await sql<{ n: number }>`select count(*) as n from video.moves where state = 'planned'`.execute(db)).rows[0]?.n ?? 0;

/** Copies that the recorder was not asked for since `before`. */
export const movesToOrder = async (db: Db, before: Instant, limit: number): Promise<Move[]> =>
  (await sql<Move>`
    select segment_id as "segmentId", from_storage_id as "fromStorageId", storage_id as "storageId", path, size_bytes as "sizeBytes", encode(sha256, 'hex') as sha256 from video.moves
    where state = 'planned' and (ordered_at is null or ordered_at < ${at(before)}) order by planned_at, segment_id limit ${limit}`.execute(db)).rows;

export const leftoversToOrder = async (db: Db, before: Instant, limit: number): Promise<{ segmentId: string; storageId: string; path: string }[]> =>
  (await sql<{ segmentId: string; storageId: string; path: string }>`
    select segment_id as "segmentId", leftover_storage_id as "storageId", path from video.moves
    where state = 'leftover' and (ordered_at is null or ordered_at < ${at(before)}) order by planned_at, segment_id limit ${limit}`.execute(db)).rows;

export const markMovesOrdered = async (tx: Tx, segmentIds: readonly string[], now: Instant): Promise<void> => {
  await sql`update video.moves set ordered_at = ${at(now)} where segment_id = any(${[...segmentIds]}::text[])`.execute(tx);
};

/** Emptying was stopped: what the recorder was not told of stays where it is; what it was told of still comes to its end. */
export const dropPlannedMoves = async (tx: Tx, storageId: string): Promise<void> => {
  await sql`delete from video.moves where from_storage_id = ${storageId} and (state = 'stuck' or (state = 'planned' and ordered_at is null))`.execute(tx);
};

/** What was deleted for good has nowhere to go. */
export const forgetStuck = async (tx: Tx): Promise<void> => {
  await sql`delete from video.moves m where m.state = 'stuck' and not exists (select from video.segments s where s.segment_id = m.segment_id)`.execute(tx);
};

/** Files that are neither row nor garbage while a segment is on its way; for `vigil fsck`. */
export const movingFiles = async (db: Db): Promise<{ storageId: string; path: string }[]> =>
  (await sql<{ storageId: string; path: string }>`
    select storage_id as "storageId", path || suffix as path from video.moves cross join (values (''), ('.moving')) as v(suffix) where state = 'planned' or (state = 'stuck' and suffix <> '')
    union all select leftover_storage_id, path from video.moves where state = 'leftover'`.execute(db)).rows;

export const storagePaths = async (db: Db, storageIds: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await sql<{ storageId: string; path: string }>`select storage_id as "storageId", path from video.storages where storage_id = any(${[...storageIds]}::text[])`.execute(db);
  return new Map(rows.map(({ storageId, path }) => [storageId, path]));
};
