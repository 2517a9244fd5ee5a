/**
 * One WebSocket a window: /api/live. JSON text messages both ways; video comes as binary messages.
 * Binary = u8 type, u16be channel, then the rest of the body as in contract/recorder.ts (config, access unit, state).
 * The server refuses a watch that the person may not have, records the interval (camera, from, to) and ends the stream when the right ends.
 */
import { z } from 'zod';
import { IdOf, Instant, RefusalBody } from './endpoint.ts';

export const liveChannelBytes = 3; // u8 type + u16be channel, before the body's rest

export const LiveStreamName = z.enum(['main', 'sub']);
export type LiveStreamName = z.infer<typeof LiveStreamName>;

export const LiveRequest = z.discriminatedUnion('op', [
  /** `sub`: its small stream, opened for whoever watches it; absent: main, the one that is recorded. */
  z.object({ op: z.literal('watch'), channel: z.int().min(0).max(65_535), cameraId: IdOf('cam'), stream: LiveStreamName.optional() }),
  z.object({ op: z.literal('unwatch'), channel: z.int().min(0).max(65_535) }),
  /** Clock comparison: answered at once by pong with the server's clock. */
  z.object({ op: z.literal('ping'), sentAt: z.number() }),
]);
export type LiveRequest = z.infer<typeof LiveRequest>;

/**
 * What may have changed. `system`: anything, after the server had been deaf for a while. The ledger's head is signed once a minute and asked
 * for as often: it needs no notice.
 */
export const ChangedTopic = z.enum(['video.cameras', 'video.timeline', 'video.snapshots', 'notifications.alarms', 'notifications.notices', 'duty.log', 'approvals.requests', 'evidence.requests', 'evidence.holds', 'system']);
export type ChangedTopic = z.infer<typeof ChangedTopic>;

export const LiveNotice = z.discriminatedUnion('op', [
  z.object({ op: z.literal('pong'), sentAt: z.number(), now: Instant }),
  z.object({ op: z.literal('watching'), channel: z.int(), cameraId: z.string(), stream: LiveStreamName.default('main'), since: Instant }),
  z.object({ op: z.literal('refused'), channel: z.int(), refusal: RefusalBody }),
  /** The stream ended and will not come back by itself: right withdrawn, camera removed, session over; sub_unavailable: the small stream cannot be had, the main one may. */
  z.object({ op: z.literal('ended'), channel: z.int(), reason: z.enum(['unwatched', 'right_ended', 'camera_removed', 'session_over', 'covered', 'recorder_away', 'sub_unavailable']) }),
  /** Something that this window may show has changed: fetch again. */
  z.object({ op: z.literal('changed'), topic: ChangedTopic }),
  z.object({ op: z.literal('signed_out') }),
]);
export type LiveNotice = z.infer<typeof LiveNotice>;
