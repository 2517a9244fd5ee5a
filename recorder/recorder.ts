/**
 * The recorder as a whole: starts from its sealed settings and from what a crash left, runs its cameras, and obeys the server when there
 * is one (design: recording; contract/recorder.ts). It needs neither server nor database.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CameraSource, DeletionOrder, MoveOrder, RecorderConfig, RecorderStatus, Storage } from '../contract/recorder.ts';
import type { Clock, Instant, Timer } from '../server/src/base/clock.ts';
import type { Log } from '../server/src/base/log.ts';
import { secondMs } from '../server/src/base/units.ts';
import { CameraRecorder } from './camera/camera-recorder.ts';
import type { CameraDeps, CameraSettings } from './camera/camera-deps.ts';
import { settledBy } from './camera/farewell.ts';
import { SealedConfig } from './config/sealed-config.ts';
import { BufferPool, DrainClock } from './ingest/index.ts';
import { Journal } from './journal/journal.ts';
import { SubStreams } from './live/sub-streams.ts';
import { ClockStepWatch } from './media-clock.ts';
import { Measures } from './measures.ts';
import { Recovery } from './recovery/recovery.ts';
import { refuse } from './refusals.ts';
import { Deletions } from './storage/deletions.ts';
import { initialiseStorage } from './storage/identity.ts';
import { Moves } from './storage/moves.ts';
import { QueueRoom } from './storage/queue-room.ts';
import type { QueuedCamera } from './storage/queue-room.ts';
import { Storages } from './storage/storages.ts';
import { Turns } from './storage/turns.ts';

const tickMs = secondMs;
/** Storages are looked at again so often, besides before each segment. */
const storageLookTicks = 10;
/** What was written of late is compared with the disk so often. */
const diskCheckTicks = 60;
/** First connections of many cameras are spread over this time. */
const startSpreadMs = 4 * secondMs;
/** An orderly stop, from its begin: what waits is written, then files are closed at what is whole, then the journal has its last word. The supervisor kills after 12 s. */
const stopMs = { write: 4 * secondMs, close: 7 * secondMs, end: 9 * secondMs } as const;

export interface RecorderOptions {
  dataFolder: string;
  clock: Clock;
  log: Log;
  version: string;
  /** SegmentFile.create but for tests of slow disks. */
  createFile?: NonNullable<CameraDeps['createFile']>;
}

const defaults = { segmentSeconds: 60, fragmentMs: 1_000, drainMs: 200, drainWatchedMs: 30, maxLossMs: 2_000, gapAlarmSeconds: 10 };

export class Recorder {
  readonly startedAt: Instant;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly measures = new Measures();
  readonly room = new QueueRoom();
  readonly pool = new BufferPool();
  readonly #turns = new Turns(() => this.#config?.storages.length ?? 1);
  readonly storages: Storages;
  readonly deletions: Deletions;
  readonly moves: Moves;
  readonly subs: SubStreams;
  readonly #log: Log;
  readonly #sealed: SealedConfig;
  readonly #recovery: Recovery;
  readonly #drain: DrainClock;
  readonly #cameras = new Map<string, CameraRecorder>();
  readonly #steps: ClockStepWatch;
  readonly #version: string;
  readonly #createFile: RecorderOptions['createFile'];
  #config: RecorderConfig | null = null;
  #storagesSeen: string[] = [];
  #changes: Promise<unknown> = Promise.resolve();
  #timer: Timer | null = null;
  #ticks = 0;

