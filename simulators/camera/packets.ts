/**
 * RTP packets (RFC 3550; H.264 by RFC 6184, H.265 in h265.ts) of a whole loop, built once. Each picture is one buffer of interleaved frames (RFC 2326 10.12):
 * '$', channel, length, RTP header, payload, … Only sequence number, timestamp, SSRC and wall clock are patched when it is sent.
 */
import { nalKind, nalTypeOf, type ParameterSets, type Picture } from './h264.ts';
import { sequenceOf, skipParameterSet, skippedPicture, type Sequence } from './sequence.ts';
import { wallClockNal } from './wall-clock.ts';

export const payloadType = 96;
/** RTP payload bytes of a packet at most: what fits a path of 1500 bytes. */
export const maxPayloadBytes = 1_400;
export const interleavedBytes = 4;
export const rtpHeaderBytes = 12;

export interface PackedPicture {
  key: boolean;
  bytes: Buffer;
  /** Where each packet's '$' stands; one more for the end. */
  starts: number[];
  /** Where the wall clock NAL unit begins in `bytes`; -1 where there is none. */
  clockAt: number;
  /** How many leading packets carry parameter sets only. */
  setPackets: number;
}

const payloadsOfNal = (nal: Buffer): Buffer[] => {
  if (nal.length <= maxPayloadBytes) return [nal];
  const header = nal[0] ?? 0;
  const step = maxPayloadBytes - 2;
  const parts: Buffer[] = [];
  for (let at = 1; at < nal.length; at += step) {
    const until = Math.min(at + step, nal.length);
    const flags = (at === 1 ? 0x80 : 0) | (until === nal.length ? 0x40 : 0);
    parts.push(Buffer.concat([Buffer.from([(header & 0x60) | nalKind.fuA, flags | (header & 0x1f)]), nal.subarray(at, until)]));
  }
  return parts;
};

const aggregate = (nals: Buffer[]): Buffer => {
  const importance = Math.max(...nals.map((nal) => (nal[0] ?? 0) & 0x60));
  const parts: Buffer[] = [Buffer.from([importance | nalKind.stapA])];
  for (const nal of nals) parts.push(Buffer.from([nal.length >> 8, nal.length & 0xff]), nal);
  return Buffer.concat(parts);
};

/** One access unit as interleaved RTP packets; key pictures get their parameter sets (STAP-A) and a wall clock in front. */
export const packPicture = (picture: Picture, sets: Buffer[]): PackedPicture => {
  const payloads: Buffer[] = [];
  const clock = picture.key ? wallClockNal(0) : null;
  if (picture.key) payloads.push(aggregate(sets));
  const setPackets = payloads.length;
  if (clock !== null) payloads.push(clock);
  for (const slice of picture.slices) payloads.push(...payloadsOfNal(slice));
  return packPayloads(payloads, { key: picture.key, setPackets, clock });
};

export const packPayloads = (payloads: readonly Buffer[], { key, setPackets, clock }: { key: boolean; setPackets: number; clock: Buffer | null }): PackedPicture => {
  const starts: number[] = [];
  const head = interleavedBytes + rtpHeaderBytes;
  const bytes = Buffer.alloc(payloads.reduce((sum, payload) => sum + head + payload.length, 0));
  let at = 0;
  let clockAt = -1;
  payloads.forEach((payload, i) => {
    starts.push(at);
    bytes[at] = 0x24;
    bytes.writeUInt16BE(rtpHeaderBytes + payload.length, at + 2);
    bytes[at + 4] = 0x80;
    bytes[at + 5] = payloadType | (i === payloads.length - 1 ? 0x80 : 0);
    payload.copy(bytes, at + head);
    if (payload === clock) clockAt = at + head;
    at += head + payload.length;
  });
  starts.push(at);
  return { key, bytes, starts, clockAt, setPackets };
};

/** A loop ready to be sent, shared by all cameras that show it and all their viewers. */
export interface PackedLoop {
  framesPerSecond: number;
  /** Encoding name of its SDP, and the parameters of its format, with parameter sets or without. */
  encoding: 'H264' | 'H265';
  format(withParameterSets: boolean): string;
  pictures: PackedPicture[];
  /** For each picture, the index of the key picture that it hangs on. */
  keyOf: number[];
  /** A GOP that shows the picture of key picture `key` throughout; built when first asked for. Null where the loop has B pictures or is H.265. */
  frozen(key: number): PackedPicture[] | null;
}

export interface H264Loop extends PackedLoop {
  sequence: Sequence;
}

export const keysOf = (pictures: readonly { key: boolean }[]): number[] => {
  const keyOf: number[] = [];
  pictures.forEach((picture, i) => keyOf.push(picture.key ? i : (keyOf[i - 1] ?? 0)));
  return keyOf;
};

const formatOf = ({ sps, pps }: ParameterSets, withParameterSets: boolean): string => {
  const profile = sps.subarray(1, 4).toString('hex').toUpperCase();
  const sets = withParameterSets ? `;sprop-parameter-sets=${sps.toString('base64')},${pps.toString('base64')}` : '';
  return `packetization-mode=1;profile-level-id=${profile}${sets}`;
};

export const packLoop = (sets: ParameterSets, pictures: Picture[], framesPerSecond: number): H264Loop => {
  const sequence = sequenceOf(sets.sps);
  const packed = pictures.map((picture) => packPicture(picture, [sets.sps, sets.pps]));
  const keyOf = keysOf(pictures);
  const still = new Map<number, PackedPicture[]>();
  const frozen = (key: number): PackedPicture[] | null => {
    const picture = pictures[key];
    if (sequence.pictureOrderType !== 2 || picture === undefined) return null;
    const known = still.get(key);
    if (known !== undefined) return known;
    const length = keyOf.filter((k) => k === key).length;
    const gop = [packPicture(picture, [sets.sps, sets.pps, skipParameterSet()])];
    for (let i = 1; i < length; i += 1) gop.push(packPicture({ key: false, slices: [skippedPicture(sequence, i)] }, []));
    still.set(key, gop);
    return gop;
  };
  return { framesPerSecond, encoding: 'H264', format: (withSets) => formatOf(sets, withSets), sequence, pictures: packed, keyOf, frozen };
};

/** The NAL units carried by a payload that is no fragment; used by tests and by nobody on the way to a viewer. */
export const nalsOfPayload = (payload: Buffer): Buffer[] => {
  if (nalTypeOf(payload) !== nalKind.stapA) return [payload];
  const nals: Buffer[] = [];
  for (let at = 1; at + 2 <= payload.length; ) {
    const length = payload.readUInt16BE(at);
    nals.push(payload.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return nals;
};
