import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReorderWindow, windowMs, windowPackets } from './reorder.ts';

const packet = (sequence: number): Buffer => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16BE(sequence & 0xffff, 2);
  return bytes;
};

const bench = (): { given: number[]; window: ReorderWindow; push: (...sequences: number[]) => void; at: (ms: number) => void } => {
  const given: number[] = [];
  let now = 0;
  const window = new ReorderWindow((bytes) => given.push(bytes.readUInt16BE(2)));
  return { given, window, push: (...sequences) => sequences.forEach((sequence) => window.push(packet(sequence), now)), at: (ms) => (now = ms) };
};

describe('packets that overtook one another', () => {
  it('come out in order, each once, across the wrap of the numbers', () => {
    const shuffled = fc.tuple(fc.nat(65_535), fc.array(fc.nat(6), { minLength: 1, maxLength: 300 }));
    fc.assert(
      fc.property(shuffled, ([start, delays]) => {
        const { given, push } = bench();
        // Each packet is late by at most six places; the first is first.
        const order = delays.map((delay, i) => ({ i: i + 1, place: i + 1 + delay })).sort((a, b) => a.place - b.place || a.i - b.i);
        push(start, ...order.map(({ i }) => start + i), ...order.slice(-1).map(({ i }) => start + i));
        expect(given.slice(0, delays.length + 1)).toEqual(Array.from({ length: delays.length + 1 }, (_, i) => (start + i) & 0xffff));
      }),
    );
  });

  it('wait for a missing one no longer than the window, in time and in number', () => {
    const timed = bench();
    timed.push(1, 3, 4);
    timed.at(windowMs - 1);
    timed.push(6);
    expect(timed.given).toEqual([1]);
    timed.at(windowMs);
    timed.window.tick(windowMs);
    expect(timed.given).toEqual([1, 3, 4]);
    timed.push(5);
    expect(timed.given).toEqual([1, 3, 4, 5, 6]);

    const many = bench();
    many.push(1, ...Array.from({ length: windowPackets }, (_, i) => 3 + i));
    expect(many.given).toHaveLength(windowPackets + 1);
    expect(many.given.slice(0, 3)).toEqual([1, 3, 4]);
  });

  it('go on with a sender that began anew, ahead or behind', () => {
    const { given, push } = bench();
    push(100, 101, 20_000, 20_002, 20_001);
    expect(given).toEqual([100, 101, 20_000, 20_001, 20_002]);
    push(7, 8, 10, 9);
    expect(given.slice(5)).toEqual([7, 8, 9, 10]);
  });

  it('take any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 400 }), (all) => {
        const { window } = bench();
        all.forEach((bytes, i) => window.push(Buffer.from(bytes), i * 7));
        window.flush();
      }),
    );
  });
});
