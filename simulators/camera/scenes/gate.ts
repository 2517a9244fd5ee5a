/** 东大门 at night: a barrier, a guard hut with light inside, lamp posts on wet asphalt, cars and people passing. */
import { carAt, personAt, type Car, type Person, type Stance } from './figures.ts';
import { halo } from './halo.ts';
import { loopSeconds, way } from './paths.ts';
import type { Mover, Scene } from './render.ts';
import { sceneFramesPerSecond } from './catalogue.ts';
import { block, box, Capsule, Ellipsoid, type Material, type Solid, type Triple } from './solids.ts';

const asphalt: Material = {
  color: [0.06, 0.06, 0.062],
  gloss: 0.075,
  pattern: (x, _y, z) => {
    const grain = 0.9 + 0.06 * Math.sin(x * 3.1 + Math.sin(z * 1.7) * 2) + 0.05 * Math.sin(z * 5.3 + x);
    const wet = 0.8 + 0.2 * Math.sin(x * 0.55 + 1.4 * Math.sin(z * 0.31));
    const paint = (Math.abs(x - 0.1) < 0.07 && (z + 60) % 3 < 1.7) || Math.abs(Math.abs(x) - 5.6) < 0.07 || (Math.abs(z - 10.6 + 10) < 0.22 && x > 0.3 && x < 5.4);
    const level = paint ? 0.5 : 0.062 * grain * wet;
    return [level, level, level * 1.04];
  },
};

const paving: Material = {
  color: [0.16, 0.15, 0.14],
  pattern: (x, _y, z) => {
    const shade = ((Math.floor(x * 2.5) + Math.floor(z * 2.5)) & 1) === 0 ? 1 : 0.86;
    return [0.16 * shade, 0.15 * shade, 0.14 * shade];
  },
};

const hut = (still: Solid[]): void => {
  const wall: Material = { color: [0.5, 0.5, 0.48] };
  const frame: Material = { color: [0.06, 0.065, 0.07], gloss: 0.04 };
  const inside: Material = { color: [1, 0.86, 0.62], glow: 1.5, pattern: (x, y, z) => (y < -0.22 && Math.abs(x + z) < 0.5 ? [0.25, 0.2, 0.16] : [1, 0.86 + y * 0.08, 0.62 + y * 0.1]) };
  still.push(block([-9, 0, 11.4], [-6.3, 1, 14.6], wall), block([-8.9, 1, 11.5], [-6.4, 2.35, 14.5], inside));
  for (const [x, z] of [[-9, 11.4], [-6.42, 11.4], [-9, 14.48], [-6.42, 14.48], [-6.42, 13], [-7.7, 11.4]] as const) {
    still.push(block([x, 1, z], [x + 0.12, 2.35, z + 0.12], frame));
  }
  still.push(block([-9.5, 2.35, 10.9], [-5.8, 2.58, 15.1], frame), block([-9.45, 2.58, 10.95], [-5.85, 2.66, 15.05], { color: [0.05, 0.16, 0.4], glow: 0.5 }));
  still.push(...personAt({ coat: [0.02, 0.03, 0.07], trousers: [0.02, 0.02, 0.03] }, { x: -6.05, z: 10.1, heading: 2.4, walked: 0, pace: 0 }).solids);
};

