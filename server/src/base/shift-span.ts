/** A shift in local time as people write it, e.g. 20:00-08:00; one that ends when it begins lasts a whole day. Pure. */

export interface ShiftSpan {
  /** HH:MM */
  begins: string;
  /** HH:MM; not after `begins`: on the next day. */
  ends: string;
}

const pattern = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)$/;

/** null: it is not written so. */
export const shiftSpan = (text: string): ShiftSpan | null => {
  const [, begins, ends] = pattern.exec(text) ?? [];
  return begins === undefined || ends === undefined ? null : { begins, ends };
};
