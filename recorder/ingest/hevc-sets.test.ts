import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { splitAnnexB } from '../../simulators/camera/h264.ts';
import { HevcSetStore, hevcNalType, parseHevcSps } from './hevc-sets.ts';
import { pps, sps640x360, vps } from './testing/h265-samples.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-hevc-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A stream of x265, and what ffmpeg's own muxer says of it. */
const encoded = (name: string, size: string, rate: string, filter: string, x265: string): { nals: Buffer[]; hvcC: Buffer } => {
  const [stream, file] = [join(folder, `${name}.h265`), join(folder, `${name}.mp4`)];
  const picture = ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}`, '-frames:v', '2', '-vf', filter];
  execFileSync('ffmpeg', ['-v', 'error', ...picture, '-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', `log-level=none:${x265}`, '-y', stream]);
  execFileSync('ffmpeg', ['-v', 'error', '-i', stream, '-c', 'copy', '-tag:v', 'hvc1', '-y', file]);
  const bytes = readFileSync(file);
  const at = bytes.indexOf('hvcC');
  return { nals: splitAnnexB(readFileSync(stream)), hvcC: bytes.subarray(at + 4, at - 4 + bytes.readUInt32BE(at - 4)) };
};

describe('H.265 parameter sets', () => {
  it.each([
    ['plain', '640x360', '12', 'format=yuv420p', 'repeat-headers=1', { width: 640, height: 360, framesPerSecond: 12, bitDepthLuma: 8, chromaFormat: 1 }],
    ['cropped', '1920x1080', '30000/1001', 'format=yuv420p', 'repeat-headers=1:bframes=3', { width: 1_920, height: 1_080, framesPerSecond: 29.97, bitDepthLuma: 8, chromaFormat: 1 }],
    ['ten bits', '320x180', '25', 'format=yuv420p10le', 'repeat-headers=1:scaling-list=default', { width: 320, height: 180, framesPerSecond: 25, bitDepthLuma: 10, chromaFormat: 1 }],
    ['4:2:2', '354x290', '50', 'format=yuv422p', 'repeat-headers=1:high-tier=1:level-idc=5.1', { width: 354, height: 290, framesPerSecond: 50, bitDepthLuma: 8, chromaFormat: 2 }],
    ['two sub-layers', '320x180', '25', 'format=yuv420p', 'repeat-headers=1:temporal-layers=2:bframes=2', { width: 320, height: 180, framesPerSecond: 25 }],
  ])('%s: reads size, rate and depth, and writes the record that ffmpeg writes', { timeout: 30_000 }, (name, size, rate, filter, x265, expected) => {
    const { nals, hvcC } = encoded(name, size, rate, filter, x265);
    const sps = nals.find((nal) => hevcNalType(nal) === 33);
    expect(parseHevcSps(sps!)).toMatchObject(expected);
    const store = new HevcSetStore();
    for (const nal of nals) if (hevcNalType(nal) >= 32 && hevcNalType(nal) <= 34) store.offer(nal);
    const record = store.take()!.decoderConfig;
    // Byte for byte but for what ffmpeg reads out of slices and rates (parallelism, segmentation, average rate) and its own order of sets.
    expect(record.subarray(0, 13).toString('hex')).toBe(hvcC.subarray(0, 13).toString('hex'));
    expect(record.subarray(16, 19).toString('hex')).toBe(hvcC.subarray(16, 19).toString('hex'));
    expect(record[21]).toBe(hvcC[21]);
    for (const type of [32, 33, 34]) {
      const nal = nals.find((each) => hevcNalType(each) === type)!;
      expect(record.includes(nal)).toBe(true);
      expect(hvcC.includes(nal)).toBe(true);
    }
  });

  it.each([
    ['42010101600000030090000003000003003fa0050201696592a4932bc05a020000030002000003001810', 'hvc1.1.6.L63.90'],
    // Main 10, high tier, level 5.1: constraint bytes end with the last that is not zero.
    ['420101222000000300900000030000030099a0050201696592a4932bc05a0200', 'hvc1.2.4.H153.90'],
  ])('names the codec as players know it', (nal, codec) => expect(parseHevcSps(Buffer.from(nal, 'hex'))?.codec).toBe(codec));

  it('is complete with all three, and tells a repeated set from a changed one', () => {
    const store = new HevcSetStore();
    expect([store.offer(sps640x360), store.offer(pps), store.take()]).toEqual(['new', 'new', null]);
    expect(store.offer(vps)).toBe('new');
    expect(store.take()).toMatchObject({ codec: 'hvc1.1.6.L63.90', width: 640, height: 360, entry: 'hvc1' });
    expect([store.offer(sps640x360), store.changed]).toEqual(['known', false]);
    const other = Buffer.from(pps);
    other[5] = 0x63;
    expect([store.offer(other), store.changed]).toEqual(['new', true]);
  });

  it('reads any bytes without harm and without end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(32, 33, 34), (tail, type) => {
        const store = new HevcSetStore();
        store.offer(Buffer.concat([Buffer.from([type << 1, 1]), tail]));
        store.offer(Buffer.concat([sps640x360.subarray(0, 8 + (tail[0] ?? 0) % 30), tail]));
        store.take();
      }),
      { numRuns: 2_000 },
    );
  });
});
