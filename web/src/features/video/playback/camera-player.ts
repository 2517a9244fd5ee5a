/**
 * Plays one camera's footage by wall-clock time. It decides nothing itself: the scheduler says what to fetch, the map where gaps lie. Times in
 * and out are UTC ms, so that several of them can be kept in step by one set of commands.
 */
import { parseFragmentHead } from '../../../../../formats/fmp4/index.ts';
import type { Still } from '../live/live-player.ts';
import { nextPlayable, placeAt, type FootageMap, type FootageSegment, type Place } from './footage-map.ts';
import type { FootageSource } from './footage-source.ts';
import { covered, evictions, fragmentKey, nextOrder, type Order, type SegmentIndex } from './fragment-scheduler.ts';
import { FrameTimes } from './frame-times.ts';
import { MediaTrack } from './media-track.ts';
import { KeyReader, keysOnlyFromSpeed } from './key-frames.ts';
import { overTheCrack, planningTime, skipNote, type SkipNote } from './skip.ts';

const tickMs = 100;
const noteMs = 6_000;
const stallMs = 350;

export interface PlayerView {
  /** Where the playhead stands; null before the first seek. */
  t: number | null;
  playing: boolean;
  speed: number;
  /** Wants to show a picture and has none yet. */
  loading: boolean;
  place: Place['kind'] | null;
  note: SkipNote | null;
  /** Has played all there is; goes on by itself when more is recorded. */
  atEnd: boolean;
  error: unknown;
}
const emptyMap: FootageMap = { segments: [], gaps: [], recordedUntil: null, now: 0, covers: [] };

export class CameraPlayer {
  readonly video: HTMLVideoElement;
  readonly #source: FootageSource;
  readonly #keys: KeyReader;
  readonly #listeners = new Set<() => void>();
  readonly #indexes = new Map<string, SegmentIndex>();
  readonly #inits = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #settled = new Set<string>();
  readonly #frames = new FrameTimes();
  readonly #timer: ReturnType<typeof setInterval>;
  #map = emptyMap;
  #track: MediaTrack | null = null;
  /** Whose init the source buffer has last seen. */
  #initOf: string | null = null;
  #target: number | null = null;
  #shownAt: number | null = null;
  /** A step whose frame is not on the screen yet: the next press of the key goes on from there. */
  #steppedTo: number | null = null;
  #away = new AbortController();
  #pumping = false;
  #stalledSince: number | null = null;
  #noteUntil = 0;
  /** What is fetched now are key frames alone. */
  #keysOnly = false;
  #view: PlayerView = { t: null, playing: false, speed: 1, loading: false, place: null, note: null, atEnd: false, error: null };

