/** What time will do to a request unless somebody acts before. It reminds, tells others and ends; it never agrees. Pure. */
import type { Instant } from '../../base/clock.ts';
import { dayMs } from '../../base/units.ts';

export type DeadlineKind = 'remind_half' | 'remind_most' | 'escalate' | 'expire_step' | 'expire' | 'expire_returned' | 'run_out';

export interface Deadline {
  kind: DeadlineKind;
  dueAt: Instant;
}

export const ofStep: readonly DeadlineKind[] = ['remind_half', 'remind_most', 'escalate', 'expire_step'];
const half = 0.5;
const most = 0.8;
/** Past twice its limit a step will not be decided any more. */
const limits = 2;
/** Lifecycle 1: a returned request waits this long for its applicant. */
const returnedMs = 3 * dayMs;

export const stepDeadlines = (limitMs: number, openedAt: Instant): Deadline[] => [
  { kind: 'remind_half', dueAt: openedAt + Math.round(limitMs * half) },
  { kind: 'remind_most', dueAt: openedAt + Math.round(limitMs * most) },
  { kind: 'escalate', dueAt: openedAt + limitMs },
  { kind: 'expire_step', dueAt: openedAt + limits * limitMs },
];

export const returnedDeadline = (at: Instant): Deadline => ({ kind: 'expire_returned', dueAt: at + returnedMs });

/**
 * Of several that came due while nobody swept, what still has a point: an end goes before everything, a call for help before reminders.
 * The others are cleared, not fired.
 */
export const pointful = <D extends Deadline>(due: readonly D[]): D | null => {
  const sorted = due.toSorted((a, b) => a.dueAt - b.dueAt);
  const ends = sorted.find(({ kind }) => kind.startsWith('expire') || kind === 'run_out');
  return ends ?? sorted.find(({ kind }) => kind === 'escalate') ?? sorted.at(-1) ?? null;
};
