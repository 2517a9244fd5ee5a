/**
 * How much a viewer's connection still owes: what Node holds plus what the kernel holds. Node cannot set SO_SNDBUF, and the kernel's own
 * buffer grows to megabytes, so a camera with a small send buffer is played by asking the kernel how full the buffer is (Linux only).
 */
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

const refreshMs = 2;
let readAt = -Infinity;
const queued = new Map<string, number>();

const refresh = (): void => {
  readAt = performance.now();
  queued.clear();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    let text: string;
    try {
      text = readFileSync(table, 'latin1');
    } catch {
      continue; // not Linux: only Node's own queue counts
    }
    for (const line of text.split('\n').slice(1)) {
      const [, local, remote, state, queues] = line.trim().split(/\s+/);
      if (local === undefined || remote === undefined || state !== '01' || queues === undefined) continue;
      const key = `${parseInt(local.slice(-4), 16)}-${parseInt(remote.slice(-4), 16)}`;
      queued.set(key, parseInt(queues.slice(0, 8), 16));
    }
  }
};

export const unsentBytes = (socket: Socket): number => {
  if (performance.now() - readAt > refreshMs) refresh();
  return socket.writableLength + (queued.get(`${socket.localPort ?? 0}-${socket.remotePort ?? 0}`) ?? 0);
};
