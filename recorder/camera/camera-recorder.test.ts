import { execFileSync } from 'node:child_process';
import { appendFileSync, readdirSync, statSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test as base, describe } from 'vitest';
import { startCamera } from '../../simulators/camera/index.ts';
import type { OneCamera } from '../../simulators/camera/index.ts';
import type { JournalEntry } from '../../contract/recorder.ts';
import { systemClock, wait } from '../../server/src/base/clock.ts';
import type { Clock } from '../../server/src/base/clock.ts';
import { BufferPool, DrainClock } from '../ingest/index.ts';
import { Journal } from '../journal/journal.ts';
import { initialiseStorage } from '../storage/identity.ts';
import { SegmentFile } from '../storage/segment-file.ts';
import { Storages } from '../storage/storages.ts';
import { Turns } from '../storage/turns.ts';
import { allEntries, configOf, entriesOf, ofKind, quietLog, roomFolder, sourceOf } from '../testing/room.ts';
import type { RoomFolder } from '../testing/room.ts';
import { CameraRecorder } from './camera-recorder.ts';
import type { CameraDeps } from './camera-deps.ts';

/** One camera with everything that it is given, on a clock that can be set. */
class Scene {
  readonly room: RoomFolder;
  readonly pool = new BufferPool();
  readonly clock: Clock = { ...systemClock, now: () => systemClock.now() + this.stepMs };
  readonly sim: OneCamera;
  readonly journal: Journal;
  stepMs = 0;
  altered = 0;
  camera: CameraRecorder | null = null;
  #ticking: { cancel(): void } | null = null;

  private constructor(room: RoomFolder, sim: OneCamera, journal: Journal) {
    this.room = room;
    this.sim = sim;
    this.journal = journal;
  }

  static async open(): Promise<Scene> {
    const room = roomFolder();
    const sim = await startCamera({ scene: 'lobby' });
    const journal = await Journal.open(join(room.data, 'journal'), { clock: systemClock, log: quietLog });
    return new Scene(room, sim, journal);
  }

  async close(): Promise<void> {
    this.#ticking?.cancel();
    await this.camera?.stop('recorder_stopped');
    await this.journal.close();
    await this.sim.close();
    this.room.remove();
  }

  async start(change: Partial<CameraDeps> = {}, gapAlarmSeconds = 10): Promise<CameraRecorder> {
    const { clock, journal, pool, room, sim } = this;
    const source = sourceOf(sim.url);
    const config = configOf(room.storage, [source], { segmentSeconds: 2, gapAlarmSeconds });
    await initialiseStorage(config.storages[0]!, clock);
    const storages = new Storages({ clock, log: quietLog, journal, prepare: async () => undefined });
    await storages.configure(config.storages, 0);
    const started = new CameraRecorder(source, {
      ...{ clock, log: quietLog, journal, storages, turns: new Turns(() => 1) },
      ingest: { clock, log: quietLog, drain: new DrainClock(clock, config), pool },
      settings: () => config,
      onSynced: () => undefined,
      onAltered: () => void (this.altered += 1),
      footageUntil: () => null,
      mayQueue: () => true,
      ...change,
    });
    started.start(0);
    let ticks = 0;
    this.#ticking = clock.every(1_000, () => started.tick((ticks += 1) % 2 === 0));
    this.camera = started;
    await entriesOf(journal, 'camera_state', { where: (entry) => entry.state === 'recording' });
    return started;
  }
}

const test = base.extend<{ scene: Scene }>({
  // oxlint-disable-next-line no-empty-pattern -- the form that a fixture must have
  scene: async ({}, use) => {
    const scene = await Scene.open();
    await use(scene);
    await scene.close();
  },
});

const footage = (entries: readonly JournalEntry[]) => ofKind(entries, 'segment_closed');

