/** Takes the recorder's socket: a stale one is replaced, a live one means a second instance. */
import { chmod, mkdir, unlink } from 'node:fs/promises';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { refuse } from '../refusals.ts';

/** sun_path of Linux, less its closing zero. */
const pathLimitBytes = 107;

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const listenOnce = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** Throws second_instance without touching anything when somebody answers there. */
export const refuseSecondInstance = async (path: string): Promise<void> => {
  if (Buffer.byteLength(path) > pathLimitBytes) throw refuse('socket_path_long', { path, limit: pathLimitBytes });
  if (await answers(path)) throw refuse('second_instance', { path });
};

export const listenOnSocket = async (server: Server, path: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await refuseSecondInstance(path);
  await unlink(path).catch(() => undefined);
  await listenOnce(server, path);
  await chmod(path, 0o600);
};