const surroundings = (still: Solid[]): void => {
  const stone: Material = { color: [0.3, 0.28, 0.26] };
  const steel: Material = { color: [0.1, 0.105, 0.11], gloss: 0.05 };
  still.push(block([-40, -0.3, -15], [40, 0, 80], asphalt));
  still.push(block([-30, 0, -15], [-5.9, 0.13, 60], paving), block([5.9, 0, -15], [30, 0.13, 60], paving));
  // Gate posts, wall with railings, and a lit sign over the way in.
  for (const side of [-1, 1]) {
    still.push(block([side * 5.9, 0, 15.6], [side * 7.3, 5, 17], stone), block([side * 5.7, 5, 15.4], [side * 7.5, 5.3, 17.2], stone));
    still.push(block([side * 7.3, 0, 16.1], [side * 26, 1.1, 16.5], stone));
    for (let x = 7.6; x < 24; x += 0.32) still.push(block([side * x - 0.02, 1.1, 16.26], [side * x + 0.02, 2.3, 16.3], steel));
    still.push(block([side * 7.3, 2.26, 16.24], [side * 24, 2.32, 16.32], steel));
  }
  still.push(block([-5.9, 4.3, 15.9], [5.9, 5.3, 16.7], steel));
  for (let i = 0; i < 5; i += 1) still.push(...sign(-3.4 + i * 1.7, i));
  // The building behind, some windows lit.
  const front: Material = {
    color: [0.16, 0.16, 0.17],
    glow: 0.32,
    pattern: (x, y) => {
      const column = Math.floor((x + 60) / 2.6);
      const row = Math.floor((y + 30) / 3.1);
      const inPane = (x + 60) / 2.6 - column > 0.28 && (y + 30) / 3.1 - row > 0.4;
      const lit = Math.sin(column * 91.7 + row * 37.3) > 0.42;
      return inPane ? (lit ? [0.95, 0.72, 0.4] : [0.02, 0.026, 0.04]) : [0.06, 0.062, 0.07];
    },
  };
  still.push(block([-24, 0, 46], [18, 15, 50], front));
  for (const [x, z, r] of [[-12.5, 22, 1.9], [11.5, 23, 2.1], [16, 13, 1.6], [-15, 13, 1.8], [13.5, 31, 2.4], [-11, 33, 2.3]] as const) {
    still.push(new Capsule([x, 0, z], [x, r * 1.4, z], 0.16, { color: [0.09, 0.065, 0.05] }));
    for (let i = 0; i < 9; i += 1) {
      const a = i * 2.4;
      still.push(new Ellipsoid([x + Math.cos(a) * r * 0.55, r * (1.75 + 0.24 * Math.sin(i * 3.7)), z + Math.sin(a) * r * 0.55], [r * 0.62, r * 0.5, r * 0.62], { color: [0.045, 0.085 + 0.015 * (i % 3), 0.04] }));
    }
  }
};

/** Five square characters in light over the gate, as seen from too far away to read. */
const sign = (x: number, which: number): Solid[] => {
  const glow: Material = { color: [1, 0.32, 0.16], glow: 1.6 };
  const bars = [[0, 0.3, 0.5, 0.05], [0, 0, 0.5, 0.05], [0, -0.3, 0.5, 0.05], [-0.22, 0, 0.05, 0.35], [0.2, 0, 0.05, 0.35], [0, 0, 0.05, 0.36]] as const;
  return bars.filter((_, i) => i !== which % 6).map(([dx, dy, wide, high]) => box([x + dx, 4.8 + dy, 15.84], [wide / 2, high, 0.03].map((s, i) => (i === 1 && high === 0.05 ? 0.035 : s)) as [number, number, number], glow));
};

const lampPosts = [[-7.2, 3], [7.2, 9], [-7.6, 24], [7.6, 30]] as const;

const posts = (still: Solid[]): void => {
  const steel: Material = { color: [0.12, 0.125, 0.13], gloss: 0.05 };
  for (const [x, z] of lampPosts) {
    const inward = x < 0 ? 1 : -1;
    still.push(new Capsule([x, 0, z], [x, 6.4, z], 0.08, steel), new Capsule([x, 6.4, z], [x + inward * 1.6, 6.7, z], 0.05, steel));
    still.push(box([x + inward * 1.8, 6.66, z], [0.42, 0.05, 0.14], { color: [1, 0.82, 0.55], glow: 9 }));
  }
};

/** How far the barrier is up, 0–1, over the loop: it opens for each car. */
const barrierAt = (second: number): number => {
  const between = (from: number, until: number): number => Math.min(1, Math.max(0, Math.min((second - from) / 1.3, (until - second) / 1.3)));
  return Math.max(between(3.6, 8.4), between(14.6, 19.4));
};

const barrier = (second: number): Mover => {
  const open = barrierAt(second);
  const angle = (open * open * (3 - 2 * open) * 82 * Math.PI) / 180;
  const striped: Material = { color: [0.7, 0.7, 0.7], pattern: (x, y) => (Math.floor(Math.hypot(x, y) / 0.55) % 2 === 0 ? [0.72, 0.07, 0.05] : [0.75, 0.75, 0.73]) };
  const foot: Triple = [-5.4, 1, 10];
  const arm = new Capsule(foot, [foot[0] + 5 * Math.cos(angle), foot[1] + 5 * Math.sin(angle), 10], 0.06, striped);
  const signal: Material = { color: open > 0.5 ? [0.1, 1, 0.35] : [1, 0.1, 0.06], glow: 3 };
  return { solids: [arm, block([-5.7, 0, 9.75], [-5.2, 1.15, 10.25], { color: [0.7, 0.42, 0.04] }), new Ellipsoid([-5.45, 1.28, 10], [0.09, 0.09, 0.09], signal)], shade: [arm] };
};

interface Drive {
  car: Car;
  at: (second: number) => { x: number; z: number; heading: number; slow: boolean } | null;
}

