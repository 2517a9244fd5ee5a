/**
 * One camera: connects and connects again, starts and ends runs, keeps its gap and its state, and looks every two seconds at what
 * reached the disk. Everything that arrives comes through here; nothing here waits.
 */
import type { CameraSource, CameraState, CameraStatus, GapReason } from '../../contract/recorder.ts';
import type { Instant, Timer } from '../../server/src/base/clock.ts';
import { secondMs, videoTicksPerSecond } from '../../server/src/base/units.ts';
import { backOffMs, standsStill } from '../gaps.ts';
import { openIngest } from '../ingest/index.ts';
import type { AccessUnit, Ingest, ParameterSets } from '../ingest/index.ts';
import { LiveFeed } from '../live/live-feed.ts';
import type { CachedPicture } from '../live/live-feed.ts';
import type { CameraWriter, Fragment } from '../storage/camera-writer.ts';
import { queueLimitBytes } from '../storage/queue-room.ts';
import type { CameraDeps } from './camera-deps.ts';
import { farewell } from './farewell.ts';
import type { StopBounds } from './farewell.ts';
import { asOf, offBy, sameConnection } from './due.ts';
import { GapKeeper } from './gap-keeper.ts';
import { GopCache } from './gop-cache.ts';
import { Rates } from './rates.ts';
import { Run } from './run.ts';
import { writerFor } from './writer-for.ts';

/** Nothing for so long: what is held is written, though the next frame has not come. */
const stallMs = 3 * secondMs;
/** Media times further apart than this are no one stream. */
const jumpTicks = 3 * videoTicksPerSecond;
/** A connection that held so long starts the back-off anew. */
const steadyMs = 30 * secondMs;
/** After a storage fault, before the next file is tried. */
const storageRetryMs = 5 * secondMs;
/** Footage placed a little ahead of the clock is nudging; more means that the clock was set back. */
const aheadMs = 2 * secondMs;

export class CameraRecorder {
  readonly writer: CameraWriter;
  readonly live: LiveFeed;
  readonly #deps: CameraDeps;
  readonly #gap: GapKeeper;
  readonly #gop = new GopCache();
  readonly #rates = new Rates();
  #source: CameraSource;
  #ingest: Ingest | null = null;
  #sets: ParameterSets | null = null;
  #run: Run | null = null;
  #state: { state: CameraState; since: Instant; reason: GapReason | ''; detail: string };
  #retry: Timer | null = null;
  #attempt = 0;
  #reconnects = 0;
  #stopped = false;
  /** Recording was due from here; gaps of a camera that never sent anything begin here. */
  #dueSince: Instant;
  #footageUntil: Instant | null;
  #writtenUntil: Instant | null = null;
  #progressMonotonicMs = 0;
  #storageRetryMonotonicMs = 0;
  #lastUnitMonotonicMs = 0;
  #lastFrameAt: Instant | null = null;
  #packetsLost = 0;
  /** Wall clock steps that a running camera has yet to follow, at its next key frame. */
  #pendingStepMs = 0;

