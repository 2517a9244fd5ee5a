/**
 * Pictures of a scene. What stands still is traced once, with soft shadows and a share of every lamp kept apart for each pixel; each frame
 * then only takes the light away where something that moves stands before a lamp, mirrors it in polished floors, and traces what moves.
 */
import type { Capsule, Ray, Solid, Triple } from './solids.ts';
import { World } from './world.ts';

export interface Lamp {
  at: Triple;
  radius: number;
  color: Triple;
  /** A cone: where it points, and the cosine of its half angle. */
  spot?: { to: Triple; cos: number };
}

export interface View {
  from: Triple;
  to: Triple;
  /** Horizontal, degrees */
  fieldDegrees: number;
}

export interface Scene {
  view: View;
  still: Solid[];
  lamps: Lamp[];
  /** Light from everywhere: from above, from below. */
  skyLight: Triple;
  groundLight: Triple;
  /** What a ray sees that meets nothing. */
  sky: (dx: number, dy: number, dz: number) => Triple;
  exposure: number;
  /** Distance at which haze hides half; 0 for none. */
  hazeMetres?: number;
  movers: (frame: number) => Mover[];
  /** Lamps that come and go (a flashing light, a departure board) drawn over the finished picture. */
  over?: (frame: number, picture: Picture) => void;
}

/** Something that moves: its shapes, and the simpler rods that throw its shadow. */
export interface Mover {
  solids: Solid[];
  shade: Capsule[];
}

export interface Picture {
  width: number;
  height: number;
  /** Linear light, r g b */
  light: Float32Array;
  project: (at: Triple) => { x: number; y: number; depth: number };
}

export interface Still {
  width: number;
  height: number;
  ambient: Float32Array;
  lampLight: Float32Array[];
  depth: Float32Array;
  normalUp: Float32Array;
  gloss: Float32Array;
  rays: Rays;
}

export interface Rays {
  aim(x: number, y: number, ray: Ray): void;
  project(at: Triple): { x: number; y: number; depth: number };
}

let seed = 1;
/** Repeatable, so that a scene encoded again is the same. */
const chance = (): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

const unit = (x: number, y: number, z: number): [number, number, number] => {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
};

export const raysOf = (view: View, width: number, height: number): Rays => {
  const [fx, fy, fz] = unit(view.to[0] - view.from[0], view.to[1] - view.from[1], view.to[2] - view.from[2]);
  const [rx, , rz] = unit(fz, 0, -fx);
  const ux = rz * fy;
  const uy = rx * fz - rz * fx;
  const uz = -rx * fy;
  const focal = width / 2 / Math.tan((view.fieldDegrees * Math.PI) / 360);
  return {
    aim: (x, y, ray) => {
      const a = (x - width / 2) / focal;
      const b = -(y - height / 2) / focal;
      const dx = fx + a * rx + b * ux;
      const dy = fy + b * uy;
      const dz = fz + a * rz + b * uz;
      const length = Math.hypot(dx, dy, dz);
      ray.ox = view.from[0];
      ray.oy = view.from[1];
      ray.oz = view.from[2];
      ray.dx = dx / length;
      ray.dy = dy / length;
      ray.dz = dz / length;
    },
    project: (at) => {
      const px = at[0] - view.from[0];
      const py = at[1] - view.from[1];
      const pz = at[2] - view.from[2];
      const depth = px * fx + py * fy + pz * fz;
      const scale = focal / Math.max(depth, 0.05);
      return { x: width / 2 + (px * rx + pz * rz) * scale, y: height / 2 - (px * ux + py * uy + pz * uz) * scale, depth };
    },
  };
};

/** What a lamp gives to a surface, shadows apart. */
export const lampShare = (lamp: Lamp, x: number, y: number, z: number, nx: number, ny: number, nz: number): number => {
  const lx = lamp.at[0] - x;
  const ly = lamp.at[1] - y;
  const lz = lamp.at[2] - z;
  const far2 = lx * lx + ly * ly + lz * lz;
  const far = Math.sqrt(far2);
  const facing = (nx * lx + ny * ly + nz * lz) / far;
  if (facing <= 0) return 0;
  if (lamp.spot === undefined) return facing / (far2 + 0.3);
  const [sx, sy, sz] = unit(lamp.spot.to[0] - lamp.at[0], lamp.spot.to[1] - lamp.at[1], lamp.spot.to[2] - lamp.at[2]);
  const along = -(sx * lx + sy * ly + sz * lz) / far;
  const edge = Math.min(1, Math.max(0, (along - lamp.spot.cos) / (1 - lamp.spot.cos) / 0.6));
  return (facing * edge * edge * (3 - 2 * edge)) / (far2 + 0.3);
};

const shadowRay: Ray = { ox: 0, oy: 0, oz: 0, dx: 0, dy: 0, dz: 0 };

const lampReaches = (world: World, lamp: Lamp, x: number, y: number, z: number): boolean => {
  const lx = lamp.at[0] + (chance() * 2 - 1) * lamp.radius - x;
  const ly = lamp.at[1] + (chance() * 2 - 1) * lamp.radius - y;
  const lz = lamp.at[2] + (chance() * 2 - 1) * lamp.radius - z;
  const far = Math.sqrt(lx * lx + ly * ly + lz * lz);
  shadowRay.ox = x;
  shadowRay.oy = y;
  shadowRay.oz = z;
  shadowRay.dx = lx / far;
  shadowRay.dy = ly / far;
  shadowRay.dz = lz / far;
  return !world.blocked(shadowRay, far - 0.05);
};

