import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { blockPadding, FragmentHead, fragmentHeadBytes, initSegment, isWholeSample, parseFragmentHead, parseInit, randomAccessIndex, scanSegment } from './index.ts';
import type { FragmentSample, SegmentNote } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigil-fmp4-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const note: SegmentNote = { segmentId: 'seg_1', cameraId: 'cam_1', storageId: 'sto_1', runId: 'run_1', codec: 'avc1.640028', width: 320, height: 180, from: 1_700_000_000_000 };
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const fileOf = (bytes: Uint8Array) => ({ sizeBytes: bytes.length, readAt: async (offset: number, length: number) => bytes.subarray(offset, offset + length) });

/** A real H.264 stream from the independent encoder: its Annex B units as AVCC access units. */
const encodeReal = () => {
  const file = join(folder, 'source.h264');
  const filter = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25', '-t', '3', '-c:v', 'libx264', '-g', '25', '-bf', '0', '-x264-params', 'aud=1:scenecut=0'];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...filter, '-f', 'h264', file]);
  const bytes = execFileSync('cat', [file]);
  const units: Buffer[] = [];
  let start = -1;
  for (let i = 0; i + 3 <= bytes.length; i += 1) {
    if (bytes[i] !== 0 || bytes[i + 1] !== 0 || bytes[i + 2] !== 1) continue;
    if (start >= 0) units.push(bytes.subarray(start, bytes[i - 1] === 0 ? i - 1 : i));
    start = i + 3;
    i += 2;
  }
  units.push(bytes.subarray(start));
  const kind = (unit: Buffer): number => unit[0]! & 31;
  const sps = units.find((unit) => kind(unit) === 7)!;
  const pps = units.find((unit) => kind(unit) === 8)!;
  const frames: { data: Buffer; key: boolean }[] = [];
  for (const unit of units) {
    if (kind(unit) === 9) frames.push({ data: Buffer.alloc(0), key: false });
    const frame = frames.at(-1)!;
    if (kind(unit) === 5) frame.key = true;
    if (kind(unit) === 1 || kind(unit) === 5) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(unit.length);
      frame.data = Buffer.concat([frame.data, length, unit]);
    }
  }
  const lengths = (data: Buffer): Buffer => Buffer.from([data.length >> 8, data.length & 255]);
  const avcC = Buffer.concat([Buffer.from([1, sps[1]!, sps[2]!, sps[3]!, 0xff, 0xe1]), lengths(sps), sps, Buffer.from([1]), lengths(pps), pps]);
  return { avcC, frames };
};

const writeSegment = (closed: boolean, blockBytes = 1): { bytes: Buffer; frames: number } => {
  const { avcC, frames } = encodeReal();
  const parts: Uint8Array[] = [initSegment({ width: 320, height: 180, entry: 'avc1', decoderConfig: avcC }, note, blockBytes)];
  const head = new FragmentHead();
  const points: { ticks: number; moofOffset: number }[] = [];
  let offset = parts[0]!.length;
  for (let first = 0, sequence = 1; first < frames.length; first += 25, sequence += 1) {
    const chunk = frames.slice(first, first + 25);
    const samples = chunk.map((f): FragmentSample => ({ size: f.data.length, durationTicks: 3_600, key: f.key, compositionTicks: 0 }));
    const bytes = head.build({ sequence, decodeTicks: first * 3_600, at: note.from + first * 40, samples, blockBytes }).slice();
    points.push({ ticks: first * 3_600, moofOffset: offset + 32 });
    const bodyBytes = chunk.reduce((sum, f) => sum + f.data.length, 0);
    const filling = Buffer.alloc(blockPadding(bodyBytes, blockBytes));
    parts.push(bytes, ...chunk.map((f) => f.data), filling);
    offset += bytes.length + bodyBytes + filling.length;
  }
  if (closed) parts.push(randomAccessIndex(points));
  return { bytes: Buffer.concat(parts), frames: frames.length };
};

