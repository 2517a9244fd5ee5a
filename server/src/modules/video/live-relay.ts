/**
 * Live pictures from the recorder to a window: decides, records, relays. A slow window loses frames until the next key frame; it never
 * slows another window or the recorder.
 */
import { liveFlag, liveType } from '../../../../contract/recorder.ts';
import type { LiveRequest } from '../../../../contract/live.ts';
import type { Instant } from '../../base/clock.ts';
import { mebibyte, secondMs } from '../../base/units.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import type { LiveSocket } from '../../platform/http/live-sockets.ts';
import { asRefusal, refusalBody } from '../../platform/http/refusals.ts';
import { cameraLabel } from './camera.ts';
import type { VideoContext } from './context.ts';
import { refuse } from './errors.ts';
import type { LiveStream } from './recorder-client.ts';
import { findCamera } from './store.ts';
import { beginWatch, endWatch, stillWatching, type WatchEnd } from './watch-log.ts';

/** Past this, a window is slow: frames are dropped until it has caught up and a key frame comes. */
const slowBytes = 4 * mebibyte;
const vouchEveryMs = 5 * secondMs;
const reconnectMs = secondMs;

export const isVideoRequest = (request: LiveRequest): request is Exclude<LiveRequest, { op: 'ping' }> => request.op !== 'ping';

/** One camera in one window. */
class Watch {
  readonly #context: VideoContext;
  readonly #socket: LiveSocket<Caller>;
  readonly #channel: number;
  readonly #cameraId: string;
  readonly #header: Buffer;
  #record: { watchedId: string; from: Instant; camera: string } | null = null;
  #stream: LiveStream | null = null;
  #over = false;
  #waitForKey = false;
  #opened: Promise<void> = Promise.resolve();
  dropped = 0;

  constructor(context: VideoContext, socket: LiveSocket<Caller>, channel: number, cameraId: string) {
    this.#context = context;
    this.#socket = socket;
    this.#channel = channel;
    this.#cameraId = cameraId;
    this.#header = Buffer.alloc(3);
    this.#header.writeUInt16BE(channel, 1);
  }

  get cameraId(): string {
    return this.#cameraId;
  }

  get watchedId(): string | null {
    return this.#record?.watchedId ?? null;
  }

