import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../../server/src/base/manual-clock.ts';
import { newId } from '../../server/src/base/ids.ts';
import { kibibyte, mebibyte, secondMs } from '../../server/src/base/units.ts';
import { CameraWriter } from './camera-writer.ts';
import type { SegmentPlan } from './camera-writer.ts';
import { queueLimitBytes, QueueRoom } from './queue-room.ts';
import { SegmentFile } from './segment-file.ts';
import { segmentPath } from './segment-path.ts';
import { Turns } from './turns.ts';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'vigil-room-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const start = Date.UTC(2026, 0, 2);
/** One second of a camera at 4 Mbit/s. */
const body = Buffer.alloc(500 * kibibyte);
const cameraCount = 24;
const maxLossMs = 2 * secondMs;

/** The file calls of one slow disk: so many bytes a second for all files, in the order in which they were asked for. */
class SlowDisk {
  readonly #waiting: { bytes: number; done: () => void }[] = [];
  #budget = 0;

  write(parts: readonly Uint8Array[]): Promise<void> {
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    return new Promise((resolve) => this.#waiting.push({ bytes, done: resolve }));
  }

  async pass(bytes: number): Promise<void> {
    this.#budget += bytes;
    for (let next = this.#waiting[0]; next !== undefined && next.bytes <= this.#budget; next = this.#waiting[0]) {
      this.#budget -= next.bytes;
      this.#waiting.shift();
      next.done();
      // Who was served comes back with its next write.
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.#waiting.length === 0) this.#budget = 0;
  }

  /** Real files, whose writes take their turn at this disk. */
  readonly createFile = async (...args: Parameters<typeof SegmentFile.create>): Promise<SegmentFile> => {
    const file = await SegmentFile.create(...args);
    for (const name of ['append', 'appendDurably']) Object.defineProperty(file, name, { value: (parts: readonly Uint8Array[]) => this.write(parts) });
    return file;
  };
}

/** Cameras with their real writers, of which every second one lies on the second of two storages when there are two. */
const setUp = async (storages = 1) => {
  const clock = new ManualClock(start);
  const disks = Array.from({ length: storages }, () => ({ storageId: newId('sto', clock), disk: new SlowDisk() }));
  const room = new QueueRoom(512 * mebibyte);
  const ignore = (): void => undefined;
  const synced: number[] = [];
  const siteId = newId('site', clock);
  const cameras = Array.from({ length: cameraCount }, (_, i) => {
    const cameraId = newId('cam', clock);
    const { storageId, disk } = disks[i % storages]!;
    const writer = new CameraWriter(
      { clock, turns: new Turns(() => 1), admit: async () => ({ usable: true }), maxLossMs: () => maxLossMs, onSynced: (age) => synced.push(age), createFile: disk.createFile },
      { onFragment: ignore, onClosed: ignore, onAbandoned: ignore, onAltered: ignore, onDropped: ignore, onFault: ignore },
    );
    const segmentId = newId('seg', clock);
    const plan: SegmentPlan = {
      ...{ segmentId, cameraId, runId: newId('run', clock), path: segmentPath(cameraId, segmentId, start), from: start, firstTicks: 0 },
      storage: { storageId, siteId, path: root },
      sets: { codec: 'avc1.640028', width: 320, height: 180, framesPerSecond: 25, entry: 'avc1', decoderConfig: Buffer.from([1, 0x64, 0, 0x28, 0xff, 0xe0, 0]) },
      spanUntil: (ticks) => ({ from: start, until: start + ticks / 90 }),
    };
    return { cameraId, writer, plan, storageId };
  });
  for (const { writer, plan } of cameras) writer.begin(plan);
  await Promise.all(cameras.map(({ writer }) => writer.idle()));
  let second = 0;
  /** One second: every camera sends, each disk takes its bytes, the recorder looks. Answers whose second was lost. */
  const pass = async (...cameraSeconds: number[]): Promise<Set<string>> => {
    clock.advance(secondMs);
    synced.length = 0;
    const lost = new Set<string>();
    for (const { cameraId, writer, plan } of cameras) {
      if (writer.load(clock.monotonic()).queuedBytes + body.length > queueLimitBytes || !room.mayQueue(cameraId, body.length)) {
        lost.add(cameraId);
        continue;
      }
      const now = clock.monotonic();
      const times = { startTicks: second * 90_000, endTicks: (second + 1) * 90_000, at: start + second * secondMs, oldestMonotonicMs: now - secondMs, newestMonotonicMs: now };
      const samples = [{ size: body.length, durationTicks: 90_000, key: true, compositionTicks: 0 }];
      writer.append({ plan, body, blocks: body, samples, ...times, onWritten: ignore, release: ignore });
    }
    second += 1;
    for (const [i, { disk }] of disks.entries()) await disk.pass((cameraSeconds[i] ?? 0) * (body.length + kibibyte));
    const verdict = room.look(cameras.map(({ cameraId, writer }) => ({ cameraId, ...writer.load(clock.monotonic()) })), clock.monotonic());
    for (const { cameraId, writer } of cameras) {
      if (verdict.leave.includes(cameraId)) writer.hold(true);
      if (verdict.back.includes(cameraId)) writer.hold(false);
    }
    return lost;
  };
  return { pass, cameras, room, synced };
};

describe('room for what waits for disks', () => {
  test('[BRN-4.3 RECORDING] on a disk at half the pace about half of the cameras have one gap, and the others lose nothing and stay within the bound of a power cut', async () => {
    const { pass, cameras, room, synced } = await setUp();
    const losses = new Map<string, number[]>();
    for (let second = 0; second < 42; second += 1) {
      for (const cameraId of await pass(cameraCount / 2)) losses.set(cameraId, [...(losses.get(cameraId) ?? []), second]);
    }
    expect(losses.size).toBeGreaterThanOrEqual(cameraCount / 2);
    expect(losses.size).toBeLessThanOrEqual(cameraCount * 0.6);
    expect(room.leftOutEver).toBe(losses.size);
    // No camera is dropped and taken in turn: what it lost is one gap.
    for (const seconds of losses.values()) expect(seconds.at(-1)! - seconds[0]! + 1).toBe(seconds.length);
    expect(synced.length).toBeGreaterThanOrEqual(cameraCount - losses.size);
    expect(Math.max(...synced)).toBeLessThanOrEqual(maxLossMs);
    for (const { writer } of cameras) expect(writer.queuedBytes).toBeLessThanOrEqual(queueLimitBytes);
  });

  test('a disk that stands still for some seconds costs nobody anything', async () => {
    const { pass } = await setUp();
    for (let second = 0; second < 8; second += 1) expect((await pass(0)).size).toBe(0);
    for (let second = 0; second < 60; second += 1) expect((await pass(cameraCount * 1.2)).size).toBe(0);
  });

  test('when the disk is fast again every camera returns, one after another, and what it had queued is written', async () => {
    const { pass, cameras } = await setUp();
    let lost = new Set<string>();
    for (let second = 0; second < 20; second += 1) lost = await pass(4);
    expect(lost.size).toBeGreaterThanOrEqual(cameraCount - 4);
    for (let second = 0; lost.size > 0; second += 1) {
      const before = lost.size;
      lost = await pass(cameraCount * 2);
      expect([before, before - 1], `second ${second}`).toContain(lost.size);
      expect(second).toBeLessThan(120);
    }
    for (let second = 0; second < 3; second += 1) await pass(cameraCount * 2);
    for (const { writer } of cameras) expect(writer.queuedBytes).toBe(0);
  });

  test('a slow storage costs no camera of another one anything', async () => {
    const { pass, cameras, room } = await setUp(2);
    const [slow] = cameras.map(({ storageId }) => storageId);
    for (let second = 0; second < 40; second += 1) {
      for (const cameraId of await pass(4, cameraCount)) expect(cameras.find((camera) => camera.cameraId === cameraId)?.storageId).toBe(slow);
    }
    expect(room.leftOut.size).toBeGreaterThanOrEqual(cameraCount / 2 - 4);
    expect(room.waitingMs(cameras[1]!.storageId)).toBe(0);
  });

  test('while another storage hangs with most of the memory in use, fragments on their way to a healthy one cost none of its cameras', () => {
    const room = new QueueRoom(512 * mebibyte);
    for (let second = 1; second < 60; second += 1) {
      const hung = Array.from({ length: 40 }, (_, i) => ({ cameraId: `hung_${i}`, storageId: 'hung', queuedBytes: queueLimitBytes, waitingMs: second * secondMs, ...{ takenBytes: queueLimitBytes, takenWrites: 16, writtenBytes: 0, writtenWrites: 0 } }));
      // Each tenth second two of its cameras are looked at while their fragment is on its way.
      const healthy = Array.from({ length: 20 }, (_, i) => {
        const late = second % 10 === 0 && i < 2 ? 1 : 0;
        const counts = { takenBytes: second * body.length, takenWrites: second, writtenBytes: (second - late) * body.length, writtenWrites: second - late };
        return { cameraId: `healthy_${i}`, storageId: 'healthy', queuedBytes: late * body.length, waitingMs: late * 200, ...counts };
      });
      const { leave } = room.look([...hung, ...healthy], second * secondMs);
      expect(leave.filter((cameraId) => cameraId.startsWith('healthy')), `second ${second}`).toEqual([]);
    }
  });
});
