/** A clock that only tests and drills move; timers fire in order of their due time while it is advanced. */
import type { Clock, Instant, Timer } from './clock.ts';

interface Pending {
  due: number;
  order: number;
  everyMs: number | null;
  run: () => void;
}

export class ManualClock implements Clock {
  #wall: Instant;
  #mono = 0;
  #order = 0;
  readonly #pending = new Set<Pending>();

  constructor(start: Instant) {
    this.#wall = start;
  }

  now(): Instant {
    return this.#wall;
  }

  monotonic(): number {
    return this.#mono;
  }

  after(delayMs: number, run: () => void): Timer {
    return this.#add(delayMs, null, run);
  }

  every(periodMs: number, run: () => void): Timer {
    return this.#add(periodMs, periodMs, run);
  }

  /** Moves both clocks on, firing due timers on the way. */
  advance(ms: number): void {
    const target = this.#mono + ms;
    for (let next = this.#next(target); next !== undefined; next = this.#next(target)) {
      this.#move(Math.max(0, next.due - this.#mono));
      if (next.everyMs === null) this.#pending.delete(next);
      else next.due += next.everyMs;
      next.run();
    }
    this.#move(target - this.#mono);
  }

  /** Steps the wall clock only, as setting the machine's time does. */
  step(ms: number): void {
    this.#wall += ms;
  }

  #add(delayMs: number, everyMs: number | null, run: () => void): Timer {
    const entry: Pending = { due: this.#mono + Math.max(0, delayMs), order: this.#order++, everyMs, run };
    this.#pending.add(entry);
    return { cancel: () => void this.#pending.delete(entry) };
  }

  #move(ms: number): void {
    this.#mono += ms;
    this.#wall += ms;
  }

  #next(target: number): Pending | undefined {
    let first: Pending | undefined;
    for (const entry of this.#pending) {
      if (entry.due > target) continue;
      if (first === undefined || entry.due < first.due || (entry.due === first.due && entry.order < first.order)) first = entry;
    }
    return first;
  }
}
