/**
 * Lists the fragments of a segment file, closed or still growing, from its box heads alone: one small read a fragment.
 * The same walk finds, after a crash, where the last whole fragment ends. The file is reached through `readAt`, so that a browser can do it too.
 */
import { boxHead } from './box-reader.ts';
import { fragmentHeadBytes, parseFragmentHead, parseInit } from './parse.ts';
import type { FragmentHeadRead, InitSegment } from './parse.ts';

export interface SegmentFile {
  sizeBytes: number;
  /** Up to `length` bytes from `offset`; fewer only at the end of the file. */
  readAt(offset: number, length: number): Promise<Uint8Array>;
}

export interface FragmentPlace extends FragmentHeadRead {
  /** Offset of the fragment (its prft) in the file. */
  offset: number;
  sizeBytes: number;
  startsWithKey: boolean;
}

export interface SegmentScan {
  init: InitSegment | null;
  fragments: FragmentPlace[];
  /** Where the last whole fragment (or the head) ends. */
  wholeBytes: number;
  /** `index`: a closed file; `end`: nothing follows; `short`: a fragment in flight follows; `damaged`: what follows is no fragment. */
  tail: 'index' | 'end' | 'short' | 'damaged';
}

const headRead = 4_096; // holds the head of a fragment of 300 frames
const headLimit = 1_048_576; // a head larger than this is not ours

const readInit = async (file: SegmentFile): Promise<InitSegment | null> => {
  for (let length = headRead; ; length = Math.min(headLimit, length * 8)) {
    const init = parseInit(await file.readAt(0, Math.min(length, file.sizeBytes)));
    if (init !== null || length >= file.sizeBytes || length === headLimit) return init;
  }
};

const readFragment = async (file: SegmentFile, offset: number): Promise<FragmentPlace | 'short' | 'damaged' | 'index'> => {
  const left = file.sizeBytes - offset;
  let bytes = await file.readAt(offset, Math.min(headRead, left));
  const first = boxHead(bytes, 0);
  if (first?.type === 'mfra') return first.size === left ? 'index' : 'short';
  const need = fragmentHeadBytes(bytes);
  if (need === null) return left < 48 && (first === null || first.type === 'prft' || first.type === 'moof') ? 'short' : 'damaged';
  if (need > left) return need > headLimit ? 'damaged' : 'short';
  if (need > headLimit) return 'damaged';
  if (need > bytes.length) bytes = await file.readAt(offset, need);
  const head = parseFragmentHead(bytes);
  if (head === null) return 'damaged';
  const sizeBytes = head.headBytes + head.bodyBytes;
  if (sizeBytes > left) return 'short';
  return { ...head, offset, sizeBytes, moofOffset: offset + head.moofOffset, startsWithKey: head.samples[0]?.key ?? false };
};

/** `tail: short` with no init means that not even the head reached the disk. */
export const scanSegment = async (file: SegmentFile): Promise<SegmentScan> => {
  const init = await readInit(file);
  if (init === null) return { init: null, fragments: [], wholeBytes: 0, tail: file.sizeBytes < headRead ? 'short' : 'damaged' };
  const fragments: FragmentPlace[] = [];
  let at = init.sizeBytes;
  while (at < file.sizeBytes) {
    const next = await readFragment(file, at);
    if (typeof next === 'string') return { init, fragments, wholeBytes: at, tail: next };
    fragments.push(next);
    at += next.sizeBytes;
  }
  return { init, fragments, wholeBytes: at, tail: 'end' };
};
