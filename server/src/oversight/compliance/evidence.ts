/**
 * Facts name the clauses that they serve (`pack@version#clause`). Some kinds show that a clause was kept, some that it was broken; a kind that
 * is in neither list says nothing about that, so that nothing is satisfied by accident. Pure.
 */
import type { Instant } from '../../base/clock.ts';
import type { Period } from '../../base/judge.ts';
import { declareFold, type States } from './folds.ts';

const kept = [
  'audit.review_signed', 'audit.values_expired',
  'approvals.signed', 'approvals.granted', 'approvals.deputy_named',
  'parameters.changed', 'parameters.adopted', 'parameters.settled', 'parameters.profile_changed',
  'obligations.form_submitted', 'obligations.submission_reviewed',
  'notifications.alarm_acknowledged', 'notifications.alarm_closed', 'notifications.notice_answered', 'notifications.notice_sent',
  'duty.signed_on', 'duty.signed_off', 'duty.entry_made', 'duty.log_closed',
  'identity.password_changed', 'identity.post_taken', 'identity.sign_in_refused', 'identity.denied',
] as const;
const broken = ['obligations.was_missed', 'obligations.became_overdue', 'notifications.alarm_unreached', 'notifications.notice_unreached', 'compliance.breach_found'] as const;
const brokenKinds: ReadonlySet<string> = new Set(broken);

interface Mark {
  at: Instant;
  seq: number;
}
interface ClauseMarks {
  kept: Mark[];
  broken: Mark[];
}

/** `brn@1#BRN-9.4` → `BRN-9.4` */
export const clauseOfCite = (cite: string): string => cite.slice(cite.indexOf('#') + 1);

export const evidenceFold = declareFold<Map<string, ClauseMarks>>({
  key: 'clause.evidence',
  kinds: [...kept, ...broken],
  initial: () => new Map(),
  step: (clauses, { clauses: cited, kind, at, seq }) => {
    for (const cite of cited) {
      const id = clauseOfCite(cite);
      const marks = clauses.get(id) ?? { kept: [], broken: [] };
      clauses.set(id, marks);
      (brokenKinds.has(kind) ? marks.broken : marks.kept).push({ at, seq });
    }
    return clauses;
  },
});

const inside = (marks: readonly Mark[], { from, until }: Period): number[] => marks.filter(({ at }) => at >= from && at < until).map(({ seq }) => seq);

export const evidenceIn = (states: States, clauseId: string, period: Period): { kept: number[]; broken: number[] } => {
  const marks = evidenceFold.read(states).get(clauseId);
  return marks === undefined ? { kept: [], broken: [] } : { kept: inside(marks.kept, period), broken: inside(marks.broken, period) };
};
