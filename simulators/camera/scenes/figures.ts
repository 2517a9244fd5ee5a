/** People and cars, built of solids anew for each frame. */
import { box, Capsule, Convex, Ellipsoid, type Material, type Solid, type Triple } from './solids.ts';
import type { Mover } from './render.ts';

export interface Person {
  coat: Triple;
  trousers: Triple;
  skin?: Triple;
  hair?: Triple;
  /** Metres */
  height?: number;
  carries?: 'bag' | 'suitcase' | 'rucksack' | 'nothing';
  carried?: Triple;
}

/** Where somebody is at a moment: place, heading (0 looks along +z), and how far they have walked, which sets the gait. */
export interface Stance {
  x: number;
  z: number;
  heading: number;
  walked: number;
  /** 0 stands, 1 walks */
  pace: number;
  sits?: boolean;
}

const skinTone: Triple = [0.55, 0.36, 0.26];
const black: Triple = [0.02, 0.02, 0.022];

interface Joint {
  solids: Solid[];
  /** Body coordinates (right, up, ahead; metres) → world. */
  put: (right: number, up: number, ahead: number) => Triple;
}

const limb = (j: Joint, a: Triple, b: Triple, radius: number, material: Material): void => {
  j.solids.push(new Capsule(j.put(...a), j.put(...b), radius, material));
};

const addLeg = (j: Joint, side: number, swing: number, lift: number, hip: number, person: Person, sits: boolean): void => {
  const cloth: Material = { color: person.trousers };
  const thigh = sits ? Math.PI / 2 - 0.08 : swing * 0.5;
  const shin = sits ? 0 : thigh - lift * 0.9;
  const kneeUp = hip - 0.43 * Math.cos(thigh);
  const kneeAhead = 0.43 * Math.sin(thigh);
  const footUp = kneeUp - 0.42 * Math.cos(shin);
  const footAhead = kneeAhead + 0.42 * Math.sin(shin);
  limb(j, [side * 0.09, hip, 0], [side * 0.09, kneeUp, kneeAhead], 0.085, cloth);
  limb(j, [side * 0.09, kneeUp, kneeAhead], [side * 0.085, footUp, footAhead], 0.065, cloth);
  limb(j, [side * 0.085, footUp - 0.02, footAhead - 0.02], [side * 0.1, footUp - 0.03, footAhead + 0.13], 0.048, { color: black });
};

const addArm = (j: Joint, side: number, swing: number, shoulder: number, person: Person, bent: number): void => {
  const cloth: Material = { color: person.coat };
  const upper = swing * 0.42;
  const fore = upper + bent;
  const elbow: Triple = [side * 0.25, shoulder - 0.28 * Math.cos(upper), 0.28 * Math.sin(upper)];
  const hand: Triple = [side * 0.25, elbow[1] - 0.25 * Math.cos(fore), elbow[2] + 0.25 * Math.sin(fore)];
  limb(j, [side * 0.2, shoulder, 0], elbow, 0.055, cloth);
  limb(j, elbow, hand, 0.045, cloth);
  j.solids.push(new Ellipsoid(j.put(hand[0], hand[1] - 0.05, hand[2] + 0.01), [0.045, 0.06, 0.045], { color: person.skin ?? skinTone }));
};

const addLoad = (j: Joint, person: Person, stance: Stance, swing: number): void => {
  const material: Material = { color: person.carried ?? [0.08, 0.1, 0.14], gloss: 0.03 };
  if (person.carries === 'rucksack') j.solids.push(box(j.put(0, 1.2, -0.22), [0.15, 0.22, 0.09], material, stance.heading));
  if (person.carries === 'bag') j.solids.push(box(j.put(0.27, 0.62, swing * 0.18), [0.05, 0.13, 0.18], material, stance.heading));
  if (person.carries === 'suitcase') {
    j.solids.push(box(j.put(0.32, 0.36, -0.5), [0.2, 0.3, 0.12], material, stance.heading));
    limb(j, [0.3, 0.66, -0.45], [0.28, 0.92, -0.22], 0.012, { color: [0.3, 0.3, 0.3] });
  }
};

