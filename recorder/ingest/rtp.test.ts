import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRtcp, receiverReportFrame } from './rtcp.ts';
import { emptyRtpHeader, MediaClock, parseRtp, SequenceTracker } from './rtp.ts';

interface Packet {
  csrc: number;
  extension: number | null;
  payload: Buffer;
  padding: number;
}

const build = (p: Packet): Buffer => {
  const extension = p.extension === null ? Buffer.alloc(0) : Buffer.concat([Buffer.from([0xbe, 0xde, 0, p.extension]), Buffer.alloc(p.extension * 4, 0xee)]);
  const padding = Buffer.alloc(p.padding);
  if (p.padding > 0) padding[p.padding - 1] = p.padding;
  const head = Buffer.alloc(12);
  head[0] = 0x80 | (p.padding > 0 ? 0x20 : 0) | (p.extension === null ? 0 : 0x10) | p.csrc;
  head[1] = 0x80 | 96;
  head.writeUInt16BE(0xfffe, 2);
  head.writeUInt32BE(0xdeadbeef, 4);
  head.writeUInt32BE(0xcafe, 8);
  return Buffer.concat([head, Buffer.alloc(p.csrc * 4, 0xcc), extension, p.payload, padding]);
};

describe('RTP', () => {
  it('finds the payload behind sources, extensions and before padding', () => {
    const packet = fc.record({
      csrc: fc.nat(15),
      extension: fc.option(fc.nat(20)),
      payload: fc.uint8Array({ minLength: 1, maxLength: 200 }).map((b) => Buffer.from(b)),
      padding: fc.nat(255),
    });
    fc.assert(
      fc.property(packet, fc.nat(40), (p, before) => {
        const bytes = Buffer.concat([Buffer.alloc(before, 0xff), build(p)]);
        const header = emptyRtpHeader();
        expect(parseRtp(bytes, before, bytes.length, header)).toBe(true);
        expect(bytes.subarray(header.payloadStart, header.payloadEnd).equals(p.payload)).toBe(true);
        expect(header).toMatchObject({ marker: true, payloadType: 96, sequence: 0xfffe, timestamp: 0xdeadbeef, ssrc: 0xcafe });
      }),
    );
  });

  it('refuses what is cut short or pads itself away, and never reads beyond its bounds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (content, versionTwo) => {
        const bytes = Buffer.from(content);
        if (versionTwo && bytes.length > 0) bytes[0] = 0x80 | ((bytes[0] ?? 0) & 0x3f);
        const header = emptyRtpHeader();
        if (!parseRtp(bytes, 0, bytes.length, header)) return;
        expect(header.payloadStart).toBeGreaterThanOrEqual(12);
        expect(header.payloadStart).toBeLessThan(header.payloadEnd);
        expect(header.payloadEnd).toBeLessThanOrEqual(bytes.length);
      }),
    );
    expect(parseRtp(build({ csrc: 0, extension: null, payload: Buffer.alloc(0), padding: 4 }), 0, 16, emptyRtpHeader())).toBe(false);
  });

  it('counts what is missing across the wrap, ignores what is late, and takes up a sender that began anew', () => {
    const tracker = new SequenceTracker();
    expect([0xfffe, 0xffff, 0, 1, 4, 4, 3, 5].map((s) => tracker.next(s, 1))).toEqual([0, 0, 0, 0, 2, 'late', 'late', 0]);
    expect([40_000, 40_001, 40_002].map((s) => tracker.next(s, 1))).toEqual(['late', 'restart', 0]);
    expect(tracker.next(7, 2)).toBe('restart');
  });

  it('counts exactly the packets that were dropped', () => {
    fc.assert(
      fc.property(fc.nat(0xffff), fc.array(fc.boolean(), { maxLength: 400 }), (first, kept) => {
        const tracker = new SequenceTracker();
        tracker.next(first, 9);
        let lost = 0;
        kept.forEach((isKept, i) => {
          if (!isKept) return;
          const missing = tracker.next((first + 1 + i) & 0xffff, 9);
          lost += typeof missing === 'number' ? missing : Number.NaN;
        });
        expect(lost).toBe(kept.slice(0, kept.lastIndexOf(true) + 1).filter((k) => !k).length);
      }),
    );
  });
});

