/**
 * Where the access units of one camera come to lie: AVCC, back to back, in one pooled buffer that is handed over whole.
 * A payload byte is copied once, from the shared receive buffer to its place here; the 4-byte length is written when the NAL ends.
 */
import { blockPadding } from '../../formats/fmp4/index.ts';
import { blockBytes } from './aligned-memory.ts';
import type { BufferPool } from './buffer-pool.ts';
import type { AccessUnit, Region } from './interface.ts';

const lengthBytes = 4;

export class GopBuffer {
  readonly #pool: BufferPool;
  readonly #capBytes: number;
  readonly #unitCapBytes: number;
  #buffer: Buffer | null = null;
  /** Outgrown buffers: announced units still point into them until the next cut is released. */
  #outgrown: Buffer[] = [];
  /** Announced units that were not handed over, in order. */
  #units: AccessUnit[] = [];
  #sealed = 0;
  #nal = -1;
  #end = 0;
  /** Size of the next fresh buffer, learnt from what was cut. */
  #expectedBytes = 0;

  /** @param bounds of all un-cut bytes, and of one unit among them */
  constructor(pool: BufferPool, bounds: { capBytes: number; unitCapBytes: number }) {
    this.#pool = pool;
    this.#capBytes = bounds.capBytes;
    this.#unitCapBytes = bounds.unitCapBytes;
  }

  /** Bytes of whole units that were not handed over. */
  get uncutBytes(): number {
    return this.#sealed;
  }

  get nalOpen(): boolean {
    return this.#nal >= 0;
  }

  /** Starts a NAL; false when the bound of un-cut bytes is reached. */
  beginNal(): boolean {
    if (!this.#room(lengthBytes)) return false;
    this.#nal = this.#end;
    this.#end += lengthBytes;
    return true;
  }

  appendByte(byte: number): boolean {
    if (!this.#room(1)) return false;
    (this.#buffer as Buffer)[this.#end] = byte;
    this.#end += 1;
    return true;
  }

  append(from: Buffer, start: number, end: number): boolean {
    if (!this.#room(end - start)) return false;
    from.copy(this.#buffer as Buffer, this.#end, start, end);
    this.#end += end - start;
    return true;
  }

  /** First byte of the open NAL, which says what it is. */
  get nalHeader(): number {
    return this.#buffer?.[this.#nal + lengthBytes] ?? 0;
  }

  /** The open NAL without its length, in place: valid until the next call. */
  currentNal(): Buffer {
    return (this.#buffer as Buffer).subarray(this.#nal + lengthBytes, this.#end);
  }

  endNal(): void {
    (this.#buffer as Buffer).writeUInt32BE(this.#end - this.#nal - lengthBytes, this.#nal);
    this.#nal = -1;
  }

  dropNal(): void {
    if (this.#nal >= 0) this.#end = this.#nal;
    this.#nal = -1;
  }

  dropUnit(): void {
    this.#end = this.#sealed;
    this.#nal = -1;
  }

  /** Closes the unit in progress; null when it is empty. */
  seal(key: boolean, ticks: number, arrivedAt: number, afterLoss = false): AccessUnit | null {
    const size = this.#end - this.#sealed;
    if (size === 0 || this.#buffer === null) return null;
    const unit: AccessUnit = { buffer: this.#buffer, offset: this.#sealed, size, key, afterLoss, ticks, arrivedAt };
    this.#units.push(unit);
    this.#sealed = this.#end;
    return unit;
  }

  cut(before?: AccessUnit): Region | null {
    let count = this.#units.length;
    if (before !== undefined) {
      count = this.#units.lastIndexOf(before);
      if (count < 0) throw new Error('cut before a unit that was handed over already');
    }
    const later = this.#units.slice(count);
    const cutAt = later[0]?.offset ?? this.#sealed;
    const buffer = this.#buffer;
    if (count === 0 || buffer === null) return null;
    const owned = [buffer, ...this.#outgrown];
    this.#outgrown = [];
    this.#units = later;
    // A quarter more than the larger of what was needed just now and (fading) before: key frames come in some fragments only.
    this.#expectedBytes = Math.max(Math.ceil(cutAt * 1.25), Math.floor(this.#expectedBytes * 0.9));
    this.#moveOn(buffer, cutAt, later);
    // What stood behind the cut has moved on, and the pool's buffers are whole blocks.
    const filledUntil = cutAt + blockPadding(cutAt, blockBytes);
    buffer.fill(0, cutAt, filledUntil);
    return this.#region(buffer.subarray(0, cutAt), buffer.subarray(0, filledUntil), owned);
  }

  /** Gives all memory back; the object is spent. */
  discard(): void {
    for (const buffer of this.#outgrown) this.#pool.give(buffer);
    if (this.#buffer !== null) this.#pool.give(this.#buffer);
    this.#outgrown = [];
    this.#units = [];
    this.#buffer = null;
    this.#sealed = 0;
    this.#end = 0;
    this.#nal = -1;
  }

  /** What stands behind the cut goes to the start of a fresh buffer. */
  #moveOn(from: Buffer, cutAt: number, later: AccessUnit[]): void {
    const tail = this.#end - cutAt;
    this.#buffer = null;
    if (tail > 0) {
      this.#buffer = this.#pool.take(Math.max(tail, this.#expectedBytes));
      from.copy(this.#buffer, 0, cutAt, this.#end);
      for (const unit of later) {
        unit.buffer = this.#buffer;
        unit.offset -= cutAt;
      }
    }
    this.#sealed -= cutAt;
    this.#end -= cutAt;
    if (this.#nal >= 0) this.#nal -= cutAt;
  }

  #region(bytes: Buffer, blocks: Buffer, owned: Buffer[]): Region {
    let released = false;
    return {
      bytes,
      blocks,
      release: () => {
        if (released) return;
        released = true;
        for (const buffer of owned) this.#pool.give(buffer);
      },
    };
  }

  #room(bytes: number): boolean {
    const needed = this.#end + bytes;
    if (needed - this.#sealed > this.#unitCapBytes || needed > this.#capBytes) return false;
    if (this.#buffer !== null && needed <= this.#buffer.length) return true;
    const grown = this.#pool.take(Math.max(needed, this.#expectedBytes));
    if (this.#buffer !== null) {
      this.#buffer.copy(grown, 0, 0, this.#end);
      if (this.#units.length > 0) this.#outgrown.push(this.#buffer);
      else this.#pool.give(this.#buffer);
    }
    this.#buffer = grown;
    this.#expectedBytes = Math.max(this.#expectedBytes, needed);
    return true;
  }
}
