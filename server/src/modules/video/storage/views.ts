/** The wide read for the screen of the storages, and the report of retention and verification. */
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Deletion, storageReport, storageScreen, StorageView } from '../../../../../contract/storage.ts';
import type { RecorderStatus } from '../../../../../contract/recorder.ts';
import type { Instant } from '../../../base/clock.ts';
import type { Sentence } from '../../../base/refusal.ts';
import { dayMs } from '../../../base/units.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import { at, type Db } from '../../../platform/postgres/db.ts';
import type { VideoContext } from '../context.ts';
import { deletionsNamed, verifiedAgain } from './controls.ts';
import { footageRates } from '../footage-store.ts';
import { refusedWords } from '../recorder-notes.ts';
import { needOf, type Outlook } from '../storage-forecast.ts';
import { storageEntries, storageHolds } from './store.ts';
import { termDays, termsNow, type Terms } from './terms.ts';
import { cyclesOf } from './verify.ts';
import { damageWords, deletionWords } from './words.ts';

type Screen = z.input<typeof storageScreen.response>;

const unknownWord: Sentence = { zh: '原因不明', en: 'unknown' };
const noText: Sentence = { zh: '', en: '' };
const deletionsShown = 50;
const damagedShown = 200;

const storageViews = async (db: Db, siteId: string, status: RecorderStatus | null): Promise<StorageView[]> => {
  const holds = await storageHolds(db, siteId);
  const seen = new Map(status?.storages.map((one) => [one.storageId, one]));
  // Where each camera was recorded last, of the cameras in use.
  const { rows } = await sql<{ storageId: string; cameras: number }>`
    select last.storage_id as "storageId", count(*) as cameras from video.cameras c cross join lateral (select storage_id from video.segments s where s.camera_id = c.camera_id order by from_at desc limit 1) last
    where c.site_id = ${siteId} and c.retired_at is null group by last.storage_id`.execute(db);
  const cameras = new Map(rows.map((row) => [row.storageId, row.cameras]));
  return (await storageEntries(db, siteId)).map(({ storageId, path, weight, state, stateSince, addedAt }) => {
    const now = seen.get(storageId) ?? null;
    const { segments = 0, sizeBytes = 0, moving = 0, stuck = 0 } = holds.get(storageId) ?? {};
    const fault = now === null || now.usable ? null : (refusedWords[now.reason] ?? unknownWord);
    return { storageId, path, weight, state, stateSince, addedAt, usable: now?.usable ?? null, fault, freeBytes: now?.freeBytes ?? null, totalBytes: now?.totalBytes ?? null, footageBytes: sizeBytes, segments, moving, stuck, cameras: cameras.get(storageId) ?? 0 };
  });
};

interface CameraRow {
  cameraId: string; camera: string; roomId: string; setDays: number; termDays: number; oldest: Instant | null; sizeBytes: number;
}

const cameraRows = async (db: Db, siteId: string, terms: Terms): Promise<CameraRow[]> =>
  (await sql<CameraRow>`
    select c.camera_id as "cameraId", lpad(c.number::text, 2, '0') || ' ' || c.name as camera, c.room_id as "roomId", c.retention_days as "setDays", ${termDays(terms)} as "termDays", s.oldest, coalesce(s.bytes, 0)::bigint as "sizeBytes"
    from video.cameras c left join (select camera_id, min(from_at) as oldest, sum(size_bytes) as bytes from video.segments group by camera_id) s using (camera_id)
    where c.site_id = ${siteId} and (c.retired_at is null or s.bytes > 0) order by c.number, c.camera_id`.execute(db)).rows;

