/** What stands in the head of a segment file and in the head of a fragment, read back from bytes. */
import { childBox, childBoxes, boxHead, u64At, viewOf } from './box-reader.ts';
import type { Box } from './box-reader.ts';
import type { FragmentSample } from './fragment.ts';
import { largestBlockBytes, referenceTimeBytes } from './fragment.ts';
import { configBox, segmentNoteUuid } from './init-segment.ts';
import type { SegmentNote, VideoTrack } from './init-segment.ts';

export interface InitSegment {
  /** Bytes of ftyp, note and moov together: what a player is given first. */
  sizeBytes: number;
  timescale: number;
  track: VideoTrack | null;
  note: SegmentNote | null;
}

const readNote = (bytes: Uint8Array, box: Box): SegmentNote | null => {
  const at = box.contentStart;
  const name = String.fromCharCode(...bytes.subarray(at, at + segmentNoteUuid.length));
  if (name !== segmentNoteUuid) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(at + segmentNoteUuid.length, box.end)));
    return isNote(value) ? value : null;
  } catch {
    return null;
  }
};

const isNote = (value: unknown): value is SegmentNote => {
  if (typeof value !== 'object' || value === null) return false;
  const note = value as Record<string, unknown>;
  const texts = ['segmentId', 'cameraId', 'storageId', 'runId', 'codec'].every((name) => typeof note[name] === 'string');
  return texts && ['width', 'height', 'from'].every((name) => typeof note[name] === 'number');
};

const descend = (bytes: Uint8Array, box: Box, path: readonly string[]): Box | null =>
  path.reduce<Box | null>((inside, type) => (inside === null ? null : childBox(bytes, inside, type)), box);

/** stsd holds a version, a count and then boxes; a visual entry holds 78 bytes of fields before its boxes. */
const visualEntryBytes = 78;
const readTrack = (bytes: Uint8Array, moov: Box): VideoTrack | null => {
  const stsd = descend(bytes, moov, ['trak', 'mdia', 'minf', 'stbl', 'stsd']);
  if (stsd === null) return null;
  const entry = childBoxes(bytes, stsd.contentStart + 8, stsd.end)[0];
  if (entry === undefined || (entry.type !== 'avc1' && entry.type !== 'hvc1') || entry.end - entry.contentStart < visualEntryBytes) return null;
  const name = entry.type;
  const view = viewOf(bytes);
  const config = childBoxes(bytes, entry.contentStart + visualEntryBytes, entry.end).find((box) => box.type === configBox[name]);
  if (config === undefined) return null;
  return { width: view.getUint16(entry.contentStart + 24), height: view.getUint16(entry.contentStart + 26), entry: name, decoderConfig: bytes.slice(config.contentStart, config.end) };
};

/** Null when the bytes do not hold a whole head. */
export const parseInit = (bytes: Uint8Array): InitSegment | null => {
  let note: SegmentNote | null = null;
  for (const box of childBoxes(bytes, 0, bytes.length)) {
    if (box.type === 'uuid') note ??= readNote(bytes, box);
    if (box.type !== 'moov') continue;
    const mdhd = descend(bytes, box, ['trak', 'mdia', 'mdhd']);
    if (mdhd === null || mdhd.end - mdhd.contentStart < 24) return null;
    return { sizeBytes: box.end, timescale: viewOf(bytes).getUint32(mdhd.contentStart + 12), track: readTrack(bytes, box), note };
  }
  return null;
};

export interface FragmentHeadRead {
  /** From the first byte of prft (or moof) to the body. */
  headBytes: number;
  /** Its samples, and what fills up its last block. */
  bodyBytes: number;
  moofOffset: number;
  sequence: number;
  decodeTicks: number;
  durationTicks: number;
  /** UTC ms of the first sample, from prft; null when it is absent. */
  at: number | null;
  samples: FragmentSample[];
}

