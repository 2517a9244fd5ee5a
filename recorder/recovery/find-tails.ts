/**
 * What a crash left on a storage: segments that were open, and closed ones whose entry did not reach the journal. Found by the journal's
 * notes and by a look at the newest days, from box heads alone, so that recording need not wait for the hashing of minutes of video.
 */
import { open, readdir } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isWholeSample, scanSegment } from '../../formats/fmp4/index.ts';
import type { FragmentPlace, SegmentFile, SegmentNote, SegmentScan } from '../../formats/fmp4/index.ts';
import type { Storage } from '../../contract/recorder.ts';
import { dayMs } from '../../server/src/base/units.ts';
import { nameInCamera } from '../journal/state.ts';
import type { JournalState } from '../journal/state.ts';
import { ticksToMs } from '../media-clock.ts';
import type { Span } from '../media-clock.ts';
import { dayOf, openSuffix, parseSegmentPath } from '../storage/segment-path.ts';

export interface Tail {
  storage: Storage;
  /** Without .part */
  path: string;
  open: boolean;
  segmentId: string;
  cameraId: string;
  note: SegmentNote | null;
  scan: SegmentScan;
  /** Null when not one whole fragment is there. */
  span: Span | null;
}

/** Where the footage of a file stands: the newest fragment knew best, since the start of a run is learnt while it runs. */
export const spanOf = (scan: SegmentScan): Span | null => {
  const last = scan.fragments.at(-1);
  const from = last?.at ?? scan.init?.note?.from;
  if (last === undefined || from === undefined) return null;
  const start = last.at === null ? from : from - ticksToMs(last.decodeTicks);
  return { from: Math.round(start), until: Math.round(start + ticksToMs(last.decodeTicks + last.durationTicks)) };
};

export const segmentFileOf = async (handle: FileHandle): Promise<SegmentFile> => {
  const { size } = await handle.stat();
  return {
    sizeBytes: size,
    readAt: async (offset, length) => {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
      return bytes.subarray(0, bytesRead);
    },
  };
};

export const bodyIsWhole = async (handle: FileHandle, fragment: FragmentPlace): Promise<boolean> => {
  const body = Buffer.alloc(fragment.bodyBytes);
  const { bytesRead } = await handle.read(body, 0, body.length, fragment.offset + fragment.headBytes);
  if (bytesRead !== body.length) return false;
  let at = 0;
  for (const sample of fragment.samples) {
    if (!isWholeSample(body, at, sample.size)) return false;
    at += sample.size;
  }
  return true;
};

/** More than can lie between two fsyncs: a power cut may have left their length and not their contents. */
const newestFragments = 4;

/** Ends the scan before the first of the newest fragments whose body is no video, so that a gap begins where footage really ends. */
const withoutEmptyTail = async (handle: FileHandle, scan: SegmentScan): Promise<SegmentScan> => {
  for (let i = Math.max(0, scan.fragments.length - newestFragments); i < scan.fragments.length; i += 1) {
    const fragment = scan.fragments[i];
    if (fragment === undefined || (await bodyIsWhole(handle, fragment))) continue;
    return { ...scan, fragments: scan.fragments.slice(0, i), wholeBytes: fragment.offset, tail: 'damaged' };
  }
  return scan;
};

const look = async (storage: Storage, path: string, isOpen: boolean): Promise<Tail | null> => {
  const parts = parseSegmentPath(path);
  const handle = await open(join(storage.path, path) + (isOpen ? openSuffix : ''), 'r').catch(() => null);
  if (handle === null || parts === null) return null;
  try {
    const found = await scanSegment(await segmentFileOf(handle));
    const scan = isOpen ? await withoutEmptyTail(handle, found) : found;
    const { segmentId, cameraId } = parts;
    return { storage, path, open: isOpen, segmentId, cameraId, note: scan.init?.note ?? null, scan, span: spanOf(scan) };
  } finally {
    await handle.close();
  }
};

const list = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/** Paths (without .part) of open files and of closed ones newer than the journal's knowledge, in the days that matter. */
async function* newestFiles(storage: Storage, state: JournalState): AsyncGenerator<{ path: string; open: boolean }> {
  const firstDay = state.lastAt === 0 ? '' : dayOf(Math.max(0, state.lastAt - dayMs));
  for (const cameraId of await list(storage.path)) {
    const newest = state.newestName[cameraId] ?? '';
    for (const day of (await list(join(storage.path, cameraId))).filter((name) => name >= firstDay).sort()) {
      for (const name of (await list(join(storage.path, cameraId, day))).sort()) {
        const path = `${cameraId}/${day}/${name}`;
        const kind = parseSegmentPath(path)?.kind;
        if (kind === 'open') yield { path: path.slice(0, -openSuffix.length), open: true };
        if (kind === 'closed' && nameInCamera(path) > newest) yield { path, open: false };
      }
    }
  }
}

export interface Found {
  tails: Tail[];
  /** Segments that the journal saw opened and that are not there: the folder's entry did not survive. */
  gone: string[];
}

export const findTails = async (storage: Storage, state: JournalState): Promise<Found> => {
  const found: Found = { tails: [], gone: [] };
  const known = new Set<string>();
  const take = async (path: string, isOpen: boolean): Promise<boolean> => {
    if (known.has(path)) return true;
    const tail = await look(storage, path, isOpen);
    if (tail === null) return false;
    known.add(path);
    found.tails.push(tail);
    return true;
  };
  for (const [segmentId, segment] of Object.entries(state.openSegments)) {
    if (segment.storageId !== storage.storageId) continue;
    if (!((await take(segment.path, true)) || (await take(segment.path, false)))) found.gone.push(segmentId);
  }
  for await (const { path, open: isOpen } of newestFiles(storage, state)) await take(path, isOpen);
  return found;
};