/** In by the left lane: up to the barrier, a stop, then through and away under the gate. */
const driveIn = (start: number, car: Car): Drive => ({
  car,
  at: (second) => {
    const t = second - start;
    if (t < 0 || t > 10) return null;
    const halt = 6.2;
    const ease = (k: number): number => 1 - (1 - k) ** 2;
    const z = t < 3 ? -9 + (halt + 9) * ease(t / 3) : t < 5 ? halt : halt + 1.55 * (t - 5) ** 2 + 0.4 * (t - 5);
    return z > 60 ? null : { x: -2.7, z, heading: 0, slow: t > 0.8 && t < 5 };
  },
});
const driveOut = (start: number, car: Car): Drive => ({
  car,
  at: (second) => {
    const t = (second - start + loopSeconds) % loopSeconds;
    return t > 9 ? null : { x: 2.8, z: 58 - 7.6 * t, heading: Math.PI, slow: false };
  },
});

const drives: Drive[] = [
  driveIn(0.3, { paint: [0.34, 0.35, 0.37], lit: true }),
  driveIn(11.3, { paint: [0.42, 0.42, 0.4], lit: true, kind: 'van' }),
  driveOut(6.5, { paint: [0.16, 0.02, 0.025], lit: true }),
];

const walkers: { person: Person; at: (second: number) => Stance | null }[] = [
  { person: { coat: [0.26, 0.09, 0.06], trousers: [0.04, 0.05, 0.08], carries: 'bag' }, at: way([{ x: 8.4, z: 44 }, { x: 7.9, z: 20 }, { x: 6.6, z: 13 }, { x: 7.4, z: -3 }], 2, 2.1) },
  { person: { coat: [0.2, 0.22, 0.26], trousers: [0.03, 0.03, 0.04], carries: 'rucksack', height: 1.78 }, at: way([{ x: 8.2, z: -3 }, { x: 7.4, z: 8 }, { x: 7.7, z: 42 }], 9.5, 3.1) },
  { person: { coat: [0.4, 0.5, 0.06], trousers: [0.02, 0.02, 0.04], height: 1.75 }, at: way([{ x: -6.2, z: 15.2 }, { x: -4.7, z: 8.9, wait: 3 }, { x: -4.6, z: 7.6, wait: 1.2 }, { x: -6.3, z: 15.4 }], 12.2, 1.6) },
];

export const gate = (): Scene => {
  const still: Solid[] = [];
  surroundings(still);
  hut(still);
  posts(still);
  const sodium: Triple = [30, 22.5, 13.5];
  return {
    view: { from: [1.2, 6.1, -7.5], to: [-0.9, 1.1, 12], fieldDegrees: 66 },
    still,
    lamps: [
      ...lampPosts.map(([x, z]) => ({ at: [x + (x < 0 ? 1.8 : -1.8), 6.5, z] as Triple, radius: 0.3, color: sodium })),
      { at: [-6, 2.2, 11], radius: 0.5, color: [4.2, 3.4, 2.3] },
    ],
    skyLight: [0.075, 0.09, 0.135],
    groundLight: [0.05, 0.045, 0.04],
    sky: (_dx, dy) => [0.035 + 0.05 * (1 - dy) ** 8, 0.042 + 0.045 * (1 - dy) ** 8, 0.075 + 0.03 * (1 - dy) ** 8],
    exposure: 1.55,
    movers: (frame) => {
      const second = (frame / sceneFramesPerSecond) % loopSeconds;
      const cars = drives.flatMap(({ car, at }) => {
        const place = at(second);
        return place === null ? [] : [carAt({ ...car, brakes: place.slow }, place.x, place.z, place.heading)];
      });
      const people = walkers.flatMap(({ person, at }) => {
        const stance = at(second);
        return stance === null ? [] : [personAt(person, stance)];
      });
      return [barrier(second), ...cars, ...people];
    },
    over: (frame, picture) => {
      const second = (frame / sceneFramesPerSecond) % loopSeconds;
      for (const [x, z] of lampPosts) halo(picture, [x + (x < 0 ? 1.8 : -1.8), 6.6, z], 0.9, [0.5, 0.38, 0.22]);
      for (const { at } of drives) {
        const place = at(second);
        if (place === null) continue;
        const ahead = place.heading === 0 ? 1 : -1;
        if (ahead < 0) for (const side of [-0.6, 0.6]) halo(picture, [place.x + side, 0.68, place.z + ahead * 2.35], 0.75, [0.9, 0.85, 0.7]);
        else if (place.slow) for (const side of [-0.65, 0.65]) halo(picture, [place.x + side, 0.75, place.z - 2.3], 0.5, [0.5, 0.03, 0.02]);
        if (place.z > -2) halo(picture, [place.x, 0.05, place.z + ahead * 6], 3, [0.16, 0.15, 0.12], 0.32);
      }
    },
  };
};
