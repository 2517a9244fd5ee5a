/**
 * The frame's number within its loop as a strip of black and white squares along the upper left edge: 16 squares of 8×8 pixels at
 * 1280×720, in proportion at other sizes. Squares 0–1 are white, black (so that a blank picture is no number), 2–13 the number with the
 * highest bit first, 14 even parity of the number, 15 white.
 */
export const stripSquares = 16;
const numberBits = 12;

export const stripBits = (frame: number): boolean[] => {
  const number = Array.from({ length: numberBits }, (_, i) => ((frame >> (numberBits - 1 - i)) & 1) === 1);
  const parity = number.filter(Boolean).length % 2 === 1;
  return [true, false, ...number, parity, true];
};

/** Side of a square in a picture of this width. */
export const squareSide = (width: number): number => width / 160;

/** The number read from decoded pixels, or null where there is no strip. `lumaAt` gives 0–255. */
export const readStrip = (width: number, lumaAt: (x: number, y: number) => number): number | null => {
  const side = squareSide(width);
  const levels = Array.from({ length: stripSquares }, (_, i) => {
    const x = Math.floor((i + 0.5) * side);
    const y = Math.floor(0.5 * side);
    return (lumaAt(x, y) + lumaAt(x - 1, y) + lumaAt(x, y - 1) + lumaAt(x - 1, y - 1)) / 4;
  });
  const white = ((levels[0] ?? 0) + (levels[stripSquares - 1] ?? 0)) / 2;
  const black = levels[1] ?? 0;
  if (white - black < 60) return null;
  const bits = levels.map((level) => level > (white + black) / 2);
  const frame = bits.slice(2, 2 + numberBits).reduce((number, bit) => number * 2 + (bit ? 1 : 0), 0);
  const good = stripBits(frame).every((bit, i) => bit === bits[i]);
  return good ? frame : null;
};
