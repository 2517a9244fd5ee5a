/**
 * What can be said of one picture in numbers, and its fingerprint to compare others with. Pure. Names follow 视频质量诊断.
 * Everything is a share of one, so that a limit means the same for every camera.
 */
import { lumaOf, quantile, shrink, type Picture, type Plane } from './plane.ts';

export const gridWidth = 16;
export const gridHeight = 9;
export const printWidth = 96;
export const printHeight = 54;
const sampleWidth = 160;
const sampleHeight = 90;

export interface Measures {
  /** Mean brightness. */
  brightness: number;
  /** Brightness that 95 of 100 pixels stay below, and 5 of 100. */
  light: number;
  dark: number;
  /** Fine detail against coarse; 0: nothing to be seen. */
  detail: number;
  /** Grain of flat areas, standard deviation. */
  noise: number;
  /** Mean of red minus green and of blue minus green, as a share of the brightness. */
  redCast: number;
  blueCast: number;
  /** Standard deviation inside each field of the grid. */
  texture: number[];
  /** The picture very small, without its large differences of brightness: where which structure stands. */
  print: number[];
  /** Single pixels, 0 to 255, to see whether anything changed at all. */
  samples: number[];
}

const share = (value: number): number => Math.round((value / 255) * 10_000) / 10_000;

const meanOf = ({ at }: Plane): number => at.reduce((sum, value) => sum + value, 0) / at.length;

/** Mean square of what differs from its four neighbours. */
const detailOf = ({ width, height, at }: Plane): number => {
  let sum = 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const i = y * width + x;
      sum += (4 * (at[i] ?? 0) - (at[i - 1] ?? 0) - (at[i + 1] ?? 0) - (at[i - width] ?? 0) - (at[i + width] ?? 0)) ** 2;
    }
  }
  return sum / ((width - 2) * (height - 2));
};

const coarser = 4;
/** What independent grain adds to the mean square of `detailOf`: 4² + 4 × 1². */
const grainInDetail = 20;
/** Below it nothing stands in the picture that could be sharp. */
const leastDetail = 4;
/** Fine detail against that of a picture four times smaller: blur takes the former and leaves the latter; light takes both. */
const sharpnessOf = (plane: Plane, grainSize: number): number => {
  const coarse = detailOf(shrink(plane, Math.floor(plane.width / coarser), Math.floor(plane.height / coarser)));
  if (coarse < leastDetail) return 0;
  return Math.sqrt(Math.max(0, detailOf(plane) - grainInDetail * grainSize ** 2) / coarse);
};

/** Immerkær's estimate (1996) in the flatter half of the picture: what is neither edge nor slope. */
const grain = ({ width, height, at }: Plane): number => {
  const step = 3;
  const found: { flat: number; grain: number }[] = [];
  const v = (x: number, y: number): number => at[y * width + x] ?? 0;
  for (let y = 1; y < height - 1; y += step) {
    for (let x = 1; x < width - 1; x += step) {
      const lap = v(x - 1, y - 1) + v(x + 1, y - 1) + v(x - 1, y + 1) + v(x + 1, y + 1) - 2 * (v(x, y - 1) + v(x, y + 1) + v(x - 1, y) + v(x + 1, y)) + 4 * v(x, y);
      const slope = Math.abs(v(x + 1, y - 1) + v(x + 1, y) + v(x + 1, y + 1) - v(x - 1, y - 1) - v(x - 1, y) - v(x - 1, y + 1)) + Math.abs(v(x - 1, y + 1) + v(x, y + 1) + v(x + 1, y + 1) - v(x - 1, y - 1) - v(x, y - 1) - v(x + 1, y - 1));
      const here = v(x, y);
      if (here > 8 && here < 247) found.push({ flat: slope, grain: Math.abs(lap) });
    }
  }
  if (found.length < 100) return 0;
  found.sort((a, b) => a.flat - b.flat);
  const flat = found.slice(0, found.length >> 1);
  return (flat.reduce((sum, one) => sum + one.grain, 0) / flat.length / 6) * Math.sqrt(Math.PI / 2);
};

const castOf = ({ rgb }: Picture): { red: number; blue: number } => {
  let [red, green, blue] = [0, 0, 0];
  for (let i = 0; i < rgb.length; i += 3) {
    red += rgb[i] ?? 0;
    green += rgb[i + 1] ?? 0;
    blue += rgb[i + 2] ?? 0;
  }
  const sum = (red + green + blue) / 3 || 1;
  return { red: (red - green) / sum, blue: (blue - green) / sum };
};

const textureOf = (plane: Plane): number[] => {
  const { width, height, at } = plane;
  const fields: number[] = [];
  for (let row = 0; row < gridHeight; row += 1) {
    for (let column = 0; column < gridWidth; column += 1) {
      let [n, sum, squares] = [0, 0, 0];
      for (let y = Math.floor((row * height) / gridHeight); y < Math.floor(((row + 1) * height) / gridHeight); y += 1) {
        for (let x = Math.floor((column * width) / gridWidth); x < Math.floor(((column + 1) * width) / gridWidth); x += 1) {
          const value = at[y * width + x] ?? 0;
          n += 1;
          sum += value;
          squares += value * value;
        }
      }
      fields.push(share(Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2))));
    }
  }
  return fields;
};

const around = 4;
const printOf = (plane: Plane): number[] => {
  const small = shrink(plane, printWidth, printHeight);
  const soft = (x: number, y: number): number => {
    let [n, sum] = [0, 0];
    for (let row = Math.max(0, y - around); row <= Math.min(printHeight - 1, y + around); row += 1) {
      for (let column = Math.max(0, x - around); column <= Math.min(printWidth - 1, x + around); column += 1) {
        n += 1;
        sum += small.at[row * printWidth + column] ?? 0;
      }
    }
    return sum / n;
  };
  return Array.from(small.at, (value, i) => Math.round((value - soft(i % printWidth, Math.floor(i / printWidth))) * 10) / 10);
};

const samplesOf = ({ width, height, at }: Plane): number[] =>
  Array.from({ length: sampleWidth * sampleHeight }, (_, i) => {
    const [x, y] = [Math.floor((((i % sampleWidth) + 0.5) * width) / sampleWidth), Math.floor(((Math.floor(i / sampleWidth) + 0.5) * height) / sampleHeight)];
    return Math.round(at[y * width + x] ?? 0);
  });

export const measure = (picture: Picture): Measures => {
  const plane = lumaOf(picture);
  const { red, blue } = castOf(picture);
  const noise = grain(plane);
  return {
    brightness: share(meanOf(plane)), light: share(quantile(plane, 0.95)), dark: share(quantile(plane, 0.05)),
    detail: Math.round(sharpnessOf(plane, noise) * 10_000) / 10_000, noise: share(noise),
    redCast: Math.round(red * 10_000) / 10_000, blueCast: Math.round(blue * 10_000) / 10_000,
    texture: textureOf(plane), print: printOf(plane), samples: samplesOf(plane),
  };
};
