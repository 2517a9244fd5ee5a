/** Keeps one process running: starts it, starts it again with back-off when it ends, ends it on request. Knows nothing of its siblings. */
import type { ChildProcess } from 'node:child_process';
import { systemClock, type Clock, type Timer } from '../../base/clock.ts';
import { markOf, type ProcessMark } from './alive.ts';
import { healthyAfterMs, restartDelayMs } from './backoff.ts';
import { endProcess, type EndingStep } from './ending.ts';

export type KeeperEvent =
  | { kind: 'started'; pid: number }
  | { kind: 'ended'; code: number | null; signal: NodeJS.Signals | null; restartInMs: number };

export interface KeeperOptions {
  name: string;
  launch: () => ChildProcess;
  ending: readonly EndingStep[];
  onEvent: (event: KeeperEvent) => void;
  onMessage?: (message: unknown) => void;
  /** Says that this end is no accident and the process is not to be started again. */
  isFinal?: (code: number | null) => boolean;
  clock?: Clock;
}

export interface Keeper {
  readonly name: string;
  start(): void;
  /** The process that runs now; null between two lives. */
  current(): ChildProcess | null;
  mark(): ProcessMark | null;
  /** Ends the process and starts it no more. `hurry` shortens every step. */
  stop(hurry: AbortSignal): Promise<void>;
}

export const createKeeper = (options: KeeperOptions): Keeper => {
  const clock = options.clock ?? systemClock;
  let child: ChildProcess | null = null;
  let mark: ProcessMark | null = null;
  let endsInARow = 0;
  let stopped = false;
  let again: Timer | null = null;

  const ended = (beganAt: number, code: number | null, signal: NodeJS.Signals | null): void => {
    child = null;
    mark = null;
    if (stopped) return;
    endsInARow = clock.monotonic() - beganAt >= healthyAfterMs ? 1 : endsInARow + 1;
    if (options.isFinal?.(code) === true) return;
    const restartInMs = restartDelayMs(endsInARow);
    options.onEvent({ kind: 'ended', code, signal, restartInMs });
    again = clock.after(restartInMs, launch);
  };

  const launch = (): void => {
    const beganAt = clock.monotonic();
    const fresh = options.launch();
    let over = false;
    const once = (code: number | null, signal: NodeJS.Signals | null): void => {
      if (over) return;
      over = true;
      ended(beganAt, code, signal);
    };
    child = fresh;
    fresh.on('exit', once);
    fresh.on('error', () => {
      if (fresh.pid === undefined) once(null, null); // it could not even be started
    });
    if (options.onMessage !== undefined) fresh.on('message', options.onMessage);
    if (fresh.pid === undefined) return;
    mark = markOf(fresh.pid);
    options.onEvent({ kind: 'started', pid: fresh.pid });
  };

  return {
    name: options.name,
    start: () => {
      if (!stopped) launch();
    },
    current: () => child,
    mark: () => mark,
    stop: async (hurry) => {
      stopped = true;
      again?.cancel();
      if (mark !== null) await endProcess(mark, options.ending, clock, hurry);
    },
  };
};
