/** What a camera's writer is given and what it tells. */
import type { FragmentSample } from '../../formats/fmp4/index.ts';
import type { GapReason, Storage } from '../../contract/recorder.ts';
import type { Clock, Instant } from '../../server/src/base/clock.ts';
import type { ParameterSets } from '../ingest/index.ts';
import type { Span } from '../media-clock.ts';
import type { StorageCheck } from './identity.ts';
import type { FinishedFile, SegmentFile } from './segment-file.ts';
import type { Turns } from './turns.ts';

export interface SegmentPlan {
  segmentId: string;
  cameraId: string;
  runId: string;
  storage: Storage;
  path: string;
  sets: ParameterSets;
  /** Where the first frame was placed when the segment was opened. */
  from: Instant;
  firstTicks: number;
  /** The span up to some ticks, as far as is known now: for a segment that ends before its time. */
  spanUntil(ticks: number): Span;
}

export interface Fragment {
  plan: SegmentPlan;
  body: Buffer;
  /** The body filled up to whole blocks: what is written. */
  blocks: Buffer;
  samples: FragmentSample[];
  /** Run ticks of the first decode time and of the end. */
  startTicks: number;
  endTicks: number;
  /** UTC ms of the first frame. */
  at: number;
  /** Monotonic ms at which the oldest frame arrived: from here counts what a power cut may cost. */
  oldestMonotonicMs: number;
  /** Monotonic ms at which the newest one arrived. */
  newestMonotonicMs: number;
  /** The body lies at this offset of the file now. */
  onWritten(bodyOffset: number): void;
  /** Called exactly once, written or not: the memory goes back. */
  release(): void;
}

export interface SegmentEnd {
  span: Span;
  cameraClockOffsetMs: number | null;
  packetsLost: number;
}

export interface ClosedSegment extends FinishedFile, SegmentEnd {
  plan: SegmentPlan;
  frames: number;
  keyFrames: number;
}

export interface WriterEvents {
  onFragment(fragment: Fragment): void;
  onClosed(segment: ClosedSegment): void;
  /** `path` is where its bytes lie now. */
  onAbandoned(plan: SegmentPlan, path: string, detail: string): void;
  /** The segment came to nothing before its first fragment. */
  onDropped(plan: SegmentPlan): void;
  /** A closed segment of the last minutes does not lie on disk as it was told of. */
  onAltered(path: string, detail: string): void;
  /** Footage is missing from `from` on; everything queued was dropped. */
  onFault(reason: GapReason, detail: string, from: Instant): void;
}

/** For a writer that is left alone with its disk. */
export const untold: WriterEvents = {
  onFragment: () => undefined,
  onClosed: () => undefined,
  onAbandoned: () => undefined,
  onDropped: () => undefined,
  onAltered: () => undefined,
  onFault: () => undefined,
};

export interface LostFootage {
  /** Begin of what did not reach the disk; it ends with the footage. */
  from: Instant;
}

export interface WriterDeps {
  clock: Clock;
  admit: (storage: Storage) => Promise<StorageCheck>;
  /** Turns at the threads that all storages share. */
  turns: Pick<Turns, 'take' | 'give'>;
  /** How a file is made; SegmentFile.create but for tests of failing disks. */
  createFile?: (root: string, path: string, init: Uint8Array) => Promise<SegmentFile>;
  /** Video not on disk before this is too old: bound of the fsync interval. */
  maxLossMs: () => number;
  /** Measured for each fsync: age of the oldest frame that it made safe. */
  onSynced: (ageMs: number) => void;
}

export interface WriterLoad {
  /** Of the newest segment; null before the first. */
  storageId: string | null;
  /** Bytes of video that wait for the disk. */
  queuedBytes: number;
  /** How long the oldest of it has been waiting for the disk. */
  waitingMs: number;
  /** Ever handed over, and ever written: video and the writes that carry it. */
  takenBytes: number;
  takenWrites: number;
  writtenBytes: number;
  writtenWrites: number;
}
