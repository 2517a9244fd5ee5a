/** Keeps a picture that a person took from live or playback: under its hash, never changed. */
import type { Instant } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import { mebibyte, minuteMs, secondMs } from '../../../base/units.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import { at } from '../../../platform/postgres/db.ts';
import { cameraLabel } from '../camera.ts';
import { actorOf, tellScreens, type VideoContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { snapshotTaken } from '../events.ts';
import { clipBelongs } from '../marks/controls.ts';
import { insertClip } from '../marks/store.ts';
import { requireRight, type MayPlay } from '../playback-right.ts';
import type { SnapshotRecord } from '../snapshots.ts';
import { findCamera } from '../store.ts';
import type { VideoTables } from '../tables.ts';

const maxPictureBytes = 8 * mebibyte;
/** Clocks of browser and server may differ a little. */
const futureAllowedMs = minuteMs;

const contentTypeOf = (picture: Buffer): 'image/jpeg' | 'image/png' => {
  if (picture.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  if (picture.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png';
  throw refuse('picture_wrong');
};

/** Footage that belongs to a picture: what led to it, and what came of it. */
const clipBeforeMs = 10 * secondMs;
const clipAfterMs = 10 * secondMs;

export interface NewSnapshot {
  cameraId: string; frameAt: Instant; source: 'live' | 'playback'; note: string; picture: Buffer;
}

export const takeSnapshot = async (context: VideoContext, mayPlay: MayPlay, caller: Caller, given: NewSnapshot): Promise<SnapshotRecord> => {
  const { blobs, clock, database, ledger } = context;
  const { siteId, roomId } = caller;
  const { picture, cameraId, frameAt, source, note } = given;
  if (picture.length > maxPictureBytes) throw refuse('picture_too_large');
  const contentType = contentTypeOf(picture);
  const takenAt = clock.now();
  if (frameAt > takenAt + futureAllowedMs) throw refuse('frame_time_wrong');
  const camera = await findCamera(database.db, roomId, cameraId, { retired: true });
  if (camera === null) throw refuse('camera_unknown');
  if (source === 'playback') await requireRight(context, mayPlay, { caller, cameraId, from: frameAt, until: frameAt + 1, at: takenAt, openedAt: takenAt, what: 'picture', clip: false });
  // The picture is durable before the row that names it; one without a row is harmless and is found by fsck.
  const sha256 = await blobs.put(picture).catch((error: unknown) => {
    throw error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT') ? refuse('storage_full') : error;
  });
  const snapshotId = newId('snp', clock);
  const takenBy = `${caller.name} ${caller.staffNumber}`.trim();
  const sizeBytes = picture.length;
  const clip = { from: Math.max(0, frameAt - clipBeforeMs), until: frameAt + clipAfterMs };
  await database.transaction(async (tx) => {
    await tx
      .$extendTables<VideoTables>()
      .insertInto('video.snapshots')
      .values({ snapshot_id: snapshotId, site_id: siteId, room_id: roomId, camera_id: cameraId, frame_at: at(frameAt), taken_at: at(takenAt), person_id: caller.personId, taken_by: takenBy, source, note, content_type: contentType, sha256: Buffer.from(sha256, 'hex'), size_bytes: sizeBytes })
      .execute();
    for (const span of clipBelongs.find(() => [clip])) await insertClip(tx, snapshotId, span);
    await ledger.append(tx, { event: snapshotTaken, siteId, roomId, actor: actorOf(caller), subject: cameraId, body: { snapshotId, cameraId, camera: cameraLabel(camera), frameAt, source, sha256, sizeBytes, note, clipFrom: clip.from, clipUntil: clip.until }, at: takenAt });
    await tellScreens(context, tx, 'video.snapshots');
  });
  return { snapshotId, cameraId, cameraName: camera.name, frameAt, takenAt, takenBy, source, sha256, sizeBytes, note, clip, notes: [] };
};