/** Share of the sky that a corner sees; one random look. */
const openness = (world: World, x: number, y: number, z: number, nx: number, ny: number, nz: number): number => {
  const rx = chance() * 2 - 1;
  const ry = chance() * 2 - 1;
  const rz = chance() * 2 - 1;
  const r = Math.sqrt(rx * rx + ry * ry + rz * rz) + 1e-6;
  const dx = nx * 1.02 + rx / r;
  const dy = ny * 1.02 + ry / r;
  const dz = nz * 1.02 + rz / r;
  const length = Math.sqrt(dx * dx + dy * dy + dz * dz);
  shadowRay.ox = x;
  shadowRay.oy = y;
  shadowRay.oz = z;
  shadowRay.dx = dx / length;
  shadowRay.dy = dy / length;
  shadowRay.dz = dz / length;
  return world.blocked(shadowRay, 2.2) ? 0.25 : 1;
};

/** Adds one look along `ray` to the sums of a pixel; `weight` is its share. */
const look = (scene: Scene, world: World, ray: Ray, still: Still, pixel: number, weight: number, depthLeft: number): void => {
  const at3 = pixel * 3;
  const primary = depthLeft === 1;
  if (!world.first(ray, 200)) {
    const sky = scene.sky(ray.dx, ray.dy, ray.dz);
    for (let c = 0; c < 3; c += 1) still.ambient[at3 + c] = (still.ambient[at3 + c] ?? 0) + (sky[c] ?? 0) * weight;
    if (primary) still.depth[pixel] = Math.max(still.depth[pixel] ?? 0, 200);
    return;
  }
  const { distance, solid, nx, ny, nz } = world;
  if (solid === null) return;
  const x = ray.ox + ray.dx * distance;
  const y = ray.oy + ray.dy * distance;
  const z = ray.oz + ray.dz * distance;
  const { material } = solid;
  const color = solid.colorAt(x, y, z);
  const gloss = material.gloss ?? 0;
  const looked = -(ray.dx * nx + ray.dy * ny + ray.dz * nz);
  const mirror = gloss === 0 ? 0 : gloss + (0.85 - gloss) * gloss * 2 * (1 - looked) ** 4;
  if (primary) {
    still.depth[pixel] = Math.max(still.depth[pixel] ?? 0, distance);
    still.normalUp[pixel] = ny;
    still.gloss[pixel] = mirror;
  }
  const [sx, sy, sz] = [x + nx * 2e-3, y + ny * 2e-3, z + nz * 2e-3];
  const up = 0.5 + 0.5 * ny;
  const open = openness(world, sx, sy, sz, nx, ny, nz);
  const own = weight * (1 - mirror);
  for (let c = 0; c < 3; c += 1) {
    const around = ((scene.skyLight[c] ?? 0) * up + (scene.groundLight[c] ?? 0) * (1 - up)) * open + (material.glow ?? 0);
    still.ambient[at3 + c] = (still.ambient[at3 + c] ?? 0) + (color[c] ?? 0) * around * own;
  }
  scene.lamps.forEach((lamp, i) => {
    const share = lampShare(lamp, x, y, z, nx, ny, nz);
    const sums = still.lampLight[i];
    if (share * lamp.color[1] < 4e-3 || sums === undefined || !lampReaches(world, lamp, sx, sy, sz)) return;
    for (let c = 0; c < 3; c += 1) sums[at3 + c] = (sums[at3 + c] ?? 0) + (color[c] ?? 0) * (lamp.color[c] ?? 0) * share * own;
  });
  if (mirror > 0.01 && depthLeft > 0) look(scene, world, mirrored(ray, nx, ny, nz, looked, sx, sy, sz), still, pixel, weight * mirror, 0);
};

const mirrored = (ray: Ray, nx: number, ny: number, nz: number, looked: number, ox: number, oy: number, oz: number): Ray => {
  // A polished floor is not a mirror: each look is scattered a little, which blurs what is far from its foot.
  const rough = 0.03;
  const [dx, dy, dz] = unit(
    ray.dx + 2 * looked * nx + (chance() - 0.5) * rough,
    ray.dy + 2 * looked * ny + (chance() - 0.5) * rough,
    ray.dz + 2 * looked * nz + (chance() - 0.5) * rough,
  );
  return { ox, oy, oz, dx, dy, dz };
};

/** Traces what stands still; `looks` squared looks for each pixel. */
export const traceStill = (scene: Scene, width: number, height: number, looks: number): Still => {
  seed = 7;
  const pixels = width * height;
  const still: Still = {
    width,
    height,
    ambient: new Float32Array(pixels * 3),
    lampLight: scene.lamps.map(() => new Float32Array(pixels * 3)),
    depth: new Float32Array(pixels),
    normalUp: new Float32Array(pixels),
    gloss: new Float32Array(pixels),
    rays: raysOf(scene.view, width, height),
  };
  const world = new World(scene.still);
  const ray: Ray = { ox: 0, oy: 0, oz: 0, dx: 0, dy: 0, dz: 0 };
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const x = pixel % width;
    const y = Math.floor(pixel / width);
    for (let i = 0; i < looks * looks; i += 1) {
      still.rays.aim(x + ((i % looks) + chance()) / looks, y + (Math.floor(i / looks) + chance()) / looks, ray);
      look(scene, world, ray, still, pixel, 1 / (looks * looks), 1);
    }
  }
  return still;
};
