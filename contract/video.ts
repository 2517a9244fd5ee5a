/** Cameras, wall, footage, snapshots. Reads of footage are recorded acts (ledger-and-evidence.md point 7). */
import { z } from 'zod';
import { RegisterFields } from './cameras.ts';
import { endpoint, IdOf, Instant, InstantInQuery } from './endpoint.ts';
import { CameraState, GapReason, ProbeOutcome } from './recorder.ts';

export const CameraTransport = z.enum(['tcp', 'udp']);
/** SHA-256 of a certificate as people copy it: digits of either size, in pairs with colons or not. */
export const CertificateFingerprint = z.string().trim().regex(/^(?:[0-9a-fA-F]{2}[: ]?){31}[0-9a-fA-F]{2}$/);
/** Absent: as it was, of a new camera tcp and the trust of the machine. */
const howItComes = { transport: CameraTransport.optional(), tlsFingerprint: CertificateFingerprint.nullable().optional() };

export const Camera = z.object({
  cameraId: z.string(),
  roomId: z.string(),
  /** Number on the wall, 1…; unique in the room. */
  number: z.int(),
  name: z.string(),
  /** Without credentials; null for people who may not know positions and addresses. */
  url: z.string().nullable(),
  username: z.string().nullable(),
  hasPassword: z.boolean(),
  /** It has a small stream that small tiles may show instead. */
  subStream: z.boolean(),
  transport: CameraTransport,
  /** Of an rtsps:// camera, noted by a person; null: none, or for people who may not know addresses. */
  tlsFingerprint: z.string().nullable(),
  record: z.boolean(),
  state: CameraState,
  stateSince: Instant.nullable(),
  /** GapReason while not recording, else null. */
  reason: GapReason.nullable(),
  detail: z.string(),
  lastFrameAt: Instant.nullable(),
  bitsPerSecond: z.number(),
  framesPerSecond: z.number(),
  codec: z.string().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  cameraClockOffsetMs: z.number().nullable(),
  packetsLost: z.int(),
  retentionDays: z.int(),
  retentionFloorDays: z.int(),
  /** A picture that does not change for so long, though frames arrive, is no longer shown as live. */
  frozenAfterSeconds: z.int().min(2),
});
export type Camera = z.infer<typeof Camera>;

const CameraAddress = z.object({
  url: z.string().trim().min(1).max(512),
  username: z.string().max(128).nullable(),
  password: z.string().max(256).nullable(),
  ...howItComes,
});
const cameraParams = z.object({ cameraId: IdOf('cam') });
const cameraName = z.string().trim().min(1).max(64);

export const listCameras = endpoint({
  method: 'GET', path: '/api/video/cameras', summary: { zh: '摄像机列表', en: 'Cameras' },
  response: z.object({ cameras: z.array(Camera), recorder: z.enum(['present', 'away']) }),
});
export const addCamera = endpoint({
  method: 'POST', path: '/api/video/cameras', summary: { zh: '添加摄像机', en: 'Add a camera' },
  /** Without a purpose in its fields it is kept, not activated. */
  body: CameraAddress.extend({ name: cameraName, number: z.int().min(1).max(9_999).optional(), subUrl: z.string().trim().min(1).max(512).optional(), fields: RegisterFields.optional() }),
  response: z.object({ cameraId: z.string() }),
});
export const changeCamera = endpoint({
  method: 'PATCH', path: '/api/video/cameras/:cameraId', summary: { zh: '修改摄像机', en: 'Change a camera' },
  params: cameraParams,
  /** password: absent keeps the old one (never shown again), null removes it; subUrl, the address of its small stream, likewise. */
  body: z.object({ name: cameraName.optional(), number: z.int().min(1).max(9_999).optional(), url: z.string().trim().min(1).max(512).optional(), subUrl: z.string().trim().min(1).max(512).nullable().optional(), username: z.string().max(128).nullable().optional(), password: z.string().max(256).nullable().optional(), retentionDays: z.int().min(1).max(3_650).optional(), ...howItComes }),
});
export const removeCamera = endpoint({
  method: 'DELETE', path: '/api/video/cameras/:cameraId', summary: { zh: '撤除摄像机（录像保留到期）', en: 'Retire a camera (its footage stays until retention ends)' },
  params: cameraParams,
  body: z.object({ reason: z.string().trim().min(1).max(500) }),
});
export const testCamera = endpoint({
  method: 'POST', path: '/api/video/cameras/test', summary: { zh: '测试摄像机地址', en: 'Test a camera address' },
  /** cameraId: user and password that are not given are the stored ones of this camera; they are never shown. */
  body: CameraAddress.extend({ cameraId: IdOf('cam').optional() }),
  response: z.object({
    outcome: ProbeOutcome, zh: z.string(), en: z.string(), detail: z.string(), tookMs: z.number(),
    video: z.object({ codec: z.string(), width: z.int(), height: z.int(), framesPerSecond: z.number().nullable(), decoderConfig: z.string(), keyFrame: z.string() }).nullable(),
  }),
});

