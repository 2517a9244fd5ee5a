/**
 * The duty to delete. Order: row to garbage and fact in one transaction → the recorder unlinks and syncs the folder → its journal entry drops
 * the garbage row. A hold beats it: evidence fills the slot `holds`.
 */
import type { Instant } from '../../base/clock.ts';
import { minuteMs } from '../../base/units.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { serverActor, tellScreens, type VideoContext } from './context.ts';
import { deletedAfterTerm } from './controls.ts';
import { deletionDecided } from './events.ts';
import { expiredSegments, garbageToOrder, markOrdered, moveToGarbage, type ExpiredAfter, type Segment } from './footage-store.ts';
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
    const expired = await expiredSegments(tx, now, batch, after);
    const last = expired.at(-1) ?? null;
    const page: Page = { looked: expired.length, decided: 0, last };
    const held = await holds(tx, expired);
    const segments = deletedAfterTerm.find(() => expired.filter((segment) => !held.has(segment.segmentId)));
    if (segments.length === 0) return page;
    await moveToGarbage(tx, segments, 'retention', now);
    const list = segments.map(({ segmentId, cameraId, from, until, sha256 }) => ({ segmentId, cameraId, from, until, sha256 }));
    const body = { reason: 'retention', count: list.length, sizeBytes: segments.reduce((sum, one) => sum + one.sizeBytes, 0), segments: list };
    await context.ledger.append(tx, { event: deletionDecided, siteId: recorder.siteId, roomId: null, actor: serverActor, subject: recorder.recorderId, body, at: now });
    await tellScreens(context, tx, 'video.timeline');
    return { ...page, decided: segments.length };
  });

const order = async (context: VideoContext, now: Instant): Promise<number> => {
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
  while ((await order(context, context.clock.now())) === batch);
  return total;
};
