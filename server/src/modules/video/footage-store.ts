/** The only SQL of segments, garbage, gaps and camera states: what the recorder reported, as rows. */
import { sql } from 'kysely';
import type { JournalEntryOf } from '../../../../contract/recorder.ts';
import type { Instant } from '../../base/clock.ts';
import { dayMs } from '../../base/units.ts';
import { at, moment, type Db, type Tx } from '../../platform/postgres/db.ts';
import { cameraLabel } from './camera.ts';
import { keptDays, type Terms } from './storage/terms.ts';
import type { VideoTables } from './tables.ts';

const tables = (db: Db) => db.$extendTables<VideoTables>();

export interface Segment {
  segmentId: string; cameraId: string; storageId: string; path: string; from: Instant; until: Instant; sizeBytes: number; sha256: string; runId: string; codec: string; width: number; height: number; recovered: boolean;
}

/** Answers which were new: a journal that had to start anew tells of every file again. */
export const insertSegments = async (tx: Tx, entries: readonly JournalEntryOf<'segment_closed'>[]): Promise<ReadonlySet<string>> => {
  const rows = await tables(tx)
    .insertInto('video.segments')
    .values(
      entries.map((entry) => ({
        segment_id: entry.segmentId, camera_id: entry.cameraId, storage_id: entry.storageId, path: entry.path, from_at: at(entry.from), until_at: at(entry.until),
        size_bytes: entry.sizeBytes, sha256: Buffer.from(entry.sha256, 'hex'), frames: entry.frames, key_frames: entry.keyFrames, codec: entry.codec, width: entry.width, height: entry.height,
        run_id: entry.runId, camera_clock_offset_ms: entry.cameraClockOffsetMs, packets_lost: entry.packetsLost, recovered: entry.recovered,
      })),
    )
    .onConflict((conflict) => conflict.column('segment_id').doNothing())
    .returning('segment_id')
    .execute();
  return new Set(rows.map((row) => row.segment_id));
};

export const insertGap = async (tx: Tx, entry: JournalEntryOf<'gap_opened'>): Promise<void> => {
  await tables(tx)
    .insertInto('video.gaps')
    .values({ gap_id: entry.gapId, camera_id: entry.cameraId, from_at: at(entry.from), until_at: null, reason: entry.reason, detail: entry.detail, alarmed_at: null })
    .onConflict((conflict) => conflict.column('gap_id').doNothing())
    .execute();
};

/** A gap that was opened and closed while nobody listened arrives as its closing alone. */
export const closeGap = async (tx: Tx, entry: JournalEntryOf<'gap_closed'>): Promise<void> => {
  await tables(tx)
    .insertInto('video.gaps')
    .values({ gap_id: entry.gapId, camera_id: entry.cameraId, from_at: at(entry.from), until_at: at(entry.until), reason: entry.reason, detail: entry.detail, alarmed_at: null })
    .onConflict((conflict) => conflict.column('gap_id').doUpdateSet({ from_at: at(entry.from), until_at: at(entry.until), reason: entry.reason, detail: entry.detail }))
    .execute();
};

export const alarmGap = async (tx: Tx, gapId: string, alarmedAt: Instant): Promise<void> => {
  await tables(tx).updateTable('video.gaps').set({ alarmed_at: at(alarmedAt) }).where('gap_id', '=', gapId).where('alarmed_at', 'is', null).execute();
};

export const saveCameraState = async (tx: Tx, entry: JournalEntryOf<'camera_state'>): Promise<void> => {
  const values = { state: entry.state, detail: entry.detail, since: at(entry.at) };
  await tables(tx).insertInto('video.camera_states').values({ camera_id: entry.cameraId, ...values }).onConflict((conflict) => conflict.column('camera_id').doUpdateSet(values)).execute();
};

/** Which of these cameras the room knows, by id, with what people call them: a journal may speak of cameras of a database that was restored away. */
export const knownCameras = async (db: Db, cameraIds: readonly string[]): Promise<Map<string, string>> => {
  if (cameraIds.length === 0) return new Map();
  const rows = await tables(db).selectFrom('video.cameras').select(['camera_id', 'number', 'name']).where('camera_id', 'in', cameraIds).execute();
  return new Map(rows.map((row) => [row.camera_id, cameraLabel(row)]));
};

