/** One tile's stream: watches over the window's live socket, feeds the player, and says what may be claimed about the picture. React only reads it. */
import type { LiveConfig } from '../../../../../contract/recorder.ts';
import type { Camera } from '../../../../../contract/video.ts';
import type { RefusalBody } from '../../../../../contract/endpoint.ts';
import type { LiveAccessUnit, LiveState } from '../../../app/live-frame.ts';
import type { EndReason, LiveSocket } from '../../../app/live-socket.ts';
import { FreezeWatch, makePaper, pictureSum } from './freeze-watch.ts';
import { browserHas, choosePlayer, type DrawnFrame, type LivePlayer, type PlayerEvents, type PlayerKind, type Still } from './live-player.ts';
import { offerFigures, type LiveFigures } from './measuring-port.ts';
import { MsePlayer } from './mse-player.ts';
import { DelayWindow, staleAfterMs, tileState, type TileFacts, type TileState } from './tile-state.ts';
import { TileStream } from './tile-stream.ts';
import { WebCodecsPlayer } from './webcodecs-player.ts';

const tickMs = 250;
const retryMs = 3_000;
/** How often it is looked at whether the picture still changes. */
const sampleEveryMs = 1_000;
const rememberedFrames = 512;
/** A snapshot waits at most so long for the large stream, which is then kept a while for the next one. */
const sharpWaitMs = 1_500;
const sharpKeptMs = 5_000;
/** Endings after which the person may not see the picture any more: it is taken away, not greyed. */
const takesPictureAway: readonly EndReason[] = ['right_ended', 'session_over', 'camera_removed', 'covered'];

const makePlayer = (kind: PlayerKind | null, events: PlayerEvents): LivePlayer | null =>
  kind === null ? null : kind === 'webcodecs' ? new WebCodecsPlayer(events) : new MsePlayer(events);

/** What of the state stands on the screen; a new value only when a reader would see a difference. */
const seen = (state: TileState): string => {
  switch (state.kind) {
    case 'live':
      return `live ${state.ageMs === null ? '' : String(Math.round(state.ageMs))} ${String(state.thinned)}`;
    case 'stale':
      return `stale ${String(Math.floor(state.ageMs / 100))}`;
    case 'frozen':
      return `frozen ${String(Math.floor(state.forMs / 1_000))}`;
    case 'waiting':
      return 'waiting';
    case 'lost':
      return `lost ${JSON.stringify(state.cause)} ${String(Math.floor(state.forMs / 1_000))} ${String(state.lastFrameAt)} ${String(state.receivedAt)}`;
  }
};

type CameraFacts = Pick<Camera, 'cameraId' | 'state' | 'stateSince' | 'reason' | 'lastFrameAt' | 'frozenAfterSeconds' | 'subStream'> & { /** What the room allows a picture to be behind. */ delayLimitMs?: number };

export class LiveTileFeed {
  readonly #socket: LiveSocket;
  readonly #player: LivePlayer | null;
  readonly #listeners = new Set<() => void>();
  readonly #delays = new DelayWindow();
  readonly #frames: DrawnFrame[] = [];
  readonly #withdraw: () => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #camera: CameraFacts;
  #facts: TileFacts;
  #state: TileState = { kind: 'waiting', forMs: 0 };
  #seen = '';
  readonly #stream: TileStream;
  #watching = false;
  #sharpUntilMs = 0;
  #sharp: (() => void) | null = null;
  #retryAt: number | null = null;
  #startedMs = 0;
  #firstPictureMs: number | null = null;
  #drawn = 0;
  #ageShownMs = 0;
  readonly #freeze = new FreezeWatch();
  readonly #paper = makePaper();
  #sampledMs = 0;
  #sampledDrawn = 0;
  /** The beginning of the cached group, drawn at once though it is old: what follows it in a moment decides whether this camera stands still. */
  #oldArrivedAt: number | null = null;

