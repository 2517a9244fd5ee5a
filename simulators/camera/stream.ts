/**
 * One stream of one camera: a loop played without end on the camera's clock. All viewers of a stream get the same packets with the same
 * numbers; a stream that nobody watches costs nothing, its place in the loop follows from the time.
 */
import type { Socket } from 'node:net';
import { randomInt } from 'node:crypto';
import type { Behaviour } from './behaviour.ts';
import { manglePicture } from './mangle.ts';
import { interleavedBytes, type PackedLoop, type PackedPicture } from './packets.ts';
import type { createPool, Leased } from './picture-pool.ts';
import { unsentBytes } from './send-queue.ts';
import type { UdpPath } from './udp-path.ts';
import { senderReport } from './sender-report.ts';
import type { Wheel } from './wheel.ts';
import { writeWallClock } from './wall-clock.ts';

export interface Viewer {
  socket: Socket;
  rtpChannel: number;
  /** Packets go beside the connection. */
  udp: UdpPath | null;
  /** Set by the stream at the first key picture. */
  started: boolean;
}

export interface Tally {
  packetsSent: number;
  picturesSent: number;
  bytesSent: number;
  packetsDropped: number;
}

export interface StreamOptions {
  loop: PackedLoop;
  /** What `swapped` shows instead; itself where the camera has one stream only. */
  other: PackedLoop;
  wheel: Wheel;
  pool: ReturnType<typeof createPool>;
  behaviour: () => Readonly<Behaviour>;
  /** UTC ms by the camera's clock, lies included, at a monotonic instant. */
  cameraClock: (monotonicMs: number) => number;
  /** Packets still to be lost by order; shared by the camera's streams. */
  orders: { drop: number };
  tally: Tally;
  /** Shifts this camera against the others that show the same loop. */
  phasePictures: number;
  phaseMs: number;
}

/** Without any limit set: what a viewer may owe before packets are lost. */
const machineLimitBytes = 8 * 1_048_576;
const spreadGapMs = 0.12;

interface Packet {
  lease: Leased;
  from: number;
  until: number;
  dueMs: number;
  last: boolean;
}

export class Stream {
  readonly #o: StreamOptions;
  readonly #viewers = new Set<Viewer>();
  readonly #epochMs: number;
  readonly #intervalMs: number;
  readonly ssrc = randomInt(1, 2 ** 32);
  readonly #timestampBase = randomInt(0, 2 ** 32);
  #sequence = randomInt(0, 2 ** 16);
  #running = false;
  /** Number of the next picture since the epoch. */
  #next = 0;
  #source: PackedLoop;
  #stillGop: PackedPicture[] | null = null;
  #queue: Packet[] = [];
  #packets = 0;
  #octets = 0;

  constructor(options: StreamOptions) {
    this.#o = options;
    this.#source = options.loop;
    this.#intervalMs = 1_000 / options.loop.framesPerSecond;
    this.#epochMs = options.wheel.now() - options.phaseMs;
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  get loop(): PackedLoop {
    return this.#o.loop;
  }

  /** From the next key picture on. Answers with what RTP-Info says of it, as far as nothing is dropped or changed before. */
  join(viewer: Viewer): { sequence: number; timestamp: number } {
    viewer.started = false;
    this.#viewers.add(viewer);
    if (!this.#running) this.#start();
    let sequence = this.#sequence;
    let n = this.#next;
    for (; !this.#pictureAt(n).key; n += 1) sequence += this.#pictureAt(n).starts.length - 1;
    return { sequence: sequence & 0xffff, timestamp: this.#timestampOf(n) };
  }

  leave(viewer: Viewer): void {
    this.#viewers.delete(viewer);
  }

  #start(): void {
    this.#running = true;
    this.#next = Math.ceil((this.#o.wheel.now() - this.#epochMs) / this.#intervalMs);
    this.#queue = [];
    this.#o.wheel.at(this.#dueOf(this.#next), this.#tick);
    this.#o.wheel.at(this.#dueOf(this.#next) + 1, this.#report);
  }

  #dueOf(n: number): number {
    return this.#epochMs + n * this.#intervalMs;
  }

  #timestampOf(n: number): number {
    return (this.#timestampBase + Math.round((n * 90_000) / this.#o.loop.framesPerSecond)) % 2 ** 32;
  }

  #placeOf(n: number, loop: PackedLoop): number {
    return (n + this.#o.phasePictures) % loop.pictures.length;
  }

  #pictureAt(n: number): PackedPicture {
    const picture = this.#source.pictures[this.#placeOf(n, this.#source)];
    if (picture === undefined) throw new Error('an empty loop');
    return picture;
  }

  /** Changes of what is shown take hold at key pictures only, so that every picture can be decoded. */
  #choose(n: number): PackedPicture {
    const behaviour = this.#o.behaviour();
    if (this.#pictureAt(n).key) {
      const wanted = behaviour.swapped ? this.#o.other : this.#o.loop;
      const place = this.#placeOf(n, wanted);
      if (wanted.pictures[place]?.key === true) this.#source = wanted;
      if (!behaviour.frozen) this.#stillGop = null;
      else this.#stillGop ??= this.#source.frozen(this.#placeOf(n, this.#source));
    }
    const place = this.#placeOf(n, this.#source);
    return this.#stillGop?.[place - (this.#source.keyOf[place] ?? 0)] ?? this.#pictureAt(n);
  }

