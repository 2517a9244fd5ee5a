/**
 * The one WebSocket of a window: /api/live. It connects by itself and again after every loss, keeps what is watched across
 * reconnects, and compares the window's clock with the server's. Everything live on any screen comes through here.
 */
import { LiveNotice } from '../../../contract/live.ts';
import type { ChangedTopic, LiveRequest, LiveStreamName } from '../../../contract/live.ts';
import type { LiveConfig } from '../../../contract/recorder.ts';
import type { RefusalBody } from '../../../contract/endpoint.ts';
import { ClockOffset } from './clock-offset.ts';
import { readLiveFrame } from './live-frame.ts';
import type { LiveAccessUnit, LiveState } from './live-frame.ts';

export type EndReason = Extract<LiveNotice, { op: 'ended' }>['reason'];

export interface WatchHandlers {
  /** The server has noted the watching and starts to send. Comes again after each reconnect: expect a new config next. */
  onWatching?(since: number): void;
  onConfig(config: LiveConfig): void;
  onAccessUnit(unit: LiveAccessUnit): void;
  onState(state: LiveState): void;
  onRefused(refusal: RefusalBody): void;
  /** It will not come back by itself; watch again when there is reason to. */
  onEnded(reason: EndReason): void;
  /** The line to the server broke; it is being dialled again and the watch goes on by itself. */
  onInterrupted?(): void;
}

export interface LiveSocketOptions {
  /** ws(s)://…/api/live */
  url: string;
  onChanged?(topic: ChangedTopic): void;
  onSignedOut?(): void;
  /** The line broke or could not be made; a refused handshake looks no different from here, so ask whether the session still stands. */
  onLost?(): void;
  /** For tests: milliseconds between pings, and how long without any answer means that the line is dead. */
  pingMs?: number;
  deadMs?: number;
  firstRetryMs?: number;
  mostRetryMs?: number;
}

export interface Connection {
  state: 'connecting' | 'open' | 'closed';
  /** Window clock (windowNow) since when it is so. */
  since: number;
}

/** UTC ms with fraction; never steps within a window's life, unlike Date.now(). */
export const windowNow = (): number => performance.timeOrigin + performance.now();

const quickPings = 4;
const quickPingMs = 150;

export class LiveSocket {
  readonly #options: LiveSocketOptions;
  readonly #offset = new ClockOffset();
  readonly #watches = new Map<number, { cameraId: string; stream: LiveStreamName; handlers: WatchHandlers }>();
  readonly #listeners = new Set<() => void>();
  #socket: WebSocket | null = null;
  #connection: Connection = { state: 'connecting', since: windowNow() };
  #nextChannel = 0;
  #tries = 0;
  #pingsLeft = 0;
  #lastHeardAt = 0;
  #pingTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #stopped = true;

  constructor(options: LiveSocketOptions) {
    this.#options = options;
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#dial();
  }

