/** Parts of an H.265 SPS that nobody here needs but that stand before its frame rate: scaling lists (7.3.4) and reference sets (7.3.7). */
import type { BitReader } from './bits.ts';

export const skipScalingLists = (r: BitReader): void => {
  for (let size = 0; size < 4; size += 1) {
    for (let matrix = 0; matrix < 6; matrix += size === 3 ? 3 : 1) {
      if (!r.flag()) {
        r.unsigned();
        continue;
      }
      if (size > 1) r.signed();
      const coefficients = Math.min(64, 1 << (4 + (size << 1)));
      for (let i = 0; i < coefficients; i += 1) r.signed();
    }
  }
};

const mostSets = 64;
const mostPictures = 16;

/** Each set may be told as a difference from the one before: how many pictures that one names must be known. */
export const skipShortTermSets = (r: BitReader): void => {
  const count = r.unsigned();
  if (count > mostSets) throw new RangeError('reference sets');
  let before = 0;
  for (let set = 0; set < count; set += 1) {
    if (set > 0 && r.flag()) {
      r.bit();
      r.unsigned();
      let named = 0;
      for (let i = 0; i <= before; i += 1) if (r.flag() || r.flag()) named += 1;
      before = named;
    } else {
      before = r.unsigned() + r.unsigned();
      if (before > 2 * mostPictures) throw new RangeError('reference pictures');
      for (let i = 0; i < before; i += 1) {
        r.unsigned();
        r.bit();
      }
    }
    if (before > 2 * mostPictures) throw new RangeError('reference pictures');
  }
};
