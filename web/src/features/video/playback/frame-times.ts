/** The exact instants of frames in the fragments that were fetched, so that a frame step is one frame and not a guess from the frame rate. Pure. */
import { trackTimescale, type FragmentHeadRead } from '../../../../../formats/fmp4/index.ts';

/** A neighbour further away than this is not the next frame but the far side of a hole. */
const reachMs = 2_000;
const sameMs = 1;

export class FrameTimes {
  readonly #fragments = new Map<string, number[]>();

  /** startAt: UTC ms of the fragment's first sample. */
  add(key: string, startAt: number, head: Pick<FragmentHeadRead, 'samples'>): void {
    let ticks = 0;
    const times = head.samples.map((sample) => {
      const at = startAt + ((ticks + sample.compositionTicks) * 1_000) / trackTimescale;
      ticks += sample.durationTicks;
      return at;
    });
    this.#fragments.set(key, times.toSorted((a, b) => a - b));
  }
  next(at: number): number | null {
    return this.#nearest((time) => time > at + sameMs && time <= at + reachMs, Math.min);
  }
  previous(at: number): number | null {
    return this.#nearest((time) => time < at - sameMs && time >= at - reachMs, Math.max);
  }
  /** Forgets what lies far from the playhead. */
  keepAround(at: number, spanMs: number): void {
    for (const [key, times] of this.#fragments) if (Math.abs((times[0] ?? 0) - at) > spanMs) this.#fragments.delete(key);
  }
  clear(): void {
    this.#fragments.clear();
  }
  #nearest(fits: (time: number) => boolean, choose: (a: number, b: number) => number): number | null {
    let found: number | null = null;
    for (const times of this.#fragments.values()) for (const time of times) if (fits(time)) found = found === null ? time : choose(found, time);
    return found;
  }
}
