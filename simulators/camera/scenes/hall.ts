/** 候车厅: daylight through a glass side, polished floor, rows of seats, a departures board. */
import { personAt, type Person, type Stance } from './figures.ts';
import { dotOf } from './glyphs.ts';
import { loopSeconds, way } from './paths.ts';
import type { Mover, Scene } from './render.ts';
import { sceneFramesPerSecond } from './catalogue.ts';
import { block, box, Capsule, type Material, type Solid, type Triple } from './solids.ts';

const floor: Material = {
  color: [0.4, 0.39, 0.37],
  gloss: 0.13,
  pattern: (x, _y, z) => {
    const tileX = Math.floor((x + 40) / 0.9);
    const tileZ = Math.floor((z + 40) / 0.9);
    const edge = Math.min((x + 40) / 0.9 - tileX, (z + 40) / 0.9 - tileZ) < 0.018;
    const shade = edge ? 0.62 : 0.94 + 0.06 * Math.sin(tileX * 12.9 + tileZ * 78.2);
    const lane = Math.abs(x + 20 - 19.4) < 0.3 || Math.abs(z + 20 - 33.2) < 0.3;
    return lane ? [0.44 * shade, 0.33 * shade, 0.12 * shade] : [0.36 * shade, 0.355 * shade, 0.34 * shade];
  },
};

const lines = ['G1024  08:15  A2', 'G7318  08:22  A5', 'D3076  08:31  B1', 'G1506  08:40  B3', 'K8364  08:52  A1', 'G2210  09:05  B2'];

const board: Material = {
  color: [0, 0, 0],
  glow: 1,
  pattern: (x, y) => {
    const dot = 0.047;
    const row = Math.floor((1.28 - y) / (dot * 9.2));
    const text = lines[row];
    if (text === undefined || y > 1.28) return [0.004, 0.006, 0.008];
    const on = dotOf(text, Math.floor((x + 2.3) / dot), Math.floor((1.28 - y - row * dot * 9.2) / dot));
    if (!on) return [0.006, 0.008, 0.012];
    return x < -0.6 ? [1.1, 0.62, 0.1] : x < 1.2 ? [0.95, 0.95, 0.9] : [0.2, 0.95, 0.35];
  },
};

const seatRow = (x: number, z: number, count: number, faces: 1 | -1, still: Solid[]): void => {
  const metal: Material = { color: [0.32, 0.34, 0.37], gloss: 0.06 };
  const cushion: Material = { color: [0.035, 0.09, 0.16], gloss: 0.02 };
  for (let i = 0; i < count; i += 1) {
    const at = x + i * 0.62;
    still.push(box([at, 0.43, z], [0.27, 0.035, 0.24], cushion), box([at, 0.74, z - faces * 0.27], [0.27, 0.25, 0.025], cushion));
    if (i < count - 1) still.push(box([at + 0.31, 0.6, z], [0.02, 0.03, 0.2], metal));
  }
  still.push(block([x - 0.3, 0.33, z - 0.04], [x + (count - 1) * 0.62 + 0.3, 0.38, z + 0.04], metal));
  for (const leg of [x, x + (count - 1) * 0.62]) still.push(block([leg - 0.03, 0, z - 0.2], [leg + 0.03, 0.34, z + 0.2], metal));
};

const shellOf = (still: Solid[]): void => {
  const wall: Material = { color: [0.52, 0.48, 0.41] };
  const dark: Material = { color: [0.05, 0.055, 0.06], gloss: 0.05 };
  still.push(block([-20, -0.2, -8], [20, 0, 44], floor));
  still.push(block([-20, 7, -8], [20, 7.3, 44], { color: [0.42, 0.42, 0.41] }));
  still.push(block([-20, 0, 36], [20, 7, 36.4], wall), block([13, 0, -8], [13.4, 7, 36], wall));
  // Glass side: bright panes between dark mullions.
  const pane: Material = { color: [0.62, 0.78, 0.95], glow: 0.95, pattern: (_x, y) => [0.5 + y * 0.05, 0.66 + y * 0.05, 0.8 + y * 0.06] };
  still.push(block([-13.4, 0.7, -8], [-13.2, 5.6, 36], pane), block([-13.5, 0, -8], [-13.1, 0.7, 36], dark), block([-13.5, 5.6, -8], [-13.1, 7, 36], wall));
  for (let z = -6; z <= 36; z += 3) still.push(block([-13.25, 0, z - 0.1], [-13, 7, z + 0.1], dark));
  for (let z = 3; z <= 33; z += 6) {
    for (const x of [-7, 0, 7]) still.push(block([x - 1.4, 6.9, z - 0.2], [x + 1.4, 6.99, z + 0.2], { color: [1, 0.97, 0.9], glow: 2.2 }));
  }
  for (const z of [13, 25]) for (const x of [-6.5, 8.6]) still.push(new Capsule([x, -1, z], [x, 8, z], 0.42, { color: [0.56, 0.55, 0.52], gloss: 0.04 }));
  for (const z of [5, 28]) {
    still.push(block([12.85, 1.6, z], [13, 4, z + 4.4], dark));
    still.push(block([12.8, 1.72, z + 0.12], [12.86, 3.88, z + 4.28], { color: [1, 1, 1], glow: 0.8, pattern: (_x, y, w) => (Math.hypot(y + 0.1, w * 0.7) < 0.6 ? [0.9, 0.75, 0.3] : [0.08, 0.22 + y * 0.1, 0.4]) }));
  }
  // Departures board, gates below it, kiosk on the right.
  still.push(block([-1.8, 3.2, 35.2], [5.8, 6.3, 35.6], dark), box([2, 4.75, 35.15], [3.5, 1.42, 0.05], { ...board, pattern: (x, y, z) => board.pattern?.(x / 1.3, y, z) ?? [0, 0, 0] }));
  for (let i = 0; i < 6; i += 1) still.push(block([-2 + i * 1.4, 0, 33.4], [-1.75 + i * 1.4, 1.05, 35.4], { color: [0.3, 0.32, 0.34], gloss: 0.1 }));
  still.push(block([10, 0, 15], [13, 2.6, 22], { color: [0.3, 0.08, 0.06] }), block([9.9, 1.1, 15.4], [10, 2.2, 21.6], { color: [1, 0.85, 0.6], glow: 1.1 }));
  still.push(block([9.8, 2.6, 14.8], [13, 3.1, 22.2], { color: [0.62, 0.5, 0.16], glow: 0.35 }));
};

