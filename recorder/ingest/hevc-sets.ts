/** H.265 parameter sets: what the picture is (H.265 section 7.3.2), and the record that players want (ISO/IEC 14496-15 section 8.3.3.1). */
import { BitReader, withoutEmulation } from './bits.ts';
import { skipShortTermSets, skipScalingLists } from './hevc-skips.ts';
import type { ParameterSets } from './interface.ts';

export const hevcSetType = { vps: 32, sps: 33, pps: 34 } as const;
/** Of a NAL unit with its two-byte header. */
export const hevcNalType = (nal: Buffer): number => ((nal[0] ?? 0) >> 1) & 0x3f;

export interface HevcSequence {
  id: number;
  codec: string;
  width: number;
  height: number;
  framesPerSecond: number | null;
  chromaFormat: number;
  bitDepthLuma: number;
  bitDepthChroma: number;
  subLayers: number;
  temporalIdNested: boolean;
  /** general_profile_space to general_level_idc, as they stand: 12 bytes. */
  general: Buffer;
}

const largestSide = 16_384;
const extendedSar = 255;
const generalBytes = 12;

/** RFC 6381 name by ISO/IEC 14496-15 annex E.3: compatibility flags backwards, constraint bytes without zeros at their end. */
const codecName = (general: Buffer): string => {
  const first = general[0] ?? 0;
  const space = ['', 'A', 'B', 'C'][first >> 6] ?? '';
  let compatible = 0;
  for (let i = 0; i < 32; i += 1) if ((((general[1 + (i >> 3)] ?? 0) >> (7 - (i & 7))) & 1) === 1) compatible += 2 ** i;
  const constraints = [...general.subarray(5, 11)];
  while (constraints.at(-1) === 0) constraints.pop();
  const parts = [`hvc1.${space}${first & 0x1f}`, compatible.toString(16).toUpperCase(), `${(first & 0x20) === 0 ? 'L' : 'H'}${general[11] ?? 0}`];
  return [...parts, ...constraints.map((byte) => byte.toString(16).toUpperCase())].join('.');
};

/** profile_tier_level behind its general part (7.3.3). */
const skipSubLayerProfiles = (r: BitReader, subLayersMinus1: number): void => {
  const present = Array.from({ length: subLayersMinus1 }, () => ({ profile: r.flag(), level: r.flag() }));
  if (subLayersMinus1 > 0) r.bits(2 * (8 - subLayersMinus1));
  for (const { profile, level } of present) {
    if (profile) for (let i = 0; i < 11; i += 1) r.bits(8);
    if (level) r.bits(8);
  }
};

/** Frame rate of the VUI (E.2.1); null when it is absent or no rate of a camera. */
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
  r.bit();
  const areFields = r.flag();
  r.bit();
  if (r.flag()) for (let i = 0; i < 4; i += 1) r.unsigned();
  if (!r.flag()) return null;
  const unitsInTick = r.bits(32);
  const timeScale = r.bits(32);
  if (unitsInTick === 0) return null;
  const rate = timeScale / unitsInTick / (areFields ? 2 : 1);
  return rate > 0 && rate <= 1_000 ? Math.round(rate * 1_000) / 1_000 : null;
};

/** What stands between the size of the samples and the VUI, and then the VUI's rate. */
const readRate = (r: BitReader, subLayersMinus1: number): number | null => {
  const orderBits = r.unsigned() + 4;
  if (orderBits > 16) throw new RangeError('picture order bits');
  for (let i = r.flag() ? 0 : subLayersMinus1; i <= subLayersMinus1; i += 1) for (let k = 0; k < 3; k += 1) r.unsigned();
  for (let i = 0; i < 6; i += 1) r.unsigned();
  if (r.flag() && r.flag()) skipScalingLists(r);
  r.bits(2);
  if (r.flag()) {
    r.bits(8);
    r.unsigned();
    r.unsigned();
    r.bit();
  }
  skipShortTermSets(r);
  if (r.flag()) {
    const pictures = r.unsigned();
    if (pictures > 32) throw new RangeError('long-term pictures');
    for (let i = 0; i < pictures; i += 1) r.bits(orderBits + 1);
  }
  r.bits(2);
  return r.flag() ? readFrameRate(r) : null;
};

/** The size within its conformance window (7.4.3.2.1). */
const readSize = (r: BitReader, chromaFormat: number): { width: number; height: number } => {
  const coded = { width: r.unsigned(), height: r.unsigned() };
  if (!r.flag()) return coded;
  const unitX = chromaFormat === 1 || chromaFormat === 2 ? 2 : 1;
  const unitY = chromaFormat === 1 ? 2 : 1;
  const [left, right, top, bottom] = [r.unsigned(), r.unsigned(), r.unsigned(), r.unsigned()];
  return { width: coded.width - (left + right) * unitX, height: coded.height - (top + bottom) * unitY };
};

