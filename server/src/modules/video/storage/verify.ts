/**
 * All footage is read again and compared with the hashes that were taken when it was recorded: one cycle after the other, in small steps, so
 * that a cycle takes as long as `verification_cycle_days` says and the disks hardly notice. What is missing or altered is named at once.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { sql } from 'kysely';
import type { RecorderStatus } from '../../../../../contract/recorder.ts';
import type { Instant } from '../../../base/clock.ts';
import { Refusal } from '../../../base/refusal.ts';
import { dayMs, mebibyte, minuteMs, secondMs } from '../../../base/units.ts';
import { at, type Db, type Tx } from '../../../platform/postgres/db.ts';
import { serverActor, type VideoContext } from '../context.ts';
import { verifiedAgain } from './controls.ts';
import { segmentColumns, segmentOf, type Segment, type SegmentRow } from '../footage-store.ts';
import { pathInside } from '../segment-file.ts';
import { theRecorder, type Recorder } from '../store.ts';
import { footageDamaged, footageVerified } from './events.ts';
import { termsNow } from './terms.ts';

export const verifyEveryMs = 10 * secondMs;
const pageSize = 200;
const pieceBytes = mebibyte;
/** In a step: little enough for any disk, and at least so much that a small room is through in minutes. */
const leastBytes = 8 * mebibyte;
const mostBytes = 256 * mebibyte;
/** A step after a long pause makes up for a minute at most. */
const longestStepMs = minuteMs;
/** A cycle is through a tenth before its time. */
const haste = 1.1;

export type Damage = 'missing' | 'unreadable' | 'wrong_size' | 'wrong_hash';

export interface Cycle {
  cycle: number; beganAt: Instant; endedAt: Instant | null; storageId: string; path: string; files: number; sizeBytes: number; found: number; filesOfCycle: number; bytesOfCycle: number; lookedAt: Instant;
}

const columns = sql`cycle, began_at as "beganAt", ended_at as "endedAt", storage_id as "storageId", path, files, size_bytes as "sizeBytes", found, files_of_cycle as "filesOfCycle", bytes_of_cycle as "bytesOfCycle", looked_at as "lookedAt"`;

/** The newest cycles of a site, newest first. */
export const cyclesOf = async (db: Db, siteId: string, limit: number): Promise<Cycle[]> => (await sql<Cycle>`select ${columns} from video.verification where site_id = ${siteId} order by cycle desc limit ${limit}`.execute(db)).rows;

/** Where there is nothing to verify nothing begins: the first footage is not left to the cycle after. */
const beginCycle = async (tx: Tx, siteId: string, cycle: number, now: Instant): Promise<void> => {
  await sql`insert into video.verification (site_id, cycle, began_at, files_of_cycle, bytes_of_cycle, looked_at)
    select ${siteId}, ${cycle}, ${at(now)}, count(*), coalesce(sum(size_bytes), 0), ${at(now)} from video.segments having count(*) > 0 on conflict do nothing`.execute(tx);
};

/** Bytes that this step may read so that the cycle ends in time. Pure. */
export const bytesOfStep = (bytesOfCycle: number, cycleDays: number, sinceMs: number): number =>
  Math.min(mostBytes, Math.max(leastBytes, (bytesOfCycle / (cycleDays * dayMs)) * haste * Math.min(longestStepMs, Math.max(0, sinceMs))));

const nextFiles = async (db: Db, { storageId, path }: Cycle): Promise<Segment[]> => {
  const list = sql.join(segmentColumns.map((column) => sql.ref(column)));
  const { rows } = await sql<SegmentRow>`
    select ${list} from video.segments where (storage_id collate "C", path collate "C") > (${storageId}, ${path}) order by storage_id collate "C", path collate "C" limit ${pageSize}`.execute(db);
  return rows.map(segmentOf);
};

/** Null: whole. */
export const lookAtFile = async (folder: string, segment: Pick<Segment, 'path' | 'sizeBytes' | 'sha256'>): Promise<Damage | null> => {
  try {
    const handle = await open(await pathInside(folder, segment.path), 'r');
    try {
      if ((await handle.stat()).size !== segment.sizeBytes) return 'wrong_size';
      const hash = createHash('sha256');
      const piece = Buffer.alloc(pieceBytes);
      for (let offset = 0; ; ) {
        const { bytesRead } = await handle.read(piece, 0, piece.length, offset);
        if (bytesRead === 0) break;
        hash.update(piece.subarray(0, bytesRead));
        offset += bytesRead;
      }
      return hash.digest('hex') === segment.sha256 ? null : 'wrong_hash';
    } finally {
      await handle.close();
    }
  } catch (error) {
    // pathInside refuses what is not there; anything else is a disk that does not answer as it should.
    const isGone = error instanceof Refusal || (error instanceof Error && 'code' in error && error.code === 'ENOENT');
    return isGone ? 'missing' : 'unreadable';
  }
};

interface Looked {
  segment: Segment;
  damage: Damage | null;
}

