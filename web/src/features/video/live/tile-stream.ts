/**
 * Which stream of a camera a tile watches: the small one in a small tile, the large one else. A change is made before it is broken off:
 * the old stream is shown until the new one begins with its key frame, so that nobody sees the tile go dark.
 */
import type { LiveStreamName } from '../../../../../contract/live.ts';
import type { LiveConfig } from '../../../../../contract/recorder.ts';
import type { EndReason, LiveSocket, WatchHandlers } from '../../../app/live-socket.ts';

/** A camera whose small stream could not be had is asked for it again after this. */
export const subAgainMs = 60_000;
/** After a refused change. */
export const changeAgainMs = 10_000;

export interface StreamNeeds {
  /** The camera has a small stream. */
  subStream: boolean;
  /** 0 before the tile was measured. */
  tileWidthPx: number;
  windowWidthPx: number;
  /** Every point of the picture counts now: a snapshot is being taken. */
  sharp: boolean;
}

interface Watch {
  stream: LiveStreamName;
  stop: () => void;
  config: LiveConfig | null;
}

type Sink = Pick<WatchHandlers, 'onAccessUnit' | 'onState' | 'onRefused' | 'onEnded'> & { onConfig: (config: LiveConfig) => void; onInterrupted: () => void };

export class TileStream {
  readonly #socket: Pick<LiveSocket, 'watch'>;
  readonly #cameraId: string;
  readonly #sink: Sink;
  #needs: StreamNeeds = { subStream: false, tileWidthPx: 0, windowWidthPx: 0, sharp: false };
  #now: Watch | null = null;
  #next: Watch | null = null;
  #noSubUntilMs = Number.NEGATIVE_INFINITY;
  #changeFromMs = Number.NEGATIVE_INFINITY;
  readonly #undecodable = new Set<LiveStreamName>();

  constructor(socket: Pick<LiveSocket, 'watch'>, cameraId: string, sink: Sink) {
    this.#socket = socket;
    this.#cameraId = cameraId;
    this.#sink = sink;
  }

  /** The stream that is shown; null: none is watched. */
  get shown(): LiveStreamName | null {
    return this.#now?.stream ?? null;
  }

  need(needs: Partial<StreamNeeds>): void {
    this.#needs = { ...this.#needs, ...needs };
  }

  /** Begins anew with the stream that fits now. */
  start(nowMs: number): void {
    this.stop();
    this.#now = this.#watch(this.wanted(nowMs));
  }

  stop(): void {
    this.#now?.stop();
    this.#dropNext();
    this.#now = null;
  }

  /** Often: a tile that became small or large changes its stream. */
  look(nowMs: number): void {
    if (this.#now === null) return;
    const wanted = this.wanted(nowMs);
    if (this.#next !== null && this.#next.stream !== wanted) this.#dropNext();
    if (wanted !== this.#now.stream && this.#next === null && nowMs >= this.#changeFromMs) this.#next = this.#watch(wanted);
  }

  /** This browser cannot decode what is shown: the other stream may be of another kind. True: it is tried. */
  undecodable(nowMs: number): boolean {
    if (this.#now === null) return false;
    this.#undecodable.add(this.#now.stream);
    this.look(nowMs);
    return this.#next !== null;
  }

  wanted(nowMs: number): LiveStreamName {
    const { subStream, tileWidthPx, windowWidthPx, sharp } = this.#needs;
    if (!subStream || nowMs < this.#noSubUntilMs || this.#undecodable.has('sub')) return 'main';
    if (this.#undecodable.has('main')) return 'sub';
    return !sharp && tileWidthPx > 0 && tileWidthPx < windowWidthPx / 2 ? 'sub' : 'main';
  }

  #dropNext(): void {
    this.#next?.stop();
    this.#next = null;
  }

  #watch(stream: LiveStreamName): Watch {
    const watch: Watch = { stream, stop: () => undefined, config: null };
    const shown = (): boolean => watch === this.#now;
    watch.stop = this.#socket.watch(
      this.#cameraId,
      {
        onConfig: (config) => {
          watch.config = config;
          if (shown()) this.#sink.onConfig(config);
        },
        onAccessUnit: (unit) => {
          if (watch === this.#next && unit.key && watch.config !== null) this.#change(watch, watch.config);
          if (shown()) this.#sink.onAccessUnit(unit);
        },
        onState: (state) => {
          if (shown()) this.#sink.onState(state);
        },
        onRefused: (refusal) => {
          if (shown()) this.#sink.onRefused(refusal);
          else this.#notChanged(watch, performance.now());
        },
        onEnded: (reason) => this.#ended(watch, reason, performance.now()),
        onInterrupted: () => {
          if (shown()) this.#sink.onInterrupted();
        },
      },
      stream,
    );
    return watch;
  }

  #change(watch: Watch, config: LiveConfig): void {
    this.#now?.stop();
    this.#now = watch;
    this.#next = null;
    this.#sink.onConfig(config);
  }

  #notChanged(watch: Watch, nowMs: number): void {
    if (watch !== this.#next) return;
    this.#next = null;
    this.#changeFromMs = nowMs + changeAgainMs;
  }

  #ended(watch: Watch, reason: EndReason, nowMs: number): void {
    if (reason === 'sub_unavailable') this.#noSubUntilMs = nowMs + subAgainMs;
    if (watch !== this.#now) return this.#notChanged(watch, nowMs);
    if (reason !== 'sub_unavailable') return this.#sink.onEnded(reason);
    // The last picture stays until the large stream's first.
    this.#sink.onInterrupted();
    this.#dropNext();
    this.#now = this.#watch('main');
  }
}
