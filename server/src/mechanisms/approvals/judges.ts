/** What the facts tell of decisions: granted by those who must agree, none of them the applicant, each with a signature; used while they held. */
import type { Fact } from '../../../../formats/fact/index.ts';
import type { Instant } from '../../base/clock.ts';
import { listIn, numberIn, textIn } from '../../base/fact-body.ts';
import { declareJudge, type Judge } from '../../base/judge.ts';
import { addSign, freshSigns, weigh, type Ledgered } from '../../base/witness.ts';
import { holdsWhenGranted, signedByOthers } from './controls.ts';

interface Case {
  applicantId: string;
  /** Who agreed since the request was last submitted. */
  agreed: Set<string>;
  granted: { at: Instant; until: Instant | null; ended: Instant | null } | null;
}
interface Cases {
  open: Map<string, Case>;
  signed: Ledgered;
  used: Ledgered;
}

const caseOf = (state: Cases, fact: Fact): Case => {
  const known = state.open.get(fact.subject) ?? { applicantId: '', agreed: new Set(), granted: null };
  state.open.set(fact.subject, known);
  return known;
};

/** Who signs for somebody absent signs with their own hand; the applicant is none of them, neither by hand nor by deputy. */
const grantedRightly = ({ applicantId, agreed }: Case, fact: Fact): boolean => {
  const signers = listIn(fact.body, 'signers').filter((one) => typeof one === 'string');
  return signers.length > 0 && signers.every((signer) => signer !== applicantId && agreed.has(signer));
};

const step = (state: Cases, fact: Fact): Cases => {
  const one = caseOf(state, fact);
  const { granted } = one;
  switch (fact.kind) {
    case 'approvals.submitted':
      Object.assign(one, { applicantId: fact.actor.id, agreed: new Set() });
      break;
    case 'approvals.signed':
      if (textIn(fact.body, 'decision') === 'approve') one.agreed.add(fact.actor.id);
      break;
    case 'approvals.granted':
      addSign(state.signed, grantedRightly(one, fact) ? 'kept' : 'broken', fact);
      one.granted = { at: fact.at, until: numberIn(fact.body, 'validUntil'), ended: null };
      addSign(state.used, 'kept', fact);
      break;
    case 'approvals.used':
      addSign(state.used, granted !== null && fact.at >= granted.at && fact.at < (granted.until ?? Infinity) && fact.at < (granted.ended ?? Infinity) ? 'kept' : 'broken', fact);
      break;
    default:
      // Closed, lapsed or revoked: nothing may use it from now on.
      if (granted !== null) granted.ended = fact.at;
      if (fact.kind !== 'approvals.revoked') addSign(state.used, 'kept', fact);
  }
  return state;
};

const cases = {
  shares: 'approvals.cases', kinds: ['submitted', 'signed', 'granted', 'used', 'closed', 'lapsed', 'revoked'].map((what) => `approvals.${what}`),
  initial: (): Cases => ({ open: new Map(), signed: freshSigns(), used: freshSigns() }),
  step,
};
const responsible = 'security_department';

export const approvalsJudges: readonly Judge[] = [
  declareJudge<Cases>({ ...cases, control: signedByOthers, answer: ({ signed }, period) => weigh({ control: signedByOthers, responsible, conditional: true }, signed, period) }),
  declareJudge<Cases>({ ...cases, control: holdsWhenGranted, answer: ({ used }, period) => weigh({ control: holdsWhenGranted, responsible, conditional: true }, used, period) }),
];
