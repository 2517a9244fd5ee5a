/**
 * One segment on disk, from its first byte to its name (design: recording, "Segments"): written as `.part`, appended fragment by fragment,
 * hashed with the same buffers; at close index → fsync file → rename → fsync folder. Only then may anybody be told of it.
 */
import { createHash } from 'node:crypto';
import { mkdir, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { blockBytes } from '../ingest/index.ts';
import { syncFolder } from '../journal/files.ts';
import { closeFile, createFlags, directFlags, durableFlags, openFile, statFile, syncAll, syncData, truncateFile, writeParts } from './file-calls.ts';
import { abandonedSuffix, openSuffix } from './segment-path.ts';

export interface FinishedFile {
  sizeBytes: number;
  sha256: string;
}

/** Makes the camera's and the day's folder, each on disk in its parent before anything stands in it. */
export const makeFolders = async (root: string, path: string): Promise<void> => {
  const day = dirname(path);
  for (const [folder, parent] of [
    [join(root, dirname(day)), root],
    [join(root, day), join(root, dirname(day))],
  ] as const) {
    const made = await mkdir(folder, { mode: 0o700 }).then(
      () => true,
      (error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        return false;
      },
    );
    if (made) await syncFolder(parent);
  }
};

const none = -1;
/** What file systems say that write through the cache only, or in larger blocks. */
const refusesDirect = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP']);

export class SegmentFile {
  readonly #finalPath: string;
  readonly #descriptor: number;
  /** The same file for writes that return when they are on disk; opened when the first one is wanted. */
  #durable = none;
  /** And past the cache. */
  #direct = none;
  #takesDirect = directFlags !== null;
  readonly #hash = createHash('sha256');
  /** End of the last whole fragment. */
  #wholeBytes = 0;
  /** Bytes before #wholeBytes may not be on disk. */
  #isDirty = false;
  #isClosed = false;

  private constructor(finalPath: string, descriptor: number) {
    this.#finalPath = finalPath;
    this.#descriptor = descriptor;
  }

  static async create(root: string, path: string, init: Uint8Array): Promise<SegmentFile> {
    await makeFolders(root, path);
    const finalPath = join(root, path);
    const file = new SegmentFile(finalPath, await openFile(finalPath + openSuffix, createFlags, 0o600));
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
    await this.#write(this.#descriptor, parts);
    this.#isDirty = true;
  }

  /** The same, and on disk with everything before it. */
  async appendDurably(parts: readonly Uint8Array[]): Promise<void> {
    // A durable write vouches for its own bytes only.
    if (this.#isDirty || durableFlags === null) {
      await this.append(parts);
      await this.sync();
      return;
    }
    if (this.#takesDirect && (await this.#appendDirectly(parts))) return;
    if (this.#durable === none) this.#durable = await openFile(this.#finalPath + openSuffix, durableFlags);
    await this.#write(this.#durable, parts);
  }

  /** False, and nothing written, where file system, disk or memory do not allow it: once is enough to know that of a file. */
  async #appendDirectly(parts: readonly Uint8Array[]): Promise<boolean> {
    if (directFlags === null || !isWholeBlocks(this.#wholeBytes, parts)) return false;
    try {
      if (this.#direct === none) this.#direct = await openFile(this.#finalPath + openSuffix, directFlags);
      await this.#write(this.#direct, parts);
      return true;
    } catch (error) {
      if (!refusesDirect.has(errorCode(error))) throw error;
      this.#takesDirect = false;
      return false;
    }
  }

  /** After a failed fsync nobody knows what is on disk, whatever the cause: it is no full disk that could be cut back. */
  async sync(): Promise<void> {
    await syncData(this.#descriptor).catch(failedSync);
    this.#isDirty = false;
  }

  /** Throws unless the name still leads to the file that is written, with all that was written. */
  async compare(): Promise<void> {
    const [own, named] = await Promise.all([statFile(this.#descriptor), stat(this.#finalPath + openSuffix)]);
    if (own.ino !== named.ino || own.dev !== named.dev) throw new Error('another file stands in its place');
    if (own.size < this.#wholeBytes) throw new Error(`cut to ${own.size} of ${this.#wholeBytes} bytes`);
  }

  cutToWhole(): Promise<void> {
    return truncateFile(this.#descriptor, this.#wholeBytes);
  }

  async finish(): Promise<FinishedFile> {
    await syncAll(this.#descriptor).catch(failedSync);
    await this.#close();
    await rename(this.#finalPath + openSuffix, this.#finalPath);
    await syncFolder(dirname(this.#finalPath));
    return { sizeBytes: this.#wholeBytes, sha256: this.#hash.digest('hex') };
  }

  /** Contents unknown: the file keeps what it has under a name that nobody plays, until it is deleted as garbage. Returns its suffix now. */
  async abandon(): Promise<string> {
    await this.#close().catch(() => undefined);
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
    await this.#close().catch(() => undefined);
    await unlink(this.#finalPath + openSuffix).catch(() => undefined);
  }

  async #write(descriptor: number, parts: readonly Uint8Array[]): Promise<void> {
    let total = 0;
    for (const part of parts) total += part.length;
    let done = await writeParts(descriptor, parts, this.#wholeBytes);
    while (done < total) done += await writeParts(descriptor, skip(parts, done), this.#wholeBytes + done);
    for (const part of parts) this.#hash.update(part);
    this.#wholeBytes += total;
  }

  async #close(): Promise<void> {
    if (this.#isClosed) return; // a number that was given back may be somebody else's by now
    this.#isClosed = true;
    for (const other of [this.#durable, this.#direct]) if (other !== none) await closeFile(other).catch(() => undefined);
    await closeFile(this.#descriptor);
  }
}

const errorCode = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error));

const failedSync = (error: unknown): never => {
  throw new Error(`fsync: ${errorCode(error)}`, { cause: error });
};

const isWholeBlocks = (at: number, parts: readonly Uint8Array[]): boolean => at % blockBytes === 0 && parts.every((part) => part.length % blockBytes === 0);

const skip = (parts: readonly Uint8Array[], bytes: number): Uint8Array[] => {
  let left = bytes;
  return parts.flatMap((part) => {
    const cut = Math.min(left, part.length);
    left -= cut;
    return cut === part.length ? [] : [part.subarray(cut)];
  });
};