export const segmentColumns = ['segment_id', 'camera_id', 'storage_id', 'path', 'from_at', 'until_at', 'size_bytes', 'sha256', 'run_id', 'codec', 'width', 'height', 'recovered'] as const;
export interface SegmentRow {
  segment_id: string; camera_id: string; storage_id: string; path: string; from_at: Instant; until_at: Instant; size_bytes: number; sha256: Buffer; run_id: string; codec: string; width: number; height: number; recovered: boolean;
}
export const segmentOf = (row: SegmentRow): Segment => ({
  segmentId: row.segment_id, cameraId: row.camera_id, storageId: row.storage_id, path: row.path, from: row.from_at, until: row.until_at, sizeBytes: row.size_bytes,
  sha256: row.sha256.toString('hex'), runId: row.run_id, codec: row.codec, width: row.width, height: row.height, recovered: row.recovered,
});

/** Far above the ten minutes that the contract allows. */
const longestSegmentMs = dayMs;

export const segmentsBetween = async (db: Db, cameraId: string, from: Instant, until: Instant): Promise<Segment[]> => {
  const rows = await tables(db)
    .selectFrom('video.segments').select(segmentColumns)
    .where('camera_id', '=', cameraId).where('from_at', '<', moment(until)).where('until_at', '>', moment(from))
    // The index is by beginning: without a bound a month of minutes would be read for one hour.
    .where('from_at', '>', moment(Math.max(0, from - longestSegmentMs)))
    .orderBy('from_at').execute();
  return rows.map(segmentOf);
};

export const findSegment = async (db: Db, segmentId: string): Promise<Segment | null> => {
  const row = await tables(db).selectFrom('video.segments').select(segmentColumns).where('segment_id', '=', segmentId).executeTakeFirst();
  return row === undefined ? null : segmentOf(row);
};

export interface Gap {
  gapId: string; from: Instant; until: Instant | null; reason: string; detail: string;
}

export const gapsBetween = async (db: Db, cameraId: string, from: Instant, until: Instant): Promise<Gap[]> => {
  const rows = await tables(db)
    .selectFrom('video.gaps').select(['gap_id', 'from_at', 'until_at', 'reason', 'detail'])
    .where('camera_id', '=', cameraId).where('from_at', '<', moment(until))
    .where((where) => where.or([where('until_at', 'is', null), where('until_at', '>', moment(from))]))
    .orderBy('from_at').execute();
  return rows.map((row) => ({ gapId: row.gap_id, from: row.from_at, until: row.until_at, reason: row.reason, detail: row.detail }));
};

export const storagePath = async (db: Db, storageId: string): Promise<string | null> => {
  const row = await tables(db).selectFrom('video.storages').select('path').where('storage_id', '=', storageId).executeTakeFirst();
  return row?.path ?? null;
};

/** Where a page of expired segments ended. */
export interface ExpiredAfter {
  from: Instant;
  segmentId: string;
}

/** Oldest segments that have passed both their retention and the term of their room, retired cameras' too. Camera by camera, as the index lies. */
export const expiredSegments = async (db: Db, terms: Pick<Terms, 'byRoom'>, now: Instant, limit: number, after: ExpiredAfter | null = null): Promise<Segment[]> => {
  const days = sql`make_interval(days => ${keptDays(terms)})`;
  const rows = await tables(db)
    .selectFrom('video.cameras as c')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('video.segments as one').select(segmentColumns.map((column) => `one.${column}` as const))
          .whereRef('one.camera_id', '=', 'c.camera_id')
          .where(sql<boolean>`one.from_at < ${at(now)}::timestamptz - ${days}`)
          .where(sql<boolean>`one.until_at < ${at(now)}::timestamptz - ${days}`)
          .where((where) => (after === null ? where.lit(true) : sql<boolean>`(one.from_at, one.segment_id) > (${at(after.from)}::timestamptz, ${after.segmentId})`))
          .orderBy('one.from_at').orderBy('one.segment_id').limit(limit).as('s'),
      (join) => join.onTrue(),
    )
    .select(segmentColumns.map((column) => `s.${column}` as const))
    .orderBy('s.from_at').orderBy('s.segment_id').limit(limit).execute();
  return rows.map(segmentOf);
};

/** What a camera in use recorded of late. */
export interface FootageRate {
  cameraId: string;
  /** Days it must be kept. */
  days: number;
  sizeBytes: number;
  coveredMs: number;
}

