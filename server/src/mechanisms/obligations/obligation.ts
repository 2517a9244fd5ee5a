/**
 * The life of an obligation (lifecycles.md 8). Pure: what a deadline does, whether an act is allowed now. The state decides, not the clock
 * alone: what was noticed as over stays over when the clock is set back.
 */
import type { ObligationState, Answer } from '../../../../contract/obligations.ts';
import type { Role } from '../../../../contract/identity.ts';
import type { Instant } from '../../base/clock.ts';
import type { Refusal, Sentence } from '../../base/refusal.ts';
import { anyOfRoles } from './role-words.ts';
import { obligationRefusals as refuse } from './refusals.ts';

export type DeadlineKind = 'opens' | 'ends' | 'grace_ends' | 'return_ends';

export interface Obligation {
  obligationId: string;
  siteId: string;
  roomId: string;
  kind: string;
  title: Sentence;
  windowKey: string;
  subject: string;
  from: Instant;
  until: Instant;
  graceUntil: Instant;
  form: string;
  formVersion: number;
  fields: readonly string[];
  assignees: readonly Role[];
  reviewers: readonly Role[];
  clauses: readonly string[];
  state: ObligationState;
  late: boolean;
  rowVersion: number;
}

export interface Step {
  state: ObligationState;
  late: boolean;
}

/** What a deadline that has come makes of it; null: nothing, it was dealt with before. */
export const fireDeadline = (one: Pick<Obligation, 'state' | 'late'>, what: DeadlineKind): Step | null => {
  if (what === 'opens' && one.state === 'planned') return { state: 'available', late: false };
  if (what === 'ends' && (one.state === 'available' || one.state === 'in_progress')) return { state: 'overdue', late: true };
  if (what === 'grace_ends' && one.state === 'overdue') return { state: 'missed', late: true };
  if (what === 'return_ends' && one.state === 'returned') return { state: 'missed', late: true };
  return null;
};

export interface Actor {
  personId: string;
  roles: readonly Role[];
}

const hasRole = (actor: Actor, roles: readonly Role[]): boolean => roles.some((role) => actor.roles.includes(role));

const stateReason = (one: Pick<Obligation, 'state'>, done: { name: string; at: string } | null): Refusal | null => {
  switch (one.state) {
    case 'planned':
      return refuse('not_open_yet');
    case 'submitted':
    case 'reviewed':
      return refuse('already_submitted', { name: done?.name ?? '', at: done?.at ?? '' });
    case 'missed':
      return refuse('missed_for_ever');
    case 'waived':
      return refuse('is_waived');
    case 'withdrawn':
      return refuse('is_withdrawn');
    default:
      return null;
  }
};

/** May this person fill it in now? `done`: who submitted it before, and when as people read it. */
export const maySubmit = (one: Obligation, actor: Actor, done: { name: string; at: string } | null): Refusal | null => {
  if (!hasRole(actor, one.assignees)) return refuse('not_assigned', { zh: anyOfRoles(one.assignees).zh, en: anyOfRoles(one.assignees).en });
  return stateReason(one, done);
};

/** A window whose end has come but was not noticed yet is over all the same. */
export const isLate = (one: Pick<Obligation, 'state' | 'late' | 'until'>, at: Instant): boolean => one.late || (one.state !== 'returned' && at >= one.until);
export const isGone = (one: Pick<Obligation, 'state' | 'graceUntil'>, at: Instant): boolean => one.state !== 'returned' && at >= one.graceUntil;

export const mayReview = (one: Obligation, actor: Actor, submittedBy: string | null): Refusal | null => {
  if (one.reviewers.length === 0) return refuse('needs_no_review');
  if (!hasRole(actor, one.reviewers)) return refuse('not_reviewer', { zh: anyOfRoles(one.reviewers).zh, en: anyOfRoles(one.reviewers).en });
  if (one.state !== 'submitted') return refuse('nothing_to_review');
  return submittedBy === actor.personId ? refuse('own_work') : null;
};

export const mayWaive = (one: Pick<Obligation, 'state'>, asked: boolean): Refusal | null => {
  if (asked) return refuse('waiver_asked');
  return one.state === 'planned' || one.state === 'available' || one.state === 'in_progress' || one.state === 'overdue' ? null : refuse('cannot_be_waived');
};

export type Answers = Readonly<Record<string, Answer>>;