export const TimelineSegment = z.object({ segmentId: z.string(), runId: z.string(), from: Instant, until: Instant, sizeBytes: z.int(), codec: z.string(), recovered: z.boolean() });
export const TimelineGap = z.object({ gapId: z.string(), from: Instant, until: Instant.nullable(), reason: GapReason, detail: z.string() });
export const timeline = endpoint({
  method: 'GET', path: '/api/video/cameras/:cameraId/timeline', summary: { zh: '录像时间轴', en: 'Timeline of footage and gaps' },
  params: cameraParams,
  query: z.object({ from: InstantInQuery, until: InstantInQuery }),
  /** At most 24 h a call. The open minute is included up to the newest fragment on disk. */
  response: z.object({ segments: z.array(TimelineSegment), gaps: z.array(TimelineGap), recordedUntil: Instant.nullable(), now: Instant }),
});

/** Where footage of the whole room is, over at most 31 days: spans and gaps, no segments. */
export const roomTimeline = endpoint({
  method: 'GET', path: '/api/video/timeline', summary: { zh: '全部摄像机录像概览', en: 'Overview of the footage of all cameras' },
  query: z.object({ from: InstantInQuery, until: InstantInQuery }),
  response: z.object({
    cameras: z.array(z.object({ cameraId: z.string(), footage: z.array(z.object({ from: Instant, until: Instant })), gaps: z.array(z.object({ from: Instant, until: Instant.nullable(), reason: GapReason })) })),
    now: Instant,
  }),
});

/** Opening a playback is the recorded act: it names camera and span before the first byte is served. */
export const openPlayback = endpoint({
  method: 'POST', path: '/api/video/playbacks', summary: { zh: '开始回放', en: 'Open a playback' },
  /** clip: as much of the span as the person has a right to; without it a span that reaches beyond is refused. */
  body: z.object({ cameraId: IdOf('cam'), from: Instant, until: Instant, clip: z.boolean().default(false) }),
  response: z.object({ playbackId: z.string(), expiresAt: Instant, from: Instant, until: Instant }),
});
/** Fragment index of one segment: where each fragment lies and when it plays. */
export const segmentIndex = endpoint({
  method: 'GET', path: '/api/video/playbacks/:playbackId/segments/:segmentId', summary: { zh: '录像段索引', en: 'Fragment index of a segment' },
  params: z.object({ playbackId: IdOf('pbk'), segmentId: IdOf('seg') }),
  response: z.object({
    codec: z.string(), width: z.int(), height: z.int(), from: Instant, until: Instant,
    /** Bytes [0, initBytes) are ftyp+moov. */
    initBytes: z.int(),
    /** atMs from the start of the segment; key: starts with a key frame. */
    fragments: z.array(z.object({ offset: z.int(), size: z.int(), atMs: z.number(), durationMs: z.number(), key: z.boolean() })),
  }),
});
/** Bytes of the segment as they lie, by Range; what was fetched is noted as watched. */
export const segmentMedia = endpoint({
  method: 'GET', path: '/api/video/playbacks/:playbackId/segments/:segmentId/media', summary: { zh: '录像数据', en: 'Footage bytes' },
  params: z.object({ playbackId: IdOf('pbk'), segmentId: IdOf('seg') }), bytes: true,
});
export const closePlayback = endpoint({
  method: 'DELETE', path: '/api/video/playbacks/:playbackId', summary: { zh: '结束回放', en: 'Close a playback' },
  params: z.object({ playbackId: IdOf('pbk') }),
});

export const Snapshot = z.object({
  snapshotId: z.string(), cameraId: z.string(), cameraName: z.string(), frameAt: Instant, takenAt: Instant, takenBy: z.string(), source: z.enum(['live', 'playback']),
  sha256: z.string(), sizeBytes: z.int(), note: z.string(),
  /** Footage that belongs to it; null: it was taken before footage was named. */
  clip: z.object({ from: Instant, until: Instant }).nullable(),
  /** Written to it later, oldest first; the snapshot itself never changes. */
  notes: z.array(z.object({ note: z.string(), writtenAt: Instant, writtenBy: z.string() })),
});
export type Snapshot = z.infer<typeof Snapshot>;
export const takeSnapshot = endpoint({
  method: 'POST', path: '/api/video/snapshots', summary: { zh: '抓拍', en: 'Take a snapshot' },
  /** picture: base64 JPEG or PNG as shown, at most 8 MB */
  body: z.object({ cameraId: IdOf('cam'), frameAt: Instant, source: z.enum(['live', 'playback']), note: z.string().max(500), picture: z.string().max(11_000_000) }),
  response: Snapshot,
});
export const listSnapshots = endpoint({
  method: 'GET', path: '/api/video/snapshots', summary: { zh: '抓拍列表', en: 'Snapshots' },
  /** `before` and `beforeId`: time and id of the last one seen. Of several of one moment each comes once. */
  query: z.object({ before: InstantInQuery.optional(), beforeId: IdOf('snp').optional() }),
  response: z.object({ snapshots: z.array(Snapshot), more: z.boolean() }),
});
export const snapshotPicture = endpoint({
  method: 'GET', path: '/api/video/snapshots/:snapshotId/picture', summary: { zh: '抓拍图片', en: 'Picture of a snapshot' },
  params: z.object({ snapshotId: IdOf('snp') }), bytes: true,
});
