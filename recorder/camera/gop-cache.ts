/**
 * The newest group of pictures of a camera, for viewers who come in: which units it has and where they lie. Nothing is kept twice: units
 * that wait for the disk lie in their receive buffers, written ones are read back from the open file.
 */
import { open } from 'node:fs/promises';
import type { AccessUnit } from '../ingest/index.ts';
import { openSuffix } from '../storage/segment-path.ts';

export interface GopEntry {
  /** In memory until it is written; its buffer and offset are kept right by the ingest. */
  unit: AccessUnit | null;
  ticks: number;
  key: boolean;
  size: number;
  arrivedAt: number;
  /** Absolute path of the segment (without .part) and offset once it is on disk. */
  path: string;
  offset: number;
}

export interface CachedUnit {
  ticks: number;
  key: boolean;
  arrivedAt: number;
  bytes: Buffer;
}

/** Past this a viewer waits for the next key frame instead: a group of minutes would be a burst, not a first picture. */
const cacheLimitBytes = 16 * 1_024 * 1_024;

export class GopCache {
  #entries: GopEntry[] = [];
  #bytes = 0;

  /** Notes a unit; a key frame begins a new group, and a loss ends it: what comes after cannot be shown without what is missing. */
  add(unit: AccessUnit): GopEntry {
    if (unit.key || unit.afterLoss) this.clear();
    const entry: GopEntry = { unit, ticks: unit.ticks, key: unit.key, size: unit.size, arrivedAt: unit.arrivedAt, path: '', offset: 0 };
    if (!unit.afterLoss) {
      this.#entries.push(entry);
      this.#bytes += unit.size;
    }
    return entry;
  }

  /** Its memory is given back and it is not on disk: what follows cannot be decoded without it. */
  clear(): void {
    this.#entries = [];
    this.#bytes = 0;
  }

  /**
   * The group as it is at the call: what is in memory is copied before this returns its promise, so that the buffers may go; what is on
   * disk is read then. Empty when it cannot be had.
   */
  async read(): Promise<CachedUnit[]> {
    if (this.#bytes > cacheLimitBytes) return [];
    const entries = this.#entries.map((entry) => ({ ...entry, bytes: entry.unit === null ? null : Buffer.from(entry.unit.buffer.subarray(entry.unit.offset, entry.unit.offset + entry.size)) }));
    const onDisk = entries.filter((entry) => entry.bytes === null);
    const path = onDisk[0]?.path;
    if (path !== undefined) {
      const handle = await open(path + openSuffix, 'r').catch(() => open(path, 'r').catch(() => null)); // closed meanwhile: its name changed
      if (handle === null) return [];
      try {
        for (const entry of onDisk) {
          const bytes = Buffer.allocUnsafe(entry.size);
          const { bytesRead } = await handle.read(bytes, 0, entry.size, entry.offset);
          if (bytesRead !== entry.size) return [];
          entry.bytes = bytes;
        }
      } finally {
        await handle.close();
      }
    }
    return entries.flatMap(({ ticks, key, arrivedAt, bytes }) => (bytes === null ? [] : [{ ticks, key, arrivedAt, bytes }]));
  }
}
