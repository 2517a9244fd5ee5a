/**
 * Keeps MSE playback near the live edge: a little faster when it falls behind, a jump when it is hopeless. Pure.
 * The browser needs about one frame in hand to go on without stalling, so the aim is in frames, not in a fixed time.
 */
export interface SteeringInput {
  /** Seconds on the media timeline. */
  currentTime: number;
  bufferedFrom: number;
  bufferedUntil: number;
  frameSeconds: number;
}
export interface Steering {
  playbackRate: number;
  jumpTo: number | null;
}

/** Behind by more than this no speeding up helps within a reasonable time. */
export const jumpBehindSeconds = 1;

export const steer = ({ currentTime, bufferedFrom, bufferedUntil, frameSeconds }: SteeringInput): Steering => {
  const aim = Math.max(bufferedFrom, bufferedUntil - frameSeconds);
  // Outside what is buffered (first picture, or the stream came back after a gap): to the edge at once.
  if (currentTime < bufferedFrom || currentTime > bufferedUntil + jumpBehindSeconds) return { playbackRate: 1, jumpTo: aim };
  const behind = bufferedUntil - currentTime;
  if (behind > jumpBehindSeconds) return { playbackRate: 1, jumpTo: aim };
  const spare = behind - frameSeconds;
  // Gentle and proportional: 100 ms too much is caught up in about a second without visible haste.
  if (spare > frameSeconds / 2) return { playbackRate: Math.min(1.5, 1 + spare), jumpTo: null };
  // An empty hand stalls the element; a hair slower lets the next frame arrive in time.
  if (spare < -frameSeconds * 0.9) return { playbackRate: 0.97, jumpTo: null };
  return { playbackRate: 1, jumpTo: null };
};
