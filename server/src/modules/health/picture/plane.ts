/** Pictures as numbers: what ffmpeg hands over (PPM), its brightness, and smaller versions of it. Pure. */

export interface Picture {
  width: number;
  height: number;
  /** Three bytes a pixel, row by row. */
  rgb: Uint8Array;
}

/** One number a pixel, 0 to 255, with fractions. */
export interface Plane {
  width: number;
  height: number;
  at: Float32Array;
}

const headerPattern = /^P6\s+(\d{1,5})\s+(\d{1,5})\s+255\s/;
const longestHeader = 40;

/** Reads a binary PPM; null when it is none or cut off. */
export const readPpm = (bytes: Uint8Array): Picture | null => {
  const head = headerPattern.exec(Buffer.from(bytes.subarray(0, longestHeader)).toString('latin1'));
  if (head === null) return null;
  const [whole, width, height] = [head[0], Number(head[1]), Number(head[2])];
  const rgb = bytes.subarray(whole.length, whole.length + width * height * 3);
  return width < 32 || height < 32 || rgb.length < width * height * 3 ? null : { width, height, rgb };
};

/** Brightness as people see it (ITU-R BT.601). */
export const lumaOf = ({ width, height, rgb }: Picture): Plane => {
  const at = new Float32Array(width * height);
  for (let i = 0, p = 0; i < at.length; i += 1, p += 3) at[i] = 0.299 * (rgb[p] ?? 0) + 0.587 * (rgb[p + 1] ?? 0) + 0.114 * (rgb[p + 2] ?? 0);
  return { width, height, at };
};

/** Each pixel of the result is the mean of the part of the picture that it stands for. */
export const shrink = ({ width, height, at }: Plane, toWidth: number, toHeight: number): Plane => {
  const small = new Float32Array(toWidth * toHeight);
  for (let y = 0; y < toHeight; y += 1) {
    const [top, bottom] = [Math.floor((y * height) / toHeight), Math.max(Math.floor((y * height) / toHeight) + 1, Math.floor(((y + 1) * height) / toHeight))];
    for (let x = 0; x < toWidth; x += 1) {
      const [left, right] = [Math.floor((x * width) / toWidth), Math.max(Math.floor((x * width) / toWidth) + 1, Math.floor(((x + 1) * width) / toWidth))];
      let sum = 0;
      for (let row = top; row < bottom; row += 1) for (let column = left; column < right; column += 1) sum += at[row * width + column] ?? 0;
      small[y * toWidth + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return { width: toWidth, height: toHeight, at: small };
};

/** The value below which this share of the pixels lies. */
export const quantile = ({ at }: Plane, share: number): number => {
  const counts = new Uint32Array(256);
  for (const value of at) {
    const level = Math.min(255, Math.max(0, Math.round(value)));
    counts[level] = (counts[level] ?? 0) + 1;
  }
  let seen = 0;
  for (const [value, count] of counts.entries()) {
    seen += count;
    if (seen > share * at.length) return value;
  }
  return 255;
};
