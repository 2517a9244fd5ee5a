/** 停车场: an open car park in the rain at dusk, rows of parked cars, one that comes in and finds its place, somebody under an umbrella. */
import { carAt, personAt, type Car, type Person, type Stance } from './figures.ts';
import { halo } from './halo.ts';
import { loopSeconds, way } from './paths.ts';
import type { Mover, Picture, Scene } from './render.ts';
import { sceneFrames, sceneFramesPerSecond } from './catalogue.ts';
import { block, box, Capsule, Ellipsoid, type Material, type Solid, type Triple } from './solids.ts';

const bay = 2.75;
const rows = [
  { from: 6, until: 11.4, nose: 0 },
  { from: 18.4, until: 23.8, nose: Math.PI },
  { from: 23.8, until: 29.2, nose: 0 },
] as const;

const groundFrom = -15;
const groundUntil = 90;
const groundMiddle = (groundFrom + groundUntil) / 2;

const ground: Material = {
  color: [0.07, 0.07, 0.075],
  gloss: 0.1,
  pattern: (x, _y, fromMiddle) => {
    const z = fromMiddle + groundMiddle;
    const wet = 0.82 + 0.18 * Math.sin(x * 0.7 + 2 * Math.sin(z * 0.4)) * Math.sin(z * 0.53 - x * 0.2);
    const line = rows.some((row) => z > row.from && z < row.until && Math.abs(((x + 60 * bay) % bay) - bay / 2) > bay / 2 - 0.06 && Math.abs(x) < 18);
    const edge = Math.abs(z - 23.8) < 0.06 && Math.abs(x) < 18;
    // An arrow on the lane, to the right.
    const along = x + 1.4;
    const arrow = Math.abs(z - 14.9) < 0.09 ? along > 0 && along < 2.2 : along > 2.1 && along < 3.1 && Math.abs(z - 14.9) < (3.1 - along) * 0.45;
    const level = line || edge || arrow ? 0.42 : 0.072 * wet;
    return [level, level, level * 1.05];
  },
};

const paints: Triple[] = [
  [0.5, 0.5, 0.5],
  [0.03, 0.035, 0.04],
  [0.2, 0.21, 0.23],
  [0.03, 0.07, 0.2],
  [0.24, 0.02, 0.025],
  [0.62, 0.61, 0.57],
  [0.1, 0.12, 0.1],
];

/** The empty bay in which the arriving car ends. */
const freeBay = { row: 1, column: 2 };

const parked = (): Solid[] =>
  rows.flatMap((row, r) =>
    Array.from({ length: 12 }, (_, i) => i - 6).flatMap((column) => {
      const dice = Math.sin(r * 57.3 + column * 113.7) * 0.5 + 0.5;
      if ((r === freeBay.row && column === freeBay.column) || dice > 0.76) return [];
      const car: Car = { paint: paints[Math.floor(dice * 71) % paints.length] ?? [0.3, 0.3, 0.3], kind: dice < 0.03 ? 'van' : 'saloon' };
      return carAt(car, (column + 0.5) * bay + (dice - 0.4) * 0.3, (row.from + row.until) / 2, row.nose).solids;
    }),
  );

const lampPosts: Triple[] = [
  [-7, 7.2, 15],
  [8.2, 7.2, 15],
  [-7, 7.2, 30.4],
  [9, 7.2, 30.4],
];

