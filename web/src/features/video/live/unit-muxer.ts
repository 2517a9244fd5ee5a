/** Puts each access unit into an fMP4 fragment of its own as it arrives, for players that take MP4 only. Pure bytes. */
import { FragmentHead, initSegment, trackTimescale, type VideoTrack } from '../../../../../formats/fmp4/index.ts';

const ticksPerMs = trackTimescale / 1_000;
/** A step of media time beyond this, backwards or forwards, is another beginning and not a pause. */
const stepMs = 10_000;
const firstFrameMs = 40;

export interface MuxedUnit {
  bytes: Uint8Array<ArrayBuffer>;
  /** Seconds on the player's timeline. */
  startSeconds: number;
  frameSeconds: number;
}

export class UnitMuxer {
  readonly #head = new FragmentHead();
  #sequence = 0;
  /** Media time that stands at 0 on the player's timeline. */
  #baseAt: number | null = null;
  #lastAt: number | null = null;
  #frameMs = firstFrameMs;

  init(track: VideoTrack): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(initSegment(track, null));
  }
  unit(unit: { mediaAt: number; key: boolean; data: Uint8Array }): MuxedUnit {
    const previous = this.#lastAt;
    if (this.#baseAt === null) this.#baseAt = unit.mediaAt;
    else if (previous !== null && Math.abs(unit.mediaAt - previous) > stepMs) {
      // The clock stepped: the timeline goes on one frame after what it has.
      this.#baseAt += unit.mediaAt - previous - this.#frameMs;
    } else if (unit.mediaAt < this.#baseAt) this.#baseAt = unit.mediaAt;
    const stepped = previous === null ? 0 : unit.mediaAt - previous;
    // How long a frame lasts is known only with the next one; the last distance is the best guess, and a small hole is played through.
    if (stepped > 5 && stepped < 1_000) this.#frameMs = stepped;
    this.#lastAt = unit.mediaAt;
    this.#sequence += 1;
    const decodeTicks = Math.round((unit.mediaAt - this.#baseAt) * ticksPerMs);
    const head = this.#head.build({
      sequence: this.#sequence, decodeTicks, at: unit.mediaAt,
      samples: [{ size: unit.data.length, durationTicks: Math.round(this.#frameMs * ticksPerMs), key: unit.key, compositionTicks: 0 }],
    });
    const bytes = new Uint8Array(head.length + unit.data.length);
    bytes.set(head);
    bytes.set(unit.data, head.length);
    return { bytes, startSeconds: decodeTicks / trackTimescale, frameSeconds: this.#frameMs / 1_000 };
  }
}