const readReferenceTime = (bytes: Uint8Array, at: number): number => {
  const view = viewOf(bytes);
  return (view.getUint32(at + 16) - 2_208_988_800) * 1_000 + (view.getUint32(at + 20) / 0x1_0000_0000) * 1_000;
};

const syncNot = 0x10000;
const readRun = (bytes: Uint8Array, trun: Box): FragmentSample[] | null => {
  const view = viewOf(bytes);
  if (trun.end - trun.contentStart < 12) return null;
  const parts = view.getUint32(trun.contentStart) & 0xffffff;
  if ((parts & 0x701) !== 0x701 || (parts & ~0xf01) !== 0) return null; // offset, duration, size, flags; perhaps composition
  const count = view.getUint32(trun.contentStart + 4);
  const each = parts & 0x800 ? 16 : 12;
  if (trun.contentStart + 12 + count * each !== trun.end || count === 0) return null;
  return Array.from({ length: count }, (_, i) => {
    const at = trun.contentStart + 12 + i * each;
    return {
      durationTicks: view.getUint32(at),
      size: view.getUint32(at + 4),
      key: (view.getUint32(at + 8) & syncNot) === 0,
      compositionTicks: each === 16 ? view.getInt32(at + 12) : 0,
    };
  });
};

/** How many bytes the head of the fragment at the start of `bytes` needs; null when that cannot be known from them. */
export const fragmentHeadBytes = (bytes: Uint8Array): number | null => {
  const first = boxHead(bytes, 0);
  const prft = first?.type === 'prft' && first.size === referenceTimeBytes ? first.size : 0;
  const moof = boxHead(bytes, prft);
  return moof?.type === 'moof' ? prft + moof.size + 8 : null;
};

/** Null unless a whole head of prft?, moof and mdat stands at the start, and its sample sizes fill the body up to less than a block. */
export const parseFragmentHead = (bytes: Uint8Array): FragmentHeadRead | null => {
  const whole = fragmentHeadBytes(bytes);
  if (whole === null || whole > bytes.length) return null;
  const first = boxHead(bytes, 0);
  const moofOffset = first?.type === 'prft' ? first.size : 0;
  const moof: Box = { type: 'moof', start: moofOffset, contentStart: moofOffset + 8, end: whole - 8 };
  const mdat = boxHead(bytes, moof.end);
  const mfhd = childBox(bytes, moof, 'mfhd');
  const tfdt = descend(bytes, moof, ['traf', 'tfdt']);
  const trun = descend(bytes, moof, ['traf', 'trun']);
  if (mdat?.type !== 'mdat' || mdat.headBytes !== 8 || mfhd === null || tfdt === null || trun === null) return null;
  if (mfhd.end - mfhd.contentStart < 8 || tfdt.end - tfdt.contentStart < 12 || bytes[tfdt.contentStart] !== 1) return null;
  const samples = readRun(bytes, trun);
  const bodyBytes = mdat.size - 8;
  if (samples === null) return null;
  const unnamedBytes = samples.reduce((left, sample) => left - sample.size, bodyBytes);
  if (unnamedBytes < 0 || unnamedBytes >= largestBlockBytes) return null;
  return {
    headBytes: whole,
    bodyBytes,
    moofOffset,
    sequence: viewOf(bytes).getUint32(mfhd.contentStart + 4),
    decodeTicks: u64At(bytes, tfdt.contentStart + 4),
    durationTicks: samples.reduce((sum, sample) => sum + sample.durationTicks, 0),
    at: moofOffset === 0 ? null : readReferenceTime(bytes, 0),
    samples,
  };
};

/** True when the bytes of one sample are NAL units with 4-byte lengths that fill it exactly: zeros or a torn body are found by this. */
export const isWholeSample = (bytes: Uint8Array, from: number, size: number): boolean => {
  const view = viewOf(bytes);
  const until = from + size;
  if (until > bytes.length) return false;
  let at = from;
  while (at + 4 <= until) {
    const length = view.getUint32(at);
    if (length === 0) return false;
    at += 4 + length;
  }
  return at === until;
};
