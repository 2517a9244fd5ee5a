/** The end of one camera's writing within a bound: what waits is written while there is time; then the file is closed at what is whole. */
import type { Clock } from '../../server/src/base/clock.ts';
import type { CameraWriter, LostFootage } from '../storage/camera-writer.ts';

export interface StopBounds {
  /** Until then, monotonic ms, what waits for the disk is written. */
  writeUntilMs: number;
  /** Until then the open files are closed at what is whole. */
  closeUntilMs: number;
}

/** False when it had to go on without it. */
export const settledBy = (clock: Clock, untilMs: number, work: Promise<unknown>): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const late = clock.after(Math.max(0, untilMs - clock.monotonic()), () => resolve(false));
    void work.then(() => resolve(true), reject).finally(() => late.cancel());
  });

/** Returns the footage that does not reach the disk any more; null when all of it did. */
export const farewell = async (writer: CameraWriter, clock: Clock, bounds: StopBounds): Promise<LostFootage | null> => {
  if (await settledBy(clock, bounds.writeUntilMs, writer.idle())) return null;
  writer.giveUp();
  await settledBy(clock, bounds.closeUntilMs, writer.idle());
  return writer.leave();
};
