/** One WebSocket a window (contract/live.ts): transport only. Who may watch what is decided by whoever listens here. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { LiveRequest, type LiveNotice } from '../../../../contract/live.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { kibibyte, secondMs } from '../../base/units.ts';
import { consoleOf, isOurHost, isOurOrigin, tokenOf, type Gate, type OriginRule } from './gate.ts';
import type { Metrics } from './metrics.ts';
import { asRefusal, statusOf } from './refusals.ts';

export interface LiveSocket<Caller> {
  readonly caller: Caller;
  readonly source: string;
  /** Secret of the computer at the other end, valid or not. */
  readonly console: string | undefined;
  /** Text message; silently dropped when the window is gone. */
  tell(notice: LiveNotice): void;
  /** Binary message of several pieces, sent as one. */
  sendVideo(pieces: readonly Uint8Array[]): void;
  /** Bytes waiting for a slow window. */
  waitingBytes(): number;
  close(): void;
  /** Asks the gate again, as at the upgrade: answers the caller as they are now, or throws the refusal. */
  readonly admitAgain: () => Promise<Caller>;
}

export interface LiveListener<Caller> {
  opened(socket: LiveSocket<Caller>): void;
  asked(socket: LiveSocket<Caller>, request: LiveRequest): void;
  closed(socket: LiveSocket<Caller>): void;
}

export interface LiveOptions<Caller> {
  clock: Clock;
  log: Log;
  metrics: Metrics;
  gate: Gate<Caller>;
  origin: OriginRule;
  listener: LiveListener<Caller>;
}

const path = '/api/live';
const aliveEveryMs = 20 * secondMs;
/** At a stop a window gets so long to say goodbye. */
const goodbyeMs = 2 * secondMs;
/** Windows of one session: screens of a wall, and some that were forgotten. */
const windowsPerSession = 32;

/** How a window came in, to be asked again. */
interface Door<Caller> {
  source: string;
  token: string | undefined;
  console: string | undefined;
  readonly admit: () => Promise<Caller>;
}

class Connection<Caller> implements LiveSocket<Caller> {
  readonly caller: Caller;
  readonly source: string;
  readonly token: string | undefined;
  readonly console: string | undefined;
  readonly admitAgain: () => Promise<Caller>;
  readonly #socket: WebSocket;
  heard = true;

  constructor(socket: WebSocket, caller: Caller, door: Door<Caller>) {
    this.#socket = socket;
    this.caller = caller;
    this.source = door.source;
    this.token = door.token;
    this.console = door.console;
    this.admitAgain = door.admit;
  }

  terminate(): void {
    this.#socket.terminate();
  }

  tell(notice: LiveNotice): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(notice));
  }

  sendVideo(pieces: readonly Uint8Array[]): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    pieces.forEach((piece, index) => this.#socket.send(piece, { binary: true, fin: index === pieces.length - 1 }));
  }

  waitingBytes(): number {
    return this.#socket.bufferedAmount;
  }

  close(): void {
    this.#socket.close(1000);
  }

  /** Ends a window that no longer answers; asks the others for a sign of life. */
  checkAlive(): void {
    if (!this.heard) this.#socket.terminate();
    this.heard = false;
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
  }
}

const refuseUpgrade = (socket: Duplex, status: number): void => {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

const parseRequest = (text: string): LiveRequest | null => {
  try {
    const result = LiveRequest.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
};

/** Attaches to the HTTP server; answers a function that ends all sockets. */
export const attachLiveSockets = <Caller>(server: Server, options: LiveOptions<Caller>): (() => void) => {
  const { clock, gate, listener, origin, metrics } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 16 * kibibyte, perMessageDeflate: false });
  const connections = new Set<Connection<Caller>>();

  const welcome = (socket: WebSocket, caller: Caller, door: Door<Caller>): void => {
    const connection = new Connection(socket, caller, door);
    connections.add(connection);
    metrics.liveSockets.set(connections.size);
    socket.on('pong', () => (connection.heard = true));
    socket.on('error', (error) => options.log.debug('live socket broke', { error: error.message }));
    socket.on('close', () => {
      connections.delete(connection);
      metrics.liveSockets.set(connections.size);
      listener.closed(connection);
    });
    socket.on('message', (data: Buffer, isBinary) => {
      // A window that was told to go may still talk until it has said goodbye: its rights may be why.
      if (socket.readyState !== socket.OPEN) return undefined;
      connection.heard = true;
      const request = isBinary ? null : parseRequest(data.toString('utf8'));
      if (request === null) return socket.close(1007);
      if (request.op === 'ping') return connection.tell({ op: 'pong', sentAt: request.sentAt, now: clock.now() });
      return listener.asked(connection, request);
    });
    listener.opened(connection);
  };

  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const { headers } = request;
    if (request.url?.split('?')[0] !== path) return refuseUpgrade(socket, 404);
    if (!isOurHost(headers.host, origin) || !isOurOrigin(headers.origin, headers.host, origin)) return refuseUpgrade(socket, 403);
    const source = request.socket.remoteAddress ?? '';
    const token = tokenOf(headers);
    const admit = async (): Promise<Caller> => {
      const caller = await gate.admit({ token, source, what: 'live' }, { kind: 'signed_in' });
      if (caller === null) throw new Error('the gate let nobody in');
      return caller;
    };
    try {
      const caller = await admit();
      if ([...connections].filter((one) => one.token === token).length >= windowsPerSession) return refuseUpgrade(socket, statusOf.too_many);
      sockets.handleUpgrade(request, socket, head, (ws) => welcome(ws, caller, { source, token, console: consoleOf(headers), admit }));
    } catch (error) {
      const { refusal, unexpected } = asRefusal(error);
      if (unexpected) options.log.error('a live socket could not be opened', { error });
      refuseUpgrade(socket, statusOf[refusal.kind]);
    }
  };

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    void upgrade(request, socket, head);
  });
  const alive = clock.every(aliveEveryMs, () => connections.forEach((connection) => connection.checkAlive()));
  return () => {
    alive.cancel();
    connections.forEach((connection) => connection.close());
    clock.after(goodbyeMs, () => connections.forEach((connection) => connection.terminate()));
    sockets.close();
  };
};
