/** What is known of the footage of one camera in a span, for parts that ask before they ask to see it. */
import { sql } from 'kysely';
import { GapReason } from '../../../../contract/recorder.ts';
import { gapReasonWords } from '../../../../contract/gap-words.ts';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Rules } from '../../mechanisms/parameters/index.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { cameraLabel } from './camera.ts';
import { gapsBetween, segmentsBetween } from './footage-store.ts';
import { termOf } from './storage/terms.ts';
import { findCamera } from './store.ts';

const unknownCause: Sentence = { zh: '原因不明', en: 'cause unknown' };
export const causeOf = (reason: string): Sentence => {
  const known = GapReason.safeParse(reason);
  return known.success ? gapReasonWords[known.data] : unknownCause;
};

/** Null: there is no such camera in the room. Cameras that were retired count: their footage may still be there. `rules` say how long it is kept, as for deletion. */
export const footageKnown = async (db: Db, rules: Rules, roomId: string, cameraId: string, from: Instant, until: Instant) => {
  const camera = await findCamera(db, roomId, cameraId, { retired: true });
  if (camera === null) return null;
  const { rows } = await sql<{ oldest: Instant | null; newest: Instant | null; retired: boolean }>`
    select (select min(from_at) from video.segments where camera_id = ${cameraId}) as oldest, (select max(until_at) from video.segments where camera_id = ${cameraId}) as newest,
      exists (select from video.cameras where camera_id = ${cameraId} and retired_at is not null) as retired`.execute(db);
  const [row] = rows;
  const newest = row?.newest ?? null;
  // Gaps since the newest segment say whether the minute after it is being written.
  const gaps = await gapsBetween(db, cameraId, Math.min(from, newest ?? from), until);
  return {
    cameraId, camera: cameraLabel(camera), keptDays: Math.max(camera.retentionDays, camera.retentionFloorDays, termOf(rules).days), addedAt: camera.addedAt, recording: camera.record && row?.retired === false, oldest: row?.oldest ?? null, newest,
    segments: (await segmentsBetween(db, cameraId, from, until)).map((segment) => ({ from: segment.from, until: segment.until })), gaps: gaps.map((gap) => ({ from: gap.from, until: gap.until, reason: causeOf(gap.reason) })),
  };
};

/** How many playbacks were opened under each grant. */
export const playbacksUnder = async (db: Db, grantIds: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  if (grantIds.length === 0) return new Map();
  const { rows } = await sql<{ grantId: string; count: number }>`
    select grant_id as "grantId", count(*)::int as count from video.playbacks where grant_id = any(${[...grantIds]}::text[]) group by grant_id`.execute(db);
  return new Map(rows.map(({ grantId, count }) => [grantId, count]));
};
