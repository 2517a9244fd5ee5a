/** The facts of an act, in the words of the ledger. */
import type { Sentence } from '../../base/refusal.ts';
import { act as fact, type Act as LedgerAct, type Actor } from '../ledger/index.ts';
import type { ApprovalCase } from './case.ts';
import { apply, type Change } from './change.ts';
import { events } from './events.ts';

const unnamed: Sentence = { zh: '—', en: '—' };

interface Told {
  one: ApprovalCase;
  change: Change;
  title: Sentence;
  actor: Actor;
  /** Who was told because of it. */
  to: readonly string[];
}

export const factsOf = ({ one, change, title, actor, to }: Told): LedgerAct[] => {
  const { move, state, signature } = change;
  const common = { siteId: one.siteId, roomId: one.roomId, actor, subject: one.approvalId, at: change.at, clauses: one.clauses };
  const about = { number: one.number, kind: one.kind, title };
  const titleOf = (step: number | null): Sentence => (step === null ? unnamed : (one.steps[step]?.title ?? unnamed));
  const at = { ...about, step: titleOf(move.step) };
  const { reason, lateMs, onBehalfOf } = move;
  const facts: LedgerAct[] = [];
  if (signature !== null) {
    const { decision, digest, method, credentialId, comment } = signature;
    facts.push(fact({ ...common, event: events.signed, body: { ...at, decision, digest, method, credentialId, onBehalfOf, comment } }));
  }
  if (signature !== null && (state.name === 'approved' || state.name === 'in_use')) {
    facts.push(fact({ ...common, event: events.granted, body: { ...about, signers: state.consent.signers.map(({ personId }) => personId), validUntil: state.validUntil } }));
  }
  switch (move.act) {
    case 'submitted': case 'resubmitted': {
      const after = apply(one, change);
      facts.push(fact({ ...common, event: events.submitted, body: { ...about, summary: one.summary, reason, round: after.round, protected: one.protected } }));
      break;
    }
    case 'agreed': case 'rejected': break;
    case 'returned': facts.push(fact({ ...common, event: events.returned, body: { ...at, toStep: state.name === 'pending' ? titleOf(change.step) : null, reason } })); break;
    case 'transferred': facts.push(fact({ ...common, event: events.transferred, body: { ...at, to: move.toPerson ?? '', onBehalfOf, reason } })); break;
    case 'assigned': facts.push(fact({ ...common, event: events.assigned, body: { ...at, to: move.toPerson ?? '', reason } })); break;
    case 'added_before': case 'added_after': case 'delegated': {
      const how = move.act === 'delegated' ? 'opinion' : move.act === 'added_before' ? 'before' : 'after';
      facts.push(fact({ ...common, event: events.added, body: { ...at, to: move.toPerson ?? '', how, onBehalfOf, reason } }));
      break;
    }
    case 'removed': facts.push(fact({ ...common, event: events.removed, body: { ...at, to: move.toPerson ?? '', onBehalfOf, reason } })); break;
    case 'opined': facts.push(fact({ ...common, event: events.opinionGiven, body: { ...at, to: move.toPerson, onBehalfOf, opinion: reason } })); break;
    case 'withdrawn': facts.push(fact({ ...common, event: events.withdrawn, body: { ...about, reason } })); break;
    case 'reminded': facts.push(fact({ ...common, event: events.reminded, body: { ...at, to: [...to], lateMs } })); break;
    case 'escalated': break;
    case 'expired': facts.push(fact({ ...common, event: events.expired, body: { ...about, lateMs } })); break;
    case 'used': facts.push(fact({ ...common, event: events.used, body: about })); break;
    case 'closed': facts.push(fact({ ...common, event: events.closed, body: { ...about, outcome: reason, lateMs } })); break;
    case 'lapsed': facts.push(fact({ ...common, event: events.lapsed, body: { ...about, lateMs } })); break;
    case 'revoked': facts.push(fact({ ...common, event: events.revoked, body: { ...about, reason } })); break;
  }
  // A step that is entered without anybody who could decide is escalated in the same breath.
  if (state.name === 'pending' && state.escalated !== null && (move.act === 'escalated' || one.state.name !== 'pending' || one.state.escalated !== state.escalated || one.step !== change.step)) {
    facts.push(fact({ ...common, event: events.escalated, body: { ...about, step: titleOf(change.step), why: state.escalated, to: [...to], lateMs } }));
  }
  return facts;
};
