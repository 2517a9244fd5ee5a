/** A 5×7 face for boards, plates and the burnt-in numbers. */
const rows: Record<string, string> = {
  '0': '0e11131519110e',
  '1': '040c040404040e',
  '2': '0e11010204081f',
  '3': '1f02040201110e',
  '4': '02060a121f0202',
  '5': '1f101e0101110e',
  '6': '0608101e11110e',
  '7': '1f010204080808',
  '8': '0e11110e11110e',
  '9': '0e11110f01020c',
  ':': '000c0c000c0c00',
  '-': '0000001f000000',
  '#': '0a0a1f0a1f0a0a',
  ' ': '00000000000000',
  A: '0e11111f111111',
  B: '1e11111e11111e',
  C: '0e11101010110e',
  D: '1c12111111121c',
  E: '1f10101e10101f',
  F: '1f10101e101010',
  G: '0e11101711110f',
  H: '1111111f111111',
  I: '0e04040404040e',
  K: '11121418141211',
  L: '1010101010101f',
  M: '111b1515111111',
  N: '11111915131111',
  O: '0e11111111110e',
  P: '1e11111e101010',
  R: '1e11111e141211',
  S: '0f10100e01011e',
  T: '1f040404040404',
  U: '1111111111110e',
  V: '11111111110a04',
  W: '1111111515150a',
  X: '11110a040a1111',
  Y: '1111110a040404',
  Z: '1f01020408101f',
};

/** Is the dot (column, row) of `text` on? Each character takes six columns and seven rows. */
export const dotOf = (text: string, column: number, row: number): boolean => {
  if (column < 0 || row < 0 || row > 6) return false;
  const bits = rows[text[Math.floor(column / 6)] ?? ' '];
  if (bits === undefined) return false;
  const line = parseInt(bits.slice(row * 2, row * 2 + 2), 16);
  return ((line >> (4 - (column % 6))) & 1) === 1;
};