const sitters = (): Mover[] => {
  const seat = (x: number, z: number, heading: number, coat: Triple): Mover =>
    personAt({ coat, trousers: [0.05, 0.06, 0.09] }, { x, z, heading, walked: 0, pace: 0, sits: true } satisfies Stance);
  return [
    seat(-4.06, 9, 0, [0.3, 0.05, 0.05]),
    seat(-1.58, 9, 0, [0.1, 0.16, 0.12]),
    seat(2.62, 13, 0, [0.35, 0.32, 0.26]),
    seat(4.48, 13, 0, [0.04, 0.1, 0.25]),
    seat(-3.44, 17, 0, [0.12, 0.12, 0.14]),
    seat(5.1, 17, 0, [0.4, 0.36, 0.1]),
    seat(3.86, 9.85, Math.PI, [0.06, 0.07, 0.08]),
  ];
};

const walkers: { person: Person; at: (second: number) => Stance | null }[] = [
  { person: { coat: [0.04, 0.07, 0.16], trousers: [0.03, 0.03, 0.04], carries: 'suitcase', carried: [0.3, 0.04, 0.05] }, at: way([{ x: -11.5, z: -1 }, { x: -8.6, z: 6 }, { x: -0.6, z: 20 }, { x: 0.4, z: 36.5 }], 0, 1.75) },
  { person: { coat: [0.42, 0.4, 0.36], trousers: [0.07, 0.08, 0.12], carries: 'rucksack', carried: [0.05, 0.14, 0.1] }, at: way([{ x: 12, z: 4.2 }, { x: 0, z: 5.6 }, { x: -14, z: 7 }], 6, 1.45) },
  { person: { coat: [0.3, 0.06, 0.08], trousers: [0.1, 0.1, 0.12], carries: 'bag', height: 1.63 }, at: way([{ x: 1.8, z: 37 }, { x: -0.6, z: 26 }, { x: -0.6, z: 9 }, { x: 7, z: -2 }], 11, 1.75) },
  { person: { coat: [0.08, 0.1, 0.09], trousers: [0.05, 0.05, 0.06], carries: 'suitcase', carried: [0.1, 0.12, 0.15], height: 1.8 }, at: way([{ x: -0.2, z: 37 }, { x: -0.6, z: 15 }, { x: 9, z: 11.3 }, { x: 15, z: 11 }], 3, 1.9) },
  { person: { coat: [0.22, 0.26, 0.34], trousers: [0.03, 0.035, 0.05], height: 1.7 }, at: way([{ x: -14.5, z: 22 }, { x: -2, z: 23.2 }, { x: 9.5, z: 23.2 }, { x: 15, z: 24 }], 14, 1.5) },
  { person: { coat: [0.02, 0.03, 0.06], trousers: [0.02, 0.025, 0.04], height: 1.76 }, at: way([{ x: 11.4, z: 28 }, { x: 4, z: 30, wait: 4 }, { x: 12, z: 26 }, { x: 16, z: 25 }], 1.5, 1.3) },
];

export const hall = (): Scene => {
  const still: Solid[] = [];
  shellOf(still);
  for (const z of [9, 13, 17, 21, 26]) {
    seatRow(-5.3, z, 7, 1, still);
    seatRow(0.76, z, 8, 1, still);
  }
  seatRow(0.76, 9.85, 8, -1, still);
  for (const sitter of sitters()) still.push(...sitter.solids);
  const lamps = [4, 13, 22, 31].flatMap((z) => [{ at: [0.5, 6.7, z] as Triple, radius: 1.6, color: [11, 10.4, 9.4] as Triple }]);
  return {
    view: { from: [-8.9, 5.1, -1.2], to: [-0.2, 1, 13.4], fieldDegrees: 74 },
    still,
    lamps: [...lamps, { at: [-12.6, 3.6, 8], radius: 2, color: [14, 16.5, 19] }, { at: [-12.6, 3.6, 22], radius: 2, color: [14, 16.5, 19] }],
    skyLight: [0.3, 0.32, 0.35],
    groundLight: [0.2, 0.2, 0.2],
    sky: () => [0.2, 0.25, 0.3],
    exposure: 0.95,
    movers: (frame) => {
      const second = (frame / sceneFramesPerSecond) % loopSeconds;
      return walkers.flatMap(({ person, at }) => {
        const stance = at(second);
        return stance === null ? [] : [personAt(person, stance)];
      });
    },
  };
};
