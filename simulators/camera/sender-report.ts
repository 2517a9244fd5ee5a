/** RTCP sender report (RFC 3550 6.4.1): which RTP timestamp belongs to which moment of the camera's wall clock. */
const ntpOffsetSeconds = 2_208_988_800; // 1900 → 1970

export interface SenderReport {
  ssrc: number;
  /** UTC ms by the camera's clock */
  atMs: number;
  timestamp: number;
  packets: number;
  octets: number;
}

export const senderReport = (report: SenderReport): Buffer => {
  const seconds = Math.floor(report.atMs / 1_000);
  const b = Buffer.alloc(28);
  b[0] = 0x80;
  b[1] = 200;
  b.writeUInt16BE(6, 2);
  b.writeUInt32BE(report.ssrc, 4);
  b.writeUInt32BE((seconds + ntpOffsetSeconds) % 2 ** 32, 8);
  b.writeUInt32BE(Math.min(2 ** 32 - 1, Math.floor(((report.atMs - seconds * 1_000) / 1_000) * 2 ** 32)), 12);
  b.writeUInt32BE(report.timestamp, 16);
  b.writeUInt32BE(report.packets % 2 ** 32, 20);
  b.writeUInt32BE(report.octets % 2 ** 32, 24);
  return b;
};