describe.concurrent('camera recorder', { timeout: 60_000 }, () => {
  test('[RES-5.3.4 INTEGRITY] a clock set forward closes the segment; the hour that never was is a gap with its reason', async ({ scene, expect }) => {
    const { journal } = scene;
    const it = await scene.start();
    scene.stepMs = 3_600_000;
    it.clockStepped(3_600_000);
    const [gap] = await entriesOf(journal, 'gap_closed');
    expect(gap!.reason).toBe('clock_stepped');
    expect(gap!.until - gap!.from).toBeGreaterThan(3_595_000);
    expect(gap!.until - gap!.from).toBeLessThan(3_605_000);
    const [before, after] = await entriesOf(journal, 'segment_closed', { count: 2 });
    expect(before!.until).toBe(gap!.from);
    expect(after!.from).toBeLessThanOrEqual(gap!.until);
    expect(after!.runId).not.toBe(before!.runId);
    expect(before!.frames / (before!.until - before!.from)).toBeCloseTo(0.015, 3);
  });

  test('[RES-5.3.4 INTEGRITY] a clock set back opens a new segment in the new time and loses no frame', async ({ scene, expect }) => {
    const { journal } = scene;
    const it = await scene.start();
    scene.stepMs = -3_600_000;
    it.clockStepped(-3_600_000);
    const [before, after] = await entriesOf(journal, 'segment_closed', { count: 2 });
    expect(before!.from - after!.from).toBeGreaterThan(3_590_000);
    expect(after!.runId).not.toBe(before!.runId);
    expect(ofKind(await allEntries(journal), 'gap_opened')).toEqual([]);
    for (const segment of [before!, after!]) expect(segment.frames / (segment.until - segment.from)).toBeCloseTo(0.015, 3);
  });

  test('[BRN-4.3 RECORDING] past its memory bound a camera drops and says so, and goes on when there is room', async ({ scene, expect }) => {
    const { journal } = scene;
    let room = true;
    await scene.start({ mayQueue: () => room });
    room = false;
    const [opened] = await entriesOf(journal, 'gap_opened');
    expect(opened!.reason).toBe('memory_bound');
    room = true;
    const [closed] = await entriesOf(journal, 'gap_closed');
    expect(closed).toMatchObject({ gapId: opened!.gapId, reason: 'memory_bound' });
    const [before, after] = await entriesOf(journal, 'segment_closed', { count: 2 });
    expect(before!.until).toBe(opened!.from);
    expect(after!.from).toBeGreaterThanOrEqual(before!.until);
  });

  test('[BRN-4.3 RECORDING] a camera that is left out for a slow storage is one gap with its reason, shown on, and goes on when it is taken back', async ({ scene, expect }) => {
    const { journal } = scene;
    let isOut = false;
    const it = await scene.start({ mayQueue: () => !isOut }, 2);
    let seen = 0;
    const sink = { writableLength: 0, write: () => (seen += 1) > 0, end: () => undefined, destroy: () => undefined };
    await it.live.attach(sink, () => it.cached());
    isOut = true;
    it.leaveOut();
    const [opened] = await entriesOf(journal, 'gap_opened');
    expect(opened).toMatchObject({ reason: 'memory_bound', detail: 'left out: the storage does not keep up with all cameras' });
    expect(it.status()).toMatchObject({ state: 'lost', reason: 'memory_bound', detail: opened!.detail });
    const before = seen;
    await entriesOf(journal, 'gap_alarm');
    expect(seen - before).toBeGreaterThan(10);
    expect(footage(await allEntries(journal)).some((segment) => segment.until === opened!.from)).toBe(false);
    isOut = false;
    it.takeBack();
    const [closed] = await entriesOf(journal, 'gap_closed');
    expect(closed).toMatchObject({ gapId: opened!.gapId, from: opened!.from, reason: 'memory_bound' });
    await entriesOf(journal, 'segment_closed', { where: (entry) => entry.from >= closed!.until - 1_000 });
    it.live.detach(sink);
    const entries = await allEntries(journal);
    // What waited was written: footage ends where the gap begins.
    expect(footage(entries).some((segment) => segment.until === opened!.from)).toBe(true);
    expect(ofKind(entries, 'gap_opened').length).toBe(1);
    expect(it.status()).toMatchObject({ state: 'recording', reconnects: 0 });
  });

  test('[TEN-6.1 RETENTION] a full disk keeps what is whole, is a gap, and recording goes on when there is space; who watches sees on', async ({ scene, expect }) => {
    const { journal } = scene;
    let full = false;
    const createFile = async (...args: Parameters<typeof SegmentFile.create>): Promise<SegmentFile> => {
      const fail = (): never => {
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      };
      if (full) fail();
      const file = await SegmentFile.create(...args);
      const append = file.append.bind(file);
      Object.defineProperty(file, 'append', { value: async (parts: Uint8Array[]) => (full ? fail() : append(parts)) });
      return file;
    };
    const it = await scene.start({ createFile }, 3);
    let seen = 0;
    const sink = { writableLength: 0, write: () => (seen += 1) > 0, end: () => undefined, destroy: () => undefined };
    await it.live.attach(sink, () => it.cached());
    full = true;
    const [opened] = await entriesOf(journal, 'gap_opened');
    expect(opened!.reason).toBe('disk_full');
    const [segment] = await entriesOf(journal, 'segment_closed');
    expect(segment!.until).toBe(opened!.from);
    const before = seen;
    await new Promise((resolve) => scene.clock.after(1_500, () => resolve(null)));
    expect(seen - before).toBeGreaterThan(10);
    expect(it.status()).toMatchObject({ state: 'lost', reason: 'disk_full' });
    await entriesOf(journal, 'gap_alarm');
    full = false;
    const [closed] = await entriesOf(journal, 'gap_closed');
    expect(closed).toMatchObject({ gapId: opened!.gapId });
    it.live.detach(sink);
    await entriesOf(journal, 'segment_closed', { where: (entry) => entry.from > closed!.until });
    expect(it.status()).toMatchObject({ reconnects: 0, state: 'recording' });
    expect(ofKind(await allEntries(journal), 'gap_opened').length).toBe(1);
  });

  test('[SCH-2.7.1 RECORDING] a camera whose pictures change their size goes on in a new file, without a gap', async ({ scene, expect }) => {
    const { journal, sim } = scene;
    await scene.start();
    sim.control.set({ swapped: true });
    const segments = await entriesOf(journal, 'segment_closed', { count: 2, where: () => true });
    const [last] = await entriesOf(journal, 'segment_closed', { where: (entry) => entry.width === 640 });
    expect(segments[0]!.width).toBe(1_280);
    const all = footage(await allEntries(journal));
    for (const [i, segment] of all.entries()) if (i > 0) expect(segment.from).toBe(all[i - 1]!.until);
    expect(last!.runId).toBe(segments[0]!.runId);
  });

  test('[COR-3.2.1 RECORDING] a lost packet costs the picture that it was part of, not the group: the file holds what came after, and counts the loss', async ({ scene, expect }) => {
    const { journal, sim, room } = scene;
    await scene.start();
    await entriesOf(journal, 'segment_closed'); // the next one is cut at a key frame, and loses in its midst
    sim.control.drop(1);
    const damaged = (await entriesOf(journal, 'segment_closed', { where: (entry) => entry.packetsLost > 0 }))[0]!;
    expect(damaged.packetsLost).toBe(1);
    const due = Math.round(((damaged.until - damaged.from) * 15) / 1_000);
    expect(due - damaged.frames).toBeGreaterThanOrEqual(1);
    expect(due - damaged.frames).toBeLessThanOrEqual(2);
    const entries = await allEntries(journal);
    expect(ofKind(entries, 'gap_opened')).toEqual([]);
    const decoded = execFileSync('ffprobe', ['-v', 'quiet', '-count_frames', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', join(room.storage, damaged.path)], { encoding: 'utf8' });
    expect(Number(decoded)).toBe(damaged.frames);
    // Segments of a run go on joining.
    for (const [i, segment] of footage(entries).entries()) if (i > 0) expect(segment.from).toBe(footage(entries)[i - 1]!.until);
  });

  test('[SCH-2.7.2 INTEGRITY] what was written of late is compared with the disk: a file that was taken away or altered is found', async ({ scene, expect }) => {
    const { journal, room } = scene;
    const it = await scene.start();
    const [closed] = await entriesOf(journal, 'segment_closed');
    it.writer.check();
    await it.writer.idle();
    expect(scene.altered).toBe(0);
    appendFileSync(join(room.storage, closed!.path), 'x');
    it.writer.check();
    await it.writer.idle();
    expect(scene.altered).toBe(1);
    it.writer.forget(closed!.path); // deleted in order
    const folder = dirname(join(room.storage, closed!.path));
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.part'))) unlinkSync(join(folder, name));
    it.writer.check();
    const [abandoned] = await entriesOf(journal, 'segment_abandoned');
    const [gap] = await entriesOf(journal, 'gap_opened');
    expect(gap).toMatchObject({ reason: 'disk_failed', from: abandoned!.from });
    await entriesOf(journal, 'gap_closed', { where: (entry) => entry.gapId === gap!.gapId });
    expect(scene.altered).toBe(1);
  });

  test('[BRN-4.3 RECORDING] at a stop with a slow disk what is not written in time is a gap with its reason, and the segment is closed at what is whole', async ({ scene, expect }) => {
    const { journal, pool, room } = scene;
    let letGo: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (letGo = resolve));
    let isSlow = false;
    const createFile = async (...args: Parameters<typeof SegmentFile.create>): Promise<SegmentFile> => {
      const file = await SegmentFile.create(...args);
      for (const what of ['append', 'appendDurably'] as const) {
        const real = file[what].bind(file);
        const slowly = async (parts: readonly Uint8Array[]): Promise<void> => {
          if (isSlow) await slow.then(() => wait(systemClock, 250));
          await real(parts);
        };
        Object.defineProperty(file, what, { value: slowly });
      }
      return file;
    };
    const it = await scene.start({ createFile });
    isSlow = true;
    const waiting = (): number => it.writer.load(0).takenWrites - it.writer.load(0).writtenWrites;
    while (waiting() < 6) await wait(systemClock, 50);
    letGo();
    const now = systemClock.monotonic();
    await it.stop('recorder_stopped', { writeUntilMs: now + 600, closeUntilMs: now + 5_000 });
    scene.camera = null;
    await journal.flushed();
    const entries = await allEntries(journal);
    const last = footage(entries).at(-1)!;
    const [lost, stop] = ofKind(entries, 'gap_opened');
    expect(lost).toMatchObject({ reason: 'memory_bound', from: last.until, detail: 'it waited for the disk when the recorder stopped' });
    expect(stop!.reason).toBe('recorder_stopped');
    expect(ofKind(entries, 'gap_closed')).toMatchObject([{ gapId: lost!.gapId, until: stop!.from }]);
    expect(stop!.from - lost!.from).toBeGreaterThan(500);
    expect(statSync(join(room.storage, last.path)).size).toBe(last.sizeBytes);
    expect(journal.state.openSegments).toEqual({});
    expect(journal.state.openGaps[it.source.cameraId]).toMatchObject({ gapId: stop!.gapId });
    expect(pool.stats().lentBytes).toBe(0);
  });

  test('all memory goes back to the pool when a camera stops', async ({ scene, expect }) => {
    const { journal, pool } = scene;
    const it = await scene.start();
    await entriesOf(journal, 'segment_closed');
    await it.stop('removed');
    scene.camera = null;
    expect(pool.stats().lentBytes).toBe(0);
  });
});
