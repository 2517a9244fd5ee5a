/**
 * Memory that a disk can read from itself. Video is written once and hardly ever read again: past the system's cache (O_DIRECT) the
 * kernel neither copies it nor keeps it, but then its place in memory, its length and its place in the file must be whole blocks.
 * Node does not say where its buffers lie; a WebAssembly memory begins with a page, and only what is used of it takes room.
 */
import { readFileSync } from 'node:fs';
import { kibibyte } from '../../server/src/base/units.ts';

/** A disk with larger blocks refuses the write, which then goes through the cache. */
export const blockBytes = 512;
const pageBytes = 64 * kibibyte;

/** What Node has, so that nothing is taken from the type library of browsers. */
interface PageAllocator {
  Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
}

/** Each memory reserves 8 GiB of addresses, used or not: where a process may have only so many, they are needed for other things. */
const hasAmpleAddresses = (): boolean => {
  try {
    return /^Max address space +unlimited /m.test(readFileSync('/proc/self/limits', 'utf8'));
  } catch {
    return true; // no Linux
  }
};

let allocator = hasAmpleAddresses() ? (globalThis as { WebAssembly?: PageAllocator }).WebAssembly : undefined;

/** Contents unspecified. Where no address space is left for it, memory that may lie anywhere: it is written through the cache. */
export const alignedMemory = (bytes: number): Buffer => {
  const pages = Math.ceil(bytes / pageBytes);
  try {
    if (allocator !== undefined) return Buffer.from(new allocator.Memory({ initial: pages, maximum: pages }).buffer, 0, bytes);
  } catch {
    // RangeError: out of address space. Each attempt searches all memory for what could be given back: once is enough.
    allocator = undefined;
  }
  return Buffer.allocUnsafeSlow(bytes);
};
