/** The archive of evidence put into this room: where its files lie, what is recorded day by day and where. */
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Clock, Instant } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import type { Approvals } from '../mechanisms/approvals/index.ts';
import type { Identity } from '../mechanisms/identity/index.ts';
import type { Ledger } from '../mechanisms/ledger/index.ts';
import type { Notifications } from '../mechanisms/notifications/index.ts';
import type { Parameters } from '../mechanisms/parameters/index.ts';
import { createArchive, type Archive, type ArchiveContext } from '../modules/evidence/index.ts';
import { footageFiles, videoQuestions } from '../modules/video/index.ts';
import { createDiskBlobs } from '../platform/blobs/disk-blobs.ts';
import { at, type Database, type Db } from '../platform/postgres/db.ts';

export interface ArchiveParts {
  dataFolder: string;
  database: Database;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  identity: Pick<Identity, 'gate'>;
  approvals: Approvals;
  notifications: Pick<Notifications, 'notices'>;
  parameters: Pick<Parameters, 'rules'>;
}

/** Kept as long as deletion lets it: what was set for the camera, never less than its floor and the rules in force. */
const everyCamera = (rules: ArchiveContext['rules']): ArchiveContext['everyCamera'] => async (db, place, now) => {
  const termDays = (await rules(db, place, now)).number('retention_days');
  return (await sql<{ cameraId: string; camera: string; keptDays: number; addedAt: Instant; retiredAt: Instant | null }>`
    select camera_id as "cameraId", lpad(number::text, 2, '0') || ' ' || name as camera, greatest(retention_days, retention_floor_days, ${termDays}::integer) as "keptDays", added_at as "addedAt", retired_at as "retiredAt" from video.cameras where room_id = ${place.roomId} order by number, added_at`.execute(db)).rows;
};

/** A file counts to the day on which it begins; one that crosses midnight is a minute at most. */
const days = async (db: Db, roomId: string, from: Instant, until: Instant, timeZone: string) =>
  (await sql<{ cameraId: string; camera: string; day: string; recordedMs: number; places: string[] }>`
    select s.camera_id as "cameraId", lpad(c.number::text, 2, '0') || ' ' || c.name as camera, to_char(s.from_at at time zone ${timeZone}, 'YYYY-MM-DD') as day,
      (sum(extract(epoch from least(s.until_at, ${at(until)}) - greatest(s.from_at, ${at(from)}))) * 1000)::float8 as "recordedMs", array_agg(distinct t.path) as places
    from video.segments s join video.cameras c using (camera_id) join video.storages t using (storage_id)
    where c.room_id = ${roomId} and s.from_at < ${at(until)} and s.until_at > ${at(from)} group by 1, 2, 3`.execute(db)).rows;

export const createRoomArchive = ({ dataFolder, database, ledger, clock, log, identity, approvals, notifications, parameters }: ArchiveParts): Archive =>
  createArchive({
    database, ledger, clock, log, approvals: () => approvals, notices: () => notifications.notices, rules: (db, place, moment) => parameters.rules(db, place, moment),
    cameras: async (db, roomId) => (await videoQuestions.cameras(db, roomId)).map(({ cameraId, camera }) => ({ cameraId, camera })),
    files: footageFiles, days, everyCamera: everyCamera((db, place, moment) => parameters.rules(db, place, moment)), signatures: createDiskBlobs(join(dataFolder, 'signatures'), () => newId('tmp', clock)), folder: join(dataFolder, 'archive'), packagesFolder: join(dataFolder, 'exports'),
    freeBytes: async (folder) => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
    deny: (caller, what, reason) => identity.gate.deny(caller, what, reason),
  });
