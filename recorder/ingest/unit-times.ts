/**
 * Media time of each unit. Cameras' time stamps are followed where they tell time. Where they do not (they stand still, or run at another
 * rate than was said), the time of arrival takes their place, smoothed, since units are read in bunches: footage lies where it belongs and
 * plays as fast as it was.
 */
import { secondMs, videoTicksPerSecond } from '../../server/src/base/units.ts';
import { MediaClock } from './rtp.ts';

const ticksPerMs = videoTicksPerSecond / secondMs;
const windowMs = 3 * secondMs;
/** Between these a clock is believed; the first window may hold a burst that the camera had kept for us. */
const slowest = 0.5;
const fastest = 2;
/** So many units in a row with one time stamp; real ones have two at most, the fields of a frame. */
const standingUnits = 12;
/** Paced time further than this from arrival (the camera stood still) goes there at once. */
const largestLagTicks = 2 * videoTicksPerSecond;
const firstIntervalTicks = 3_600;

export class UnitTimes {
  readonly #media = new MediaClock();
  /** Of a clock that is not the usual 90 kHz. */
  #scale = 1;
  #isWrong = false;
  #startedAt = -1;
  #keyTicks = 0;
  #last = 0;
  #lastAt = 0;
  #lastTimestamp = 0;
  #standing = 0;
  #window = { timestamp: 0, at: 0, units: 0 };
  #verdict: 'slow' | 'fast' | null = null;
  #intervalTicks = firstIntervalTicks;

  /** The time stamps do not tell time. */
  get isWrong(): boolean {
    return this.#isWrong;
  }

  /** `perSecond` as the description says. */
  rate(perSecond: number): void {
    if (perSecond > 0) this.#scale = videoTicksPerSecond / perSecond;
  }

  /** Never before the newest key frame: pictures that lead one would end up in the segment before it. */
  ticks(timestamp: number, monotonicMs: number, key: boolean): number {
    if (!this.#isWrong) this.#judge(timestamp, monotonicMs);
    const followed = this.#isWrong ? this.#paced(monotonicMs) : this.#media.ticks(this.#scaled(timestamp), monotonicMs);
    const ticks = key ? followed : Math.max(followed, this.#keyTicks);
    if (key) this.#keyTicks = ticks;
    this.#last = ticks;
    this.#lastAt = monotonicMs;
    return ticks;
  }

  /** Where a time stamp lies on the scale; null before the first unit, and where time stamps tell nothing. */
  peek(timestamp: number): number | null {
    return this.#isWrong ? null : this.#media.peek(this.#scaled(timestamp));
  }

  #scaled(timestamp: number): number {
    if (this.#scale === 1) return timestamp;
    return Math.round(timestamp * this.#scale) % 2 ** 32;
  }

  #judge(timestamp: number, at: number): void {
    const window = this.#window;
    if (this.#startedAt < 0) {
      this.#startedAt = at;
      this.#window = { timestamp, at, units: 0 };
      this.#lastTimestamp = timestamp;
      return;
    }
    window.units += 1;
    this.#standing = timestamp === this.#lastTimestamp ? this.#standing + 1 : 0;
    this.#lastTimestamp = timestamp;
    if (this.#standing >= standingUnits) return this.#wrong(at);
    const passedMs = at - window.at;
    if (passedMs < windowMs) return;
    const ratio = (((timestamp - window.timestamp) | 0) * this.#scale) / ticksPerMs / passedMs;
    const verdict = ratio < slowest ? 'slow' : ratio > fastest ? 'fast' : null;
    if (verdict !== null && verdict === this.#verdict) return this.#wrong(at);
    this.#verdict = verdict;
    this.#window = { timestamp, at, units: 0 };
  }

  #wrong(at: number): void {
    this.#isWrong = true;
    const { units, at: since } = this.#window;
    if (units > 0 && at > since) this.#intervalTicks = ((at - since) * ticksPerMs) / units;
    // A clock that ran ahead is taken back: what follows lies where it came.
    this.#last = Math.min(this.#last, this.#arrived(at));
    this.#keyTicks = this.#last;
  }

  #arrived(at: number): number {
    return (at - this.#startedAt) * ticksPerMs;
  }

  #paced(at: number): number {
    this.#intervalTicks += ((at - this.#lastAt) * ticksPerMs - this.#intervalTicks) * 0.02;
    const next = this.#last + this.#intervalTicks;
    const lag = this.#arrived(at) - next;
    const step = Math.abs(lag) > largestLagTicks ? lag : Math.min(this.#intervalTicks / 2, Math.max(-this.#intervalTicks / 2, lag * 0.1));
    return Math.max(Math.ceil(this.#last) + 1, Math.round(next + step));
  }
}