export const personAt = (person: Person, stance: Stance): Mover => {
  const scale = (person.height ?? 1.72) / 1.72;
  const sin = Math.sin(stance.heading);
  const cos = Math.cos(stance.heading);
  const phase = (stance.walked / (1.42 * scale)) * Math.PI * 2;
  const swing = Math.sin(phase) * stance.pace;
  const sits = stance.sits === true;
  const hip = sits ? 0.52 : 0.9 - 0.022 * stance.pace * Math.abs(Math.sin(phase));
  const put = (right: number, up: number, ahead: number): Triple => [
    stance.x + scale * (right * cos + ahead * sin),
    scale * up,
    stance.z + scale * (ahead * cos - right * sin),
  ];
  const j: Joint = { solids: [], put };
  const coat: Material = { color: person.coat };
  const liftOf = (shifted: number): number => Math.max(0, Math.cos(shifted)) * stance.pace;
  addLeg(j, 1, swing, liftOf(phase - 0.5), hip, person, sits);
  addLeg(j, -1, -swing, liftOf(phase - 0.5 + Math.PI), hip, person, sits);
  const lean = sits ? -0.04 : 0.04 * stance.pace;
  limb(j, [-0.07, hip + 0.04, 0], [0.07, hip + 0.04, 0], 0.13, coat);
  limb(j, [0, hip + 0.12, 0], [0, hip + 0.42, lean], 0.155, coat);
  limb(j, [-0.11, hip + 0.47, lean], [0.11, hip + 0.47, lean], 0.1, coat);
  addArm(j, 1, person.carries === 'suitcase' ? -0.7 : sits ? 0.5 : -swing, hip + 0.5, person, sits ? 1 : 0.22);
  addArm(j, -1, sits ? 0.5 : swing, hip + 0.5, person, sits ? 1 : 0.22);
  const skin: Material = { color: person.skin ?? skinTone };
  limb(j, [0, hip + 0.55, lean], [0, hip + 0.64, lean + 0.01], 0.05, skin);
  j.solids.push(new Ellipsoid(put(0, hip + 0.73, lean + 0.02), [0.085 * scale, 0.115 * scale, 0.1 * scale], skin, stance.heading));
  j.solids.push(new Ellipsoid(put(0, hip + 0.77, lean - 0.012), [0.096 * scale, 0.1 * scale, 0.1 * scale], { color: person.hair ?? black }, stance.heading));
  addLoad(j, person, stance, swing);
  const shade = [
    new Capsule(put(0, hip + 0.05, 0), put(0, hip + 0.48, lean), 0.2 * scale, coat),
    new Capsule(put(0, hip + 0.7, lean), put(0, hip + 0.78, lean), 0.1 * scale, coat),
    new Capsule(put(0.09, hip, 0), put(0.09, 0.06, sits ? 0.4 : swing * 0.38), 0.075 * scale, coat),
    new Capsule(put(-0.09, hip, 0), put(-0.09, 0.06, sits ? 0.4 : -swing * 0.38), 0.075 * scale, coat),
  ];
  return { solids: j.solids, shade };
};

export interface Car {
  paint: Triple;
  lit?: boolean;
  brakes?: boolean;
  /** A van or small bus is higher and longer. */
  kind?: 'saloon' | 'van';
}

const glass: Material = { color: [0.012, 0.015, 0.02], gloss: 0.35 };

