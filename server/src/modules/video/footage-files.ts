/** Closed footage as files, for whoever makes a copy of it: where each lies, its hash of when it was closed, and what is missing. */
import { sql } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { at, type Db } from '../../platform/postgres/db.ts';
import { copyInItsPlace } from './backup/restore.ts';
import { cameraLabel } from './camera.ts';
import { causeOf } from './footage-known.ts';
import { gapsBetween, segmentsBetween, storagePath } from './footage-store.ts';
import { pathInside } from './segment-file.ts';
import { findCamera } from './store.ts';

const clockOffsets = async (db: Db, cameraId: string, from: Instant, until: Instant): Promise<ReadonlyMap<string, number | null>> => {
  const { rows } = await sql<{ segmentId: string; offsetMs: number | null }>`
    select segment_id as "segmentId", camera_clock_offset_ms as "offsetMs" from video.segments where camera_id = ${cameraId} and from_at < ${at(until)} and until_at > ${at(from)} and from_at > ${at(from)}::timestamptz - interval '1 day'`.execute(db);
  return new Map(rows.map(({ segmentId, offsetMs }) => [segmentId, offsetMs]));
};

/** Where the original is lost its copy stands in: it was compared with the same hash. */
const fileOf = (db: Db, segmentId: string, folder: string, path: string): Promise<string> =>
  pathInside(folder, path).catch(async (error: unknown) => {
    const copy = await copyInItsPlace(db, segmentId);
    if (copy === null) throw error;
    return copy;
  });

/** Null: the room has no such camera. Throws `segment_missing` where a file is not in its storage. */
export const footageFiles = async (db: Db, roomId: string, cameraId: string, from: Instant, until: Instant) => {
  const camera = await findCamera(db, roomId, cameraId, { retired: true });
  if (camera === null) return null;
  const offsets = await clockOffsets(db, cameraId, from, until);
  const folders = new Map<string, string | null>();
  const files = [];
  for (const { segmentId, storageId, path, from: begin, until: end, sizeBytes, sha256 } of await segmentsBetween(db, cameraId, from, until)) {
    if (!folders.has(storageId)) folders.set(storageId, await storagePath(db, storageId));
    files.push({ segmentId, cameraId, from: begin, until: end, sizeBytes, sha256, path: await fileOf(db, segmentId, folders.get(storageId) ?? '', path), cameraClockOffsetMs: offsets.get(segmentId) ?? null });
  }
  const gaps = (await gapsBetween(db, cameraId, from, until)).map((gap) => ({ from: gap.from, until: gap.until ?? until, reason: `${causeOf(gap.reason).zh} · ${causeOf(gap.reason).en}` }));
  return { cameraId, label: cameraLabel(camera), number: camera.number, files, gaps };
};
