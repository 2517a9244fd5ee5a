import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, describe } from 'vitest';
import { startCamera } from '../simulators/camera/index.ts';
import type { OneCamera, OneCameraOptions } from '../simulators/camera/index.ts';
import { JournalEntry } from '../contract/recorder.ts';
import { systemClock, wait } from '../server/src/base/clock.ts';
import type { Recorder } from './recorder.ts';
import { SegmentFile } from './storage/segment-file.ts';
import { allEntries, configOf, entriesOf, ofKind, roomFolder, sourceOf, startRecorder } from './testing/room.ts';
import type { RoomFolder } from './testing/room.ts';

/** Each test has its own room: they wait for real seconds of real streams, and wait together. */
const test = base.extend<{ room: RoomFolder; camera: (options?: OneCameraOptions) => Promise<OneCamera>; recorder: (change?: Parameters<typeof startRecorder>[2]) => Promise<Recorder>; stop: (which: Recorder) => Promise<void> }>({
  // oxlint-disable-next-line no-empty-pattern -- the form that a fixture must have
  room: async ({}, use) => {
    const folder = roomFolder();
    await use(folder);
    folder.remove();
  },
  // oxlint-disable-next-line no-empty-pattern -- the form that a fixture must have
  camera: async ({}, use) => {
    const cameras: OneCamera[] = [];
    await use(async (options = {}) => {
      const started = await startCamera(options);
      cameras.push(started);
      return started;
    });
    await Promise.all(cameras.map((each) => each.close()));
  },
  recorder: async ({ room }, use) => {
    const recorders: Recorder[] = [];
    await use(async (change) => {
      const started = await startRecorder(room.data, systemClock, change);
      recorders.push(started);
      return started;
    });
    await Promise.all(recorders.filter((each) => !stopped.has(each)).map((each) => each.stop()));
  },
  // oxlint-disable-next-line no-empty-pattern -- the form that a fixture must have
  stop: async ({}, use) => {
    await use(async (which) => {
      stopped.add(which);
      await which.stop();
    });
  },
});
const stopped = new WeakSet<Recorder>();
const filesUnder = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() && entry.name !== 'vigil-storage.json' ? [join(entry.parentPath, entry.name)] : []));

