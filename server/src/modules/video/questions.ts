/** Narrow reads for other parts. */
import { sql } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { at, type Db } from '../../platform/postgres/db.ts';
import { cameraLabel } from './camera.ts';
import { gapsBetween, knownCameras } from './footage-store.ts';
import { camerasOfRoom, findCamera, theRecorder } from './store.ts';
import type { VideoTables } from './tables.ts';

export interface RoomGap {
  cameraId: string;
  camera: string;
  from: Instant;
  until: Instant | null;
  reason: string;
}

export interface FootageSpan {
  cameraId: string;
  from: Instant;
  until: Instant;
}

/** Longer than any segment: the index is by beginning. */
const longestSegment = sql`interval '1 day'`;

/** An interval that is open goes on at most so long past its last sign of life. */
const goesOn = sql`interval '30 seconds'`;

const touching = (spans: readonly FootageSpan[]) => sql`
  select distinct s.segment_id, s.size_bytes
  from unnest(${spans.map((one) => one.cameraId)}::text[], ${spans.map((one) => at(one.from))}::timestamptz[], ${spans.map((one) => at(one.until))}::timestamptz[]) as h(camera_id, since, till)
  join video.segments s on s.camera_id = h.camera_id and s.from_at < h.till and s.until_at > h.since and s.from_at > h.since - ${longestSegment}`;

export const questions = {
  /** Closed segments that touch the spans, each once, and their bytes. */
  touched: async (db: Db, spans: readonly FootageSpan[]): Promise<{ segments: number; sizeBytes: number }> => {
    const { rows } = await sql<{ segments: number; sizeBytes: number }>`select count(*) as segments, coalesce(sum(size_bytes), 0)::bigint as "sizeBytes" from (${touching(spans)}) t`.execute(db);
    return rows[0] ?? { segments: 0, sizeBytes: 0 };
  },
  /** What was really watched under a grant, oldest first. */
  watchedUnder: async (db: Db, grantId: string): Promise<{ cameraId: string; personId: string; from: Instant; until: Instant; seenAt: Instant }[]> => {
    const rows = await db.$extendTables<VideoTables>().selectFrom('video.watched').select(['camera_id', 'person_id', 'from_at', 'until_at', 'seen_at']).where('grant_id', '=', grantId).orderBy('seen_at').orderBy('from_at').execute();
    return rows.map((row) => ({ cameraId: row.camera_id, personId: row.person_id, from: row.from_at, until: row.until_at ?? row.seen_at, seenAt: row.seen_at }));
  },
  /** The recorder of this machine; null while there is no room. */
  recorderId: async (db: Db): Promise<string | null> => (await theRecorder(db))?.recorderId ?? null,
  /** Who really had which live picture on the screen in the span, cut to it. */
  watchedLive: async (db: Db, roomId: string, from: Instant, until: Instant): Promise<{ cameraId: string; personId: string; from: Instant; until: Instant }[]> => {
    const { rows } = await sql<{ cameraId: string; personId: string; from: Instant; until: Instant }>`
      select camera_id as "cameraId", person_id as "personId", greatest(from_at, ${at(from)}) as "from", least(coalesce(until_at, seen_at + ${goesOn}), ${at(until)}) as "until" from video.watched
      where room_id = ${roomId} and playback_id is null and from_at < ${at(until)} and from_at > ${at(from)}::timestamptz - ${longestSegment} and coalesce(until_at, seen_at + ${goesOn}) > ${at(from)} order by from_at`.execute(db);
    return rows;
  },
  /** What people call cameras, retired ones too. */
  cameraNames: async (db: Db, cameraIds: readonly string[]): Promise<ReadonlyMap<string, string>> => knownCameras(db, cameraIds),
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
  /** Snapshots of the span that nobody has written a word to, neither when they were taken nor later. */
  bareSnapshots: async (db: Db, roomId: string, from: Instant, until: Instant): Promise<{ snapshotId: string; camera: string; takenAt: Instant }[]> => {
    const { rows } = await sql<{ snapshotId: string; number: number; name: string; takenAt: Instant }>`
      select s.snapshot_id as "snapshotId", c.number, c.name, s.taken_at as "takenAt" from video.snapshots s join video.cameras c on c.camera_id = s.camera_id
      where s.room_id = ${roomId} and s.taken_at >= ${at(from)} and s.taken_at <= ${at(until)} and btrim(s.note) = ''
        and not exists (select 1 from video.snapshot_notes n where n.snapshot_id = s.snapshot_id) order by s.taken_at`.execute(db);
    return rows.map(({ snapshotId, number, name, takenAt }) => ({ snapshotId, takenAt, camera: cameraLabel({ number, name }) }));
  },
};
