/**
 * What the ingest of one camera hands to the rest of the recorder: whole access units of H.264 or H.265, in place, in pooled memory.
 * Every callback comes synchronously from the read of the socket; none may keep the caller longer than it takes to note what came.
 */
import type { CameraSource, GapReason } from '../../contract/recorder.ts';
import type { SampleEntry } from '../../formats/fmp4/index.ts';
import type { Clock, Instant } from '../../server/src/base/clock.ts';
import type { Log } from '../../server/src/base/log.ts';
import type { BufferPool } from './buffer-pool.ts';
import type { DrainClock } from './drain.ts';

export interface AccessUnit {
  /** bytes as NAL units with 4-byte lengths inside `buffer`. Parameter sets stand in decoderConfig; only changed ones are also in the unit. */
  buffer: Buffer;
  offset: number;
  size: number;
  /** Holds an IDR picture (H.265: any random access picture): decoding can start here. */
  key: boolean;
  /** A unit is missing between the last key unit and this one: it is whole, but builds on what is not there. */
  afterLoss: boolean;
  /** unwrapped 90 kHz ticks since first frame of this run: presentation time, in decoding order (steps back only with B frames) */
  ticks: number;
  /** recorder clock, UTC ms, when its last packet was read */
  arrivedAt: Instant;
}

export interface ParameterSets {
  /** RFC 6381, e.g. avc1.640028, hvc1.1.6.L120.90 */
  codec: string;
  /** After cropping. */
  width: number;
  height: number;
  /** As the stream states it; null when it does not. */
  framesPerSecond: number | null;
  entry: SampleEntry;
  /** What players want first: AVCDecoderConfigurationRecord or HEVCDecoderConfigurationRecord, as `entry` says. */
  decoderConfig: Buffer;
}

export interface SenderReport {
  /** The camera's own clock, UTC ms: a claim. */
  cameraClockAt: Instant;
  /** Media time of the same moment, on the scale of AccessUnit.ticks. */
  ticks: number;
  arrivedAt: Instant;
}

export interface IngestEvents {
  /** Before the first unit, and before the first key unit after a change: all units announced earlier belong to the sets before. */
  onParameterSets(sets: ParameterSets): void;
  /** The first unit of a connection is a key unit, and so is the first after the camera began its stream anew. */
  onAccessUnit(unit: AccessUnit): void;
  onSenderReport(report: SenderReport): void;
  onPacketsLost(count: number): void;
  /** PLAY was accepted. */
  onPlaying(): void;
  /**
   * exactly once; the connection is over. Not called after close(), which is the caller's own act.
   * cut() still hands over what was announced, here and until close().
   */
  onEnd(reason: GapReason, detail: string): void;
}

/** Owned by the caller until release(); releasing twice does no harm. */
export interface Region {
  bytes: Buffer;
  /** The same, filled up with zeros to whole blocks of the disk. */
  blocks: Buffer;
  release(): void;
}

export interface Ingest {
  /**
   * Hands over all complete access units since the last cut as ONE contiguous region (AUs in order, back to back, offsets as
   * announced: `unit.offset` counts from the start of `region.bytes`); the bytes of the unit in progress are moved to a fresh
   * pooled buffer. Null when there is none.
   *
   * With `before` (a unit not yet handed over, usually the one being announced) only the units before it are handed over: `before`
   * and later ones move on, and the `buffer` and `offset` of these AccessUnit objects are set anew in place. So a writer cuts at a
   * key frame, or once the next timestamp is known, with `cut(unit)` inside onAccessUnit.
   */
  cut(before?: AccessUnit): Region | null;
  /** Watched cameras are drained more often. */
  watched(isWatched: boolean): void;
  /** Ends the connection (with TEARDOWN where it still stands) and gives memory back. No event follows. */
  close(): void;
  stats(): { bytes: number; packets: number; lost: number };
}

export interface IngestDeps {
  clock: Clock;
  log: Log;
  drain: DrainClock;
  pool: BufferPool;
}

export type OpenIngest = (source: CameraSource, deps: IngestDeps, events: IngestEvents) => Ingest;
