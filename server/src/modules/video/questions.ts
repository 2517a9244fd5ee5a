/** Narrow reads for other parts. */
import { sql } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { at, type Db } from '../../platform/postgres/db.ts';
import { cameraLabel } from './camera.ts';
import { gapsBetween } from './footage-store.ts';
import { camerasOfRoom, findCamera } from './store.ts';

export interface RoomGap {
  cameraId: string;
  camera: string;
  from: Instant;
  until: Instant | null;
  reason: string;
}

export const questions = {
  /** What people call a camera in use, "07 行包房"; null: there is none of this id in the room. */
  cameraName: async (db: Db, roomId: string, cameraId: string): Promise<string | null> => {
    const camera = await findCamera(db, roomId, cameraId);
    return camera === null ? null : cameraLabel(camera);
  },
  /** Cameras in use, by number. */
  cameras: async (db: Db, roomId: string): Promise<{ cameraId: string; camera: string; record: boolean }[]> =>
    (await camerasOfRoom(db, roomId)).map((camera) => ({ cameraId: camera.cameraId, camera: cameraLabel(camera), record: camera.record })),
  /** Missing footage of the cameras in use that touches the span, oldest first. */
  gaps: async (db: Db, roomId: string, from: Instant, until: Instant): Promise<RoomGap[]> => {
    const found: RoomGap[] = [];
    for (const camera of await camerasOfRoom(db, roomId)) {
      const gaps = await gapsBetween(db, camera.cameraId, from, until);
      found.push(...gaps.map((gap) => ({ cameraId: camera.cameraId, camera: cameraLabel(camera), from: gap.from, until: gap.until, reason: gap.reason })));
    }
    return found.sort((a, b) => a.from - b.from);
  },
  /** Snapshots of the span that were taken without a note. */
  bareSnapshots: async (db: Db, roomId: string, from: Instant, until: Instant): Promise<{ snapshotId: string; camera: string; takenAt: Instant }[]> => {
    const { rows } = await sql<{ snapshotId: string; number: number; name: string; takenAt: Instant }>`
      select s.snapshot_id as "snapshotId", c.number, c.name, s.taken_at as "takenAt" from video.snapshots s join video.cameras c on c.camera_id = s.camera_id
      where s.room_id = ${roomId} and s.taken_at >= ${at(from)} and s.taken_at <= ${at(until)} and btrim(s.note) = '' order by s.taken_at`.execute(db);
    return rows.map(({ snapshotId, number, name, takenAt }) => ({ snapshotId, takenAt, camera: cameraLabel({ number, name }) }));
  },
};
