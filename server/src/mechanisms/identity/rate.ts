/** Bounds what an open route may cost: so many calls of one source in a span. Kept in memory, since only this server's CPU is at stake. */
import type { Clock } from '../../base/clock.ts';
import { secondMs } from '../../base/units.ts';
import { identityRefusals } from './refusals.ts';

const mostSources = 10_000;

export const createRate = (clock: Clock, most: number, spanMs: number) => {
  let from = clock.monotonic();
  let counts = new Map<string, number>();
  return (source: string): void => {
    const now = clock.monotonic();
    if (now - from >= spanMs || counts.size >= mostSources) {
      from = now;
      counts = new Map();
    }
    const count = (counts.get(source) ?? 0) + 1;
    counts.set(source, count);
    if (count <= most) return;
    const seconds = Math.max(1, Math.ceil((from + spanMs - now) / secondMs));
    throw identityRefusals('slow_down', { seconds }, { retryAfterSeconds: seconds });
  };
};
