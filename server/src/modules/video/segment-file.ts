/** Reads segment files as they lie: their fragment index, and byte ranges. Inside the storage folder only. */
import { open, readdir, realpath, stat, type FileHandle } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { scanSegment } from '../../../../formats/fmp4/index.ts';
import type { RecorderStatus } from '../../../../contract/recorder.ts';
import type { Instant } from '../../base/clock.ts';
import { dayMs, videoTicksPerSecond } from '../../base/units.ts';
import { refuse } from './errors.ts';

const msPerSecond = 1_000;

export interface Fragment {
  offset: number; size: number; atMs: number; durationMs: number; key: boolean;
}

export interface SegmentIndex {
  initBytes: number;
  fragments: Fragment[];
  /** End of the last whole fragment: what may be read of a file that still grows. */
  wholeBytes: number;
}

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** The real path of a file of a storage; a path or link that leads out of it is refused. */
export const pathInside = async (storage: string, path: string): Promise<string> => {
  try {
    const root = await realpath(storage);
    const file = await realpath(join(root, path));
    if (!file.startsWith(root + sep)) throw refuse('segment_missing');
    return file;
  } catch (error) {
    if (isAbsent(error)) throw refuse('segment_missing');
    throw error;
  }
};

/** A file that goes while it is asked for (retention, the end of an open minute) is missing, nothing worse. */
const openSegmentFile = async (file: string): Promise<FileHandle> => {
  try {
    return await open(file, 'r');
  } catch (error) {
    throw isAbsent(error) ? refuse('segment_missing') : error;
  }
};

export const readIndex = async (file: string): Promise<SegmentIndex> => {
  const handle = await openSegmentFile(file);
  try {
    const { size } = await handle.stat();
    const scan = await scanSegment({
      sizeBytes: size,
      readAt: async (offset, length) => {
        const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, offset);
        return buffer.subarray(0, bytesRead);
      },
    });
    const ticksToMs = (ticks: number): number => (ticks * msPerSecond) / videoTicksPerSecond;
    return {
      initBytes: scan.init?.sizeBytes ?? 0,
      wholeBytes: scan.wholeBytes,
      fragments: scan.fragments.map((one) => ({
        offset: one.offset, size: one.sizeBytes, atMs: ticksToMs(one.decodeTicks), durationMs: ticksToMs(one.durationTicks), key: one.startsWithKey,
      })),
    };
  } finally {
    await handle.close();
  }
};

export interface ByteRange {
  start: number;
  /** Inclusive, as HTTP says it. */
  end: number;
}

/** RFC 9110 section 14.1.2, one range only; null: the whole file. */
export const parseRange = (header: string | undefined, size: number): ByteRange | null => {
  if (header === undefined) return null;
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (match === null) throw refuse('range_wrong');
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') throw refuse('range_wrong');
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end || start >= size) throw refuse('range_wrong');
  return { start, end };
};

export const fileSize = async (file: string): Promise<number> => {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw isAbsent(error) ? refuse('segment_missing') : error;
  }
};

/** Open before it answers, so that a missing file is a refusal and not an answer that breaks off. */
export const readRange = async (file: string, range: ByteRange): Promise<Readable> =>
  (await openSegmentFile(file)).createReadStream({ start: range.start, end: range.end });

/** The segment that is being written now; it can be looked at up to its last whole fragment. */
export interface OpenSegment {
  segmentId: string; cameraId: string; file: string; from: Instant; until: Instant; codec: string; width: number; height: number;
}

const startOf = (day: string, name: string): Instant | null => {
  const match = /^(\d\d)(\d\d)(\d\d)(\d\d\d)-/.exec(name);
  if (match === null) return null;
  const [, hours, minutes, seconds, ms] = match;
  const at = Date.parse(`${day}T${hours ?? ''}:${minutes ?? ''}:${seconds ?? ''}.${ms ?? ''}Z`);
  return Number.isNaN(at) ? null : at;
};

/** Finds it on disk by its id: a segment lies under the UTC day on which it began. It may have been closed since the status was told. */
const findOpenSegment = async (status: RecorderStatus, cameraId: string): Promise<OpenSegment | null> => {
  const camera = status.cameras.find((one) => one.cameraId === cameraId);
  if (camera?.openSegmentId == null || camera.writtenUntil === null) return null;
  const { openSegmentId, writtenUntil } = camera;
  const days = [status.now, status.now - dayMs].map((at) => new Date(at).toISOString().slice(0, 10));
  for (const storage of status.storages.filter((one) => one.usable)) {
    for (const day of days) {
      const folder = join(storage.path, cameraId, day);
      const name = (await readdir(folder).catch(() => [])).find((one) => one.endsWith(`-${openSegmentId}.mp4.part`) || one.endsWith(`-${openSegmentId}.mp4`));
      const from = name === undefined ? null : startOf(day, name);
      if (name === undefined || from === null || writtenUntil <= from) continue;
      const { codec, width, height } = camera;
      return { segmentId: openSegmentId, cameraId, file: join(folder, name), from, until: writtenUntil, codec: codec ?? '', width: width ?? 0, height: height ?? 0 };
    }
  }
  return null;
};

/** What may have no row yet: the segment that is being written, and the one that was just closed. Oldest first. */
export const findOpenSegments = async (statuses: readonly RecorderStatus[], cameraId: string): Promise<OpenSegment[]> => {
  const found = new Map<string, OpenSegment>();
  for (const status of statuses) {
    const open = await findOpenSegment(status, cameraId);
    if (open !== null && !found.has(open.segmentId)) found.set(open.segmentId, open);
  }
  return [...found.values()].sort((a, b) => a.from - b.from);
};