const camerasKept = async (context: VideoContext, siteId: string, terms: Terms, status: RecorderStatus | null): Promise<Screen['cameras']> => {
  const { database: { db }, clock } = context;
  const sending = new Map(status?.cameras.map((one) => [one.cameraId, one.bitsPerSecond]));
  const rates = new Map((await footageRates(db, terms, clock.now() - dayMs)).map((rate) => [rate.cameraId, needOf(rate, sending.get(rate.cameraId) ?? 0).bytesPerDay]));
  return (await cameraRows(db, siteId, terms)).map(({ roomId, setDays, ...row }) => {
    const term = terms.byRoom.get(roomId);
    const isLonger = setDays > row.termDays;
    const why: Sentence = isLonger ? { zh: `按摄像机设定保存 ${setDays} 天（${term?.why.zh ?? ''}）`, en: `set for this camera: ${setDays} days (${term?.why.en ?? ''})` } : (term?.why ?? noText);
    return { ...row, setDays, keptDays: Math.max(setDays, row.termDays), why, cite: term?.cite ?? null, bytesPerDay: rates.get(row.cameraId) ?? 0 };
  });
};

const damagedNow = async (db: Db, siteId: string): Promise<Screen['verification']['damaged']> => {
  const { rows } = await sql<{ segmentId: string; camera: string; from: Instant; until: Instant; what: string; storage: string; foundAt: Instant }>`
    select d.segment_id as "segmentId", lpad(c.number::text, 2, '0') || ' ' || c.name as camera, d.from_at as "from", d.until_at as "until", d.what, t.path as storage, d.found_at as "foundAt"
    from video.damaged d join video.cameras c using (camera_id) join video.storages t on t.storage_id = d.storage_id where c.site_id = ${siteId} and d.cleared_at is null order by d.found_at desc limit ${damagedShown}`.execute(db);
  return rows.map((row) => ({ ...row, what: damageWords[row.what] ?? unknownWord }));
};

const verificationView = async (db: Db, siteId: string, terms: Terms): Promise<Screen['verification']> => {
  const [now, before] = await cyclesOf(db, siteId, 2);
  const cycleDays = terms.rules?.number('verification_cycle_days') ?? 0;
  const ended = now?.endedAt === null ? before : now;
  const last = ended === undefined || ended.endedAt === null ? null : { began: ended.beganAt, ended: ended.endedAt, files: ended.files, sizeBytes: ended.sizeBytes, found: ended.found };
  const { files = 0, sizeBytes = 0, filesOfCycle = 0, bytesOfCycle = 0, found = 0 } = now ?? {};
  return { cycleDays, began: now?.beganAt ?? null, ended: now?.endedAt ?? null, due: now === undefined ? null : now.beganAt + cycleDays * dayMs, files, sizeBytes, filesOfCycle, bytesOfCycle, found, last, damaged: await damagedNow(db, siteId) };
};

type DeletionRow = Omit<Deletion, 'words'> & { cameras: string[] };

const deletionsOf = async (db: Db, siteId: string, limit: number): Promise<Deletion[]> => {
  const { rows } = await sql<DeletionRow>`
    select d.decided_at as "at", d.reason, d.segments as count, d.size_bytes as "sizeBytes", d.from_at as "from", d.until_at as "until",
      (select coalesce(array_agg(lpad(c.number::text, 2, '0') || ' ' || c.name order by c.number), '{}') from video.cameras c where c.camera_id = any(d.camera_ids)) as cameras,
      d.segments - coalesce(g.waiting, 0) - coalesce(g.failed, 0) as gone, coalesce(g.failed, 0) as failed, coalesce(g.waiting, 0) as waiting
    from video.deletions d left join lateral (select count(*) filter (where failed_detail is null)::int as waiting, count(*) filter (where failed_detail is not null)::int as failed from video.garbage where deletion_id = d.deletion_id) g on true
    where d.site_id = ${siteId} order by d.decided_at desc limit ${limit}`.execute(db);
  return rows.map((row) => ({ ...row, words: deletionWords[row.reason] ?? unknownWord }));
};

const pastFill = async (db: Db, siteId: string): Promise<{ at: Instant; footageBytes: number }[]> =>
  (await sql<{ at: Instant; footageBytes: number }>`
    select max(f.at) as "at", sum(f.footage_bytes)::bigint as "footageBytes" from video.storage_fill f join video.storages t using (storage_id) where t.site_id = ${siteId} group by date_trunc('hour', f.at) order by 1`.execute(db)).rows;

