/** What the facts tell of holds: whatever footage was decided to go, none of it was held at that moment. */
import type { Fact } from '../../../../../formats/fact/index.ts';
import type { Instant } from '../../../base/clock.ts';
import { listIn, numberIn, partsIn, textIn } from '../../../base/fact-body.ts';
import { declareJudge, type Judge } from '../../../base/judge.ts';
import { addSign, freshSigns, weigh, type Ledgered } from '../../../base/witness.ts';
import { holdsBeatDeletion } from './controls.ts';

interface Held {
  cameraIds: ReadonlySet<unknown>;
  from: Instant;
  until: Instant;
}

interface Holds {
  held: Map<string, Held>;
  signs: Ledgered;
}

const touches = (holds: Iterable<Held>, segment: Fact['body']): boolean => {
  const [from, until] = [numberIn(segment, 'from') ?? 0, numberIn(segment, 'until') ?? 0];
  for (const one of holds) if (one.cameraIds.has(segment['cameraId']) && from < one.until && until > one.from) return true;
  return false;
};

const step = (state: Holds, fact: Fact): Holds => {
  const { body } = fact;
  if (fact.kind === 'evidence.hold_placed') state.held.set(textIn(body, 'holdId'), { cameraIds: new Set(listIn(body, 'cameraIds')), from: numberIn(body, 'from') ?? 0, until: numberIn(body, 'until') ?? 0 });
  else if (fact.kind === 'evidence.hold_ended') state.held.delete(textIn(body, 'holdId'));
  // Where nothing is held a deletion says nothing of this rule.
  else if (state.held.size > 0) addSign(state.signs, partsIn(body, 'segments').some((segment) => touches(state.held.values(), segment)) ? 'broken' : 'kept', fact);
  return state;
};

export const holdJudges: readonly Judge[] = [
  declareJudge<Holds>({
    control: holdsBeatDeletion, kinds: ['evidence.hold_placed', 'evidence.hold_ended', 'video.deletion_decided'], initial: () => ({ held: new Map(), signs: freshSigns() }), step,
    answer: ({ signs }, period) => weigh({ control: holdsBeatDeletion, responsible: 'security_department', conditional: true }, signs, period),
  }),
];