  constructor(socket: LiveSocket, camera: CameraFacts, search: string) {
    this.#socket = socket;
    this.#camera = camera;
    this.#player = makePlayer(choosePlayer(search, browserHas()), {
      onDrawn: (frame) => this.#onDrawn(frame),
      onUndecodable: (codec) => {
        if (!this.#stream.undecodable(performance.now())) this.#facts.undecodableCodec = codec;
      },
    });
    this.#stream = this.#makeStream();
    this.#stream.need({ subStream: camera.subStream });
    this.#facts = this.#fresh();
    this.#timer = setInterval(() => this.#tick(), tickMs);
    this.#withdraw = offerFigures(() => this.#figures());
  }
  get surface(): HTMLElement | null {
    return this.#player?.surface ?? null;
  }
  get state(): TileState {
    return this.#state;
  }
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  /** The room's newest word about this camera: reasons come with it. */
  setCamera(camera: CameraFacts): void {
    this.#camera = camera;
    this.#stream.need({ subStream: camera.subStream });
    this.#facts.camera = { state: camera.state, since: camera.stateSince, reason: camera.reason, lastFrameAt: camera.lastFrameAt };
    this.#facts.frozenAfterMs = camera.frozenAfterSeconds * 1_000;
    this.#facts.staleAfterMs = Math.min(staleAfterMs, camera.delayLimitMs ?? staleAfterMs);
    if (this.#retryAt !== null && camera.state === 'recording') this.#retryAt = 0;
    this.#tick();
  }
  /** In view: the watching begins, and is noted by the server. */
  start(): void {
    if (this.#watching) return;
    this.#watching = true;
    this.#facts = this.#fresh();
    this.#delays.clear();
    this.#freeze.forget();
    this.#startedMs = performance.now();
    this.#retryAt = null;
    if (this.#player === null) this.#facts.undecodableCodec = 'H.264';
    else this.#stream.start(this.#startedMs);
    this.#tick();
  }
  /** How wide the picture is shown, and the window: a small tile takes the small stream. */
  measured(tileWidthPx: number, windowWidthPx: number): void {
    this.#stream.need({ tileWidthPx, windowWidthPx });
  }
  /** Out of view: nothing is fetched and nothing is noted as watched. The last picture stays for the return. */
  stop(): void {
    this.#watching = false;
    this.#stream.stop();
    this.#retryAt = null;
    this.#player?.interrupt();
  }
  /** As it is recorded: a tile on the small stream goes over to the large one first. */
  async sharpStill(): Promise<Still | null> {
    this.#sharpUntilMs = performance.now() + sharpKeptMs;
    this.#stream.need({ sharp: true });
    if (this.#watching && this.#stream.shown === 'sub' && this.#stream.wanted(performance.now()) === 'main') {
      this.#stream.look(performance.now());
      await new Promise<void>((resolve) => {
        this.#sharp = resolve;
        setTimeout(resolve, sharpWaitMs);
      });
    }
    return this.still();
  }
  still(): Still | null {
    return this.#facts.refusal !== null || this.#facts.ended === 'right_ended' ? null : (this.#player?.still() ?? null);
  }
  close(): void {
    this.stop();
    clearInterval(this.#timer);
    this.#withdraw();
    this.#player?.close();
  }

  #fresh(): TileFacts {
    const { state, stateSince: since, reason, lastFrameAt } = this.#camera;
    return {
      watchedSince: this.#socket.serverNow(), connected: true, drawnArrivedAt: null, unitReceivedAt: null, thinned: false, ageMs: null, unchangedMs: null,
      frozenAfterMs: this.#camera.frozenAfterSeconds * 1_000, staleAfterMs: Math.min(staleAfterMs, this.#camera.delayLimitMs ?? staleAfterMs), ended: null, refusal: null, undecodableCodec: null, camera: { state, since, reason, lastFrameAt },
    };
  }
  #makeStream(): TileStream {
    return new TileStream(this.#socket, this.#camera.cameraId, {
      onConfig: (config: LiveConfig) => {
        this.#facts.undecodableCodec = null;
        this.#facts.ended = null;
        this.#facts.refusal = null;
        this.#player?.configure(config);
      },
      onAccessUnit: (unit: LiveAccessUnit) => {
        this.#facts.unitReceivedAt = this.#socket.serverNow();
        this.#player?.push(unit);
      },
      onState: ({ state, since }: LiveState) => {
        const reason = state === this.#camera.state ? this.#camera.reason : null;
        this.#facts.camera = { state, since, reason, lastFrameAt: this.#camera.lastFrameAt };
      },
      onRefused: (refusal: RefusalBody) => {
        this.#facts.refusal = { zh: refusal.zh, en: refusal.en };
        this.#player?.clear();
        if (refusal.kind === 'unavailable' || refusal.kind === 'too_many') this.#retryAt = performance.now() + retryMs;
      },
      onEnded: (reason: EndReason) => this.#onEnded(reason),
      onInterrupted: () => this.#player?.interrupt(),
    });
  }
  #onEnded(reason: EndReason): void {
    if (reason === 'unwatched' || reason === 'sub_unavailable') return;
    this.#facts.ended = reason;
    this.#player?.interrupt();
    if (takesPictureAway.includes(reason)) {
      this.#player?.clear();
      this.#facts.drawnArrivedAt = null;
    } else this.#retryAt = performance.now() + retryMs;
  }
  #onDrawn(frame: DrawnFrame): void {
    this.#drawn += 1;
    if (this.#stream.shown === 'main') this.#sharp?.();
    this.#firstPictureMs ??= performance.now() - this.#startedMs;
    const catchingUp = frame.cached && this.#state.kind === 'waiting' && this.#socket.serverNow() - frame.arrivedAt > staleAfterMs;
    this.#oldArrivedAt = catchingUp ? frame.arrivedAt : null;
    if (!catchingUp) this.#facts.drawnArrivedAt = frame.arrivedAt;
    this.#frames.push(frame);
    if (this.#frames.length > rememberedFrames) this.#frames.shift();
    // The cached burst is old by its nature: its delay says nothing about the line.
    if (!frame.cached) this.#delays.add(performance.timeOrigin + frame.drawnMs + (this.#socket.clockOffsetMs ?? 0) - frame.arrivedAt, frame.drawnMs);
    if (this.#state.kind !== 'live' && !catchingUp) this.#tick();
  }
  #tick(): void {
    const nowMs = performance.now();
    if (this.#retryAt !== null && nowMs >= this.#retryAt) {
      this.#retryAt = null;
      this.#stream.start(nowMs);
    } else if (this.#retryAt === null) {
      this.#stream.need({ sharp: nowMs < this.#sharpUntilMs });
      this.#stream.look(nowMs);
    }
    this.#facts.drawnArrivedAt = this.#oldArrivedAt ?? this.#facts.drawnArrivedAt;
    this.#oldArrivedAt = null;
    this.#facts.thinned = this.#player?.thinned ?? false;
    this.#facts.connected = this.#socket.connection.state === 'open';
    // Four figures a second cannot be read; one can.
    if (nowMs - this.#ageShownMs >= 1_000) {
      this.#facts.ageMs = this.#delays.median(nowMs);
      this.#ageShownMs = nowMs;
    }
    this.#sample(nowMs);
    const state = tileState(this.#facts, this.#socket.serverNow());
    const now = seen(state);
    if (now === this.#seen) return;
    this.#seen = now;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
  /** Only while pictures come, and only when one has come since: a stream that pauses is stale, not frozen. */
  #sample(nowMs: number): void {
    const flowing = this.#state.kind === 'live' || this.#state.kind === 'frozen';
    if (!flowing) this.#freeze.forget();
    else if (nowMs - this.#sampledMs >= sampleEveryMs && this.#drawn !== this.#sampledDrawn) {
      this.#sampledMs = nowMs;
      this.#sampledDrawn = this.#drawn;
      const sum = this.#player === null || this.#paper === null ? null : pictureSum(this.#player.surface, this.#paper);
      if (sum !== null) this.#freeze.see(sum, nowMs);
    }
    this.#facts.unchangedMs = this.#freeze.unchanged?.forMs ?? null;
  }
  #figures(): LiveFigures {
    return {
      cameraId: this.#camera.cameraId, player: this.#player?.kind ?? null, stream: this.#stream.shown, state: this.#state.kind, thinned: this.#facts.thinned, ageMs: this.#delays.median(performance.now()), firstPictureMs: this.#firstPictureMs,
      drawn: this.#drawn, skipped: this.#player?.skipped ?? 0, clockOffsetMs: this.#socket.clockOffsetMs, frames: this.#frames,
    };
  }
}
