/** Fills video's slot: which segments must not be deleted now. The database refuses them besides, whoever asks. */
import { hourMs } from '../../../base/units.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import type { FootageSpan, HoldsContext, Place } from './context.ts';
import { holdsBeatDeletion } from './controls.ts';
import { heldAmong, lockHolds } from './hold-store.ts';

/**
 * A backup brings back the holds of its day: those placed since are lost, and with them what kept their footage. So nothing is deleted for a
 * while after a restore, in which people can place them again.
 */
const pausedByRestore = async (context: HoldsContext, db: Db, place: Place): Promise<boolean> => {
  const restoredAt = await context.restoredAt(db, place.siteId);
  if (restoredAt === null) return false;
  const now = context.clock.now();
  const hours = (await context.rules(db, place, now)).number('deletion_pause_after_restore_hours');
  // A clock set back behind the restore pauses as well: better a late deletion than a lost one.
  return now < restoredAt + hours * hourMs;
};

export type HeldSegments = (db: Db, segments: readonly (FootageSpan & { segmentId: string })[]) => Promise<ReadonlySet<string>>;

export const createHeld =
  (context: HoldsContext, placeNow: (db: Db) => Promise<Place | null>): HeldSegments =>
  async (db, segments) => {
    // Before anything is looked at: a hold placed meanwhile waits for the deletion to be decided, or is seen here.
    await lockHolds(db);
    if (segments.length === 0) return new Set();
    const place = await placeNow(db);
    if (place !== null && (await pausedByRestore(context, db, place))) return new Set(segments.map((one) => one.segmentId));
    const found = await heldAmong(db, segments);
    return new Set(holdsBeatDeletion.find(() => found));
  };
