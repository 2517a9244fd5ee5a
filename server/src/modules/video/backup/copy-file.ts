/** One file copied so that it is known to be whole: written beside its place, made safe, read again, compared, and only then given its name. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../../base/clock.ts';
import { wait } from '../../../base/clock.ts';
import { mebibyte, secondMs } from '../../../base/units.ts';

const pieceBytes = mebibyte;
/** No name of a segment: whoever looks at the folder passes it by, and the next try writes over it. */
export const copyingSuffix = '.copying';

export interface Pace {
  clock: Clock;
  bytesPerSecond: number;
}

/** Reads from the begin, writing where asked to, no faster than allowed; the hash. */
const pour = async (source: FileHandle, target: FileHandle | null, { clock, bytesPerSecond }: Pace): Promise<string> => {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(pieceBytes);
  for (let at = 0; ; ) {
    const startedMs = clock.monotonic();
    const { bytesRead } = await source.read(piece, 0, piece.length, at);
    if (bytesRead === 0) return hash.digest('hex');
    const bytes = piece.subarray(0, bytesRead);
    hash.update(bytes);
    for (let done = 0; target !== null && done < bytesRead; ) done += (await target.write(bytes, done, bytesRead - done, at + done)).bytesWritten;
    at += bytesRead;
    const dueMs = (bytesRead / bytesPerSecond) * secondMs - (clock.monotonic() - startedMs);
    // A small file costs less than a timer.
    if (bytesRead === piece.length && dueMs >= 1) await wait(clock, dueMs);
  }
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const isCode = (error: unknown, ...codes: string[]): boolean => error instanceof Error && 'code' in error && codes.includes(String(error.code));
export const isGone = (error: unknown): boolean => isCode(error, 'ENOENT');
export const isFull = (error: unknown): boolean => isCode(error, 'ENOSPC', 'EDQUOT');

export type CopyOutcome = 'copied' | 'source_missing' | 'source_altered';

/** Throws where the target cannot be written or reads differently than it was written. */
export const copyChecked = async (from: string, to: string, sha256: string, pace: Pace): Promise<CopyOutcome> => {
  const source = await open(from, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: unknown) => {
    if (isGone(error)) return null;
    throw error;
  });
  if (source === null) return 'source_missing';
  const draft = to + copyingSuffix;
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    const target = await open(draft, 'w+', 0o600);
    try {
      if ((await pour(source, target, pace)) !== sha256) return 'source_altered';
      await target.sync();
      if ((await pour(target, null, pace)) !== sha256) throw new Error('the copy reads differently than it was written');
    } finally {
      await target.close();
    }
    await rename(draft, to);
    await syncFolder(dirname(to));
    return 'copied';
  } finally {
    await source.close();
    await unlink(draft).catch(() => undefined);
  }
};

export const hashOfFile = async (file: string, pace: Pace): Promise<{ sha256: string; sizeBytes: number } | null> => {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: unknown) => {
    if (isGone(error)) return null;
    throw error;
  });
  if (handle === null) return null;
  try {
    return { sizeBytes: (await handle.stat()).size, sha256: await pour(handle, null, pace) };
  } finally {
    await handle.close();
  }
};