export const footageRates = async (db: Db, terms: Pick<Terms, 'byRoom'>, since: Instant): Promise<FootageRate[]> => {
  const rows = await tables(db)
    .selectFrom('video.cameras as c')
    .leftJoin('video.segments as s', (join) => join.onRef('s.camera_id', '=', 'c.camera_id').on('s.from_at', '>=', moment(since)))
    .select(['c.camera_id', keptDays(terms).as('days')])
    .select(sql<number>`coalesce(sum(s.size_bytes), 0)::bigint`.as('size_bytes'))
    .select(sql<number>`coalesce(sum(extract(epoch from s.until_at - s.from_at)) * 1000, 0)::bigint`.as('covered_ms'))
    .where('c.retired_at', 'is', null).where('c.record', '=', true)
    .groupBy('c.camera_id').execute();
  return rows.map((row) => ({ cameraId: row.camera_id, days: row.days, sizeBytes: row.size_bytes, coveredMs: row.covered_ms }));
};

/** Bytes of all footage in these storages, what waits for its deletion included: that space comes back. */
export const footageBytes = async (db: Db, storageIds: readonly string[]): Promise<number> => {
  const sizeOf = async (table: 'video.segments' | 'video.garbage'): Promise<number> => {
    const row = await tables(db).selectFrom(table).select(sql<number>`coalesce(sum(size_bytes), 0)::bigint`.as('bytes')).where('storage_id', 'in', storageIds).executeTakeFirstOrThrow();
    return row.bytes;
  };
  return (await sizeOf('video.segments')) + (await sizeOf('video.garbage'));
};

/** The same of each camera, without what waits for its deletion. */
export const footageByCamera = async (db: Db, storageIds: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const rows = await tables(db).selectFrom('video.segments').select(['camera_id', sql<number>`sum(size_bytes)::bigint`.as('bytes')]).where('storage_id', 'in', storageIds).groupBy('camera_id').execute();
  return new Map(rows.map((row) => [row.camera_id, row.bytes]));
};

/** Row to garbage: the segment leaves the index in the same transaction that says why. */
export const moveToGarbage = async (tx: Tx, segments: readonly Segment[], { reason, deletionId }: { reason: 'retention' | 'space' | 'space_below_term' | 'destruction'; deletionId: string }, decidedAt: Instant): Promise<void> => {
  await tables(tx).deleteFrom('video.segments').where('segment_id', 'in', segments.map((segment) => segment.segmentId)).execute();
  await tables(tx)
    .insertInto('video.garbage')
    .values(
      segments.map((segment) => ({
        segment_id: segment.segmentId, camera_id: segment.cameraId, storage_id: segment.storageId, path: segment.path, from_at: at(segment.from), until_at: at(segment.until),
        size_bytes: segment.sizeBytes, sha256: Buffer.from(segment.sha256, 'hex'), reason, decided_at: at(decidedAt), ordered_at: null, failed_detail: null, deletion_id: deletionId,
      })),
    )
    .execute();
};

export interface Garbage {
  segmentId: string; storageId: string; path: string;
}

/** What still has to be unlinked and was not asked for since `before`. */
export const garbageToOrder = async (db: Db, before: Instant, limit: number): Promise<Garbage[]> => {
  const rows = await tables(db)
    .selectFrom('video.garbage').select(['segment_id', 'storage_id', 'path'])
    .where((where) => where.or([where('ordered_at', 'is', null), where('ordered_at', '<', moment(before))]))
    .orderBy('decided_at').limit(limit).execute();
  return rows.map((row) => ({ segmentId: row.segment_id, storageId: row.storage_id, path: row.path }));
};

export const markOrdered = async (tx: Tx, segmentIds: readonly string[], orderedAt: Instant): Promise<void> => {
  await tables(tx).updateTable('video.garbage').set({ ordered_at: at(orderedAt) }).where('segment_id', 'in', segmentIds).execute();
};

/** The file is gone (or was never there): its garbage row goes; a failed unlink stays and says why. */
export const settleGarbage = async (tx: Tx, entry: JournalEntryOf<'segment_deleted'>): Promise<void> => {
  if (entry.outcome === 'failed') {
    await tables(tx).updateTable('video.garbage').set({ failed_detail: entry.detail }).where('segment_id', '=', entry.segmentId).where('storage_id', '=', entry.storageId).execute();
    return;
  }
  await tables(tx).deleteFrom('video.garbage').where('segment_id', '=', entry.segmentId).where('storage_id', '=', entry.storageId).execute();
};
