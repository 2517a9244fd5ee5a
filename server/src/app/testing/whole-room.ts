/** A whole room for tests: real tables, real routes, the wiring of main.ts; with a real recorder and simulated cameras when asked for. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Endpoint, RefusalBody } from '../../../../contract/endpoint.ts';
import type { Role } from '../../../../contract/identity.ts';
import { systemClock, wait, type Clock } from '../../base/clock.ts';
import type { Config } from '../../base/config.ts';
import { createLog } from '../../base/log.ts';
import type { DemonstrationPerson } from '../../mechanisms/identity/index.ts';
import { sessionCookie } from '../../platform/http/gate.ts';
import { attachLiveSockets } from '../../platform/http/live-sockets.ts';
import { createMetrics } from '../../platform/http/metrics.ts';
import { createHttp } from '../../platform/http/server.ts';
import { createSchedule } from '../../platform/jobs/schedule.ts';
import { openDatabase, type Database } from '../../platform/postgres/db.ts';
import { backupExternalRoom } from '../../platform/postgres/backup.ts';
import { roleOf } from '../../platform/postgres/migrate.ts';
import { freshDatabase } from '../../platform/postgres/testing/database.ts';
import { wire, type Room, type WireOptions } from '../wire.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  bytes: Buffer;
  headers: Record<string, string | string[] | number | undefined>;
}

type Input<E extends Endpoint> = { params?: z.input<E['params']>; query?: z.input<E['query']>; body?: z.input<E['body']>; range?: string };

export interface WholeRoom {
  room: Room;
  app: FastifyInstance;
  database: Database;
  adminUrl: string;
  dataFolder: string;
  /** http://127.0.0.1:port once `listen` was asked for. */
  address: string;
  people: readonly DemonstrationPerson[];
  /** Cookie header of a fresh session of the person with that role. */
  signIn(role: Role): Promise<string>;
  /** One request; answers what came, refusals included. */
  ask<E extends Endpoint>(cookie: string | null, endpoint: E, input?: Input<E>): Promise<Answer>;
  /** One request that must succeed; answers its checked body. */
  get<E extends Endpoint>(cookie: string | null, endpoint: E, input?: Input<E>): Promise<z.output<E['response']>>;
  runJob(name: string): Promise<void>;
  recorder: { restart(): Promise<void>; kill(): Promise<void> };
  close(): Promise<void>;
}

export interface WholeRoomOptions {
  clock?: Clock;
  /** Makes the demonstration room, with its people and cameras; default true. */
  demonstration?: boolean;
  /** Starts a recorder (and the demonstration's simulated cameras); cameras on this machine are then allowed. Default false. */
  cameras?: boolean;
  logLevel?: string;
  /** Allows addresses of this machine, as VIGIL_ALLOW_LOCAL_CAMERAS does. */
  allowLocal?: boolean;
  /** Shorter minutes, other limits. */
  recording?: WireOptions['recording'];
  /** Rules of getting in, as if the room had adopted them. */
  access?: WireOptions['access'];
  /** Where evidence packages are stamped; none without it. */
  timestampUrl?: string;
  /** Hears every line that server and recorder log. */
  heard?: (line: string) => void;
}

const start = (file: string, args: readonly string[], heard?: (line: string) => void): ChildProcess => {
  if (heard === undefined) return spawn(process.execPath, [join(root, file), ...args], { stdio: 'ignore' });
  const child = spawn(process.execPath, [join(root, file), ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, VIGIL_LOG_LEVEL: 'debug' } });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => heard(chunk.toString()));
  return child;
};

const ended = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await over;
};

const fill = (path: string, params: object | undefined): string =>
  Object.entries(params ?? {}).reduce((text, [name, value]) => text.replace(`:${name}`, encodeURIComponent(String(value))), path);

/** A port that nobody of this machine uses by chance; each test process has its own range. */
const freePort = 20_000 + (process.pid % 20_000);

