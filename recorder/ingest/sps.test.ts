import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { avcCRecord, ParameterSetStore, parsePps, parseSps } from './sps.ts';
import { pps, sps1280x720, sps640x360 } from './testing/h264-samples.ts';

/** Writes an SPS of the baseline profile, bit by bit, as 7.3.2.1.1 says. */
const buildSps = (s: { widthUnits: number; heightUnits: number; frameOnly: boolean; crop: [number, number, number, number] | null }): Buffer => {
  let bits = '';
  const ue = (value: number): void => {
    const code = (value + 1).toString(2);
    bits += '0'.repeat(code.length - 1) + code;
  };
  bits += '01000010' + '11000000' + '00011110';
  for (const v of [0, 0, 2, 1]) ue(v);
  bits += '0';
  ue(s.widthUnits - 1);
  ue(s.heightUnits - 1);
  bits += s.frameOnly ? '1' : '00';
  bits += '1';
  bits += s.crop === null ? '0' : '1';
  for (const side of s.crop ?? []) ue(side);
  bits += '0' + '1';
  const bytes = [0x67];
  let zeros = 0;
  for (const octet of bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? []) {
    const byte = Number.parseInt(octet, 2);
    if (zeros >= 2 && byte <= 3) {
      bytes.push(3);
      zeros = 0;
    }
    bytes.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(bytes);
};

describe('H.264 parameter sets', () => {
  it('reads real ones', () => {
    expect(parseSps(sps640x360)).toMatchObject({ codec: 'avc1.42c016', width: 640, height: 360, framesPerSecond: 12, interlaced: false });
    expect(parseSps(sps1280x720)).toMatchObject({ codec: 'avc1.64001f', width: 1_280, height: 720, framesPerSecond: 15, chromaFormat: 1, bitDepthLuma: 8 });
    expect(parsePps(pps)).toEqual({ id: 0, spsId: 0 });
  });

  it('cuts the borders off, for frames and for fields', () => {
    const size = fc.record({ widthUnits: fc.integer({ min: 4, max: 512 }), heightUnits: fc.integer({ min: 4, max: 512 }), frameOnly: fc.boolean(), crop: fc.option(fc.tuple(fc.nat(7), fc.nat(7), fc.nat(7), fc.nat(7))) });
    fc.assert(
      fc.property(size, (s) => {
        const [left, right, top, bottom] = s.crop ?? [0, 0, 0, 0];
        const fields = s.frameOnly ? 1 : 2;
        expect(parseSps(buildSps(s))).toMatchObject({
          width: s.widthUnits * 16 - 2 * (left + right),
          height: (s.heightUnits * 16 - 2 * (top + bottom)) * fields,
          interlaced: !s.frameOnly,
        });
      }),
    );
  });

  it('takes 1088 lines cropped to 1080', () => {
    expect(parseSps(buildSps({ widthUnits: 120, heightUnits: 68, frameOnly: true, crop: [0, 0, 0, 4] }))).toMatchObject({ width: 1_920, height: 1_080 });
  });

  it('reads any bytes without harm, in bounded time', () => {
    fc.assert(
      fc.property(fc.constantFrom(0x67, 0x68), fc.uint8Array({ maxLength: 120 }), (head, content) => {
        const nal = Buffer.from([head, ...content]);
        const parsed = parseSps(nal);
        if (parsed !== null) expect(parsed.width * parsed.height).toBeGreaterThan(0);
        parsePps(nal);
      }),
      { numRuns: 500 },
    );
  });

  it('writes the record that players want', () => {
    const record = avcCRecord([sps1280x720], [pps]);
    const expected = Buffer.concat([Buffer.from('0164001fffe1', 'hex'), Buffer.from([0, sps1280x720.length]), sps1280x720, Buffer.from([1, 0, pps.length]), pps, Buffer.from('fdf8f800', 'hex')]);
    expect(record.toString('hex')).toBe(expected.toString('hex'));
    expect(avcCRecord([sps640x360], [pps]).length).toBe(6 + 2 + sps640x360.length + 1 + 2 + pps.length);
  });

  it('knows what is in force, what changed, and what is no set at all', () => {
    const store = new ParameterSetStore();
    expect(store.offer(sps640x360)).toBe('new');
    expect(store.take()).toBeNull(); // no picture set yet
    expect([store.offer(pps), store.offer(pps), store.offer(Buffer.from('67ff', 'hex')), store.offer(Buffer.alloc(5_000, 0x67))]).toEqual(['new', 'known', 'refused', 'refused']);
    expect(store.take()).toMatchObject({ width: 640 });
    expect(store.changed).toBe(false);
    expect([store.offer(sps640x360), store.changed, store.offer(sps1280x720), store.changed]).toEqual(['known', false, 'new', true]);
    expect(store.take()).toMatchObject({ width: 1_280 });
  });
});
