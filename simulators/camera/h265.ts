/**
 * Just enough of H.265 (ITU-T H.265 clause 7.3.1, RFC 7798) to serve recorded loops: cut a byte stream into access units and packetise
 * them. Deliberately independent of the recorder's own parser, so that the two check each other.
 */
import { splitAnnexB } from './h264.ts';
import { keysOf, maxPayloadBytes, packPayloads, type PackedLoop, type PackedPicture } from './packets.ts';

const kind = { lastSlice: 31, firstKey: 16, lastKey: 21, vps: 32, sps: 33, pps: 34, aggregation: 48, fragment: 49 } as const;
const kindOf = (nal: Uint8Array): number => ((nal[0] ?? 0) >> 1) & 0x3f;

export interface HevcPicture {
  key: boolean;
  slices: Buffer[];
}
export interface HevcSets {
  vps: Buffer;
  sps: Buffer;
  pps: Buffer;
}

/** A loop as read from disk: every picture in decoding order, the first one a key picture. */
export const hevcPicturesOf = (stream: Buffer): { sets: HevcSets; pictures: HevcPicture[] } => {
  const sets = new Map<number, Buffer>();
  const pictures: HevcPicture[] = [];
  for (const nal of splitAnnexB(stream)) {
    const type = kindOf(nal);
    if (type >= kind.vps && type <= kind.pps && !sets.has(type)) sets.set(type, nal);
    if (type > kind.lastSlice) continue;
    const first = ((nal[2] ?? 0) & 0x80) !== 0;
    const open = pictures.at(-1);
    if (first || open === undefined) pictures.push({ key: type >= kind.firstKey && type <= kind.lastKey, slices: [nal] });
    else open.slices.push(nal);
  }
  const [vps, sps, pps] = [kind.vps, kind.sps, kind.pps].map((type) => sets.get(type));
  if (vps === undefined || sps === undefined || pps === undefined) throw new Error('the stream carries no parameter sets');
  if (pictures[0]?.key !== true) throw new Error('the stream does not begin with a key picture');
  return { sets: { vps, sps, pps }, pictures };
};

const fragmentsOf = (nal: Buffer): Buffer[] => {
  if (nal.length <= maxPayloadBytes) return [nal];
  const [first = 0, second = 0] = nal;
  const step = maxPayloadBytes - 3;
  const parts: Buffer[] = [];
  for (let at = 2; at < nal.length; at += step) {
    const until = Math.min(at + step, nal.length);
    const flags = (at === 2 ? 0x80 : 0) | (until === nal.length ? 0x40 : 0);
    parts.push(Buffer.concat([Buffer.from([(first & 0x81) | (kind.fragment << 1), second, flags | kindOf(nal)]), nal.subarray(at, until)]));
  }
  return parts;
};

const aggregationOf = (nals: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([kind.aggregation << 1, 1]), ...nals.flatMap((nal) => [Buffer.from([nal.length >> 8, nal.length & 0xff]), nal])]);

export const packHevcPicture = (picture: HevcPicture, { vps, sps, pps }: HevcSets): PackedPicture => {
  const sets = picture.key ? [aggregationOf([vps, sps, pps])] : [];
  return packPayloads([...sets, ...picture.slices.flatMap(fragmentsOf)], { key: picture.key, setPackets: sets.length, clock: null });
};

export const packHevcLoop = (sets: HevcSets, pictures: HevcPicture[], framesPerSecond: number): PackedLoop => {
  const inText = `sprop-vps=${sets.vps.toString('base64')};sprop-sps=${sets.sps.toString('base64')};sprop-pps=${sets.pps.toString('base64')}`;
  return {
    framesPerSecond,
    encoding: 'H265',
    format: (withParameterSets) => (withParameterSets ? inText : ''),
    pictures: pictures.map((picture) => packHevcPicture(picture, sets)),
    keyOf: keysOf(pictures),
    frozen: () => null,
  };
};
