/** The shapes that scenes are built of, and where a ray meets them. Metres; y is up; colours are linear light. */
export type Triple = readonly [number, number, number];

export interface Material {
  color: Triple;
  /** Light that the surface gives by itself. */
  glow?: number;
  /** How much of a mirror it is when looked at straight, 0–1; grazing looks mirror more. */
  gloss?: number;
  /** Colour by place, in place of `color`: x, y, z in the shape's own coordinates. */
  pattern?: (x: number, y: number, z: number) => Triple;
}

export interface Ray {
  ox: number;
  oy: number;
  oz: number;
  dx: number;
  dy: number;
  dz: number;
}

/** Result of the last successful `hit`; one object for all, because millions are needed. */
export const met = { nx: 0, ny: 0, nz: 0 };

export interface Solid {
  material: Material;
  low: Triple;
  high: Triple;
  /** Distance along the ray, or Infinity; writes the normal to `met` when it is nearer than `limit`. */
  hit(ray: Ray, limit: number): number;
  colorAt(x: number, y: number, z: number): Triple;
}

const near = 1e-4;

/** A convex body: the points behind all its planes (nx, ny, nz, distance), turned by `yaw` and put at `at`. */
export class Convex implements Solid {
  readonly material: Material;
  readonly low: Triple;
  readonly high: Triple;
  readonly #planes: Float64Array;
  readonly #at: Triple;
  readonly #cos: number;
  readonly #sin: number;

