/** One camera from its connection to its access units: `openIngest` puts RTSP, the receiver and the drain clock together. */
import type { CameraSource } from '../../contract/recorder.ts';
import { secondMs } from '../../server/src/base/units.ts';
import { type EndCause, gapDetail } from './cause.ts';
import type { DrainMembership } from './drain.ts';
import type { AccessUnit, Ingest, IngestDeps, IngestEvents, OpenIngest, Region } from './interface.ts';
import { VideoReceiver } from './receiver.ts';
import { RtspClient } from './rtsp-client.ts';

/** A camera is read as its data arrives for this long: with its small send buffer, the beginning is where packets get lost. */
export const settleMs = 3 * secondMs;
export const silenceLimitMs = 10 * secondMs;
/** Longer than any usual distance of key frames: media comes, but nothing that could be kept. */
export const wholeUnitLimitMs = 20 * secondMs;
const receiverReportMs = 10 * secondMs;

class CameraIngest implements Ingest {
  readonly #deps: IngestDeps;
  readonly #events: IngestEvents;
  readonly #receiver: VideoReceiver;
  readonly #client: RtspClient;
  readonly #membership: DrainMembership;
  readonly #overUdp: boolean;
  #isOver = false;
  #playingSince = 0;
  #isPaced = false;
  #saidTimes = false;
  #reportDueAt = 0;

  constructor(source: CameraSource, deps: IngestDeps, events: IngestEvents) {
    this.#deps = deps;
    this.#events = events;
    this.#overUdp = source.transport === 'udp';
    const receiver = new VideoReceiver(deps.pool, {
      onParameterSets: (sets) => events.onParameterSets(sets),
      onAccessUnit: (unit) => events.onAccessUnit(unit),
      onSenderReport: (report) => events.onSenderReport(report),
      onPacketsLost: (count) => events.onPacketsLost(count),
      onBroken: (reason, detail) => this.#client.fail({ reason, outcome: 'camera_error', detail }),
    });
    this.#receiver = receiver;
    this.#client = new RtspClient(source, deps.clock, {
      onTrack: (track) => receiver.takeTrack(track),
      onPlaying: () => this.#playing(),
      onMedia: (bytes, start, end, time) => receiver.media(bytes, start, end, time),
      onControl: (bytes, start, end, time) => receiver.control(bytes, start, end, time),
      onEnd: (cause) => this.#ended(cause),
    });
    this.#membership = deps.drain.join({ drain: () => this.#client.drain(), check: () => this.#check() });
    this.#client.start();
  }

  cut(before?: AccessUnit): Region | null {
    return this.#receiver.cut(before);
  }

  watched(isWatched: boolean): void {
    if (!this.#isOver) this.#membership.watched(isWatched);
  }

  close(): void {
    this.#isOver = true;
    this.#membership.leave();
    this.#client.close();
    this.#receiver.discard();
  }

  stats(): { bytes: number; packets: number; lost: number } {
    return { bytes: this.#client.bytes, packets: this.#receiver.packets, lost: this.#receiver.lost };
  }

  #playing(): void {
    const now = this.#deps.clock.monotonic();
    this.#playingSince = now;
    this.#reportDueAt = now + receiverReportMs;
    this.#events.onPlaying();
  }

  #check(): void {
    this.#client.check();
    if (this.#client.step !== 'playing') return;
    const now = this.#deps.clock.monotonic();
    const since = (at: number): number => now - Math.max(at, this.#playingSince);
    if (since(this.#receiver.lastPacketAt) > silenceLimitMs) {
      return this.#client.fail({ reason: 'camera_silent', outcome: 'silent', detail: `no video for ${silenceLimitMs} ms${this.#overUdp ? ' over UDP: something between may let none through' : ''}` });
    }
    if (since(this.#receiver.lastUnitAt) > wholeUnitLimitMs) {
      const detail = `no whole picture for ${wholeUnitLimitMs} ms (${this.#receiver.malformed} malformed packets)`;
      return this.#client.fail({ reason: 'stream_invalid', outcome: 'silent', detail });
    }
    if (this.#receiver.timesByArrival && !this.#saidTimes) {
      this.#saidTimes = true;
      this.#deps.log.warn('camera: its time stamps do not tell time; the time of arrival is taken');
    }
    if (!this.#isPaced && now - this.#playingSince >= settleMs) {
      this.#isPaced = true;
      this.#client.pace();
    }
    if (now >= this.#reportDueAt) {
      this.#reportDueAt = now + receiverReportMs;
      this.#client.sendReport(this.#receiver.receiverReport(this.#client.controlChannel, now));
    }
  }

  #ended(cause: EndCause): void {
    this.#receiver.stop();
    this.#membership.leave();
    if (this.#isOver) return;
    this.#isOver = true;
    const { packets, lost } = this.#receiver;
    this.#deps.log.info('camera connection ended', { reason: cause.reason, outcome: cause.outcome, detail: cause.detail, packets, lost });
    this.#events.onEnd(cause.reason, gapDetail(cause));
  }
}

export const openIngest: OpenIngest = (source, deps, events) => new CameraIngest(source, deps, events);
