/** The head of a segment file: ftyp, Vigil's note, moov with one track of H.264 or H.265 in 90 kHz. Nothing in it changes while the file grows. */
import { BoxWriter } from './box-writer.ts';
import { blockPadding } from './fragment.ts';

/** Ticks a second of every track that Vigil writes: the RTP video clock (RFC 6184). */
export const trackTimescale = 90_000;
/** 16 bytes that name Vigil's own box: what recovery must know about a file whose row was never written. */
export const segmentNoteUuid = 'vigil-segment-v1';

/** How samples are coded: H.264 or H.265, their parameter sets in the sample entry (ISO 14496-15). */
export type SampleEntry = 'avc1' | 'hvc1';
/** The box within the sample entry that holds the decoder's configuration. */
export const configBox: Readonly<Record<SampleEntry, string>> = { avc1: 'avcC', hvc1: 'hvcC' };
/** Of an RFC 6381 name as the recorder writes it. */
export const sampleEntryOf = (codec: string): SampleEntry => (codec.startsWith('hvc1') ? 'hvc1' : 'avc1');

export interface VideoTrack {
  width: number;
  height: number;
  entry: SampleEntry;
  /** AVCDecoderConfigurationRecord or HEVCDecoderConfigurationRecord (ISO 14496-15 sections 5.3.3.1 and 8.3.3.1) */
  decoderConfig: Uint8Array;
}

/** What the file says about itself, so that it can be taken up after a crash without any other record. */
export interface SegmentNote {
  segmentId: string;
  cameraId: string;
  storageId: string;
  runId: string;
  /** RFC 6381 */
  codec: string;
  width: number;
  height: number;
  /** Where the first frame was placed when the file was opened, UTC ms; fragments carry what was learnt later. */
  from: number;
}

const unityMatrix = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];
const english = 0x55c4; // "und", packed as ISO 639-2/T
const presetResolution = 0x480000; // 72 dpi, the value everybody writes

const movieHeader = (w: BoxWriter): void => {
  w.fullBox('mvhd', 0, 0, () => {
    w.u32(0).u32(0).u32(trackTimescale).u32(0).u32(0x10000).u16(0x100).zeros(10);
    for (const value of unityMatrix) w.u32(value);
    w.zeros(24).u32(2);
  });
};

const trackHeader = (w: BoxWriter, track: VideoTrack): void => {
  w.fullBox('tkhd', 0, 3, () => {
    w.u32(0).u32(0).u32(1).u32(0).u32(0).zeros(8).u16(0).u16(0).u16(0).u16(0);
    for (const value of unityMatrix) w.u32(value);
    w.u32(track.width * 0x10000).u32(track.height * 0x10000);
  });
};

const sampleDescription = (w: BoxWriter, track: VideoTrack): void => {
  w.fullBox('stsd', 0, 0, () => {
    w.u32(1).box(track.entry, () => {
      w.zeros(6).u16(1).zeros(16).u16(track.width).u16(track.height).u32(presetResolution).u32(presetResolution);
      w.u32(0).u16(1).zeros(32).u16(0x18).u16(0xffff);
      w.box(configBox[track.entry], () => w.bytes(track.decoderConfig));
    });
  });
};

/** Samples live in fragments; the tables of moov are there and empty, as ISO 14496-12 wants. */
const sampleTable = (w: BoxWriter, track: VideoTrack): void => {
  w.box('stbl', () => {
    sampleDescription(w, track);
    w.fullBox('stts', 0, 0, () => w.u32(0));
    w.fullBox('stsc', 0, 0, () => w.u32(0));
    w.fullBox('stsz', 0, 0, () => w.u32(0).u32(0));
    w.fullBox('stco', 0, 0, () => w.u32(0));
  });
};

const media = (w: BoxWriter, track: VideoTrack): void => {
  w.box('mdia', () => {
    w.fullBox('mdhd', 0, 0, () => w.u32(0).u32(0).u32(trackTimescale).u32(0).u16(english).u16(0));
    w.fullBox('hdlr', 0, 0, () => w.u32(0).text('vide').zeros(12).text('Vigil').u8(0));
    w.box('minf', () => {
      w.fullBox('vmhd', 0, 1, () => w.zeros(8));
      w.box('dinf', () => w.fullBox('dref', 0, 0, () => w.u32(1).fullBox('url ', 0, 1, () => undefined)));
      sampleTable(w, track);
    });
  });
};

const build = (track: VideoTrack, note: string | null): Uint8Array => {
  const w = new BoxWriter(1_536);
  w.box('ftyp', () => w.text('iso6').u32(0).text('iso6').text('isom').text(track.entry).text('mp41'));
  if (note !== null) w.box('uuid', () => w.text(segmentNoteUuid).bytes(new TextEncoder().encode(note)));
  w.box('moov', () => {
    movieHeader(w);
    w.box('trak', () => {
      trackHeader(w, track);
      media(w, track);
    });
    w.box('mvex', () => w.fullBox('trex', 0, 0, () => w.u32(1).u32(1).u32(0).u32(0).u32(0)));
  });
  return w.written().slice();
};

/** `blockBytes`: with a note, the head fills whole blocks of so many bytes, by spaces at the note's end. */
export const initSegment = (track: VideoTrack, note: SegmentNote | null, blockBytes = 1): Uint8Array => {
  if (note === null) return build(track, null);
  const text = JSON.stringify(note);
  const plain = build(track, text);
  const missing = blockPadding(plain.length, blockBytes);
  return missing === 0 ? plain : build(track, text + ' '.repeat(missing));
};
