/** A video element fed with segment files: wall-clock instants on one side, the element's seconds on the other. */
import type { Span } from './footage-map.ts';
import { SourceQueue } from './source-queue.ts';
import { behindMs } from './fragment-scheduler.ts';

/** The element's time line reaches this far to both sides of where it was opened; further away a new one is made. */
const reachMs = 48 * 3_600_000;

export class UndecodableError extends Error {
  readonly codec: string;
  constructor(codec: string) {
    super(codec);
    this.codec = codec;
  }
}
export const mimeOf = (codec: string): string => `video/mp4; codecs="${codec}"`;

export class MediaTrack {
  readonly #video: HTMLVideoElement;
  readonly #media = new MediaSource();
  readonly #opened: Promise<void>;
  /** UTC ms at the element's second 0. */
  readonly #baseAt: number;
  #queue: SourceQueue | null = null;
  #source: SourceBuffer | null = null;

  constructor(video: HTMLVideoElement, around: number) {
    this.#video = video;
    this.#baseAt = Math.floor(around / 1_000) * 1_000 - reachMs;
    const address = URL.createObjectURL(this.#media);
    this.#opened = new Promise((resolve) => {
      this.#media.addEventListener(
        'sourceopen',
        () => {
          URL.revokeObjectURL(address);
          // A known end lets the element seek to what is not fetched yet.
          if (this.#media.readyState === 'open') this.#media.duration = (2 * reachMs) / 1_000;
          resolve();
        },
        { once: true },
      );
    });
    video.src = address;
  }
  holds(at: number): boolean {
    return at >= this.#baseAt + 60_000 && at <= this.#baseAt + 2 * reachMs - 60_000;
  }
  secondsOf(at: number): number {
    return (at - this.#baseAt) / 1_000;
  }
  atOf(seconds: number): number {
    return this.#baseAt + seconds * 1_000;
  }
  get usable(): boolean {
    return this.#media.readyState === 'open';
  }

  /** zeroAt: UTC ms of the file's own time 0. false: given up because of a seek in between. */
  async append(bytes: Uint8Array<ArrayBuffer>, zeroAt: number, codec: string): Promise<boolean> {
    await this.#opened;
    return this.#ready(codec).append(bytes, this.secondsOf(zeroAt), mimeOf(codec));
  }
  async remove(span: Span): Promise<void> {
    await this.#queue?.remove(Math.max(0, this.secondsOf(span.from)), this.secondsOf(span.until));
  }
  async empty(): Promise<void> {
    await this.#queue?.empty();
  }
  cancel(): void {
    this.#queue?.cancel();
  }
  buffered(): Span[] {
    const ranges = this.#source === null || !this.usable ? null : this.#source.buffered;
    return Array.from({ length: ranges?.length ?? 0 }, (_, n) => ({ from: this.atOf(ranges?.start(n) ?? 0), until: this.atOf(ranges?.end(n) ?? 0) }));
  }

  #ready(codec: string): SourceQueue {
    if (this.#queue === null) {
      const type = mimeOf(codec);
      if (!MediaSource.isTypeSupported(type)) throw new UndecodableError(codec);
      this.#source = this.#media.addSourceBuffer(type);
      this.#queue = new SourceQueue(this.#source, type, () => {
        const end = this.#video.currentTime - behindMs / 3_000;
        return end > 0 ? { start: 0, end } : null;
      });
    } else if (!MediaSource.isTypeSupported(mimeOf(codec))) throw new UndecodableError(codec);
    return this.#queue;
  }
}
