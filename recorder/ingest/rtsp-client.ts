/**
 * One RTSP connection (RFC 2326), its media within it (interleaved) or beside it (UDP): OPTIONS, DESCRIBE, SETUP of the video track, PLAY, keep-alive, TEARDOWN.
 * Requests go one after another; every step has its limit on the injected clock; the first cause ends it, once.
 * All sockets of the process share one receive buffer: its bytes are spent when the read returns.
 */
import type { Socket } from 'node:net';
import type { CameraSource } from '../../contract/recorder.ts';
import type { Clock } from '../../server/src/base/clock.ts';
import { kibibyte, secondMs } from '../../server/src/base/units.ts';
import { type CameraAddress, type Lookup, parseAddress, resolveAddress } from './address.ts';
import { cleanDetail, type EndCause, socketCause, statusCause } from './cause.ts';
import { DatagramPair } from './datagrams.ts';
import { Authorizer, chooseChallenge } from './digest.ts';
import { descriptorOf, readNow } from './poll-read.ts';
import type { ReadTime } from './receiver.ts';
import { baseOf, offersGetParameter, sessionOf, transportOf } from './rtsp-answers.ts';
import { type RtspMessage, RtspParser } from './rtsp-parser.ts';
import { type Described, parseSdp, type VideoTrack } from './sdp.ts';
import { openSocket } from './socket.ts';

export type Step = 'resolve' | 'connect' | 'OPTIONS' | 'DESCRIBE' | 'SETUP' | 'PLAY' | 'playing' | 'ended';
type Method = 'OPTIONS' | 'DESCRIBE' | 'SETUP' | 'PLAY' | 'GET_PARAMETER' | 'TEARDOWN';

export interface RtspHandlers {
  onTrack(track: VideoTrack): void;
  onPlaying(): void;
  onMedia(bytes: Buffer, start: number, end: number, time: ReadTime): void;
  onControl(bytes: Buffer, start: number, end: number, time: ReadTime): void;
  onEnd(cause: EndCause): void;
}

export type RtspSource = Pick<CameraSource, 'url' | 'username' | 'password' | 'allowLocal' | 'transport' | 'tlsFingerprint'>;

/** A frame of our own for the interleaved channel begins with four bytes that a datagram does not have. */
const interleavedHeadBytes = 4;

const connectLimitMs = 5 * secondMs;
const answerLimitMs = 5 * secondMs;
const userAgent = 'Vigil';
/** More than this unsent: the camera does not read. Requests have some hundred bytes. */
const unsentLimitBytes = 64 * kibibyte;
/** One for all cameras: a read is worked through before the next begins. Large enough that 200 ms of a 4K camera is one read. */
const receiveBuffer = Buffer.allocUnsafeSlow(256 * kibibyte);
/** 2 MiB a drain: a camera that sends faster than that for long is held back by its own connection, not by the others' patience. */
const readsPerDrain = 8;

export class RtspClient {
  readonly #source: RtspSource;
  readonly #clock: Clock;
  readonly #handlers: RtspHandlers;
  readonly #lookup: Lookup | undefined;
  readonly #parser: RtspParser;
  #step: Step = 'resolve';
  #stepSince: number;
  #socket: Socket | null = null;
  #connected = false;
  #address: CameraAddress | null = null;
  /** Network address that the connection goes to. */
  #camera = '';
  #credentials: { username: string; password: string } | null = null;
  #authorizer: Authorizer | null = null;
  #cseq = 0;
  #pending: { cseq: number; method: Method; uri: string; challenged: boolean } | null = null;
  #described: Described | null = null;
  #session: string | null = null;
  #keepAliveMs = 0;
  #keepAliveAt = 0;
  #keepAliveMethod: Method = 'OPTIONS';
  #mediaChannel = 0;
  #datagrams: DatagramPair | null = null;
  #paced = false;
  /** Of the paced socket, where it can be read without the event loop; else -1. */
  #descriptor = -1;
  /** Bytes read from the socket. */
  bytes = 0;
  /** When the read in progress began: asked once a read, not once a packet. */
  readonly #time: ReadTime = { readAt: 0, readMonotonic: 0 };

  constructor(source: RtspSource, clock: Clock, handlers: RtspHandlers, ask?: Lookup) {
    this.#source = source;
    this.#clock = clock;
    this.#handlers = handlers;
    this.#lookup = ask;
    this.#stepSince = clock.monotonic();
    this.#parser = new RtspParser({
      onMessage: (message) => this.#message(message),
      onFrame: (channel, bytes, start, end) => {
        if (channel === this.#mediaChannel) handlers.onMedia(bytes, start, end, this.#time);
        else if (channel === this.#mediaChannel + 1) handlers.onControl(bytes, start, end, this.#time);
      },
      onFault: (detail) => this.#end({ reason: 'stream_invalid', outcome: this.#cseq <= 1 ? 'not_rtsp' : 'camera_error', detail }),
    });
  }

