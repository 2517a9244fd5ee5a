/**
 * Takes up one file after a crash: cut to the last whole fragment, indexed, hashed from the disk, named, journalled as recovered.
 * Runs beside recording; a second crash in its middle finds the file again.
 */
import { createHash } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomAccessIndex } from '../../formats/fmp4/index.ts';
import type { FragmentPlace } from '../../formats/fmp4/index.ts';
import type { Log } from '../../server/src/base/log.ts';
import { mebibyte } from '../../server/src/base/units.ts';
import { syncFolder } from '../journal/files.ts';
import type { Journal } from '../journal/journal.ts';
import { openSuffix } from '../storage/segment-path.ts';
import { bodyIsWhole, spanOf } from './find-tails.ts';
import type { Tail } from './find-tails.ts';

/** After a power cut a file may have its length and not its contents: fragments count up to the first whose body is no video. */
const wholeFragments = async (handle: FileHandle, fragments: readonly FragmentPlace[]): Promise<FragmentPlace[]> => {
  const whole: FragmentPlace[] = [];
  for (const fragment of fragments) {
    if (!(await bodyIsWhole(handle, fragment))) break;
    whole.push(fragment);
  }
  return whole;
};

export const hashOf = async (handle: FileHandle): Promise<{ sha256: string; sizeBytes: number }> => {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(mebibyte);
  let sizeBytes = 0;
  for (;;) {
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, sizeBytes);
    if (bytesRead === 0) return { sha256: hash.digest('hex'), sizeBytes };
    hash.update(chunk.subarray(0, bytesRead));
    sizeBytes += bytesRead;
  }
};

const closeOpenFile = async (handle: FileHandle, fragments: readonly FragmentPlace[]): Promise<void> => {
  const end = fragments.reduce((at, fragment) => Math.max(at, fragment.offset + fragment.sizeBytes), 0);
  const points = fragments.flatMap((f) => (f.startsWithKey ? [{ ticks: f.decodeTicks + (f.samples[0]?.compositionTicks ?? 0), moofOffset: f.moofOffset }] : []));
  await handle.truncate(end);
  const index = randomAccessIndex(points);
  // On a full disk the file does without its index, as at an ordinary close.
  await handle.write(index, 0, index.length, end).catch(() => handle.truncate(end));
  await handle.sync();
};

/** Returns whether there is a segment now. */
export const takeUp = async (tail: Tail, deps: { journal: Journal; log: Log }): Promise<boolean> => {
  const finalPath = join(tail.storage.path, tail.path);
  const diskPath = finalPath + (tail.open ? openSuffix : '');
  const { note, scan } = tail;
  const handle = await open(diskPath, tail.open ? 'r+' : 'r');
  try {
    const fragments = tail.open ? await wholeFragments(handle, scan.fragments) : scan.fragments;
    const span = spanOf({ ...scan, fragments });
    if (span === null || note === null) {
      if (tail.open) await unlink(diskPath); // not one whole fragment: nothing is lost with it
      deps.journal.noteDropped(tail.segmentId);
      return false;
    }
    if (tail.open) await closeOpenFile(handle, fragments);
    const { sha256, sizeBytes } = await hashOf(handle);
    if (tail.open) await rename(diskPath, finalPath);
    await syncFolder(dirname(finalPath));
    const samples = fragments.flatMap((fragment) => fragment.samples);
    deps.journal.append({
      kind: 'segment_closed',
      ...{ segmentId: tail.segmentId, cameraId: tail.cameraId, storageId: tail.storage.storageId, path: tail.path, from: span.from, until: span.until, sizeBytes, sha256 },
      ...{ frames: samples.length, keyFrames: samples.filter((sample) => sample.key).length, codec: note.codec, width: note.width, height: note.height },
      ...{ runId: note.runId, cameraClockOffsetMs: null, packetsLost: 0, recovered: true },
    });
    deps.log.info('segment taken up after a crash', { segmentId: tail.segmentId, path: tail.path, fragments: fragments.length, tail: scan.tail });
    return true;
  } finally {
    await handle.close();
  }
};
