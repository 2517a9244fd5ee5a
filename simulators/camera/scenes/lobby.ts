/** 一楼大厅: stone floor that mirrors, a reception desk with somebody behind it, lift doors that open, people who come and go. */
import { personAt, type Person, type Stance } from './figures.ts';
import { loopSeconds, way } from './paths.ts';
import type { Mover, Scene } from './render.ts';
import { sceneFramesPerSecond } from './catalogue.ts';
import { block, box, Capsule, Ellipsoid, type Material, type Solid, type Triple } from './solids.ts';

const stone: Material = {
  color: [0.3, 0.27, 0.22],
  gloss: 0.17,
  pattern: (x, _y, z) => {
    const tile = ((Math.floor((x + 40) / 1.2) + Math.floor((z + 40) / 1.2)) & 1) === 0;
    const vein = 0.93 + 0.07 * Math.sin(x * 2.3 + 3 * Math.sin(z * 0.9 + x * 0.4));
    const frame = Math.abs(Math.abs(x - 0.4) - 4.3) < 0.2 && z > -4.2;
    return frame ? [0.07, 0.055, 0.045] : tile ? [0.4 * vein, 0.36 * vein, 0.3 * vein] : [0.33 * vein, 0.295 * vein, 0.24 * vein];
  },
};

const walnut: Material = {
  color: [0.19, 0.1, 0.05],
  gloss: 0.05,
  pattern: (x, y, z) => {
    const board = Math.floor((x + z + 40) / 0.42);
    const grain = 0.86 + 0.1 * Math.sin(y * 1.1 + board * 7) + 0.05 * Math.sin((x + z) * 60 + Math.sin(y * 3 + board) * 2);
    return [0.21 * grain, 0.115 * grain, 0.06 * grain];
  },
};

const liftDoors = [-2.6, 0.5, 3.6] as const;

const room = (still: Solid[]): void => {
  const plaster: Material = { color: [0.55, 0.51, 0.45] };
  const brass: Material = { color: [0.5, 0.36, 0.16], gloss: 0.2 };
  still.push(block([-16, -0.2, -8], [16, 0, 26], stone), block([-16, 5, -8], [16, 5.3, 26], { color: [0.5, 0.48, 0.45] }));
  still.push(block([-16, 0, 20], [-4.2, 5, 20.4], walnut), block([5.2, 0, 20], [16, 5, 20.4], walnut), block([-4.2, 2.5, 20], [5.2, 5, 20.4], plaster));
  still.push(block([10.5, 0, -8], [10.9, 5, 20], plaster), block([-10.9, 0, 4], [-10.5, 5, 20], walnut));
  // Between and behind the lift doors.
  for (const x of [-3.95, -1.05, 2.05, 4.95]) still.push(block([x - 0.42, 0, 20], [x + 0.42, 2.5, 20.4], { color: [0.24, 0.22, 0.2], gloss: 0.12 }));
  for (const x of liftDoors) {
    still.push(block([x - 1.13, 2.42, 19.93], [x + 1.13, 2.56, 20.02], brass), block([x - 1.2, 0, 21.9], [x + 1.2, 2.5, 22], { color: [0.9, 0.8, 0.62], glow: 0.55 }));
    still.push(block([x - 0.26, 2.68, 19.94], [x + 0.26, 2.84, 20], { color: [1, 0.35, 0.12], glow: 1.8 }));
  }
  // Ceiling: a recessed field with light along its rim.
  for (const [a, b] of [[[-4.2, 4.9, 2], [5, 4.99, 2.35]], [[-4.2, 4.9, 16.6], [5, 4.99, 16.95]], [[-4.2, 4.9, 2], [-3.85, 4.99, 16.9]], [[4.65, 4.9, 2], [5, 4.99, 16.9]]] as [Triple, Triple][]) {
    still.push(block(a, b, { color: [1, 0.88, 0.68], glow: 2.4 }));
  }
  for (let z = 3; z < 20; z += 3.4) for (const x of [-7.4, 8]) still.push(new Ellipsoid([x, 4.98, z], [0.16, 0.05, 0.16], { color: [1, 0.9, 0.72], glow: 4 }));
};

