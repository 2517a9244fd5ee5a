/** Fragmented MP4 as Vigil writes it (ISO 14496-12, H.264 or H.265 in 90 kHz): pure bytes, for recorder, server and browser. */
export { boxHead, childBox, childBoxes } from './box-reader.ts';
export { exportHead, readExportNote, type ExportNote } from './export-boxes.ts';
export { blockPadding, FragmentHead } from './fragment.ts';
export type { FragmentPlan, FragmentSample } from './fragment.ts';
export { initSegment, sampleEntryOf, segmentNoteUuid, trackTimescale } from './init-segment.ts';
export type { SampleEntry, SegmentNote, VideoTrack } from './init-segment.ts';
export { fragmentHeadBytes, isWholeSample, parseFragmentHead, parseInit } from './parse.ts';
export type { FragmentHeadRead, InitSegment } from './parse.ts';
export { randomAccessIndex } from './random-access.ts';
export type { RandomAccessPoint } from './random-access.ts';
export { FragmentError, Rebaser, type PassedFragment, type Shift } from './rebase.ts';
export { scanSegment } from './scan.ts';
export type { FragmentPlace, SegmentFile, SegmentScan } from './scan.ts';
