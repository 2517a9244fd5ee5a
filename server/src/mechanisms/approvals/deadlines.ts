/** What time will do to a request unless somebody acts before. It reminds, tells others and ends; it never agrees. Pure. */
import type { Instant } from '../../base/clock.ts';

export type DeadlineKind = 'remind_half' | 'remind_most' | 'escalate' | 'expire_step' | 'expire' | 'expire_returned' | 'run_out';

export interface Deadline {
  kind: DeadlineKind;
  dueAt: Instant;
}

export const ofStep: readonly DeadlineKind[] = ['remind_half', 'remind_most', 'escalate', 'expire_step'];
/** Past twice its limit a step will not be decided any more. */
const limits = 2;

export const stepDeadlines = (limitMs: number, openedAt: Instant, [first, second]: readonly [number, number]): Deadline[] => [
  { kind: 'remind_half', dueAt: openedAt + Math.round(limitMs * first) },
  { kind: 'remind_most', dueAt: openedAt + Math.round(limitMs * second) },
  { kind: 'escalate', dueAt: openedAt + limitMs },
  { kind: 'expire_step', dueAt: openedAt + limits * limitMs },
];

/** A returned request waits this long for its applicant. */
export const returnedDeadline = (at: Instant, returnedMs: number): Deadline => ({ kind: 'expire_returned', dueAt: at + returnedMs });

/**
 * Of several that came due while nobody swept, what still has a point: an end goes before everything, a call for help before reminders.
 * The others are cleared, not fired.
 */
export const pointful = <D extends Deadline>(due: readonly D[]): D | null => {
  const sorted = due.toSorted((a, b) => a.dueAt - b.dueAt);
  const ends = sorted.find(({ kind }) => kind.startsWith('expire') || kind === 'run_out');
  return ends ?? sorted.find(({ kind }) => kind === 'escalate') ?? sorted.at(-1) ?? null;
};
