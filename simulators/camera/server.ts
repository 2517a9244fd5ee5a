/** The RTSP server of the simulated cameras: one port, many cameras, one timer. */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import type { Behaviour, CameraControl } from './behaviour.ts';
import { createCamera, type Camera, type CameraOptions } from './camera.ts';
import { Connection, type Find } from './connection.ts';
import { isScene, loadLoop, loadScene } from './loops.ts';
import { createPool } from './picture-pool.ts';
import { createWheel } from './wheel.ts';

export interface CameraServer {
  host: string;
  port: number;
  /** rtsp://host:port/<name> */
  urlOf(name: string): string;
  cameras: ReadonlyMap<string, Camera>;
  close: () => Promise<void>;
}

export interface Where {
  host?: string;
  port?: number;
  /** rtsps:// instead of rtsp:// */
  tls?: { key: string | Buffer; cert: string | Buffer };
}

export const startCameras = async (cameras: CameraOptions[], where: Where = {}): Promise<CameraServer> => {
  const wheel = createWheel();
  const pool = createPool();
  const byName = new Map(cameras.map((options) => [options.name, createCamera(options, wheel, pool)]));
  const find: Find = (path) => {
    const [name = '', stream = 'main', ...more] = path.split('/');
    const camera = byName.get(name);
    if (camera === undefined || more.length > 0) return null;
    const found = stream === 'main' ? camera.main : stream === 'sub' ? camera.sub : null;
    return found === null ? null : { camera, stream: found };
  };
  const sockets = new Set<Socket>();
  const taken = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    new Connection(socket, find, wheel);
  };
  const server = where.tls === undefined ? createServer(taken) : createSecureServer(where.tls, taken);
  server.on('tlsClientError', () => undefined);
  const host = where.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(where.port ?? 0, host, resolve);
  });
  // A listening TCP server has an address object; only pipes have a string.
  const { port } = server.address() as AddressInfo;
  return {
    host,
    port,
    urlOf: (name) => `${where.tls === undefined ? 'rtsp' : 'rtsps'}://${host}:${port}/${name}`,
    cameras: byName,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

export interface OneCameraOptions {
  /** A drawn scene (gate, lobby, hall, carpark; default gate) … */
  scene?: string;
  /** … or a byte stream: H.265 where its name ends in .h265, else H.264. */
  file?: string | URL;
  framesPerSecond?: number;
  name?: string;
  host?: string;
  port?: number;
  tls?: Where['tls'];
  behaviour?: Partial<Behaviour>;
}

export interface OneCamera {
  /** Main stream; the sub stream of a scene is at `${url}/sub`. */
  url: string;
  port: number;
  control: CameraControl;
  close: () => Promise<void>;
}

/** One camera for a test. */
export const startCamera = async (options: OneCameraOptions = {}): Promise<OneCamera> => {
  const scene = options.scene ?? 'gate';
  const name = options.name ?? (options.file === undefined ? scene : 'camera');
  const streams =
    options.file === undefined ? await sceneOf(scene) : { main: await loadLoop(options.file, options.framesPerSecond ?? 25), sub: null };
  const server = await startCameras([{ name, ...streams, ...(options.behaviour === undefined ? {} : { behaviour: options.behaviour }) }], { ...(options.host === undefined ? {} : { host: options.host }), ...(options.port === undefined ? {} : { port: options.port }), ...(options.tls === undefined ? {} : { tls: options.tls }) });
  const camera = server.cameras.get(name);
  if (camera === undefined) throw new Error('the camera was not made');
  return { url: server.urlOf(name), port: server.port, control: camera.control, close: server.close };
};

const sceneOf = (name: string): ReturnType<typeof loadScene> => {
  if (!isScene(name)) throw new Error(`no drawn scene "${name}"`);
  return loadScene(name);
};
