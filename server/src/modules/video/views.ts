/** Wide reads for screens: cameras with the recorder's newest word on them, and the timeline. */
import type { z } from 'zod';
import { GapReason, type CameraStatus } from '../../../../contract/recorder.ts';
import type { Camera as CameraView, roomTimeline as roomTimelineEndpoint, timeline } from '../../../../contract/video.ts';
import type { Instant } from '../../base/clock.ts';
import { dayMs, hourMs } from '../../base/units.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import type { Camera } from './camera.ts';
import type { VideoContext } from './context.ts';
import { refuse } from './errors.ts';
import { footageOverview } from './footage-overview.ts';
import { gapsBetween, segmentsBetween } from './footage-store.ts';
import { requireRight, type MayPlay } from './playback-right.ts';
import type { RecorderLink } from './recorder-link.ts';
import { findOpenSegments } from './segment-file.ts';
import { camerasOfRoom, findCamera } from './store.ts';
import { camerasWithSub } from './subs/sub-streams.ts';
import type { VideoTables } from './tables.ts';

const asReason = (text: string): GapReason | null => {
  const result = GapReason.safeParse(text);
  return result.success ? result.data : null;
};

const blank = { lastFrameAt: null, bitsPerSecond: 0, framesPerSecond: 0, codec: null, width: null, height: null, cameraClockOffsetMs: null, packetsLost: 0 };

const live = (status: CameraStatus) => ({
  state: status.state, stateSince: status.since, reason: asReason(status.reason), detail: status.detail, lastFrameAt: status.lastFrameAt, bitsPerSecond: status.bitsPerSecond,
  framesPerSecond: status.framesPerSecond, codec: status.codec, width: status.width, height: status.height, cameraClockOffsetMs: status.cameraClockOffsetMs, packetsLost: status.packetsLost,
});

interface LastWord {
  state: CameraView['state']; since: Instant; detail: string;
}

interface Seen {
  status: CameraStatus | undefined; last: LastWord | undefined; seesAddress: boolean; subStream: boolean;
}

const view = (camera: Camera, frozenAfterSeconds: number, { status, last, seesAddress, subStream }: Seen): CameraView => ({
  cameraId: camera.cameraId, roomId: camera.roomId, number: camera.number, name: camera.name,
  url: seesAddress ? camera.shownUrl : null, username: seesAddress ? camera.username : null, hasPassword: camera.passwordSealed !== null, subStream, transport: camera.transport, tlsFingerprint: seesAddress ? camera.tlsFingerprint : null, record: camera.record,
  retentionDays: camera.retentionDays, retentionFloorDays: camera.retentionFloorDays, frozenAfterSeconds,
  ...(status === undefined ? { ...blank, state: last?.state ?? 'connecting', stateSince: last?.since ?? null, reason: null, detail: last?.detail ?? '' } : live(status)),
});

export const listCameras = async (context: VideoContext, link: RecorderLink, caller: Caller): Promise<{ cameras: CameraView[]; recorder: 'present' | 'away' }> => {
  const { db } = context.database;
  const cameras = await camerasOfRoom(db, caller.roomId);
  const rows = await db.$extendTables<VideoTables>().selectFrom('video.camera_states').selectAll().execute();
  const lastWords = new Map(rows.map((row) => [row.camera_id, { state: row.state, since: row.since, detail: row.detail }]));
  const { status } = link;
  const withSub = await camerasWithSub(db, cameras);
  const statuses = new Map((status?.cameras ?? []).map((one) => [one.cameraId, one]));
  const seesAddress = caller.can('video.cameras.manage') === true;
  return { cameras: cameras.map((camera) => view(camera, context.parameters.frozenAfterSeconds, { status: statuses.get(camera.cameraId), last: lastWords.get(camera.cameraId), seesAddress, subStream: withSub.has(camera.cameraId) })), recorder: status === null ? 'away' : 'present' };
};

type Timeline = z.input<typeof timeline.response>;

/** Segments and gaps of a span, the minute that is being written included. */
export const cameraTimeline = async ({ context, link, mayPlay }: { context: VideoContext; link: RecorderLink; mayPlay: MayPlay }, caller: Caller, cameraId: string, since: Instant, till: Instant): Promise<Timeline> => {
  const { clock, database, parameters } = context;
  const hours = parameters.playbackHours;
  if (till <= since || till - since > hours * hourMs) throw refuse('span_wrong', { hours });
  if ((await findCamera(database.db, caller.roomId, cameraId, { retired: true })) === null) throw refuse('camera_unknown');
  const now = clock.now();
  const { from, until } = await requireRight(context, mayPlay, { caller, cameraId, from: since, until: till, at: now, openedAt: now, what: 'timeline', clip: true });
  const segments = (await segmentsBetween(database.db, cameraId, from, until)).map((one) => ({
    segmentId: one.segmentId, runId: one.runId, from: one.from, until: one.until, sizeBytes: one.sizeBytes, codec: one.codec, recovered: one.recovered,
  }));
  const written = await findOpenSegments(link.statuses, cameraId);
  const known = new Set(segments.map((one) => one.segmentId));
  for (const open of written.filter((one) => one.from < until && one.until > from && !known.has(one.segmentId))) segments.push({ segmentId: open.segmentId, runId: '', from: open.from, until: open.until, sizeBytes: 0, codec: open.codec, recovered: false });
  const gaps = (await gapsBetween(database.db, cameraId, from, until)).map((gap) => ({ ...gap, reason: GapReason.parse(gap.reason) }));
  return { segments, gaps, recordedUntil: written.at(-1)?.until ?? segments.at(-1)?.until ?? null, now };
};

/** Longest span of one overview: a month. */
const overviewDays = 31;

/** Of cameras in use; no picture is seen by it. */
export const roomTimeline = async ({ clock, database }: VideoContext, caller: Caller, from: Instant, until: Instant): Promise<z.input<typeof roomTimelineEndpoint.response>> => {
  if (until <= from || until - from > overviewDays * dayMs) throw refuse('span_wrong', { hours: overviewDays * 24 });
  const cameras = await camerasOfRoom(database.db, caller.roomId);
  return { cameras: await footageOverview(database.db, cameras.map(({ cameraId }) => cameraId), from, until), now: clock.now() };
};