  readonly #tick = (): void => {
    if (this.#viewers.size === 0) {
      this.#running = false;
      return;
    }
    const now = this.#o.wheel.now();
    for (let sent = 0; this.#dueOf(this.#next) <= now && sent < 50; sent += 1) {
      const n = this.#next;
      this.#next += 1;
      this.#send(this.#choose(n), n);
    }
    this.#o.wheel.at(this.#dueOf(this.#next), this.#tick);
  };

  #send(picture: PackedPicture, n: number): void {
    const behaviour = this.#o.behaviour();
    if (picture.key) for (const viewer of this.#viewers) viewer.started = true;
    if (behaviour.stalled) return;
    const skip = behaviour.omitStreamParameterSets ? picture.setPackets : 0;
    const lease = this.#o.pool.lease(picture.bytes.length);
    picture.bytes.copy(lease.bytes);
    const timestamp = this.#timestampOf(n);
    const count = picture.starts.length - 1;
    for (let i = skip; i < count; i += 1) {
      const rtp = (picture.starts[i] ?? 0) + interleavedBytes;
      lease.bytes.writeUInt16BE(this.#sequence, rtp + 2);
      lease.bytes.writeUInt32BE(timestamp, rtp + 4);
      lease.bytes.writeUInt32BE(this.ssrc, rtp + 8);
      this.#sequence = (this.#sequence + 1) & 0xffff;
    }
    if (picture.clockAt >= 0) writeWallClock(lease.bytes, picture.clockAt, this.#o.cameraClock(this.#dueOf(n)));
    if (behaviour.mangle !== 'none') manglePicture(behaviour.mangle, lease.bytes, picture.starts);
    this.#o.tally.picturesSent += 1;
    this.#packets += count - skip;
    this.#octets += picture.bytes.length - 16 * count;
    const whole = behaviour.arrival === 'burst' && behaviour.sendBufferBytes === null && this.#o.orders.drop === 0;
    if (whole) this.#sendWhole(lease, picture, skip);
    else this.#sendApart(lease, picture, skip, n);
  }

  #sendWhole(lease: Leased, picture: PackedPicture, skip: number): void {
    const from = picture.starts[skip] ?? 0;
    for (const viewer of this.#viewers) this.#write(viewer, lease, from, lease.bytes.length, picture.starts.length - 1 - skip);
    lease.sealed();
  }

  #sendApart(lease: Leased, picture: PackedPicture, skip: number, n: number): void {
    const { arrival } = this.#o.behaviour();
    const count = picture.starts.length - 1 - skip;
    const gapMs = arrival === 'spread' ? spreadGapMs : arrival === 'even' ? this.#intervalMs / (count + 1) : 0;
    const idle = this.#queue.length === 0;
    for (let i = 0; i < count; i += 1) {
      const from = picture.starts[skip + i] ?? 0;
      const until = picture.starts[skip + i + 1] ?? from;
      this.#queue.push({ lease, from, until, dueMs: this.#dueOf(n) + i * gapMs, last: i === count - 1 });
    }
    if (idle) this.#pump();
  }

  readonly #pump = (): void => {
    const now = this.#o.wheel.now();
    let done = 0;
    for (let packet = this.#queue[done]; packet !== undefined && packet.dueMs <= now; packet = this.#queue[done]) {
      done += 1;
      if (this.#o.orders.drop > 0) {
        this.#o.orders.drop -= 1;
        this.#o.tally.packetsDropped += this.#viewers.size;
      } else for (const viewer of this.#viewers) this.#write(viewer, packet.lease, packet.from, packet.until, 1);
      if (packet.last) packet.lease.sealed();
    }
    this.#queue.splice(0, done);
    const next = this.#queue[0];
    if (next !== undefined) this.#o.wheel.at(next.dueMs, this.#pump, this.#o.behaviour().arrival === 'spread');
  };

  #write(viewer: Viewer, lease: Leased, from: number, until: number, packets: number): void {
    if (!viewer.started || viewer.socket.destroyed || !viewer.socket.writable) return;
    const limit = this.#o.behaviour().sendBufferBytes;
    const owed = limit === null ? viewer.socket.writableLength : unsentBytes(viewer.socket);
    if (owed + until - from > (limit ?? machineLimitBytes)) {
      this.#o.tally.packetsDropped += packets;
      return;
    }
    this.#o.tally.packetsSent += packets;
    this.#o.tally.bytesSent += until - from;
    const bytes = lease.bytes.subarray(from, until);
    if (viewer.udp !== null) viewer.udp.sendFrames(bytes, this.#o.behaviour().onTheWay);
    else if (viewer.rtpChannel === 0) viewer.socket.write(bytes, lease.hold());
    else viewer.socket.write(onChannel(bytes, viewer.rtpChannel));
  }

  readonly #report = (): void => {
    if (!this.#running) return;
    const now = this.#o.wheel.now();
    const { stalled, mangle } = this.#o.behaviour();
    if (!stalled && mangle === 'none') {
      const timestamp = (this.#timestampBase + Math.round((now - this.#epochMs) * 90)) % 2 ** 32;
      const report = senderReport({ ssrc: this.ssrc, atMs: this.#o.cameraClock(now), timestamp, packets: this.#packets, octets: this.#octets });
      for (const viewer of this.#viewers) {
        if (!viewer.started || !viewer.socket.writable) continue;
        if (viewer.udp !== null) {
          viewer.udp.sendReport(report);
          continue;
        }
        const head = Buffer.from([0x24, viewer.rtpChannel + 1, report.length >> 8, report.length & 0xff]);
        viewer.socket.write(Buffer.concat([head, report]));
      }
    }
    this.#o.wheel.at(now + 1_000, this.#report);
  };
}

/** A copy for the rare viewer that asked for other channels than 0-1. */
const onChannel = (bytes: Buffer, channel: number): Buffer => {
  const copy = Buffer.from(bytes);
  for (let at = 0; at + interleavedBytes <= copy.length; at += interleavedBytes + copy.readUInt16BE(at + 2)) copy[at + 1] = channel;
  return copy;
};
