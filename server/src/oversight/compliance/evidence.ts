/**
 * Facts name the clauses that they serve (`pack@version#clause`). Some kinds show that a clause was kept, some that it was broken; a kind that
 * is in neither list says nothing about that, so that nothing is satisfied by accident. Pure.
 */
import { clauseOfCite } from '../../base/fact-body.ts';
import type { Period } from '../../base/judge.ts';
import { addMark, marksIn, noMarks, type Marks } from '../../base/marks.ts';
import { mostBroken, mostShown } from '../../base/witness.ts';
import { declareFold, type States } from './folds.ts';

// A conflict settled or a value set is a decision about a clause, no evidence that people keep it.
export const keptKinds = [
  'audit.review_signed', 'audit.values_expired',
  'approvals.granted',
  'obligations.form_submitted', 'obligations.submission_reviewed', 'obligations.finding_closed',
] as const;
/** Findings of judges are not among them: the judge that found a breach answers for it, also when it is over. */
export const brokenFactKinds = ['obligations.was_missed', 'obligations.became_overdue'] as const;
const brokenKinds: ReadonlySet<string> = new Set(brokenFactKinds);

interface ClauseMarks {
  kept: Marks;
  broken: Marks;
}

export const evidenceFold = declareFold<Map<string, ClauseMarks>>({
  key: 'clause.evidence',
  kinds: [...keptKinds, ...brokenFactKinds],
  initial: () => new Map(),
  step: (clauses, { clauses: cited, kind, at, seq }) => {
    for (const cite of cited) {
      const id = clauseOfCite(cite);
      const marks = clauses.get(id) ?? { kept: noMarks(), broken: noMarks() };
      clauses.set(id, marks);
      addMark(brokenKinds.has(kind) ? marks.broken : marks.kept, at, seq);
    }
    return clauses;
  },
});

export const evidenceIn = (states: States, clauseId: string, period: Period): { kept: number[]; broken: number[] } => {
  const marks = evidenceFold.read(states).get(clauseId);
  return marks === undefined ? { kept: [], broken: [] } : { kept: marksIn(marks.kept, period, mostShown), broken: marksIn(marks.broken, period, mostBroken) };
};
