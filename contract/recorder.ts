/**
 * What server and recorder say to each other. The recorder listens on a local socket (`<data>/run/recorder.sock`); the server dials,
 * and dials again. The recorder keeps a journal beside its storage that the server reads in order and acknowledges after its own commit:
 * nothing that was recorded is lost when the server or the database is away.
 *
 * HTTP/1.1 over the socket:
 *   PUT  /config              RecorderConfig → 204. Sealed to disk before it answers; the recorder starts from it alone.
 *   GET  /journal?after=&waitMs=   JournalPage, at most 500 entries, long poll
 *   POST /journal/ack         { upTo } → 204; entries up to it may be forgotten
 *   GET  /status              RecorderStatus
 *   GET  /live/:cameraId      endless stream of LiveMessage frames (see live framing below); ends when the camera is removed
 *   GET  /live/:cameraId?stream=sub   the same of its small stream, which is opened for it; ends when that cannot be had
 *   POST /probe               ProbeRequest → ProbeResult (test button)
 *   POST /deletions           DeletionOrder → 202; each outcome arrives as a journal entry
 *   POST /moves               MoveOrder → 202; each outcome arrives as a journal entry
 *   POST /restart             → 202; it stops in order and is started again by whoever keeps it running
 *   GET  /metrics             Prometheus text
 */
import { z } from 'zod';
import { IdOf, Instant } from './endpoint.ts';

/** How pictures come from the camera. */
const howItComes = {
  /** tcp (also when absent): within the RTSP connection. udp: packets of their own, of which some may be lost. */
  transport: z.enum(['tcp', 'udp']).optional(),
  /** Of an rtsps:// camera: SHA-256 of its certificate, 64 hexadecimal digits. Null or absent: the machine must trust who signed it. */
  tlsFingerprint: z.string().regex(/^[0-9a-f]{64}$/).nullish(),
};

export const CameraSource = z.object({
  cameraId: IdOf('cam'),
  /** What people call it, for logs: "07 行包房" */
  label: z.string(),
  /** rtsp:// or rtsps://host[:port]/path without credentials */
  url: z.string(),
  /** Of its small stream, without credentials; opened while somebody watches it, never recorded. Null or absent: none. */
  subUrl: z.string().nullish(),
  username: z.string().nullable(),
  password: z.string().nullable(),
  /** False: registered but recording was stopped by an act, or has not begun. */
  record: z.boolean(),
  /** Of an approved stop: the recorder records again from here by itself, whoever is away then. Null or absent: only when it is told. */
  recordAgainAt: Instant.nullish(),
  /** Loopback and link-local addresses are refused (after name resolution) unless true. */
  allowLocal: z.boolean(),
  ...howItComes,
});
export type CameraSource = z.infer<typeof CameraSource>;

export const Storage = z.object({
  storageId: IdOf('sto'),
  siteId: IdOf('site'),
  /** Absolute folder. Its `vigil-storage.json` must carry the same storageId and siteId. */
  path: z.string(),
  /** Share of the cameras beside the other storages; absent: 1. */
  weight: z.int().min(1).max(100).optional(),
  /** True: it is being emptied, nothing new is recorded to it while there is another. */
  closing: z.boolean().optional(),
});
export type Storage = z.infer<typeof Storage>;

export const RecorderConfig = z.object({
  /** Grows with every change; an older one than the sealed one is refused. */
  version: z.int().min(1),
  recorderId: IdOf('rec'),
  siteId: IdOf('site'),
  storages: z.array(Storage).max(64),
  cameras: z.array(CameraSource).max(1_024),
  /** Parameters of the packs, resolved by the server. */
  segmentSeconds: z.int().min(10).max(600),
  fragmentMs: z.int().min(200).max(10_000),
  drainMs: z.int().min(20).max(1_000),
  drainWatchedMs: z.int().min(10).max(200),
  /** Most video that a power cut may cost, per camera: bound of the fsync interval. */
  maxLossMs: z.int().min(500).max(60_000),
  gapAlarmSeconds: z.int().min(1).max(600),
  /** Free space below which the recorder reports storage_low. */
  freeBytesWarn: z.int().min(0),
});
export type RecorderConfig = z.infer<typeof RecorderConfig>;

/** Why video is missing. The words people read for each stand in gap-words.ts. */
export const GapReason = z.enum([
  'camera_unreachable', // no connection could be made (refused, no route, name unknown)
  'camera_refused', // wrong user or password, or the camera said no
  'camera_silent', // connected but nothing arrived for the limit
  'stream_invalid', // what arrived is no video that can be kept
  'network', // the connection broke
  'disk_full',
  'disk_failed', // write or fsync failed: contents unknown, abandoned
  'storage_missing', // no storage folder with the right identity
  'memory_bound', // the storage could not keep up; the bounded buffer was dropped
  'clock_stepped', // the machine's clock was set forward over this time
  'recorder_crashed', // killed, power cut, or crash
  'recorder_stopped', // orderly stop of the recorder
  'recording_off', // not recorded by its settings, or its settings were just changed
  'stop_approved', // stopped by an approved request, for as long as that says
  'recovery_loss', // tail of an open segment that did not reach the disk before a crash
]);
export type GapReason = z.infer<typeof GapReason>;

