/** Access units → fMP4 → MediaSource → video element, for browsers and contexts without WebCodecs. Delay is steered, since the element would let it grow. */
import type { LiveConfig } from '../../../../../contract/recorder.ts';
import { sampleEntryOf } from '../../../../../formats/fmp4/index.ts';
import type { LiveAccessUnit } from '../../../app/live-frame.ts';
import { steer } from './latency-steering.ts';
import { bytesOfBase64, type LivePlayer, type PlayerEvents, type Still } from './live-player.ts';
import { UnitGate } from './unit-gate.ts';
import { UnitMuxer } from './unit-muxer.ts';

interface Placed {
  startSeconds: number;
  mediaAt: number;
  arrivedAt: number;
  cached: boolean;
  receivedMs: number;
}

const keepBehindSeconds = 6;
/** Frames that are remembered to find which of them the element shows. */
const placedLimit = 300;

export class MsePlayer implements LivePlayer {
  readonly kind = 'mse';
  readonly surface: HTMLVideoElement;
  readonly #events: PlayerEvents;
  readonly #gate = new UnitGate();
  readonly #muxer = new UnitMuxer();
  #media: MediaSource | null = null;
  #source: SourceBuffer | null = null;
  #type = '';
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #placed: Placed[] = [];
  #shown: Placed | null = null;
  #frameSeconds = 0.04;
  #config: LiveConfig | null = null;
  #closed = false;

  constructor(events: PlayerEvents) {
    this.#events = events;
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.disablePictureInPicture = true;
    this.surface = video;
    video.addEventListener('error', () => this.#broken());
    video.requestVideoFrameCallback(this.#presented);
  }
  get skipped(): number {
    return this.#gate.skipped;
  }
  get thinned(): boolean {
    return this.#gate.thinned;
  }

  configure(config: LiveConfig): void {
    const type = `video/mp4; codecs="${config.codec}"`;
    this.#gate.reset();
    if (!MediaSource.isTypeSupported(type)) {
      this.#config = null;
      this.#events.onUndecodable(config.codec);
      return;
    }
    this.#config = config;
    const changed = this.#type !== type;
    this.#type = type;
    // The same kind of stream goes on in the same element, so that the last picture stays until the next one.
    if (this.#media === null || changed) this.#open(type);
    else if (this.#source !== null) this.#enqueueInit(config);
  }
  push(unit: LiveAccessUnit): void {
    if (this.#config === null) return;
    if (this.#media === null) {
      if (!unit.key) return;
      this.#open(this.#type);
    }
    if (!this.#gate.admit(unit, this.#lateMs())) return;
    const { bytes, startSeconds, frameSeconds } = this.#muxer.unit(unit);
    this.#frameSeconds = frameSeconds;
    this.#placed.push({ startSeconds, mediaAt: unit.mediaAt, arrivedAt: unit.arrivedAt, cached: unit.cached, receivedMs: performance.now() });
    if (this.#placed.length > placedLimit) this.#placed.shift();
    this.#waiting.push(bytes);
    this.#pump();
  }
  interrupt(): void {
    this.#gate.reset();
  }
  clear(): void {
    this.#shut();
    this.surface.removeAttribute('src');
    this.surface.load();
    this.#shown = null;
  }
  still(): Still | null {
    const { videoWidth: width, videoHeight: height } = this.surface;
    if (this.#shown === null || width === 0) return null;
    return { width, height, mediaAt: this.#shown.mediaAt, paint: (context) => context.drawImage(this.surface, 0, 0) };
  }
  close(): void {
    this.#closed = true;
    this.clear();
  }

  /** How long the oldest picture that the element has not shown yet is here: it decodes by itself and only this tells that it is behind. */
  #lateMs(): number {
    const shown = this.#shown?.startSeconds ?? -1;
    const next = this.#placed.find(({ startSeconds }) => startSeconds > shown);
    return next === undefined ? 0 : performance.now() - next.receivedMs;
  }
  #open(type: string): void {
    this.#shut();
    const media = new MediaSource();
    this.#media = media;
    const address = URL.createObjectURL(media);
    media.addEventListener(
      'sourceopen',
      () => {
        URL.revokeObjectURL(address);
        if (this.#media !== media || this.#config === null) return;
        const source = media.addSourceBuffer(type);
        source.addEventListener('updateend', () => this.#settled());
        this.#source = source;
        // Units that came while it opened wait behind their init.
        this.#waiting.unshift(this.#initBytes(this.#config));
        this.#pump();
      },
      { once: true },
    );
    this.surface.src = address;
  }
  #shut(): void {
    this.#media = null;
    this.#source = null;
    this.#waiting = [];
    this.#placed = [];
  }
  #broken(): void {
    if (this.#closed) return;
    this.#shut();
    this.#gate.reset();
  }
  #initBytes(config: LiveConfig): Uint8Array<ArrayBuffer> {
    return this.#muxer.init({ width: config.width, height: config.height, entry: sampleEntryOf(config.codec), decoderConfig: bytesOfBase64(config.decoderConfig) });
  }
  #enqueueInit(config: LiveConfig): void {
    this.#waiting.push(this.#initBytes(config));
    this.#pump();
  }
  /** Everything that waits goes in at once: one wake-up of the element for the whole cached group. */
  #pump(): void {
    const source = this.#source;
    if (source === null || source.updating || this.#waiting.length === 0 || this.#media?.readyState !== 'open') return;
    const bytes = new Uint8Array(this.#waiting.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#waiting) {
      bytes.set(part, at);
      at += part.length;
    }
    this.#waiting = [];
    try {
      source.appendBuffer(bytes);
    } catch {
      this.#broken();
    }
  }
  #settled(): void {
    const source = this.#source;
    const { buffered } = this.surface;
    if (source === null || buffered.length === 0) return;
    const last = buffered.length - 1;
    const [from, until] = [buffered.start(last), buffered.end(last)];
    const order = steer({ currentTime: this.surface.currentTime, bufferedFrom: from, bufferedUntil: until, frameSeconds: this.#frameSeconds });
    if (order.jumpTo !== null) this.surface.currentTime = order.jumpTo;
    if (this.surface.playbackRate !== order.playbackRate) this.surface.playbackRate = order.playbackRate;
    if (this.surface.paused) this.surface.play().catch(() => undefined);
    const first = buffered.start(0);
    if (this.#waiting.length === 0 && this.surface.currentTime - first > 2 * keepBehindSeconds) source.remove(first, this.surface.currentTime - keepBehindSeconds);
    else this.#pump();
  }
  readonly #presented = (now: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
    if (this.#closed) return;
    this.surface.requestVideoFrameCallback(this.#presented);
    const placed = this.#placed.findLast(({ startSeconds }) => startSeconds <= mediaTime + 0.002);
    if (placed === undefined || placed === this.#shown) return;
    this.#shown = placed;
    this.#events.onDrawn({ mediaAt: placed.mediaAt, arrivedAt: placed.arrivedAt, cached: placed.cached, receivedMs: placed.receivedMs, drawnMs: Math.max(now, performance.now()) });
  };
}
