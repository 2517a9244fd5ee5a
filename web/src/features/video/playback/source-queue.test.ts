import { beforeEach, describe, expect, it } from 'vitest';
import { SourceFailed, SourceQueue, type SourceBufferPort } from './source-queue.ts';

/** A buffer with the browser's rules: busy until updateend, throws when used while busy, says "full" by exception. */
class StrictBuffer extends EventTarget implements SourceBufferPort {
  updating = false;
  log: string[] = [];
  bytes = 0;
  quota = Infinity;
  failNext = false;
  #offset = 0;
  get timestampOffset(): number {
    return this.#offset;
  }
  set timestampOffset(value: number) {
    this.#mustRest();
    this.#offset = value;
    this.log.push(`offset ${String(value)}`);
  }
  appendBuffer(data: BufferSource): void {
    this.#mustRest();
    if (this.bytes + data.byteLength > this.quota) {
      this.log.push('full');
      throw new DOMException('full', 'QuotaExceededError');
    }
    this.bytes += data.byteLength;
    this.#work(`append ${String(data.byteLength)}`);
  }
  remove(start: number, end: number): void {
    this.#mustRest();
    this.bytes = 0;
    this.#work(`remove ${String(start)}-${String(end)}`);
  }
  changeType(type: string): void {
    this.#mustRest();
    this.log.push(`type ${type}`);
  }
  abort(): void {
    this.log.push('abort');
  }
  #mustRest(): void {
    if (this.updating) throw new DOMException('busy', 'InvalidStateError');
  }
  #work(entry: string): void {
    this.log.push(entry);
    this.updating = true;
    queueMicrotask(() => {
      this.updating = false;
      if (this.failNext) {
        this.failNext = false;
        this.dispatchEvent(new Event('error'));
      }
      this.dispatchEvent(new Event('updateend'));
    });
  }
}

const bytes = (length: number) => new Uint8Array(length);
let buffer: StrictBuffer;
let queue: SourceQueue;
let room: { start: number; end: number } | null;
beforeEach(() => {
  buffer = new StrictBuffer();
  room = null;
  queue = new SourceQueue(buffer, 'a', () => room);
});

describe('source queue', () => {
  it('operations never meet, however fast they come, and keep their order', async () => {
    const outcomes = await Promise.all([queue.append(bytes(1), 0, 'a'), queue.append(bytes(2), 60, 'a'), queue.remove(0, 5), queue.append(bytes(3), 60, 'a')]);
    expect(outcomes).toEqual([true, true, true, true]);
    expect(buffer.log).toEqual(['append 1', 'offset 60', 'append 2', 'remove 0-5', 'append 3']);
    expect(queue.pending).toBe(0);
  });
  it('a new codec changes the type once', async () => {
    await queue.append(bytes(1), 0, 'b');
    await queue.append(bytes(1), 0, 'b');
    expect(buffer.log).toEqual(['type b', 'append 1', 'append 1']);
  });
  it('a full buffer makes room behind the playhead and takes the same bytes again', async () => {
    buffer.quota = 10;
    room = { start: 0, end: 4 };
    await queue.append(bytes(8), 0, 'a');
    expect(await queue.append(bytes(8), 0, 'a')).toBe(true);
    expect(buffer.log).toEqual(['append 8', 'full', 'remove 0-4', 'append 8']);
  });
  it('a full buffer without anything to drop is an error, and the queue goes on', async () => {
    buffer.quota = 4;
    await expect(queue.append(bytes(8), 0, 'a')).rejects.toThrow('full');
    expect(await queue.append(bytes(2), 0, 'a')).toBe(true);
  });
  it('bytes that the browser refuses are an error of that append alone', async () => {
    buffer.failNext = true;
    await expect(queue.append(bytes(1), 0, 'a')).rejects.toBeInstanceOf(SourceFailed);
    expect(await queue.append(bytes(1), 0, 'a')).toBe(true);
    expect(queue.pending).toBe(0);
  });
  it('a seek forgets what has not begun', async () => {
    const under = queue.append(bytes(1), 0, 'a');
    const later = queue.append(bytes(2), 0, 'a');
    await Promise.resolve();
    queue.cancel();
    const fresh = queue.append(bytes(3), 0, 'a');
    expect(await Promise.all([under, later, fresh])).toEqual([true, false, true]);
    expect(buffer.log).toEqual(['append 1', 'append 3']);
  });
});
