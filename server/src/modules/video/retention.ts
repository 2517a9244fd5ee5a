/**
 * The duty to delete. Order: row to garbage and fact in one transaction → the recorder unlinks and syncs the folder → its journal entry drops
 * the garbage row. A hold beats it: evidence fills the slot `holds`.
 */
import type { Instant } from '../../base/clock.ts';
import { minuteMs } from '../../base/units.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { VideoContext } from './context.ts';
import { deletedAfterTerm } from './controls.ts';
import { expiredSegments, garbageToOrder, markOrdered, type ExpiredAfter, type Segment } from './footage-store.ts';
import { decideDeletion } from './storage/deletion.ts';
import { termsNow } from './storage/terms.ts';
import { theRecorder } from './store.ts';

/** Which of these segments must not be deleted now. Asked inside the transaction that decides: what it answers holds until that has ended. */
export type Holds = (db: Db, segments: readonly Segment[]) => Promise<ReadonlySet<string>>;
export const noHolds: Holds = async () => new Set();

const batch = 500;
const askAgainMs = 10 * minuteMs;

interface Page {
  looked: number;
  decided: number;
  last: ExpiredAfter | null;
}

const nothing: Page = { looked: 0, decided: 0, last: null };

const decide = (context: VideoContext, holds: Holds, now: Instant, after: ExpiredAfter | null): Promise<Page> =>
  context.database.transaction(async (tx) => {
    const recorder = await theRecorder(tx);
    if (recorder === null) return nothing;
    const expired = await expiredSegments(tx, await termsNow(context, tx, recorder.siteId, now), now, batch, after);
    const last = expired.at(-1) ?? null;
    const page: Page = { looked: expired.length, decided: 0, last };
    const held = await holds(tx, expired);
    const segments = deletedAfterTerm.find(() => expired.filter((segment) => !held.has(segment.segmentId)));
    if (segments.length === 0) return page;
    await decideDeletion(context, tx, recorder, segments, 'retention', now);
    return { ...page, decided: segments.length };
  });

/** Has decided files unlinked; answers how many were ordered. */
export const orderDeletions = async (context: VideoContext, now: Instant): Promise<number> => {
  const garbage = await garbageToOrder(context.database.db, now - askAgainMs, batch);
  if (garbage.length === 0) return 0;
  await context.recorder.remove({ segments: garbage });
  await context.database.transaction((tx) => markOrdered(tx, garbage.map((one) => one.segmentId), now));
  return garbage.length;
};

/** One sweep: decides until nothing more has expired, then has the files unlinked. Answers how many segments were decided. */
export const sweepRetention = async (context: VideoContext, holds: Holds): Promise<number> => {
  let total = 0;
  // Held segments stay and are passed over: what lies behind them must not wait for their hold to end.
  for (let page: Page = { ...nothing, looked: batch }; page.looked === batch; total += page.decided) page = await decide(context, holds, context.clock.now(), page.last);
  while ((await orderDeletions(context, context.clock.now())) === batch);
  return total;
};