export const storageScreenView = async (context: VideoContext, caller: Caller, status: RecorderStatus | null, outlook: Outlook | null): Promise<Screen> => {
  const { database: { db }, clock } = context;
  const { siteId } = caller;
  const terms = await termsNow(context, db, siteId, clock.now());
  const stops = terms.rules?.get('disk_full_rule').value === 'stop_recording';
  return {
    storages: await storageViews(db, siteId, status),
    forecast: outlook === null ? null : { ...outlook, capacityBytes: Math.floor(outlook.capacityBytes), past: await pastFill(db, siteId) },
    cameras: await camerasKept(context, siteId, terms, status), verification: await verificationView(db, siteId, terms), deletions: await deletionsOf(db, siteId, deletionsShown),
    diskFull: stops
      ? { zh: '磁盘写满时：先删已过期限的录像；期限内的不删，停止录像。', en: 'When the disk is full: footage past its term goes first; nothing within its term is deleted, recording stops.' }
      : { zh: '磁盘写满时：先删已过期限的录像；仍不够时删最早的录像并报警。锁定的录像不删。', en: 'When the disk is full: footage past its term goes first, then the oldest, with an alarm. Held footage stays.' },
  };
};

type Report = z.input<typeof storageReport.response>;

const namedIn = async (db: Db, siteId: string, from: Instant, until: Instant): Promise<Report['named']> => {
  const { rows } = await sql<{ what: string; camera: string; from: Instant; until: Instant; at: Instant }>`
    select d.what, lpad(c.number::text, 2, '0') || ' ' || c.name as camera, d.from_at as "from", d.until_at as "until", d.found_at as "at" from video.damaged d join video.cameras c using (camera_id)
    where c.site_id = ${siteId} and d.found_at >= ${at(from)} and d.found_at < ${at(until)}`.execute(db);
  const early = await sql<{ camera: string; from: Instant; until: Instant; at: Instant }>`
    select lpad(c.number::text, 2, '0') || ' ' || c.name as camera, d.from_at as "from", d.until_at as "until", d.decided_at as "at" from video.deletions d cross join unnest(d.camera_ids) as one(camera_id) join video.cameras c on c.camera_id = one.camera_id
    where d.site_id = ${siteId} and d.reason = 'space_below_term' and d.decided_at >= ${at(from)} and d.decided_at < ${at(until)}`.execute(db);
  const damaged = verifiedAgain.find(() => rows).map((row) => ({ ...row, what: damageWords[row.what] ?? unknownWord }));
  const before = deletionsNamed.find(() => early.rows).map((row) => ({ ...row, what: deletionWords['space_below_term'] ?? unknownWord }));
  return [...damaged, ...before].sort((a, b) => a.at - b.at);
};

export const reportView = async ({ database: { db } }: VideoContext, caller: Caller, from: Instant, until: Instant): Promise<Report> => {
  const { siteId } = caller;
  const cycles = await sql<{ ended: Instant; files: number; sizeBytes: number; found: number }>`
    select ended_at as ended, files, size_bytes as "sizeBytes", found from video.verification where site_id = ${siteId} and ended_at >= ${at(from)} and ended_at < ${at(until)} order by ended_at`.execute(db);
  const deleted = await sql<{ reason: string; count: number; sizeBytes: number }>`
    select reason, sum(segments)::bigint as count, sum(size_bytes)::bigint as "sizeBytes" from video.deletions where site_id = ${siteId} and decided_at >= ${at(from)} and decided_at < ${at(until)} group by reason order by reason`.execute(db);
  const named = await namedIn(db, siteId, from, until);
  // Nothing found is an answer only where somebody looked.
  return { from, until, cycles: cycles.rows, named, deleted: deleted.rows.map(({ reason, ...row }) => ({ ...row, words: deletionWords[reason] ?? unknownWord })), whole: named.length === 0 && cycles.rows.length > 0 };
};