  constructor(source: CameraSource, deps: CameraDeps) {
    this.#source = asOf(source, deps.clock.now());
    this.#deps = deps;
    this.#dueSince = deps.clock.now();
    this.#footageUntil = deps.footageUntil(source.cameraId);
    this.#state = { state: 'off', since: this.#dueSince, reason: '', detail: '' };
    this.#gap = new GapKeeper({ clock: deps.clock, journal: deps.journal, cameraId: source.cameraId });
    this.live = new LiveFeed(this.#state, (isWatched) => this.#ingest?.watched(isWatched));
    this.writer = writerFor(source.cameraId, deps, {
      onFragment: (fragment) => this.#onFragment(fragment),
      onFault: (reason, detail, from) => this.#onStorageFault(reason, detail, from),
    });
  }

  get source(): CameraSource {
    return this.#source;
  }

  get state(): CameraState {
    return this.#state.state;
  }

  start(delayMs: number): void {
    if (!this.#source.record) {
      const why = offBy(this.#source);
      this.#setState('off', why, '');
      this.#gap.stopped(this.#footageUntil ?? this.#dueSince, why, '', this.#deps.clock.now());
      return;
    }
    this.#setState('connecting', '', '');
    this.#retry = this.#deps.clock.after(delayMs, () => this.#connect());
  }

  /** New settings of the same camera: what changes the connection begins it anew. */
  change(source: CameraSource): void {
    const before = this.#source;
    const now = this.#deps.clock.now();
    const next = asOf(source, now);
    this.#source = next;
    if (sameConnection(before, next)) return;
    this.#attempt = 0;
    this.#disconnect(offBy(next), next.record ? 'camera settings were changed' : '');
    this.#dueSince = now;
    // What was allowed to be missing ends here: from now on the camera has to bring pictures, and its gap is alarmed like any other.
    if (next.record && this.#gap.open?.reason === 'stop_approved') this.#gap.changed(Math.min(now, before.recordAgainAt ?? now), 'camera_silent', 'recording is due again');
    this.start(0);
  }

  /** The storage does not keep up with all cameras: footage of this one ends here, and what waits of it does so until it is taken back. */
  leaveOut(): void {
    this.writer.hold(true);
    if (this.#run !== null) this.#guarded(() => this.#overflow(), null);
  }

  takeBack(): void {
    this.writer.hold(false);
  }

  /** `recorder_stopped`: the recorder ends and this gap is open until it is back. `removed`: nothing is due any more. What waits is written, within bounds if there are any. */
  async stop(why: 'recorder_stopped' | 'removed', bounds?: StopBounds): Promise<void> {
    this.#stopped = true;
    this.#finishRun();
    this.#drop();
    this.writer.hold(false);
    const lost = bounds === undefined ? await this.writer.idle().then(() => null) : await farewell(this.writer, this.#deps.clock, bounds);
    const now = this.#deps.clock.now();
    if (lost !== null) this.#gap.lost(lost.from, this.#footageUntil ?? now, 'memory_bound', 'it waited for the disk when the recorder stopped');
    if (why === 'removed') {
      this.#gap.resumed(now);
      this.live.end();
    } else if (this.#source.record) {
      if (this.#gap.open === null) this.#gap.stopped(this.#footageUntil ?? this.#dueSince, why, '', now);
      else this.#gap.changed(now, why, '');
    }
    this.live.breakOff();
  }

  /** Every second. */
  tick(reconcile: boolean): void {
    const { clock, settings } = { clock: this.#deps.clock, settings: this.#deps.settings() };
    const monotonic = clock.monotonic();
    this.#rates.tick(monotonic, this.#ingest?.stats().bytes ?? 0);
    // An approved stop ends by itself, though server and database be away.
    if (!this.#stopped && !this.#source.record) this.change(this.#source);
    this.#gap.look(settings.gapAlarmSeconds);
    if (this.#stopped || this.#ingest === null) return;
    if (this.#run !== null && monotonic - this.#lastUnitMonotonicMs > stallMs) this.#guarded((run) => run.flush(), this.#run);
    if (this.#run !== null && monotonic - this.#run.startedMonotonicMs > steadyMs) this.#attempt = 0;
    // Pictures come and wait for a storage: there is nothing at the camera's end to start again.
    const waitsForStorage = this.#run === null && this.#storageRetryMonotonicMs > 0 && monotonic - this.#lastUnitMonotonicMs < stallMs;
    if (!reconcile || waitsForStorage) return;
    // However strict the limit: a fragment in the making and one on its way are no standstill.
    const limitSeconds = Math.max(settings.gapAlarmSeconds, (2 * settings.fragmentMs) / secondMs + 2);
    if (standsStill({ progressMonotonicMs: this.#progressMonotonicMs, nowMonotonicMs: monotonic }, limitSeconds)) this.#standsStill();
  }

  clockStepped(deltaMs: number): void {
    if (this.#run !== null) {
      this.#run.steppedMs += deltaMs;
      this.#pendingStepMs += deltaMs;
    } else if (deltaMs < 0) this.#footageUntil = null;
  }

  /** The newest group of pictures for a viewer who comes in. */
  async cached(): Promise<CachedPicture[]> {
    const run = this.#run;
    if (run === null) return [];
    const units = await this.#gop.read();
    return units.map(({ ticks, key, arrivedAt, bytes }) => ({ key, arrivedAt, bytes, mediaAt: run.clock.at(ticks) }));
  }

  status(): CameraStatus {
    const { cameraId } = this.#source;
    const { state, since, reason, detail } = this.#state;
    return {
      cameraId,
      state,
      since,
      reason,
      detail,
      lastFrameAt: this.#lastFrameAt,
      writtenUntil: this.#writtenUntil,
      bitsPerSecond: this.#rates.bitsPerSecond,
      framesPerSecond: this.#rates.framesPerSecond,
      packetsLost: this.#packetsLost,
      reconnects: this.#reconnects,
      cameraClockOffsetMs: this.#run?.claim.offsetMs ?? null,
      codec: this.#sets?.codec ?? null,
      width: this.#sets?.width ?? null,
      height: this.#sets?.height ?? null,
      viewers: this.live.viewers,
      openSegmentId: this.#run?.openSegmentId ?? null,
    };
  }

  #connect(): void {
    this.#retry = null;
    this.#progressMonotonicMs = this.#deps.clock.monotonic();
    this.#ingest = openIngest(this.#source, this.#deps.ingest, {
      onParameterSets: (sets) => {
        this.#sets = sets;
        this.live.config(sets);
      },
      onAccessUnit: (unit) => this.#guarded(this.#onUnit, unit),
      onSenderReport: (report) => this.#run?.report(report),
      onPacketsLost: (count) => {
        this.#packetsLost += count;
        this.#run?.lost(count);
      },
      onPlaying: () => this.#deps.log.info('camera plays', { cameraId: this.#source.cameraId }),
      onEnd: (reason, detail) => this.#lost(reason, detail),
    });
    if (this.live.viewers > 0) this.#ingest.watched(true);
  }

  /** A fault of ours while one camera's data is handled costs this camera its connection, never the process. */
  #guarded<T>(act: (given: T) => void, given: T): void {
    try {
      act(given);
    } catch (error) {
      this.#deps.log.error('camera: its stream could not be handled', { cameraId: this.#source.cameraId, error });
      this.#deps.clock.after(0, () => this.#lost('stream_invalid', error instanceof Error ? error.message : String(error)));
    }
  }

  readonly #onUnit = (unit: AccessUnit): void => {
    this.#lastUnitMonotonicMs = this.#deps.clock.monotonic();
    this.#lastFrameAt = unit.arrivedAt;
    this.#rates.frame();
    this.#endBrokenRun(unit);
    if (this.#run === null && !this.#begin(unit)) {
      // Who watches goes on seeing, though nothing can be kept.
      this.live.unit(unit, unit.arrivedAt);
      this.#ingest?.cut()?.release();
      return;
    }
    const run = this.#run;
    if (run === null || this.#sets === null) return;
    const queued = this.writer.queuedBytes + unit.size;
    if (queued > queueLimitBytes || !this.#deps.mayQueue(unit.size)) {
      this.#overflow(unit);
      return;
    }
    run.add(unit, this.#gop.add(unit), this.#sets, this.#lastUnitMonotonicMs);
    this.live.unit(unit, run.clock.at(unit.ticks));
  };

  /** A run ends where its media time jumps, and at the first key frame after the wall clock was set. */
  #endBrokenRun(unit: AccessUnit): void {
    const run = this.#run;
    if (run === null) return;
    const step = unit.ticks - run.lastTicks;
    const stepped = this.#pendingStepMs !== 0 && unit.key;
    if (Math.abs(step) <= jumpTicks && !stepped) return;
    const span = run.end(unit);
    this.#endRun(span?.until ?? null);
    if (stepped) {
      const back = this.#pendingStepMs < 0;
      this.#pendingStepMs = 0;
      if (back) this.#footageUntil = null;
      else this.#gap.stopped(span?.until ?? unit.arrivedAt, 'clock_stepped', '', unit.arrivedAt);
    } else this.#gap.stopped(span?.until ?? unit.arrivedAt, 'camera_silent', 'media time jumped', this.#deps.clock.now());
  }

  /** A run begins with a key frame when there is a storage for it. */
  #begin(unit: AccessUnit): boolean {
    const { clock, storages } = this.#deps;
    if (!unit.key || this.#sets === null || clock.monotonic() < this.#storageRetryMonotonicMs) return false;
    if (!this.#deps.mayQueue(unit.size)) {
      this.#overflow();
      return false;
    }
    if (this.writer.queuedBytes > queueLimitBytes / 2) return false;
    const storage = storages.pick(this.#source.cameraId);
    if (storage === null) {
      this.#onStorageFault('storage_missing', storages.sentence, this.#footageUntil ?? this.#dueSince);
      return false;
    }
    const until = this.#footageUntil;
    const notBefore = until !== null && until - unit.arrivedAt < aheadMs ? until : Number.NEGATIVE_INFINITY;
    const { cameraId } = this.#source;
    this.#pendingStepMs = 0;
    // However long it waited for a storage: its first fragment is due from now.
    this.#progressMonotonicMs = clock.monotonic();
    this.#run = new Run(
      {
        clock,
        writer: this.writer,
        cameraId,
        storage: () => storages.pick(cameraId) ?? storage,
        settings: this.#deps.settings(),
        cut: (before) => this.#ingest?.cut(before) ?? null,
        onSegment: (plan) => this.#deps.journal.noteOpened({ segmentId: plan.segmentId, cameraId, storageId: plan.storage.storageId, path: plan.path }),
      },
      unit,
      notBefore,
    );
    return true;
  }

  #onFragment(fragment: Fragment): void {
    const run = this.#run;
    // What had been held back is older than the run that goes on now.
    this.#progressMonotonicMs = Math.max(this.#progressMonotonicMs, fragment.newestMonotonicMs);
    this.#writtenUntil = fragment.plan.spanUntil(fragment.endTicks).until;
    if (run?.runId !== fragment.plan.runId) return;
    this.#gap.resumed(fragment.plan.spanUntil(fragment.endTicks).from);
    this.#storageRetryMonotonicMs = 0;
    if (this.#state.state !== 'recording') this.#setState('recording', '', '');
  }

  #onStorageFault(reason: GapReason, detail: string, from: Instant): void {
    const { clock, log } = this.#deps;
    log.error('camera: footage cannot be stored', { cameraId: this.#source.cameraId, reason, detail });
    this.#storageRetryMonotonicMs = clock.monotonic() + storageRetryMs;
    this.#endRun(from);
    this.#gap.stopped(from, reason, detail, clock.now());
    this.#setState('lost', reason, detail);
    this.#ingest?.cut()?.release();
  }

  /** The storage does not keep up: what is queued will be written, what comes now is dropped until there is room. */
  #overflow(before?: AccessUnit): void {
    const { clock } = this.#deps;
    const detail = this.writer.isHeld ? 'left out: the storage does not keep up with all cameras' : '';
    const run = this.#run;
    if (run !== null) this.#endRun(run.end(before)?.until ?? this.#footageUntil ?? this.#dueSince);
    this.#gap.stopped(this.#footageUntil ?? this.#dueSince, 'memory_bound', detail, clock.now());
    this.#storageRetryMonotonicMs = clock.monotonic();
    this.#setState('lost', 'memory_bound', detail);
    this.#ingest?.cut()?.release();
  }

  #standsStill(): void {
    const waits = this.writer.queuedBytes > 0;
    this.#lost(waits ? 'disk_failed' : 'camera_silent', waits ? 'the storage does not answer' : 'nothing reached the disk');
  }

  #lost(reason: GapReason, detail: string): void {
    if (this.#stopped || this.#ingest === null) return;
    this.#deps.log.warn('camera lost', { cameraId: this.#source.cameraId, label: this.#source.label, reason, detail, attempt: this.#attempt });
    this.#disconnect(reason, detail);
    this.#setState('lost', reason, detail);
    this.#reconnects += 1;
    this.#retry = this.#deps.clock.after(backOffMs(this.#attempt, this.#source.cameraId), () => this.#connect());
    this.#attempt += 1;
  }

  /** Ends run and connection; footage is missing from its end on. */
  #disconnect(reason: GapReason, detail: string): void {
    const recorded = this.#state.state !== 'off';
    this.#finishRun();
    this.#drop();
    if (recorded) this.#gap.stopped(this.#footageUntil ?? this.#dueSince, reason, detail, this.#deps.clock.now());
  }

  #finishRun(): void {
    const run = this.#run;
    if (run === null) return;
    this.#run = null;
    try {
      this.#endRun(run.end()?.until ?? null);
    } catch (error) {
      this.#deps.log.error('camera: the last fragment could not be kept', { cameraId: this.#source.cameraId, error });
    }
  }

  #drop(): void {
    this.#retry?.cancel();
    this.#retry = null;
    const ingest = this.#ingest;
    this.#ingest = null;
    ingest?.close();
  }

  #endRun(until: Instant | null): void {
    this.#run = null;
    this.#gop.clear();
    if (until !== null) this.#footageUntil = until;
  }

  #setState(state: CameraState, reason: GapReason | '', detail: string): void {
    const before = this.#state;
    if (before.state === state && before.reason === reason) {
      this.#state = { ...before, detail };
      return;
    }
    this.#state = { state, since: this.#deps.clock.now(), reason, detail };
    this.#deps.journal.append({ kind: 'camera_state', cameraId: this.#source.cameraId, state, detail: reason === '' ? detail : `${reason} ${detail}`.trim() });
    this.live.state({ state, since: this.#state.since, detail: reason });
  }
}
