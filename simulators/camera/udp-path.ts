/** Packets to one viewer beside its connection: a pair of ports, and what may happen to packets on the way. */
import { createSocket, type Socket as Datagrams } from 'node:dgram';
import type { Behaviour } from './behaviour.ts';
import { interleavedBytes } from './packets.ts';

const bound = (port: number): Promise<Datagrams> =>
  new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.on('error', () => undefined);
    socket.bind(port, () => resolve(socket));
  });

const attempts = 20;

export class UdpPath {
  readonly port: number;
  readonly #rtp: Datagrams;
  readonly #rtcp: Datagrams;
  readonly #to: { host: string; port: number };
  #held: Buffer | null = null;
  #isClosed = false;

  private constructor(rtp: Datagrams, rtcp: Datagrams, to: { host: string; port: number }) {
    this.port = rtp.address().port;
    this.#rtp = rtp;
    this.#rtcp = rtcp;
    this.#to = to;
  }

  static async open(host: string, port: number): Promise<UdpPath> {
    for (let attempt = 0; ; attempt += 1) {
      const rtp = await bound(0);
      try {
        return new UdpPath(rtp, await bound(rtp.address().port + 1), { host: host.replace(/^::ffff:/, ''), port });
      } catch (error) {
        rtp.close();
        if (attempt >= attempts) throw error;
      }
    }
  }

  /** Interleaved frames, each as a packet of its own. */
  sendFrames(frames: Buffer, onTheWay: Behaviour['onTheWay']): void {
    for (let at = 0; at + interleavedBytes <= frames.length; ) {
      const until = at + interleavedBytes + frames.readUInt16BE(at + 2);
      const packet = Buffer.from(frames.subarray(at + interleavedBytes, until)); // the picture's own buffer is used again
      if (onTheWay === 'swap' && this.#held === null) this.#held = packet;
      else {
        this.#send(this.#rtp, packet, this.#to.port);
        if (onTheWay === 'double') this.#send(this.#rtp, packet, this.#to.port);
        if (this.#held !== null) this.#send(this.#rtp, this.#held, this.#to.port);
        this.#held = null;
      }
      at = until;
    }
  }

  sendReport(packet: Buffer): void {
    this.#send(this.#rtcp, packet, this.#to.port + 1);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#rtp.close();
    this.#rtcp.close();
  }

  #send(socket: Datagrams, packet: Buffer, port: number): void {
    if (!this.#isClosed) socket.send(packet, port, this.#to.host, () => undefined);
  }
}
