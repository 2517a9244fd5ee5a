import { describe, expect, test } from 'vitest';
import { mebibyte, minuteMs, secondMs } from '../../server/src/base/units.ts';
import { Shedding } from './shedding.ts';

interface Sent {
  at: number;
  bytes: number;
}

/** One second of a camera at 4 Mbit/s. */
const second = 500_000;
const ample = 4_096 * mebibyte;
/** What the recorder itself does: behind by this much, a camera is found to stand still. */
const standsStillMs = 9 * secondMs;

interface Written {
  bytes: number;
  writes: number;
}

const add = (to: Map<string, Written>, id: string, bytes: number): void => {
  const before = to.get(id) ?? { bytes: 0, writes: 0 };
  to.set(id, { bytes: before.bytes + bytes, writes: before.writes + 1 });
};

/** Cameras and a disk in pure numbers: each look every camera hands over a second of video, and the disk serves them in turn. */
class Simulation {
  readonly shedding = new Shedding();
  readonly gaps = new Map<string, number>();
  readonly missed = new Map<string, number>();
  readonly ids: readonly string[];
  worstWaitMs = 0;
  #queues = new Map<string, Sent[]>();
  #taken = new Map<string, Written>();
  #written = new Map<string, Written>();
  #budget = 0;
  #turn = 0;
  #now = 0;
  readonly #memoryBytes: number;
  readonly #rate: (cameraId: string, at: number) => number;
  readonly #costOf: (bytes: number) => number;

  constructor(count: number, options: { memoryBytes?: number; rate?: (cameraId: string, at: number) => number; costOf?: (bytes: number) => number } = {}) {
    this.#costOf = options.costOf ?? ((bytes) => bytes);
    this.ids = Array.from({ length: count }, (_, i) => `cam_${i}`);
    this.#memoryBytes = options.memoryBytes ?? ample;
    this.#rate = options.rate ?? (() => second);
    for (const id of this.ids) this.#queues.set(id, []);
  }

  get recording(): string[] {
    return this.ids.filter((id) => !this.shedding.leftOut.has(id));
  }

  /** A disk that writes `bytes` a second; for each second it may be another. */
  pass(seconds: number, bytes: number | ((at: number) => number), each?: () => void): void {
    for (let i = 0; i < seconds; i += 1) {
      this.#now += secondMs;
      for (const id of this.recording) this.#send(id);
      this.#write(typeof bytes === 'number' ? bytes : bytes(i));
      this.#look();
      each?.();
    }
  }

  #send(id: string): void {
    const bytes = this.#rate(id, this.#now / secondMs);
    this.#queues.get(id)?.push({ at: this.#now, bytes });
    if (bytes > 0) add(this.#taken, id, bytes);
  }

