/** Is the last proof of the person fresh enough for a sensitive act? Pure. */
import type { Instant } from '../../base/clock.ts';
import { minuteMs } from '../../base/units.ts';
import type { Caller } from './caller.ts';
import { identityRefusals } from './refusals.ts';

const freshMs = 5 * minuteMs;

/** A clock that was set back does not make an old proof fresh for longer than the span itself. */
export const isFresh = (stepUpAt: Instant | null, now: Instant): boolean => stepUpAt !== null && Math.abs(now - stepUpAt) < freshMs;

export const requireStepUp = (caller: Pick<Caller, 'stepUpAt'>, now: Instant): void => {
  if (!isFresh(caller.stepUpAt, now)) throw identityRefusals('step_up_needed');
};
