import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BufferPool } from './buffer-pool.ts';
import { GopBuffer } from './gop-buffer.ts';
import { H265Depacketizer } from './h265.ts';
import { avcc, type Packet } from './testing/h264-samples.ts';
import { aggregate, fragments, kind, pps, slice, sps640x360, vps } from './testing/h265-samples.ts';

interface Unit {
  key: boolean;
  timestamp: number;
  setsChanged: boolean;
  afterLoss: boolean;
  bytes: string;
}

const bench = (): { units: Unit[]; h265: H265Depacketizer; send: (...packets: Packet[]) => void } => {
  const units: Unit[] = [];
  const gop = new GopBuffer(new BufferPool(), { capBytes: 1 << 20, unitCapBytes: 1 << 18 });
  const h265 = new H265Depacketizer(gop, {
    onUnit: (key, timestamp, setsChanged, afterLoss) => {
      if (setsChanged) h265.sets.take();
      const unit = gop.seal(key, timestamp, 0);
      if (unit !== null) units.push({ key, timestamp, setsChanged, afterLoss, bytes: unit.buffer.toString('hex', unit.offset, unit.offset + unit.size) });
      gop.cut()?.release();
    },
    onFull: () => undefined,
  });
  const send = (...packets: Packet[]): void => {
    for (const p of packets) h265.packet(p.payload, 0, p.payload.length, p.marker, p.timestamp);
  };
  return { units, h265, send };
};

const packet = (payload: Buffer, timestamp: number, marker = false): Packet => ({ payload, timestamp, marker });
const key = slice(kind.idr, true, 300);
const idr = (timestamp: number): Packet[] => [packet(aggregate([vps, sps640x360, pps]), timestamp), packet(key, timestamp, true)];
const trail = (timestamp: number, size = 40): Packet => packet(slice(kind.trail, true, size), timestamp, true);
const hex = (...nals: Buffer[]): string => avcc(nals).toString('hex');