describe('fragmented MP4', () => {
  test('golden vector: a fragment head of two samples', () => {
    const samples = [
      { size: 10, durationTicks: 3_600, key: true, compositionTicks: 0 },
      { size: 5, durationTicks: 3_601, key: false, compositionTicks: 0 },
    ];
    const bytes = new FragmentHead().build({ sequence: 7, decodeTicks: 0x1_0000_0001, at: 1_000.5, samples });
    expect(hex(bytes)).toBe(
      '0000002070726674' + '01000018' + '00000001' + '83aa7e81' + '0020c49c' + '0000000100000001' +
      '00000070' + '6d6f6f66' + '000000106d66686400000000' + '00000007' +
      '0000005874726166' + '00000010746668640002000000000001' + '00000014746664740100000000000001' + '00000001' +
      '0000002c7472756e00000701' + '00000002' + '00000078' + '00000e100000000a02000000' + '00000e110000000501010000' +
      '00000017' + '6d646174',
    );
  });

  test('golden vector: an index of one key frame', () => {
    expect(hex(randomAccessIndex([{ ticks: 90_000, moofOffset: 1_234 }]))).toBe(
      '000000436d667261' + '0000002b7466726101000000000000010000000000000001' + '0000000000015f90' + '00000000000004d2' + '010101' + '000000106d66726f0000000000000043',
    );
  });

  test('the head gives back track and note', () => {
    const avcC = Uint8Array.from([1, 0x64, 0, 0x28, 0xff, 0xe0, 0]);
    const bytes = initSegment({ width: 1_920, height: 1_080, entry: 'avc1', decoderConfig: avcC }, note);
    const init = parseInit(bytes);
    expect(init).toEqual({ sizeBytes: bytes.length, timescale: 90_000, track: { width: 1_920, height: 1_080, entry: 'avc1', decoderConfig: avcC }, note });
    expect(parseInit(bytes.subarray(0, bytes.length - 1))).toBeNull();
  });

  test('every fragment head is read back as it was written', () => {
    const sample = fc.record({ size: fc.nat(2_000_000), durationTicks: fc.nat(1_000_000), key: fc.boolean(), compositionTicks: fc.integer({ min: -90_000, max: 90_000 }) });
    const plan = fc.record({ sequence: fc.integer({ min: 1, max: 2 ** 32 - 1 }), decodeTicks: fc.nat(2 ** 45), at: fc.integer({ min: 0, max: 2_085_978_495_000 }), samples: fc.array(sample, { minLength: 1, maxLength: 40 }) });
    const head = new FragmentHead();
    fc.assert(
      fc.property(plan, fc.constantFrom(1, 512, 4_096), (p, blockBytes) => {
        const bytes = head.build({ ...p, blockBytes });
        expect(bytes.length % blockBytes).toBe(0);
        const read = parseFragmentHead(bytes);
        expect(read?.samples).toEqual(p.samples);
        expect(read?.decodeTicks).toBe(p.decodeTicks);
        expect(read?.sequence).toBe(p.sequence);
        expect(Math.abs((read?.at ?? 0) - p.at)).toBeLessThan(0.001);
        expect(fragmentHeadBytes(bytes)).toBe(bytes.length);
      }),
    );
  });

  test('no bytes whatever make the parser throw or read outside', () => {
    const good = new FragmentHead().build({ sequence: 1, decodeTicks: 0, at: 0, samples: [{ size: 9, durationTicks: 1, key: true, compositionTicks: 0 }] }).slice();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 }), fc.nat(good.length), (changes, cut) => {
        const bytes = good.slice(0, good.length - (cut % 20));
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        const read = parseFragmentHead(bytes);
        const named = read?.samples.reduce((sum, s) => sum + s.size, 0) ?? 0;
        if (read !== null) expect(read.bodyBytes - named).toSatisfy((left: number) => left >= 0 && left < 4_096);
        parseInit(bytes);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a scan of a file cut at any byte finds every whole fragment and nothing more', async () => {
    const { bytes } = writeSegment(true);
    const whole = await scanSegment(fileOf(bytes));
    expect(whole.tail).toBe('index');
    expect(whole.fragments.map((f) => [f.decodeTicks, f.durationTicks, f.startsWithKey])).toEqual([[0, 90_000, true], [90_000, 90_000, true], [180_000, 90_000, true]]);
    const ends = whole.fragments.map((f) => f.offset + f.sizeBytes);
    const probes = [0, 1, 100, whole.init!.sizeBytes - 1, ...[whole.init!.sizeBytes, ...ends].flatMap((at) => Array.from({ length: 200 }, (_, i) => at + i - 60))];
    for (const cut of probes.filter((at) => at >= 0 && at < bytes.length)) {
      const scan = await scanSegment(fileOf(bytes.subarray(0, cut)));
      expect(scan.fragments.length, `cut at ${cut}`).toBe(ends.filter((end) => end <= cut).length);
      expect(scan.tail, `cut at ${cut}`).not.toBe('damaged');
      expect(scan.wholeBytes).toBeLessThanOrEqual(cut);
    }
  });

  test('a file of whole blocks has its head, every fragment and every body at the beginning of a block', async () => {
    const { bytes } = writeSegment(true, 512);
    const scan = await scanSegment(fileOf(bytes));
    expect(scan).toMatchObject({ tail: 'index', init: { note } });
    expect(scan.fragments.map((f) => f.decodeTicks)).toEqual([0, 90_000, 180_000]);
    for (const { offset, headBytes, sizeBytes } of scan.fragments) expect([offset % 512, headBytes % 512, sizeBytes % 512]).toEqual([0, 0, 0]);
  });

  test('what follows the last whole fragment and is no fragment is damage', async () => {
    const { bytes } = writeSegment(false);
    const scan = await scanSegment(fileOf(Buffer.concat([bytes, Buffer.alloc(5_000)])));
    expect(scan.tail).toBe('damaged');
    expect(scan.wholeBytes).toBe(bytes.length);
  });

  test('zeros in place of a body are no sample', () => {
    expect(isWholeSample(Uint8Array.from([0, 0, 0, 1, 9, 0, 0, 0, 2, 1, 1]), 0, 11)).toBe(true);
    expect(isWholeSample(new Uint8Array(11), 0, 11)).toBe(false);
    expect(isWholeSample(Uint8Array.from([0, 0, 0, 9, 9]), 0, 5)).toBe(false);
  });

  test('ffmpeg, which shares no code with us, decodes an open and a closed file without an error', () => {
    for (const [closed, blockBytes] of [[false, 1], [true, 1], [false, 512], [true, 512]] as const) {
      const { bytes, frames } = writeSegment(closed, blockBytes);
      const file = join(folder, `${String(closed)}-${String(blockBytes)}.mp4`);
      writeFileSync(file, bytes);
      const probe = JSON.parse(execFileSync('ffprobe', ['-v', 'error', '-count_frames', '-show_streams', '-of', 'json', file], { encoding: 'utf8' })) as { streams: Record<string, string>[] };
      expect(probe.streams[0]).toMatchObject({ codec_name: 'h264', width: 320, height: 180, nb_read_frames: String(frames), time_base: '1/90000', duration_ts: 270_000 });
      expect(execFileSync('ffmpeg', ['-v', 'error', '-xerror', '-i', file, '-f', 'null', '-'], { encoding: 'utf8' })).toBe('');
    }
  });
});
