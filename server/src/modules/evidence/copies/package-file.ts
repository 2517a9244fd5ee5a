/** Writes a package to its file, with its hash and how far it has come, and reads it back as it is handed out. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { besideBytes, planBundle, type BundleInput } from '../../../../../formats/evidence-bundle/index.ts';
import { writeBundleFile, type BundleFile, type Seal } from '../../../../../formats/evidence-bundle/node.ts';
import { dosTimeOf } from '../../../../../formats/zip/index.ts';
import { encryptZip } from '../../../../../formats/zip/node-aes.ts';
import type { Log } from '../../../base/log.ts';
import { mebibyte } from '../../../base/units.ts';
import { fileNameOf, type Package } from './copy.ts';
import type { CopiesContext, FootageOfCamera } from './context.ts';
import { copyRefusals as refuse } from './refusals.ts';

export interface Progress {
  doneBytes: number;
  allBytes: number;
  /** What its file may take of the disk. */
  mostBytes: number;
}

const saltBytes = 16;
/** What must stay free on the disk for all else. */
const reserveBytes = 256 * mebibyte;

export const pathOf = (context: Pick<CopiesContext, 'folder'>, one: Package): string => join(context.folder, fileNameOf(one));

/** What the disk must have for this footage, before it was looked at: all of each file, and the same share for what goes beside as the writer takes. */
export const roughBytes = (footage: readonly FootageOfCamera[]): number => Math.ceil(footage.reduce((sum, { files }) => sum + files.reduce((all, { sizeBytes }) => all + sizeBytes, 0), 0) * (7 / 6)) + mebibyte;

/** `takenBytes`: what copies that were begun before will still write. */
export const roomFor = async (context: Pick<CopiesContext, 'folder' | 'freeBytes'>, most: number, takenBytes: number): Promise<void> => {
  await mkdir(context.folder, { recursive: true, mode: 0o700 });
  const free = (await context.freeBytes(context.folder)) - takenBytes - reserveBytes;
  if (free < most) throw refuse('no_room', { needed: Math.ceil(most / 1e6), free: Math.max(0, Math.floor(free / 1e6)) });
};

export const writePackage = async (context: CopiesContext, one: Package, input: BundleInput, passphrase: string | null, progress: Progress): Promise<BundleFile> => {
  const plan = await planBundle(input);
  const most = plan.footageBytes + besideBytes(plan, input);
  // Copies are written one after another, so nobody else's need stands in the way now.
  await roomFor(context, most, 0);
  progress.allBytes = Math.max(1, plan.footageBytes);
  progress.mostBytes = most;
  const seal: Seal | undefined =
    passphrase === null ? undefined : (bytes) => encryptZip({ name: `${one.number}.zip`, mostBytes: most, bytes, passphrase, salt: randomBytes(saltBytes), time: dosTimeOf(input.at, input.utcOffsetMinutes) });
  return writeBundleFile(pathOf(context, one), plan, input, {
    ...(seal === undefined ? {} : { seal }),
    progress: (doneBytes) => {
      progress.doneBytes = Math.min(progress.allBytes, doneBytes);
    },
  });
};

const chunkBytes = 1_048_576;

/** The file as it was made: its last bytes go out only when all of them are what was hashed. */
export const readPackage = async (path: string, expected: { sha256: string; sizeBytes: number }): Promise<AsyncGenerator<Buffer>> => {
  const handle = await open(path, 'r').catch(() => {
    throw refuse('file_gone');
  });
  const { size } = await handle.stat();
  if (size !== expected.sizeBytes) {
    await handle.close();
    throw refuse('file_gone');
  }
  return (async function* () {
    try {
      const hash = createHash('sha256');
      let kept: Buffer | null = null;
      for (let at = 0; at < size; ) {
        const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(Math.min(chunkBytes, size - at)), 0, Math.min(chunkBytes, size - at), at);
        if (bytesRead === 0) break;
        const bytes = buffer.subarray(0, bytesRead);
        hash.update(bytes);
        at += bytesRead;
        if (kept !== null) yield kept;
        kept = bytes;
      }
      if (hash.digest('hex') !== expected.sha256) throw refuse('file_gone');
      if (kept !== null) yield kept;
    } finally {
      await handle.close();
    }
  })();
};

/** A copy that came to nothing, is with its receiver, or was destroyed leaves nothing in the room; what cannot be removed is said. */
export const dropPackage = (path: string, log: Log): Promise<void> =>
  unlink(path).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) log.error('the file of a copy could not be removed', { path, error });
  });
