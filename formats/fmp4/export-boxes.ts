/**
 * The head of a clip for others to play: ftyp, the boxes that the ONVIF Export File Format asks for, moov. Version 26.06 of that specification:
 * `suep` version 1 and `cstb`, both in a file-level `meta` ("support for cstb in meta to support cases without signing", 22.12).
 * Its own signature boxes (`ipro`, RSA) are not written: the package is signed as a whole.
 */
import { childBoxes, u64At, viewOf } from './box-reader.ts';
import { BoxWriter } from './box-writer.ts';
import { initSegment, type VideoTrack } from './init-segment.ts';

export interface ExportNote {
  /** The system that exports. */
  unitName: string;
  unitUrl: string;
  unitMac: string;
  /** When the export began, UTC ms; kept to the second. */
  exportedAt: number;
  /** Who exports: name or number. */
  operator: string;
  sourceName: string;
  sourceUrl: string;
  sourceMac: string;
  sourceLine: string;
  /** UTC ms of the first frame: where the media timeline begins. */
  startAt: number;
}

const trackId = 1;
/** Seconds from 1904, which ISO 14496-12 counts from, to 1970. */
const isoEpochSeconds = 2_082_844_800;
/** Milliseconds from 1601 to 1970. */
const windowsEpochMs = 11_644_473_600_000;
const ticksPerMs = 10_000;

/** UTF-8 with a zero at its end; a zero inside would end it early. */
const text = (w: BoxWriter, value: string): void => {
  w.bytes(new TextEncoder().encode(value.replaceAll('\0', ' '))).u8(0);
};

const surveillanceExport = (w: BoxWriter, note: ExportNote): void => {
  w.fullBox('suep', 1, 0, () => {
    for (const value of [note.unitName, note.unitUrl, note.unitMac]) text(w, value);
    w.u64(Math.floor(note.exportedAt / 1_000) + isoEpochSeconds);
    text(w, note.operator);
    w.u32(1).u16(trackId);
    for (const value of [note.sourceName, note.sourceUrl, note.sourceMac, note.sourceLine]) text(w, value);
  });
};

const startTime = (w: BoxWriter, startAt: number): void => {
  w.box('cstb', () => {
    // Past the numbers that JavaScript counts exactly.
    const intervals = BigInt(Math.round(startAt) + windowsEpochMs) * BigInt(ticksPerMs);
    w.u32(1).u32(trackId).u32(Number(intervals >> 32n)).u32(Number(intervals & 0xffff_ffffn));
  });
};

export const exportHead = (track: VideoTrack, note: ExportNote): Uint8Array => {
  const plain = initSegment(track, null);
  const ftyp = childBoxes(plain, 0, plain.length)[0];
  if (ftyp?.type !== 'ftyp') throw new Error('a head begins with ftyp');
  const w = new BoxWriter(plain.length + 1_024);
  w.bytes(plain.subarray(0, ftyp.end));
  w.fullBox('meta', 0, 0, () => {
    w.fullBox('hdlr', 0, 0, () => w.u32(0).text('null').zeros(12).u8(0));
    surveillanceExport(w, note);
    startTime(w, note.startAt);
  });
  w.bytes(plain.subarray(ftyp.end));
  return w.written().slice();
};

/** What the boxes say, for whoever compares them with something else; null when they are not there or not whole. */
export const readExportNote = (bytes: Uint8Array): ExportNote | null => {
  const meta = childBoxes(bytes, 0, bytes.length).find((box) => box.type === 'meta');
  if (meta === undefined) return null;
  const inside = childBoxes(bytes, meta.contentStart + 4, meta.end);
  const suep = inside.find((box) => box.type === 'suep');
  const cstb = inside.find((box) => box.type === 'cstb');
  if (suep === undefined || cstb?.end !== (cstb?.contentStart ?? 0) + 16 || bytes[suep.contentStart] !== 1) return null;
  let at = suep.contentStart + 4;
  const next = (): string => {
    const end = bytes.indexOf(0, at);
    const value = new TextDecoder().decode(bytes.subarray(at, end < 0 || end >= suep.end ? suep.end : end));
    at = end < 0 ? suep.end : end + 1;
    return value;
  };
  const [unitName, unitUrl, unitMac] = [next(), next(), next()];
  if (at + 8 > suep.end) return null;
  const exportedAt = (u64At(bytes, at) - isoEpochSeconds) * 1_000;
  at += 8;
  const operator = next();
  at += 6;
  const [sourceName, sourceUrl, sourceMac, sourceLine] = [next(), next(), next(), next()];
  if (at !== suep.end) return null;
  const view = viewOf(bytes);
  const intervals = (BigInt(view.getUint32(cstb.contentStart + 8)) << 32n) | BigInt(view.getUint32(cstb.contentStart + 12));
  const startAt = Number(intervals / BigInt(ticksPerMs)) - windowsEpochMs;
  return { unitName, unitUrl, unitMac, exportedAt, operator, sourceName, sourceUrl, sourceMac, sourceLine, startAt };
};
