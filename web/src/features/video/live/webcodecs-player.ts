/** Access units → VideoDecoder → canvas. The shortest way from the camera to the eye: nothing is held back but the cached burst. */
import type { LiveConfig } from '../../../../../contract/recorder.ts';
import type { LiveAccessUnit } from '../../../app/live-frame.ts';
import { bytesOfBase64, type LivePlayer, type PlayerEvents, type Still } from './live-player.ts';
import { CatchUp, UnitGate } from './unit-gate.ts';

interface Fed {
  mediaAt: number;
  arrivedAt: number;
  cached: boolean;
  receivedMs: number;
}

export class WebCodecsPlayer implements LivePlayer {
  readonly kind = 'webcodecs';
  readonly surface: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #events: PlayerEvents;
  readonly #gate = new UnitGate();
  readonly #catchUp = new CatchUp();
  readonly #resizes: ResizeObserver;
  /** By the timestamp that goes through the decoder: a running number, since media time may repeat after a clock step. */
  readonly #fed = new Map<number, Fed>();
  #next = 0;
  #decoder: VideoDecoder | null = null;
  #config: LiveConfig | null = null;
  /** Kept for snapshots in full resolution and for redrawing after a change of size; one frame, so the decoder's pool is not starved. */
  #last: { frame: VideoFrame; fed: Fed } | null = null;

  constructor(events: PlayerEvents) {
    this.#events = events;
    this.surface = document.createElement('canvas');
    this.#context = this.surface.getContext('2d', { alpha: false });
    this.#resizes = new ResizeObserver(() => this.#paint());
    this.#resizes.observe(this.surface);
  }
  get skipped(): number {
    return this.#gate.skipped;
  }
  get thinned(): boolean {
    return this.#gate.thinned;
  }

  configure(config: LiveConfig): void {
    const same = this.#config?.decoderConfig === config.decoderConfig && this.#config.codec === config.codec;
    this.#config = config;
    // After a reconnect the stream starts with a key frame again: the running decoder takes that without being torn down.
    if (same && this.#decoder?.state === 'configured') this.interrupt();
    else this.#open();
  }
  push(unit: LiveAccessUnit): void {
    if (this.#decoder?.state !== 'configured') {
      if (this.#config === null || !unit.key) return;
      this.#open();
    }
    if (!this.#gate.admit(unit, this.#lateMs())) return;
    const timestamp = this.#next;
    this.#next += 1_000;
    this.#fed.set(timestamp, { mediaAt: unit.mediaAt, arrivedAt: unit.arrivedAt, cached: unit.cached, receivedMs: performance.now() });
    try {
      this.#decoder?.decode(new EncodedVideoChunk({ type: unit.key ? 'key' : 'delta', timestamp, data: unit.data }));
    } catch {
      this.#fed.delete(timestamp);
      this.#gate.reset();
    }
  }
  interrupt(): void {
    this.#gate.reset();
    this.#catchUp.restart();
  }
  clear(): void {
    // What is still in the decoder must not come onto the screen afterwards; the next key frame opens a new one.
    this.#shut();
    this.#last?.frame.close();
    this.#last = null;
    this.#context?.clearRect(0, 0, this.surface.width, this.surface.height);
  }
  still(): Still | null {
    const last = this.#last;
    if (last === null) return null;
    const frame = last.frame.clone();
    return {
      width: frame.displayWidth,
      height: frame.displayHeight,
      mediaAt: last.fed.mediaAt,
      paint: (context) => {
        context.drawImage(frame, 0, 0);
        frame.close();
      },
    };
  }
  close(): void {
    this.#resizes.disconnect();
    this.#shut();
    this.#last?.frame.close();
    this.#last = null;
  }

  /** How long the unit that the decoder is at has been there: a map remembers the order in which it was filled. */
  #lateMs(): number {
    for (const { receivedMs } of this.#fed.values()) return performance.now() - receivedMs;
    return 0;
  }
  #shut(): void {
    if (this.#decoder !== null && this.#decoder.state !== 'closed') this.#decoder.close();
    this.#decoder = null;
    this.#fed.clear();
  }
  #open(): void {
    const config = this.#config;
    if (config === null) return;
    this.#shut();
    this.interrupt();
    const decoder = new VideoDecoder({
      output: (frame) => this.#decoded(decoder, frame),
      error: (error) => this.#failed(decoder, error, config.codec),
    });
    this.#decoder = decoder;
    try {
      decoder.configure({ codec: config.codec, description: bytesOfBase64(config.decoderConfig), optimizeForLatency: true });
    } catch (error) {
      this.#failed(decoder, error, config.codec);
    }
  }
  /** A decoder that failed is closed for good; the next key frame opens a new one. */
  #failed(decoder: VideoDecoder, error: unknown, codec: string): void {
    if (this.#decoder !== decoder) return;
    this.#shut();
    this.#gate.reset();
    const hopeless = error instanceof DOMException ? error.name === 'NotSupportedError' : error instanceof TypeError;
    if (hopeless) this.#events.onUndecodable(codec);
  }
  #decoded(decoder: VideoDecoder, frame: VideoFrame): void {
    const fed = this.#fed.get(frame.timestamp);
    if (this.#decoder !== decoder || fed === undefined) {
      frame.close();
      return;
    }
    this.#fed.delete(frame.timestamp);
    if (!this.#catchUp.shows(fed, this.#fed.size, performance.now())) {
      frame.close();
      return;
    }
    this.#last?.frame.close();
    this.#last = { frame, fed };
    this.#paint();
    this.#events.onDrawn({ ...fed, drawnMs: performance.now() });
  }
  /** Never larger than it is seen: sixteen tiles of full HD would otherwise be scaled sixteen times a frame for nothing. */
  #paint(): void {
    const last = this.#last;
    if (last === null || this.#context === null) return;
    const { displayWidth, displayHeight } = last.frame;
    const room = this.surface.clientWidth * devicePixelRatio;
    const scale = room === 0 ? 1 : Math.min(1, Math.max(room / displayWidth, (this.surface.clientHeight * devicePixelRatio) / displayHeight));
    const [width, height] = [Math.max(1, Math.round(displayWidth * scale)), Math.max(1, Math.round(displayHeight * scale))];
    // Setting a size wipes the canvas, so only when it differs, and in the same breath as the new picture: no flash.
    if (this.surface.width !== width || this.surface.height !== height) {
      this.surface.width = width;
      this.surface.height = height;
    }
    this.#context.drawImage(last.frame, 0, 0, width, height);
  }
}
