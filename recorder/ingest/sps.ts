/** H.264 parameter sets: what the picture is (H.264 section 7.3.2.1), and the record that players want (ISO/IEC 14496-15 section 5.3.3.1). */
import type { ParameterSets } from './interface.ts';
import { BitReader, withoutEmulation } from './bits.ts';

export interface SequenceParameters {
  id: number;
  codec: string;
  width: number;
  height: number;
  framesPerSecond: number | null;
  /** Fields may come as pictures of their own. */
  interlaced: boolean;
  chromaFormat: number;
  bitDepthLuma: number;
  bitDepthChroma: number;
  profile: number;
}

/** Profiles whose SPS tells the chroma format (7.3.2.1.1), and whose avcC carries it too. */
const highProfiles = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);
const largestSide = 16_384;
const extendedSar = 255;

const skipScalingList = (r: BitReader, size: number): void => {
  let last = 8;
  let next = 8;
  for (let i = 0; i < size; i += 1) {
    if (next !== 0) next = (last + r.signed() + 256) % 256;
    last = next === 0 ? last : next;
  }
};

const readChroma = (r: BitReader): { chromaFormat: number; bitDepthLuma: number; bitDepthChroma: number } => {
  const chromaFormat = r.unsigned();
  if (chromaFormat > 3) throw new RangeError('chroma format');
  if (chromaFormat === 3) r.bit();
  const bitDepthLuma = r.unsigned() + 8;
  const bitDepthChroma = r.unsigned() + 8;
  if (bitDepthLuma > 14 || bitDepthChroma > 14) throw new RangeError('bit depth');
  r.bit();
  if (r.flag()) {
    const lists = chromaFormat === 3 ? 12 : 8;
    for (let i = 0; i < lists; i += 1) if (r.flag()) skipScalingList(r, i < 6 ? 16 : 64);
  }
  return { chromaFormat, bitDepthLuma, bitDepthChroma };
};

const skipPictureOrder = (r: BitReader): void => {
  const type = r.unsigned();
  if (type === 0) r.unsigned();
  else if (type === 1) {
    r.bit();
    r.signed();
    r.signed();
    const cycle = r.unsigned();
    if (cycle > 255) throw new RangeError('picture order cycle');
    for (let i = 0; i < cycle; i += 1) r.signed();
  } else if (type > 2) throw new RangeError('picture order type');
};

/** Frame rate of the VUI timing info (E.1.1); null when it is absent or no rate of a camera. */
const readFrameRate = (r: BitReader): number | null => {
  if (r.flag() && r.bits(8) === extendedSar) r.bits(32);
  if (r.flag()) r.bit();
  if (r.flag()) {
    r.bits(4);
    if (r.flag()) r.bits(24);
  }
  if (r.flag()) {
    r.unsigned();
    r.unsigned();
  }
  if (!r.flag()) return null;
  const unitsInTick = r.bits(32);
  const timeScale = r.bits(32);
  if (unitsInTick === 0) return null;
  const rate = timeScale / unitsInTick / 2; // a tick is a field
  return rate > 0 && rate <= 1_000 ? Math.round(rate * 1_000) / 1_000 : null;
};

/** Cuts the borders off (7.4.2.1.1, equations 7-19 to 7-22). */
const readCropped = (r: BitReader, coded: { width: number; height: number }, chromaFormat: number, frameOnly: boolean): { width: number; height: number } => {
  const fields = frameOnly ? 1 : 2;
  if (!r.flag()) return coded;
  const unitX = chromaFormat === 1 || chromaFormat === 2 ? 2 : 1;
  const unitY = (chromaFormat === 1 ? 2 : 1) * fields;
  const left = r.unsigned();
  const right = r.unsigned();
  const top = r.unsigned();
  const bottom = r.unsigned();
  return { width: coded.width - (left + right) * unitX, height: coded.height - (top + bottom) * unitY };
};

const hex2 = (value: number): string => value.toString(16).padStart(2, '0');

const readSps = (nal: Buffer): SequenceParameters => {
  const bytes = withoutEmulation(nal.subarray(1));
  const r = new BitReader(bytes);
  const profile = r.bits(8);
  const constraints = r.bits(8);
  const level = r.bits(8);
  const id = r.unsigned();
  if (id > 31) throw new RangeError('id');
  const chroma = highProfiles.has(profile) ? readChroma(r) : { chromaFormat: 1, bitDepthLuma: 8, bitDepthChroma: 8 };
  if (r.unsigned() > 12) throw new RangeError('frame number bits');
  skipPictureOrder(r);
  r.unsigned();
  r.bit();
  const widthUnits = r.unsigned() + 1;
  const heightUnits = r.unsigned() + 1;
  const frameOnly = r.flag();
  if (!frameOnly) r.bit();
  r.bit();
  const coded = { width: widthUnits * 16, height: heightUnits * 16 * (frameOnly ? 1 : 2) };
  const { width, height } = readCropped(r, coded, chroma.chromaFormat, frameOnly);
  if (width <= 0 || height <= 0 || width > largestSide || height > largestSide) throw new RangeError('size');
  let framesPerSecond: number | null = null;
  try {
    if (r.flag()) framesPerSecond = readFrameRate(r);
  } catch {
    framesPerSecond = null; // some cameras write a broken VUI; the picture does not need it
  }
  return { id, codec: `avc1.${hex2(profile)}${hex2(constraints)}${hex2(level)}`, width, height, framesPerSecond, interlaced: !frameOnly, profile, ...chroma };
};

