/** Small files that are never changed, kept under their SHA-256: `<folder>/ab/abcdef…`. Written whole and durable before the row that names them. */
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** The bytes under a hash are no longer those that were put there. */
export class BlobAltered extends Error {
  constructor(sha256: string) {
    super(`blob ${sha256} was altered on disk`);
    this.name = 'BlobAltered';
  }
}

export interface Blobs {
  /** Durable when it resolves. Answers the hash, hex. */
  put(bytes: Buffer): Promise<string>;
  /** Null when there is none; throws BlobAltered when the bytes do not match their name. */
  get(sha256: string): Promise<Buffer | null>;
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const writeDurably = async (file: string, bytes: Buffer): Promise<void> => {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

export const createDiskBlobs = (folder: string, temporaryName: () => string): Blobs => ({
  put: async (bytes) => {
    const sha256 = hashOf(bytes);
    const shelf = join(folder, sha256.slice(0, 2));
    await mkdir(shelf, { recursive: true, mode: 0o700 });
    const temporary = join(shelf, `.${temporaryName()}`);
    try {
      await writeDurably(temporary, bytes);
      await rename(temporary, join(shelf, sha256));
    } catch (error) {
      await unlink(temporary).catch(() => undefined); // a full disk must not be kept full by halves
      throw error;
    }
    await syncFolder(shelf);
    await syncFolder(folder);
    return sha256;
  },
  get: async (sha256) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) return null;
    let bytes: Buffer;
    try {
      bytes = await readFile(join(folder, sha256.slice(0, 2), sha256));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
    if (hashOf(bytes) !== sha256) throw new BlobAltered(sha256);
    return bytes;
  },
});
