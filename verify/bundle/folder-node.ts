/** A package that was unpacked, as a folder on Node. Links are not followed: a package has none. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { nodeBundleCrypto } from '../../formats/evidence-bundle/node.ts';
import { nodeCrypto } from '../../formats/tlog/node-crypto.ts';
import { PackageReadError, type PackageFile, type PackageSource } from './package-source.ts';
import type { BundleVerifierCrypto } from './verify-bundle.ts';

export const nodeVerifierCrypto: BundleVerifierCrypto = { ...nodeCrypto, createSha256: nodeBundleCrypto.createSha256 };

const filesBelow = async (folder: string, root: string): Promise<PackageFile[]> => {
  const found: PackageFile[] = [];
  for (const item of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, item.name);
    if (item.isDirectory()) found.push(...(await filesBelow(path, root)));
    else found.push({ path: relative(root, path).split(sep).join('/').normalize('NFC'), sizeBytes: item.isFile() ? (await stat(path)).size : -1 });
  }
  return found;
};

export const folderPackage = async (folder: string): Promise<PackageSource> => {
  const root = resolve(folder);
  const files = await filesBelow(root, root);
  return {
    base: basename(root),
    files,
    time: null,
    read: async function* (path) {
      if ((files.find((file) => file.path === path)?.sizeBytes ?? -1) < 0) throw new PackageReadError('no plain file');
      try {
        yield* createReadStream(join(root, path), { highWaterMark: 4 * 1024 * 1024 });
      } catch (error) {
        throw new PackageReadError(error instanceof Error && 'code' in error ? String(error.code) : 'unreadable');
      }
    },
  };
};
