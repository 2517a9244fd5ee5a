/**
 * Moves fragments from one timeline to another as they stream by: number, decode time and reference time of each head change by a fixed amount,
 * every other byte stays. The same walk with the opposite amounts gives the original bytes back, which is how a clip is traced to its segments.
 */
import { fragmentHeadBytes, parseFragmentHead } from './parse.ts';
import { fourCharacters, viewOf } from './box-reader.ts';
import { referenceTimeBytes } from './fragment.ts';

export interface Shift {
  sequence: number;
  /** 90 kHz. */
  ticks: number;
}

export interface PassedFragment {
  /** Bytes of the stream before it. */
  offset: number;
  sizeBytes: number;
  moofOffset: number;
  /** As it stood when it came in. */
  sequence: number;
  decodeTicks: number;
  durationTicks: number;
  at: number | null;
  startsWithKey: boolean;
}

export class FragmentError extends Error {
  /** Bytes of the stream before the fragment that cannot be read. */
  readonly offset: number;
  constructor(offset: number, why: string) {
    super(`fragment at ${offset}: ${why}`);
    this.name = 'FragmentError';
    this.offset = offset;
  }
}

/** No head of ours is longer: 300 frames need 4 KiB. */
const headLimit = 1_048_576;
const firstLook = 256;

const setU64 = (view: DataView, at: number, value: number): void => {
  view.setUint32(at, Math.floor(value / 0x1_0000_0000));
  view.setUint32(at + 4, value >>> 0);
};

export class Rebaser {
  readonly #shift: Shift;
  readonly #passed: (fragment: PassedFragment) => void;
  #waiting: Uint8Array | null = null;
  #bodyLeft = 0;
  #offset = 0;

  /** `passed` is told of each fragment when its head is through. */
  constructor(shift: Shift, passed: (fragment: PassedFragment) => void) {
    this.#shift = shift;
    this.#passed = passed;
  }

  /** The same bytes, moved: bodies are parts of `chunk`, heads are copies. */
  push(chunk: Uint8Array): Uint8Array[] {
    const out: Uint8Array[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (this.#bodyLeft > 0) {
        const length = Math.min(this.#bodyLeft, chunk.length - at);
        out.push(chunk.subarray(at, at + length));
        this.#bodyLeft -= length;
        this.#offset += length;
        at += length;
        continue;
      }
      const head = this.#headAt(chunk, at);
      if (head === null) break;
      out.push(head.bytes);
      at = head.until;
    }
    return out;
  }

  /** Throws when the stream ended inside a fragment. */
  end(): void {
    if (this.#bodyLeft > 0 || this.#waiting !== null) throw new FragmentError(this.#offset, 'cut short');
  }

  /** The next whole head, moved; null when it is not all there, and what there is of it waits. */
  #headAt(chunk: Uint8Array, at: number): { bytes: Uint8Array; until: number } | null {
    const before = this.#waiting;
    const joined = (take: number): Uint8Array => {
      if (before === null) return chunk.subarray(at, at + take);
      const bytes = new Uint8Array(Math.min(before.length + chunk.length - at, take));
      bytes.set(before.subarray(0, take));
      if (take > before.length) bytes.set(chunk.subarray(at, at + take - before.length), before.length);
      return bytes;
    };
    const available = (before?.length ?? 0) + chunk.length - at;
    const need = available < 48 ? null : fragmentHeadBytes(joined(firstLook));
    if (need === null && available >= 48) throw new FragmentError(this.#offset, 'not a fragment');
    if (need !== null && need > headLimit) throw new FragmentError(this.#offset, 'its head is too long');
    if (need === null || need > available) {
      this.#waiting = new Uint8Array(joined(available));
      return null;
    }
    // Not slice(): of a Buffer that is a view, and the caller's bytes would change.
    const bytes = new Uint8Array(joined(need));
    this.#waiting = null;
    this.#move(bytes);
    return { bytes, until: at + need - (before?.length ?? 0) };
  }

  #move(head: Uint8Array): void {
    const read = parseFragmentHead(head);
    if (read === null) throw new FragmentError(this.#offset, 'not a fragment of ours');
    const view = viewOf(head);
    const [sequence, ticks] = [read.sequence + this.#shift.sequence, read.decodeTicks + this.#shift.ticks];
    if (sequence < 0 || sequence > 0xffff_ffff || ticks < 0 || !Number.isSafeInteger(ticks)) throw new FragmentError(this.#offset, 'its time leaves the timeline');
    if (read.moofOffset === referenceTimeBytes) setU64(view, referenceTimeBytes - 8, ticks);
    // Heads that we wrote: moof, mfhd (16 bytes), traf, tfhd, tfdt; parseFragmentHead has found each of them.
    view.setUint32(read.moofOffset + 20, sequence);
    setU64(view, decodeTimeAt(head, read.moofOffset), ticks);
    this.#passed({
      offset: this.#offset, sizeBytes: read.headBytes + read.bodyBytes, moofOffset: this.#offset + read.moofOffset, sequence: read.sequence,
      decodeTicks: read.decodeTicks, durationTicks: read.durationTicks, at: read.at, startsWithKey: read.samples[0]?.key ?? false,
    });
    this.#offset += head.length;
    this.#bodyLeft = read.bodyBytes;
  }
}

/** Where the 64 bits of tfdt stand. */
const decodeTimeAt = (head: Uint8Array, moofOffset: number): number => {
  const trafAt = moofOffset + 24;
  const tfdtAt = trafAt + 8 + viewOf(head).getUint32(trafAt + 8);
  if (fourCharacters(head, moofOffset + 12) !== 'mfhd' || fourCharacters(head, trafAt + 4) !== 'traf' || fourCharacters(head, tfdtAt + 4) !== 'tfdt') throw new FragmentError(0, 'its boxes stand in another order');
  return tfdtAt + 12;
};
