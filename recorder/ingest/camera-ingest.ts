/** One camera from its connection to its access units: RTSP, RTP, H.264 and memory put together behind `openIngest`. */
import { randomBytes } from 'node:crypto';
import type { CameraSource } from '../../contract/recorder.ts';
import { mebibyte, minuteMs, secondMs } from '../../server/src/base/units.ts';
import type { EndCause } from './cause.ts';
import { GopBuffer } from './gop-buffer.ts';
import { H264Depacketizer } from './h264.ts';
import type { AccessUnit, Ingest, IngestDeps, IngestEvents, OpenIngest, Region } from './interface.ts';
import { parseRtcp, receiverReportFrame, type SenderReportPacket } from './rtcp.ts';
import { emptyRtpHeader, MediaClock, parseRtp, SequenceTracker } from './rtp.ts';
import { RtspClient } from './rtsp-client.ts';
import type { VideoTrack } from './sdp.ts';

/** Un-cut bytes of one camera: 16 s of 16 Mbit/s. */
const uncutLimitBytes = 32 * mebibyte;
/** No real picture is larger; past it the stream is not what it says. */
const unitLimitBytes = 8 * mebibyte;
/** A camera is read as its data arrives for this long: with its small send buffer, the beginning is where packets get lost. */
const settleMs = 3 * secondMs;
const silenceLimitMs = 10 * secondMs;
const firstUnitLimitMs = 20 * secondMs;
const receiverReportMs = 10 * secondMs;
/** A camera that changes its parameter sets more often than this in a minute would make the recorder open a segment for each. */
const setChangesLimit = 20;

class CameraIngest implements Ingest {
  readonly #deps: IngestDeps;
  readonly #events: IngestEvents;
  readonly #gop: GopBuffer;
  readonly #h264: H264Depacketizer;
  readonly #client: RtspClient;
  readonly #membership: ReturnType<IngestDeps['drain']['join']>;
  readonly #header = emptyRtpHeader();
  readonly #sequence = new SequenceTracker();
  readonly #media = new MediaClock();
  readonly #ourSsrc = randomBytes(4).readUInt32BE(0);
  #track: VideoTrack | null = null;
  #isOver = false;
  #playingSince = 0;
  #lastPacketAt = 0;
  #lastUnitAt = 0;
  #packets = 0;
  #lost = 0;
  #isPaced = false;
  #setChangeTimes: number[] = [];
  #senderReport: { packet: SenderReportPacket; at: number } | null = null;
  #reportDueAt = 0;
  #reported = { packets: 0, lost: 0 };