/** Null when the NAL is no SPS that can be understood. */
export const parseSps = (nal: Buffer): SequenceParameters | null => {
  if (nal.length < 4 || ((nal[0] ?? 0) & 0x1f) !== 7) return null;
  try {
    return readSps(nal);
  } catch {
    return null;
  }
};

/** Which PPS, and which SPS it builds on; null when it cannot be read. */
export const parsePps = (nal: Buffer): { id: number; spsId: number } | null => {
  if (nal.length < 2 || ((nal[0] ?? 0) & 0x1f) !== 8) return null;
  try {
    const r = new BitReader(withoutEmulation(nal.subarray(1)));
    const id = r.unsigned();
    const spsId = r.unsigned();
    return id > 255 || spsId > 31 ? null : { id, spsId };
  } catch {
    return null;
  }
};

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);

/** AVCDecoderConfigurationRecord with 4-byte NAL lengths. */
export const avcCRecord = (spss: readonly Buffer[], ppss: readonly Buffer[]): Buffer => {
  const first = spss.at(-1);
  const parsed = first === undefined ? null : parseSps(first);
  if (first === undefined || parsed === null) throw new Error('avcC needs an SPS');
  const parts: Buffer[] = [Buffer.from([1, first[1] ?? 0, first[2] ?? 0, first[3] ?? 0, 0xff, 0xe0 | spss.length])];
  for (const nal of spss) parts.push(u16(nal.length), nal);
  parts.push(Buffer.from([ppss.length]));
  for (const nal of ppss) parts.push(u16(nal.length), nal);
  if (highProfiles.has(parsed.profile)) {
    parts.push(Buffer.from([0xfc | parsed.chromaFormat, 0xf8 | (parsed.bitDepthLuma - 8), 0xf8 | (parsed.bitDepthChroma - 8), 0]));
  }
  return Buffer.concat(parts);
};

const largestSetBytes = 4_096; // real ones have tens of bytes; avcC holds 65 535 at most
const mostSps = 4;
const mostPps = 32;

/** The sets in force. A camera may repeat them, change them, and send several picture sets. */
export class ParameterSetStore {
  readonly #sps = new Map<number, Buffer>();
  readonly #pps = new Map<number, Buffer>();
  #changed = false;
  #interlaced = false;

  get interlaced(): boolean {
    return this.#interlaced;
  }

  /** Sets came that differ from those last taken. */
  get changed(): boolean {
    return this.#changed;
  }

  /** Takes an SPS or PPS. `known`: byte for byte what is in force; `new`: taken; `refused`: cannot be read. */
  offer(nal: Buffer): 'known' | 'new' | 'refused' {
    if (nal.length > largestSetBytes) return 'refused';
    const isSps = ((nal[0] ?? 0) & 0x1f) === 7;
    const sets = isSps ? this.#sps : this.#pps;
    // Most cameras repeat their sets before every key frame: compared first, since reading them costs more than the key frame.
    for (const present of sets.values()) if (present.equals(nal)) return 'known';
    const sps = isSps ? parseSps(nal) : null;
    const id = isSps ? sps?.id : parsePps(nal)?.id;
    if (id === undefined) return 'refused';
    sets.delete(id); // the newest stands last
    const oldest = sets.keys().next();
    if (sets.size >= (isSps ? mostSps : mostPps) && oldest.done !== true) sets.delete(oldest.value);
    sets.set(id, Buffer.from(nal));
    if (sps !== null) this.#interlaced = sps.interlaced;
    this.#changed = true;
    return 'new';
  }

  /** The sets as an event, once after each change; null while incomplete. */
  take(): ParameterSets | null {
    const spss = [...this.#sps.values()];
    const ppss = [...this.#pps.values()];
    const newest = spss.at(-1);
    const parsed = newest === undefined ? null : parseSps(newest);
    if (parsed === null || ppss.length === 0) return null;
    this.#changed = false;
    const { codec, width, height, framesPerSecond } = parsed;
    return { codec, width, height, framesPerSecond, entry: 'avc1', decoderConfig: avcCRecord(spss, ppss) };
  }
}