  #write(bytes: number): void {
    this.#budget += bytes;
    let idle = 0;
    while (idle < this.ids.length) {
      const id = this.ids[this.#turn % this.ids.length]!;
      const next = this.shedding.leftOut.has(id) ? undefined : this.#queues.get(id)![0];
      if (next === undefined) idle += 1;
      else if (this.#costOf(next.bytes) > this.#budget) return;
      else {
        idle = 0;
        this.#budget -= this.#costOf(next.bytes);
        this.#queues.get(id)!.shift();
        if (next.bytes > 0) add(this.#written, id, next.bytes);
      }
      this.#turn += 1;
    }
    this.#budget = 0;
  }

  #look(): void {
    const loads = this.ids.map((cameraId) => {
      const queue = this.#queues.get(cameraId)!;
      const queuedBytes = queue.reduce((sum, sent) => sum + sent.bytes, 0);
      const taken = this.#taken.get(cameraId) ?? { bytes: 0, writes: 0 };
      const written = this.#written.get(cameraId) ?? { bytes: 0, writes: 0 };
      const counts = { takenBytes: taken.bytes, takenWrites: taken.writes, writtenBytes: written.bytes, writtenWrites: written.writes };
      return { cameraId, queuedBytes, waitingMs: queue.length === 0 ? 0 : this.#now - queue[0]!.at, ...counts };
    });
    const used = loads.reduce((sum, load) => sum + load.queuedBytes, 0);
    expect(used).toBeLessThan(this.#memoryBytes);
    const { leave, back } = this.shedding.look(loads, this.#memoryBytes - used, this.#now);
    for (const id of leave) this.gaps.set(id, (this.gaps.get(id) ?? 0) + 1);
    // Waiting was no fault of the disk's: its queue was held back.
    if (back !== null) this.#queues.set(back, this.#queues.get(back)!.map((sent) => ({ ...sent, at: this.#now })));
    this.worstWaitMs = Math.max(this.worstWaitMs, this.shedding.waitingMs);
    for (const id of this.ids) if (this.shedding.leftOut.has(id)) this.missed.set(id, (this.missed.get(id) ?? 0) + 1);
  }
}

describe('cameras that are left out while a storage does not keep up', () => {
  test.each([
    [256, 128],
    [256, 230],
    [256, 20],
    [24, 12],
    [4, 2],
    [2, 1],
  ])('of %d cameras on a disk for %d about that many record without any gap, and nothing flaps', (count, capacity) => {
    const room = new Simulation(count);
    room.pass(600, (capacity + 0.3) * second);
    const unharmed = room.ids.filter((id) => !room.gaps.has(id)).length;
    expect(unharmed).toBeGreaterThanOrEqual(Math.max(1, Math.floor(capacity * 0.88) - 1));
    expect(unharmed).toBeLessThanOrEqual(capacity);
    expect(room.worstWaitMs).toBeLessThan(standsStillMs);
    // Those that were tried in between are few, and each of them once or twice.
    expect(Math.max(...room.gaps.values())).toBeLessThanOrEqual(5);
    const tried = [...room.gaps.values()].reduce((sum, gaps) => sum + gaps - 1, 0);
    expect(tried).toBeLessThanOrEqual(Math.max(5, count / 4));
    // And once what had piled up is written, everything on its way is young: within the bound of what a power cut may cost.
    const waits: number[] = [];
    room.pass(300, (capacity + 0.3) * second, () => waits.push(room.shedding.waitingMs));
    expect(waits.filter((wait) => wait <= secondMs).length).toBeGreaterThan(200);
    expect(room.recording.length).toBeGreaterThanOrEqual(Math.max(1, Math.floor(capacity * 0.88) - 1));
  });

  test.each([3, 5, 8])('a disk that stands still for %d s and goes on costs nobody anything, however long it takes to make up for it', (seconds) => {
    for (const surplus of [1.04, 1.2, 3]) {
      const room = new Simulation(64);
      room.pass(20, 64 * surplus * second);
      room.pass(seconds, 0);
      // It stopped and went on in the midst of a second.
      room.pass(1, 64 * surplus * second * 0.1);
      room.pass(400, 64 * surplus * second);
      expect([...room.gaps]).toEqual([]);
      expect(room.shedding.waitingMs).toBeLessThanOrEqual(secondMs);
    }
  });

  test('a disk that stands still again and again does not keep up, though it is fast in between', () => {
    const room = new Simulation(64);
    room.pass(300, (at) => (at % 3 === 0 ? 64 * 1.5 * second : 0));
    expect(room.gaps.size).toBeGreaterThan(16);
    expect(room.ids.length - room.gaps.size).toBeGreaterThanOrEqual(20);
    expect(room.worstWaitMs).toBeLessThan(standsStillMs);
  });

  test('when the disk is fast again every camera records again, one after the other, by itself', () => {
    const room = new Simulation(256);
    room.pass(120, 100 * second);
    const before = room.recording.length;
    expect(before).toBeLessThanOrEqual(100);
    let last = before;
    room.pass(480, 400 * second, () => {
      expect(room.recording.length - last).toBeLessThanOrEqual(1);
      expect(room.recording.length).toBeGreaterThanOrEqual(last);
      last = room.recording.length;
    });
    expect(last).toBe(256);
    expect(Math.max(...room.gaps.values())).toBeLessThanOrEqual(2);
  });

  test('a disk with room for all but one tries that one ever more seldom', () => {
    const room = new Simulation(24);
    room.pass(3_600, 23.5 * second);
    expect(Math.max(...room.gaps.values())).toBeLessThanOrEqual(10);
    expect(room.ids.filter((id) => !room.gaps.has(id)).length).toBeGreaterThanOrEqual(20);
    const before = [...room.gaps.values()].reduce((sum, gaps) => sum + gaps, 0);
    room.pass((10 * minuteMs) / secondMs, 23.5 * second);
    expect([...room.gaps.values()].reduce((sum, gaps) => sum + gaps, 0) - before).toBeLessThanOrEqual(4);
  });

  test('with little memory a disk that stands still costs one camera after another, never all at once', () => {
    const room = new Simulation(256, { memoryBytes: 512 * mebibyte });
    room.pass(10, 300 * second);
    let last = 256;
    let most = 0;
    room.pass(8, 0, () => {
      most = Math.max(most, last - room.recording.length);
      last = room.recording.length;
    });
    expect(last).toBeGreaterThanOrEqual(1);
    expect(most).toBeLessThan(256 * 0.75);
    room.pass(900, 300 * second);
    expect(room.recording.length).toBe(256);
  });

  test('the next time it is the turn of those that were not left out before', () => {
    const room = new Simulation(16);
    room.pass(60, 12 * second);
    const first = new Set(room.gaps.keys());
    expect(first.size).toBeGreaterThan(0);
    room.pass(900, 40 * second);
    expect(room.recording.length).toBe(16);
    room.gaps.clear();
    room.pass(30, 12 * second);
    expect(room.gaps.size).toBeGreaterThan(0);
    for (const id of room.gaps.keys()) expect(first.has(id), id).toBe(false);
  });

  test.each([
    ['bytes', (bytes: number) => bytes, 0.5 * 24 * 0.65 * second],
    ['writes, large or small', () => second, 0.5 * 24 * second],
  ])('cameras of unlike bitrates, key frames in every other second, on a disk that is slow by %s', (_, costOf, capacity) => {
    const rate = (id: string, at: number): number => (Number(id.slice(4)) % 4 === 0 ? 2 : 0.2) * (at % 2 === 0 ? 1.9 : 0.1) * second;
    const room = new Simulation(24, { rate, costOf });
    room.pass(600, capacity);
    expect(room.ids.length - room.gaps.size).toBeGreaterThanOrEqual(6);
    expect(room.worstWaitMs).toBeLessThan(standsStillMs);
    expect(Math.max(...room.gaps.values())).toBeLessThanOrEqual(5);
    const waits: number[] = [];
    room.pass(120, capacity, () => waits.push(room.shedding.waitingMs));
    expect(waits.filter((wait) => wait <= secondMs).length).toBeGreaterThan(80);
  });

  test('a camera that sends nothing is not left out: it would help nobody', () => {
    const room = new Simulation(16, { rate: (id) => (id === 'cam_3' ? 0 : second) });
    room.pass(60, 6 * second);
    expect(room.gaps.has('cam_3')).toBe(false);
    expect(room.gaps.size).toBeGreaterThan(8);
  });

  test('a camera that is removed is forgotten', () => {
    const shedding = new Shedding();
    const load = (cameraId: string, at: number) => ({ cameraId, queuedBytes: at * second, waitingMs: at * secondMs, takenBytes: at * second, takenWrites: at, writtenBytes: at * 0.4 * second, writtenWrites: at * 0.4 });
    let left: readonly string[] = [];
    for (let at = 0; at < 12 && left.length === 0; at += 1) left = shedding.look([load('a', at), load('b', at)], ample, at * secondMs).leave;
    expect(left.length).toBe(1);
    shedding.look([load(left[0] === 'a' ? 'b' : 'a', 13)], ample, 13 * secondMs);
    expect([...shedding.leftOut]).toEqual([]);
  });
});
