/**
 * A disk that is nearly full: the oldest footage past its term goes first; then, as a breach that is said aloud, the oldest below it, because
 * today's recording is worth more than the oldest day (`disk_full_rule` may say stop instead). Held footage never. Each step is a decision in
 * the ledger before a file goes, and each file's end comes back as an outcome.
 */
import { sql } from 'kysely';
import type { RecorderStatus } from '../../../../../contract/recorder.ts';
import type { Instant } from '../../../base/clock.ts';
import { dayMs, hourMs, minuteMs, secondMs } from '../../../base/units.ts';
import { at, type Db, type Tx } from '../../../platform/postgres/db.ts';
import { serverActor, type VideoContext } from '../context.ts';
import { segmentColumns, segmentOf, type Segment, type SegmentRow } from '../footage-store.ts';
import { orderDeletions, type Holds } from '../retention.ts';
import { theRecorder, type Recorder } from '../store.ts';
import { decideDeletion, sizeOf } from './deletion.ts';
import { retentionBreached, roomRefused } from './events.ts';
import { termDays, termsNow, type Terms } from './terms.ts';

/** Of the limit below which the storage is said to be low: half of it is kept free, and what comes in two minutes. */
const reserveShare = 1 / 2;
const reserveMs = 2 * minuteMs;
/** Past the reserve, so that not every look has to delete. */
const surplus = 1.25;
/** The recorder looks at its disks every ten seconds: before that a deletion does not show. */
const showsAfterMs = 20 * secondMs;
/** A deletion that was ordered and not answered for so long is not waited for. */
const answersWithinMs = 2 * minuteMs;
/** Where only this is left, something else fills the disk: deleting what was just recorded helps nobody. */
const leastAgeMs = hourMs;
const pageSize = 500;
/** The rule is told again, though nothing changed. */
const refusedAgainMs = 6 * hourMs;
const bitsPerByte = 8;

type StorageStatus = RecorderStatus['storages'][number];

/** Bytes that must be deleted from a storage now. Pure. */
export const bytesToFree = (freeBytes: number, freeBytesWarn: number, bytesPerSecond: number): number => {
  const reserve = freeBytesWarn * reserveShare + (bytesPerSecond * reserveMs) / secondMs;
  return freeBytes >= reserve ? 0 : Math.ceil(reserve * surplus - freeBytes);
};

type Which = 'past_term' | 'below_term';

interface Old extends Segment {
  roomId: string; camera: string; requiredDays: number;
}

/** The oldest of a storage, past the term of their rooms or not yet, youngest hour left alone. */
const oldest = async (db: Db, storageId: string, terms: Terms, which: Which, now: Instant, after: Old | null): Promise<Old[]> => {
  const days = termDays(terms);
  const past = sql`s.until_at < ${at(now)}::timestamptz - make_interval(days => ${days})`;
  const columns = sql.join(segmentColumns.map((column) => sql.ref(`s.${column}`)));
  const { rows } = await sql<SegmentRow & { room_id: string; camera: string; days: number }>`
    select ${columns}, c.room_id, lpad(c.number::text, 2, '0') || ' ' || c.name as camera, ${days} as days
    from video.segments s join video.cameras c on c.camera_id = s.camera_id
    where s.storage_id = ${storageId} and s.until_at < ${at(now - leastAgeMs)} and ${which === 'past_term' ? past : sql`not (${past})`}
      and (${after === null} or (s.from_at, s.segment_id) > (${at(after?.from ?? 0)}, ${after?.segmentId ?? ''}))
    order by s.from_at, s.segment_id limit ${pageSize}`.execute(db);
  return rows.map((row) => ({ ...segmentOf(row), roomId: row.room_id, camera: row.camera, requiredDays: row.days }));
};

/** As many of the oldest un-held as have these bytes, or all there are. */
const chosen = async (tx: Tx, holds: Holds, storageId: string, terms: Terms, which: Which, now: Instant, bytes: number): Promise<Old[]> => {
  const found: Old[] = [];
  let sum = 0;
  for (let last: Old | null = null; sum < bytes; ) {
    const page = await oldest(tx, storageId, terms, which, now, last);
    const held = await holds(tx, page);
    for (const one of page) {
      if (sum >= bytes || held.has(one.segmentId)) continue;
      found.push(one);
      sum += one.sizeBytes;
    }
    last = page.at(-1) ?? null;
    if (page.length < pageSize) break;
  }
  return found;
};

interface Room {
  context: VideoContext;
  tx: Tx;
  recorder: Recorder;
  storage: { storageId: string; path: string };
  now: Instant;
}

