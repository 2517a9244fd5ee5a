/**
 * RTP and RTCP packets of one camera's video in, access units in pooled memory out. Knows no socket, so that a file of bytes or a
 * mutated stream goes through the same code as a camera.
 */
import { randomBytes } from 'node:crypto';
import type { GapReason } from '../../contract/recorder.ts';
import type { Instant } from '../../server/src/base/clock.ts';
import { mebibyte, minuteMs } from '../../server/src/base/units.ts';
import type { BufferPool } from './buffer-pool.ts';
import { GopBuffer } from './gop-buffer.ts';
import { type DepacketizerSink, H264Depacketizer } from './h264.ts';
import { H265Depacketizer } from './h265.ts';
import type { AccessUnit, IngestEvents, Region } from './interface.ts';
import { parseRtcp, receiverReportFrame, type SenderReportPacket } from './rtcp.ts';
import { emptyRtpHeader, parseRtp, SequenceTracker } from './rtp.ts';
import type { VideoTrack } from './sdp.ts';
import { UnitTimes } from './unit-times.ts';

/** Un-cut bytes of one camera: 16 s of 16 Mbit/s. */
export const uncutLimitBytes = 32 * mebibyte;
/** No real picture is larger; past it the stream is not what it says. */
const unitLimitBytes = 8 * mebibyte;
/** A camera that changes its parameter sets more often than this in a minute would make the recorder open a segment for each. */
const setChangesLimit = 20;

export interface ReceiverEvents extends Pick<IngestEvents, 'onParameterSets' | 'onAccessUnit' | 'onSenderReport' | 'onPacketsLost'> {
  /** The stream cannot go on; what follows is not looked at. */
  onBroken(reason: GapReason, detail: string): void;
}

/** When the bytes were read, on both clocks. */
export interface ReadTime {
  readAt: Instant;
  readMonotonic: number;
}

export class VideoReceiver {
  readonly #events: ReceiverEvents;
  readonly #gop: GopBuffer;
  readonly #sink: DepacketizerSink;
  #video: H264Depacketizer | H265Depacketizer;
  readonly #header = emptyRtpHeader();
  readonly #sequence = new SequenceTracker();
  readonly #times = new UnitTimes();
  readonly #ourSsrc = randomBytes(4).readUInt32BE(0);
  #payloadType = -1;
  #time: ReadTime = { readAt: 0, readMonotonic: 0 };
  #isOver = false;
  #setChangeTimes: number[] = [];
  #senderReport: { packet: SenderReportPacket; at: number } | null = null;
  #reported = { packets: 0, lost: 0 };
  packets = 0;
  lost = 0;
  /** Monotonic, of the newest packet and of the newest whole unit. */
  lastPacketAt = 0;
  lastUnitAt = 0;