  /** Closes the line and stays closed; watches are kept for a later start(). */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#pingTimer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#become('closed');
  }

  /** Dials at once instead of waiting for the back-off: the window came to the front, or the network came back. */
  hurry(): void {
    if (this.#stopped || this.#socket !== null) return;
    clearTimeout(this.#retryTimer);
    this.#dial();
  }

  /** Watches a camera until the returned function is called. */
  watch(cameraId: string, handlers: WatchHandlers, stream: LiveStreamName = 'main'): () => void {
    const channel = this.#freeChannel();
    this.#watches.set(channel, { cameraId, stream, handlers });
    this.#send(watchRequest(channel, cameraId, stream));
    return () => {
      if (this.#watches.delete(channel)) this.#send({ op: 'unwatch', channel });
    };
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** Called after every change of `connection`. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Server clock minus window clock (windowNow), ms; null before the first answer. */
  get clockOffsetMs(): number | null {
    return this.#offset.offsetMs;
  }

  get roundTripMs(): number | null {
    return this.#offset.roundTripMs;
  }

  /** The server's clock as well as this window knows it. */
  serverNow(): number {
    return windowNow() + (this.#offset.offsetMs ?? 0);
  }

  #freeChannel(): number {
    while (this.#watches.has(this.#nextChannel)) this.#nextChannel = (this.#nextChannel + 1) % 65_536;
    const channel = this.#nextChannel;
    // Not reused at once: late messages of a channel just closed must not reach the next watcher.
    this.#nextChannel = (channel + 1) % 65_536;
    return channel;
  }

  #become(state: Connection['state']): void {
    if (this.#connection.state === state) return;
    this.#connection = { state, since: windowNow() };
    for (const listener of this.#listeners) listener();
  }

  #send(request: LiveRequest): void {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(request));
  }

  #dial(): void {
    const socket = new WebSocket(this.#options.url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#lastHeardAt = windowNow();
    socket.addEventListener('open', () => this.#opened(socket));
    socket.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (this.#socket === socket) this.#heard(event.data);
    });
    socket.addEventListener('close', () => this.#lost(socket));
    socket.addEventListener('error', () => socket.close());
    // A dial into nowhere would otherwise wait for the system's own limit, minutes long.
    this.#pingLater(this.#options.deadMs ?? 10_000);
  }

  #opened(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#tries = 0;
    this.#pingsLeft = quickPings;
    this.#lastHeardAt = windowNow();
    this.#become('open');
    for (const [channel, { cameraId, stream }] of this.#watches) this.#send(watchRequest(channel, cameraId, stream));
    this.#ping();
  }

  #lost(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    clearTimeout(this.#pingTimer);
    this.#become('connecting');
    for (const { handlers } of this.#watches.values()) handlers.onInterrupted?.();
    if (this.#stopped) return;
    this.#options.onLost?.();
    const most = this.#options.mostRetryMs ?? 5_000;
    const delay = Math.min(most, (this.#options.firstRetryMs ?? 250) * 2 ** this.#tries);
    this.#tries += 1;
    // Spread, so that all windows of a room do not dial in the same moment after a restart.
    this.#retryTimer = setTimeout(() => this.#dial(), delay * (0.75 + Math.random() / 2));
  }

  #pingLater(delayMs: number): void {
    clearTimeout(this.#pingTimer);
    this.#pingTimer = setTimeout(() => this.#ping(), delayMs);
  }

  #ping(): void {
    const now = windowNow();
    const socket = this.#socket;
    if (socket === null) return;
    if (now - this.#lastHeardAt > (this.#options.deadMs ?? 10_000) || socket.readyState !== 1) {
      socket.close();
      this.#lost(socket); // a half-open line may take minutes to report its end
      return;
    }
    this.#send({ op: 'ping', sentAt: now });
    this.#pingsLeft -= 1;
    this.#pingLater(this.#pingsLeft > 0 ? quickPingMs : (this.#options.pingMs ?? 3_000));
  }

  #heard(data: unknown): void {
    this.#lastHeardAt = windowNow();
    if (data instanceof ArrayBuffer) this.#heardFrame(data);
    else if (typeof data === 'string') this.#heardNotice(data);
  }

  #heardFrame(data: ArrayBuffer): void {
    const frame = readLiveFrame(data);
    const handlers = frame === null ? undefined : this.#watches.get(frame.channel)?.handlers;
    if (frame === null || handlers === undefined) return;
    if (frame.kind === 'accessUnit') handlers.onAccessUnit(frame.unit);
    else if (frame.kind === 'config') handlers.onConfig(frame.config);
    else handlers.onState(frame.state);
  }

  #heardNotice(data: string): void {
    const notice = readNotice(data);
    if (notice === null) return;
    switch (notice.op) {
      case 'pong':
        this.#offset.add(notice.sentAt, notice.now, windowNow());
        return;
      case 'watching':
        this.#watches.get(notice.channel)?.handlers.onWatching?.(notice.since);
        return;
      case 'refused':
        this.#finish(notice.channel)?.onRefused(notice.refusal);
        return;
      case 'ended':
        this.#finish(notice.channel)?.onEnded(notice.reason);
        return;
      case 'changed':
        this.#options.onChanged?.(notice.topic);
        return;
      case 'signed_out':
        this.#options.onSignedOut?.();
    }
  }

  #finish(channel: number): WatchHandlers | undefined {
    const handlers = this.#watches.get(channel)?.handlers;
    this.#watches.delete(channel);
    return handlers;
  }
}

const watchRequest = (channel: number, cameraId: string, stream: LiveStreamName): LiveRequest => ({ op: 'watch', channel, cameraId, ...(stream === 'main' ? {} : { stream }) });

const readNotice = (data: string): LiveNotice | null => {
  try {
    const notice = LiveNotice.safeParse(JSON.parse(data));
    return notice.success ? notice.data : null;
  } catch {
    return null;
  }
};
