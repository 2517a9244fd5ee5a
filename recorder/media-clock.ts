/**
 * Where footage stands in UTC (design: recording, "Time"). Pure: media ticks and arrival times in, instants out.
 * The start of a run is its least-delayed frame, learnt during the first segment; every later segment is stretched or shrunk by at most
 * 500 ppm towards the recorder's clock. Segments of one run join exactly: until of one is from of the next, in the same arithmetic.
 */
import type { Instant } from '../server/src/base/clock.ts';
import { videoTicksPerSecond } from '../server/src/base/units.ts';

/** Quartz in cameras and in recorders is good for 100 ppm each; 500 ppm hides no clock that was set. */
export const nudgeLimit = 500e-6;

export const ticksToMs = (ticks: number): number => (ticks * 1_000) / videoTicksPerSecond;

export interface Span {
  from: Instant;
  until: Instant;
}

export class RunClock {
  /** UTC ms with fraction of the first tick of the current segment. */
  #anchorAt: number;
  #anchorTicks: number;
  /** Least delay of any frame of this segment against the anchor; negative: a frame came earlier than the anchor allows. */
  #leastDelayMs = Number.POSITIVE_INFINITY;
  #first = true;
  readonly #notBefore: number;

  /** `notBefore`: end of earlier footage of the same camera; a run never starts inside it. */
  constructor(firstTicks: number, firstArrivalAt: Instant, notBefore: Instant = Number.NEGATIVE_INFINITY) {
    this.#anchorTicks = firstTicks;
    this.#notBefore = notBefore;
    this.#anchorAt = Math.max(firstArrivalAt, notBefore);
  }

  /** A frame with these ticks arrived then. While the first segment is open the start moves back to the least-delayed frame. */
  observe(ticks: number, arrivedAt: Instant): void {
    const delay = arrivedAt - this.at(ticks);
    if (!this.#first) {
      this.#leastDelayMs = Math.min(this.#leastDelayMs, delay);
      return;
    }
    if (delay < 0) this.#anchorAt = Math.max(this.#anchorAt + delay, this.#notBefore);
  }

  /** UTC ms, with fraction, of a media time in the current segment. */
  at(ticks: number): number {
    return this.#anchorAt + ticksToMs(ticks - this.#anchorTicks);
  }

  /** The current segment as it stands, without closing it or nudging. */
  spanUntil(ticks: number): Span {
    return { from: Math.round(this.#anchorAt), until: Math.round(this.at(ticks)) };
  }

  /** Closes the segment at `ticks` and begins the next there. */
  endSegment(ticks: number): Span {
    const from = this.#anchorAt;
    const lengthMs = Math.max(0, ticksToMs(ticks - this.#anchorTicks));
    const limit = lengthMs * nudgeLimit;
    const wish = this.#first || !Number.isFinite(this.#leastDelayMs) ? 0 : this.#leastDelayMs;
    this.#anchorAt = from + lengthMs + Math.min(limit, Math.max(-limit, wish));
    this.#anchorTicks = ticks;
    this.#leastDelayMs = Number.POSITIVE_INFINITY;
    this.#first = false;
    return { from: Math.round(from), until: Math.round(this.#anchorAt) };
  }
}

/** The camera's own clock against the recorder's, from sender reports: a claim that is kept and never used to place footage. */
export class CameraClockClaim {
  #first: { at: number; offsetMs: number } | null = null;
  #last: { at: number; offsetMs: number } | null = null;

  /** `placedAt`: where the recorder places the media time that the report names. */
  observe(cameraClockAt: Instant, placedAt: number): void {
    const claim = { at: placedAt, offsetMs: cameraClockAt - placedAt };
    this.#first ??= claim;
    this.#last = claim;
  }

  get offsetMs(): number | null {
    return this.#last === null ? null : Math.round(this.#last.offsetMs * 10) / 10;
  }

  /** Parts per million by which the camera's clock runs fast; null before 10 s of reports. */
  get driftPpm(): number | null {
    if (this.#first === null || this.#last === null || this.#last.at - this.#first.at < 10_000) return null;
    return ((this.#last.offsetMs - this.#first.offsetMs) / (this.#last.at - this.#first.at)) * 1e6;
  }
}

/** Finds a step of the wall clock by comparing it with the monotonic one. Slewing (NTP: at most 500 ppm) stays far below the threshold. */
export const clockStepThresholdMs = 250;
export class ClockStepWatch {
  #differenceMs: number;

  constructor(now: Instant, monotonicMs: number) {
    this.#differenceMs = now - monotonicMs;
  }

  /** The step since the last look, ms; 0 when there was none. */
  look(now: Instant, monotonicMs: number): number {
    const difference = now - monotonicMs;
    const step = difference - this.#differenceMs;
    this.#differenceMs = difference;
    return Math.abs(step) >= clockStepThresholdMs ? Math.round(step) : 0;
  }
}