/** In the transaction that moves the cycle on: what is no row any more, or lies elsewhere by now, was no finding. */
const record = async (context: VideoContext, tx: Tx, recorder: Recorder, { segment, damage }: Looked, folder: string, now: Instant): Promise<boolean> => {
  const { segmentId, cameraId, storageId, path, from, until } = segment;
  if (damage === null) {
    await sql`update video.damaged set cleared_at = ${at(now)} where segment_id = ${segmentId} and cleared_at is null`.execute(tx);
    return false;
  }
  const { rows } = await sql<{ camera: string; known: boolean }>`
    select lpad(c.number::text, 2, '0') || ' ' || c.name as camera, exists (select from video.damaged d where d.segment_id = s.segment_id and d.what = ${damage} and d.cleared_at is null) as known
    from video.segments s join video.cameras c using (camera_id) where s.segment_id = ${segmentId} and s.storage_id = ${storageId}`.execute(tx);
  const [row] = rows;
  if (row === undefined) return false;
  if (row.known) return true;
  await sql`insert into video.damaged (segment_id, camera_id, storage_id, path, from_at, until_at, what, found_at)
    values (${segmentId}, ${cameraId}, ${storageId}, ${path}, ${at(from)}, ${at(until)}, ${damage}, ${at(now)}) on conflict (segment_id) do update set what = excluded.what, found_at = excluded.found_at, cleared_at = null`.execute(tx);
  const body = { segmentId, cameraId, camera: row.camera, from, until, what: damage, storage: folder };
  await context.ledger.append(tx, { event: footageDamaged, siteId: recorder.siteId, roomId: null, actor: serverActor, subject: segmentId, body, at: now });
  return true;
};

const endCycle = async (context: VideoContext, tx: Tx, siteId: string, { cycle, beganAt, files, sizeBytes, found }: Cycle, now: Instant): Promise<void> => {
  await sql`update video.verification set ended_at = ${at(now)}, looked_at = ${at(now)} where site_id = ${siteId} and cycle = ${cycle}`.execute(tx);
  await context.ledger.append(tx, { event: footageVerified, siteId, roomId: null, actor: serverActor, subject: siteId, body: { cycle, beganAt, files, sizeBytes, found }, at: now });
};

/** Reads on until the step's bytes are read; answers what was looked at. A storage that is away is passed over, not accused. */
const readOn = async (files: readonly Segment[], folders: ReadonlyMap<string, string>, bytes: number): Promise<Looked[]> => {
  const looked: Looked[] = [];
  let read = 0;
  for (const segment of files) {
    if (read >= bytes) break;
    const folder = folders.get(segment.storageId);
    const damage = folder === undefined ? null : await lookAtFile(folder, segment);
    looked.push({ segment, damage: folder === undefined ? null : (verifiedAgain.find(() => (damage === null ? [] : [damage]))[0] ?? null) });
    read += segment.sizeBytes;
  }
  return looked;
};

/** One step. Answers how many files were looked at. */
export const verifyFootage = async (context: VideoContext, status: RecorderStatus | null): Promise<number> => {
  const { database, clock } = context;
  const now = clock.now();
  const recorder = await theRecorder(database.db);
  // While a disk does not keep up with recording, nobody else reads from it.
  if (recorder === null || status === null || status.cameras.some((camera) => camera.reason === 'memory_bound')) return 0;
  const { siteId } = recorder;
  const [before = null] = await cyclesOf(database.db, siteId, 1);
  const { rules } = await termsNow(context, database.db, siteId, now);
  const cycleDays = rules?.number('verification_cycle_days') ?? 1;
  if (before === null || (before.endedAt !== null && now >= before.beganAt + cycleDays * dayMs)) {
    await database.transaction((tx) => beginCycle(tx, siteId, (before?.cycle ?? 0) + 1, now));
    return 0;
  }
  if (before.endedAt !== null) return 0;
  const files = await nextFiles(database.db, before);
  const folders = new Map(status.storages.filter((one) => one.usable).map((one) => [one.storageId, one.path]));
  const looked = await readOn(files, folders, bytesOfStep(before.bytesOfCycle, cycleDays, now - before.lookedAt));
  await database.transaction(async (tx) => {
    const last = looked.at(-1)?.segment;
    if (last === undefined) return endCycle(context, tx, siteId, before, now);
    let found = 0;
    for (const one of looked) if (await record(context, tx, recorder, one, folders.get(one.segment.storageId) ?? '', now)) found += 1;
    const sizeBytes = looked.reduce((sum, { segment }) => sum + segment.sizeBytes, 0);
    await sql`update video.verification set storage_id = ${last.storageId}, path = ${last.path}, files = files + ${looked.length}, size_bytes = size_bytes + ${sizeBytes}, found = found + ${found}, looked_at = ${at(now)}
      where site_id = ${siteId} and cycle = ${before.cycle}`.execute(tx);
    return undefined;
  });
  return looked.length;
};
