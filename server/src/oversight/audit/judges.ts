/** What the facts tell about the record of acts: that it is there, who saw what, and that it is reviewed. Pure. */
import type { Fact } from '../../../../formats/fact/index.ts';
import { numberIn } from '../../base/fact-body.ts';
import { declareJudge, type Judge, type Period } from '../../base/judge.ts';
import { dayMs } from '../../base/units.ts';
import { addSign, declareWitness, freshSigns, weigh, type Ledgered, type Sign } from '../../base/witness.ts';
import { actsFound, eventsTold, keptForTerm, refusedActsFound, reviewAfterReading, reviewedMonthly, viewersKnown, watermarkLeads } from './controls.ts';
import { isCovered, monthsOver } from './months.ts';
import { eventsIn, nothingTold, tell, toldKinds, untoldIn, type Told } from './told.ts';

interface Reviews {
  openedAt: number | null;
  reviews: { seq: number; period: Period }[];
}

/** Months are those of this zone; the site's own zone comes with the site. */
export const reviewJudge = (timeZone: string) =>
  declareJudge<Reviews>({
    control: reviewedMonthly,
    kinds: ['ledger.opened', 'audit.review_signed'],
    initial: () => ({ openedAt: null, reviews: [] }),
    step: (state, fact) => {
      if (fact.kind === 'ledger.opened') state.openedAt ??= fact.at;
      const { from, until } = fact.body;
      if (fact.kind === 'audit.review_signed' && typeof from === 'number' && typeof until === 'number') state.reviews.push({ seq: fact.seq, period: { from, until } });
      return state;
    },
    answer: ({ openedAt, reviews }, period, _rules, now) => {
      const responsible = 'security_department';
      if (openedAt === null) return { state: 'evidence_due', facts: [], responsible };
      // A month that ends within the period, or ended just before it, must have been reviewed by the end of the period.
      const months = monthsOver(openedAt, Math.min(period.until, now), timeZone, 24).filter((month) => month.until > period.from - dayMs);
      const touching = reviews.filter((review) => months.some((month) => review.period.from < month.until && review.period.until > month.from));
      const facts = touching.map(({ seq }) => seq);
      if (months.length === 0) return { state: 'evidence_due', facts, responsible };
      const missed = months.filter((month) => !isCovered(month, reviews.map((review) => review.period)));
      return { state: missed.length === 0 ? 'satisfied' : 'breached', facts, responsible };
    },
  });

const byPerson = ({ actor }: Fact): Sign => (actor.kind === 'person' ? 'kept' : null);
const operating = ['video.camera_added', 'video.camera_changed', 'video.camera_retired', 'video.snapshot_taken', 'parameters.value_changed'];

/** Erased before the term would be a breach, whoever ordered it; until something is erased the record itself, since its first entry, is the evidence. */
const termSign = ({ kind, body, at }: Fact): Sign => {
  if (kind !== 'audit.erasure_ordered') return 'kept';
  return (numberIn(body, 'until') ?? at) <= at - (numberIn(body, 'retentionDays') ?? 0) * dayMs ? 'kept' : 'broken';
};

interface Readers {
  signs: Ledgered;
  readers: Set<string>;
}

/** Who signs a review has read the acts before. */
const readingJudge = declareJudge<Readers>({
  control: reviewAfterReading, kinds: ['audit.acts_read', 'audit.review_signed'], initial: () => ({ signs: freshSigns(), readers: new Set() }),
  step: (state, fact) => {
    if (fact.kind === 'audit.acts_read') state.readers.add(fact.actor.id);
    else addSign(state.signs, state.readers.has(fact.actor.id) ? 'kept' : 'broken', fact);
    return state;
  },
  answer: ({ signs }, period) => weigh({ control: reviewAfterReading, responsible: 'security_department' }, signs, period),
});

interface Words {
  told: Told;
  /** When shifts were signed, newest last. */
  signed: number[];
}

/** Words belong into the log of the shift, or within a day where no shift was signed. */
const toldJudge = declareJudge<Words>({
  control: eventsTold, kinds: [...toldKinds, 'duty.shift_closed'], initial: () => ({ told: nothingTold(), signed: [] }),
  step: (state, fact) => {
    if (fact.kind === 'duty.shift_closed') state.signed.push(fact.at);
    else tell(state.told, fact);
    return state;
  },
  answer: ({ told, signed }, period, _rules, now) => {
    const last = signed.at(-1) ?? 0;
    const end = Math.min(period.until, now);
    const open = untoldIn(told, period).filter(({ at }) => at < last || at + dayMs < end).map(({ seq }) => seq);
    const signs = freshSigns();
    for (const { seq, at, toldAt } of eventsIn(told, period)) if (toldAt !== null) addSign(signs, 'kept', { seq, at });
    // A room in which the system saw nothing has nothing to write about.
    return weigh({ control: eventsTold, responsible: 'shift_leader', conditional: eventsIn(told, period).length === 0, open }, signs, period);
  },
});

export const auditJudges = (timeZone: string): readonly Judge[] => [
  declareWitness({ control: actsFound, responsible: 'system_administrator', kinds: ['identity.signed_in', 'video.watch_began', ...operating], sign: byPerson }),
  declareWitness({ control: refusedActsFound, responsible: 'security_department', kinds: ['identity.denied', ...operating], sign: byPerson }),
  declareWitness({ control: watermarkLeads, responsible: 'security_department', conditional: true, kinds: ['audit.watermark_traced'], sign: ({ body }) => ((numberIn(body, 'found') ?? 0) > 0 ? 'kept' : 'broken') }),
  // An interval is entered before its first picture goes out, and again with its end: what stands there whole is known of every viewer.
  declareWitness({ control: viewersKnown, responsible: 'security_department', kinds: ['video.watch_ended', 'video.footage_watched', 'audit.viewers_listed'] }),
  declareWitness({ control: keptForTerm, responsible: 'security_department', standing: true, kinds: ['ledger.opened', 'audit.erasure_ordered'], sign: termSign }),
  readingJudge,
  toldJudge,
  reviewJudge(timeZone),
];
