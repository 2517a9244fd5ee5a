/** How long to wait before a process that ended is started again: at once the first time, since each second without a recorder is lost video. */
import { secondMs } from '../../base/units.ts';

const delaysMs = [50, 500, 1_000, 2_000, 5_000, 10_000];
/** A process that lived this long is healthy again: the next end counts as the first. */
export const healthyAfterMs = 30 * secondMs;

export const restartDelayMs = (endsInARow: number): number => delaysMs[Math.min(Math.max(endsInARow, 1), delaysMs.length) - 1] ?? 0;
