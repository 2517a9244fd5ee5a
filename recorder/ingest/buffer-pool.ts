/**
 * Memory for video in flight. Buffers go round: allocating megabytes a second for each camera would leave the pace to the collector.
 * Size classes are powers of two and the halves between them, so that at most a third of a buffer is beyond what was asked.
 */
import { kibibyte, mebibyte } from '../../server/src/base/units.ts';
import { alignedMemory } from './aligned-memory.ts';

const smallestBytes = 64 * kibibyte;
const defaultIdleBytes = 64 * mebibyte;

export class BufferPool {
  readonly #idle = new Map<number, Buffer[]>();
  readonly #idleLimitBytes: number;
  #idleBytes = 0;
  #lentBytes = 0;

  constructor(options: { idleLimitBytes?: number } = {}) {
    this.#idleLimitBytes = options.idleLimitBytes ?? defaultIdleBytes;
  }

  static classFor(bytes: number): number {
    let size = smallestBytes;
    while (size < bytes) {
      if (size + size / 2 >= bytes) return size + size / 2;
      size *= 2;
    }
    return size;
  }

  /** A buffer of at least `bytes`, its contents unspecified. */
  take(bytes: number): Buffer {
    const size = BufferPool.classFor(bytes);
    const found = this.#idle.get(size)?.pop();
    this.#lentBytes += size;
    if (found === undefined) return alignedMemory(size);
    this.#idleBytes -= size;
    return found;
  }

  /** Gives back a buffer from take(), once. */
  give(buffer: Buffer): void {
    const size = buffer.length;
    this.#lentBytes -= size;
    if (this.#idleBytes + size > this.#idleLimitBytes) return; // the collector has it
    this.#idleBytes += size;
    const idle = this.#idle.get(size);
    if (idle === undefined) this.#idle.set(size, [buffer]);
    else idle.push(buffer);
  }

  stats(): { idleBytes: number; lentBytes: number } {
    return { idleBytes: this.#idleBytes, lentBytes: this.#lentBytes };
  }
}