const surroundings = (): Solid[] => {
  const still: Solid[] = [block([-60, -0.3, groundFrom], [60, 0, groundUntil], ground)];
  const steel: Material = { color: [0.12, 0.125, 0.13], gloss: 0.05 };
  for (const [x, y, z] of lampPosts) {
    still.push(new Capsule([x, 0, z], [x, y, z], 0.08, steel), box([x, 0.2, z], [0.25, 0.2, 0.25], { color: [0.42, 0.36, 0.08] }));
    for (const side of [-1, 1]) still.push(new Capsule([x, y, z], [x + side * 0.9, y + 0.12, z], 0.045, steel), box([x + side * 1.1, y + 0.1, z], [0.36, 0.04, 0.13], { color: [0.86, 0.93, 1], glow: 8 }));
  }
  const tower: Material = {
    color: [0.1, 0.1, 0.11],
    glow: 0.3,
    pattern: (x, y) => {
      const column = Math.floor((x + 80) / 2.2);
      const row = Math.floor((y + 40) / 2.9);
      const pane = (x + 80) / 2.2 - column > 0.3 && (y + 40) / 2.9 - row > 0.45;
      if (!pane) return [0.075, 0.08, 0.095];
      return Math.sin(column * 71.3 + row * 19.7) > 0.5 ? [0.9, 0.75, 0.48] : [0.05, 0.06, 0.085];
    },
  };
  still.push(block([-34, 0, 52], [-6, 17, 60], tower), block([2, 0, 58], [32, 12, 64], tower), block([-40, 0, 36], [40, 1.4, 36.3], { color: [0.22, 0.21, 0.2] }));
  for (let i = 0; i < 13; i += 1) {
    const x = -23 + i * 3.7;
    const r = 1.4 + 0.5 * Math.sin(i * 2.7);
    still.push(new Capsule([x, 0, 34.6], [x, 2, 34.6], 0.13, { color: [0.06, 0.045, 0.035] }));
    for (let k = 0; k < 5; k += 1) still.push(new Ellipsoid([x + Math.cos(k * 2.1) * 0.7, 2.6 + 0.5 * Math.sin(k * 3.3), 34.6 + Math.sin(k * 2.1) * 0.7], [r * 0.7, r * 0.6, r * 0.7], { color: [0.035, 0.06, 0.035] }));
  }
  // The pay machine with its sign.
  still.push(block([-14.3, 0, 13.2], [-13.5, 1.7, 14], { color: [0.05, 0.2, 0.42], gloss: 0.06 }), block([-13.5, 1.05, 13.4], [-13.46, 1.5, 13.8], { color: [0.5, 0.9, 1], glow: 1.4 }));
  still.push(new Capsule([-13.9, 1.7, 13.6], [-13.9, 3, 13.6], 0.05, steel), box([-13.9, 3.4, 13.6], [0.5, 0.5, 0.05], { color: [0.1, 0.35, 0.9], glow: 0.9, pattern: (x, y) => ((Math.abs(x + 0.14) < 0.07 && Math.abs(y) < 0.32) || Math.abs(Math.hypot(x - 0.02, y - 0.14) - 0.17) < 0.06 ? [1, 1, 1] : [0.04, 0.18, 0.6]) }));
  return still;
};

/** In from the left along the lane, a turn, nose first into the free bay; lights out; after the loop's end it is gone again, unseen in the dark. */
const arriving = (second: number): { x: number; z: number; heading: number; lit: boolean; brakes: boolean } | null => {
  const target = { x: (freeBay.column + 0.5) * bay, z: 21.1 };
  const turn = 5.2;
  const lane = 14.6;
  if (second < 1 || second > 21) return null;
  const t = second <= 11.6 ? second - 1 : second < 13.6 ? 10.6 : 10.6 - (second - 13.6) * 1.6;
  const out = second >= 13.6;
  const speed = 4.3;
  const straight = target.x - turn + 26;
  const arc = (Math.PI / 2) * turn;
  const last = target.z - lane - turn;
  const total = straight + arc + last;
  const k = Math.min(1, Math.max(0, t / 10.6));
  // Slows towards the bay.
  const gone = total * (1 - (1 - k) ** 1.55);
  const brakes = !out && (gone > straight - speed * 1.5 || second > 10);
  const lit = second < 12.2 || out;
  if (gone < straight) return { x: -26 + gone, z: lane, heading: Math.PI / 2, lit, brakes };
  if (gone < straight + arc) {
    const a = (gone - straight) / turn;
    return { x: target.x - turn + turn * Math.sin(a), z: lane + turn - turn * Math.cos(a), heading: Math.PI / 2 - a, lit, brakes };
  }
  return { x: target.x, z: lane + turn + (gone - straight - arc), heading: 0, lit, brakes };
};

const umbrella = (stance: Stance): Mover => {
  const mover = personAt({ coat: [0.25, 0.2, 0.16], trousers: [0.03, 0.035, 0.05] }, stance);
  const cloth: Material = { color: [0.42, 0.04, 0.05], gloss: 0.03 };
  const top: Triple = [stance.x + 0.12, 1.98, stance.z];
  mover.solids.push(new Ellipsoid(top, [0.56, 0.17, 0.56], cloth), new Capsule([top[0], 1.1, top[2]], [top[0], 2.18, top[2]], 0.012, { color: [0.1, 0.1, 0.1] }));
  mover.shade.push(new Capsule([top[0] - 0.2, 1.98, top[2]], [top[0] + 0.2, 1.98, top[2]], 0.36, cloth));
  return mover;
};

