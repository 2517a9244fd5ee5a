/** The only SQL of bookmarks and of what was written to snapshots. */
import type { Instant } from '../../../base/clock.ts';
import { at, moment, type Db, type InstantColumn, type NullableInstantColumn, type Tx } from '../../../platform/postgres/db.ts';
import type { VideoTables } from '../tables.ts';

type MarkTables = VideoTables & {
  'video.bookmarks': {
    bookmark_id: string; site_id: string; room_id: string; camera_id: string; frame_at: InstantColumn; kind: 'bookmark' | 'suspicious'; note: string; made_at: InstantColumn; person_id: string; made_by: string;
    struck_at: NullableInstantColumn; struck_by: string | null; struck_reason: string | null;
  };
  'video.snapshot_notes': { note_id: string; snapshot_id: string; note: string; written_at: InstantColumn; person_id: string; written_by: string };
  'video.snapshot_clips': { snapshot_id: string; from_at: InstantColumn; until_at: InstantColumn };
};
const tables = (db: Db) => db.$extendTables<MarkTables>();
const most = 500;

export interface Mark {
  bookmarkId: string;
  cameraId: string;
  number: number;
  cameraName: string;
  frameAt: Instant;
  kind: 'bookmark' | 'suspicious';
  note: string;
  madeAt: Instant;
  personId: string;
  madeBy: string;
}

export const insertMark = async (tx: Tx, mark: Omit<Mark, 'number' | 'cameraName'> & { siteId: string; roomId: string }): Promise<void> => {
  await tables(tx)
    .insertInto('video.bookmarks')
    .values({
      bookmark_id: mark.bookmarkId, site_id: mark.siteId, room_id: mark.roomId, camera_id: mark.cameraId, frame_at: at(mark.frameAt), kind: mark.kind, note: mark.note, made_at: at(mark.madeAt), person_id: mark.personId, made_by: mark.madeBy,
      struck_at: null, struck_by: null, struck_reason: null,
    })
    .execute();
};

const standing = (db: Db, roomId: string) =>
  tables(db)
    .selectFrom('video.bookmarks as b')
    .innerJoin('video.cameras as c', 'c.camera_id', 'b.camera_id')
    .select(['b.bookmark_id', 'b.camera_id', 'c.number', 'c.name', 'b.frame_at', 'b.kind', 'b.note', 'b.made_at', 'b.person_id', 'b.made_by'])
    .where('b.room_id', '=', roomId)
    .where('b.struck_at', 'is', null);
type Row = Awaited<ReturnType<ReturnType<typeof standing>['execute']>>[number];
const markOf = (row: Row): Mark => ({
  bookmarkId: row.bookmark_id, cameraId: row.camera_id, number: row.number, cameraName: row.name, frameAt: row.frame_at, kind: row.kind, note: row.note, madeAt: row.made_at, personId: row.person_id, madeBy: row.made_by,
});

export const marksBetween = async (db: Db, roomId: string, span: { cameraId: string | undefined; from: Instant; until: Instant }): Promise<Mark[]> => {
  let query = standing(db, roomId).where('b.frame_at', '>=', moment(span.from)).where('b.frame_at', '<', moment(span.until));
  if (span.cameraId !== undefined) query = query.where('b.camera_id', '=', span.cameraId);
  return (await query.orderBy('b.frame_at', 'desc').limit(most).execute()).map(markOf);
};

export const lockMark = async (tx: Tx, roomId: string, bookmarkId: string): Promise<Mark | null> => {
  const row = await standing(tx, roomId).where('b.bookmark_id', '=', bookmarkId).forUpdate('b').executeTakeFirst();
  return row === undefined ? null : markOf(row);
};

export const setStruck = async (tx: Tx, bookmarkId: string, struck: { at: Instant; by: string; reason: string }): Promise<void> => {
  await tables(tx).updateTable('video.bookmarks').set({ struck_at: at(struck.at), struck_by: struck.by, struck_reason: struck.reason }).where('bookmark_id', '=', bookmarkId).execute();
};

export interface SnapshotNote {
  snapshotId: string;
  note: string;
  writtenAt: Instant;
  writtenBy: string;
}
export const insertNote = async (tx: Tx, note: SnapshotNote & { noteId: string; personId: string }): Promise<void> => {
  await tables(tx).insertInto('video.snapshot_notes').values({ note_id: note.noteId, snapshot_id: note.snapshotId, note: note.note, written_at: at(note.writtenAt), person_id: note.personId, written_by: note.writtenBy }).execute();
};

/** What was written to each snapshot, oldest first. */
export const notesOf = async (db: Db, snapshotIds: readonly string[]): Promise<ReadonlyMap<string, SnapshotNote[]>> => {
  if (snapshotIds.length === 0) return new Map();
  const rows = await tables(db).selectFrom('video.snapshot_notes').selectAll().where('snapshot_id', 'in', snapshotIds).orderBy('written_at').orderBy('note_id').execute();
  return Map.groupBy(rows.map((row): SnapshotNote => ({ snapshotId: row.snapshot_id, note: row.note, writtenAt: row.written_at, writtenBy: row.written_by })), ({ snapshotId }) => snapshotId);
};

export interface Clip {
  from: Instant;
  until: Instant;
}
export const insertClip = async (tx: Tx, snapshotId: string, { from, until }: Clip): Promise<void> => {
  await tables(tx).insertInto('video.snapshot_clips').values({ snapshot_id: snapshotId, from_at: at(from), until_at: at(until) }).execute();
};
export const clipsOf = async (db: Db, snapshotIds: readonly string[]): Promise<ReadonlyMap<string, Clip>> => {
  if (snapshotIds.length === 0) return new Map();
  const rows = await tables(db).selectFrom('video.snapshot_clips').selectAll().where('snapshot_id', 'in', snapshotIds).execute();
  return new Map(rows.map((row) => [row.snapshot_id, { from: row.from_at, until: row.until_at }]));
};
