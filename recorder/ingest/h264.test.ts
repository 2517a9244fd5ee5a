import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BufferPool } from './buffer-pool.ts';
import { GopBuffer } from './gop-buffer.ts';
import { H264Depacketizer } from './h264.ts';
import { aggregate, avcc, fragments, type Packet, pps, slice, sps1280x720, sps640x360 } from './testing/h264-samples.ts';

interface Unit {
  key: boolean;
  timestamp: number;
  setsChanged: boolean;
  afterLoss: boolean;
  bytes: string;
}

const bench = (): { units: Unit[]; full: () => number; h264: H264Depacketizer; send: (...packets: Packet[]) => void } => {
  const units: Unit[] = [];
  let full = 0;
  const gop = new GopBuffer(new BufferPool(), { capBytes: 1 << 20, unitCapBytes: 1 << 18 });
  const h264 = new H264Depacketizer(gop, {
    onUnit: (key, timestamp, setsChanged, afterLoss) => {
      if (setsChanged) h264.sets.take();
      const unit = gop.seal(key, timestamp, 0);
      if (unit !== null) units.push({ key, timestamp, setsChanged, afterLoss, bytes: unit.buffer.toString('hex', unit.offset, unit.offset + unit.size) });
      gop.cut()?.release();
    },
    onFull: () => (full += 1),
  });
  const send = (...packets: Packet[]): void => {
    for (const p of packets) h264.packet(p.payload, 0, p.payload.length, p.marker, p.timestamp);
  };
  return { units, full: () => full, h264, send };
};

const packet = (payload: Buffer, timestamp: number, marker = false): Packet => ({ payload, timestamp, marker });
const key = slice(5, true, 300);
const idr = (timestamp: number): Packet[] => [packet(aggregate([sps640x360, pps]), timestamp), packet(key, timestamp, true)];
const hex = (...nals: Buffer[]): string => avcc(nals).toString('hex');