  private constructor(options: RecorderOptions, journal: Journal, sealed: SealedConfig) {
    const { clock, log } = options;
    this.clock = clock;
    this.journal = journal;
    this.startedAt = clock.now();
    this.#log = log;
    this.#sealed = sealed;
    this.#version = options.version;
    this.#createFile = options.createFile;
    this.#steps = new ClockStepWatch(clock.now(), clock.monotonic());
    this.#drain = new DrainClock(clock, defaults);
    this.#recovery = new Recovery({ clock, log, journal });
    this.storages = new Storages({ clock, log, journal, prepare: (storage) => this.#recovery.look(storage) });
    this.deletions = new Deletions({ clock, journal, log, find: (id) => this.storages.find(id), usable: (id) => this.storages.status().some((s) => s.storageId === id && s.usable) });
    this.subs = new SubStreams({ clock, log, drain: this.#drain, pool: this.pool }, (cameraId) => this.#cameras.get(cameraId));
    this.moves = new Moves({ clock, journal, find: (id) => this.storages.find(id), busy: () => this.#isBusy() });
  }

  /** Opens journal and sealed settings, and records: whoever waits for this waits for no camera. */
  static async start(options: RecorderOptions): Promise<Recorder> {
    const folder = join(options.dataFolder, 'recorder');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const journal = await Journal.open(join(folder, 'journal'), options);
    const sealed = new SealedConfig(folder, options.log);
    const recorder = new Recorder(options, journal, sealed);
    await recorder.#begin();
    return recorder;
  }

  get config(): RecorderConfig | null {
    return this.#config;
  }

  get cameras(): ReadonlyMap<string, CameraRecorder> {
    return this.#cameras;
  }

  /** Takes new settings: sealed on disk first, then applied. One at a time. */
  configure(config: RecorderConfig): Promise<void> {
    const next = this.#changes.then(() => this.#take(config));
    this.#changes = next.catch(() => undefined);
    return next;
  }

  delete(order: DeletionOrder): void {
    for (const { path } of order.segments) this.#cameras.get(path.slice(0, path.indexOf('/')))?.writer.forget(path);
    this.deletions.order(order);
  }

  /** A file that is moved need not lie in its old place any more. */
  move(order: MoveOrder): void {
    for (const { path } of order.segments) this.#cameras.get(path.slice(0, path.indexOf('/')))?.writer.forget(path);
    this.moves.order(order);
  }

  status(): RecorderStatus {
    return {
      recorderId: this.#config?.recorderId ?? '',
      startedAt: this.startedAt,
      now: this.clock.now(),
      configVersion: this.#config?.version ?? 0,
      journalLast: this.journal.durableSeq,
      journalAcked: this.journal.state.ackedSeq,
      cameras: [...this.#cameras.values()].map((camera) => camera.status()),
      storages: this.storages.status(),
    };
  }

  /** Orderly stop: every segment closed, every gap opened, then the last word. It ends within `stopMs.end` whatever a disk does. */
  async stop(): Promise<void> {
    const { clock } = this;
    const begun = clock.monotonic();
    const bounds = { writeUntilMs: begun + stopMs.write, closeUntilMs: begun + stopMs.close };
    this.#timer?.cancel();
    await settledBy(clock, begun + secondMs, this.#changes);
    this.moves.end();
    this.subs.breakOff();
    await Promise.all([...this.#cameras.values()].map((camera) => camera.stop('recorder_stopped', bounds)));
    const inTime = await settledBy(clock, bounds.closeUntilMs, Promise.all([this.deletions.idle(), this.#recovery.idle()]));
    if (!inTime) this.#log.warn('files that were being deleted or taken up are left for the next start');
    this.#recovery.end();
    this.deletions.end();
    this.journal.append({ kind: 'recorder_stopping' });
    await settledBy(clock, begun + stopMs.end, this.journal.close());
  }

  async #begin(): Promise<void> {
    const { state } = this.journal;
    const previousEnd = state.lastAt === 0 ? 'first' : state.stoppedInOrder ? 'orderly' : 'crashed';
    const lastAliveAt = state.lastAt;
    const sealed = await this.#sealed.read().catch((error: unknown) => {
      this.#log.error('starting without settings, waiting for the server', { error });
      return null;
    });
    if (sealed !== null) {
      this.#storagesSeen = sealed.storagesSeen;
      this.#config = sealed.config;
      await this.storages.configure(sealed.config.storages, sealed.config.freeBytesWarn);
    }
    this.journal.append({ kind: 'recorder_started', previousEnd, version: this.#version, recoveredSegments: this.#recovery.recoverable });
    if (previousEnd === 'crashed') this.#recovery.openGaps(sealed?.config.cameras ?? [], lastAliveAt);
    this.#apply();
    this.#recovery.begin();
    this.#timer = this.clock.every(tickMs, () => this.#tick());
    this.#log.info('recorder runs', { previousEnd, cameras: this.#cameras.size, version: this.#version });
  }

  async #take(config: RecorderConfig): Promise<void> {
    const present = this.#config?.version ?? 0;
    if (config.version < present) throw refuse('config_older', { given: config.version, sealed: present });
    const storagesSeen = await this.#withNew(config.storages);
    await this.#sealed.write({ config, storagesSeen }).catch((error: unknown) => {
      throw refuse('config_not_sealed', { detail: error instanceof Error ? error.message : String(error) });
    });
    this.#storagesSeen = storagesSeen;
    this.#config = config;
    await this.storages.configure(config.storages, config.freeBytesWarn);
    this.#apply();
    this.#recovery.begin();
    this.#log.info('settings taken', { version: config.version, cameras: config.cameras.length, storages: config.storages.length });
  }

  #settings(): CameraSettings {
    return this.#config ?? defaults;
  }

  #apply(): void {
    const config = this.#config;
    if (config === null) return;
    this.#drain.configure(config);
    const wanted = new Map(config.cameras.map((source) => [source.cameraId, source]));
    for (const [cameraId, camera] of this.#cameras) {
      const source = wanted.get(cameraId);
      if (source !== undefined) camera.change(source);
      else {
        this.#cameras.delete(cameraId);
        camera.stop('removed').catch((error: unknown) => this.#log.error('camera not stopped in order', { cameraId, error }));
      }
    }
    this.subs.look();
    const fresh = [...wanted.values()].filter((source) => !this.#cameras.has(source.cameraId));
    for (const [i, source] of fresh.entries()) this.#add(source, (startSpreadMs * i) / Math.max(fresh.length, 40));
  }

  #add(source: CameraSource, delayMs: number): void {
    const { clock, journal, storages, pool } = this;
    const log = this.#log;
    const camera = new CameraRecorder(source, {
      ...{ clock, log, journal, storages, turns: this.#turns },
      ingest: { clock, log, drain: this.#drain, pool },
      settings: () => this.#settings(),
      onSynced: (ageMs) => this.measures.synced(ageMs),
      onAltered: () => void (this.measures.altered += 1),
      footageUntil: (cameraId) => this.#recovery.footageUntil(cameraId),
      mayQueue: (bytes) => this.room.mayQueue(source.cameraId, bytes),
      ...(this.#createFile === undefined ? {} : { createFile: this.#createFile }),
    });
    this.#cameras.set(source.cameraId, camera);
    camera.start(delayMs);
  }

  #tick(): void {
    this.#ticks += 1;
    const stepMs = this.#steps.look(this.clock.now(), this.clock.monotonic());
    if (stepMs !== 0) this.#stepped(stepMs);
    for (const camera of this.#cameras.values()) {
      camera.tick(this.#ticks % 2 === 0);
      if (this.#ticks % diskCheckTicks === 0) camera.writer.check();
    }
    this.subs.look();
    this.#lookAtQueues();
    if (this.#ticks % storageLookTicks === 0) this.lookAtStorages().catch((error: unknown) => this.#log.error('storages not looked at', { error }));
  }

  /** Footage has been waiting for a disk: moving files would make it wait longer. */
  #isBusy(): boolean {
    const now = this.clock.monotonic();
    return this.room.leftOut.size > 0 || [...this.#cameras.values()].some((camera) => camera.writer.load(now).waitingMs > secondMs);
  }

  /** Where a storage does not keep up, whole cameras are left out for the rest to record without a gap. */
  #lookAtQueues(): void {
    const now = this.clock.monotonic();
    const queued: QueuedCamera[] = [];
    for (const [cameraId, camera] of this.#cameras) queued.push({ cameraId, ...camera.writer.load(now) });
    const { leave, back } = this.room.look(queued, now);
    for (const cameraId of leave) this.#cameras.get(cameraId)?.leaveOut();
    for (const cameraId of back) this.#cameras.get(cameraId)?.takeBack();
    const leftOut = this.room.leftOut.size;
    if (leave.length > 0) this.#log.error('a storage does not keep up: cameras are left out', { leave, leftOut });
    if (back.length > 0) this.#log.info('cameras are taken back', { back, leftOut });
  }

  /** A disk that is back is used again, and one that was not there yet when it was asked for is taken into use. */
  async lookAtStorages(): Promise<void> {
    const next = this.#changes.then(() => this.#takeLateStorages());
    this.#changes = next.catch(() => undefined);
    await next;
    await this.storages.refresh();
    this.#recovery.begin();
  }

  async #takeLateStorages(): Promise<void> {
    const config = this.#config;
    if (config === null || config.storages.every(({ storageId }) => this.#storagesSeen.includes(storageId))) return;
    const storagesSeen = await this.#withNew(config.storages);
    if (storagesSeen.length === this.#storagesSeen.length) return;
    await this.#sealed.write({ config, storagesSeen });
    this.#storagesSeen = storagesSeen;
  }

  /** Storages that were used before and those that can be given their identity now. */
  async #withNew(storages: readonly Storage[]): Promise<string[]> {
    const seen = new Set(this.#storagesSeen);
    for (const storage of storages) if (!seen.has(storage.storageId) && (await initialiseStorage(storage, this.clock)).usable) seen.add(storage.storageId);
    return [...seen];
  }

  #stepped(deltaMs: number): void {
    this.#log.warn('the clock of this machine was set', { deltaMs });
    this.journal.append({ kind: 'clock_stepped', deltaMs });
    for (const camera of this.#cameras.values()) camera.clockStepped(deltaMs);
  }
}
