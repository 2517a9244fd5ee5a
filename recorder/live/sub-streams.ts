/** The small streams that are open now, at most one a camera. */
import type { CameraSource } from '../../contract/recorder.ts';
import type { IngestDeps } from '../ingest/index.ts';
import type { LiveState, ViewerSink } from './live-feed.ts';
import { SubStream, subSourceOf } from './sub-stream.ts';

/** Of one camera as the recorder runs it. */
export interface SubStreamCamera {
  readonly source: CameraSource;
  readonly live: { readonly newestState: LiveState };
}

export class SubStreams {
  readonly #deps: IngestDeps;
  readonly #camera: (cameraId: string) => SubStreamCamera | undefined;
  readonly #open = new Map<string, SubStream>();

  constructor(deps: IngestDeps, camera: (cameraId: string) => SubStreamCamera | undefined) {
    this.#deps = deps;
    this.#camera = camera;
  }

  /** Open ones, with or without viewers. */
  get count(): number {
    return this.#open.size;
  }

  /** Puts a viewer on the small stream of a camera; answers how it leaves. Null: there is none to be had. */
  attach(cameraId: string, sink: ViewerSink): (() => void) | null {
    const camera = this.#camera(cameraId);
    const source = subSourceOf(camera?.source);
    if (camera === undefined || source === null) return null;
    const stream = this.#open.get(cameraId) ?? this.#make(cameraId, source, camera.live.newestState);
    void stream.attach(sink);
    return () => stream.detach(sink);
  }

  /** Every second and after new settings: what its camera no longer gives ends, and what is told of the camera reaches who watches. */
  look(): void {
    for (const [cameraId, stream] of [...this.#open]) {
      const camera = this.#camera(cameraId);
      if (camera === undefined || !stream.fits(subSourceOf(camera.source))) stream.end();
      else stream.state(camera.live.newestState);
    }
  }

  breakOff(): void {
    for (const stream of [...this.#open.values()]) stream.breakOff();
  }

  #make(cameraId: string, source: CameraSource, state: LiveState): SubStream {
    const stream = new SubStream(source, state, { ...this.#deps, onOver: () => this.#open.delete(cameraId) });
    this.#open.set(cameraId, stream);
    return stream;
  }
}
