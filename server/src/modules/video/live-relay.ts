/**
 * Live pictures from the recorder to a window: decides, records, relays. A slow window loses frames until the next key frame; it never
 * slows another window or the recorder.
 */
import { liveFlag, liveType } from '../../../../contract/recorder.ts';
import { liveChannelBytes, type LiveRequest, type LiveStreamName } from '../../../../contract/live.ts';
import type { Instant, Timer } from '../../base/clock.ts';
import { mebibyte, secondMs } from '../../base/units.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import type { LiveSocket } from '../../platform/http/live-sockets.ts';
import { asRefusal, refusalBody } from '../../platform/http/refusals.ts';
import { cameraLabel, type Camera } from './camera.ts';
import type { VideoContext } from './context.ts';
import type { Receivers } from './consoles/receivers.ts';
import { refuse } from './errors.ts';
import type { LiveStream } from './recorder-client.ts';
import { LiveDelay } from './live-delay.ts';
import { requireUncovered } from './layouts/wall.ts';
import { findCamera } from './store.ts';
import { beginWatch, endWatch, stillWatching, type WatchEnd } from './watch-log.ts';

/** Past this, a window is slow: frames are dropped until it has caught up and a key frame comes. */
const slowBytes = 4 * mebibyte;
const vouchEveryMs = 5 * secondMs;
const reconnectMs = secondMs;
/** In the body of an access unit: type, flags, mediaAt, arrivedAt. */
const arrivedAtOffset = 10;

export const isVideoRequest = (request: LiveRequest): request is Exclude<LiveRequest, { op: 'ping' }> => request.op !== 'ping';

interface Place {
  socket: LiveSocket<Caller>;
  channel: number;
  cameraId: string;
  stream: LiveStreamName;
  /** The small stream cannot be had: whoever holds this picture ends it. */
  subLost(): void;
  /** The camera is gone for good: whoever holds this picture ends it. */
  removed(): void;
  /** A picture that reached the recorder then goes out now. */
  readonly saw: (camera: Camera, arrivedAt: Instant) => void;
  /** Refuses a computer that is no console of the room. */
  readonly receive: (socket: LiveSocket<Caller>) => Promise<void>;
}

/** One camera in one window. */
class Watch {
  readonly #context: VideoContext;
  readonly #place: Place;
  readonly #header: Buffer;
  #record: { watchedId: string; from: Instant; camera: Camera } | null = null;
  #stream: LiveStream | null = null;
  #over: { until: Instant; how: WatchEnd } | null = null;
  #waitForKey = false;
  #opened: Promise<void> = Promise.resolve();

  constructor(context: VideoContext, place: Place) {
    this.#context = context;
    this.#place = place;
    this.#header = Buffer.alloc(liveChannelBytes);
    this.#header.writeUInt16BE(place.channel, 1);
  }

  get cameraId(): string {
    return this.#place.cameraId;
  }

  get socket(): LiveSocket<Caller> {
    return this.#place.socket;
  }

  get watchedId(): string | null {
    return this.#record?.watchedId ?? null;
  }

