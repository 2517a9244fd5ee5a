/** A package as files: from its ZIP, or from the folder that somebody unpacked. */
import { openZip, ZipError, type ByteSource, type Crc32, type DosTime } from '../../formats/zip/index.ts';
import { bundleFinding, containerFinding, type BundleFinding } from './finding.ts';

export interface PackageFile {
  /** Below the base folder. */
  path: string;
  sizeBytes: number;
}

export interface PackageSource {
  /** Name of the one folder. */
  base: string;
  files: readonly PackageFile[];
  /** Throws PackageReadError when the file is not whole. */
  read(path: string): AsyncIterable<Uint8Array>;
  /** The time that the ZIP gives its files; null for a folder. */
  time: DosTime | null;
}

export class PackageReadError extends Error {}

/** A fault when it is no archive of ours: nothing inside can be trusted to be where it seems to be. */
export const zipPackage = async (source: ByteSource, crc32: Crc32): Promise<PackageSource | BundleFinding> => {
  try {
    const archive = await openZip(source, crc32);
    if (archive.entries.some(({ plainBytes }) => plainBytes !== null)) return bundleFinding('encrypted');
    const base = archive.entries[0]?.name.split('/')[0] ?? '';
    const inside = new Map(archive.entries.map((entry) => [entry.name.slice(base.length + 1), entry]));
    const outside = archive.entries.find(({ name }) => !name.startsWith(`${base}/`));
    if (outside !== undefined) return bundleFinding('base', { place: outside.name });
    return {
      base,
      files: [...inside].map(([path, { sizeBytes }]) => ({ path, sizeBytes })),
      time: archive.time,
      read: async function* (path) {
        const entry = inside.get(path);
        if (entry === undefined) throw new PackageReadError('missing');
        try {
          yield* archive.read(entry);
        } catch (error) {
          throw error instanceof ZipError ? new PackageReadError(error.fault) : error;
        }
      },
    };
  } catch (error) {
    if (error instanceof ZipError) return containerFinding(error.fault, error.place);
    throw error;
  }
};