const furniture = (still: Solid[]): void => {
  const top: Material = { color: [0.05, 0.05, 0.055], gloss: 0.2 };
  const leather: Material = { color: [0.055, 0.07, 0.08], gloss: 0.05 };
  // Reception on the left with a lit back wall.
  still.push(block([-8.6, 0, 8.2], [-7.6, 1.05, 14.6], walnut), block([-8.75, 1.05, 8], [-7.35, 1.12, 14.8], top));
  still.push(block([-7.58, 0.12, 8.4], [-7.55, 0.2, 14.4], { color: [1, 0.75, 0.42], glow: 2 }));
  still.push(block([-10.48, 1.4, 8.6], [-10.4, 3.8, 14.2], { color: [0.9, 0.76, 0.54], glow: 0.5 }));
  for (let i = 0; i < 4; i += 1) still.push(new Ellipsoid([-10.38, 2.75, 9.8 + i * 1.05], [0.06, 0.3, 0.3], { color: [0.34, 0.2, 0.07], gloss: 0.15 }));
  for (const z of [9.6, 12.6]) still.push(box([-8.3, 1.34, z], [0.03, 0.2, 0.3], { color: [0.03, 0.03, 0.035] }, 0.2), box([-8.3, 1.14, z], [0.1, 0.02, 0.1], top));
  still.push(...personAt({ coat: [0.03, 0.045, 0.12], trousers: [0.03, 0.03, 0.05], height: 1.64 }, { x: -9.2, z: 11.2, heading: 1.45, walked: 0, pace: 0 }).solids);
  // Sofas, a low table, and plants.
  still.push(block([6.9, 0.1, 5], [9.7, 0.44, 6], leather), block([6.9, 0.4, 5.9], [9.7, 0.86, 6.15], leather));
  still.push(block([6.9, 0.1, 9.4], [9.7, 0.44, 10.4], leather), block([6.9, 0.4, 9.15], [9.7, 0.86, 9.45], leather));
  still.push(block([7.5, 0.36, 7.2], [9.1, 0.42, 8.2], top), block([7.7, 0, 7.4], [8.9, 0.36, 8], walnut));
  still.push(...personAt({ coat: [0.33, 0.3, 0.27], trousers: [0.05, 0.05, 0.07] }, { x: 8.8, z: 9.75, heading: Math.PI, walked: 0, pace: 0, sits: true }).solids.slice(0));
  for (const [x, z] of [[-5.1, 19.1], [6, 19.1], [9.7, 3.2], [-9.9, 16.4]] as const) {
    still.push(new Capsule([x, 0.2, z], [x, 0.5, z], 0.28, { color: [0.38, 0.36, 0.33] }));
    for (let i = 0; i < 14; i += 1) {
      const a = i * 2.4;
      const reach = 0.2 + 0.3 * ((i * 0.618) % 1);
      still.push(new Capsule([x, 0.75, z], [x + Math.cos(a) * reach, 1.25 + 0.55 * ((i * 0.37) % 1), z + Math.sin(a) * reach], 0.045, { color: [0.03, 0.1 + 0.02 * (i % 3), 0.035] }));
    }
  }
};

/** Opening of each lift's doors over the loop, 0–1. */
const doorAt = (lift: number, second: number): number => {
  const opens = [[1.2, 6.2], [9.4, 14.6], [17.2, 22.4]][lift];
  const from = opens?.[0] ?? 0;
  const until = opens?.[1] ?? 0;
  const k = Math.min(1, Math.max(0, Math.min((second - from) / 1.4, (until - second) / 1.4)));
  return k * k * (3 - 2 * k);
};

