/** What `vigil fsck` needs to know: which files should lie where; and the record that the check was made. */
import { sql } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import type { Actor, Ledger } from '../../mechanisms/ledger/index.ts';
import type { Database, Db } from '../../platform/postgres/db.ts';
import { footageChecked } from './events.ts';
import { movingFiles } from './storage/store.ts';
import { storagesOf, theRecorder, type Recorder } from './store.ts';
import type { VideoTables } from './tables.ts';

export interface ExpectedFile {
  storageId: string; path: string; sizeBytes: number; sha256: string;
}

const pageSize = 5_000;

/** Rows in the byte order of storage and path, by pages: millions need no memory. */
export async function* expectedFiles(db: Db): AsyncGenerator<ExpectedFile> {
  let last = { storageId: '', path: '' };
  for (;;) {
    const rows = await db
      .$extendTables<VideoTables>()
      .selectFrom('video.segments')
      .select(['storage_id', 'path', 'size_bytes', 'sha256'])
      .where(sql<boolean>`(storage_id collate "C", path collate "C") > (${last.storageId}, ${last.path})`)
      .orderBy(sql`storage_id collate "C", path collate "C"`)
      .limit(pageSize)
      .execute();
    for (const row of rows) yield { storageId: row.storage_id, path: row.path, sizeBytes: row.size_bytes, sha256: row.sha256.toString('hex') };
    const end = rows.at(-1);
    if (end === undefined || rows.length < pageSize) return;
    last = { storageId: end.storage_id, path: end.path };
  }
}

export const garbageFiles = async (db: Db): Promise<{ storageId: string; path: string }[]> => {
  const rows = await db.$extendTables<VideoTables>().selectFrom('video.garbage').select(['storage_id', 'path']).execute();
  // A segment on its way has two files, and one of them is no row's.
  return [...rows.map((row) => ({ storageId: row.storage_id, path: row.path })), ...(await movingFiles(db))];
};

/** Is there a row, garbage or otherwise, for this file now? Asked again for what changed while the check ran. */
export const isKnownFile = async (db: Db, storageId: string, path: string): Promise<boolean> => {
  const tables = db.$extendTables<VideoTables>();
  const row = await tables.selectFrom('video.segments').select('segment_id').where('storage_id', '=', storageId).where('path', '=', path).executeTakeFirst();
  const garbage = await tables.selectFrom('video.garbage').select('segment_id').where('storage_id', '=', storageId).where('path', '=', path).executeTakeFirst();
  return row !== undefined || garbage !== undefined;
};

export interface Place {
  number: number; name: string; from: Instant; until: Instant;
}

/** Which camera and time a file of a row holds. */
export const placeOfFile = async (db: Db, storageId: string, path: string): Promise<Place | null> => {
  const row = await db
    .$extendTables<VideoTables>()
    .selectFrom('video.segments as s').innerJoin('video.cameras as c', 'c.camera_id', 's.camera_id')
    .select(['c.number', 'c.name', 's.from_at', 's.until_at'])
    .where('s.storage_id', '=', storageId).where('s.path', '=', path).executeTakeFirst();
  return row === undefined ? null : { number: row.number, name: row.name, from: row.from_at, until: row.until_at };
};

export const checkedSite = async (db: Db): Promise<{ recorder: Recorder; storages: { storageId: string; siteId: string; path: string }[] } | null> => {
  const recorder = await theRecorder(db);
  if (recorder === null) return null;
  const storages = await storagesOf(db, recorder.recorderId);
  return { recorder, storages: storages.map((storage) => ({ ...storage, siteId: recorder.siteId })) };
};

export interface CheckOutcome {
  files: number; sizeBytes: number; hashes: boolean; findings: { kind: string; path: string }[];
}

/** At most so many findings stand in the fact; their number stands there in full. */
const findingsInFact = 200;

export const recordCheck = (database: Database, ledger: Pick<Ledger, 'append'>, siteId: string, actor: Actor, outcome: CheckOutcome, now: Instant): Promise<unknown> =>
  database.transaction((tx) => {
    const body = { ...outcome, found: outcome.findings.length, findings: outcome.findings.slice(0, findingsInFact) };
    return ledger.append(tx, { event: footageChecked, siteId, roomId: null, actor, subject: siteId, body, at: now });
  });