describe.concurrent('recorder', { timeout: 60_000 }, () => {
  test('[BRN-4.3 RECORDING] what a camera sends is on disk, whole, joined and hashed', async ({ room, camera, recorder, stop, expect }) => {
    const sim = await camera();
    // Shorter than the server may ask for, so that the test sees several segments.
    const config = configOf(room.storage, [sourceOf(sim.url)], { segmentSeconds: 3 });
    const it = await recorder();
    await it.configure(config);
    const closed = await entriesOf(it.journal, 'segment_closed', { count: 3 });
    await stop(it);
    for (const segment of closed) {
      const file = join(room.storage, segment.path);
      const bytes = readFileSync(file);
      expect(bytes.length).toBe(segment.sizeBytes);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(segment.sha256);
      const probed = JSON.parse(execFileSync('ffprobe', ['-v', 'error', '-count_frames', '-show_streams', '-show_frames', '-select_streams', 'v', '-of', 'json', file], { encoding: 'utf8', maxBuffer: 1e8 })) as {
        streams: { nb_read_frames: string; codec_name: string; width: number }[];
        frames: { key_frame: number; pts: number }[];
      };
      expect(probed.streams[0]).toMatchObject({ codec_name: 'h264', width: segment.width, nb_read_frames: String(segment.frames) });
      expect(probed.frames[0]).toMatchObject({ key_frame: 1, pts: 0 });
      expect(execFileSync('ffmpeg', ['-v', 'error', '-xerror', '-i', file, '-f', 'null', '-'], { encoding: 'utf8' })).toBe('');
    }
    for (const [i, segment] of closed.entries()) {
      if (i > 0) expect(segment.from).toBe(closed[i - 1]!.until);
      expect(segment.runId).toBe(closed[0]!.runId);
      expect(segment.packetsLost).toBe(0);
    }
    expect(closed[1]!.until - closed[1]!.from).toBeGreaterThanOrEqual(2_000);
  });

  test('[ART-10.1.1 RECORDING] after an orderly stop every file is known, the stop is a gap, and the next start closes it at its first frame', async ({ room, camera, recorder, stop, expect }) => {
    const sim = await camera();
    const source = sourceOf(sim.url);
    const first = await recorder();
    await first.configure(configOf(room.storage, [source]));
    await entriesOf(first.journal, 'camera_state', { where: (entry) => entry.state === 'recording' });
    await stop(first);
    const again = await recorder();
    const [gap] = await entriesOf(again.journal, 'gap_closed');
    const entries = await allEntries(again.journal);
    expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, i) => i + 1));
    for (const entry of entries) expect(JournalEntry.safeParse(entry).success, JSON.stringify(entry)).toBe(true);
    const stopping = entries.findIndex((entry) => entry.kind === 'recorder_stopping');
    const before = ofKind(entries.slice(0, stopping), 'segment_closed');
    expect(gap).toMatchObject({ reason: 'recorder_stopped', from: before.at(-1)!.until, cameraId: source.cameraId });
    expect(entries[stopping + 1]).toMatchObject({ kind: 'recorder_started', previousEnd: 'orderly', recoveredSegments: 0 });
    await stop(again);
    const all = ofKind(await allEntries((await recorder()).journal), 'segment_closed');
    expect(new Set(filesUnder(room.storage).filter((file) => file.endsWith('.mp4')))).toEqual(new Set(all.map((segment) => join(room.storage, segment.path))));
    expect(all.find((segment) => segment.from >= gap!.from)!.from).toBeLessThanOrEqual(gap!.until);
  });

  test('[BRN-A1.2.4 RECORDING] a broken connection is a gap with its reason, closed when the camera is back', async ({ room, camera, recorder, expect }) => {
    const sim = await camera();
    const it = await recorder();
    await it.configure(configOf(room.storage, [sourceOf(sim.url)]));
    await entriesOf(it.journal, 'camera_state', { where: (entry) => entry.state === 'recording' });
    sim.control.cut(true);
    const [closed] = await entriesOf(it.journal, 'gap_closed');
    expect(closed).toMatchObject({ reason: 'network' });
    const [segment] = await entriesOf(it.journal, 'segment_closed');
    expect(segment!.until).toBe(closed!.from);
    expect(closed!.until).toBeGreaterThan(closed!.from);
  });

  test('[BRN-4.3 RECORDING] a camera that goes silent is found by what reached the disk, with an alarm', async ({ room, camera, recorder, expect }) => {
    const sim = await camera();
    const it = await recorder();
    await it.configure(configOf(room.storage, [sourceOf(sim.url)], { gapAlarmSeconds: 4 }));
    await entriesOf(it.journal, 'camera_state', { where: (entry) => entry.state === 'recording' });
    sim.control.set({ stalled: true });
    const [alarm] = await entriesOf(it.journal, 'gap_alarm');
    expect(alarm).toMatchObject({ reason: 'camera_silent' });
    expect(alarm!.at - alarm!.from).toBeLessThan(7_000);
    sim.control.set({ stalled: false });
    const [closed] = await entriesOf(it.journal, 'gap_closed');
    expect(closed).toMatchObject({ gapId: alarm!.gapId, reason: 'camera_silent' });
  });

  test('a camera that nobody answers for is a gap from the moment recording was due', async ({ room, recorder, expect }) => {
    const source = sourceOf('rtsp://127.0.0.1:9/gate');
    const it = await recorder();
    const before = Date.now();
    await it.configure(configOf(room.storage, [source]));
    const [gap] = await entriesOf(it.journal, 'gap_opened');
    expect(gap).toMatchObject({ reason: 'camera_unreachable', cameraId: source.cameraId });
    expect(gap!.from).toBeGreaterThanOrEqual(before - 1);
    expect(gap!.from).toBeLessThan(before + 1_000);
  });

  test('[ART-10.1.3 RECORDING] recording that was switched off is a gap of its own, and switching on goes on', async ({ room, camera, recorder, expect }) => {
    const sim = await camera();
    const source = sourceOf(sim.url);
    const config = configOf(room.storage, [source]);
    const it = await recorder();
    await it.configure(config);
    await entriesOf(it.journal, 'camera_state', { where: (entry) => entry.state === 'recording' });
    await it.configure({ ...config, version: 2, cameras: [{ ...source, record: false }] });
    const [gap] = await entriesOf(it.journal, 'gap_opened');
    expect(gap).toMatchObject({ reason: 'recording_off' });
    expect(it.status().cameras[0]).toMatchObject({ state: 'off' });
    await it.configure({ ...config, version: 3 });
    const [closed] = await entriesOf(it.journal, 'gap_closed');
    expect(closed).toMatchObject({ gapId: gap!.gapId });
    await expect(it.configure({ ...config, version: 2 })).rejects.toMatchObject({ code: 'recorder.config_older' });
  });

  test('an approved stop is a gap of its own that ends at its end by itself, with nobody there to say so, and what is missing from then on is another gap', async ({ room, camera, recorder, expect }) => {
    const sim = await camera();
    const source = sourceOf(sim.url);
    const config = configOf(room.storage, [source]);
    const it = await recorder();
    await it.configure(config);
    await entriesOf(it.journal, 'camera_state', { where: (entry) => entry.state === 'recording' });
    const recordAgainAt = Date.now() + 2_500;
    await it.configure({ ...config, version: 2, cameras: [{ ...source, record: false, recordAgainAt }] });
    const [stopped] = await entriesOf(it.journal, 'gap_closed', { where: (entry) => entry.reason === 'stop_approved' });
    expect(stopped).toMatchObject({ until: recordAgainAt });
    const [late] = await entriesOf(it.journal, 'gap_closed', { where: (entry) => entry.reason === 'camera_silent' });
    expect(late).toMatchObject({ from: recordAgainAt });
    await entriesOf(it.journal, 'camera_state', { count: 2, where: (entry) => entry.state === 'recording' });
  });

  test('a disk that was not mounted yet when it was asked for is taken into use when it is there, without new settings', async ({ room, camera, recorder, stop, expect }) => {
    const sim = await camera();
    const config = configOf(join(room.data, 'mnt', 'footage'), [sourceOf(sim.url)]);
    const it = await recorder();
    await it.configure(config);
    const [refused] = await entriesOf(it.journal, 'storage_refused');
    expect(refused).toMatchObject({ reason: 'missing' });
    await it.lookAtStorages();
    expect(existsSync(join(room.data, 'mnt'))).toBe(false);
    mkdirSync(join(room.data, 'mnt'));
    await it.lookAtStorages();
    await entriesOf(it.journal, 'camera_state', { where: (entry) => entry.state === 'recording' });
    await stop(it);
    // It counts as used from now on: should it come up empty, it is a disk that is not mounted.
    renameSync(join(room.data, 'mnt', 'footage'), join(room.data, 'away'));
    mkdirSync(join(room.data, 'mnt', 'footage'));
    const again = await recorder();
    await again.lookAtStorages();
    expect(again.storages.status()).toMatchObject([{ usable: false, reason: 'identity_absent' }]);
  });

  test('[BRN-4.3 RECORDING] on a disk that keeps up with half of the cameras one after another has a gap that says so, one at least has none, and a stop keeps what had come', async ({ room, camera, recorder, stop, expect }) => {
    const sims = await Promise.all(Array.from({ length: 4 }, () => camera()));
    const sources = sims.map((sim) => sourceOf(sim.url));
    // Each write of the four takes its turn; the first seconds are free, so that all record before it grows slow.
    let turn: Promise<void> = Promise.resolve();
    let writeMs = 0;
    const createFile = async (...args: Parameters<typeof SegmentFile.create>): Promise<SegmentFile> => {
      const file = await SegmentFile.create(...args);
      const append = file.append.bind(file);
      const slowly = async (parts: readonly Uint8Array[]): Promise<void> => {
        await (turn = turn.then(() => (writeMs === 0 ? undefined : wait(systemClock, writeMs))));
        await append(parts);
      };
      const durably = async (parts: readonly Uint8Array[]): Promise<void> => {
        await slowly(parts);
        await file.sync();
      };
      Object.defineProperties(file, { append: { value: slowly }, appendDurably: { value: durably } });
      return file;
    };
    const it = await recorder({ createFile });
    await it.configure(configOf(room.storage, sources));
    await entriesOf(it.journal, 'camera_state', { count: 4, where: (entry) => entry.state === 'recording' });
    writeMs = 250; // four cameras write eight fragments a second
    const [gap] = await entriesOf(it.journal, 'gap_opened', { withinMs: 40_000 });
    expect(gap).toMatchObject({ reason: 'memory_bound', detail: 'left out: the storage does not keep up with all cameras' });
    const leftOut = it.status().cameras.filter(({ reason }) => reason === 'memory_bound').map(({ cameraId }) => cameraId);
    expect(leftOut.length).toBeGreaterThanOrEqual(1);
    expect(leftOut.length).toBeLessThanOrEqual(3);
    expect(new Set(leftOut)).toEqual(it.room.leftOut);
    expect(it.status().cameras.filter(({ state }) => state === 'recording').length).toBe(4 - leftOut.length);
    writeMs = 0;
    await stop(it);
    const entries = await allEntries((await recorder()).journal);
    // What waited was written at the stop: each camera's footage ends where its gap begins.
    for (const cameraId of leftOut) {
      const [opened] = ofKind(entries, 'gap_opened').filter((entry) => entry.cameraId === cameraId);
      expect(ofKind(entries, 'segment_closed').some((entry) => entry.cameraId === cameraId && entry.until === opened!.from)).toBe(true);
    }
    expect(ofKind(entries, 'gap_opened').filter(({ reason }) => reason === 'memory_bound').length).toBe(leftOut.length);
  });

  test('[BRN-4.3 RECORDING] a stop ends within nine seconds though the disk does not answer any more; the footage that waited is a gap, and the next start takes the file up', async ({ room, camera, recorder, stop, expect }) => {
    const sim = await camera();
    let hangs = false;
    const createFile = async (...args: Parameters<typeof SegmentFile.create>): Promise<SegmentFile> => {
      const file = await SegmentFile.create(...args);
      for (const what of ['append', 'appendDurably'] as const) {
        const real = file[what].bind(file);
        Object.defineProperty(file, what, { value: (parts: readonly Uint8Array[]) => (hangs ? new Promise<never>(() => undefined) : real(parts)) });
      }
      return file;
    };
    const it = await recorder({ createFile });
    const config = configOf(room.storage, [sourceOf(sim.url)]);
    await it.configure(config);
    await entriesOf(it.journal, 'camera_state', { where: (entry) => entry.state === 'recording' });
    await wait(systemClock, 2_000);
    hangs = true;
    await wait(systemClock, 2_000);
    const begun = systemClock.monotonic();
    await stop(it);
    expect(systemClock.monotonic() - begun).toBeLessThan(9_500);
    const again = await recorder();
    const [taken] = await entriesOf(again.journal, 'segment_closed');
    expect(taken!.recovered).toBe(true);
    const entries = await allEntries(again.journal);
    const [lost, stopped] = ofKind(entries, 'gap_opened');
    expect(lost!.reason).toBe('memory_bound');
    expect(Math.abs(lost!.from - taken!.until)).toBeLessThan(100);
    expect(stopped!.reason).toBe('recorder_stopped');
    expect(ofKind(entries, 'gap_closed')[0]).toMatchObject({ gapId: lost!.gapId, until: stopped!.from });
    expect(stopped!.from - lost!.from).toBeGreaterThan(1_000);
    expect(ofKind(entries, 'recorder_started').at(-1)!.previousEnd).toBe('orderly');
  });

  test('[SCH-2.7.2 INTEGRITY] a disk that is gone is refused, said, and used again when it is back', async ({ room, camera, recorder, stop, expect }) => {
    const sim = await camera();
    const config = configOf(room.storage, [sourceOf(sim.url)]);
    const first = await recorder();
    await first.configure(config);
    await entriesOf(first.journal, 'camera_state', { where: (entry) => entry.state === 'recording' });
    await stop(first);
    const away = `${room.storage}.away`;
    execFileSync('mv', [room.storage, away]);
    execFileSync('mkdir', [room.storage]);
    const it = await recorder();
    const [refused] = await entriesOf(it.journal, 'storage_refused');
    expect(refused).toMatchObject({ reason: 'identity_absent', path: room.storage });
    await entriesOf(it.journal, 'camera_state', { where: (entry) => entry.detail.startsWith('storage_missing') });
    await it.configure({ ...config, version: 2 });
    expect(readdirSync(room.storage)).toEqual([]);
    execFileSync('rmdir', [room.storage]);
    execFileSync('mv', [away, room.storage]);
    await it.lookAtStorages();
    const states = await entriesOf(it.journal, 'camera_state', { where: (entry) => entry.state === 'recording' && entry.at > refused!.at });
    expect(states.length).toBe(1);
    expect(existsSync(join(room.storage, 'vigil-storage.json'))).toBe(true);
  });
});