describe('media time', () => {
  it('goes on across the 32-bit wrap', () => {
    const clock = new MediaClock();
    expect([0xffffff00, 0xffffff00 + 3_600, 0xffffff00 + 7_200].map((t, i) => clock.ticks(t >>> 0, i * 40))).toEqual([0, 3_600, 7_200]);
  });

  it('follows a camera that runs fast for hours, and pictures that step back', () => {
    const clock = new MediaClock();
    let last = 0;
    for (let i = 0; i < 100_000; i += 1) last = clock.ticks(Math.round(i * 90_000 * 1.000_5) >>> 0, i * 1_000);
    expect(last).toBe(Math.round(99_999 * 90_000 * 1.000_5));
    expect(clock.ticks((Math.round(99_999 * 90_000 * 1.000_5) - 3_600) >>> 0, 99_999_040)).toBe(last - 3_600);
  });

  it('bridges a step of the camera with the time that passed here', () => {
    const clock = new MediaClock();
    clock.ticks(0, 0);
    clock.ticks(3_600, 40);
    expect(clock.ticks(3_600 + 3_600 * 90_000, 80)).toBe(7_200);
    expect(clock.ticks(3_600 + 3_600 * 90_000 + 3_600, 120)).toBe(10_800);
  });

  it('lets no camera send footage more than ten seconds into another time, whatever its stamps', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(0xffffffff), fc.integer({ min: 0, max: 5_000 })), { maxLength: 200 }), (steps) => {
        const clock = new MediaClock();
        let elapsedMs = 0;
        const first = steps[0]?.[0] ?? 0;
        clock.ticks(first, 0);
        for (const [timestamp, ms] of steps) {
          elapsedMs += ms;
          const away = clock.ticks(timestamp, elapsedMs) / 90 - elapsedMs;
          expect(Math.abs(away)).toBeLessThan(10_000 + elapsedMs * 0.011 + steps.length);
        }
      }),
    );
  });
});

const senderReport = (seconds: number, fraction: number, rtp: number): Buffer => {
  const bytes = Buffer.alloc(28);
  bytes[0] = 0x80;
  bytes[1] = 200;
  bytes.writeUInt16BE(6, 2);
  bytes.writeUInt32BE(0xcafe, 4);
  bytes.writeUInt32BE(seconds, 8);
  bytes.writeUInt32BE(fraction, 12);
  bytes.writeUInt32BE(rtp, 16);
  return bytes;
};

describe('RTCP', () => {
  it('reads the clock of the camera, before and after the end of the NTP era in 2036', () => {
    const at = Date.UTC(2026, 10, 22, 19, 0, 0, 500);
    const report = senderReport(at / 1_000 - 0.5 + 2_208_988_800, 2 ** 31, 77);
    expect(parseRtcp(report, 0, 28).report).toMatchObject({ cameraClockAt: at, rtpTimestamp: 77, ssrc: 0xcafe });
    const later = Date.UTC(2040, 0, 1);
    expect(parseRtcp(senderReport(later / 1_000 + 2_208_988_800 - 2 ** 32, 0, 0), 0, 28).report?.cameraClockAt).toBe(later);
    expect(parseRtcp(senderReport(0, 0, 5), 0, 28).report).toBeNull();
  });

  it('reads a goodbye behind a report, and any bytes without harm', () => {
    expect(parseRtcp(Buffer.concat([senderReport(1, 1, 1), Buffer.from([0x81, 203, 0, 1, 0, 0, 0xca, 0xfe])]), 0, 36).goodbye).toBe(true);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (content) => void parseRtcp(Buffer.from(content), 0, content.length)));
  });

  it('sends a receiver report that its own reader takes for well-formed', () => {
    const frame = receiverReportFrame(1, { ourSsrc: 1, cameraSsrc: 0xcafe, lost: 5, lostInInterval: 5, expectedInInterval: 10, extendedHighest: 0x1fffe, lastReport: { ntpMiddle: 0x12345678, ageMs: 1_500 } });
    expect([frame[0], frame[1], frame.readUInt16BE(2)]).toEqual([0x24, 1, frame.length - 4]);
    expect([frame[16], frame.readUIntBE(17, 3), frame.readUInt32BE(20), frame.readUInt32BE(28), frame.readUInt32BE(32)]).toEqual([128, 5, 0x1fffe, 0x12345678, 98_304]);
    const description = 4 + 32;
    expect(description + 4 + frame.readUInt16BE(description + 2) * 4).toBe(frame.length);
  });
});