  /** Authorises and records first; the first picture goes out only after the fact is committed. */
  open(): void {
    const { socket, channel } = this.#place;
    this.#opened = this.#begin().catch((error: unknown) => {
      const { refusal, unexpected } = asRefusal(error);
      if (unexpected) this.#context.log.error('a live picture could not be opened', { error });
      this.#over ??= { until: this.#context.clock.now(), how: 'unwatched' };
      socket.tell({ op: 'refused', channel, refusal: refusalBody(refusal) });
    });
  }

  /** Its interval was ended for want of a sign of life (the database was away) though the picture went on: another one takes over from there. */
  async goOn(endedAt: Instant): Promise<void> {
    const record = this.#record;
    if (record === null || this.#over !== null) return;
    this.#record = { ...(await beginWatch(this.#context, this.socket.caller, record.camera, this.#place.stream, endedAt)), camera: record.camera };
  }

  async #begin(): Promise<void> {
    const { socket, channel, cameraId, stream } = this.#place;
    const { caller } = socket;
    const may = caller.can('video.live.watch');
    if (may !== true) throw await this.#context.deny(caller, 'watch', may, 'video.live.watch');
    await this.#place.receive(socket);
    const camera = await findCamera(this.#context.database.db, caller.roomId, cameraId);
    if (camera === null) throw refuse('camera_unknown');
    await requireUncovered(this.#context, caller, cameraId);
    this.#record = { ...(await beginWatch(this.#context, caller, camera, stream)), camera };
    if (this.#over !== null) return;
    socket.tell({ op: 'watching', channel, cameraId, stream, since: this.#record.from });
    this.#connect();
  }

  #connect(): void {
    if (this.#over !== null) return;
    this.#waitForKey = true;
    this.#stream = this.#context.recorder.live(
      this.cameraId,
      (body) => this.#relay(body),
      (why) => {
        // The recorder restarts by itself; the window keeps its tile and shows how old the picture is.
        this.#stream = null;
        this.#context.clock.after(why === 'gone' && this.#place.stream === 'sub' ? 0 : reconnectMs, () => void this.#again(why));
      },
      this.#place.stream,
    );
  }

  /** A recorder that knows no such camera may only not know it yet; a camera that was retired, perhaps by another server, is over. */
  async #again(why: 'gone' | 'away'): Promise<void> {
    if (this.#over === null && why === 'gone') {
      if (this.#place.stream === 'sub') return this.#place.subLost();
      const found = await findCamera(this.#context.database.db, this.socket.caller.roomId, this.cameraId).catch(() => undefined);
      if (found === null) this.#place.removed();
    }
    this.#connect();
  }

  #relay(body: Buffer): void {
    const { socket } = this.#place;
    const type = body[0] ?? 0;
    if (type === liveType.accessUnit) {
      if (this.#record !== null) this.#place.saw(this.#record.camera, body.readDoubleBE(arrivedAtOffset));
      const isKey = ((body[1] ?? 0) & liveFlag.key) !== 0;
      if (socket.waitingBytes() >= slowBytes) this.#waitForKey = true;
      else if (isKey) this.#waitForKey = false;
      if (this.#waitForKey) {
        this.#context.measures.framesDropped.inc();
        return;
      }
    }
    const header = Buffer.from(this.#header);
    header[0] = type;
    socket.sendVideo([header, body.subarray(1)]);
  }

  /** Ends the pictures at once and then the interval. May be called again until the interval is recorded; the first end counts. */
  async end(how: WatchEnd): Promise<void> {
    this.#over ??= { until: this.#context.clock.now(), how };
    this.#stream?.close();
    this.#stream = null;
    await this.#opened;
    const record = this.#record;
    if (record === null) return;
    const { watchedId, from, camera } = record;
    await endWatch(this.#context, this.socket.caller, { watchedId, from, camera: cameraLabel(camera), cameraId: this.cameraId, stream: this.#place.stream, ...this.#over });
    this.#record = null;
  }
}

interface Ending {
  how: WatchEnd;
  /** Called once, when the end is in the ledger. */
  recorded?: () => void;
}

export class LiveRelay {
  readonly #context: VideoContext;
  readonly #receivers: Receivers;
  readonly #windows = new Map<LiveSocket<Caller>, Map<number, Watch>>();
  /** Over for the window, but the end is not recorded yet: the database may be away. Tried again until it is. */
  readonly #ending = new Map<Watch, Ending>();
  readonly #delay: LiveDelay;
  readonly #vouching: Timer;

  constructor(context: VideoContext, receivers: Receivers) {
    this.#context = context;
    this.#receivers = receivers;
    this.#delay = new LiveDelay(context, () => new Set([...this.#windows.values()].flatMap((watches) => [...watches.values()].map((watch) => watch.cameraId))));
    this.#vouching = context.clock.every(vouchEveryMs, () => {
      this.vouch().catch((error: unknown) => context.log.debug('intervals not vouched for', { error }));
    });
  }

  asked(socket: LiveSocket<Caller>, request: Exclude<LiveRequest, { op: 'ping' }>): void {
    const { channel } = request;
    const watches = this.#windows.get(socket) ?? new Map<number, Watch>();
    this.#windows.set(socket, watches);
    if (request.op === 'unwatch') {
      // Told when it is recorded, however late: what a window has heard of survives a crash.
      const recorded = (): void => socket.tell({ op: 'ended', channel, reason: 'unwatched' });
      if (watches.has(channel)) this.#end(watches, channel, { how: 'unwatched', recorded });
      else recorded();
      return;
    }
    this.#end(watches, channel, { how: 'unwatched' });
    const limit = this.#context.parameters.picturesPerWindow;
    const stillEnding = [...this.#ending.keys()].filter((watch) => watch.socket === socket).length;
    // A window that asks faster than acts can be recorded waits too.
    if (watches.size >= limit || stillEnding >= 2 * limit) {
      socket.tell({ op: 'refused', channel, refusal: refusalBody(refuse('watch_limit', { limit })) });
      return;
    }
    const watch = new Watch(this.#context, {
      socket, channel, cameraId: request.cameraId, stream: request.stream ?? 'main', subLost: () => this.#subLost(socket, watches, channel, watch), removed: () => this.cameraRemoved(request.cameraId), saw: (camera, arrivedAt) => this.#delay.saw(camera, Math.round(arrivedAt)), receive: ({ caller, console }) => this.#receivers.require(caller, console, 'live'),
    });
    watches.set(channel, watch);
    this.#count();
    watch.open();
  }

  /** Told at once, so that the window goes on with the main stream. */
  #subLost(socket: LiveSocket<Caller>, watches: Map<number, Watch>, channel: number, watch: Watch): void {
    if (watches.get(channel) !== watch) return;
    this.#end(watches, channel, { how: 'sub_unavailable' });
    socket.tell({ op: 'ended', channel, reason: 'sub_unavailable' });
  }

  closed(socket: LiveSocket<Caller>): void {
    const watches = this.#windows.get(socket);
    if (watches === undefined) return;
    this.#windows.delete(socket);
    for (const watch of watches.values()) void this.#finish(watch, { how: 'window_closed' });
    this.#count();
  }

  /** The right of these windows has ended: their pictures end now. */
  rightEnded(concerns: (caller: Caller) => boolean): void {
    for (const [socket, watches] of this.#windows) {
      if (!concerns(socket.caller)) continue;
      for (const channel of [...watches.keys()]) {
        this.#end(watches, channel, { how: 'right_ended' });
        socket.tell({ op: 'ended', channel, reason: 'right_ended' });
      }
    }
  }

  /** Outsiders are in the room: of this session only these pictures go on. A covered tile asks again by itself when the cover ends. */
  covered(sessionId: string, shown: readonly string[]): void {
    for (const [socket, watches] of this.#windows) {
      if (socket.caller.sessionId !== sessionId) continue;
      for (const [channel, watch] of [...watches]) {
        if (shown.includes(watch.cameraId)) continue;
        this.#end(watches, channel, { how: 'covered' });
        socket.tell({ op: 'ended', channel, reason: 'covered' });
      }
    }
  }

  cameraRemoved(cameraId: string): void {
    for (const [socket, watches] of this.#windows) {
      for (const [channel, watch] of [...watches]) {
        if (watch.cameraId !== cameraId) continue;
        this.#end(watches, channel, { how: 'camera_removed' });
        socket.tell({ op: 'ended', channel, reason: 'camera_removed' });
      }
    }
  }

  /** Records ends that could not be recorded, then says which intervals still go on. */
  async vouch(): Promise<void> {
    await Promise.allSettled([...this.#ending].map(([watch, ending]) => this.#finish(watch, ending)));
    await this.#endUnknownReceivers();
    const running = [...this.#windows.values()].flatMap((watches) => [...watches.values()]);
    const ended = await stillWatching(this.#context, running.map((watch) => watch.watchedId).filter((id) => id !== null));
    for (const watch of running) {
      const endedAt = ended.get(watch.watchedId ?? '');
      if (endedAt !== undefined) await watch.goOn(endedAt);
    }
  }

  /** The time of a console may be over, or it was removed: its pictures end now. */
  async #endUnknownReceivers(): Promise<void> {
    for (const [socket, watches] of [...this.#windows]) {
      if (watches.size === 0 || (await this.#receivers.allows(socket.caller, socket.console))) continue;
      for (const channel of [...watches.keys()]) {
        this.#end(watches, channel, { how: 'right_ended' });
        socket.tell({ op: 'ended', channel, reason: 'right_ended' });
      }
    }
  }

  /** Orderly stop: every interval gets its end. */
  async stop(): Promise<void> {
    this.#vouching.cancel();
    this.#delay.stop();
    const all = [...this.#windows.values()].flatMap((watches) => [...watches.values()]);
    this.#windows.clear();
    await Promise.all([...all.map((watch) => this.#finish(watch, { how: 'server_stopped' })), ...[...this.#ending].map(([watch, ending]) => this.#finish(watch, ending))]);
  }

  #end(watches: Map<number, Watch>, channel: number, ending: Ending): void {
    const watch = watches.get(channel);
    if (watch === undefined) return;
    watches.delete(channel);
    this.#count();
    void this.#finish(watch, ending);
  }

  /** Never rejects: what could not be recorded stays in `#ending`. */
  async #finish(watch: Watch, ending: Ending): Promise<void> {
    this.#ending.set(watch, ending);
    try {
      await watch.end(ending.how);
      if (this.#ending.delete(watch)) ending.recorded?.();
    } catch (error) {
      this.#context.log.warn('the end of an interval is not recorded yet, trying again', { error });
    }
  }

  #count(): void {
    this.#context.measures.livePictures.set([...this.#windows.values()].reduce((sum, watches) => sum + watches.size, 0));
  }
}
