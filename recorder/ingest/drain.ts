/**
 * The drain clock. Wake-ups are the cost of recording, not the bytes: so the sockets of all cameras stand paused (the kernel buffers
 * meanwhile) and are read together, every drainMs, or every drainWatchedMs for those that somebody watches. The same tick carries
 * each camera's time-outs, so that no camera has a timer of its own.
 */
import type { Clock, Timer } from '../../server/src/base/clock.ts';
import { secondMs } from '../../server/src/base/units.ts';

export interface DrainMember {
  /** Resume the socket; it pauses itself again when it has been read empty. */
  drain(): void;
  /** Look at time-outs and duties that are due; called every second, or every drainMs where that is longer. */
  check(): void;
}

/** Time-outs are seconds long: to look at them at each drain was as dear as half of what reading packets costs. */
const checkMs = secondMs;

export interface DrainMembership {
  watched(isWatched: boolean): void;
  leave(): void;
}

export class DrainClock {
  readonly #clock: Clock;
  readonly #members = new Set<DrainMember>();
  readonly #watched = new Set<DrainMember>();
  #drainMs: number;
  #drainWatchedMs: number;
  #ticks = 0;
  #timer: Timer | null = null;
  #watchedTimer: Timer | null = null;

  constructor(clock: Clock, options: { drainMs: number; drainWatchedMs: number }) {
    this.#clock = clock;
    this.#drainMs = options.drainMs;
    this.#drainWatchedMs = options.drainWatchedMs;
  }

  /** Takes new intervals at once. */
  configure(options: { drainMs: number; drainWatchedMs: number }): void {
    if (options.drainMs === this.#drainMs && options.drainWatchedMs === this.#drainWatchedMs) return;
    this.#drainMs = options.drainMs;
    this.#drainWatchedMs = options.drainWatchedMs;
    this.#stop();
    this.#run();
  }

  join(member: DrainMember): DrainMembership {
    this.#members.add(member);
    this.#run();
    return {
      watched: (isWatched) => {
        if (!this.#members.has(member)) return;
        if (isWatched) this.#watched.add(member);
        else this.#watched.delete(member);
        this.#run();
      },
      leave: () => {
        this.#members.delete(member);
        this.#watched.delete(member);
        this.#run();
      },
    };
  }

  #run(): void {
    if (this.#members.size === 0) this.#stop();
    else this.#timer ??= this.#clock.every(this.#drainMs, () => this.#tick());
    if (this.#watched.size === 0) {
      this.#watchedTimer?.cancel();
      this.#watchedTimer = null;
    } else this.#watchedTimer ??= this.#clock.every(this.#drainWatchedMs, () => this.#tickWatched());
  }

  #stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#watchedTimer?.cancel();
    this.#watchedTimer = null;
  }

  // A copy is not needed: a Set may lose members while it is walked.
  #tick(): void {
    this.#ticks += 1;
    const isCheck = this.#ticks % Math.max(1, Math.floor(checkMs / this.#drainMs)) === 0;
    for (const member of this.#members) {
      if (isCheck) member.check();
      if (!this.#watched.has(member)) member.drain();
    }
  }

  #tickWatched(): void {
    for (const member of this.#watched) member.drain();
  }
}
