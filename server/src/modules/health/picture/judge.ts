/**
 * Is the picture fit to watch by? A picture against the limits of the room, against how this camera looks when it is right (its references)
 * and against the pictures just before. Pure. Without a reference only what stands on its own is judged.
 */
import type { PictureCheck } from '../../../../../contract/health.ts';
import { printHeight, printWidth, type Measures } from './measure.ts';

export interface PictureLimits {
  /** Share of one; black: 95 of 100 pixels stay below. */
  blackBelow: number;
  /** Too bright: half the picture is burnt out, or the mean lies above. */
  brightAbove: number;
  /** Fine detail against the reference, 0 to 1. */
  sharpness: number;
  /** Share of the fields that have lost what they showed. */
  covered: number;
  /** Shift of the view as a share of the width. */
  shift: number;
  /** Distance from the reference's colours. */
  cast: number;
  /** Grain above the reference. */
  noise: number;
  /** So many pictures in a row without any change. */
  frozenPictures: number;
}

export interface Judged {
  check: PictureCheck;
  bad: boolean;
  /** What was measured; null: cannot be told from this picture. */
  value: number | null;
  limit: number;
}

/** Without a reference: fine detail of pictures in focus has seldom less. */
const usualDetail = 0.25;
/** A field that showed so little cannot lose it. */
const leastTexture = 0.02;
const lostTexture = 0.3;
/** As alike as one view is to itself with people walking through it. */
const alike = 0.45;

const correlation = (one: readonly number[], other: readonly number[], dx: number, dy: number): number => {
  let [ab, aa, bb] = [0, 0, 0];
  for (let y = Math.max(0, -dy); y < Math.min(printHeight, printHeight - dy); y += 1) {
    for (let x = Math.max(0, -dx); x < Math.min(printWidth, printWidth - dx); x += 1) {
      const [a, b] = [one[y * printWidth + x] ?? 0, other[(y + dy) * printWidth + x + dx] ?? 0];
      ab += a * b;
      aa += a * a;
      bb += b * b;
    }
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
};

const furthest = 20;
/** Where the reference is found again in the picture: how alike in place, and the best place with its distance as a share of the width. */
export const displacement = (now: Measures, reference: Measures): { inPlace: number; best: number; shift: number } => {
  const inPlace = correlation(reference.print, now.print, 0, 0);
  let found = { best: inPlace, dx: 0, dy: 0 };
  const look = (dx: number, dy: number): void => {
    const best = correlation(reference.print, now.print, dx, dy);
    if (best > found.best) found = { best, dx, dy };
  };
  for (let dy = -furthest; dy <= furthest; dy += 2) for (let dx = -furthest; dx <= furthest; dx += 2) look(dx, dy);
  const { dx: roughX, dy: roughY } = found;
  for (let dy = roughY - 1; dy <= roughY + 1; dy += 1) for (let dx = roughX - 1; dx <= roughX + 1; dx += 1) look(dx, dy);
  return { inPlace, best: found.best, shift: Math.hypot(found.dx, found.dy) / printWidth };
};

/** The reference that the picture resembles most: a camera looks otherwise by day and by night. */
export const nearest = (now: Measures, references: readonly Measures[]): Measures | null => {
  const ranked = references.map((reference) => ({ reference, likeness: correlation(reference.print, now.print, 0, 0) })).sort((a, b) => b.likeness - a.likeness);
  return ranked[0]?.reference ?? null;
};

const lostFields = (now: Measures, reference: Measures | null): number => {
  if (reference === null) return now.texture.filter((texture) => texture < leastTexture / 4).length / now.texture.length;
  const shown = reference.texture.map((texture, i) => ({ texture, i })).filter(({ texture }) => texture >= leastTexture);
  if (shown.length === 0) return 0;
  return shown.filter(({ texture, i }) => (now.texture[i] ?? 0) < texture * lostTexture).length / shown.length;
};

/** Mean difference of single pixels, of 255. */
export const change = (one: Measures, other: Measures): number => one.samples.reduce((sum, value, i) => sum + Math.abs(value - (other.samples[i] ?? 0)), 0) / one.samples.length;
/** Grain, a clock in the picture, light: something always moves in a living picture. */
const stillBelow = 0.02;

const round = (value: number): number => Math.round(value * 1_000) / 1_000;

/** `before`: the pictures just before this one, newest first. */
export const judgePicture = (now: Measures, { references, before, limits }: { references: readonly Measures[]; before: readonly Measures[]; limits: PictureLimits }): Judged[] => {
  const reference = nearest(now, references);
  const judged = (check: PictureCheck, value: number | null, limit: number, bad: boolean): Judged => ({ check, value: value === null ? null : round(value), limit, bad });
  const black = now.light < limits.blackBelow;
  const bright = now.brightness > limits.brightAbove || now.dark > limits.brightAbove * 0.9;
  // A black or burnt-out picture shows nothing: what else is wrong with it cannot be seen.
  const seen = !black && !bright;
  const lost = lostFields(now, reference);
  const covered = seen && lost > limits.covered;
  const readable = seen && !covered;
  const place = reference === null ? null : displacement(now, reference);
  const moved = place !== null && (place.shift > limits.shift ? place.best > place.inPlace + 0.1 : place.inPlace < alike);
  // Another view has other detail: the reference says nothing about its sharpness.
  const sharpness = Math.min(1, now.detail / Math.max(0.05, moved || reference === null ? usualDetail : reference.detail));
  const grain = now.noise - (reference?.noise ?? 0);
  const cast = Math.hypot(now.redCast - (reference?.redCast ?? 0), now.blueCast - (reference?.blueCast ?? 0));
  const unmoved = before.slice(0, limits.frozenPictures - 1);
  const frozen = unmoved.length === limits.frozenPictures - 1 && unmoved.every((one) => change(now, one) < stillBelow);
  return [
    judged('black', now.light, limits.blackBelow, black),
    judged('bright', now.brightness, limits.brightAbove, bright),
    judged('covered', seen ? lost : null, limits.covered, covered),
    judged('blurred', readable ? sharpness : null, limits.sharpness, readable && sharpness < limits.sharpness),
    judged('moved', readable && place !== null ? (place.shift > limits.shift ? place.shift : 1 - place.inPlace) : null, limits.shift, readable && moved),
    judged('colour_cast', readable ? cast : null, limits.cast, readable && cast > limits.cast),
    judged('noise', readable ? grain : null, limits.noise, readable && grain > limits.noise),
    judged('frozen', before[0] === undefined ? null : change(now, before[0]), stillBelow, frozen),
  ];
};
