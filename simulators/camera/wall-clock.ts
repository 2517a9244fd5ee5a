/**
 * The camera's wall clock inside the picture: SEI user_data_unregistered (H.264 D.1.7) in the form of MISB ST 0604, which real encoders
 * send and ffmpeg knows: UUID "MISPmicrosectime", one status byte, then eight bytes of UTC microseconds with 0xff after each pair. The
 * 0xff keep zero bytes apart, so the message has one constant length and can be patched in place in a packet that was built long before.
 */
import { escapeRbsp, nalKind, nalTypeOf, unescapeRbsp } from './h264.ts';

export const wallClockUuid = Buffer.from('MISPmicrosectime', 'latin1');
const payloadBytes = 16 + 1 + 11;
/** Where the first byte of the time stands in the NAL unit: header, payload type, payload size, UUID, status. */
const timeAt = 1 + 1 + 1 + 16 + 1;

export const wallClockNal = (atMs: number): Buffer => {
  const rbsp = Buffer.alloc(2 + payloadBytes + 1);
  rbsp[0] = 5;
  rbsp[1] = payloadBytes;
  wallClockUuid.copy(rbsp, 2);
  rbsp[18] = 0x1f; // locked, not discontinuous; the reserved bits are ones
  rbsp[rbsp.length - 1] = 0x80;
  const nal = Buffer.concat([Buffer.from([nalKind.sei]), rbsp]);
  writeWallClock(nal, 0, atMs);
  // Nothing to escape by construction; if that ever changes, the patching in place would be wrong and this must stop it.
  if (escapeRbsp(nal).length !== nal.length) throw new Error('the wall clock message needs escaping');
  return nal;
};

/** Overwrites the time of a wall clock NAL unit that begins at `nalAt`. */
export const writeWallClock = (bytes: Buffer, nalAt: number, atMs: number): void => {
  const micros = BigInt(Math.max(0, Math.round(atMs * 1_000)));
  for (let pair = 0; pair < 4; pair += 1) {
    const at = nalAt + timeAt + pair * 3;
    bytes.writeUInt16BE(Number((micros >> BigInt(48 - 16 * pair)) & 0xffffn), at);
    if (pair < 3) bytes[at + 2] = 0xff;
  }
};

/** UTC milliseconds in a wall clock NAL unit, or null if the unit is something else. */
export const readWallClock = (nal: Uint8Array): number | null => {
  if (nalTypeOf(nal) !== nalKind.sei) return null;
  const rbsp = unescapeRbsp(nal);
  if (rbsp[1] !== 5 || rbsp[2] !== payloadBytes || !rbsp.subarray(3, 19).equals(wallClockUuid)) return null;
  let micros = 0n;
  for (let pair = 0; pair < 4; pair += 1) micros = (micros << 16n) | BigInt(rbsp.readUInt16BE(timeAt + pair * 3));
  return Number(micros) / 1_000;
};
