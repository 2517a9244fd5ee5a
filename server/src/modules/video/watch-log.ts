/**
 * Who watched which camera from when to when (ledger-and-evidence.md point 7). An interval is a row and a fact before the first picture
 * goes out, and again when it ends; one that a crash left open ends at the last moment the server knew of. It cannot be switched off.
 */
import type { LiveStreamName } from '../../../../contract/live.ts';
import type { Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import { at, moment, type Tx } from '../../platform/postgres/db.ts';
import { cameraLabel, type Camera } from './camera.ts';
import { actorOf, serverActor, type VideoContext } from './context.ts';
import { watchBegan, watchEnded } from './events.ts';
import type { VideoTables } from './tables.ts';

export type WatchEnd = 'unwatched' | 'window_closed' | 'right_ended' | 'camera_removed' | 'covered' | 'recorder_away' | 'sub_unavailable' | 'server_stopped';

/** `from` lies in the past only when an interval goes on that was ended for want of a sign of life. */
export const beginWatch = async (context: VideoContext, caller: Caller, camera: Camera, stream: LiveStreamName, since: Instant | null = null): Promise<{ watchedId: string; from: Instant }> => {
  const { clock, database, ledger } = context;
  const watchedId = newId('wat', clock);
  const now = clock.now();
  const from = since ?? now;
  const { siteId, roomId, personId, sessionId } = caller;
  const { cameraId } = camera;
  await database.transaction(async (tx) => {
    await tx
      .$extendTables<VideoTables>()
      .insertInto('video.watched')
      .values({ watched_id: watchedId, site_id: siteId, room_id: roomId, camera_id: cameraId, person_id: personId, session_id: sessionId, playback_id: null, from_at: at(from), until_at: null, seen_at: at(now), grant_id: null })
      .execute();
    await ledger.append(tx, { event: watchBegan, siteId, roomId, actor: actorOf(caller), subject: cameraId, body: { watchedId, cameraId, camera: cameraLabel(camera), stream, from }, at: now });
  });
  return { watchedId, from };
};

export const endWatch = async (context: VideoContext, caller: Caller, watch: { watchedId: string; cameraId: string; camera: string; stream: LiveStreamName; from: Instant; until: Instant; how: WatchEnd }): Promise<void> => {
  const { siteId, roomId } = caller;
  await context.database.transaction(async (tx) => {
    const ended = await tx
      .$extendTables<VideoTables>()
      .updateTable('video.watched')
      .set({ until_at: at(watch.until), seen_at: at(watch.until) })
      .where('watched_id', '=', watch.watchedId)
      .where('until_at', 'is', null)
      .executeTakeFirst();
    if (ended.numUpdatedRows === 0n) return;
    await context.ledger.append(tx, { event: watchEnded, siteId, roomId, actor: actorOf(caller), subject: watch.cameraId, body: watch, at: watch.until });
  });
};

/** Every few seconds: these intervals still go on. Answers those that somebody has ended meanwhile, with their end. */
export const stillWatching = async (context: VideoContext, watchedIds: readonly string[]): Promise<ReadonlyMap<string, Instant>> => {
  if (watchedIds.length === 0) return new Map();
  await context.database.db
    .$extendTables<VideoTables>()
    .updateTable('video.watched')
    .set({ seen_at: at(context.clock.now()) })
    .where('watched_id', 'in', watchedIds)
    .where('until_at', 'is', null)
    .execute();
  const ended = await context.database.db
    .$extendTables<VideoTables>()
    .selectFrom('video.watched')
    .select(['watched_id', 'until_at'])
    .where('watched_id', 'in', watchedIds)
    .where('until_at', 'is not', null)
    .execute();
  return new Map(ended.map((row) => [row.watched_id, row.until_at ?? 0]));
};

interface LeftOpen {
  watched_id: string;
  site_id: string;
  room_id: string;
  camera_id: string;
  number: number;
  name: string;
  from_at: Instant;
  seen_at: Instant;
}

const endOne = async (context: VideoContext, tx: Tx, row: LeftOpen): Promise<void> => {
  await tx.$extendTables<VideoTables>().updateTable('video.watched').set({ until_at: at(row.seen_at) }).where('watched_id', '=', row.watched_id).execute();
  const body = { watchedId: row.watched_id, cameraId: row.camera_id, camera: cameraLabel(row), from: row.from_at, until: row.seen_at, how: 'server_stopped' };
  await context.ledger.append(tx, { event: watchEnded, siteId: row.site_id, roomId: row.room_id, actor: serverActor, subject: row.camera_id, body, at: context.clock.now() });
};

/** Ends what no server has vouched for since `before`. Several servers may share the database. */
export const endAbandonedWatches = async (context: VideoContext, before: Instant): Promise<number> =>
  context.database.transaction(async (tx) => {
    const rows = await tx
      .$extendTables<VideoTables>()
      .selectFrom('video.watched as w')
      .innerJoin('video.cameras as c', 'c.camera_id', 'w.camera_id')
      .select(['w.watched_id', 'w.site_id', 'w.room_id', 'w.camera_id', 'c.number', 'c.name', 'w.from_at', 'w.seen_at'])
      .where('w.until_at', 'is', null)
      .where('w.playback_id', 'is', null)
      .where('w.seen_at', '<', moment(before))
      .forUpdate('w')
      .skipLocked()
      .execute();
    for (const row of rows) await endOne(context, tx, row);
    return rows.length;
  });