describe('H.265 out of RTP', () => {
  it('gives every unit byte for byte, however it was packed', () => {
    const picture = fc.record({
      key: fc.boolean(),
      sizes: fc.array(fc.integer({ min: 4, max: 4_000 }), { minLength: 1, maxLength: 4 }),
      packing: fc.constantFrom('single', 'fragments', 'aggregate'),
      piece: fc.integer({ min: 1, max: 1_400 }),
      sei: fc.boolean(),
      suffix: fc.boolean(),
      delimiter: fc.boolean(),
      marker: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(picture, { minLength: 1, maxLength: 12 }), (pictures) => {
        const { units, h265, send } = bench();
        for (const nal of [vps, sps640x360, pps]) h265.sets.offer(nal);
        const expected: string[] = [];
        [{ ...pictures[0]!, key: true }, ...pictures].forEach((p, i) => {
          const slices = p.sizes.map((size, n) => slice(p.key ? kind.idr : kind.trail, n === 0, size, i & 0xff));
          const kept = [...(p.sei ? [Buffer.from('4e01051122', 'hex')] : []), ...slices, ...(p.suffix ? [Buffer.from('50018411', 'hex')] : [])];
          const nals = p.delimiter ? [Buffer.from('460150', 'hex'), ...kept] : kept;
          const payloads = p.packing === 'single' ? nals : p.packing === 'aggregate' ? [aggregate(nals)] : nals.flatMap((nal) => (nal.length > p.piece + 2 ? fragments(nal, p.piece) : [nal]));
          payloads.forEach((payload, n) => send(packet(payload, i * 3_600, p.marker && n === payloads.length - 1)));
          expected.push(hex(...kept));
        });
        send(packet(slice(kind.trail, true, 10), 9_999_999));
        expect(units.map((u) => u.bytes)).toEqual(expected);
        expect(units.map((u) => u.key)).toEqual([true, ...pictures.map((p) => p.key)]);
      }),
      { numRuns: 150 },
    );
  });

  it('waits for a key frame with its sets, and leaves sets that are in force out of the units', () => {
    const { units, send } = bench();
    send(trail(0), ...idr(3_600), trail(7_200), ...idr(10_800));
    expect(units).toEqual([
      { key: true, timestamp: 3_600, setsChanged: true, afterLoss: false, bytes: hex(vps, sps640x360, pps, key) },
      { key: false, timestamp: 7_200, setsChanged: false, afterLoss: false, bytes: hex(slice(kind.trail, true, 40)) },
      { key: true, timestamp: 10_800, setsChanged: false, afterLoss: false, bytes: hex(key) },
    ]);
  });

  it('a lost packet costs its unit and nothing else', () => {
    const { units, h265, send } = bench();
    send(...idr(0));
    const [first, , ...rest] = fragments(slice(kind.trail, true, 400), 100).map((payload, i, all) => packet(payload, 3_600, i === all.length - 1));
    send(first!);
    h265.lost();
    send(...rest, trail(7_200), ...idr(10_800), trail(14_400));
    expect(units.map(({ timestamp, afterLoss }) => [timestamp, afterLoss])).toEqual([[0, false], [7_200, true], [10_800, false], [14_400, false]]);
  });

  it('takes a CRA for a key frame, and leaves out the pictures before it that nobody could decode, at a beginning only', () => {
    const { units, send } = bench();
    const cra = (timestamp: number): Packet[] => [packet(aggregate([vps, sps640x360, pps]), timestamp), packet(slice(kind.cra, true, 200), timestamp, true)];
    const lead = (type: number, timestamp: number): Packet => packet(slice(type, true, 30), timestamp, true);
    send(...cra(9_000), lead(kind.rasl, 3_000), lead(kind.radl, 6_000), trail(12_000), ...cra(21_000), lead(kind.rasl, 18_000), trail(24_000));
    expect(units.map((u) => [u.timestamp, u.key])).toEqual([[9_000, true], [6_000, false], [12_000, false], [21_000, true], [18_000, false], [24_000, false]]);
  });

  it('leaves out layers above the base layer, reserved slices and PACI packets', () => {
    const { units, h265, send } = bench();
    send(...idr(0));
    const above = slice(kind.trail, true, 60);
    above[1] = 0x09; // layer 1
    const [head, ...tail] = fragments(above, 20);
    send(trail(3_600), packet(above, 3_600), packet(head!, 7_200), ...tail.map((payload) => packet(payload, 7_200)), packet(slice(22, true, 20), 7_200), trail(7_200, 50));
    expect(units.map((u) => u.timestamp)).toEqual([0, 3_600, 7_200]);
    expect(units.at(-1)?.bytes).toBe(hex(slice(kind.trail, true, 50)));
    expect(h265.malformed).toBe(0);
    send(packet(Buffer.from([50 << 1, 1, 0, 0, 0, 0]), 10_800, true));
    expect(h265.malformed).toBe(1);
  });

  it('finds out a camera that sets the marker on every slice', () => {
    const { units, send } = bench();
    const picture = (timestamp: number): Packet[] => [packet(slice(kind.trail, true, 20), timestamp, true), packet(slice(kind.trail, false, 20), timestamp, true)];
    send(...idr(0), ...picture(3_600), ...picture(7_200), ...picture(10_800), trail(14_400));
    const whole = hex(slice(kind.trail, true, 20), slice(kind.trail, false, 20));
    expect(units.filter((u) => u.bytes === whole).map((u) => u.timestamp)).toEqual([7_200, 10_800]);
  });

  it('takes any bytes without harm', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.uint8Array({ maxLength: 60 }), fc.boolean(), fc.nat(5)), { maxLength: 60 }), (packets) => {
        const { send } = bench();
        send(...idr(0), ...packets.map(([payload, marker, at]) => packet(Buffer.from(payload), at, marker)));
      }),
      { numRuns: 200 },
    );
  });
});
