/**
 * One segment on disk, from its first byte to its name (design: recording, "Segments"): written as `.part`, appended fragment by fragment,
 * hashed with the same buffers; at close index → fsync file → rename → fsync folder. Only then may anybody be told of it.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, rename, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../journal/files.ts';
import { abandonedSuffix, openSuffix } from './segment-path.ts';

export interface FinishedFile {
  sizeBytes: number;
  sha256: string;
}

/** Makes the camera's and the day's folder, each on disk in its parent before anything stands in it. */
const makeFolders = async (root: string, path: string): Promise<void> => {
  const day = dirname(path);
  for (const [folder, parent] of [
    [join(root, dirname(day)), root],
    [join(root, day), join(root, dirname(day))],
  ] as const) {
    const made = await mkdir(folder, { mode: 0o750 }).then(
      () => true,
      (error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        return false;
      },
    );
    if (made) await syncFolder(parent);
  }
};

export class SegmentFile {
  readonly #finalPath: string;
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  /** End of the last whole fragment. */
  #wholeBytes = 0;

  private constructor(finalPath: string, handle: FileHandle) {
    this.#finalPath = finalPath;
    this.#handle = handle;
  }

  static async create(root: string, path: string, init: Uint8Array): Promise<SegmentFile> {
    await makeFolders(root, path);
    const finalPath = join(root, path);
    const handle = await open(finalPath + openSuffix, 'wx', 0o640);
    const file = new SegmentFile(finalPath, handle);
    try {
      await file.append([init]);
      await syncFolder(dirname(finalPath));
      return file;
    } catch (error) {
      await file.remove();
      throw error;
    }
  }

  get sizeBytes(): number {
    return this.#wholeBytes;
  }

  /** All or nothing: after a failure the file still ends with the last whole fragment once `cutToWhole` is through. */
  async append(parts: readonly Uint8Array[]): Promise<void> {
    const total = parts.reduce((sum, part) => sum + part.length, 0);
    let rest = [...parts];
    for (let done = 0; done < total; ) {
      const { bytesWritten } = await this.#handle.writev(rest, this.#wholeBytes + done);
      done += bytesWritten;
      rest = done < total ? skip(parts, done) : [];
    }
    for (const part of parts) this.#hash.update(part);
    this.#wholeBytes += total;
  }

  /** After a failed fsync nobody knows what is on disk, whatever the cause: it is no full disk that could be cut back. */
  async sync(): Promise<void> {
    await this.#handle.datasync().catch(failedSync);
  }

  cutToWhole(): Promise<void> {
    return this.#handle.truncate(this.#wholeBytes);
  }

  async finish(): Promise<FinishedFile> {
    await this.#handle.sync().catch(failedSync);
    await this.#handle.close();
    await rename(this.#finalPath + openSuffix, this.#finalPath);
    await syncFolder(dirname(this.#finalPath));
    return { sizeBytes: this.#wholeBytes, sha256: this.#hash.digest('hex') };
  }

  /** Contents unknown: the file keeps what it has under a name that nobody plays, until it is deleted as garbage. Returns its suffix now. */
  async abandon(): Promise<string> {
    await this.#handle.close().catch(() => undefined);
    for (const suffix of [openSuffix, '']) {
      const moved = await rename(this.#finalPath + suffix, this.#finalPath + abandonedSuffix).then(
        () => true,
        () => false,
      );
      if (moved) return abandonedSuffix;
    }
    return openSuffix;
  }

  /** Nothing in it is worth keeping. */
  async remove(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await unlink(this.#finalPath + openSuffix).catch(() => undefined);
  }
}

const failedSync = (error: unknown): never => {
  throw new Error(`fsync: ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}`, { cause: error });
};

const skip = (parts: readonly Uint8Array[], bytes: number): Uint8Array[] => {
  let left = bytes;
  return parts.flatMap((part) => {
    const cut = Math.min(left, part.length);
    left -= cut;
    return cut === part.length ? [] : [part.subarray(cut)];
  });
};
