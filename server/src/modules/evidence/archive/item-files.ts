/** The bytes of the archive: `<folder>/<item>/<number>`, copied with their hash, read back with it, and gone when the item is destroyed. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { mebibyte } from '../../../base/units.ts';
import type { ArchiveContext } from './context.ts';
import type { Item, ItemFile } from './item.ts';
import { archiveRefusals as refuse } from './refusals.ts';

/** What must stay free on the disk for all else. */
const reserveBytes = 256 * mebibyte;

export const folderOf = (context: Pick<ArchiveContext, 'folder'>, itemId: string): string => join(context.folder, itemId);
export const pathOf = (context: Pick<ArchiveContext, 'folder'>, itemId: string, file: Pick<ItemFile, 'number'>): string => join(folderOf(context, itemId), String(file.number));

/** A line for each file, as sha256sum writes them. */
export const listHash = (files: readonly Pick<ItemFile, 'sha256' | 'name'>[]): string => createHash('sha256').update(files.map(({ sha256, name }) => `${sha256}  ${name}\n`).join('')).digest('hex');

/** Bytes on their way in: a file on this machine, or what a person sent. */
export interface Incoming {
  file: Omit<ItemFile, 'sha256' | 'sizeBytes'>;
  /** Hex; null: nobody knows it yet. */
  sha256: string | null;
  sizeBytes: number;
  read(): AsyncIterable<Buffer>;
}
export const fromDisk = (path: string): (() => AsyncIterable<Buffer>) => () => createReadStream(path) as AsyncIterable<Buffer>;
export const fromBytes = (bytes: Buffer): (() => AsyncIterable<Buffer>) =>
  async function* () {
    yield bytes;
  };

const keep = async (context: ArchiveContext, itemId: string, incoming: Incoming): Promise<ItemFile> => {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const handle = await open(pathOf(context, itemId, incoming.file), 'wx', 0o600);
  try {
    for await (const bytes of incoming.read()) {
      hash.update(bytes);
      sizeBytes += bytes.length;
      await handle.writeFile(bytes);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  const sha256 = hash.digest('hex');
  if (incoming.sha256 !== null && incoming.sha256 !== sha256) throw refuse('file_altered', { name: incoming.file.name });
  return { ...incoming.file, sha256, sizeBytes };
};

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Durable when it resolves; what fails half way leaves nothing. */
export const keepFiles = async (context: ArchiveContext, itemId: string, incoming: readonly Incoming[]): Promise<ItemFile[]> => {
  await mkdir(context.folder, { recursive: true, mode: 0o700 });
  const needed = incoming.reduce((sum, one) => sum + one.sizeBytes, 0);
  const free = await context.freeBytes(context.folder);
  if (free < needed + reserveBytes) throw refuse('no_room', { needed: Math.ceil(needed / 1e6), free: Math.floor(free / 1e6) });
  await mkdir(folderOf(context, itemId), { mode: 0o700 });
  try {
    const files: ItemFile[] = [];
    for (const one of incoming) files.push(await keep(context, itemId, one));
    const shelf = await open(folderOf(context, itemId), 'r');
    try {
      await shelf.sync();
    } finally {
      await shelf.close();
    }
    return files;
  } catch (error) {
    await dropFiles(context, itemId);
    throw error instanceof Error && isAbsent(error) ? refuse('file_altered', { name: incoming[0]?.file.name ?? '' }) : error;
  }
};

export const dropFiles = (context: Pick<ArchiveContext, 'folder' | 'log'>, itemId: string): Promise<void> =>
  rm(folderOf(context, itemId), { recursive: true, force: true }).catch((error: unknown) => context.log.error('files of the archive could not be removed', { itemId, error }));

/** Names of the files that are not as they were filed. */
export const alteredFiles = async (context: Pick<ArchiveContext, 'folder'>, one: Pick<Item, 'itemId' | 'files'>): Promise<string[]> => {
  const altered: string[] = [];
  for (const file of one.files) {
    const hash = createHash('sha256');
    try {
      for await (const bytes of createReadStream(pathOf(context, one.itemId, file))) hash.update(bytes as Buffer);
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
    if (hash.digest('hex') !== file.sha256) altered.push(file.name);
  }
  return altered;
};

export interface Part {
  status: 200 | 206;
  headers: Record<string, string>;
  body: Readable;
}

/** Bytes of one file; `range` as browsers ask, one span of it. */
export const readPart = async (path: string, name: string, range: string | undefined): Promise<Part> => {
  const size = await stat(path).then((found) => found.size, () => null);
  if (size === null || size === 0) throw refuse('file_altered', { name });
  const asked = range === undefined ? null : /^bytes=(\d+)-(\d*)$/.exec(range);
  if (range !== undefined && asked === null) throw refuse('range_wrong');
  const start = Number(asked?.[1] ?? 0);
  const end = Math.min(size - 1, asked === null || asked[2] === '' ? size - 1 : Number(asked[2]));
  if (start > end) throw refuse('range_wrong');
  const handle = await open(path, 'r');
  return {
    status: asked === null ? 200 : 206,
    headers: { 'accept-ranges': 'bytes', 'content-length': String(end - start + 1), 'cache-control': 'no-store', ...(asked === null ? {} : { 'content-range': `bytes ${start}-${end}/${size}` }) },
    body: handle.createReadStream({ start, end }),
  };
};

/** Folders that no item names: an item that was destroyed, or a filing that was broken off. */
export const strayFolders = async (context: Pick<ArchiveContext, 'folder'>, olderThanMs: number, known: ReadonlySet<string>, now: number): Promise<string[]> => {
  const names = await readdir(context.folder).catch(() => []);
  const strays: string[] = [];
  for (const name of names.filter((one) => /^evi_[0-9a-z]{26}$/.test(one) && !known.has(one))) {
    const found = await stat(join(context.folder, name)).catch(() => null);
    if (found !== null && now - found.mtimeMs > olderThanMs) strays.push(name);
  }
  return strays;
};
