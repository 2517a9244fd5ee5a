/** Ending a process kindly first and surely in the end, and having the kernel end it when we are killed ourselves. */
import { spawnSync } from 'node:child_process';
import { systemClock, wait, type Clock } from '../../base/clock.ts';
import { isAlive, type ProcessMark } from './alive.ts';

export interface EndingStep {
  signal: NodeJS.Signals;
  /** How long the process may take before the next step. */
  limitMs: number;
}

const pollMs = 20;

const send = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // gone already
  }
};

/** What is left of a step's time once somebody is in a hurry (second Ctrl-C). */
const hurriedMs = 500;

/** Sends each signal in turn until the process is gone; true when it is. */
export const endProcess = async (mark: ProcessMark, steps: readonly EndingStep[], clock: Clock = systemClock, hurry?: AbortSignal): Promise<boolean> => {
  for (const step of steps) {
    if (!isAlive(mark)) return true;
    send(mark.pid, step.signal);
    const began = clock.monotonic();
    const limit = (): number => (hurry?.aborted === true ? Math.min(hurriedMs, step.limitMs) : step.limitMs);
    while (isAlive(mark) && clock.monotonic() - began < limit()) await wait(clock, pollMs);
  }
  return !isAlive(mark);
};

let deathSignalWorks: boolean | undefined;

/**
 * Words to put before a command so that the kernel sends it `signal` when its parent dies, however the parent dies (prctl
 * PR_SET_PDEATHSIG by util-linux setpriv, which execs: the pid stays). Empty where that does not exist; children then watch their IPC channel.
 */
export const diesWithParent = (signal: 'INT' | 'TERM'): string[] => {
  if (process.platform !== 'linux') return [];
  deathSignalWorks ??= spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true'], { stdio: 'ignore', cwd: '/' }).status === 0;
  return deathSignalWorks ? ['setpriv', '--pdeathsig', signal, '--'] : [];
};
