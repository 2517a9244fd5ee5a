/** Glare round a lamp: light scattered in the lens, added over the finished frame. `flat` squeezes it into a pool on the ground. */
import type { Triple } from './solids.ts';
import type { Picture } from './render.ts';

export const halo = (picture: Picture, at: Triple, radiusMetres: number, color: Triple, flat = 1): void => {
  const spot = picture.project(at);
  if (spot.depth < 0.5) return;
  const beside = picture.project([at[0] + radiusMetres, at[1], at[2]]);
  const radius = Math.min(picture.width / 4, Math.abs(beside.x - spot.x));
  const high = radius * flat;
  for (let y = Math.max(0, Math.floor(spot.y - high)); y < Math.min(picture.height, spot.y + high); y += 1) {
    for (let x = Math.max(0, Math.floor(spot.x - radius)); x < Math.min(picture.width, spot.x + radius); x += 1) {
      const r = Math.hypot((x - spot.x) / radius, (y - spot.y) / high);
      if (r >= 1) continue;
      const share = (1 - r) ** 3;
      const pixel = (y * picture.width + x) * 3;
      for (let c = 0; c < 3; c += 1) picture.light[pixel + c] = (picture.light[pixel + c] ?? 0) + (color[c] ?? 0) * share;
    }
  }
};