const readSps = (nal: Buffer): HevcSequence => {
  const bytes = withoutEmulation(nal.subarray(2));
  const r = new BitReader(bytes);
  r.bits(4);
  const subLayersMinus1 = r.bits(3);
  if (subLayersMinus1 > 6) throw new RangeError('sub-layers');
  const temporalIdNested = r.flag();
  const general = Buffer.from(bytes.subarray(1, 1 + generalBytes));
  for (let i = 0; i < generalBytes; i += 1) r.bits(8);
  skipSubLayerProfiles(r, subLayersMinus1);
  const id = r.unsigned();
  const chromaFormat = r.unsigned();
  if (id > 15 || chromaFormat > 3) throw new RangeError('id or chroma format');
  if (chromaFormat === 3) r.bit();
  const { width, height } = readSize(r, chromaFormat);
  if (width <= 0 || height <= 0 || width > largestSide || height > largestSide) throw new RangeError('size');
  const bitDepthLuma = r.unsigned() + 8;
  const bitDepthChroma = r.unsigned() + 8;
  if (bitDepthLuma > 15 || bitDepthChroma > 15) throw new RangeError('bit depth');
  let framesPerSecond: number | null;
  try {
    framesPerSecond = readRate(r, subLayersMinus1);
  } catch {
    framesPerSecond = null; // some cameras write a broken VUI; the picture does not need it
  }
  return { id, codec: codecName(general), width, height, framesPerSecond, chromaFormat, bitDepthLuma, bitDepthChroma, subLayers: subLayersMinus1 + 1, temporalIdNested, general };
};

/** Null when the NAL is no SPS that can be understood. */
export const parseHevcSps = (nal: Buffer): HevcSequence | null => {
  if (hevcNalType(nal) !== hevcSetType.sps || nal.length < 2 + 1 + generalBytes) return null;
  try {
    return readSps(nal);
  } catch {
    return null;
  }
};

/** By which it is told whether a VPS or PPS takes the place of another; null when it cannot be read. */
const setId = (nal: Buffer): number | null => {
  try {
    const r = new BitReader(withoutEmulation(nal.subarray(2)));
    if (hevcNalType(nal) === hevcSetType.vps) return r.bits(4);
    const id = r.unsigned();
    return id > 63 || r.unsigned() > 15 ? null : id;
  } catch {
    return null;
  }
};

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);

/** HEVCDecoderConfigurationRecord with 4-byte NAL lengths; all sets of each kind stand in it (array_completeness). */
export const hvcCRecord = (sequence: HevcSequence, sets: readonly { type: number; nals: readonly Buffer[] }[]): Buffer => {
  const { general, chromaFormat, bitDepthLuma, bitDepthChroma, subLayers, temporalIdNested } = sequence;
  const parts: Buffer[] = [Buffer.from([1]), general, Buffer.from([0xf0, 0, 0xfc, 0xfc | chromaFormat, 0xf8 | (bitDepthLuma - 8), 0xf8 | (bitDepthChroma - 8), 0, 0])];
  parts.push(Buffer.from([(subLayers << 3) | (temporalIdNested ? 4 : 0) | 3, sets.length]));
  for (const { type, nals } of sets) {
    parts.push(Buffer.from([0x80 | type]), u16(nals.length));
    for (const nal of nals) parts.push(u16(nal.length), nal);
  }
  return Buffer.concat(parts);
};

const largestSetBytes = 4_096; // real ones have tens of bytes; hvcC holds 65 535 at most
const most: Readonly<Record<number, number>> = { [hevcSetType.vps]: 4, [hevcSetType.sps]: 4, [hevcSetType.pps]: 32 };

/** The sets in force. A camera may repeat them, change them, and send several picture sets. */
export class HevcSetStore {
  readonly #sets = new Map<number, Map<number, Buffer>>([
    [hevcSetType.vps, new Map()],
    [hevcSetType.sps, new Map()],
    [hevcSetType.pps, new Map()],
  ]);
  #changed = false;

  /** Sets came that differ from those last taken. */
  get changed(): boolean {
    return this.#changed;
  }

  /** Takes a VPS, SPS or PPS. `known`: byte for byte what is in force; `new`: taken; `refused`: cannot be read. */
  offer(nal: Buffer): 'known' | 'new' | 'refused' {
    const type = hevcNalType(nal);
    const sets = this.#sets.get(type);
    if (sets === undefined || nal.length < 3 || nal.length > largestSetBytes) return 'refused';
    // Most cameras repeat their sets before every key frame: compared first, since reading them costs more than the key frame.
    for (const present of sets.values()) if (present.equals(nal)) return 'known';
    const id = type === hevcSetType.sps ? (parseHevcSps(nal)?.id ?? null) : setId(nal);
    if (id === null) return 'refused';
    sets.delete(id); // the newest stands last
    const oldest = sets.keys().next();
    if (sets.size >= (most[type] ?? 1) && oldest.done !== true) sets.delete(oldest.value);
    sets.set(id, Buffer.from(nal));
    this.#changed = true;
    return 'new';
  }

  /** The sets as an event, once after each change; null while incomplete. */
  take(): ParameterSets | null {
    const sets = [...this.#sets].map(([type, nals]) => ({ type, nals: [...nals.values()] }));
    const newest = sets.find(({ type }) => type === hevcSetType.sps)?.nals.at(-1);
    const sequence = newest === undefined ? null : parseHevcSps(newest);
    if (sequence === null || sets.some(({ nals }) => nals.length === 0)) return null;
    this.#changed = false;
    const { codec, width, height, framesPerSecond } = sequence;
    return { codec, width, height, framesPerSecond, entry: 'hvc1', decoderConfig: hvcCRecord(sequence, sets) };
  }
}
