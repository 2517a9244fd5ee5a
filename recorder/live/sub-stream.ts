/**
 * The small stream of one camera: opened with its first viewer, closed some seconds after its last one, and never recorded. It stands on
 * its own: whatever it does, the connection that is recorded goes on.
 */
import type { CameraSource } from '../../contract/recorder.ts';
import type { Timer } from '../../server/src/base/clock.ts';
import { kibibyte, mebibyte, secondMs, videoTicksPerSecond } from '../../server/src/base/units.ts';
import { openIngest } from '../ingest/index.ts';
import type { AccessUnit, Ingest, IngestDeps } from '../ingest/index.ts';
import { RunClock } from '../media-clock.ts';
import { LiveFeed } from './live-feed.ts';
import type { CachedPicture, LiveState, ViewerSink } from './live-feed.ts';

/** Whoever turns pages on the wall comes back within this time, and finds the stream open. */
export const lingerMs = 5 * secondMs;
/** Past this a viewer waits for the next key frame instead. */
const groupLimitBytes = 4 * mebibyte;
/** Media times further apart than this are no one stream. */
const jumpTicks = 3 * videoTicksPerSecond;
/** What one picture of the group costs beside its bytes: a stream of empty pictures must end as well. */
const pictureCostBytes = kibibyte;

export interface SubStreamDeps extends IngestDeps {
  /** It is over: closed for want of viewers, or because the camera no longer gives it. */
  onOver: () => void;
}

/** The connection of the small stream; null: this camera has none, or is not to be asked for pictures now. */
export const subSourceOf = (source: CameraSource | undefined): CameraSource | null =>
  source?.record === true && source.subUrl != null ? { ...source, url: source.subUrl, label: `${source.label} (sub)` } : null;

const connectionFields = ['url', 'username', 'password', 'allowLocal', 'transport', 'tlsFingerprint'] as const satisfies readonly (keyof CameraSource)[];

export class SubStream {
  readonly #deps: SubStreamDeps;
  readonly #source: CameraSource;
  readonly #feed: LiveFeed;
  #ingest: Ingest | null = null;
  #clock: RunClock | null = null;
  #lastTicks = 0;
  #group: CachedPicture[] = [];
  #groupBytes = 0;
  #state: LiveState;
  #closing: Timer | null = null;
  #over = false;

  constructor(source: CameraSource, state: LiveState, deps: SubStreamDeps) {
    this.#source = source;
    this.#deps = deps;
    this.#state = state;
    this.#feed = new LiveFeed(state, (isWatched) => this.#watched(isWatched));
  }

  get viewers(): number {
    return this.#feed.viewers;
  }

  get isOpen(): boolean {
    return this.#ingest !== null;
  }

  get bytes(): number {
    return this.#ingest?.stats().bytes ?? 0;
  }

  async attach(sink: ViewerSink): Promise<void> {
    await this.#feed.attach(sink, async () => [...this.#group]);
  }

  detach(sink: ViewerSink): void {
    this.#feed.detach(sink);
  }

  /** What is told of the camera itself, whichever of its streams is watched. */
  state(state: LiveState): void {
    if (state.state === this.#state.state && state.since === this.#state.since) return;
    this.#state = state;
    this.#feed.state(state);
  }

  /** The same connection would be made with these settings. */
  fits(source: CameraSource | null): boolean {
    return source !== null && connectionFields.every((field) => (source[field] ?? null) === (this.#source[field] ?? null));
  }

  /** It cannot be had (any more): every viewer is told by the end of its stream. */
  end(): void {
    if (this.#leave()) this.#feed.end();
  }

  /** The recorder stops: viewers tell this from an end. */
  breakOff(): void {
    if (this.#leave()) this.#feed.breakOff();
  }

  #watched(isWatched: boolean): void {
    if (this.#over) return;
    this.#closing?.cancel();
    this.#closing = isWatched ? null : this.#deps.clock.after(lingerMs, () => this.end());
    if (isWatched && this.#ingest === null) this.#open();
  }

  #open(): void {
    this.#ingest = openIngest(this.#source, this.#deps, {
      onParameterSets: (sets) => this.#feed.config(sets),
      onAccessUnit: (unit) => this.#guarded(unit),
      onSenderReport: () => undefined,
      onPacketsLost: () => undefined,
      onPlaying: () => this.#deps.log.debug('sub stream plays', { cameraId: this.#source.cameraId }),
      onEnd: (reason, detail) => {
        this.#deps.log.info('sub stream ended', { cameraId: this.#source.cameraId, reason, detail });
        this.end();
      },
    });
    this.#ingest.watched(true);
  }

  /** A fault of ours while its data is handled costs this stream, never the process. */
  #guarded(unit: AccessUnit): void {
    try {
      this.#onUnit(unit);
    } catch (error) {
      this.#deps.log.error('sub stream could not be handled', { cameraId: this.#source.cameraId, error });
      this.#deps.clock.after(0, () => this.end());
    }
  }

  #onUnit(unit: AccessUnit): void {
    if (this.#clock === null || Math.abs(unit.ticks - this.#lastTicks) > jumpTicks) this.#clock = new RunClock(unit.ticks, unit.arrivedAt);
    this.#clock.observe(unit.ticks, unit.arrivedAt);
    this.#lastTicks = unit.ticks;
    const mediaAt = this.#clock.at(unit.ticks);
    this.#keep(unit, mediaAt);
    this.#feed.unit(unit, mediaAt);
    this.#ingest?.cut()?.release();
  }

  /** The newest group of pictures, copied: the buffers of the ingest go round. */
  #keep(unit: AccessUnit, mediaAt: number): void {
    if (unit.key || unit.afterLoss) this.#forget();
    if (unit.afterLoss || (!unit.key && this.#group.length === 0)) return;
    this.#groupBytes += unit.size + pictureCostBytes;
    if (this.#groupBytes > groupLimitBytes) return this.#forget();
    this.#group.push({ key: unit.key, mediaAt, arrivedAt: unit.arrivedAt, bytes: Buffer.from(unit.buffer.subarray(unit.offset, unit.offset + unit.size)) });
  }

  #forget(): void {
    this.#group = [];
    this.#groupBytes = 0;
  }

  /** True the first time. */
  #leave(): boolean {
    if (this.#over) return false;
    this.#over = true;
    this.#closing?.cancel();
    this.#ingest?.close();
    this.#ingest = null;
    this.#forget();
    this.#deps.onOver();
    return true;
  }
}