const shell = (j: Joint, yaw: number, car: Car, long: number, wide: number, top: number): void => {
  const van = car.kind === 'van';
  const paint: Material = { color: car.paint, gloss: 0.12 };
  const waist = van ? 0.62 : 0.42;
  // The body below the waist line, its nose and tail bevelled.
  j.solids.push(
    new Convex(
      [
        [1, 0.12, 0, wide / 2],
        [-1, 0.12, 0, wide / 2],
        [0, 1, 0, 0.33],
        [0, -1, 0, 0.3],
        [0, 0.25, 1, long / 2],
        [0, 0.2, -1, long / 2],
        [0, -1.2, 1, long / 2 + 0.2],
        [0, -1.2, -1, long / 2 + 0.2],
        [0.5, 0, 1, long / 2 + wide * 0.17],
        [-0.5, 0, 1, long / 2 + wide * 0.17],
        [0.5, 0, -1, long / 2 + wide * 0.18],
        [-0.5, 0, -1, long / 2 + wide * 0.18],
        [0, 2.6, 1, long / 2 + 0.62],
      ],
      [wide / 2 + 0.06, 0.4, long / 2 + 0.1],
      j.put(0, 0.56, 0),
      yaw,
      paint,
    ),
  );
  const roof = top - 0.86;
  const cabin = (grow: number, from: number, until: number, material: Material): void => {
    const slope = van ? 0.25 : 0.62;
    j.solids.push(
      new Convex(
        [
          [1, 0.32, 0, wide / 2 - 0.08 + grow],
          [-1, 0.32, 0, wide / 2 - 0.08 + grow],
          [0, 1, 0, until],
          [0, -1, 0, -from],
          [0, slope / roof, 1, (van ? long / 2 - 0.35 : long * 0.2) + 0.12 + grow],
          [0, (slope * (van ? 0.3 : 0.8)) / roof, -1, (van ? long / 2 - 0.1 : long * 0.38) + grow],
        ],
        [wide / 2 + 0.1, Math.max(Math.abs(from), Math.abs(until)) + 0.01, long / 2 + 0.2],
        j.put(0, 0.86, 0),
        yaw,
        material,
      ),
    );
  };
  cabin(0, 0, roof - 0.05, glass);
  cabin(0.012, roof - (van ? 0.28 : 0.09), roof, paint);
  if (van) cabin(0.014, 0, waist - 0.4, paint);
};

const lights = (j: Joint, yaw: number, car: Car, long: number, wide: number): void => {
  for (const side of [-1, 1]) {
    const head: Material = { color: [1, 0.95, 0.8], glow: car.lit === true ? 7 : 0.12, gloss: 0.2 };
    const tail: Material = { color: [0.9, 0.05, 0.03], glow: car.brakes === true ? 4 : car.lit === true ? 1.2 : 0.05 };
    j.solids.push(box(j.put(side * (wide / 2 - 0.3), 0.66, long / 2 - 0.03), [0.16, 0.07, 0.06], head, yaw));
    j.solids.push(box(j.put(side * (wide / 2 - 0.26), 0.74, -long / 2 + 0.03), [0.16, 0.07, 0.05], tail, yaw));
    for (const end of [-1, 1]) {
      const hub = j.put(side * (wide / 2 - 0.08), 0.33, end * long * 0.31);
      j.solids.push(new Ellipsoid(hub, [0.13, 0.33, 0.33], { color: [0.012, 0.012, 0.013] }, yaw));
      const rim = j.put(side * (wide / 2 - 0.01), 0.33, end * long * 0.31);
      j.solids.push(new Ellipsoid(rim, [0.075, 0.19, 0.19], { color: [0.35, 0.36, 0.38], gloss: 0.2 }, yaw));
    }
  }
  j.solids.push(box(j.put(0, 0.48, long / 2 + 0.01), [0.22, 0.07, 0.02], { color: [0.03, 0.1, 0.4], glow: 0.05 }, yaw));
  j.solids.push(box(j.put(0, 0.55, -long / 2 - 0.01), [0.22, 0.07, 0.02], { color: [0.03, 0.1, 0.4], glow: 0.05 }, yaw));
};

/** `heading` 0 drives along +z. */
export const carAt = (car: Car, x: number, z: number, heading: number): Mover => {
  const sin = Math.sin(heading);
  const cos = Math.cos(heading);
  const van = car.kind === 'van';
  const long = van ? 5.6 : 4.6;
  const wide = van ? 2 : 1.84;
  const put = (right: number, up: number, ahead: number): Triple => [x + right * cos + ahead * sin, up, z + ahead * cos - right * sin];
  const j: Joint = { solids: [], put };
  shell(j, heading, car, long, wide, van ? 2.1 : 1.46);
  lights(j, heading, car, long, wide);
  const dark: Material = { color: black };
  const shade = [-0.5, 0.5].flatMap((side) => [
    new Capsule(put(side * 0.9, 0.5, -long * 0.38), put(side * 0.9, 0.5, long * 0.38), 0.45, dark),
    new Capsule(put(side * 0.7, van ? 1.5 : 1.05, -long * 0.25), put(side * 0.7, van ? 1.5 : 1.05, long * 0.15), 0.4, dark),
  ]);
  return { solids: j.solids, shade };
};