  constructor(planes: readonly (readonly [number, number, number, number])[], size: Triple, at: Triple, yaw: number, material: Material) {
    this.material = material;
    this.#planes = Float64Array.from(
      planes.flatMap(([x, y, z, d]) => {
        const length = Math.hypot(x, y, z);
        return [x / length, y / length, z / length, d / length];
      }),
    );
    this.#at = at;
    this.#cos = Math.cos(yaw);
    this.#sin = Math.sin(yaw);
    const reachX = Math.abs(this.#cos) * size[0] + Math.abs(this.#sin) * size[2];
    const reachZ = Math.abs(this.#sin) * size[0] + Math.abs(this.#cos) * size[2];
    this.low = [at[0] - reachX, at[1] - size[1], at[2] - reachZ];
    this.high = [at[0] + reachX, at[1] + size[1], at[2] + reachZ];
  }

  hit(ray: Ray, limit: number): number {
    const c = this.#cos;
    const s = this.#sin;
    const px = ray.ox - this.#at[0];
    const pz = ray.oz - this.#at[2];
    const ox = c * px - s * pz;
    const oy = ray.oy - this.#at[1];
    const oz = s * px + c * pz;
    const dx = c * ray.dx - s * ray.dz;
    const dy = ray.dy;
    const dz = s * ray.dx + c * ray.dz;
    const p = this.#planes;
    let enter = near;
    let leave = limit;
    let by = -1;
    for (let i = 0; i < p.length; i += 4) {
      const nx = p[i] ?? 0;
      const ny = p[i + 1] ?? 0;
      const nz = p[i + 2] ?? 0;
      const toward = nx * dx + ny * dy + nz * dz;
      const above = nx * ox + ny * oy + nz * oz - (p[i + 3] ?? 0);
      if (toward < 0) {
        const t = -above / toward;
        if (t > enter) {
          enter = t;
          by = i;
        }
      } else if (above > 0) return Infinity;
      else if (toward > 0) leave = Math.min(leave, -above / toward);
      if (enter > leave) return Infinity;
    }
    if (by < 0) return Infinity;
    const nx = p[by] ?? 0;
    const nz = p[by + 2] ?? 0;
    met.nx = c * nx + s * nz;
    met.ny = p[by + 1] ?? 0;
    met.nz = c * nz - s * nx;
    return enter;
  }

  colorAt(x: number, y: number, z: number): Triple {
    const { pattern, color } = this.material;
    if (pattern === undefined) return color;
    const px = x - this.#at[0];
    const pz = z - this.#at[2];
    return pattern(this.#cos * px - this.#sin * pz, y - this.#at[1], this.#sin * px + this.#cos * pz);
  }
}

/** `size` are half lengths. */
export const box = (at: Triple, size: Triple, material: Material, yaw = 0): Convex =>
  new Convex(
    [
      [1, 0, 0, size[0]],
      [-1, 0, 0, size[0]],
      [0, 1, 0, size[1]],
      [0, -1, 0, size[1]],
      [0, 0, 1, size[2]],
      [0, 0, -1, size[2]],
    ],
    size,
    at,
    yaw,
    material,
  );

/** A box from its corners. */
export const block = (from: Triple, to: Triple, material: Material): Convex =>
  box(
    [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2],
    [Math.abs(to[0] - from[0]) / 2, Math.abs(to[1] - from[1]) / 2, Math.abs(to[2] - from[2]) / 2],
    material,
  );

/** A rod with round ends: limbs, pipes, posts. */
export class Capsule implements Solid {
  readonly material: Material;
  readonly low: Triple;
  readonly high: Triple;
  readonly a: Triple;
  readonly b: Triple;
  readonly radius: number;

  constructor(a: Triple, b: Triple, radius: number, material: Material) {
    this.a = a;
    this.b = b;
    this.radius = radius;
    this.material = material;
    this.low = [Math.min(a[0], b[0]) - radius, Math.min(a[1], b[1]) - radius, Math.min(a[2], b[2]) - radius];
    this.high = [Math.max(a[0], b[0]) + radius, Math.max(a[1], b[1]) + radius, Math.max(a[2], b[2]) + radius];
  }

  hit(ray: Ray, limit: number): number {
    const { a, b, radius: r } = this;
    const bax = b[0] - a[0];
    const bay = b[1] - a[1];
    const baz = b[2] - a[2];
    const oax = ray.ox - a[0];
    const oay = ray.oy - a[1];
    const oaz = ray.oz - a[2];
    const baba = bax * bax + bay * bay + baz * baz;
    const bard = bax * ray.dx + bay * ray.dy + baz * ray.dz;
    const baoa = bax * oax + bay * oay + baz * oaz;
    const rdoa = ray.dx * oax + ray.dy * oay + ray.dz * oaz;
    const oaoa = oax * oax + oay * oay + oaz * oaz;
    const qa = baba - bard * bard;
    const qb = baba * rdoa - baoa * bard;
    const qc = baba * oaoa - baoa * baoa - r * r * baba;
    let h = qb * qb - qa * qc;
    if (h < 0) return Infinity;
    let t = qa > 1e-9 ? (-qb - Math.sqrt(h)) / qa : -Infinity;
    let along = baoa + t * bard;
    if (!(along > 0 && along < baba)) {
      const end = along <= 0 || t === -Infinity ? 0 : 1;
      const ex = oax - end * bax;
      const ey = oay - end * bay;
      const ez = oaz - end * baz;
      const eb = ray.dx * ex + ray.dy * ey + ray.dz * ez;
      h = eb * eb - (ex * ex + ey * ey + ez * ez) + r * r;
      if (h <= 0) return Infinity;
      t = -eb - Math.sqrt(h);
      along = end * baba;
    }
    if (!(t > near && t < limit)) return Infinity;
    const k = along / Math.max(baba, 1e-9);
    met.nx = (oax + t * ray.dx - k * bax) / r;
    met.ny = (oay + t * ray.dy - k * bay) / r;
    met.nz = (oaz + t * ray.dz - k * baz) / r;
    return t;
  }

  colorAt(x: number, y: number, z: number): Triple {
    return this.material.pattern?.(x - this.a[0], y - this.a[1], z - this.a[2]) ?? this.material.color;
  }
}

/** Heads, wheels (flat ones), shrubs. `yaw` turns its x and z radii. */
export class Ellipsoid implements Solid {
  readonly material: Material;
  readonly low: Triple;
  readonly high: Triple;
  readonly #at: Triple;
  readonly #radii: Triple;
  readonly #cos: number;
  readonly #sin: number;

  constructor(at: Triple, radii: Triple, material: Material, yaw = 0) {
    this.#at = at;
    this.#radii = radii;
    this.material = material;
    this.#cos = Math.cos(yaw);
    this.#sin = Math.sin(yaw);
    const reach = Math.max(radii[0], radii[2]);
    this.low = [at[0] - reach, at[1] - radii[1], at[2] - reach];
    this.high = [at[0] + reach, at[1] + radii[1], at[2] + reach];
  }

  hit(ray: Ray, limit: number): number {
    const c = this.#cos;
    const s = this.#sin;
    const [rx, ry, rz] = this.#radii;
    const px = ray.ox - this.#at[0];
    const pz = ray.oz - this.#at[2];
    const ox = (c * px - s * pz) / rx;
    const oy = (ray.oy - this.#at[1]) / ry;
    const oz = (s * px + c * pz) / rz;
    const dx = (c * ray.dx - s * ray.dz) / rx;
    const dy = ray.dy / ry;
    const dz = (s * ray.dx + c * ray.dz) / rz;
    const qa = dx * dx + dy * dy + dz * dz;
    const qb = ox * dx + oy * dy + oz * dz;
    const h = qb * qb - qa * (ox * ox + oy * oy + oz * oz - 1);
    if (h < 0) return Infinity;
    const t = (-qb - Math.sqrt(h)) / qa;
    if (!(t > near && t < limit)) return Infinity;
    const nx = (ox + t * dx) / rx;
    const ny = (oy + t * dy) / ry;
    const nz = (oz + t * dz) / rz;
    const length = Math.hypot(nx, ny, nz);
    met.nx = (c * nx + s * nz) / length;
    met.ny = ny / length;
    met.nz = (c * nz - s * nx) / length;
    return t;
  }

  colorAt(x: number, y: number, z: number): Triple {
    return this.material.pattern?.(x - this.#at[0], y - this.#at[1], z - this.#at[2]) ?? this.material.color;
  }
}
