/** One frame: the still picture, less the light that movers take away, plus their mirror image, plus the movers themselves. */
import type { Ray, Capsule, Triple } from './solids.ts';
import { lampShare, type Lamp, type Mover, type Picture, type Scene, type Still } from './render.ts';
import { World } from './world.ts';

interface Window {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const ray: Ray = { ox: 0, oy: 0, oz: 0, dx: 0, dy: 0, dz: 0 };

/** Still picture with every lamp on. */
export const baseLight = (still: Still): Float32Array => {
  const sum = Float32Array.from(still.ambient);
  for (const light of still.lampLight) for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + (light[i] ?? 0);
  return sum;
};

const boundsOf = (mover: Mover): { low: Triple; high: Triple } => {
  const side = (pick: (a: number[]) => number, of: (s: Mover['solids'][number]) => Triple): Triple => {
    const axis = (i: 0 | 1 | 2): number => pick(mover.solids.map((s) => of(s)[i]));
    return [axis(0), axis(1), axis(2)];
  };
  return { low: side((a) => Math.min(...a), (s) => s.low), high: side((a) => Math.max(...a), (s) => s.high) };
};

const windowOf = (still: Still, low: Triple, high: Triple): Window | null => {
  const corners = [0, 1, 2, 3, 4, 5, 6, 7].map((i) =>
    still.rays.project([i & 1 ? high[0] : low[0], i & 2 ? high[1] : low[1], i & 4 ? high[2] : low[2]]),
  );
  const before = corners.filter((c) => c.depth > 0.1);
  if (before.length === 0) return null;
  const w: Window = {
    left: Math.max(0, Math.floor(Math.min(...before.map((c) => c.x)))),
    right: Math.min(still.width, Math.ceil(Math.max(...before.map((c) => c.x)))),
    top: Math.max(0, Math.floor(Math.min(...before.map((c) => c.y)))),
    bottom: Math.min(still.height, Math.ceil(Math.max(...before.map((c) => c.y)))),
  };
  return w.left < w.right && w.top < w.bottom ? w : null;
};

/** How much of a round lamp is seen past a rod: 1 all of it. Smooth, so that shadows have no grain that would cost bitrate. */
const seenPast = (rod: Capsule, lamp: Lamp, x: number, y: number, z: number): number => {
  const lx = lamp.at[0] - x;
  const ly = lamp.at[1] - y;
  const lz = lamp.at[2] - z;
  const far = Math.hypot(lx, ly, lz);
  const dx = lx / far;
  const dy = ly / far;
  const dz = lz / far;
  const bx = rod.b[0] - rod.a[0];
  const by = rod.b[1] - rod.a[1];
  const bz = rod.b[2] - rod.a[2];
  const ox = x - rod.a[0];
  const oy = y - rod.a[1];
  const oz = z - rod.a[2];
  const baba = bx * bx + by * by + bz * bz;
  const bard = bx * dx + by * dy + bz * dz;
  const baoa = bx * ox + by * oy + bz * oz;
  const rdoa = dx * ox + dy * oy + dz * oz;
  const along = Math.max(0.05, (bard * baoa - rdoa * baba) / Math.max(1e-6, baba - bard * bard));
  if (along > far) return 1;
  const k = Math.min(1, Math.max(0, (baoa + along * bard) / Math.max(1e-6, baba)));
  const t = Math.max(0.02, -(dx * (ox - k * bx) + dy * (oy - k * by) + dz * (oz - k * bz)));
  if (t > far) return 1;
  const gap = Math.hypot(ox - k * bx + dx * t, oy - k * by + dy * t, oz - k * bz + dz * t) - rod.radius;
  const blur = Math.max(0.02, (t / far) * lamp.radius * 2);
  const s = Math.min(1, Math.max(0, 0.5 + gap / (2 * blur)));
  return s * s * (3 - 2 * s);
};

const takeLight = (scene: Scene, still: Still, light: Float32Array, mover: Mover): void => {
  const { low, high } = boundsOf(mover);
  const reach = (high[1] - Math.min(0, low[1])) * 1.6;
  const w = windowOf(still, [low[0] - reach, -0.05, low[2] - reach], [high[0] + reach, high[1], high[2] + reach]);
  if (w === null) return;
  const feetX = (low[0] + high[0]) / 2;
  const feetZ = (low[2] + high[2]) / 2;
  const spread = 0.12 + ((high[0] - low[0]) * (high[2] - low[2])) / 5;
  for (let y = w.top; y < w.bottom; y += 1) {
    for (let x = w.left; x < w.right; x += 1) {
      const pixel = y * still.width + x;
      const depth = still.depth[pixel] ?? 0;
      if (depth > 100) continue;
      still.rays.aim(x + 0.5, y + 0.5, ray);
      const px = ray.ox + ray.dx * depth;
      const py = ray.oy + ray.dy * depth;
      const pz = ray.oz + ray.dz * depth;
      const near = Math.exp(-((px - feetX) ** 2 + (pz - feetZ) ** 2 + py * py) / spread) * 0.45;
      takeFrom(scene, still, light, mover, pixel, px, py, pz, near);
    }
  }
};

const takeFrom = (scene: Scene, still: Still, light: Float32Array, mover: Mover, pixel: number, x: number, y: number, z: number, near: number): void => {
  const at3 = pixel * 3;
  if (near > 0.01) for (let c = 0; c < 3; c += 1) light[at3 + c] = (light[at3 + c] ?? 0) - (still.ambient[at3 + c] ?? 0) * near;
  for (let i = 0; i < scene.lamps.length; i += 1) {
    const lamp = scene.lamps[i];
    const share = still.lampLight[i];
    if (lamp === undefined || share === undefined || (share[at3 + 1] ?? 0) < 0.004) continue;
    let seen = 1;
    for (const rod of mover.shade) seen = Math.min(seen, seenPast(rod, lamp, x, y, z));
    if (seen > 0.995) continue;
    for (let c = 0; c < 3; c += 1) {
      const floor = (still.ambient[at3 + c] ?? 0) * 0.3;
      light[at3 + c] = Math.max(floor, (light[at3 + c] ?? 0) - (share[at3 + c] ?? 0) * (1 - seen));
    }
  }
};

/** Light that a moving surface sends back; lamp by lamp as the mover's middle sees them. */
const shadeMover = (scene: Scene, world: World, lampSeen: number[], from: Ray, out: Float64Array): void => {
  const { solid, distance, nx, ny, nz } = world;
  if (solid === null) return;
  const x = from.ox + from.dx * distance;
  const y = from.oy + from.dy * distance;
  const z = from.oz + from.dz * distance;
  const color = solid.colorAt(x, y, z);
  const up = 0.5 + 0.5 * ny;
  const low = Math.min(1, 0.55 + Math.max(0, y) * 0.5);
  const glow = solid.material.glow ?? 0;
  const gloss = solid.material.gloss ?? 0;
  for (let c = 0; c < 3; c += 1) {
    const around = ((scene.skyLight[c] ?? 0) * up + (scene.groundLight[c] ?? 0) * (1 - up)) * low + glow;
    out[c] = (color[c] ?? 0) * around;
  }
  scene.lamps.forEach((lamp, i) => {
    const seen = lampSeen[i] ?? 0;
    const share = seen === 0 ? 0 : lampShare(lamp, x, y, z, nx, ny, nz) * seen;
    if (share === 0) return;
    const shine = gloss === 0 ? 0 : gloss * highlight(lamp, from, x, y, z, nx, ny, nz);
    for (let c = 0; c < 3; c += 1) out[c] = (out[c] ?? 0) + (lamp.color[c] ?? 0) * share * ((color[c] ?? 0) + shine);
  });
  if (gloss > 0) {
    const turned = -2 * (from.dx * nx + from.dy * ny + from.dz * nz);
    const sky = scene.sky(from.dx + turned * nx, Math.abs(from.dy + turned * ny), from.dz + turned * nz);
    for (let c = 0; c < 3; c += 1) out[c] = (out[c] ?? 0) + (sky[c] ?? 0) * gloss * 0.5;
  }
};

const highlight = (lamp: Lamp, from: Ray, x: number, y: number, z: number, nx: number, ny: number, nz: number): number => {
  const lx = lamp.at[0] - x;
  const ly = lamp.at[1] - y;
  const lz = lamp.at[2] - z;
  const far = Math.hypot(lx, ly, lz);
  const hx = lx / far - from.dx;
  const hy = ly / far - from.dy;
  const hz = lz / far - from.dz;
  return 1.2 * Math.max(0, (nx * hx + ny * hy + nz * hz) / Math.hypot(hx, hy, hz)) ** 60;
};

const out = new Float64Array(3);

const drawMirrored = (scene: Scene, still: Still, light: Float32Array, world: World, lampSeen: number[], low: Triple, high: Triple): void => {
  const w = windowOf(still, [low[0], -high[1], low[2]], [high[0], 0, high[2]]);
  if (w === null) return;
  for (let y = w.top; y < w.bottom; y += 1) {
    for (let x = w.left; x < w.right; x += 1) {
      const pixel = y * still.width + x;
      const mirror = still.gloss[pixel] ?? 0;
      if (mirror < 0.02 || (still.normalUp[pixel] ?? 0) < 0.9) continue;
      still.rays.aim(x + 0.5, y + 0.5, ray);
      const depth = still.depth[pixel] ?? 0;
      ray.ox += ray.dx * depth;
      ray.oy += ray.dy * depth;
      ray.oz += ray.dz * depth;
      ray.dy = -ray.dy;
      if (!world.first(ray, 60)) continue;
      const share = mirror * Math.exp(-world.distance * 0.35);
      shadeMover(scene, world, lampSeen, ray, out);
      for (let c = 0; c < 3; c += 1) light[pixel * 3 + c] = (light[pixel * 3 + c] ?? 0) * (1 - share) + (out[c] ?? 0) * share;
    }
  }
};

const looks = 3;
const drawMover = (scene: Scene, still: Still, light: Float32Array, world: World, lampSeen: number[], low: Triple, high: Triple): void => {
  const w = windowOf(still, low, high);
  if (w === null) return;
  for (let y = w.top; y < w.bottom; y += 1) {
    for (let x = w.left; x < w.right; x += 1) {
      const pixel = y * still.width + x;
      const behind = (still.depth[pixel] ?? 0) + 0.02;
      let red = 0;
      let green = 0;
      let blue = 0;
      let hits = 0;
      for (let i = 0; i < looks * looks; i += 1) {
        still.rays.aim(x + ((i % looks) + 0.5) / looks, y + (Math.floor(i / looks) + 0.5) / looks, ray);
        if (!world.first(ray, behind)) continue;
        shadeMover(scene, world, lampSeen, ray, out);
        hits += 1;
        red += out[0] ?? 0;
        green += out[1] ?? 0;
        blue += out[2] ?? 0;
      }
      if (hits === 0) continue;
      const rest = 1 - hits / (looks * looks);
      light[pixel * 3] = (light[pixel * 3] ?? 0) * rest + red / (looks * looks);
      light[pixel * 3 + 1] = (light[pixel * 3 + 1] ?? 0) * rest + green / (looks * looks);
      light[pixel * 3 + 2] = (light[pixel * 3 + 2] ?? 0) * rest + blue / (looks * looks);
    }
  }
};

/** Which share of each lamp reaches the mover past what stands still: a few looks from its axis. */
const lampsSeen = (scene: Scene, stillWorld: World, low: Triple, high: Triple): number[] =>
  scene.lamps.map((lamp) => {
    let seen = 0;
    for (const height of [0.35, 0.65, 0.95]) {
      const x = (low[0] + high[0]) / 2;
      const y = low[1] + (high[1] - low[1]) * height;
      const z = (low[2] + high[2]) / 2;
      const far = Math.hypot(lamp.at[0] - x, lamp.at[1] - y, lamp.at[2] - z);
      const to: Ray = { ox: x, oy: y, oz: z, dx: (lamp.at[0] - x) / far, dy: (lamp.at[1] - y) / far, dz: (lamp.at[2] - z) / far };
      if (!stillWorld.blocked(to, far - 0.1)) seen += 1 / 3;
    }
    return seen;
  });

export const composeFrame = (scene: Scene, stillWorld: World, still: Still, base: Float32Array, frame: number): Picture => {
  const light = Float32Array.from(base);
  const [cx, , cz] = scene.view.from;
  const movers = scene.movers(frame).map((mover) => {
    const { low, high } = boundsOf(mover);
    return { mover, low, high, world: new World(mover.solids), far: Math.hypot((low[0] + high[0]) / 2 - cx, (low[2] + high[2]) / 2 - cz) };
  });
  movers.sort((a, b) => b.far - a.far);
  for (const { mover } of movers) takeLight(scene, still, light, mover);
  const seen = movers.map(({ low, high }) => lampsSeen(scene, stillWorld, low, high));
  movers.forEach((m, i) => drawMirrored(scene, still, light, m.world, seen[i] ?? [], m.low, m.high));
  movers.forEach((m, i) => drawMover(scene, still, light, m.world, seen[i] ?? [], m.low, m.high));
  const picture: Picture = { width: still.width, height: still.height, light, project: (at) => still.rays.project(at) };
  scene.over?.(frame, picture);
  return picture;
};