/** One line for each camera: what it lost, for how many days it was kept, how many it should have been. */
const lossOf = (segments: readonly Old[], terms: Terms, now: Instant) =>
  [...Map.groupBy(segments, ({ cameraId }) => cameraId).entries()].map(([cameraId, lost]) => {
    const until = Math.max(...lost.map((one) => one.until));
    const [first] = lost;
    return {
      cameraId, camera: first?.camera ?? cameraId, from: Math.min(...lost.map((one) => one.from)), until,
      keptDays: Math.floor(((now - until) / dayMs) * 10) / 10, requiredDays: first?.requiredDays ?? 0, cite: terms.byRoom.get(first?.roomId ?? '')?.cite ?? null,
    };
  });

const breach = async (room: Room, segments: readonly Old[], terms: Terms): Promise<void> => {
  const { context, tx, recorder, storage, now } = room;
  await decideDeletion(context, tx, recorder, segments, 'space_below_term', now);
  const body = { storageId: storage.storageId, storage: storage.path, count: segments.length, sizeBytes: sizeOf(segments), cameras: lossOf(segments, terms, now) };
  await context.ledger.append(tx, { event: retentionBreached, siteId: recorder.siteId, roomId: null, actor: serverActor, subject: storage.storageId, body, at: now });
};

/** Deletions whose space does not show yet: wait for them first. */
const underWay = async (tx: Tx, storageId: string, now: Instant): Promise<boolean> => {
  const { rows } = await sql<{ waiting: boolean }>`
    select exists (select from video.garbage where storage_id = ${storageId} and failed_detail is null and decided_at > ${at(now - answersWithinMs)})
      or exists (select from video.storages where storage_id = ${storageId} and room_made_at > ${at(now - showsAfterMs)} and room_made_at <= ${at(now)}) as waiting`.execute(tx);
  return rows[0]?.waiting === true;
};

/** Said once in a while, not at each look. True: it is to be said now. */
const tellsRefusal = async (tx: Tx, storageId: string, now: Instant): Promise<boolean> => {
  const { rows } = await sql`update video.storages set refused_told_at = ${at(now)} where storage_id = ${storageId} and (refused_told_at is null or refused_told_at < ${at(now - refusedAgainMs)}) returning 1`.execute(tx);
  return rows.length > 0;
};

/** Answers how many segments were decided to go. */
const makeRoomIn = (context: VideoContext, holds: Holds, storage: StorageStatus, bytesPerSecond: number): Promise<number> => {
  const now = context.clock.now();
  const bytes = bytesToFree(storage.freeBytes, context.parameters.freeBytesWarn, bytesPerSecond);
  if (bytes === 0) return Promise.resolve(0);
  return context.database.transaction(async (tx) => {
    const recorder = await theRecorder(tx);
    if (recorder === null || (await underWay(tx, storage.storageId, now))) return 0;
    const terms = await termsNow(context, tx, recorder.siteId, now);
    const room: Room = { context, tx, recorder, storage, now };
    const past = await chosen(tx, holds, storage.storageId, terms, 'past_term', now, bytes);
    if (past.length > 0) await decideDeletion(context, tx, recorder, past, 'space', now);
    const still = bytes - sizeOf(past);
    // What is past its term is enough for this time: the next look sees how much came of it.
    const mayBreach = still > 0 && terms.rules?.get('disk_full_rule').value !== 'stop_recording';
    const below = mayBreach ? await chosen(tx, holds, storage.storageId, terms, 'below_term', now, still) : [];
    if (below.length > 0) await breach(room, below, terms);
    if (still > 0 && !mayBreach && (await tellsRefusal(tx, storage.storageId, now))) {
      const body = { storageId: storage.storageId, storage: storage.path, freeBytes: storage.freeBytes };
      await context.ledger.append(tx, { event: roomRefused, siteId: recorder.siteId, roomId: null, actor: serverActor, subject: storage.storageId, body, at: now });
    }
    const decided = past.length + below.length;
    if (decided === 0) return 0;
    await sql`update video.storages set room_made_at = ${at(now)} where storage_id = ${storage.storageId}`.execute(tx);
    return decided;
  });
};

/** Looks at every storage; `status` is the newest word of the recorder. Answers how many segments were decided to go. */
export const makeRoom = async (context: VideoContext, holds: Holds, status: RecorderStatus | null): Promise<number> => {
  const usable = status?.storages.filter((one) => one.usable) ?? [];
  const bytesPerSecond = (status?.cameras ?? []).reduce((sum, one) => sum + one.bitsPerSecond, 0) / bitsPerByte / Math.max(1, usable.length);
  let decided = 0;
  for (const storage of usable) decided += await makeRoomIn(context, holds, storage, bytesPerSecond);
  if (decided > 0) await orderDeletions(context, context.clock.now());
  return decided;
};
