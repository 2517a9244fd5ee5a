/** Starts the supervisor as a process of its own, as a person would, and looks at what runs below it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, markOf, type ProcessMark } from '../../../platform/process/alive.ts';

export interface TestRoom {
  dataFolder: string;
  port: number;
  start(env?: Record<string, string>): StartedRoom;
  remove(): void;
}

export interface StartedRoom {
  process: ChildProcess;
  output(): string;
  /** Resolves when the output holds the text; rejects when the process ends before. */
  said(text: string): Promise<void>;
  ended(): Promise<number>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

export const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let turn = 0; turn < 4_000; turn += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`never came true: ${what}`);
};

const main = join(import.meta.dirname, 'room-main.ts');

export const createTestRoom = async (): Promise<TestRoom> => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-room-'));
  chmodSync(folder, 0o755);
  const dataFolder = join(folder, 'data');
  const port = await freePort();
  return {
    dataFolder,
    port,
    start: (env = {}) => {
      const child = spawn(process.execPath, [main], {
        env: { PATH: process.env['PATH'], VIGIL_DATA: dataFolder, VIGIL_TEST_STATE: join(folder, 'state'), PORT: String(port), ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let text = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      const code = new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? 128)));
      return {
        process: child,
        output: () => text,
        said: (part) => until(`"${part}" in ${text}`, () => {
          if (text.includes(part)) return true;
          if (child.exitCode !== null) throw new Error(`ended without saying "${part}": ${text}`);
          return false;
        }),
        ended: () => code,
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** Marks of what the supervisor started last: recorder, server, database. */
export const childrenOf = (room: TestRoom): ProcessMark[] => JSON.parse(readFileSync(join(room.dataFolder, 'run', 'children.json'), 'utf8')) as ProcessMark[];

interface Started {
  what: string;
  name: string;
  pid: number;
}

/** Pids of one kind in the order of their starts, from the supervisor's own log. */
export const startsOf = (room: TestRoom, name: string): number[] =>
  readFileSync(join(room.dataFolder, 'logs', 'supervisor.log'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Started)
    .filter((line) => line.what === 'started' && line.name === name)
    .map((line) => line.pid);

export const isRunning = (pid: number): boolean => isAlive(markOf(pid)) && markOf(pid).startedAt !== '';

export const askServer = async (room: TestRoom): Promise<{ pid: number; seesOwner: boolean } | null> => {
  try {
    const response = await fetch(`http://127.0.0.1:${room.port}/`);
    return (await response.json()) as { pid: number; seesOwner: boolean };
  } catch {
    return null;
  }
};
