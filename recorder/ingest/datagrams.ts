/**
 * RTP and RTCP over UDP (RFC 2326 section 12.39, RFC 3550 section 11): a pair of ports, even and odd, and packets put back into order.
 * Only what the camera's own address sends is taken.
 */
import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { mebibyte } from '../../server/src/base/units.ts';
import { ReorderWindow } from './reorder.ts';

export interface DatagramHandlers {
  onMedia(bytes: Buffer): void;
  onControl(bytes: Buffer): void;
  onFault(error: Error): void;
}

const lowestPort = 20_000;
const highestPort = 60_000;
const attempts = 20;
/** A key frame of a 4K camera comes as one burst, and the process may be busy for a moment. */
const kernelBufferBytes = 2 * mebibyte;

const bound = (family: 4 | 6, port: number): Promise<Datagrams> =>
  new Promise((resolve, reject) => {
    const socket = createSocket({ type: family === 4 ? 'udp4' : 'udp6', recvBufferSize: kernelBufferBytes });
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind(port, () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });

let nextPort = lowestPort;
/** Round and round, so that a port that was just given back, to which a camera may still send, is not taken at once. */
const portPair = (): number => {
  const port = nextPort;
  nextPort = nextPort + 2 > highestPort ? lowestPort : nextPort + 2;
  return port;
};

export class DatagramPair {
  readonly rtpPort: number;
  readonly #rtp: Datagrams;
  readonly #rtcp: Datagrams;
  readonly #camera: string;
  readonly #window: ReorderWindow;
  #cameraPorts: readonly [number, number] | null = null;
  #isClosed = false;

  private constructor(rtp: Datagrams, rtcp: Datagrams, rtpPort: number, camera: string, monotonic: () => number, handlers: DatagramHandlers) {
    this.#rtp = rtp;
    this.#rtcp = rtcp;
    this.rtpPort = rtpPort;
    this.#camera = camera;
    this.#window = new ReorderWindow((bytes) => handlers.onMedia(bytes));
    for (const socket of [rtp, rtcp]) socket.on('error', (error) => handlers.onFault(error));
    rtp.on('message', (bytes, { address }) => {
      if (address === camera && !this.#isClosed) this.#window.push(bytes, monotonic());
    });
    rtcp.on('message', (bytes, { address }) => {
      if (address === camera && !this.#isClosed) handlers.onControl(bytes);
    });
  }

  /** @param camera its address, as the connection goes to it */
  static async open(camera: string, monotonic: () => number, handlers: DatagramHandlers): Promise<DatagramPair> {
    const family = camera.includes(':') ? 6 : 4;
    for (let attempt = 0; ; attempt += 1) {
      const port = portPair();
      try {
        const rtp = await bound(family, port);
        try {
          return new DatagramPair(rtp, await bound(family, port + 1), port, camera, monotonic, handlers);
        } catch (error) {
          rtp.close();
          throw error;
        }
      } catch (error) {
        if (attempt >= attempts) throw error;
      }
    }
  }

  /** Where the camera sends from; a first packet of ours opens the way through whatever stands between. */
  cameraPorts(rtp: number, rtcp: number): void {
    this.#cameraPorts = [rtp, rtcp];
    this.#rtp.send(Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), rtp, this.#camera, () => undefined);
    this.sendControl(Buffer.from([0x80, 201, 0, 1, 0, 0, 0, 0]));
  }

  sendControl(packet: Buffer): void {
    if (this.#cameraPorts !== null && !this.#isClosed) this.#rtcp.send(packet, this.#cameraPorts[1], this.#camera, () => undefined);
  }

  /** Gives up on packets that did not come in time. */
  tick(nowMonotonic: number): void {
    this.#window.tick(nowMonotonic);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#rtp.close();
    this.#rtcp.close();
  }
}
