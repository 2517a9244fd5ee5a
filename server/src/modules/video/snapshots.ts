/** Reads of snapshots. Looking at a picture is a recorded act. */
import type { Snapshot } from '../../../../contract/video.ts';
import type { Instant } from '../../base/clock.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import { BlobAltered } from '../../platform/blobs/disk-blobs.ts';
import type { Bytes } from '../../platform/http/route.ts';
import { moment, type Db } from '../../platform/postgres/db.ts';
import { cameraLabel } from './camera.ts';
import { actorOf, type VideoContext } from './context.ts';
import { refuse } from './errors.ts';
import { clipsOf, notesOf } from './marks/store.ts';
import { snapshotSeen } from './events.ts';
import type { VideoTables } from './tables.ts';

export type SnapshotRecord = Snapshot;
const pageSize = 60;

const query = (db: Db, roomId: string) =>
  db
    .$extendTables<VideoTables>()
    .selectFrom('video.snapshots as s')
    .innerJoin('video.cameras as c', 'c.camera_id', 's.camera_id')
    .select(['s.snapshot_id', 's.camera_id', 'c.number', 'c.name as camera_name', 's.frame_at', 's.taken_at', 's.taken_by', 's.source', 's.sha256', 's.size_bytes', 's.note', 's.content_type'])
    .where('s.room_id', '=', roomId);

export const listSnapshots = async (context: VideoContext, caller: Caller, last: { before?: Instant | undefined; beforeId?: string | undefined }): Promise<{ snapshots: SnapshotRecord[]; more: boolean }> => {
  let found = query(context.database.db, caller.roomId).orderBy('s.taken_at', 'desc').orderBy('s.snapshot_id', 'desc').limit(pageSize + 1);
  const { before, beforeId } = last;
  if (before !== undefined) {
    const earlier = found.where('s.taken_at', beforeId === undefined ? '<' : '<=', moment(before));
    found = beforeId === undefined ? earlier : earlier.where((where) => where.or([where('s.taken_at', '<', moment(before)), where('s.snapshot_id', '<', beforeId)]));
  }
  const rows = await found.execute();
  const page = rows.slice(0, pageSize);
  const ids = page.map((row) => row.snapshot_id);
  const [clips, notes] = await Promise.all([clipsOf(context.database.db, ids), notesOf(context.database.db, ids)]);
  const snapshots = page.map((row) => ({
    snapshotId: row.snapshot_id, cameraId: row.camera_id, cameraName: row.camera_name, frameAt: row.frame_at, takenAt: row.taken_at, takenBy: row.taken_by, source: row.source,
    sha256: row.sha256.toString('hex'), sizeBytes: row.size_bytes, note: row.note,
    clip: clips.get(row.snapshot_id) ?? null, notes: (notes.get(row.snapshot_id) ?? []).map(({ note, writtenAt, writtenBy }) => ({ note, writtenAt, writtenBy })),
  }));
  return { snapshots, more: rows.length > pageSize };
};

/** Which camera a snapshot shows; null: there is none of this id in the room. */
export const findSnapshot = async (db: Db, roomId: string, snapshotId: string): Promise<{ cameraId: string; camera: string } | null> => {
  const row = await query(db, roomId).where('s.snapshot_id', '=', snapshotId).executeTakeFirst();
  return row === undefined ? null : { cameraId: row.camera_id, camera: cameraLabel({ number: row.number, name: row.camera_name }) };
};

/** A picture that is gone or altered is no unknown snapshot: it is said, and it is in the log. */
const pictureOf = async (context: VideoContext, snapshotId: string, sha256: string): Promise<Buffer> => {
  const picture = await context.blobs.get(sha256).catch((error: unknown) => {
    if (!(error instanceof BlobAltered)) throw error;
    context.log.error('the picture of a snapshot was altered', { snapshotId, sha256 });
    throw refuse('snapshot_altered');
  });
  if (picture !== null) return picture;
  context.log.error('the picture of a snapshot is gone', { snapshotId, sha256 });
  throw refuse('snapshot_lost');
};

export const snapshotPicture = async (context: VideoContext, caller: Caller, snapshotId: string): Promise<Bytes> => {
  const row = await query(context.database.db, caller.roomId).where('s.snapshot_id', '=', snapshotId).executeTakeFirst();
  if (row === undefined) throw refuse('snapshot_unknown');
  const picture = await pictureOf(context, snapshotId, row.sha256.toString('hex'));
  const { siteId, roomId } = caller;
  await context.database.transaction((tx) =>
    context.ledger.append(tx, { event: snapshotSeen, siteId, roomId, actor: actorOf(caller), subject: row.camera_id, body: { snapshotId, cameraId: row.camera_id, camera: cameraLabel({ number: row.number, name: row.camera_name }) }, at: context.clock.now() }),
  );
  return { contentType: row.content_type, body: picture, headers: { 'x-content-sha256': row.sha256.toString('hex') } };
};