  /** Authorises and records first; the first picture goes out only after the fact is committed. */
  open(): void {
    this.#opened = this.#begin().catch((error: unknown) => {
      const { refusal, unexpected } = asRefusal(error);
      if (unexpected) this.#context.log.error('a live picture could not be opened', { error });
      this.#over = true;
      this.#socket.tell({ op: 'refused', channel: this.#channel, refusal: refusalBody(refusal) });
    });
  }

  async #begin(): Promise<void> {
    const { caller } = this.#socket;
    const may = caller.can('video.live.watch');
    if (may !== true) throw await this.#context.deny(caller, 'watch', may, 'video.live.watch');
    const camera = await findCamera(this.#context.database.db, caller.roomId, this.#cameraId);
    if (camera === null) throw refuse('camera_unknown');
    this.#record = { ...(await beginWatch(this.#context, caller, camera)), camera: cameraLabel(camera) };
    if (this.#over) return;
    this.#socket.tell({ op: 'watching', channel: this.#channel, cameraId: this.#cameraId, since: this.#record.from });
    this.#connect();
  }

  #connect(): void {
    if (this.#over) return;
    this.#waitForKey = true;
    this.#stream = this.#context.recorder.live(
      this.#cameraId,
      (body) => this.#relay(body),
      () => {
        // The recorder restarts by itself; the window keeps its tile and shows how old the picture is.
        this.#stream = null;
        this.#context.clock.after(reconnectMs, () => this.#connect());
      },
    );
  }

  #relay(body: Buffer): void {
    const type = body[0] ?? 0;
    if (type === liveType.accessUnit) {
      const isKey = ((body[1] ?? 0) & liveFlag.key) !== 0;
      if (isKey && this.#socket.waitingBytes() < slowBytes) this.#waitForKey = false;
      else if (this.#socket.waitingBytes() >= slowBytes) this.#waitForKey = true;
      if (this.#waitForKey) {
        this.dropped += 1;
        return;
      }
    }
    const header = Buffer.from(this.#header);
    header[0] = type;
    this.#socket.sendVideo([header, body.subarray(1)]);
  }

  /** Ends pictures and interval. Safe to call twice. */
  async end(how: WatchEnd): Promise<void> {
    if (this.#over && this.#record === null) return;
    const until = this.#context.clock.now();
    this.#over = true;
    this.#stream?.close();
    await this.#opened;
    const record = this.#record;
    this.#record = null;
    if (record !== null) await endWatch(this.#context, this.#socket.caller, { ...record, cameraId: this.#cameraId, until, how });
  }
}

const wireReason = (how: WatchEnd): 'unwatched' | 'right_ended' | 'camera_removed' | 'session_over' | 'recorder_away' =>
  how === 'window_closed' || how === 'server_stopped' ? 'session_over' : how;

export class LiveRelay {
  readonly #context: VideoContext;
  readonly #windows = new Map<LiveSocket<Caller>, Map<number, Watch>>();
  readonly #vouching;

  constructor(context: VideoContext) {
    this.#context = context;
    this.#vouching = context.clock.every(vouchEveryMs, () => {
      const ids = [...this.#windows.values()].flatMap((watches) => [...watches.values()].map((watch) => watch.watchedId)).filter((id) => id !== null);
      stillWatching(context, ids).catch((error: unknown) => context.log.debug('intervals not vouched for', { error }));
    });
  }

  asked(socket: LiveSocket<Caller>, request: Exclude<LiveRequest, { op: 'ping' }>): void {
    const watches = this.#windows.get(socket) ?? new Map<number, Watch>();
    this.#windows.set(socket, watches);
    if (request.op === 'unwatch') {
      this.#end(watches, request.channel, 'unwatched');
      socket.tell({ op: 'ended', channel: request.channel, reason: 'unwatched' });
      return;
    }
    this.#end(watches, request.channel, 'unwatched');
    const limit = this.#context.parameters.picturesPerWindow;
    if (watches.size >= limit) {
      socket.tell({ op: 'refused', channel: request.channel, refusal: refusalBody(refuse('watch_limit', { limit })) });
      return;
    }
    const watch = new Watch(this.#context, socket, request.channel, request.cameraId);
    watches.set(request.channel, watch);
    watch.open();
  }

  closed(socket: LiveSocket<Caller>): void {
    const watches = this.#windows.get(socket);
    if (watches === undefined) return;
    this.#windows.delete(socket);
    for (const watch of watches.values()) this.#finish(watch, 'window_closed');
  }

  /** The right of these windows has ended: their pictures end now. */
  rightEnded(concerns: (caller: Caller) => boolean): void {
    for (const [socket, watches] of this.#windows) {
      if (!concerns(socket.caller)) continue;
      for (const channel of [...watches.keys()]) {
        this.#end(watches, channel, 'right_ended');
        socket.tell({ op: 'ended', channel, reason: wireReason('right_ended') });
      }
    }
  }

  cameraRemoved(cameraId: string): void {
    for (const [socket, watches] of this.#windows) {
      for (const [channel, watch] of [...watches]) {
        if (watch.cameraId !== cameraId) continue;
        this.#end(watches, channel, 'camera_removed');
        socket.tell({ op: 'ended', channel, reason: wireReason('camera_removed') });
      }
    }
  }

  /** Orderly stop: every interval gets its end. */
  async stop(): Promise<void> {
    this.#vouching.cancel();
    const all = [...this.#windows.values()].flatMap((watches) => [...watches.values()]);
    this.#windows.clear();
    await Promise.allSettled(all.map((watch) => watch.end('server_stopped')));
  }

  #end(watches: Map<number, Watch>, channel: number, how: WatchEnd): void {
    const watch = watches.get(channel);
    if (watch === undefined) return;
    watches.delete(channel);
    this.#finish(watch, how);
  }

  #finish(watch: Watch, how: WatchEnd): void {
    watch.end(how).catch((error: unknown) => this.#context.log.error('an interval could not be ended', { error }));
  }
}
