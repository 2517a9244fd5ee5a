/** Footage from the server. Opening a playback is the recorded act that names camera and span; it comes before the first byte (contract/video.ts). */
import { closePlayback, openPlayback, segmentIndex, segmentMedia } from '../../../../../contract/video.ts';
import { call, callBytes, RefusalError } from '../../../app/client.ts';
import type { FootageSegment } from './footage-map.ts';
import type { SegmentIndex } from './fragment-scheduler.ts';

export interface FootageSource {
  index(segment: FootageSegment, signal: AbortSignal): Promise<SegmentIndex>;
  /** Bytes [start, end) of the segment's file. */
  read(segment: FootageSegment, start: number, end: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  close(): void;
}

const hourMs = 3_600_000;
/** A segment lasts ten minutes at most (contract/recorder.ts), so an hour's last one ends within this. */
const tailMs = 600_000;

export class ServerFootage implements FootageSource {
  readonly #cameraId: string;
  /** One playback an hour of footage: the record says what was asked for, not the whole day. */
  readonly #playbacks = new Map<number, Promise<string>>();
  constructor(cameraId: string) {
    this.#cameraId = cameraId;
  }

  index(segment: FootageSegment, signal: AbortSignal): Promise<SegmentIndex> {
    return this.#within(segment, (playbackId) => call(segmentIndex, { params: { playbackId, segmentId: segment.segmentId }, signal }));
  }
  async read(segment: FootageSegment, start: number, end: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const range = `bytes=${String(start)}-${String(end - 1)}`;
    const bytes = await this.#within(segment, (playbackId) => callBytes(segmentMedia, { params: { playbackId, segmentId: segment.segmentId }, range, signal }));
    // A proxy that ignores Range answers with the whole file.
    return bytes.byteLength === end - start ? new Uint8Array(bytes) : new Uint8Array(bytes.slice(start, end));
  }
  close(): void {
    for (const opened of this.#playbacks.values()) void opened.then((playbackId) => call(closePlayback, { params: { playbackId } })).catch(() => undefined);
    this.#playbacks.clear();
  }

  #playback(hour: number): Promise<string> {
    let opened = this.#playbacks.get(hour);
    if (opened === undefined) {
      opened = call(openPlayback, { body: { cameraId: this.#cameraId, from: hour, until: hour + hourMs + tailMs, clip: true } }).then(({ playbackId }) => playbackId);
      this.#playbacks.set(hour, opened);
      opened.catch(() => this.#playbacks.delete(hour));
    }
    return opened;
  }
  /** A playback ends after some hours; it is opened anew, once, and that too is recorded. */
  async #within<T>(segment: FootageSegment, act: (playbackId: string) => Promise<T>): Promise<T> {
    const hour = Math.floor(segment.from / hourMs) * hourMs;
    try {
      return await act(await this.#playback(hour));
    } catch (error) {
      if (!(error instanceof RefusalError) || !error.refusal.code.includes('playback')) throw error;
      this.#playbacks.delete(hour);
      return act(await this.#playback(hour));
    }
  }
}
