/**
 * Live fan-out of one camera: every viewer first gets what is known (config, state, the newest group of pictures), then each unit as it
 * comes. A viewer that reads slowly loses frames until the next key frame; nobody slows the writer.
 */
import type { CameraState, LiveConfig } from '../../contract/recorder.ts';
import type { AccessUnit, ParameterSets } from '../ingest/index.ts';
import { configFrame, stateFrame, unitFrame } from './framing.ts';

/** What a viewer's connection must be able to do; an http.ServerResponse is one. */
export interface ViewerSink {
  readonly writableLength: number;
  write(chunk: Uint8Array): boolean;
  end(): void;
  destroy(): void;
}

export interface CachedPicture {
  key: boolean;
  mediaAt: number;
  arrivedAt: number;
  bytes: Buffer;
}

/** Two seconds at 8 Mbit/s: behind that a picture is no longer live. */
const behindLimitBytes = 2 * 1_024 * 1_024;
/** What may wait while the cached group is read. */
const waitingLimitBytes = 8 * 1_024 * 1_024;

interface Viewer {
  sink: ViewerSink;
  /** Frames that came while the cached group was being read; null once live. */
  waiting: { frame: Buffer; unit: 'key' | 'other' | null }[] | null;
  waitingBytes: number;
  /** Frames are left out until the next key frame. */
  behind: boolean;
}

export interface LiveState {
  state: CameraState;
  since: number;
  detail: string;
}

export class LiveFeed {
  readonly #viewers = new Set<Viewer>();
  readonly #onWatched: (isWatched: boolean) => void;
  #config: Buffer | null = null;
  #state: LiveState;
  /** Units left out for slow viewers, since the start. */
  droppedUnits = 0;

  constructor(initial: LiveState, onWatched: (isWatched: boolean) => void) {
    this.#state = initial;
    this.#onWatched = onWatched;
  }

  get newestState(): LiveState {
    return this.#state;
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  config(sets: ParameterSets): void {
    const config: LiveConfig = { codec: sets.codec, width: sets.width, height: sets.height, decoderConfig: sets.decoderConfig.toString('base64') };
    const frame = configFrame(config);
    if (this.#config?.equals(frame) === true) return;
    this.#config = frame;
    for (const viewer of this.#viewers) this.#put(viewer, frame);
  }

  state(state: LiveState): void {
    this.#state = state;
    this.#state = state;
    for (const viewer of this.#viewers) this.#put(viewer, stateFrame(state));
  }

  unit(unit: AccessUnit, mediaAt: number): void {
    // Recorded, but not shown: live, a picture that smears is worse than one that stands still up to the next key frame.
    if (this.#viewers.size === 0 || unit.afterLoss) return;
    const bytes = unit.buffer.subarray(unit.offset, unit.offset + unit.size);
    const frame = unitFrame({ key: unit.key, cached: false, mediaAt, arrivedAt: unit.arrivedAt, bytes });
    for (const viewer of this.#viewers) this.#offer(viewer, frame, unit.key);
  }

  /** `cached` is asked for at once and in this turn, so that the group it gives and the units that follow join. */
  async attach(sink: ViewerSink, cached: () => Promise<CachedPicture[]>): Promise<void> {
    const viewer: Viewer = { sink, waiting: [], waitingBytes: 0, behind: false };
    this.#viewers.add(viewer);
    if (this.#viewers.size === 1) this.#onWatched(true);
    if (this.#config !== null) sink.write(this.#config);
    sink.write(stateFrame(this.#state));
    const pictures = await cached().catch(() => []);
    if (!this.#viewers.has(viewer)) return;
    for (const picture of pictures) sink.write(unitFrame({ ...picture, cached: true }));
    const waited = viewer.waiting ?? [];
    viewer.waiting = null;
    // Without a group nothing can be decoded before the next key frame.
    if (pictures.length === 0) viewer.behind = true;
    for (const { frame, unit } of waited) {
      if (unit === 'key') viewer.behind = false;
      if (unit === null || !viewer.behind) sink.write(frame);
    }
  }

  detach(sink: ViewerSink): void {
    for (const viewer of this.#viewers) if (viewer.sink === sink) this.#viewers.delete(viewer);
    if (this.#viewers.size === 0) this.#onWatched(false);
  }

  /** The camera was removed: every stream ends. */
  end(): void {
    for (const viewer of this.#viewers) viewer.sink.end();
    this.#viewers.clear();
  }

  /** The recorder stops: streams break off, which their readers tell from an end. */
  breakOff(): void {
    for (const viewer of this.#viewers) viewer.sink.destroy();
    this.#viewers.clear();
  }

  #put(viewer: Viewer, frame: Buffer, unit: 'key' | 'other' | null = null): void {
    if (viewer.waiting === null) viewer.sink.write(frame);
    else viewer.waiting.push({ frame, unit });
  }

  #offer(viewer: Viewer, frame: Buffer, key: boolean): void {
    const queued = viewer.waiting === null ? viewer.sink.writableLength : viewer.waitingBytes;
    const limit = viewer.waiting === null ? behindLimitBytes : waitingLimitBytes;
    if (queued > limit) viewer.behind = true;
    else if (key) viewer.behind = false;
    if (viewer.behind) {
      this.droppedUnits += 1;
      return;
    }
    viewer.waitingBytes += frame.length;
    this.#put(viewer, frame, key ? 'key' : 'other');
  }
}
