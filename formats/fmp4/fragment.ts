/**
 * A fragment's head: prft (where its first frame stands in UTC), moof, and the head of mdat. The body is written straight after it
 * from the buffers it was received in. One FragmentHead serves one camera; its buffer is used again for every fragment.
 */
import { BoxWriter } from './box-writer.ts';

export interface FragmentSample {
  /** Bytes in AVCC form. */
  size: number;
  /** 90 kHz ticks until the next sample is decoded. */
  durationTicks: number;
  key: boolean;
  /** Presentation minus decode time; 0 unless the camera sends B frames. */
  compositionTicks: number;
}

export interface FragmentPlan {
  /** Counts from 1 in each file. */
  sequence: number;
  /** Decode time of the first sample, ticks since the start of the file. */
  decodeTicks: number;
  /** UTC ms, with fraction, of the first sample as the recorder's clock discipline places it now. */
  at: number;
  samples: readonly FragmentSample[];
  /**
   * Head and body fill whole blocks of so many bytes each, for files that are written past the system's cache: the head by a free box
   * within moof, the body by bytes at the end of mdat that no sample names. 1 when left out: nothing is filled up.
   */
  blockBytes?: number;
}

/** Bytes that are missing to a whole number of blocks. */
export const blockPadding = (bytes: number, blockBytes: number): number => (blockBytes - (bytes % blockBytes)) % blockBytes;
/** No disk has larger blocks: a body that leaves more without a sample is not ours. */
export const largestBlockBytes = 4_096;

/** Sync sample that depends on nothing; every other sample depends on earlier ones (ISO 14496-12 section 8.8.3.1). */
const keyFlags = 0x02000000;
const otherFlags = 0x01010000;
const defaultBaseIsMoof = 0x020000;
const trunParts = { dataOffset: 0x1, duration: 0x100, size: 0x200, flags: 0x400, composition: 0x800 };
/** Producer reference time with a consistent, real-time relation (as DASH and CMAF use it). */
const referenceTimeFlags = 24;
/** Seconds from 1900 (NTP) to 1970. */
const ntpEpochSeconds = 2_208_988_800;
export const referenceTimeBytes = 32;
const mdatHeadBytes = 8;
const freeHeadBytes = 8;

export class FragmentHead {
  readonly #w: BoxWriter;

  /** `memory`: where heads are built, as long as they fit. */
  constructor(memory: number | Uint8Array = 2_048) {
    this.#w = new BoxWriter(memory);
  }

  /** The head, not copied: valid until the next call. */
  build(plan: FragmentPlan): Uint8Array {
    const w = this.#w.reset();
    const blockBytes = plan.blockBytes ?? 1;
    let bodyBytes = 0;
    for (const sample of plan.samples) bodyBytes += sample.size;
    bodyBytes += blockPadding(bodyBytes, blockBytes);
    const seconds = Math.floor(plan.at / 1_000);
    w.fullBox('prft', 1, referenceTimeFlags, () => {
      const fraction = Math.min(0xffff_ffff, Math.round(((plan.at - seconds * 1_000) / 1_000) * 0x1_0000_0000));
      w.u32(1).u32(seconds + ntpEpochSeconds).u32(fraction).u64(plan.decodeTicks);
    });
    const moofAt = w.length;
    let offsetAt = 0;
    w.box('moof', () => {
      w.fullBox('mfhd', 0, 0, () => w.u32(plan.sequence));
      w.box('traf', () => {
        w.fullBox('tfhd', 0, defaultBaseIsMoof, () => w.u32(1));
        w.fullBox('tfdt', 1, 0, () => w.u64(plan.decodeTicks));
        offsetAt = this.#run(plan.samples);
      });
      this.#fill(blockBytes);
    });
    w.patchU32(offsetAt, w.length - moofAt + mdatHeadBytes);
    w.u32(mdatHeadBytes + bodyBytes).text('mdat');
    return w.written();
  }

  /** So that the body begins with a block. */
  #fill(blockBytes: number): void {
    const w = this.#w;
    const missing = blockPadding(w.length + mdatHeadBytes, blockBytes);
    if (missing === 0) return;
    const freeBytes = missing < freeHeadBytes ? missing + blockBytes : missing;
    w.box('free', () => w.zeros(freeBytes - freeHeadBytes));
  }

  /** Returns where the data offset must be filled in. */
  #run(samples: readonly FragmentSample[]): number {
    const w = this.#w;
    const reordered = samples.some((sample) => sample.compositionTicks !== 0);
    const parts = trunParts.dataOffset | trunParts.duration | trunParts.size | trunParts.flags | (reordered ? trunParts.composition : 0);
    let offsetAt = 0;
    w.fullBox('trun', reordered ? 1 : 0, parts, () => {
      w.u32(samples.length);
      offsetAt = w.length;
      w.u32(0);
      for (const sample of samples) {
        w.u32(sample.durationTicks).u32(sample.size).u32(sample.key ? keyFlags : otherFlags);
        if (reordered) w.i32(sample.compositionTicks);
      }
    });
    return offsetAt;
  }
}