  constructor(source: CameraSource, deps: IngestDeps, events: IngestEvents) {
    this.#deps = deps;
    this.#events = events;
    this.#gop = new GopBuffer(deps.pool, uncutLimitBytes);
    this.#h264 = new H264Depacketizer(this.#gop, {
      onUnit: (key, timestamp, setsChanged) => this.#unit(key, timestamp, setsChanged),
      onFull: () => this.#full(),
    });
    this.#client = new RtspClient(source, deps.clock, {
      onTrack: (track) => this.#takeTrack(track),
      onPlaying: () => this.#playing(),
      onMedia: (bytes, start, end) => this.#mediaPacket(bytes, start, end),
      onControl: (bytes, start, end) => this.#controlPacket(bytes, start, end),
      onEnd: (cause) => this.#ended(cause),
    });
    this.#membership = deps.drain.join({ drain: () => this.#client.drain(), check: () => this.#check() });
    this.#client.start();
  }

  cut(before?: AccessUnit): Region | null {
    return this.#gop.cut(before);
  }

  watched(isWatched: boolean): void {
    this.#membership.watched(isWatched);
  }

  close(): void {
    this.#isOver = true;
    this.#membership.leave();
    this.#client.close();
    this.#gop.discard();
  }

  stats(): { bytes: number; packets: number; lost: number } {
    return { bytes: this.#client.bytes, packets: this.#packets, lost: this.#lost };
  }

  #takeTrack(track: VideoTrack): void {
    this.#track = track;
    for (const nal of track.parameterSets) this.#h264.sets.offer(nal);
  }

  #playing(): void {
    const now = this.#deps.clock.monotonic();
    this.#playingSince = now;
    this.#lastPacketAt = now;
    this.#lastUnitAt = now;
    this.#reportDueAt = now + receiverReportMs;
    this.#events.onPlaying();
  }

  #mediaPacket(bytes: Buffer, start: number, end: number): void {
    const header = this.#header;
    if (!parseRtp(bytes, start, end, header) || header.payloadType !== this.#track?.payloadType) return;
    this.#lastPacketAt = this.#client.readMonotonic;
    const missing = this.#sequence.next(header.sequence, header.ssrc);
    if (missing === 'late') return;
    this.#packets += 1;
    if (missing === 'restart') this.#h264.lost();
    else if (missing > 0) {
      this.#lost += missing;
      this.#h264.lost();
      this.#events.onPacketsLost(missing);
    }
    if (!this.#isOver) this.#h264.packet(bytes, header.payloadStart, header.payloadEnd, header.marker, header.timestamp);
  }

  #unit(key: boolean, timestamp: number, setsChanged: boolean): void {
    if (this.#isOver) return;
    if (setsChanged && !this.#announceSets()) return;
    const ticks = this.#media.ticks(timestamp, this.#lastPacketAt);
    const unit = this.#gop.seal(key, ticks, this.#client.readAt);
    if (unit === null) return;
    this.#lastUnitAt = this.#lastPacketAt;
    this.#events.onAccessUnit(unit);
  }

  /** False when there is nothing to decode the unit with. */
  #announceSets(): boolean {
    const sets = this.#h264.sets.take();
    if (sets === null) {
      this.#h264.lost(); // waits for a key frame that comes with its sets
      return false;
    }
    const now = this.#lastPacketAt;
    this.#setChangeTimes = [...this.#setChangeTimes.filter((at) => now - at < minuteMs), now];
    if (this.#setChangeTimes.length > setChangesLimit) {
      this.#fail('the picture format changes without end');
      return false;
    }
    this.#events.onParameterSets(sets);
    return true;
  }

  #controlPacket(bytes: Buffer, start: number, end: number): void {
    const found = parseRtcp(bytes, start, end);
    if (found.report === null) return;
    this.#senderReport = { packet: found.report, at: this.#client.readMonotonic };
    const ticks = this.#media.peek(found.report.rtpTimestamp);
    if (ticks === null) return;
    this.#events.onSenderReport({ cameraClockAt: found.report.cameraClockAt, ticks, arrivedAt: this.#client.readAt });
  }

  #check(): void {
    this.#client.check();
    if (this.#client.step !== 'playing') return;
    const now = this.#deps.clock.monotonic();
    if (now - this.#lastPacketAt > silenceLimitMs) return this.#client.fail({ reason: 'camera_silent', outcome: 'silent', detail: `no video for ${silenceLimitMs} ms` });
    if (now - this.#lastUnitAt > firstUnitLimitMs) return this.#fail(`no whole picture for ${firstUnitLimitMs} ms (${this.#h264.malformed} malformed packets)`);
    if (!this.#isPaced && now - this.#playingSince >= settleMs) {
      this.#isPaced = true;
      this.#client.pace();
    }
    if (now >= this.#reportDueAt) this.#sendReport(now);
  }

  #sendReport(now: number): void {
    this.#reportDueAt = now + receiverReportMs;
    const last = this.#senderReport;
    const lostInInterval = this.#lost - this.#reported.lost;
    const state = {
      ourSsrc: this.#ourSsrc,
      cameraSsrc: this.#header.ssrc,
      lost: this.#lost,
      lostInInterval,
      expectedInInterval: this.#packets - this.#reported.packets + lostInInterval,
      extendedHighest: this.#sequence.extendedHighest,
      lastReport: last === null ? null : { ntpMiddle: last.packet.ntpMiddle, ageMs: now - last.at },
    };
    this.#reported = { packets: this.#packets, lost: this.#lost };
    this.#client.send(receiverReportFrame(this.#client.controlChannel, state));
  }

  #full(): void {
    if (this.#gop.openBytes > unitLimitBytes) this.#fail('a picture without end');
    else this.#client.fail({ reason: 'memory_bound', outcome: 'camera_error', detail: `more than ${uncutLimitBytes} bytes waited to be written` });
  }

  #fail(detail: string): void {
    this.#client.fail({ reason: 'stream_invalid', outcome: 'silent', detail });
  }

  #ended(cause: EndCause): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#membership.leave();
    this.#deps.log.info('camera connection ended', { reason: cause.reason, outcome: cause.outcome, detail: cause.detail, packets: this.#packets, lost: this.#lost });
    this.#events.onEnd(cause.reason, cause.detail);
  }
}

export const openIngest: OpenIngest = (source, deps, events) => new CameraIngest(source, deps, events);
