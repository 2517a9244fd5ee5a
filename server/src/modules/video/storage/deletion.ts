/** One decision to delete footage: rows to garbage, the decision itself and its fact, in one transaction. The files go after it. */
import { sql } from 'kysely';
import { newId } from '../../../base/ids.ts';
import type { Instant } from '../../../base/clock.ts';
import { at, type Tx } from '../../../platform/postgres/db.ts';
import { serverActor, tellScreens, type VideoContext } from '../context.ts';
import { moveToGarbage, type Segment } from '../footage-store.ts';
import type { Recorder } from '../store.ts';
import { deletionDecided } from './events.ts';

export type DeletionReason = 'retention' | 'space' | 'space_below_term' | 'destruction';

export const sizeOf = (segments: readonly Segment[]): number => segments.reduce((sum, one) => sum + one.sizeBytes, 0);

/** At least one segment. */
export const decideDeletion = async (context: VideoContext, tx: Tx, recorder: Recorder, segments: readonly Segment[], reason: DeletionReason, now: Instant): Promise<void> => {
  const deletionId = newId('del', context.clock);
  const from = Math.min(...segments.map((one) => one.from));
  const until = Math.max(...segments.map((one) => one.until));
  const cameraIds = [...new Set(segments.map((one) => one.cameraId))].sort();
  await sql`insert into video.deletions (deletion_id, site_id, decided_at, reason, segments, size_bytes, from_at, until_at, camera_ids)
    values (${deletionId}, ${recorder.siteId}, ${at(now)}, ${reason}, ${segments.length}, ${sizeOf(segments)}, ${at(from)}, ${at(until)}, ${cameraIds}::text[])`.execute(tx);
  await moveToGarbage(tx, segments, { reason, deletionId }, now);
  const list = segments.map(({ segmentId, cameraId, from: begin, until: end, sha256 }) => ({ segmentId, cameraId, from: begin, until: end, sha256 }));
  const body = { reason, count: list.length, sizeBytes: sizeOf(segments), segments: list };
  await context.ledger.append(tx, { event: deletionDecided, siteId: recorder.siteId, roomId: null, actor: serverActor, subject: recorder.recorderId, body, at: now });
  await tellScreens(context, tx, 'video.timeline');
};
