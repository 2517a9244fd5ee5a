/** Footage whose file is lost: played from its copy until it is restored, and restored by a person, on record. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Instant } from '../../../base/clock.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import { at, type Db } from '../../../platform/postgres/db.ts';
import { actorOf, type VideoContext } from '../context.ts';
import { findSegment, storagePath } from '../footage-store.ts';
import { lookAtFile } from '../storage/verify.ts';
import { damageWords } from '../storage/words.ts';
import { copyStandsIn, lostRestored } from './controls.ts';
import { copyChecked } from './copy-file.ts';
import { paceOf } from './copying.ts';
import { footageRestored } from './events.ts';
import { refuse } from './refusals.ts';
import { copyOf } from './store.ts';

const isThere = (file: string): Promise<boolean> => open(file, 'r').then(async (handle) => handle.close().then(() => true), () => false);

/** The file of the copy where the original is lost; null: there is none. Who asked has been through the same right as for the original. */
export const copyInItsPlace = async (db: Db, segmentId: string): Promise<string | null> => {
  const copy = await copyOf(db, segmentId);
  const file = copy === null ? null : join(copy.folder, copy.path);
  if (file === null || !(await isThere(file))) return null;
  return copyStandsIn.find(() => [file])[0] ?? null;
};

export interface Lost {
  segmentId: string; camera: string; from: Instant; until: Instant; what: { zh: string; en: string }; restorable: boolean;
}

/** What verification named and what has a whole copy. */
export const lostFootage = async (db: Db): Promise<Lost[]> => {
  const { rows } = await sql<{ segmentId: string; camera: string; from: Instant; until: Instant; what: string; restorable: boolean }>`
    select d.segment_id as "segmentId", lpad(c.number::text, 2, '0') || ' ' || c.name as camera, d.from_at as "from", d.until_at as until, d.what, exists (select from video.copies p where p.segment_id = d.segment_id and p.state = 'copied') as restorable
    from video.damaged d join video.cameras c using (camera_id) join video.segments s using (segment_id) where d.cleared_at is null order by d.found_at desc limit 200`.execute(db);
  return rows.map(({ what, ...row }) => ({ ...row, what: damageWords[what] ?? { zh: what, en: what } }));
};

export const restoreFootage = async (context: VideoContext, caller: Caller, segmentId: string): Promise<void> => {
  const { database, clock, ledger } = context;
  const segment = await findSegment(database.db, segmentId);
  const folder = segment === null ? null : await storagePath(database.db, segment.storageId);
  if (segment === null || folder === null) throw refuse('no_copy');
  const damage = await lookAtFile(folder, segment);
  if (damage === null) throw refuse('not_lost');
  const copy = lostRestored.find(() => [copyOf(database.db, segmentId)])[0];
  const found = copy === undefined ? null : await copy;
  if (found === null) throw refuse('no_copy');
  const outcome = await copyChecked(join(found.folder, found.path), join(folder, segment.path), segment.sha256, { clock, bytesPerSecond: paceOf(null) });
  if (outcome !== 'copied') throw refuse('no_copy');
  await database.transaction(async (tx) => {
    const now = clock.now();
    await sql`update video.damaged set cleared_at = ${at(now)} where segment_id = ${segmentId} and cleared_at is null`.execute(tx);
    const { cameraId, from, until, sha256 } = segment;
    await ledger.append(tx, { event: footageRestored, siteId: caller.siteId, roomId: caller.roomId, actor: actorOf(caller), subject: segmentId, body: { segmentId, cameraId, camera: found.camera, from, until, sha256, was: damage }, at: now });
  });
};
