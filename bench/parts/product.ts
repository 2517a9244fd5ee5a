/** The product as `npm start` leaves it: compiled, kept by its supervisor, in a data folder of the bench's own that is gone afterwards. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecorderStatus } from '../../contract/recorder.ts';
import { systemClock, wait } from '../../server/src/base/clock.ts';
import { descendantsOf, isThere, type Running } from './processes.ts';

const root = join(import.meta.dirname, '..', '..');
const compiled = join(root, 'dist', 'server', 'src', 'app');

/** Waits on the real clock until something holds; for what other processes do. */
export const until = async <T>(what: string, look: () => T | null | false | Promise<T | null | false>, limitMs = 60_000, everyMs = 50): Promise<T> => {
  const deadline = systemClock.monotonic() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== false) return seen;
    if (systemClock.monotonic() > deadline) throw new Error(`等候无果 / waited in vain: ${what}`);
    await wait(systemClock, everyMs);
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

export interface Account {
  account: string;
  password: string;
}

export type Part = 'server' | 'recorder' | 'database' | 'simulators';
const entries: Record<Exclude<Part, 'database'>, string> = { server: 'server/src/app/main.js', recorder: 'recorder/main.js', simulators: 'simulators/camera/main.js' };

export interface Product {
  readonly address: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly supervisor: number;
  /** People of the demonstration by their English title, e.g. "duty operator". */
  readonly people: ReadonlyMap<string, Account>;
  /** Launch → address line, ms. */
  readonly startedInMs: number;
  /** The process and all below it: PostgreSQL is many. Empty while it is down. */
  pidsOf(part: Part): number[];
  recorderStatus(): Promise<RecorderStatus>;
  /** `npm run vigil -- …`: exit code and what was said. */
  vigil(...args: string[]): Promise<{ code: number; said: string }>;
  /** Ends the supervisor in order and comes back when everything is gone. */
  stop(): Promise<number | null>;
  /** Kills the supervisor itself; comes back when nothing of it is left. */
  killSupervisor(): Promise<void>;
}

const readPeople = (terminal: string): Map<string, Account> => {
  const people = new Map<string, Account>();
  for (const [, account = '', password = '', title = ''] of terminal.matchAll(/^ {2}(\S+) {2}(\S+) {2}\S+ · \S+ · (.+)$/gm)) people.set(title, { account, password });
  return people;
};

const askRecorder = (dataFolder: string, path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const asked = request({ socketPath: join(dataFolder, 'run', 'recorder.sock'), path, timeout: 5_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', reject).on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(`${path}: ${response.statusCode ?? '?'}`))));
    });
    asked.on('timeout', () => asked.destroy(new Error('the recorder does not answer'))).on('error', reject);
    asked.end();
  });

const pidsBelow = (supervisor: number, part: Part): number[] => {
  const below = descendantsOf(supervisor);
  const isPart = ({ command }: Running): boolean => (part === 'database' ? /\bpostgres\b.* -D /.test(command) : command.includes(entries[part]));
  const first = below.find(isPart);
  return first === undefined ? [] : [first.pid, ...descendantsOf(first.pid).map((one) => one.pid)];
};

export interface StartOptions {
  dataFolder: string;
  port: number;
  demonstration: boolean;
  /** Goes through scripts/start.mjs as `npm start` does, instead of the supervisor directly. */
  byScript?: boolean;
}

const running = new Set<ChildProcess>();

export const startProduct = async (options: StartOptions): Promise<Product> => {
  const { dataFolder, port, demonstration } = options;
  if (!existsSync(join(compiled, 'supervisor', 'main.js'))) throw new Error('dist/ 不存在 / dist/ is missing: npm run bench builds it');
  const env: NodeJS.ProcessEnv = {
    ...process.env, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), VIGIL_DATA: dataFolder, ...(demonstration ? { VIGIL_DEMO: '1' } : {}),
    // As npm start sets it, but of our own: the first start finds it empty.
    NODE_COMPILE_CACHE: join(dataFolder, '..', 'compile-cache'),
  };
  const began = systemClock.monotonic();
  const entry = options.byScript === true ? join(root, 'scripts', 'start.mjs') : join(compiled, 'supervisor', 'main.js');
  const child: ChildProcess = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }); // should the bench die, the channel breaks and the room stops
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const address = `http://127.0.0.1:${port}`;
  const gone = once(child, 'exit') as Promise<[number | null]>;
  try {
    await until('the address line', () => {
      if (child.exitCode !== null) throw new Error(`产品已退出 / the product ended: ${said}`);
      return said.includes(`值守 Vigil  ${address}`);
    }, 90_000, 5);
  } catch (error) {
    if (child.exitCode === null) child.kill('SIGTERM');
    throw error;
  }
  const pid = child.pid ?? 0;
  running.add(child);
  void gone.then(() => running.delete(child));
  const supervisor = options.byScript === true ? (descendantsOf(pid).find((one) => one.command.includes('supervisor/main.js'))?.pid ?? pid) : pid;
  return {
    address, port, dataFolder, supervisor,
    people: readPeople(said),
    startedInMs: systemClock.monotonic() - began,
    pidsOf: (part) => pidsBelow(supervisor, part),
    recorderStatus: async () => RecorderStatus.parse(JSON.parse(await askRecorder(dataFolder, '/status'))),
    vigil: async (...args) => {
      const command = spawn(process.execPath, [join(compiled, 'commands', 'vigil.js'), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      let text = '';
      for (const stream of [command.stdout, command.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      const [code] = (await once(command, 'close')) as [number | null];
      return { code: code ?? -1, said: text };
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      return (await gone)[0];
    },
    killSupervisor: async () => {
      const below = descendantsOf(supervisor).map((one) => one.pid);
      process.kill(supervisor, 'SIGKILL');
      await gone;
      await until('the end of what the supervisor left', () => !below.some(isThere), 40_000);
    },
  };
};

/** The cluster that PostgreSQL keeps outside of the data folder goes too. */
const removeRoom = (folder: string, dataFolder: string): void => {
  const note = join(dataFolder, 'postgres-place.json');
  const home = existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as { home: string }).home : null;
  const mark = home === null ? '' : join(home, 'belongs-to');
  if (home !== null && existsSync(mark) && readFileSync(mark, 'utf8').trim() === dataFolder) rmSync(home, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
};

/** A data folder and a port for as long as the work lasts; also when it is broken off by Ctrl-C. */
export const withFolder = async (name: string, work: (place: { dataFolder: string; port: number }) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), `vigil-${name}-`));
  const dataFolder = join(folder, 'data');
  const endRunning = async (): Promise<void> => {
    for (const child of running) {
      const over = once(child, 'exit');
      child.kill('SIGTERM');
      await over;
    }
    removeRoom(folder, dataFolder);
  };
  const broken = (): void => void endRunning().then(() => process.exit(130));
  process.once('SIGINT', broken).once('SIGTERM', broken);
  try {
    await work({ dataFolder, port: await freePort() });
  } finally {
    await endRunning();
    process.off('SIGINT', broken).off('SIGTERM', broken);
  }
};

/** Every camera of the demonstration is being written. */
export const allRecording = async (product: Product, cameras = 4): Promise<boolean> => {
  const status = await product.recorderStatus().catch(() => null);
  return status !== null && status.cameras.length === cameras && status.cameras.every((camera) => camera.state === 'recording' && camera.lastFrameAt !== null);
};
