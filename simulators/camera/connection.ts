/** One RTSP connection: requests in, answers out, at most one session of one stream. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { Doorkeeper } from './auth.ts';
import type { Camera } from './camera.ts';
import { RequestReader, responseText, type RtspRequest } from './rtsp-message.ts';
import { describeSoundOnly, describeStream, videoControl } from './sdp.ts';
import type { Stream, Viewer } from './stream.ts';
import { UdpPath } from './udp-path.ts';
import type { Wheel } from './wheel.ts';

const publicMethods = 'OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, SET_PARAMETER, TEARDOWN';

export type Find = (path: string) => { camera: Camera; stream: Stream } | null;

export class Connection {
  readonly #socket: Socket;
  readonly #find: Find;
  readonly #wheel: Wheel;
  readonly #reader = new RequestReader();
  readonly #door = new Doorkeeper();
  #session: { id: string; stream: Stream; viewer: Viewer; camera: Camera } | null = null;
  #signOfLifeMs: number;

  constructor(socket: Socket, find: Find, wheel: Wheel) {
    this.#socket = socket;
    this.#find = find;
    this.#wheel = wheel;
    this.#signOfLifeMs = wheel.now();
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#leave());
  }

  #read(chunk: Buffer): void {
    this.#signOfLifeMs = this.#wheel.now();
    try {
      for (const incoming of this.#reader.push(chunk)) if (incoming.kind === 'request') this.#answer(incoming.request);
    } catch {
      this.#socket.end(responseText(400, '0', []));
    }
  }

  #leave(): void {
    if (this.#session !== null) this.#session.stream.leave(this.#session.viewer);
    this.#session?.viewer.udp?.close();
    this.#session = null;
  }

  #reply(request: RtspRequest, status: number, headers: [string, string][] = [], body = ''): void {
    if (this.#socket.writable) this.#socket.write(responseText(status, request.headers.get('cseq') ?? '0', headers, body));
  }

  #answer(request: RtspRequest): void {
    const found = this.#find(pathOf(request.uri));
    if (found === null) {
      if (request.method === 'OPTIONS') this.#reply(request, 200, [['Public', publicMethods]]);
      else this.#reply(request, 404);
      return;
    }
    const { camera, stream } = found;
    const behaviour = camera.behaviour();
    camera.connected(this.#socket);
    if (behaviour.mute) return;
    if (behaviour.refuse?.method === request.method) {
      this.#reply(request, behaviour.refuse.status, behaviour.refuse.status === 401 ? [['WWW-Authenticate', 'Basic realm="closed"']] : []);
      return;
    }
    // Real cameras answer OPTIONS without a password.
    if (behaviour.auth !== null && request.method !== 'OPTIONS') {
      if (!this.#door.admits(behaviour.auth, request.method, request.headers.get('authorization'))) {
        this.#reply(request, 401, this.#door.challenges(behaviour.auth));
        return;
      }
    }
    this.#dispatch(request, camera, stream);
  }

  #dispatch(request: RtspRequest, camera: Camera, stream: Stream): void {
    switch (request.method) {
      case 'OPTIONS':
        return this.#reply(request, 200, [['Public', publicMethods]]);
      case 'DESCRIBE':
        return this.#describe(request, camera, stream);
      case 'SETUP':
        return this.#setup(request, camera, stream);
      case 'PLAY':
        return this.#play(request);
      case 'GET_PARAMETER':
      case 'SET_PARAMETER':
        return this.#reply(request, 200, this.#sessionHeader());
      case 'TEARDOWN':
        this.#leave();
        this.#reply(request, 200);
        this.#socket.end();
        return;
      default:
        return this.#reply(request, 405, [['Allow', publicMethods]]);
    }
  }

  #describe(request: RtspRequest, camera: Camera, stream: Stream): void {
    const { mangle, omitSdpParameterSets } = camera.behaviour();
    if (mangle === 'endless_header' || mangle === 'endless_body') {
      this.#flood(request, mangle);
      return;
    }
    const sdp = mangle === 'no_video' ? describeSoundOnly(camera.name) : describeStream(stream.loop, camera.name, !omitSdpParameterSets);
    this.#reply(
      request,
      200,
      [
        ['Content-Base', `${request.uri.replace(/\/$/, '')}/`],
        ['Content-Type', 'application/sdp'],
      ],
      sdp,
    );
  }

  /** An answer without end, at a bounded pace: one 64 KiB block each time the last one was taken. */
  #flood(request: RtspRequest, how: 'endless_header' | 'endless_body'): void {
    const cseq = request.headers.get('cseq') ?? '0';
    const start = how === 'endless_header' ? 'X-Endless: ' : `Content-Type: application/sdp\r\nContent-Length: 4398046511104\r\n\r\nv=0\r\n`;
    this.#socket.write(`RTSP/1.0 200 OK\r\nCSeq: ${cseq}\r\n${start}`);
    const block = Buffer.alloc(65_536, 'a');
    const more = (): void => {
      if (this.#socket.writable) this.#socket.write(block, () => this.#wheel.at(this.#wheel.now() + 1, more));
    };
    more();
  }

  #setup(request: RtspRequest, camera: Camera, stream: Stream): void {
    const transport = request.headers.get('transport') ?? '';
    if (this.#session !== null) return this.#reply(request, 455);
    const clientPort = /RTP\/AVP(?:\/UDP)?;unicast;client_port=(\d+)-\d+/i.exec(transport);
    if (clientPort !== null) return this.#setupUdp(request, camera, stream, Number(clientPort[1]));
    if (!/RTP\/AVP\/TCP/i.test(transport)) return this.#reply(request, 461);
    const rtpChannel = Number(/interleaved=(\d+)/i.exec(transport)?.[1] ?? '0');
    if (rtpChannel > 254) return this.#reply(request, 461);
    this.#begin(request, camera, stream, { socket: this.#socket, rtpChannel, udp: null, started: false }, `RTP/AVP/TCP;unicast;interleaved=${rtpChannel}-${rtpChannel + 1}`);
  }

  #begin(request: RtspRequest, camera: Camera, stream: Stream, viewer: Viewer, transport: string): void {
    this.#session = { id: randomBytes(8).toString('hex'), stream, camera, viewer };
    const ssrc = stream.ssrc.toString(16).padStart(8, '0');
    this.#reply(request, 200, [['Transport', `${transport};ssrc=${ssrc}`], ...this.#sessionHeader()]);
    this.#watchLife();
  }

  #setupUdp(request: RtspRequest, camera: Camera, stream: Stream, clientPort: number): void {
    UdpPath.open(this.#socket.remoteAddress ?? '127.0.0.1', clientPort)
      .then((udp) => {
        if (this.#socket.destroyed) udp.close();
        else this.#begin(request, camera, stream, { socket: this.#socket, rtpChannel: 0, udp, started: false }, `RTP/AVP;unicast;client_port=${clientPort}-${clientPort + 1};server_port=${udp.port}-${udp.port + 1}`);
      })
      .catch(() => this.#reply(request, 500));
  }

  #sessionHeader(): [string, string][] {
    if (this.#session === null) return [];
    return [['Session', `${this.#session.id};timeout=${this.#session.camera.behaviour().sessionTimeoutSeconds}`]];
  }

  #watchLife(): void {
    if (this.#session === null || this.#socket.destroyed) return;
    const { enforceTimeout, sessionTimeoutSeconds } = this.#session.camera.behaviour();
    const now = this.#wheel.now();
    if (enforceTimeout && now - this.#signOfLifeMs > sessionTimeoutSeconds * 1_000) {
      this.#socket.destroy();
      return;
    }
    this.#wheel.at(now + 500, () => this.#watchLife());
  }

  #play(request: RtspRequest): void {
    const session = this.#session;
    if (session === null) return this.#reply(request, 454);
    const given = (request.headers.get('session') ?? '').split(';')[0]?.trim();
    if (given !== session.id) return this.#reply(request, 454);
    const base = request.uri.replace(/\/$/, '');
    const { sequence, timestamp } = session.stream.join(session.viewer);
    this.#reply(request, 200, [
      ...this.#sessionHeader(),
      ['Range', 'npt=now-'],
      ['RTP-Info', `url=${base}/${videoControl};seq=${sequence};rtptime=${timestamp}`],
    ]);
  }
}

/** rtsp://host:554/gate/sub/trackID=0?x → gate/sub */
const pathOf = (uri: string): string => {
  const path = uri.replace(/^rtsps?:\/\/[^/]*/i, '').replace(/\?.*$/, '');
  return path.replace(/\/+trackID=\d+$/i, '').replaceAll(/^\/+|\/+$/g, '');
};
