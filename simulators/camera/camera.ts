/** A camera: a name, one or two streams, a clock that may lie, and the switches of its behaviour. */
import type { Socket } from 'node:net';
import { goodBehaviour, type Behaviour, type CameraControl, type CameraFigures } from './behaviour.ts';
import type { PackedLoop } from './packets.ts';
import type { createPool } from './picture-pool.ts';
import { Stream } from './stream.ts';
import type { Wheel } from './wheel.ts';

export interface CameraOptions {
  /** First part of its path: rtsp://host/<name> and /<name>/sub */
  name: string;
  main: PackedLoop;
  sub: PackedLoop | null;
  behaviour?: Partial<Behaviour>;
  phasePictures?: number;
  phaseMs?: number;
}

export interface Camera {
  name: string;
  main: Stream;
  sub: Stream | null;
  control: CameraControl;
  behaviour(): Readonly<Behaviour>;
  /** Counts a connection that asked for this camera, so that it can be cut. */
  connected(socket: Socket): void;
}

export const createCamera = (options: CameraOptions, wheel: Wheel, pool: ReturnType<typeof createPool>): Camera => {
  let behaviour: Behaviour = { ...goodBehaviour, ...options.behaviour };
  let driftSinceMs = wheel.now();
  const sockets = new Set<Socket>();
  let connections = 0;
  const orders = { drop: 0 };
  const tally = { packetsSent: 0, picturesSent: 0, bytesSent: 0, packetsDropped: 0 };
  const cameraClock = (atMs: number): number =>
    Date.now() + (atMs - wheel.now()) + behaviour.clockOffsetMs + ((atMs - driftSinceMs) * behaviour.clockDriftPpm) / 1e6;
  const shared = {
    wheel,
    pool,
    behaviour: () => behaviour,
    cameraClock,
    orders,
    tally,
    phasePictures: options.phasePictures ?? 0,
    phaseMs: options.phaseMs ?? 0,
  };
  const main = new Stream({ ...shared, loop: options.main, other: options.sub ?? options.main });
  const sub = options.sub === null ? null : new Stream({ ...shared, loop: options.sub, other: options.main });
  const figures = (): CameraFigures => ({ ...tally, viewers: main.viewers + (sub?.viewers ?? 0), connections });
  return {
    name: options.name,
    main,
    sub,
    behaviour: () => behaviour,
    connected: (socket) => {
      if (sockets.has(socket)) return;
      connections += 1;
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    },
    control: {
      behaviour: () => behaviour,
      set: (change) => {
        if (change.clockDriftPpm !== undefined) driftSinceMs = wheel.now();
        behaviour = { ...behaviour, ...change };
      },
      drop: (packets) => {
        orders.drop += packets;
      },
      cut: (reset = false) => {
        for (const socket of sockets) {
          if (reset) socket.resetAndDestroy();
          else socket.destroy();
        }
      },
      figures,
    },
  };
};
