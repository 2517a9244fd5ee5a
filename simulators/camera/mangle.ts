/** What a hostile or broken camera does to its own packets. Works on the copy that is about to be sent. */
import { randomFillSync } from 'node:crypto';
import type { Mangle } from './behaviour.ts';
import { nalKind } from './h264.ts';
import { interleavedBytes, rtpHeaderBytes } from './packets.ts';

const head = interleavedBytes + rtpHeaderBytes;

/** `starts` as in PackedPicture; at least one packet. */
export const manglePicture = (mangle: Mangle, bytes: Buffer, starts: readonly number[]): void => {
  if (mangle === 'random_bytes') {
    randomFillSync(bytes);
    return;
  }
  for (let i = 0; i + 1 < starts.length; i += 1) {
    const from = starts[i] ?? 0;
    const until = starts[i + 1] ?? from;
    if (mangle === 'random_packets') randomFillSync(bytes, from + head, until - from - head);
    if (mangle === 'wrong_length') bytes.writeUInt16BE(Math.min(0xffff, until - from - interleavedBytes + 999), from + 2);
    if (mangle === 'endless_unit' && until - from >= head + 2) {
      bytes[from + 5] = (bytes[from + 5] ?? 0) & 0x7f;
      bytes[from + head] = 0x60 | nalKind.fuA;
      bytes[from + head + 1] = nalKind.idr;
    }
    if (mangle === 'wrong_aggregate' && until - from >= head + 3) {
      bytes[from + head] = 0x60 | nalKind.stapA;
      bytes.writeUInt16BE(0xffff, from + head + 1);
    }
  }
};
