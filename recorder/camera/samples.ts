/** From presentation times to the samples of a fragment. Pure. */
import type { FragmentSample } from '../../formats/fmp4/index.ts';

export interface TimedUnit {
  ticks: number;
  size: number;
  key: boolean;
}

/** Duration of a last frame whose successor never came: a thirtieth of a second unless the frames before tell. */
export const defaultFrameTicks = 3_000;

/** The middle one of the newest durations: a single stutter does not make the last frame of a run last for seconds. */
export const nominalFrameTicks = (units: readonly TimedUnit[]): number => {
  const steps: number[] = [];
  for (let i = Math.max(1, units.length - 9); i < units.length; i += 1) {
    const step = (units[i]?.ticks ?? 0) - (units[i - 1]?.ticks ?? 0);
    if (step > 0) steps.push(step);
  }
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? defaultFrameTicks;
};

/**
 * Units in decoding order, the last one lasting until `endTicks`. Without B frames decode and presentation time are one. With them the
 * i-th decode time is the i-th smallest presentation time, and the difference is the composition offset (trun version 1, signed).
 */
export const samplesOf = (units: readonly TimedUnit[], endTicks: number): FragmentSample[] => {
  const reordered = units.some((unit, i) => i > 0 && unit.ticks < (units[i - 1]?.ticks ?? 0));
  const decode = units.map((unit) => unit.ticks);
  if (reordered) decode.sort((a, b) => a - b);
  return units.map((unit, i) => {
    const at = decode[i] ?? unit.ticks;
    return { size: unit.size, key: unit.key, durationTicks: Math.max(0, (decode[i + 1] ?? endTicks) - at), compositionTicks: unit.ticks - at };
  });
};

/** The end of the newest frame, whatever the order. */
export const latestTicks = (units: readonly TimedUnit[]): number => units.reduce((latest, unit) => Math.max(latest, unit.ticks), Number.NEGATIVE_INFINITY);

/** Segments of a camera end at its own moment of the minute, so that not all cameras close a file at once. */
export const nextBoundary = (at: number, segmentMs: number, spread: number): number => {
  const phase = Math.floor(spread * segmentMs);
  return Math.floor((at - phase) / segmentMs) * segmentMs + segmentMs + phase;
};
