/**
 * What the facts tell of rules: what was decided with whose approval, and dated. A decision goes on to hold until the next one, so the newest
 * before the end of the period is the evidence, however old it is.
 */
import type { Fact } from '../../../../formats/fact/index.ts';
import type { Instant } from '../../base/clock.ts';
import type { Control } from '../../base/control.ts';
import { numberIn, textIn } from '../../base/fact-body.ts';
import { declareJudge, judgedClauses, type Judge } from '../../base/judge.ts';
import { minuteMs } from '../../base/units.ts';
import { addSign, declareWitness, freshSigns, weigh, type Ledgered, type Sign } from '../../base/witness.ts';
import {
  annexesTogether, areasCovered, attachedToNamed, changerNamed, conflictsSettled, countsFromIssue, departmentNamed, groupsPresent, headNamed, holdsFromItsDay, houseRulesFollow, inheritedByAll, interpreterOnly,
  openDecided, purposesBound, systemsLinked, withinBounds,
} from './controls.ts';

const responsible = 'security_department';
const adopted = 'parameters.pack_adopted';
const profiled = 'parameters.profile_changed';
const changed = 'parameters.value_changed';

interface Decisions {
  signs: Ledgered;
  setUpAt: Instant | null;
  /** Decided without an approval: with the room itself (the demonstration), or past the approvals. */
  unapproved: { at: Instant; seq: number }[];
}

const setUpMs = minuteMs;

/** A change goes through an approval, which asks for its bounds and its changer; only the set-up of a room decides without one. */
const decisionJudge = (control: Control): Judge =>
  declareJudge<Decisions>({
    control, shares: 'parameters.decisions', kinds: ['identity.set_up_done', changed, adopted], initial: () => ({ signs: freshSigns(), setUpAt: null, unapproved: [] }),
    step: (state, fact) => {
      if (fact.kind === 'identity.set_up_done') state.setUpAt = fact.at;
      else {
        addSign(state.signs, 'kept', fact);
        if (typeof fact.body['approvalId'] !== 'string') state.unapproved.push({ at: fact.at, seq: fact.seq });
      }
      return state;
    },
    answer: ({ signs, setUpAt, unapproved }, period) => {
      const past = unapproved.filter(({ at }) => at >= period.from && at < period.until && (setUpAt === null || Math.abs(at - setUpAt) > setUpMs));
      return weigh({ control, responsible, standing: true, open: past.map(({ seq }) => seq) }, signs, period);
    },
  });

/** The document of the clause: an adoption of another says nothing about it. */
const adoptionOf = (clause: string) => (fact: Fact): Sign => (textIn(fact.body, 'pack').toUpperCase() === clause.slice(0, clause.indexOf('-')) ? 'kept' : null);

/** Also for parts above that hold what an adoption brings. One for each clause: its own document was adopted, which the control refuses as long as something is missing. */
export const judgesByAdoption = (control: Control): Judge[] => judgedClauses({ control }).map((clause) => declareWitness({ control, clauses: [clause], responsible, standing: true, kinds: [adopted], sign: adoptionOf(clause) }));

/** Every change names its day, and none reaches back behind its own decision. */
const dated = (fact: Fact): Sign => {
  const from = numberIn(fact.body, 'from');
  if (from === null) return null;
  return fact.kind === changed && from < fact.at ? 'broken' : 'kept';
};

export const parametersJudges: readonly Judge[] = [
  decisionJudge(withinBounds), decisionJudge(changerNamed),
  declareWitness({ control: holdsFromItsDay, responsible, standing: true, kinds: [changed, adopted, 'parameters.conflict_settled', 'parameters.clause_waived'], sign: dated }),
  ...judgesByAdoption(countsFromIssue), ...judgesByAdoption(attachedToNamed), ...judgesByAdoption(inheritedByAll), ...judgesByAdoption(openDecided), ...judgesByAdoption(conflictsSettled), ...judgesByAdoption(annexesTogether), ...judgesByAdoption(purposesBound),
  ...judgesByAdoption(departmentNamed), ...judgesByAdoption(houseRulesFollow),
  ...[areasCovered, headNamed, systemsLinked, groupsPresent].map((control) => declareWitness({ control, responsible, standing: true, kinds: [profiled] })),
  declareWitness({ control: interpreterOnly, responsible, standing: true, conditional: true, kinds: ['parameters.ruling_given'] }),
];
