/** Starts one of our own Node programs so that it dies with us and is not touched by a Ctrl-C at the terminal, which must end things in order. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { diesWithParent } from './ending.ts';

export interface NodeProgram {
  /** Absolute path of the compiled (or type-stripped) entry. */
  entry: string;
  args?: readonly string[];
  env: NodeJS.ProcessEnv;
  /** What it writes to stderr, and to stdout unless `speaks`, is added to this file. */
  logFile: string;
  /** Its stdout is for the person at the terminal. */
  speaks?: boolean;
}

/** Where the kernel cannot end an orphan, the program watches its IPC channel. */
const watchChannel = "process.once('disconnect',()=>process.kill(process.pid,'SIGTERM'));process.channel?.unref()";
const watchModule = `data:text/javascript,${encodeURIComponent(watchChannel)}`;

export const launchNode = (program: NodeProgram): ChildProcess => {
  const before = diesWithParent('TERM');
  const watch = before.length === 0 ? ['--import', watchModule] : [];
  const [file = process.execPath, ...args] = [...before, process.execPath, ...watch, program.entry, ...(program.args ?? [])];
  const log = openSync(program.logFile, 'a', 0o600);
  try {
    return spawn(file, args, {
      env: program.env,
      detached: true,
      stdio: ['ignore', program.speaks === true ? 'inherit' : log, log, 'ipc'],
    });
  } finally {
    closeSync(log);
  }
};

/** Our own environment with changes; undefined takes a variable away (the server never sees the owner's URL). */
export const childEnvironment = (changes: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv => {
  const merged: NodeJS.ProcessEnv = { ...process.env, ...changes };
  for (const [name, value] of Object.entries(changes)) if (value === undefined) Reflect.deleteProperty(merged, name);
  return merged;
};

/** Waits for a process to end: its exit code, or 128 when a signal ended it or it could not start. */
export const exitOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve) => {
    child.once('exit', (code) => resolve(code ?? 128));
    child.once('error', () => resolve(128));
  });
