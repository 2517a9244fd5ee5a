/** What the facts tell of looking at footage: each opening has its right, and what is seen under a grant stays within its cameras, span and time. */
import type { Fact } from '../../../../../formats/fact/index.ts';
import type { Instant } from '../../../base/clock.ts';
import type { Control } from '../../../base/control.ts';
import { listIn, numberIn, partIn, partsIn, textIn } from '../../../base/fact-body.ts';
import { declareJudge, type Judge } from '../../../base/judge.ts';
import { minuteMs } from '../../../base/units.ts';
import { addSign, freshSigns, weigh, type Ledgered } from '../../../base/witness.ts';
import { onlyWithRight, whileGrantHolds, withinGrant } from './controls.ts';

/** What was seen until the end is written down a little after it. */
const writtenWithinMs = 2 * minuteMs;

interface Given {
  cameraIds: ReadonlySet<unknown>;
  from: Instant;
  until: Instant;
  validFrom: Instant;
  /** The earlier end when it was ended. */
  endsAt: Instant;
}

interface Looking {
  grants: Map<string, Given>;
  right: Ledgered;
  span: Ledgered;
  time: Ledgered;
}

const give = ({ grants }: Looking, { body, at }: Fact): void => {
  const number = (key: string): number => numberIn(body, key) ?? at;
  grants.set(textIn(body, 'grantId'), { cameraIds: new Set(listIn(body, 'cameraIds')), from: number('from'), until: number('until'), validFrom: number('validFrom'), endsAt: number('validUntil') });
};

const opened = (state: Looking, fact: Fact): void => {
  const { body, at } = fact;
  const grantId = textIn(body, 'grantId');
  const grant = state.grants.get(grantId);
  // Facts of the first version name no right at all.
  if (body['grantId'] === undefined) return;
  addSign(state.right, grantId === '' ? (partIn(body, 'basis') === null ? 'broken' : 'kept') : grant === undefined ? 'broken' : 'kept', fact);
  if (grant === undefined) return;
  const [from, until] = [numberIn(body, 'from') ?? 0, numberIn(body, 'until') ?? Infinity];
  addSign(state.span, grant.cameraIds.has(body['cameraId']) && from >= grant.from && until <= grant.until ? 'kept' : 'broken', fact);
  addSign(state.time, at >= grant.validFrom && at < grant.endsAt ? 'kept' : 'broken', fact);
};

const watched = (state: Looking, fact: Fact): void => {
  const grant = state.grants.get(textIn(fact.body, 'grantId'));
  if (grant === undefined) return;
  const inside = partsIn(fact.body, 'intervals').every((one) => (numberIn(one, 'until') ?? Infinity) > grant.from && (numberIn(one, 'from') ?? 0) < grant.until);
  addSign(state.span, grant.cameraIds.has(fact.body['cameraId']) && inside ? 'kept' : 'broken', fact);
  addSign(state.time, fact.at < grant.endsAt + writtenWithinMs ? 'kept' : 'broken', fact);
};

const step = (state: Looking, fact: Fact): Looking => {
  switch (fact.kind) {
    case 'evidence.grant_given':
      give(state, fact);
      break;
    case 'evidence.grant_ended': {
      const grant = state.grants.get(textIn(fact.body, 'grantId'));
      if (grant !== undefined) grant.endsAt = Math.min(grant.endsAt, fact.at);
      break;
    }
    case 'video.playback_opened':
      opened(state, fact);
      break;
    case 'video.footage_watched':
      watched(state, fact);
      break;
  }
  return state;
};

/** Nobody need look back: a period without it is not one without evidence. */
const of = (control: Control, signs: (state: Looking) => Ledgered): Judge =>
  declareJudge<Looking>({
    control, shares: 'evidence.looking', kinds: ['evidence.grant_given', 'evidence.grant_ended', 'video.playback_opened', 'video.footage_watched'],
    initial: () => ({ grants: new Map(), right: freshSigns(), span: freshSigns(), time: freshSigns() }), step,
    answer: (state, period) => weigh({ control, responsible: 'security_department', conditional: true }, signs(state), period),
  });

export const grantJudges: readonly Judge[] = [of(onlyWithRight, ({ right }) => right), of(withinGrant, ({ span }) => span), of(whileGrantHolds, ({ time }) => time)];
