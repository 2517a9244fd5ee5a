/** RTCP (RFC 3550 section 6): the camera's clock from its sender reports, and receiver reports so that it keeps sending. */
import type { Instant } from '../../server/src/base/clock.ts';

export interface SenderReportPacket {
  ssrc: number;
  cameraClockAt: Instant;
  rtpTimestamp: number;
  /** Middle 32 bits of the NTP time, echoed in receiver reports. */
  ntpMiddle: number;
}

const senderReport = 200;
const receiverReport = 201;
const sourceDescription = 202;
const goodbye = 203;
const ntpToUnixSeconds = 2_208_988_800;
/** NTP seconds wrap in 2036: small values belong to the next era. */
const ntpEraSeconds = 2 ** 32;
const ntpEraPivot = 2 ** 31;

const ntpToInstant = (seconds: number, fraction: number): Instant =>
  Math.round((seconds + (seconds < ntpEraPivot ? ntpEraSeconds : 0) - ntpToUnixSeconds + fraction / 2 ** 32) * 1_000);

export interface RtcpFound {
  report: SenderReportPacket | null;
  goodbye: boolean;
}

/** Walks a compound packet; what is malformed ends the walk, never more. */
export const parseRtcp = (bytes: Buffer, start: number, end: number): RtcpFound => {
  const found: RtcpFound = { report: null, goodbye: false };
  let at = start;
  while (at + 4 <= end) {
    const first = bytes[at] ?? 0;
    const type = bytes[at + 1] ?? 0;
    const next = at + 4 + bytes.readUInt16BE(at + 2) * 4;
    if (first >> 6 !== 2 || next > end) return found;
    if (type === senderReport && next - at >= 28) {
      const seconds = bytes.readUInt32BE(at + 8);
      const fraction = bytes.readUInt32BE(at + 12);
      // Both zero: the camera has no clock to speak of (6.4.1).
      if (seconds !== 0 || fraction !== 0) {
        found.report = {
          ssrc: bytes.readUInt32BE(at + 4),
          cameraClockAt: ntpToInstant(seconds, fraction),
          rtpTimestamp: bytes.readUInt32BE(at + 16),
          ntpMiddle: (((seconds & 0xffff) << 16) | (fraction >>> 16)) >>> 0,
        };
      }
    }
    if (type === goodbye) found.goodbye = true;
    at = next;
  }
  return found;
};

export interface ReceiverState {
  ourSsrc: number;
  cameraSsrc: number;
  lost: number;
  /** Lost and expected since the report before. */
  lostInInterval: number;
  expectedInInterval: number;
  extendedHighest: number;
  lastReport: { ntpMiddle: number; ageMs: number } | null;
}

const name = Buffer.from('vigil');

/** Receiver report and source description in one interleaved frame (RFC 2326 section 10.12). */
export const receiverReportFrame = (channel: number, state: ReceiverState): Buffer => {
  const descriptionBytes = Math.ceil((8 + 2 + name.length + 1) / 4) * 4;
  const frame = Buffer.alloc(4 + 32 + descriptionBytes);
  frame[0] = 0x24;
  frame[1] = channel;
  frame.writeUInt16BE(frame.length - 4, 2);
  frame[4] = 0x81;
  frame[5] = receiverReport;
  frame.writeUInt16BE(7, 6);
  frame.writeUInt32BE(state.ourSsrc, 8);
  frame.writeUInt32BE(state.cameraSsrc, 12);
  const fraction = state.expectedInInterval > 0 ? Math.floor((256 * state.lostInInterval) / state.expectedInInterval) : 0;
  frame[16] = Math.min(255, Math.max(0, fraction));
  frame.writeUIntBE(Math.min(0x7fffff, state.lost), 17, 3);
  frame.writeUInt32BE(state.extendedHighest, 20);
  frame.writeUInt32BE(state.lastReport?.ntpMiddle ?? 0, 28);
  frame.writeUInt32BE(state.lastReport === null ? 0 : Math.min(0xffffffff, Math.round((state.lastReport.ageMs * 65_536) / 1_000)), 32);
  frame[36] = 0x81;
  frame[37] = sourceDescription;
  frame.writeUInt16BE(descriptionBytes / 4 - 1, 38);
  frame.writeUInt32BE(state.ourSsrc, 40);
  frame[44] = 1; // CNAME
  frame[45] = name.length;
  name.copy(frame, 46);
  return frame;
};
