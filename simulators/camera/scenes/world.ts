/** Which solid a ray meets first: a tree of bounding boxes, halved at the median of the longest side. */
import { met, type Ray, type Solid } from './solids.ts';

interface Node {
  lowX: number;
  lowY: number;
  lowZ: number;
  highX: number;
  highY: number;
  highZ: number;
  solids: Solid[] | null;
  left: Node | null;
  right: Node | null;
}

const build = (solids: Solid[]): Node => {
  const low = [0, 1, 2].map((axis) => Math.min(...solids.map((solid) => solid.low[axis] ?? 0)));
  const high = [0, 1, 2].map((axis) => Math.max(...solids.map((solid) => solid.high[axis] ?? 0)));
  const [lowX = 0, lowY = 0, lowZ = 0] = low;
  const [highX = 0, highY = 0, highZ = 0] = high;
  const around = { lowX, lowY, lowZ, highX, highY, highZ };
  if (solids.length <= 3) return { ...around, solids, left: null, right: null };
  const lengths = low.map((from, axis) => (high[axis] ?? 0) - from);
  const axis = lengths.indexOf(Math.max(...lengths));
  const middle = (solid: Solid): number => (solid.low[axis] ?? 0) + (solid.high[axis] ?? 0);
  const sorted = [...solids].sort((a, b) => middle(a) - middle(b));
  const half = sorted.length >> 1;
  return { ...around, solids: null, left: build(sorted.slice(0, half)), right: build(sorted.slice(half)) };
};

export class World {
  readonly solids: readonly Solid[];
  /** Floors and walls would stretch every box of the tree: they are asked apart. */
  readonly #wide: readonly Solid[];
  readonly #root: Node | null;
  /** Of the last `first` that met something. */
  distance = Infinity;
  solid: Solid | null = null;
  nx = 0;
  ny = 0;
  nz = 0;

  constructor(solids: readonly Solid[]) {
    this.solids = solids;
    const wide = (solid: Solid): boolean => [0, 1, 2].filter((axis) => (solid.high[axis] ?? 0) - (solid.low[axis] ?? 0) > 5).length >= 2;
    const small = solids.filter((solid) => !wide(solid));
    this.#wide = solids.filter(wide);
    this.#root = small.length === 0 ? null : build(small);
  }

  #inverseX = 0;
  #inverseY = 0;
  #inverseZ = 0;

  #begin(ray: Ray, limit: number): void {
    this.#inverseX = 1 / ray.dx;
    this.#inverseY = 1 / ray.dy;
    this.#inverseZ = 1 / ray.dz;
    this.distance = limit;
    this.solid = null;
  }

  #misses(node: Node, ray: Ray): boolean {
    const x0 = (node.lowX - ray.ox) * this.#inverseX;
    const x1 = (node.highX - ray.ox) * this.#inverseX;
    const y0 = (node.lowY - ray.oy) * this.#inverseY;
    const y1 = (node.highY - ray.oy) * this.#inverseY;
    const z0 = (node.lowZ - ray.oz) * this.#inverseZ;
    const z1 = (node.highZ - ray.oz) * this.#inverseZ;
    let enter = x0 < x1 ? x0 : x1;
    let leave = x0 < x1 ? x1 : x0;
    const enterY = y0 < y1 ? y0 : y1;
    const leaveY = y0 < y1 ? y1 : y0;
    if (enterY > enter) enter = enterY;
    if (leaveY < leave) leave = leaveY;
    const enterZ = z0 < z1 ? z0 : z1;
    const leaveZ = z0 < z1 ? z1 : z0;
    if (enterZ > enter) enter = enterZ;
    if (leaveZ < leave) leave = leaveZ;
    return enter > leave || leave < 0 || enter > this.distance;
  }

  first(ray: Ray, limit: number): boolean {
    this.#begin(ray, limit);
    this.#ask(this.#wide, ray, false);
    if (this.#root !== null) this.#visit(this.#root, ray, false);
    return this.solid !== null;
  }

  blocked(ray: Ray, limit: number): boolean {
    this.#begin(ray, limit);
    if (this.#root !== null) this.#visit(this.#root, ray, true);
    if (this.solid === null) this.#ask(this.#wide, ray, true);
    return this.solid !== null;
  }

  #visit(node: Node, ray: Ray, any: boolean): void {
    if (this.#misses(node, ray)) return;
    if (node.solids === null) {
      if (node.left !== null) this.#visit(node.left, ray, any);
      if (any && this.solid !== null) return;
      if (node.right !== null) this.#visit(node.right, ray, any);
      return;
    }
    this.#ask(node.solids, ray, any);
  }

  #ask(solids: readonly Solid[], ray: Ray, any: boolean): void {
    for (const solid of solids) {
      // A lamp's own body must not shade the light that stands for it.
      if (any && (solid.material.glow ?? 0) > 0) continue;
      const t = solid.hit(ray, this.distance);
      if (t >= this.distance) continue;
      this.distance = t;
      this.solid = solid;
      this.nx = met.nx;
      this.ny = met.ny;
      this.nz = met.nz;
      if (any) return;
    }
  }
}