export const CameraState = z.enum(['off', 'connecting', 'recording', 'lost']);
export type CameraState = z.infer<typeof CameraState>;

const entry = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.object({ kind: z.literal(kind), seq: z.int().min(1), at: Instant, ...shape });

export const SegmentClosed = entry('segment_closed', {
  segmentId: IdOf('seg'),
  cameraId: IdOf('cam'),
  storageId: IdOf('sto'),
  /** Relative to the storage folder: <cameraId>/<YYYY-MM-DD>/<HHMMSSmmm>-<segmentId>.mp4 (UTC) */
  path: z.string(),
  /** Footage covered, half-open, UTC ms by the recorder's clock discipline. */
  from: Instant,
  until: Instant,
  sizeBytes: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  frames: z.int().min(1),
  keyFrames: z.int().min(1),
  /** RFC 6381, e.g. avc1.640028, hvc1.1.6.L120.90 */
  codec: z.string(),
  width: z.int().min(0),
  height: z.int().min(0),
  /** A run is an unbroken connection to the camera; consecutive segments of one run join without a gap. */
  runId: IdOf('run'),
  /** Camera's own clock (RTCP sender report) minus the recorder's, ms, at the end of the segment: a claim, never used to place footage. */
  cameraClockOffsetMs: z.number().nullable(),
  /** RTP packets missing by sequence number within the segment. */
  packetsLost: z.int().min(0),
  /** Taken up after a crash, up to the last whole fragment. */
  recovered: z.boolean(),
});
export type SegmentClosed = z.infer<typeof SegmentClosed>;

export const JournalEntry = z.discriminatedUnion('kind', [
  SegmentClosed,
  entry('gap_opened', { gapId: IdOf('gap'), cameraId: IdOf('cam'), from: Instant, reason: GapReason, detail: z.string() }),
  entry('gap_closed', { gapId: IdOf('gap'), cameraId: IdOf('cam'), from: Instant, until: Instant, reason: GapReason, detail: z.string() }),
  entry('gap_alarm', { gapId: IdOf('gap'), cameraId: IdOf('cam'), from: Instant, reason: GapReason }),
  entry('camera_state', { cameraId: IdOf('cam'), state: CameraState, detail: z.string() }),
  entry('segment_deleted', { segmentId: IdOf('seg'), storageId: IdOf('sto'), path: z.string(), outcome: z.enum(['deleted', 'missing', 'failed']), detail: z.string() }),
  entry('clock_stepped', { deltaMs: z.int() }),
  entry('recorder_started', { previousEnd: z.enum(['first', 'orderly', 'crashed']), version: z.string(), recoveredSegments: z.int().min(0) }),
  entry('recorder_stopping', {}),
  entry('storage_refused', { storageId: IdOf('sto'), path: z.string(), reason: z.enum(['missing', 'identity_absent', 'identity_differs', 'not_writable']), detail: z.string() }),
  entry('storage_low', { storageId: IdOf('sto'), freeBytes: z.int() }),
  /** A copy in another storage, compared byte for byte by its hash; what lay in the old place is still there. */
  entry('segment_moved', { segmentId: IdOf('seg'), fromStorageId: IdOf('sto'), storageId: IdOf('sto'), path: z.string(), outcome: z.enum(['moved', 'missing', 'altered', 'failed']), detail: z.string() }),
  /** New footage of a camera goes to another storage than before. */
  entry('camera_rerouted', { cameraId: IdOf('cam'), fromStorageId: IdOf('sto'), storageId: IdOf('sto'), why: z.enum(['refused', 'full', 'closing', 'settings']) }),
  /** A segment that could not be trusted to disk was given up (failed fsync): contents unknown. */
  entry('segment_abandoned', { segmentId: IdOf('seg'), cameraId: IdOf('cam'), storageId: IdOf('sto'), path: z.string(), from: Instant, detail: z.string() }),
]);
export type JournalEntry = z.infer<typeof JournalEntry>;
export type JournalEntryOf<K extends JournalEntry['kind']> = Extract<JournalEntry, { kind: K }>;

export const JournalPage = z.object({ recorderId: z.string(), entries: z.array(JournalEntry), last: z.int() });
export type JournalPage = z.infer<typeof JournalPage>;

