/** Ways through a scene. Every way is repeated each loop, so a loop joins its own beginning. */
import { sceneFrames, sceneFramesPerSecond } from './catalogue.ts';
import type { Stance } from './figures.ts';

export const loopSeconds = sceneFrames / sceneFramesPerSecond;

export interface Point {
  x: number;
  z: number;
  /** Stands here for so long, seconds */
  wait?: number;
}

interface Leg {
  from: number;
  until: number;
  a: Point;
  b: Point;
  walkedBefore: number;
  length: number;
}

const legsOf = (points: readonly Point[], speed: number): Leg[] => {
  const legs: Leg[] = [];
  let at = 0;
  let walked = 0;
  points.forEach((a, i) => {
    if (a.wait !== undefined) legs.push({ from: at, until: (at += a.wait), a, b: a, walkedBefore: walked, length: 0 });
    const b = points[i + 1];
    if (b === undefined) return;
    const length = Math.hypot(b.x - a.x, b.z - a.z);
    legs.push({ from: at, until: (at += length / speed), a, b, walkedBefore: walked, length });
    walked += length;
  });
  return legs;
};

/** Where somebody on this way is at `second` of the loop; null before and after. They must come and go out of sight. */
export const way = (points: readonly Point[], startSecond: number, speed = 1.25): ((second: number) => Stance | null) => {
  const legs = legsOf(points, speed);
  const total = legs.at(-1)?.until ?? 0;
  const placeAt = (t: number): { x: number; z: number; walked: number; moves: boolean } => {
    const leg = legs.find((l) => t < l.until) ?? legs.at(-1);
    if (leg === undefined) return { x: 0, z: 0, walked: 0, moves: false };
    const k = Math.min(1, Math.max(0, (t - leg.from) / Math.max(1e-6, leg.until - leg.from)));
    return {
      x: leg.a.x + (leg.b.x - leg.a.x) * k,
      z: leg.a.z + (leg.b.z - leg.a.z) * k,
      walked: leg.walkedBefore + leg.length * k,
      moves: leg.length > 0,
    };
  };
  return (second) => {
    const t = (((second - startSecond) % loopSeconds) + loopSeconds) % loopSeconds;
    if (t >= total) return null;
    // Corners are cut and the heading turns gently: the mean of a few moments around now.
    const around = [-0.45, -0.3, -0.15, 0, 0.15, 0.3, 0.45].map((d) => placeAt(Math.min(total - 1e-3, Math.max(0, t + d))));
    const mean = (pick: (p: (typeof around)[number]) => number): number => around.reduce((sum, p) => sum + pick(p), 0) / around.length;
    let heading = 0;
    for (let back = 0; back <= t + 1; back += 0.3) {
      const now = placeAt(Math.min(total - 1e-3, t + 0.45 - back));
      const before = placeAt(Math.max(0, t - 0.45 - back));
      if (Math.hypot(now.x - before.x, now.z - before.z) < 0.05) continue;
      heading = Math.atan2(now.x - before.x, now.z - before.z);
      break;
    }
    return { x: mean((p) => p.x), z: mean((p) => p.z), heading, walked: mean((p) => p.walked), pace: mean((p) => (p.moves ? 1 : 0)) };
  };
};
