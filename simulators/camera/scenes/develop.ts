/** Linear light → the 8-bit picture that the encoder gets: exposure, lens shading, a breath of sensor noise, burnt-in number and strip. */
import { dotOf } from './glyphs.ts';
import type { Picture } from './render.ts';
import { squareSide, stripBits } from './strip.ts';

const toneSteps = 8_192;
const toneMost = 4;
const tone = Uint8Array.from({ length: toneSteps + 1 }, (_, i) => {
  const light = 1 - Math.exp(-((i / toneSteps) * toneMost) * 1.15);
  // A little contrast around the middle, as cameras deliver it.
  const gamma = light ** (1 / 2.2);
  return Math.round(255 * Math.min(1, gamma * 0.86 + 0.14 * gamma * gamma * (3 - 2 * gamma)));
});

const noiseSteps = 65_537;
const noise = Float32Array.from({ length: noiseSteps }, (_, i) => {
  const a = Math.sin(i * 12.9898) * 43_758.5453;
  const b = Math.sin(i * 78.233) * 12_345.678;
  return a - Math.floor(a) + (b - Math.floor(b)) - 1;
});

/** rgb24 */
export const develop = (picture: Picture, exposure: number, frame: number, label: string): Buffer => {
  const { width, height, light } = picture;
  const bytes = Buffer.allocUnsafe(width * height * 3);
  const scale = (exposure * toneSteps) / toneMost;
  const shift = (frame * 7_919) % noiseSteps;
  for (let y = 0; y < height; y += 1) {
    const v = (y / height - 0.5) * 1.1;
    for (let x = 0; x < width; x += 1) {
      const u = (x / width - 0.5) * 1.3;
      const lens = scale * (1 - 0.55 * (u * u + v * v) ** 1.3);
      const pixel = y * width + x;
      const grain = (noise[(pixel + shift) % noiseSteps] ?? 0) * 1.6;
      for (let c = 0; c < 3; c += 1) {
        const step = Math.max(0, Math.min(toneSteps, Math.round((light[pixel * 3 + c] ?? 0) * lens)));
        bytes[pixel * 3 + c] = Math.max(0, Math.min(255, Math.round((tone[step] ?? 0) + grain)));
      }
    }
  }
  burn(bytes, width, `${label} ${String(frame).padStart(4, '0')}`, frame);
  return bytes;
};

const burn = (bytes: Buffer, width: number, text: string, frame: number): void => {
  const unit = width / 1_280;
  const dot = 3 * unit;
  const left = 16 * unit;
  const top = 20 * unit;
  const letterDots = text.length * 6;
  const mix = (x: number, y: number, level: number, share: number): void => {
    const at = (y * width + x) * 3;
    for (let c = 0; c < 3; c += 1) bytes[at + c] = Math.round((bytes[at + c] ?? 0) * (1 - share) + level * share);
  };
  const onAt = (x: number, y: number): boolean => dotOf(text, Math.floor((x - left) / dot), Math.floor((y - top) / dot));
  for (let y = Math.floor(top - dot); y < top + 8 * dot; y += 1) {
    for (let x = Math.floor(left - dot); x < left + letterDots * dot; x += 1) {
      if (onAt(x, y)) mix(x, y, 235, 0.92);
      else if (onAt(x - unit * 2, y - unit * 2) || onAt(x + 1, y) || onAt(x, y + 1)) mix(x, y, 0, 0.6);
    }
  }
  const side = squareSide(width);
  stripBits(frame).forEach((bit, i) => {
    for (let y = 0; y < side; y += 1) for (let x = 0; x < side; x += 1) mix(i * side + x, y, bit ? 215 : 20, 1);
  });
};
