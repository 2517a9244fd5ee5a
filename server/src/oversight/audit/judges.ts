/** What the facts tell about the review of acts. Pure. */
import { declareJudge, type Period } from '../../base/judge.ts';
import { dayMs } from '../../base/units.ts';
import { reviewedMonthly } from './controls.ts';
import { isCovered, monthsOver } from './months.ts';

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