export const CameraStatus = z.object({
  cameraId: z.string(),
  state: CameraState,
  since: Instant,
  /** Machine-readable reason while not recording; a GapReason or ''. */
  reason: z.string(),
  detail: z.string(),
  /** Recorder clock at which the newest frame arrived; null before the first. */
  lastFrameAt: Instant.nullable(),
  /** End of the newest fragment known to be on disk. */
  writtenUntil: Instant.nullable(),
  bitsPerSecond: z.number(),
  framesPerSecond: z.number(),
  packetsLost: z.int(),
  reconnects: z.int(),
  cameraClockOffsetMs: z.number().nullable(),
  codec: z.string().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  viewers: z.int(),
  openSegmentId: z.string().nullable(),
});
export type CameraStatus = z.infer<typeof CameraStatus>;

export const RecorderStatus = z.object({
  recorderId: z.string(),
  startedAt: Instant,
  now: Instant,
  configVersion: z.int(),
  journalLast: z.int(),
  journalAcked: z.int(),
  cameras: z.array(CameraStatus),
  storages: z.array(z.object({ storageId: z.string(), path: z.string(), usable: z.boolean(), reason: z.string(), freeBytes: z.int(), totalBytes: z.int() })),
});
export type RecorderStatus = z.infer<typeof RecorderStatus>;

export const ProbeRequest = z.object({ url: z.string(), username: z.string().nullable(), password: z.string().nullable(), allowLocal: z.boolean(), ...howItComes });
export type ProbeRequest = z.infer<typeof ProbeRequest>;

/** What a test of a camera address found. Every outcome but ok has its own plain sentence in both languages (contract/video.ts). */
export const ProbeOutcome = z.enum([
  'ok',
  'address_wrong', // not an rtsp:// or rtsps:// URL
  'address_local', // loopback or link-local and not allowed
  'name_unknown', // the host name does not resolve
  'unreachable', // no route, or nothing answered in time
  'port_closed', // host is there, connection refused
  'not_rtsp', // something answered that is not RTSP
  'password_needed',
  'password_wrong',
  'path_unknown', // 404 and kin
  'no_video', // no H.264 or H.265 track offered
  'silent', // PLAY was accepted but no picture came in time
  'transport_refused', // 461: not over UDP, or not over TCP
  'certificate_unknown', // nobody trusted signed it, or it names another host; detail has its fingerprint
  'certificate_differs', // not the one that was noted with the camera
  'camera_busy', // 453, 503: too many clients
  'camera_error', // any other refusal by the camera
]);
export type ProbeOutcome = z.infer<typeof ProbeOutcome>;

export const ProbeResult = z.object({
  outcome: ProbeOutcome,
  /** For technicians: status line, socket error; never a credential. */
  detail: z.string(),
  tookMs: z.number(),
  video: z
    .object({ codec: z.string(), width: z.int(), height: z.int(), framesPerSecond: z.number().nullable(), decoderConfig: z.string(), keyFrame: z.string() })
    .nullable()
    .meta({ description: 'decoderConfig (avcC or hvcC, as codec says) and keyFrame (access unit with NAL lengths) in base64' }),
});
export type ProbeResult = z.infer<typeof ProbeResult>;

export const DeletionOrder = z.object({
  segments: z.array(z.object({ segmentId: IdOf('seg'), storageId: IdOf('sto'), path: z.string() })).max(5_000),
});
export type DeletionOrder = z.infer<typeof DeletionOrder>;

export const MoveOrder = z.object({
  segments: z.array(z.object({ segmentId: IdOf('seg'), fromStorageId: IdOf('sto'), storageId: IdOf('sto'), path: z.string(), sizeBytes: z.int().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) })).max(1_000),
});
export type MoveOrder = z.infer<typeof MoveOrder>;

/*
 * Live framing. Recorder → server: u32be length of what follows, then a body. Server → browser: the same body with u16be channel
 * put after its first byte (contract/live.ts).
 *   body = u8 type, then
 *     type 1 config: UTF-8 JSON LiveConfig
 *     type 2 access unit: u8 flags (1 key frame, 2 from the cached GOP), f64be mediaAt (UTC ms), f64be arrivedAt (recorder clock, UTC ms), NAL units with 4-byte lengths
 *     type 3 state: UTF-8 JSON { state: CameraState, since, detail }
 */
export const liveType = { config: 1, accessUnit: 2, state: 3 } as const;
export const liveFlag = { key: 1, cached: 2 } as const;
export const liveAccessUnitHeaderBytes = 18; // type + flags + two f64
export interface LiveConfig {
  codec: string;
  width: number;
  height: number;
  /** base64 of what its decoder wants first: AVCDecoderConfigurationRecord, or HEVCDecoderConfigurationRecord where codec begins with hvc1 */
  decoderConfig: string;
}
