/** mfra: the index at the end of a closed file, one entry for each fragment that starts with a key frame, so that a player seeks without a scan. */
import { BoxWriter } from './box-writer.ts';

export interface RandomAccessPoint {
  /** Presentation time in ticks since the start of the file. */
  ticks: number;
  /** Offset of the moof in the file. */
  moofOffset: number;
}

export const randomAccessIndex = (points: readonly RandomAccessPoint[]): Uint8Array => {
  const w = new BoxWriter(64 + points.length * 19);
  w.box('mfra', () => {
    w.fullBox('tfra', 1, 0, () => {
      w.u32(1).u32(0).u32(points.length);
      for (const point of points) w.u64(point.ticks).u64(point.moofOffset).u8(1).u8(1).u8(1);
    });
    // mfro repeats the size of the whole mfra, so that a reader finds it from the end of the file.
    w.fullBox('mfro', 0, 0, () => w.u32(w.length + 4));
  });
  return w.written().slice();
};
