import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BitReader, BitWriter, escapeRbsp, nalTypeOf, picturesOf, splitAnnexB, unescapeRbsp } from './h264.ts';
import { nalsOfPayload, packLoop, packPicture, type PackedPicture } from './packets.ts';
import { describeStream } from './sdp.ts';
import { loopFile, sceneFrames, sceneGop, sceneNames } from './scenes/catalogue.ts';
import { senderReport } from './sender-report.ts';
import { readWallClock, wallClockNal, writeWallClock } from './wall-clock.ts';

const loop = (name: (typeof sceneNames)[number], stream: 'main' | 'sub'): ReturnType<typeof picturesOf> => picturesOf(readFileSync(loopFile(name, stream)));

const payloadsOf = (packed: PackedPicture): Buffer[] => packed.starts.slice(0, -1).map((from, i) => packed.bytes.subarray(from + 16, packed.starts[i + 1]));

/** Puts fragments together by RFC 6184 5.8, independently of the packetiser. */
const reassemble = (payloads: Buffer[]): Buffer[] => {
  const nals: Buffer[] = [];
  let parts: Buffer[] = [];
  for (const payload of payloads) {
    if ((payload[0]! & 0x1f) !== 28) nals.push(...nalsOfPayload(payload));
    else {
      const start = (payload[1]! & 0x80) !== 0;
      const end = (payload[1]! & 0x40) !== 0;
      if (start) parts = [Buffer.from([(payload[0]! & 0xe0) | (payload[1]! & 0x1f)])];
      parts.push(payload.subarray(2));
      if (end) nals.push(Buffer.concat(parts));
    }
  }
  return nals;
};

describe('byte stream', () => {
  it('is cut at start codes of three and four bytes, without trailing zeros', () => {
    const stream = Buffer.from([0, 0, 0, 1, 0x67, 1, 2, 0, 0, 1, 0x68, 3, 0, 0, 0, 1, 0x65, 0x80, 0, 0, 3, 1, 0, 0]);
    expect(splitAnnexB(stream).map((nal) => nal.toString('hex'))).toEqual(['670102', '6803', '658000000301']);
  });

  it('gets an escape where a start code would appear, and loses it again', () => {
    const rbsp = Buffer.from([0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 7]);
    const escaped = escapeRbsp(rbsp);
    expect(escaped.toString('hex')).toBe('0000030000030001000003020000030300000407');
    expect(unescapeRbsp(escaped)).toEqual(rbsp);
  });

  it('writes Exp-Golomb codes that read back', () => {
    const values = [0, 1, 2, 7, 254, 255, 256, 65_534];
    const writer = new BitWriter();
    for (const value of values) writer.ue(value).se(-value).se(value);
    const reader = new BitReader(writer.end());
    for (const value of values) expect([reader.ue(), reader.se(), reader.se()]).toEqual([value, 0 - value, value]);
  });
});

describe('committed loops', () => {
  it.each(sceneNames.flatMap((name) => (['main', 'sub'] as const).map((stream) => [name, stream] as const)))(
    '%s %s has every picture, a key picture every two seconds, no B pictures',
    (name, stream) => {
      const { sets, pictures } = loop(name, stream);
      const packed = packLoop(sets, pictures, 15);
      expect(pictures).toHaveLength(sceneFrames);
      expect(pictures.flatMap((picture, i) => (picture.key ? [i] : []))).toEqual(Array.from({ length: sceneFrames / sceneGop }, (_, i) => i * sceneGop));
      expect(packed.sequence.pictureOrderType).toBe(2);
      expect([packed.sequence.width, packed.sequence.height]).toEqual(stream === 'main' ? [1_280, 720] : [640, 360]);
    },
  );
});

describe('packetiser', () => {
  const { sets, pictures } = loop('gate', 'main');

  it('loses no byte: fragments put together are the NAL units that went in', () => {
    for (const picture of pictures.slice(0, 40)) {
      const nals = reassemble(payloadsOf(packPicture(picture, [sets.sps, sets.pps])));
      expect(nals.filter((nal) => nalTypeOf(nal) === 1 || nalTypeOf(nal) === 5)).toEqual(picture.slices);
    }
  });

  it('keeps packets within the path, marks the last of a picture only, and frames each with its true length', () => {
    const packed = packPicture(pictures[0]!, [sets.sps, sets.pps]);
    const count = packed.starts.length - 1;
    expect(count).toBeGreaterThan(5);
    for (let i = 0; i < count; i += 1) {
      const from = packed.starts[i]!;
      const length = packed.starts[i + 1]! - from - 4;
      expect(packed.bytes[from]).toBe(0x24);
      expect(packed.bytes.readUInt16BE(from + 2)).toBe(length);
      expect(length).toBeLessThanOrEqual(1_412);
      expect(packed.bytes[from + 5]! >> 7).toBe(i === count - 1 ? 1 : 0);
    }
  });

  it('puts parameter sets and the wall clock before a key picture, and nothing before the others', () => {
    const key = reassemble(payloadsOf(packPicture(pictures[0]!, [sets.sps, sets.pps]))).map(nalTypeOf);
    expect(key).toEqual([7, 8, 6, 5]);
    expect(reassemble(payloadsOf(packPicture(pictures[1]!, [sets.sps, sets.pps]))).map(nalTypeOf)).toEqual([1]);
  });
});

describe('wall clock in the picture', () => {
  it('reads back to the microsecond after being patched in place', () => {
    const at = Date.UTC(2026, 10, 22, 2, 47, 16, 123) + 0.456;
    const bytes = Buffer.concat([Buffer.from([9, 9, 9]), wallClockNal(0)]);
    writeWallClock(bytes, 3, at);
    expect(readWallClock(bytes.subarray(3))).toBeCloseTo(at, 2);
  });

  it('never holds a start code, whatever the time', () => {
    for (const at of [0, 1, 65_536, 4_294_967_296, 281_474_976_710, 1_795_000_000_000, 0x0100_0001_00]) {
      const nal = wallClockNal(at);
      expect(escapeRbsp(nal)).toEqual(nal);
    }
  });

  it('is not read out of other messages', () => {
    expect(readWallClock(Buffer.from([6, 5, 4, 1, 2, 3, 4, 0x80]))).toBeNull();
    expect(readWallClock(Buffer.from([0x65, 0x80]))).toBeNull();
  });
});

describe('description and reports', () => {
  const { sets, pictures } = loop('hall', 'sub');
  const packed = packLoop(sets, pictures, 15);

  it('offers the parameter sets that the stream has, unless told not to', () => {
    const sdp = describeStream(packed, 'hall', true);
    const [, sps, pps] = /sprop-parameter-sets=([^,]+),(\S+)/.exec(sdp) ?? [];
    expect(Buffer.from(sps!, 'base64')).toEqual(sets.sps);
    expect(Buffer.from(pps!, 'base64')).toEqual(sets.pps);
    expect(sdp).toContain(`profile-level-id=${sets.sps.subarray(1, 4).toString('hex').toUpperCase()}`);
    expect(describeStream(packed, 'hall', false)).not.toContain('sprop');
  });

  it('gives NTP time since 1900 with its fraction', () => {
    const report = senderReport({ ssrc: 7, atMs: 1_500, timestamp: 42, packets: 3, octets: 4 });
    expect(report.readUInt32BE(8)).toBe(2_208_988_801);
    expect(report.readUInt32BE(12)).toBe(2 ** 31);
    expect(report.readUInt32BE(16)).toBe(42);
  });
});