const steel: Material = { color: [0.36, 0.35, 0.33], gloss: 0.14 };
const doors = (second: number): Mover[] =>
  liftDoors.map((x, lift) => {
    const gap = doorAt(lift, second) * 0.98;
    return { solids: [block([x - 1.06, 0, 20.1], [x - gap - 0.005, 2.44, 20.16], steel), block([x + gap + 0.005, 0, 20.1], [x + 1.06, 2.44, 20.16], steel)], shade: [] };
  });

const walkers: { person: Person; at: (second: number) => Stance | null }[] = [
  { person: { coat: [0.05, 0.06, 0.09], trousers: [0.03, 0.03, 0.04], carries: 'bag', carried: [0.12, 0.06, 0.03], height: 1.78 }, at: way([{ x: -2.6, z: 21.6 }, { x: -2.6, z: 18.8 }, { x: 0.6, z: 10 }, { x: 2.5, z: -4 }], 1.6, 1.5) },
  { person: { coat: [0.42, 0.38, 0.33], trousers: [0.05, 0.055, 0.09], height: 1.66, carries: 'bag', carried: [0.3, 0.05, 0.05] }, at: way([{ x: 3.6, z: -4 }, { x: 1.6, z: 6 }, { x: 0.5, z: 18.4, wait: 1.2 }, { x: 0.5, z: 21.7 }], 21.2, 1.55) },
  { person: { coat: [0.1, 0.17, 0.3], trousers: [0.03, 0.03, 0.035], carries: 'suitcase', carried: [0.08, 0.09, 0.1], height: 1.74 }, at: way([{ x: 0.2, z: -4 }, { x: -2.4, z: 4 }, { x: -6.6, z: 11, wait: 6 }, { x: -3, z: 15 }, { x: 3.6, z: 18.6 }, { x: 3.6, z: 21.6 }], 23.5, 1.42) },
  { person: { coat: [0.28, 0.05, 0.07], trousers: [0.06, 0.06, 0.07], height: 1.68, carries: 'rucksack', carried: [0.1, 0.11, 0.08] }, at: way([{ x: 0.5, z: 21.6 }, { x: 0.5, z: 18.8 }, { x: 3.4, z: 12 }, { x: 11.2, z: 8.4 }], 9.9, 1.45) },
  { person: { coat: [0.02, 0.025, 0.05], trousers: [0.02, 0.02, 0.03], height: 1.8 }, at: way([{ x: 11.3, z: 14 }, { x: 5.6, z: 14.6 }, { x: 4.6, z: 3 }, { x: 5.8, z: -4 }], 13.2, 1.5) },
];

export const lobby = (): Scene => {
  const still: Solid[] = [];
  room(still);
  furniture(still);
  const warm: Triple = [13, 11.2, 8.7];
  return {
    view: { from: [5.6, 4.35, -2.6], to: [-0.8, 0.9, 10.4], fieldDegrees: 76 },
    still,
    lamps: [
      { at: [0.4, 4.7, 4.5], radius: 1.5, color: warm },
      { at: [0.4, 4.7, 14.5], radius: 1.5, color: warm },
      { at: [-8.6, 4.4, 11.5], radius: 0.9, color: [9, 7.4, 5.2] },
      { at: [8.1, 4.6, 8], radius: 0.9, color: [9, 7.8, 6] },
      { at: [0.5, 2.1, 21.4], radius: 0.8, color: [3.4, 3, 2.4] },
    ],
    skyLight: [0.21, 0.2, 0.19],
    groundLight: [0.17, 0.15, 0.125],
    sky: () => [0.2, 0.19, 0.17],
    exposure: 1.15,
    movers: (frame) => {
      const second = (frame / sceneFramesPerSecond) % loopSeconds;
      const people = walkers.flatMap(({ person, at }) => {
        const stance = at(second);
        return stance === null ? [] : [personAt(person, stance)];
      });
      return [...doors(second), ...people];
    },
  };
};
