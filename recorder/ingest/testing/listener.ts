/** Opens an ingest and notes all that it announces; `until` waits for what the network brings, never for a time. */
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { CameraSource, GapReason } from '../../../contract/recorder.ts';
import type { Clock } from '../../../server/src/base/clock.ts';
import type { Log } from '../../../server/src/base/log.ts';
import { type AccessUnit, BufferPool, DrainClock, type Ingest, openIngest, type ParameterSets, type SenderReport } from '../index.ts';

export const silentLog: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => silentLog };

export interface Listener {
  ingest: Ingest;
  pool: BufferPool;
  sets: ParameterSets[];
  units: AccessUnit[];
  reports: SenderReport[];
  ends: { reason: GapReason; detail: string }[];
  lost: number;
  playing: number;
  until(what: (seen: Listener) => boolean): Promise<void>;
}

const waitLimitMs = 20_000;

/** Looks again after each turn of the event loop that brought something. */
export const untilTrue = async (what: () => boolean): Promise<void> => {
  const limit = performance.now() + waitLimitMs;
  while (!what()) {
    if (performance.now() > limit) throw new Error(`did not come about in ${waitLimitMs} ms: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};

export const listen = (source: Partial<CameraSource> & { url: string }, clock: Clock, onUnit?: (unit: AccessUnit, ingest: Ingest) => void): Listener => {
  const pool = new BufferPool();
  const drain = new DrainClock(clock, { drainMs: 200, drainWatchedMs: 30 });
  const whole: CameraSource = { cameraId: 'cam_00000000000000000000000000', label: 'test', username: null, password: null, record: true, allowLocal: true, ...source };
  const ingest = openIngest(whole, { clock, log: silentLog, drain, pool }, {
    onParameterSets: (sets) => seen.sets.push(sets),
    onAccessUnit: (unit) => {
      seen.units.push(unit);
      onUnit?.(unit, ingest);
    },
    onSenderReport: (report) => seen.reports.push(report),
    onPacketsLost: (count) => (seen.lost += count),
    onPlaying: () => (seen.playing += 1),
    onEnd: (reason, detail) => seen.ends.push({ reason, detail }),
  });
  const seen: Listener = { ingest, pool, sets: [], units: [], reports: [], ends: [], lost: 0, playing: 0, until: (what) => untilTrue(() => what(seen)) };
  return seen;
};

export interface RawServer {
  url: string;
  received: () => string;
  close(): void;
}

/** A TCP server that answers each request with what `answer` gives: for cameras that no simulator should have to be. */
export const rawServer = (answer: (request: string, socket: Socket) => string | Buffer | null, greeting?: string): Promise<RawServer> => {
  let received = '';
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (greeting !== undefined) socket.write(greeting);
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      const reply = answer(bytes.toString('latin1'), socket);
      if (reply !== null) socket.write(reply);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        url: `rtsp://127.0.0.1:${port}/live`,
        received: () => received,
        close: () => {
          server.close();
          for (const socket of sockets) socket.destroy();
        },
      });
    });
  });
};