const guard: Person = { coat: [0.45, 0.5, 0.05], trousers: [0.02, 0.02, 0.035], height: 1.76 };
const guardAt = way([{ x: 17.5, z: 12.3 }, { x: 3, z: 12.3, wait: 1.5 }, { x: -4.5, z: 12.2 }, { x: -11, z: 12.3 }, { x: -22, z: 12.6 }], 0.3, 1.75);
const walkerAt = way([{ x: -26, z: 31.6 }, { x: -4, z: 31.2 }, { x: 6.2, z: 31 }, { x: 26, z: 31.8 }], 0, 2.2);

/** Each drop falls a whole number of times in a loop, so the rain joins too. */
const rain = (frame: number, picture: Picture): void => {
  const unit = picture.width / 1_280;
  for (let i = 0; i < 150; i += 1) {
    const falls = 24 + (i % 5) * 2;
    const k = ((frame / sceneFrames) * falls + i * 0.618_034) % 1;
    const pass = Math.floor((frame / sceneFrames) * falls + i * 0.618_034) % falls;
    const x = (((i * 97.3 + pass * 311.7) % 1_300) + k * 26) * unit;
    const y = k * picture.height * 1.1;
    const length = (13 + (i % 7) * 4) * unit;
    const shine = 0.03 + 0.02 * (i % 3);
    for (let d = 0; d < length; d += 1) {
      const px = Math.floor(x + d * 0.08);
      const py = Math.floor(y + d);
      if (px < 0 || px >= picture.width || py < 0 || py >= picture.height) continue;
      const at = (py * picture.width + px) * 3;
      for (let c = 0; c < 3; c += 1) picture.light[at + c] = (picture.light[at + c] ?? 0) + shine;
    }
  }
};

const movers = (frame: number): Mover[] => {
  const second = (frame / sceneFramesPerSecond) % loopSeconds;
  const found: Mover[] = [];
  const car = arriving(second);
  if (car !== null) found.push(carAt({ paint: [0.5, 0.23, 0.05], lit: car.lit, brakes: car.brakes }, car.x, car.z, car.heading));
  const walker = walkerAt(second);
  if (walker !== null) found.push(umbrella(walker));
  const round = guardAt(second);
  if (round !== null) found.push(personAt(guard, round));
  return found;
};

export const carpark = (): Scene => ({
  view: { from: [-3.6, 7.4, -3.2], to: [0.6, 0.6, 16.6], fieldDegrees: 72 },
  still: [...surroundings(), ...parked()],
  lamps: lampPosts.map(([x, y, z]) => ({ at: [x, y - 0.15, z] as Triple, radius: 0.7, color: [25, 28, 32] as Triple })),
  skyLight: [0.14, 0.165, 0.22],
  groundLight: [0.06, 0.065, 0.075],
  sky: (_dx, dy) => {
    const low = (1 - Math.max(0, dy)) ** 6;
    return [0.09 + 0.16 * low, 0.11 + 0.13 * low, 0.17 + 0.1 * low];
  },
  exposure: 1.25,
  movers,
  over: (frame, picture) => {
    for (const [x, y, z] of lampPosts) for (const side of [-1, 1]) halo(picture, [x + side * 1.1, y, z], 0.9, [0.3, 0.34, 0.4]);
    const car = arriving((frame / sceneFramesPerSecond) % loopSeconds);
    if (car?.lit === true) {
      const sin = Math.sin(car.heading);
      const cos = Math.cos(car.heading);
      halo(picture, [car.x + sin * 6.4, 0.05, car.z + cos * 6.4], 3.4, [0.22, 0.2, 0.16], 0.4);
      for (const side of [-0.6, 0.6]) halo(picture, [car.x + sin * 2.4 + side * cos, 0.68, car.z + cos * 2.4 - side * sin], 0.6, [0.4, 0.38, 0.32]);
    }
    rain(frame, picture);
  },
});