  constructor(pool: BufferPool, events: ReceiverEvents) {
    this.#events = events;
    this.#gop = new GopBuffer(pool, { capBytes: uncutLimitBytes, unitCapBytes: unitLimitBytes });
    this.#sink = {
      onUnit: (key, timestamp, setsChanged, afterLoss) => this.#unit(key, timestamp, setsChanged, afterLoss),
      onFull: () => this.#full(),
    };
    this.#video = new H264Depacketizer(this.#gop, this.#sink);
  }

  get malformed(): number {
    return this.#video.malformed;
  }

  /** The camera's time stamps do not tell time: arrival does. */
  get timesByArrival(): boolean {
    return this.#times.isWrong;
  }

  takeTrack(track: Pick<VideoTrack, 'codec' | 'payloadType' | 'clockRate' | 'parameterSets'>): void {
    this.#times.rate(track.clockRate);
    this.#gop.dropUnit();
    this.#video = track.codec === 'h265' ? new H265Depacketizer(this.#gop, this.#sink) : new H264Depacketizer(this.#gop, this.#sink);
    this.#payloadType = track.payloadType;
    for (const nal of track.parameterSets) this.#video.sets.offer(nal);
  }

  cut(before?: AccessUnit): Region | null {
    return this.#gop.cut(before);
  }

  /** Gives memory back; nothing is announced any more. */
  discard(): void {
    this.#isOver = true;
    this.#gop.discard();
  }

  /** Nothing is announced any more; what was can still be cut. */
  stop(): void {
    this.#isOver = true;
  }

  media(bytes: Buffer, start: number, end: number, time: ReadTime): void {
    const header = this.#header;
    if (this.#isOver || !parseRtp(bytes, start, end, header) || header.payloadType !== this.#payloadType) return;
    this.#time = time;
    this.lastPacketAt = time.readMonotonic;
    const missing = this.#sequence.next(header.sequence, header.ssrc);
    if (missing === 'late') return;
    this.packets += 1;
    if (missing === 'restart') this.#video.restarted();
    else if (missing > 0) this.#missing(missing);
    this.#video.packet(bytes, header.payloadStart, header.payloadEnd, header.marker, header.timestamp);
  }

  control(bytes: Buffer, start: number, end: number, time: ReadTime): void {
    const { report } = parseRtcp(bytes, start, end);
    if (report === null || this.#isOver) return;
    this.#senderReport = { packet: report, at: time.readMonotonic };
    const ticks = this.#times.peek(report.rtpTimestamp);
    if (ticks !== null) this.#events.onSenderReport({ cameraClockAt: report.cameraClockAt, ticks, arrivedAt: time.readAt });
  }

  /** A receiver report as an interleaved frame. */
  receiverReport(channel: number, nowMonotonic: number): Buffer {
    const last = this.#senderReport;
    const lostInInterval = this.lost - this.#reported.lost;
    const expectedInInterval = this.packets - this.#reported.packets + lostInInterval;
    this.#reported = { packets: this.packets, lost: this.lost };
    return receiverReportFrame(channel, {
      ourSsrc: this.#ourSsrc,
      cameraSsrc: this.#header.ssrc,
      lost: this.lost,
      lostInInterval,
      expectedInInterval,
      extendedHighest: this.#sequence.extendedHighest,
      lastReport: last === null ? null : { ntpMiddle: last.packet.ntpMiddle, ageMs: nowMonotonic - last.at },
    });
  }

  #missing(count: number): void {
    this.lost += count;
    this.#video.lost();
    this.#events.onPacketsLost(count);
  }

  #unit(key: boolean, timestamp: number, setsChanged: boolean, afterLoss: boolean): void {
    if (this.#isOver || (setsChanged && !this.#announceSets())) return;
    const unit = this.#gop.seal(key, this.#times.ticks(timestamp, this.#time.readMonotonic, key), this.#time.readAt, afterLoss);
    if (unit === null) return;
    this.lastUnitAt = this.#time.readMonotonic;
    this.#events.onAccessUnit(unit);
  }

  /** False when there is nothing to decode the unit with. */
  #announceSets(): boolean {
    const sets = this.#video.sets.take();
    if (sets === null) {
      this.#video.restarted(); // waits for a key frame that comes with its sets
      return false;
    }
    const now = this.#time.readMonotonic;
    this.#setChangeTimes = [...this.#setChangeTimes.filter((at) => now - at < minuteMs), now];
    if (this.#setChangeTimes.length > setChangesLimit) {
      this.#broken('stream_invalid', 'the picture format changes without end');
      return false;
    }
    this.#events.onParameterSets(sets);
    return true;
  }

  #full(): void {
    if (this.#gop.uncutBytes <= uncutLimitBytes - unitLimitBytes) this.#broken('stream_invalid', 'a picture without end');
    else this.#broken('memory_bound', `more than ${uncutLimitBytes} bytes waited to be written`);
  }

  #broken(reason: GapReason, detail: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#events.onBroken(reason, detail);
  }
}
