/**
 * Keeps several cameras at one instant: the leader plays, the others follow by small changes of speed and, when they are too far off, by a
 * jump. Pure decisions; the rim carries them out.
 */

/** Less than a frame or two of difference is not seen. */
export const inStepMs = 60;
/** Standing still, frame by frame is looked at. */
export const stillMs = 5;
/** More than this is not caught up with by playing faster. */
export const jumpMs = 700;
const catchUpPart = 0.12;

export type Correction = { kind: 'none' } | { kind: 'speed'; factor: number } | { kind: 'seek'; to: number };

export const correctionOf = (leaderAt: number, followerAt: number | null, playing: boolean): Correction => {
  if (followerAt === null) return { kind: 'seek', to: leaderAt };
  const behind = leaderAt - followerAt;
  if (Math.abs(behind) <= (playing ? inStepMs : stillMs)) return { kind: 'none' };
  if (!playing || Math.abs(behind) > jumpMs) return { kind: 'seek', to: leaderAt };
  return { kind: 'speed', factor: behind > 0 ? 1 + catchUpPart : 1 - catchUpPart };
};

/** Columns of a grid whose pictures are as large as they can be. */
export const columnsFor = (count: number): number => Math.max(1, Math.ceil(Math.sqrt(count)));
export const mostInStep = 16;
