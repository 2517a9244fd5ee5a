import { describe, expect, test } from 'vitest';
import { liveType } from '../../contract/recorder.ts';
import type { AccessUnit } from '../ingest/index.ts';
import { LiveFeed } from './live-feed.ts';
import type { ViewerSink } from './live-feed.ts';

/** A connection whose reader may stop reading. */
class Sink implements ViewerSink {
  writableLength = 0;
  reads = true;
  readonly frames: Buffer[] = [];
  ended = false;
  write(chunk: Uint8Array): boolean {
    this.frames.push(Buffer.from(chunk));
    if (!this.reads) this.writableLength += chunk.length;
    return this.reads;
  }
  broken = false;
  end(): void {
    this.ended = true;
  }
  destroy(): void {
    this.broken = true;
  }
  units(): { ticks: number; key: boolean }[] {
    return this.frames.filter((frame) => frame[4] === liveType.accessUnit).map((frame) => ({ ticks: frame.readUInt32BE(22), key: (frame[5]! & 1) === 1 }));
  }
}

const unit = (n: number, key: boolean, size = 200_000, afterLoss = false): AccessUnit => {
  const buffer = Buffer.alloc(size);
  buffer.writeUInt32BE(n, 0);
  return { buffer, offset: 0, size, key, afterLoss, ticks: n, arrivedAt: n };
};
const feedOf = () => {
  const watched: boolean[] = [];
  return { watched, feed: new LiveFeed({ state: 'recording', since: 0, detail: '' }, (is) => watched.push(is)) };
};

describe('live feed', () => {
  test('a slow viewer loses frames until the next key frame, and nobody else does', async () => {
    const { feed } = feedOf();
    const [fast, slow] = [new Sink(), new Sink()];
    await feed.attach(fast, async () => []);
    await feed.attach(slow, async () => []);
    slow.reads = false;
    for (let n = 0; n < 30; n += 1) feed.unit(unit(n, n % 10 === 0), n);
    expect(fast.units().length).toBe(30);
    const before = slow.units().length;
    expect(before).toBeLessThan(15);
    slow.reads = true;
    slow.writableLength = 0;
    for (let n = 30; n < 50; n += 1) feed.unit(unit(n, n % 10 === 5), n);
    const after = slow.units().slice(before);
    expect(after[0]).toEqual({ ticks: 35, key: true });
    expect(after.map((u) => u.ticks)).toEqual(Array.from({ length: 15 }, (_, i) => 35 + i));
    expect(feed.droppedUnits).toBe(30 - before + 5);
  });

  test('units that come while the cached group is read follow it in order', async () => {
    const { feed, watched } = feedOf();
    const sink = new Sink();
    let give: (pictures: { key: boolean; mediaAt: number; arrivedAt: number; bytes: Buffer }[]) => void = () => undefined;
    const attached = feed.attach(sink, () => new Promise((resolve) => (give = resolve)));
    feed.unit(unit(7, false), 7);
    feed.unit(unit(8, false), 8);
    give([5, 6].map((n) => ({ key: n === 5, mediaAt: n, arrivedAt: n, bytes: unit(n, false).buffer })));
    await attached;
    feed.unit(unit(9, false), 9);
    expect(sink.units().map((u) => u.ticks)).toEqual([5, 6, 7, 8, 9]);
    feed.detach(sink);
    expect(watched).toEqual([true, false]);
    feed.unit(unit(10, true), 10);
    expect(sink.units().length).toBe(5);
  });

  test('without a group a viewer begins with the next key frame, never in the middle', async () => {
    const { feed } = feedOf();
    const sink = new Sink();
    const attached = feed.attach(sink, async () => Promise.reject(new Error('gone')));
    feed.unit(unit(1, false), 1);
    await attached;
    feed.unit(unit(2, false), 2);
    feed.unit(unit(3, true), 3);
    feed.unit(unit(4, false), 4);
    expect(sink.units().map((u) => u.ticks)).toEqual([3, 4]);
    feed.end();
    expect([sink.ended, sink.broken]).toEqual([true, false]);
  });

  test('after a loss viewers wait for the next key frame', async () => {
    const { feed } = feedOf();
    const sink = new Sink();
    await feed.attach(sink, async () => []);
    for (let n = 1; n < 9; n += 1) feed.unit(unit(n, n % 6 === 1, 100, n > 2 && n < 7), n);
    expect(sink.units().map((u) => u.ticks)).toEqual([1, 2, 7, 8]);
  });

  test('a stream that breaks off because the recorder stops is no end', async () => {
    const { feed } = feedOf();
    const sink = new Sink();
    await feed.attach(sink, async () => []);
    feed.breakOff();
    expect([sink.ended, sink.broken]).toEqual([false, true]);
  });
});