describe('H.264 out of RTP', () => {
  it('gives every unit byte for byte, however it was packed', () => {
    const picture = fc.record({
      key: fc.boolean(),
      sizes: fc.array(fc.integer({ min: 3, max: 4_000 }), { minLength: 1, maxLength: 4 }),
      packing: fc.constantFrom('single', 'fragments', 'aggregate'),
      piece: fc.integer({ min: 1, max: 1_400 }),
      sei: fc.boolean(),
      delimiter: fc.boolean(),
      marker: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(picture, { minLength: 1, maxLength: 12 }), (pictures) => {
        const { units, h264, send } = bench();
        h264.sets.offer(sps640x360);
        h264.sets.offer(pps);
        const expected: string[] = [];
        [{ ...pictures[0]!, key: true }, ...pictures].forEach((p, i) => {
          const slices = p.sizes.map((size, n) => slice(p.key ? 5 : 1, n === 0, size, i & 0xff));
          const kept = p.sei ? [Buffer.from('0605112233', 'hex'), ...slices] : slices;
          const nals = p.delimiter ? [Buffer.from('09f0', 'hex'), ...kept] : kept;
          const payloads = p.packing === 'single' ? nals : p.packing === 'aggregate' ? [aggregate(nals)] : nals.flatMap((nal) => (nal.length > p.piece + 1 ? fragments(nal, p.piece) : [nal]));
          payloads.forEach((payload, n) => send(packet(payload, i * 3_600, p.marker && n === payloads.length - 1)));
          expected.push(hex(...kept));
        });
        send(packet(slice(1, true, 10), 9_999_999));
        expect(units.map((u) => u.bytes)).toEqual(expected);
        expect(units.map((u) => u.timestamp)).toEqual(expected.map((_, i) => i * 3_600));
      }),
      { numRuns: 200 },
    );
  });

  it('starts at a key frame and announces the sets with it, in band or not', () => {
    const { units, send } = bench();
    send(packet(slice(1, true, 50), 0, true), ...idr(3_600), packet(slice(1, true, 50), 7_200, true), ...idr(10_800));
    expect(units.map((u) => [u.timestamp, u.key, u.setsChanged])).toEqual([
      [3_600, true, true],
      [7_200, false, false],
      [10_800, true, false],
    ]);
    expect(units[2]?.bytes).toBe(hex(key)); // repeated sets are left out
  });

  it('announces changed sets with their key frame, and keeps them in the unit', () => {
    const { units, h264, send } = bench();
    send(...idr(0), packet(aggregate([sps1280x720, pps, key]), 3_600, true));
    expect(units[1]).toMatchObject({ setsChanged: true, bytes: hex(sps1280x720, key) });
    expect(h264.sets.changed).toBe(false);
  });

  it('[COR-3.2.1 RECORDING] drops a unit that misses a packet and no other: what follows says that it comes after a loss', () => {
    const { units, h264, send } = bench();
    const [a, , c] = fragments(slice(1, true, 900), 300);
    send(...idr(0), packet(a!, 3_600));
    h264.lost();
    send(packet(c!, 3_600, true), packet(slice(1, true, 50), 7_200, true), packet(slice(1, true, 50), 10_800, true), ...idr(14_400), packet(slice(1, true, 50), 18_000, true));
    expect(units.map((u) => [u.timestamp, u.afterLoss])).toEqual([
      [0, false],
      [7_200, true],
      [10_800, true],
      [14_400, false],
      [18_000, false],
    ]);
  });

  it('keeps what follows a key frame that was lost, but not when its parameter sets were new', () => {
    for (const [sets, kept] of [
      [sps640x360, [0, 7_200, 10_800]],
      [sps1280x720, [0, 10_800]],
    ] as const) {
      const { units, h264, send } = bench();
      const [start] = fragments(key, 100);
      send(...idr(0), packet(aggregate([sets, pps]), 3_600), packet(start!, 3_600));
      h264.lost();
      send(packet(slice(1, true, 50), 7_200, true), packet(aggregate([sets, pps]), 10_800), packet(key, 10_800, true));
      expect(units.map((u) => u.timestamp)).toEqual(kept);
    }
  });

  it('waits for a key frame where the camera began its stream anew', () => {
    const { units, h264, send } = bench();
    send(...idr(0));
    h264.restarted();
    send(packet(slice(1, true, 50), 7_200, true), ...idr(10_800));
    expect(units.map((u) => u.timestamp)).toEqual([0, 10_800]);
  });

  it('takes no key frame whose beginning was lost', () => {
    const { units, h264, send } = bench();
    send(...idr(0));
    h264.lost(); // with it the first slice of the key frame
    send(packet(slice(5, false, 100), 3_600), packet(slice(5, false, 100), 3_600, true), packet(slice(1, true, 50), 7_200, true));
    expect(units.map((u) => [u.timestamp, u.key])).toEqual([
      [0, true],
      [7_200, false],
    ]);
  });

  it('finds out a camera that sets the marker on every slice', () => {
    const { units, send } = bench();
    const picture = (type: 1 | 5, timestamp: number): Packet[] => [packet(slice(type, true, 60), timestamp, true), packet(slice(type, false, 60), timestamp, true)];
    send(packet(aggregate([sps640x360, pps]), 0), ...picture(5, 0), ...picture(1, 3_600), ...picture(5, 7_200), ...picture(1, 10_800), ...picture(1, 14_400));
    expect(units.slice(1).map((u) => [u.timestamp, u.bytes.length])).toEqual([
      [3_600, 2 * 2 * 64],
      [7_200, 2 * 2 * 64],
      [10_800, 2 * 2 * 64],
    ]);
  });

  it('keeps one picture whole whose parameter sets are repeated between its slices, as GStreamer sends it', () => {
    const { units, send } = bench();
    send(...[sps640x360, pps, key, sps640x360, pps].map((nal) => packet(nal, 0)), packet(slice(5, false, 80), 0, true));
    expect(units.map((u) => u.bytes)).toEqual([hex(sps640x360, pps, key, slice(5, false, 80))]);
  });

  it('tells two pictures of one time stamp apart by their first macroblock', () => {
    const { units, send } = bench();
    send(...idr(0), packet(slice(1, true, 50), 3_600), packet(slice(1, true, 70), 3_600), packet(slice(1, true, 50), 7_200));
    expect(units.map((u) => u.bytes.length / 2)).toEqual([units[0]!.bytes.length / 2, 54, 74]);
  });

  it('ends on a picture without end, at its bound', () => {
    const { full, send } = bench();
    const [first, middle] = fragments(slice(5, true, 4_000), 1_300);
    send(packet(first!, 0));
    for (let i = 0; i < 300 && full() === 0; i += 1) send(packet(middle!, 0));
    expect(full()).toBe(1);
  });

  it('drops aggregates that point past their end', () => {
    const { units, h264, send } = bench();
    const wrong = aggregate([key]);
    wrong.writeUInt16BE(5_000, 1);
    send(...idr(0), packet(wrong, 3_600, true));
    expect(units).toHaveLength(1);
    expect(h264.malformed).toBe(1);
  });
});