  get step(): Step {
    return this.#step;
  }

  get controlChannel(): number {
    return this.#mediaChannel + 1;
  }

  /** Starts; its failures come as onEnd, never before start() has returned. */
  start(): void {
    this.#begin().catch((error: unknown) => this.fail({ reason: 'stream_invalid', outcome: 'camera_error', detail: String(error) }));
  }

  /** Read only on drain() from now on. */
  pace(): void {
    const socket = this.#socket;
    if (socket === null || this.#step !== 'playing') return;
    if (this.#datagrams !== null || this.#address?.secure === true) return; // nothing to pace: packets come by themselves, or decrypted
    this.#paced = true;
    this.#descriptor = descriptorOf(socket);
    // Taken out of the event loop: it would be woken by every packet of a socket that stands paused for a moment only.
    if (this.#descriptor >= 0) socket.pause();
  }

  drain(): void {
    this.#datagrams?.tick(this.#clock.monotonic());
    if (!this.#paced || this.#step !== 'playing') return;
    if (this.#descriptor < 0) this.#socket?.resume(); // pauses itself when it is empty
    else this.#poll();
  }

  /** Time-outs of the dialogue and the keep-alive. */
  check(): void {
    const now = this.#clock.monotonic();
    const waited = now - this.#stepSince;
    const step = this.#step;
    if (step === 'ended') return;
    if (step === 'playing') {
      if (now >= this.#keepAliveAt) this.#keepAlive(now);
    } else if (step === 'resolve' || step === 'connect') {
      if (waited <= connectLimitMs) return;
      // It took the connection, but what it was then asked was TLS.
      if (this.#socket?.connecting === false) this.fail({ reason: 'camera_unreachable', outcome: 'not_rtsp', detail: `no TLS in ${connectLimitMs} ms` });
      else this.fail({ reason: 'camera_unreachable', outcome: 'unreachable', detail: `no ${step === 'resolve' ? 'name answer' : 'connection'} in ${connectLimitMs} ms` });
    } else if (waited > answerLimitMs) {
      this.fail({ reason: 'camera_silent', outcome: 'unreachable', detail: `${step}: no answer in ${answerLimitMs} ms` });
    }
  }

  send(frame: Buffer): void {
    const socket = this.#socket;
    if (socket === null || this.#step === 'ended') return;
    if (socket.writableLength > unsentLimitBytes) return this.fail({ reason: 'network', outcome: 'camera_error', detail: 'the camera does not read' });
    socket.write(frame);
  }

  /** A receiver report, as an interleaved frame. */
  sendReport(frame: Buffer): void {
    if (this.#datagrams === null) this.send(frame);
    else this.#datagrams.sendControl(frame.subarray(interleavedHeadBytes));
  }

  /** Ends the connection for a cause found above RTSP. */
  fail(cause: EndCause): void {
    this.#end(cause);
  }

  /** Ends without an event: TEARDOWN where a session stands. */
  close(): void {
    if (this.#step === 'ended') return;
    const socket = this.#socket;
    if (this.#session !== null && socket !== null && !socket.destroyed) {
      this.#request('TEARDOWN', this.#described?.aggregate ?? this.#url());
      this.#finish();
      socket.end();
      this.#clock.after(secondMs, () => socket.destroy());
    } else {
      this.#finish();
      socket?.destroy();
    }
  }

  async #begin(): Promise<void> {
    await Promise.resolve(); // start() returns first
    const address = parseAddress(this.#source.url);
    if (address === null) return this.#end({ reason: 'camera_unreachable', outcome: 'address_wrong', detail: 'not an rtsp:// or rtsps:// address' });
    this.#address = address;
    const username = this.#source.username ?? address.username;
    if (username !== null) this.#credentials = { username, password: this.#source.password ?? address.password ?? '' };
    const found = await resolveAddress(address.host, this.#source.allowLocal, this.#lookup);
    if (this.#step !== 'resolve') return;
    if (!found.ok) {
      const detail = found.why === 'address_local' ? 'loopback and link-local addresses are not allowed' : 'the name is not known';
      return this.#end({ reason: 'camera_unreachable', outcome: found.why, detail });
    }
    this.#connect(found.address, address);
  }

  #connect(address: string, { host, port, secure }: CameraAddress): void {
    this.#enter('connect');
    this.#camera = address;
    const to = { address, host, port, secure: secure ? { fingerprint: this.#source.tlsFingerprint ?? null } : null };
    const socket = openSocket(to, receiveBuffer, {
      onReady: () => {
        this.#connected = true;
        if (this.#step === 'connect') this.#request('OPTIONS', this.#url());
      },
      onRead: (length, bytes) => this.#read(length, bytes),
      onUntrusted: (cause) => this.#end(cause),
    });
    this.#socket = socket;
    socket.on('error', (error) => this.#end(socketCause(error, this.#connected)));
    socket.on('end', () => this.#end(this.#closedByCamera()));
    socket.on('close', () => this.#end(this.#closedByCamera()));
    socket.resume(); // lets the end of the stream be seen
  }

  #closedByCamera(): EndCause {
    const beforeAnswer = this.#cseq <= 1 && (this.#step === 'OPTIONS' || this.#step === 'connect');
    return { reason: 'network', outcome: beforeAnswer ? 'not_rtsp' : 'camera_error', detail: `the camera closed the connection (${this.#step})` };
  }

  #poll(): void {
    for (let reads = 0; reads < readsPerDrain; reads += 1) {
      const length = readNow(this.#descriptor, receiveBuffer);
      if (length instanceof Error) return this.#end(socketCause(length, true));
      if (length === 0) return this.#end(this.#closedByCamera());
      if (length > 0) this.#read(length, receiveBuffer);
      if (length < receiveBuffer.length || this.#step !== 'playing') return;
    }
  }

  /** Answers whether to go on reading: a paced socket stops when it is empty. */
  #read(length: number, bytes: Buffer): boolean {
    if (this.#step === 'ended') return false;
    this.bytes += length;
    this.#time.readAt = this.#clock.now();
    this.#time.readMonotonic = this.#clock.monotonic();
    try {
      this.#parser.push(bytes, length);
    } catch (error) {
      // Whatever a camera can bring about ends that camera alone.
      this.fail({ reason: 'stream_invalid', outcome: 'camera_error', detail: `while reading: ${String(error)}` });
    }
    return !this.#paced || length === bytes.length;
  }

  #message(message: RtspMessage): void {
    if (message.status === null) return this.#requestOfCamera(message);
    const pending = this.#pending;
    const cseq = Number(message.headers.get('cseq')?.[0] ?? pending?.cseq);
    if (pending === null || cseq !== pending.cseq) return; // late answer to a keep-alive
    this.#pending = null;
    if (message.status >= 100 && message.status < 200) this.#pending = pending;
    else if (message.status === 401) this.#challenged(pending, message);
    else if (message.status >= 200 && message.status < 300) this.#answered(pending.method, message);
    else this.#refused(pending.method, message.status, message.text);
  }

  #challenged(pending: { method: Method; uri: string; challenged: boolean }, message: RtspMessage): void {
    const challenge = chooseChallenge(message.headers.get('www-authenticate') ?? []);
    const isStale = challenge?.scheme === 'digest' && challenge.stale && this.#authorizer !== null;
    if (challenge === null || this.#credentials === null || (pending.challenged && !isStale)) return this.#refused(pending.method, 401, message.text);
    if (pending.challenged && pending.method !== 'GET_PARAMETER' && this.#cseq > 50) return this.#refused(pending.method, 401, 'always another nonce');
    this.#authorizer = new Authorizer(challenge, this.#credentials);
    this.#request(pending.method, pending.uri, true);
  }

  #refused(method: Method, status: number, phrase: string): void {
    if (this.#step === 'playing') {
      this.#keepAliveMethod = 'OPTIONS'; // GET_PARAMETER was promised but not kept; media tells whether the camera lives
      return;
    }
    // Cameras without OPTIONS exist; what counts is DESCRIBE.
    if (method === 'OPTIONS' && (status === 405 || status === 501 || status === 404 || status === 454)) return this.#request('DESCRIBE', this.#url());
    const given = this.#credentials !== null;
    this.#end(statusCause(method, status, phrase, given));
  }

  #answered(method: Method, message: RtspMessage): void {
    if (method === 'OPTIONS' && this.#step === 'OPTIONS') {
      if (offersGetParameter(message)) this.#keepAliveMethod = 'GET_PARAMETER';
      this.#request('DESCRIBE', this.#url());
    } else if (method === 'DESCRIBE') this.#describedAs(message);
    else if (method === 'SETUP') this.#setUp(message);
    else if (method === 'PLAY' && this.#step === 'PLAY') {
      this.#enter('playing');
      this.#keepAliveAt = this.#clock.monotonic() + this.#keepAliveMs;
      this.#handlers.onPlaying();
    }
  }

  #describedAs(message: RtspMessage): void {
    const described = parseSdp(message.body.toString('utf8'), baseOf(message, this.#url()));
    if (described.video === null) {
      return this.#end({ reason: 'stream_invalid', outcome: 'no_video', detail: `no H.264 or H.265 track; offered: ${described.offered || 'nothing'}` });
    }
    this.#described = described;
    this.#handlers.onTrack(described.video);
    this.#parser.framesAllowed = true; // some cameras send at once
    if (this.#source.transport === 'udp') this.#openDatagrams(described.video.control);
    else this.#request('SETUP', described.video.control);
  }

  #openDatagrams(control: string): void {
    this.#enter('SETUP');
    DatagramPair.open(this.#camera, () => this.#clock.monotonic(), {
      onMedia: (bytes) => this.#datagram(bytes, true),
      onControl: (bytes) => this.#datagram(bytes, false),
      onFault: (error) => this.fail({ reason: 'network', outcome: 'camera_error', detail: `UDP: ${error.message}` }),
    }).then(
      (pair) => {
        if (this.#step !== 'SETUP') return pair.close();
        this.#datagrams = pair;
        this.#request('SETUP', control);
      },
      (error: unknown) => this.fail({ reason: 'network', outcome: 'camera_error', detail: `no UDP ports: ${String(error)}` }),
    );
  }

  #datagram(bytes: Buffer, isMedia: boolean): void {
    if (this.#step === 'ended') return; // some cameras send before they answer
    this.bytes += bytes.length;
    this.#time.readAt = this.#clock.now();
    this.#time.readMonotonic = this.#clock.monotonic();
    if (isMedia) this.#handlers.onMedia(bytes, 0, bytes.length, this.#time);
    else this.#handlers.onControl(bytes, 0, bytes.length, this.#time);
  }

  #setUp(message: RtspMessage): void {
    const { channel, ports } = transportOf(message);
    if (this.#datagrams !== null && channel !== null) return this.#end({ reason: 'camera_refused', outcome: 'transport_refused', detail: 'SETUP: the camera sends over TCP only' });
    if (channel !== null) this.#mediaChannel = channel;
    if (ports !== null) this.#datagrams?.cameraPorts(...ports);
    const session = sessionOf(message);
    this.#session = session.id;
    this.#keepAliveMs = session.keepAliveMs;
    this.#request('PLAY', this.#described?.aggregate ?? this.#url());
  }

  #requestOfCamera(message: RtspMessage): void {
    const cseq = message.headers.get('cseq')?.[0] ?? '';
    const known = message.text === 'OPTIONS' || message.text === 'GET_PARAMETER' || message.text === 'SET_PARAMETER';
    if (message.text === 'TEARDOWN' || message.text === 'REDIRECT') return this.#end({ reason: 'network', outcome: 'camera_error', detail: `the camera sent ${message.text}` });
    if (/^\d{1,10}$/.test(cseq)) this.send(Buffer.from(`RTSP/1.0 ${known ? '200 OK' : '501 Not Implemented'}\r\nCSeq: ${cseq}\r\n\r\n`, 'latin1'));
  }

  #keepAlive(now: number): void {
    this.#keepAliveAt = now + this.#keepAliveMs;
    this.#request(this.#keepAliveMethod, this.#described?.aggregate ?? this.#url());
  }

  #request(method: Method, uri: string, challenged = false): void {
    if (method !== 'GET_PARAMETER' && method !== 'TEARDOWN' && this.#step !== 'playing') this.#enter(method);
    this.#cseq += 1;
    this.#pending = { cseq: this.#cseq, method, uri, challenged };
    const lines = [`${method} ${uri} RTSP/1.0`, `CSeq: ${this.#cseq}`, `User-Agent: ${userAgent}`];
    if (method === 'DESCRIBE') lines.push('Accept: application/sdp');
    if (method === 'SETUP') lines.push(`Transport: ${this.#datagrams === null ? 'RTP/AVP/TCP;unicast;interleaved=0-1' : `RTP/AVP;unicast;client_port=${this.#datagrams.rtpPort}-${this.#datagrams.rtpPort + 1}`}`);
    if (method === 'PLAY') lines.push('Range: npt=0.000-');
    if (this.#session !== null) lines.push(`Session: ${this.#session}`);
    if (this.#authorizer !== null) lines.push(`Authorization: ${this.#authorizer.header(method, uri)}`);
    this.send(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'utf8'));
  }

  #url(): string {
    return this.#address?.url ?? '';
  }

  #enter(step: Step): void {
    this.#step = step;
    this.#stepSince = this.#clock.monotonic();
  }

  #end(cause: EndCause): void {
    if (this.#step === 'ended') return;
    const { username, password } = this.#credentials ?? this.#source;
    const detail = cleanDetail(cause.detail, { username, password });
    this.#finish();
    this.#socket?.destroy();
    this.#handlers.onEnd({ ...cause, detail });
  }

  #finish(): void {
    this.#step = 'ended';
    this.#parser.end();
    this.#datagrams?.close();
  }
}
