import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scanSegment } from '../../formats/fmp4/index.ts';
import { systemClock } from '../../server/src/base/clock.ts';
import { newId } from '../../server/src/base/ids.ts';
import { alignedMemory, blockBytes } from '../ingest/index.ts';
import { CameraWriter } from './camera-writer.ts';
import type { ClosedSegment, Fragment, SegmentPlan } from './camera-writer.ts';
import { SegmentFile } from './segment-file.ts';
import { segmentPath } from './segment-path.ts';
import { fileThreads, Turns } from './turns.ts';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'vigil-writer-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const from = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const planOf = (): SegmentPlan => {
  const cameraId = newId('cam', systemClock);
  const segmentId = newId('seg', systemClock);
  return {
    ...{ segmentId, cameraId, runId: newId('run', systemClock), path: segmentPath(cameraId, segmentId, from), from, firstTicks: 0 },
    storage: { storageId: newId('sto', systemClock), siteId: newId('site', systemClock), path: root },
    sets: { codec: 'avc1.640028', width: 320, height: 180, framesPerSecond: 25, entry: 'avc1', decoderConfig: Buffer.from([1, 0x64, 0, 0x28, 0xff, 0xe0, 0]) },
    spanUntil: (ticks) => ({ from, until: from + ticks / 90 }),
  };
};

interface Seen {
  closed: ClosedSegment[];
  abandoned: string[];
  dropped: string[];
  faults: [string, string, number][];
  released: number;
  synced: number[];
}

const setUp = (createFile?: (root: string, path: string, init: Uint8Array) => Promise<SegmentFile>, maxLossMs: number | (() => number) = 1_000, turns = new Turns(() => 1)) => {
  const seen: Seen = { closed: [], abandoned: [], dropped: [], faults: [], released: 0, synced: [] };
  const writer = new CameraWriter(
    { clock: systemClock, turns, admit: async () => ({ usable: true }), maxLossMs: typeof maxLossMs === 'number' ? () => maxLossMs : maxLossMs, onSynced: (age) => seen.synced.push(age), ...(createFile === undefined ? {} : { createFile }) },
    {
      onFragment: () => undefined,
      onClosed: (segment) => seen.closed.push(segment),
      onAbandoned: (_plan, path) => seen.abandoned.push(path),
      onAltered: () => undefined,
      onDropped: (plan) => seen.dropped.push(plan.segmentId),
      onFault: (...fault) => seen.faults.push(fault),
    },
  );
  const fragment = (plan: SegmentPlan, n: number): Fragment => {
    const now = systemClock.monotonic();
    const body = Buffer.from([0, 0, 0, 4, 0x65, n, n, n, 0, 0, 0, 2, 0x41, n]);
    return {
      plan,
      body,
      blocks: Buffer.concat([body, Buffer.alloc(blockBytes - body.length)]),
      samples: [
        { size: 8, durationTicks: 3_600, key: true, compositionTicks: 0 },
        { size: 6, durationTicks: 3_600, key: false, compositionTicks: 0 },
      ],
      ...{ startTicks: n * 7_200, endTicks: (n + 1) * 7_200, at: from + n * 80, oldestMonotonicMs: now - 80, newestMonotonicMs: now },
      onWritten: () => undefined,
      release: () => void (seen.released += 1),
    };
  };
  return { writer, seen, fragment };
};

/** A real file whose disk begins to fail. */
const failing = (what: 'append' | 'appendDurably' | 'sync' | 'finish', after: number, code: string) => {
  let calls = 0;
  return async (...args: Parameters<typeof SegmentFile.create>): Promise<SegmentFile> => {
    const file = await SegmentFile.create(...args);
    const real = file[what].bind(file) as (parts: readonly Uint8Array[]) => Promise<never>;
    Object.defineProperty(file, what, {
      value: async (parts: readonly Uint8Array[]) => {
        calls += 1;
        if (calls > after) throw Object.assign(new Error(code), { code });
        return real(parts);
      },
    });
    return file;
  };
};
const readlinkOrNone = (path: string): string[] => {
  try {
    return [readlinkSync(path)];
  } catch {
    return []; // the folder's own descriptor is gone when it is looked at
  }
};
const end = { span: { from, until: from + 240 }, cameraClockOffsetMs: null, packetsLost: 0 };

