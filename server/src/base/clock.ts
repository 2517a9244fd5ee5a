/** Time is an argument (house rule 5): everything that needs "now" or a timer takes a Clock, and tests move it by hand. */

/** Milliseconds since 1970-01-01T00:00:00Z, an integer. All instants in tables, contracts and facts have this meaning. */
export type Instant = number;

export interface Timer {
  /** Stops the timer; harmless when it has fired already. */
  cancel(): void;
}

export interface Clock {
  /** Wall clock, UTC ms. May step when the machine's clock is set. */
  now(): Instant;
  /** Monotonic ms, with fraction; never steps. Its origin has no meaning. */
  monotonic(): number;
  after(delayMs: number, run: () => void): Timer;
  every(periodMs: number, run: () => void): Timer;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (delayMs, run) => {
    const handle = setTimeout(run, delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
  every: (periodMs, run) => {
    const handle = setInterval(run, periodMs);
    return { cancel: () => clearInterval(handle) };
  },
};

/** Resolves after delayMs on the given clock. */
export const wait = (clock: Clock, delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