export const openWholeRoom = async (options: WholeRoomOptions = {}): Promise<WholeRoom> => {
  const fresh = await freshDatabase();
  const dataFolder = mkdtempSync(join(tmpdir(), 'vigil-room-'));
  const clock = options.clock ?? systemClock;
  const { heard } = options;
  const log = createLog({ name: 'test', level: options.logLevel ?? (heard === undefined ? 'silent' : 'debug'), ...(heard === undefined ? {} : { sink: { write: heard } }) });
  const database = openDatabase(fresh.appUrl, { log });
  const metrics = createMetrics();
  const config: Config = {
    host: '127.0.0.1', port: freePort, dataFolder, databaseUrl: fresh.appUrl, databaseOwnerUrl: null, origin: 'http://127.0.0.1', tls: null, allowLocalCameras: options.cameras === true || options.allowLocal === true, timestampUrl: options.timestampUrl ?? null, logLevel: 'silent', demonstration: false,
  };
  const children: ChildProcess[] = [];
  const room = wire({
    config, clock, log, database, metrics, recording: options.recording ?? {}, access: options.access ?? {},
    // As the command does it for a database of somebody else's.
    backUpRoom: async (file) => {
      await backupExternalRoom({ dataFolder, ownerUrl: fresh.adminUrl, appRole: roleOf(fresh.appUrl), file, withFootage: false });
    },
    startSimulators: (args) => {
      if (options.cameras === true) children.push(start('simulators/camera/main.ts', args));
      return true;
    },
  });
  const origin = { origin: config.origin, hosts: ['127.0.0.1', 'localhost'] };
  const app = await createHttp({ clock, log, metrics, routes: room.routes, gate: room.identity.gate, origin, tls: null, webFolder: null });
  const endSockets = attachLiveSockets(app.server, { clock, log, metrics, gate: room.identity.gate, origin, listener: room.live.listener });
  const endIdentity = await room.identity.start();
  const unlisten = await room.live.listen();
  const schedule = createSchedule(room.jobs, { database, clock, log, registry: metrics.registry });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const listening = app.server.address();
  const port = typeof listening === 'object' && listening !== null ? listening.port : 0;
  let recorder: ChildProcess | null = null;
  const startRecorder = (): void => {
    recorder = start('recorder/main.ts', ['--data', dataFolder], heard);
  };
  const people = options.demonstration === false ? [] : await room.identity.makeDemonstration('zh-CN');
  if (options.cameras === true) {
    startRecorder();
    room.video.start();
  }

  const ask: WholeRoom['ask'] = async (cookie, endpoint, input = {}) => {
    const query = Object.entries((input.query ?? {}) as Record<string, unknown>).filter(([, value]) => value !== undefined);
    const url = fill(endpoint.path, input.params as object | undefined) + (query.length === 0 ? '' : `?${new URLSearchParams(query.map(([name, value]): [string, string] => [name, String(value)])).toString()}`);
    const response = await app.inject({
      method: endpoint.method, url,
      headers: { host: '127.0.0.1', ...(cookie === null ? {} : { cookie }), ...(input.range === undefined ? {} : { range: input.range }) },
      ...(input.body === undefined ? {} : { payload: input.body as object }),
    });
    const isJson = (response.headers['content-type'] ?? '').startsWith('application/json');
    return { status: response.statusCode, body: isJson ? response.json<Record<string, unknown>>() : {}, bytes: response.rawPayload, headers: response.headers };
  };
  const get: WholeRoom['get'] = async (cookie, endpoint, input) => {
    const answer = await ask(cookie, endpoint, input);
    if (answer.status !== 200) throw new Error(`${endpoint.method} ${endpoint.path}: ${answer.status} ${(answer.body as RefusalBody).code}: ${JSON.stringify(answer.body)}`);
    return endpoint.response.parse(answer.body) as never; // parse answers this endpoint's own output
  };
  return {
    room, app, database, adminUrl: fresh.adminUrl, dataFolder, people, ask, get,
    address: `http://127.0.0.1:${port}`,
    signIn: async (role) => {
      const person = people.find((one) => one.role === role);
      if (person === undefined) throw new Error(`the demonstration has no ${role}`);
      const response = await app.inject({ method: 'POST', url: '/api/identity/sessions', headers: { host: '127.0.0.1' }, payload: { account: person.account, password: person.password } });
      const cookie = response.cookies.find((one) => one.name === sessionCookie);
      if (cookie === undefined) throw new Error(`sign-in of ${role} failed: ${response.body}`);
      return `${sessionCookie}=${cookie.value}`;
    },
    runJob: (name) => schedule.runNow(name),
    recorder: {
      restart: async () => {
        if (recorder !== null) await ended(recorder, 'SIGTERM');
        startRecorder();
      },
      kill: async () => {
        if (recorder !== null) await ended(recorder, 'SIGKILL');
      },
    },
    close: async () => {
      endSockets();
      await app.close();
      await schedule.stop();
      await room.video.stop();
      await unlisten();
      await endIdentity();
      if (recorder !== null) await ended(recorder, 'SIGTERM');
      await Promise.all(children.map((child) => ended(child, 'SIGTERM')));
      await database.close();
      await fresh.drop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
};

/** Waits on the real clock until something holds; for what other processes do. */
export const until = async <T>(what: string, look: () => Promise<T | null | undefined | false>, limitMs = 30_000): Promise<T> => {
  const deadline = systemClock.monotonic() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (systemClock.monotonic() > deadline) throw new Error(`waited in vain: ${what}`);
    await wait(systemClock, 100);
  }
};