describe('camera writer', () => {
  test('[RES-5.3.3 RECORDING] a closed segment lies under its name with the size and hash that are told', async () => {
    const { writer, seen, fragment } = setUp();
    const plan = planOf();
    writer.begin(plan);
    for (let n = 0; n < 3; n += 1) writer.append(fragment(plan, n));
    expect(existsSync(join(root, plan.path))).toBe(false);
    writer.end(end);
    await writer.idle();
    const bytes = readFileSync(join(root, plan.path));
    expect(seen.closed[0]).toMatchObject({ sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), frames: 6, keyFrames: 3 });
    const scan = await scanSegment({ sizeBytes: bytes.length, readAt: async (offset, length) => bytes.subarray(offset, offset + length) });
    expect(scan).toMatchObject({ tail: 'index', init: { note: { segmentId: plan.segmentId, runId: plan.runId, from } } });
    expect(scan.fragments.map((f) => f.decodeTicks)).toEqual([0, 7_200, 14_400]);
    expect(readdirSync(dirname(join(root, plan.path)))).toEqual([plan.path.split('/').at(-1)]);
    expect(seen.released).toBe(3);
    expect(writer.queuedBytes).toBe(0);
  });

  test('a full disk closes what is whole, says from when footage is missing, and gives all memory back', async () => {
    const { writer, seen, fragment } = setUp(failing('append', 2, 'ENOSPC'));
    const plan = planOf();
    writer.begin(plan);
    for (let n = 0; n < 5; n += 1) writer.append(fragment(plan, n));
    await writer.idle();
    expect(seen.closed[0]).toMatchObject({ frames: 4, span: { from, until: from + 160 } });
    expect(seen.faults).toEqual([['disk_full', 'ENOSPC', from + 160]]);
    expect(readFileSync(join(root, plan.path)).length).toBe(seen.closed[0]!.sizeBytes);
    expect(seen.released).toBe(5);
    expect(writer.queuedBytes).toBe(0);
  });

  test.each(['append', 'appendDurably', 'sync', 'finish'] as const)('a failed %s gives the segment up: its contents are unknown and nobody is told otherwise', async (what) => {
    // Due before the write: write and fsync are one call. Due only after it: they are two.
    let asked = 0;
    const { writer, seen, fragment } = setUp(failing(what, 0, 'EIO'), () => (what === 'appendDurably' || (asked += 1) > 1 ? 0 : 60_000));
    const plan = planOf();
    writer.begin(plan);
    writer.append(fragment(plan, 0));
    writer.end(end);
    await writer.idle();
    expect(seen.closed).toEqual([]);
    expect(seen.abandoned).toEqual([`${plan.path}.abandoned`]);
    expect(seen.faults).toEqual([['disk_failed', 'EIO', from]]);
    expect(readdirSync(dirname(join(root, plan.path)))).toEqual([`${plan.path.split('/').at(-1) ?? ''}.abandoned`]);
    expect(seen.released).toBe(1);
  });

  test('a durable write goes to the same file, after what was written before it, and counts in size and hash', async () => {
    const file = await SegmentFile.create(root, 'cam/day/file.mp4', Buffer.from('init'));
    await file.appendDurably([Buffer.from('one')]); // what stands before it is not safe yet
    await file.appendDurably([Buffer.from('two'), Buffer.from('three')]);
    await file.append([Buffer.from('four')]);
    await file.appendDurably([Buffer.from('five')]);
    const finished = await file.finish();
    const bytes = readFileSync(join(root, 'cam/day/file.mp4'));
    expect(bytes.toString()).toBe('initonetwothreefourfive');
    expect(finished).toEqual({ sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    const open = readdirSync('/proc/self/fd').flatMap((name) => readlinkOrNone(`/proc/self/fd/${name}`));
    expect(open.filter((path) => path.startsWith(root))).toEqual([]);
  });

  test('whole blocks past the cache, and what cannot go past it, are the same file', async () => {
    const blocks = (count: number, value: number): Buffer => alignedMemory(count * blockBytes).fill(value);
    const astray = alignedMemory(200 * blockBytes + 16).fill(4).subarray(16);
    const parts = [[blocks(2, 1)], [blocks(1, 2), blocks(300, 3)], [blocks(1, 5), astray], [blocks(1, 6), blocks(8, 7)], [Buffer.from('no block')], [blocks(1, 8)]];
    const file = await SegmentFile.create(root, 'cam/day/file.mp4', blocks(1, 0));
    for (const each of parts) await file.appendDurably(each);
    const finished = await file.finish();
    const bytes = readFileSync(join(root, 'cam/day/file.mp4'));
    expect(bytes.equals(Buffer.concat([blocks(1, 0), ...parts.flat()]))).toBe(true);
    expect(finished).toEqual({ sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    const open = readdirSync('/proc/self/fd').flatMap((name) => readlinkOrNone(`/proc/self/fd/${name}`));
    expect(open.filter((path) => path.startsWith(root))).toEqual([]);
  });

  test('after a fault the next segment is written', async () => {
    const { writer, seen, fragment } = setUp();
    const broken = planOf();
    mkdirSync(join(root, broken.path, '..'), { recursive: true });
    writer.begin({ ...broken, storage: { ...broken.storage, path: join(root, 'not-there') } });
    writer.append(fragment(broken, 0));
    await writer.idle();
    expect(seen.dropped).toEqual([broken.segmentId]);
    expect(seen.faults).toEqual([['disk_failed', 'ENOENT', from]]);
    const plan = planOf();
    writer.begin(plan);
    writer.append(fragment(plan, 0));
    writer.end(end);
    await writer.idle();
    expect(seen.closed.map((segment) => segment.plan.segmentId)).toEqual([plan.segmentId]);
  });

  test('what is held back takes no turn at the disk, but what was written of it is made safe; let go, all of it is written', async () => {
    const { writer, seen, fragment } = setUp(undefined, 60_000);
    const plan = planOf();
    writer.begin(plan);
    writer.append(fragment(plan, 0));
    await writer.idle();
    expect(seen.synced.length).toBe(0);
    writer.hold(true);
    await writer.idle();
    expect(seen.synced.length).toBe(1);
    for (let n = 1; n < 4; n += 1) writer.append(fragment(plan, n));
    writer.end(end);
    writer.check();
    await writer.idle();
    expect(seen.released).toBe(1);
    const held = writer.load(systemClock.monotonic() + 60_000);
    expect(held).toMatchObject({ storageId: plan.storage.storageId, queuedBytes: 42, takenBytes: 56, takenWrites: 4, writtenBytes: 14, writtenWrites: 1 });
    expect(held.waitingMs).toBeGreaterThan(59_000);
    const releasedMs = systemClock.monotonic();
    writer.hold(false);
    // That it waited meanwhile was no fault of the disk's.
    expect(writer.load(releasedMs + 5).waitingMs).toBeLessThanOrEqual(5);
    await writer.idle();
    expect(seen.closed).toMatchObject([{ frames: 8 }]);
    expect(seen.released).toBe(4);
    expect(writer.load(systemClock.monotonic())).toMatchObject({ queuedBytes: 0, waitingMs: 0, writtenBytes: 56 });
  });

  test('[BRN-4.3 RECORDING] a storage that hangs holds its share of the threads at most: on another one recording goes on, and what waited is written when it answers', async () => {
    const turns = new Turns(() => 2);
    const share = (fileThreads - 2) / 2;
    let asked = 0;
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const hanging = async (...args: Parameters<typeof SegmentFile.create>): Promise<SegmentFile> => {
      asked += 1;
      await answered;
      return SegmentFile.create(...args);
    };
    const { storage } = planOf();
    const begin = (made: ReturnType<typeof setUp>, on: SegmentPlan['storage']) => {
      const plan = { ...planOf(), storage: on };
      made.writer.begin(plan);
      made.writer.append(made.fragment(plan, 0));
      made.writer.end(end);
      return made;
    };
    const stuck = Array.from({ length: share + 3 }, () => begin(setUp(hanging, 1_000, turns), storage));
    const other = begin(setUp(undefined, 1_000, turns), planOf().storage);
    await other.writer.idle();
    expect(other.seen.closed.length).toBe(1);
    expect(asked).toBe(share);
    answer();
    for (const { writer, seen } of stuck) {
      await writer.idle();
      expect(seen.closed.length).toBe(1);
    }
  });

  test('video is made safe before it is older than the bound, and not more often than that needs', async () => {
    const often = setUp(undefined, 100);
    const seldom = setUp(undefined, 60_000);
    for (const { writer, fragment } of [often, seldom]) {
      const plan = planOf();
      writer.begin(plan);
      for (let n = 0; n < 6; n += 1) writer.append(fragment(plan, n));
      await writer.idle();
    }
    expect(often.seen.synced.length).toBe(6);
    expect(seldom.seen.synced.length).toBe(0);
  });
});