  constructor(source: FootageSource) {
    this.#source = source;
    this.#keys = new KeyReader(source);
    this.video = document.createElement('video');
    this.video.muted = true;
    this.video.playsInline = true;
    this.video.disablePictureInPicture = true;
    this.video.addEventListener('loadedmetadata', () => this.#aim());
    this.video.addEventListener('error', () => this.#fail(this.video.error));
    this.video.requestVideoFrameCallback(this.#presented);
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }
  get view(): PlayerView {
    return this.#view;
  }
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  /** The playhead now, between two views: for drawing. */
  get now(): number | null {
    if (this.#track === null || this.video.readyState === 0 || this.video.seeking) return this.#target;
    // In a gap the element stands elsewhere.
    return this.#view.place === 'recorded' || this.#view.place === null ? this.#track.atOf(this.video.currentTime) : this.#target;
  }
  get map(): FootageMap {
    return this.#map;
  }
  setMap(map: FootageMap): void {
    this.#map = map;
    if (this.#target !== null && this.#view.place !== 'recorded' && placeAt(map, this.#target).kind === 'recorded') this.seek(this.#target);
    else void this.#pump();
  }
  seek(at: number): void {
    this.#away.abort();
    this.#away = new AbortController();
    this.#track?.cancel();
    this.#settled.clear();
    this.#target = at;
    this.#steppedTo = null;
    this.#stalledSince = null;
    const place = placeAt(this.#map, at).kind;
    const goOn = place !== 'recorded' && this.#view.playing ? nextPlayable(this.#map, at) : null;
    if (goOn !== null) {
      this.#jump(at, goOn);
      return;
    }
    this.#publish({ t: at, place, error: null, atEnd: false, loading: place === 'recorded', ...(place === 'recorded' ? {} : { playing: false }) });
    if (place !== 'recorded') {
      this.video.pause();
      return;
    }
    performance.mark('vigil.seek');
    if (this.#track === null || !this.#track.usable || !this.#track.holds(at)) this.#reopen(at);
    this.#aim();
    void this.#pump();
  }
  play(): void {
    if (this.#target === null) return;
    this.#publish({ playing: true });
    if (this.#view.place !== 'recorded') this.seek(this.#target);
    else void this.#pump();
    if (this.#view.place === 'recorded') this.#start();
  }
  pause(): void {
    this.#target = this.now;
    this.#publish({ playing: false, atEnd: false });
    this.video.pause();
  }
  setSpeed(speed: number): void {
    this.video.defaultPlaybackRate = speed;
    this.video.playbackRate = speed;
    this.#publish({ speed });
    void this.#pump();
  }
  /** One frame on or back; where its neighbour is not fetched yet, a twenty-fifth of a second. */
  step(direction: 1 | -1): void {
    this.pause();
    const here = this.#steppedTo ?? this.#shownAt ?? this.now;
    if (here === null) return;
    const there = direction === 1 ? this.#frames.next(here) : this.#frames.previous(here);
    const to = there ?? here + direction * 40;
    this.seek(to + 1);
    this.#steppedTo = to;
  }
  still(): Still | null {
    const { videoWidth: width, videoHeight: height } = this.video;
    const mediaAt = this.#shownAt;
    if (mediaAt === null || width === 0 || this.#view.place !== 'recorded') return null;
    return { width, height, mediaAt, paint: (context) => context.drawImage(this.video, 0, 0) };
  }
  retry(): void {
    const { t } = this.#view;
    this.#indexes.clear();
    this.#track = null;
    if (t !== null) this.seek(t);
  }
  close(): void {
    clearInterval(this.#timer);
    this.#away.abort();
    this.#track = null;
    this.video.removeAttribute('src');
    this.video.load();
    this.#source.close();
  }

  #publish(change: Partial<PlayerView>): void {
    const next = { ...this.#view, ...change };
    const same = (Object.keys(next) as (keyof PlayerView)[]).every((key) => Object.is(next[key], this.#view[key]));
    if (same) return;
    this.#view = next;
    const keysOnly = next.playing && next.speed >= keysOnlyFromSpeed;
    const fuller = this.#keysOnly && !keysOnly;
    this.#keysOnly = keysOnly;
    if (fuller) this.#refill();
    for (const listener of this.#listeners) listener();
  }
  #start(): void {
    this.video.play().catch(() => undefined);
  }
  #reopen(at: number): void {
    this.#track = new MediaTrack(this.video, at);
    this.#initOf = null;
    this.#shownAt = null;
    this.#frames.clear();
    this.video.playbackRate = this.#view.speed;
  }
  /** Slower again, or stopped to look: every frame is wanted, and what is there are key frames only. */
  #refill(): void {
    const track = this.#track;
    const t = this.now;
    if (track === null || t === null) return;
    this.#away.abort();
    this.#away = new AbortController();
    track.cancel();
    this.#settled.clear();
    this.#target = t;
    // Aimed at only once it is empty: before that the element would settle for the key frame that it has, seconds away from its clock.
    track.empty().then(
      () => {
        if (this.#track === track) this.#aim();
        return this.#pump();
      },
      (error: unknown) => this.#fail(error),
    );
  }
  #aim(): void {
    if (this.#track !== null && this.#target !== null) this.video.currentTime = this.#track.secondsOf(this.#target);
  }
  /** Over what is missing, with a word about it. */
  #jump(from: number, to: number): void {
    const note = skipNote(this.#map, from, to);
    if (note !== null) {
      this.#noteUntil = performance.now() + noteMs;
      this.#publish({ note });
    }
    const { playing } = this.#view;
    this.seek(to);
    if (playing) {
      this.#publish({ playing });
      this.#start();
    }
  }
  #fail(error: unknown): void {
    if (this.#track === null) return;
    this.#publish({ error: error ?? true, playing: false, loading: false });
    this.video.pause();
  }
  #tick(): void {
    const t = this.now;
    if (t === null) return;
    const nowMs = performance.now();
    const { playing, place } = this.#view;
    const starved = playing && place === 'recorded' && this.video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
    this.#stalledSince = starved ? (this.#stalledSince ?? nowMs) : null;
    if (this.#stalledSince !== null && nowMs - this.#stalledSince > stallMs) this.#unstick(t);
    // Autoplay rules or a seek may have paused the element behind our back.
    if (playing && place === 'recorded' && this.video.paused && this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) this.#start();
    const loading = place === 'recorded' && !this.#view.atEnd && (this.video.seeking || this.video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA);
    this.#publish({ t, loading: loading && this.#view.error === null, ...(this.#view.note !== null && nowMs > this.#noteUntil ? { note: null } : {}) });
    void this.#pump();
  }
  #unstick(t: number): void {
    const to = this.#track === null ? null : overTheCrack(this.#track.buffered(), t);
    if (to === null || this.#track === null) return;
    this.video.currentTime = this.#track.secondsOf(to);
    this.#stalledSince = null;
  }
  /** One order after the other until nothing is left to do; a seek in between makes a new plan. */
  async #pump(): Promise<void> {
    if (this.#pumping || this.#view.error !== null || this.#view.place !== 'recorded') return;
    this.#pumping = true;
    try {
      for (let again = true; again; ) {
        const { signal } = this.#away;
        try {
          again = await this.#carryOut(this.#plan(), signal);
        } catch (error) {
          again = signal.aborted;
          if (!again) this.#fail(error);
        }
      }
    } finally {
      this.#pumping = false;
    }
  }
  /** Standing still, a high speed that is chosen already would fetch minutes of every frame. */
  #fetchSpeed(): number {
    return this.#view.playing ? this.#view.speed : 1;
  }
  #plan(): Order {
    const track = this.#track;
    const t = this.now;
    if (track === null || t === null) return { kind: 'wait' };
    const planned = planningTime(this.#map, t, this.#stalledSince !== null);
    return nextOrder({ t: planned, speed: this.#fetchSpeed(), keysOnly: this.#keysOnly, map: this.#map, indexes: this.#indexes, buffered: track.buffered(), settled: this.#settled });
  }
  async #carryOut(order: Order, signal: AbortSignal): Promise<boolean> {
    switch (order.kind) {
      case 'index':
        return this.#fetchIndex(order.segmentId, signal);
      case 'media':
        this.#publish({ atEnd: false });
        return this.#fetchMedia(order, signal);
      case 'keys':
        this.#publish({ atEnd: false });
        return this.#fetchKeys(order, signal);
      case 'skip':
        if (this.#view.playing) this.#jump(order.from, order.to);
        return this.#view.playing;
      case 'end':
        this.#publish({ atEnd: this.#view.playing });
        return false;
      case 'wait':
        this.#publish({ atEnd: false });
        await this.#evict();
        return false;
    }
  }
  #segment(segmentId: string): FootageSegment | undefined {
    return this.#map.segments.find((segment) => segment.segmentId === segmentId);
  }
  async #fetchIndex(segmentId: string, signal: AbortSignal): Promise<boolean> {
    const segment = this.#segment(segmentId);
    if (segment === undefined) return false;
    const index = await this.#source.index(segment, signal);
    // The timeline may know a little more of the open minute than its file: what was answered counts as current.
    this.#indexes.set(segmentId, { ...index, until: Math.max(index.until, segment.until) });
    return true;
  }
  async #fetchMedia(order: Extract<Order, { kind: 'media' }>, signal: AbortSignal): Promise<boolean> {
    const { segmentId } = order;
    const [segment, index, track] = [this.#segment(segmentId), this.#indexes.get(segmentId), this.#track];
    if (segment === undefined || index === undefined || track === null) return false;
    const [init, bytes] = await Promise.all([this.#init(segment, index, signal), this.#source.read(segment, order.start, order.end, signal)]);
    if (!(await this.#begin(track, segmentId, init, index)) || !(await track.append(bytes, index.from, index.codec))) return true;
    const buffered = track.buffered();
    for (let n = order.first; n <= order.last; n += 1) {
      const fragment = index.fragments[n];
      if (fragment === undefined) continue;
      const from = index.from + fragment.atMs;
      const head = parseFragmentHead(bytes.subarray(fragment.offset - order.start));
      if (head !== null) this.#frames.add(fragmentKey(segmentId, n), from, head);
      if (!covered(buffered, from, from + fragment.durationMs)) this.#settled.add(fragmentKey(segmentId, n));
    }
    return true;
  }
  async #fetchKeys(order: Extract<Order, { kind: 'keys' }>, signal: AbortSignal): Promise<boolean> {
    const { segmentId } = order;
    const [segment, index, track] = [this.#segment(segmentId), this.#indexes.get(segmentId), this.#track];
    if (segment === undefined || index === undefined || track === null) return false;
    const [init, ...frames] = await Promise.all([this.#init(segment, index, signal), ...order.keys.map((key) => this.#keys.read(segment, key, signal))]);
    if (!(await this.#begin(track, segmentId, init, index))) return true;
    for (const frame of frames) {
      // Slowed down meanwhile: a key frame that stands for seconds must not come in after the emptying.
      if (signal.aborted) return true;
      if (frame !== null && !(await track.append(frame, index.from, index.codec))) return true;
    }
    const buffered = track.buffered();
    for (const { n, fromMs, untilMs } of order.keys) if (!covered(buffered, index.from + fromMs, index.from + untilMs)) this.#settled.add(fragmentKey(segmentId, n));
    return true;
  }
  async #init(segment: FootageSegment, index: SegmentIndex, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const init = this.#inits.get(segment.segmentId) ?? (await this.#source.read(segment, 0, index.initBytes, signal));
    this.#inits.set(segment.segmentId, init);
    return init;
  }
  /** The source buffer must know the file before its fragments. false: given up because of a seek in between. */
  async #begin(track: MediaTrack, segmentId: string, init: Uint8Array<ArrayBuffer>, index: SegmentIndex): Promise<boolean> {
    if (this.#initOf === segmentId) return true;
    if (!(await track.append(init, index.from, index.codec))) return false;
    this.#initOf = segmentId;
    return true;
  }
  async #evict(): Promise<void> {
    const [track, t] = [this.#track, this.now];
    if (track === null || t === null) return;
    for (const span of evictions(track.buffered(), t, this.#fetchSpeed())) {
      await track.remove(span);
      // What was dropped may be wanted again.
      this.#settled.clear();
      this.#frames.keepAround(t, 300_000);
    }
    if (this.#inits.size > 200) this.#inits.clear();
  }
  readonly #presented = (_: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
    this.video.requestVideoFrameCallback(this.#presented);
    if (this.#track === null) return;
    this.#shownAt = this.#track.atOf(mediaTime);
    if (this.#steppedTo !== null && Math.abs(this.#shownAt - this.#steppedTo) < 20) this.#steppedTo = null;
    if (performance.getEntriesByName('vigil.seek', 'mark').length > 0) {
      performance.measure('vigil.seek to picture', 'vigil.seek');
      performance.clearMarks('vigil.seek');
    }
  };
}
