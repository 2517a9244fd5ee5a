/** What the forecast of the storages leads to: begin and end of a shortage are told once, and how full they were is kept for the plot. */
import { stat } from 'node:fs/promises';
import { sql } from 'kysely';
import type { RecorderStatus } from '../../../../../contract/recorder.ts';
import { dayMs, hourMs } from '../../../base/units.ts';
import { at } from '../../../platform/postgres/db.ts';
import { serverActor, type VideoContext } from '../context.ts';
import { storageForetold } from './controls.ts';
import type { Outlook } from '../storage-forecast.ts';
import { theRecorder } from '../store.ts';
import { storageEnough, storageShort } from './events.ts';
import { termsNow } from './terms.ts';

const fillEveryMs = 6 * hourMs;
const fillKeptMs = 90 * dayMs;

/** Which file system a folder lies on; a folder that cannot be looked at is one of its own. */
export const deviceOf = async (path: string): Promise<string> =>
  stat(path).then(
    ({ dev }) => String(dev),
    () => path,
  );

const tenth = (days: number): number => Math.floor(days * 10) / 10;

/** Told when it changes: that the storages will not hold footage for its term, and that they will again. */
export const tellOutlook = (context: VideoContext, { days, requiredDays, enough, shortInDays }: Outlook): Promise<void> =>
  context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const recorder = await theRecorder(tx);
    if (recorder === null) return;
    const { siteId } = recorder;
    const { rows } = await sql<{ since: number | null }>`select short_since as since from video.storage_outlook where site_id = ${siteId} for update`.execute(tx);
    const was = (rows[0]?.since ?? null) !== null;
    const isShort = storageForetold.find(() => (enough ? [] : [requiredDays])).length > 0;
    if (was === isShort) return;
    await sql`insert into video.storage_outlook (site_id, short_since, told_at) values (${siteId}, ${isShort ? at(now) : null}, ${at(now)})
      on conflict (site_id) do update set short_since = excluded.short_since, told_at = excluded.told_at`.execute(tx);
    const terms = await termsNow(context, tx, siteId, now);
    const longest = [...terms.byRoom.values()].sort((a, b) => b.days - a.days)[0];
    const common = { siteId, roomId: null, actor: serverActor, subject: siteId, at: now };
    if (isShort) await context.ledger.append(tx, { ...common, event: storageShort, body: { days: tenth(days), requiredDays, inDays: shortInDays, cite: longest?.cite ?? null } });
    else await context.ledger.append(tx, { ...common, event: storageEnough, body: { days: tenth(days), requiredDays } });
  });

/** How full each storage is now, at most four times a day. */
export const noteFill = async (context: VideoContext, status: RecorderStatus | null): Promise<void> => {
  const now = context.clock.now();
  for (const { storageId, usable, freeBytes, totalBytes } of status?.storages ?? []) {
    if (!usable) continue;
    await context.database.transaction(async (tx) => {
      await sql`insert into video.storage_fill (storage_id, at, footage_bytes, free_bytes, total_bytes)
        select ${storageId}, ${at(now)}, coalesce((select sum(size_bytes) from video.segments where storage_id = ${storageId}), 0), ${freeBytes}, ${totalBytes}
        where exists (select from video.storages where storage_id = ${storageId}) and not exists (select from video.storage_fill where storage_id = ${storageId} and at > ${at(now - fillEveryMs)})
        on conflict do nothing`.execute(tx);
      await sql`delete from video.storage_fill where storage_id = ${storageId} and at < ${at(now - fillKeptMs)}`.execute(tx);
    });
  }
};
