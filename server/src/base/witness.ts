/**
 * Judges whose answer needs one fact at a time: each fact shows the rule kept, or broken, or neither. That is enough wherever a control makes a
 * violation impossible (the acts that went through it are the evidence) and wherever the fact itself says that something came late.
 */
import type { Fact } from '../../../formats/fact/index.ts';
import { declareJudge, type Judge, type Judgement, type JudgeRules, type Period } from './judge.ts';
import { addMark, marksIn, newestBefore, noMarks, type Marks } from './marks.ts';

export type Sign = 'kept' | 'broken' | null;

export interface Ledgered {
  kept: Marks;
  broken: Marks;
}

export interface Witness extends Pick<Judge, 'control' | 'kinds'> {
  clauses?: readonly string[];
  /** Role that answers for it. */
  responsible: string;
  /** What one fact says; without it every fact of the kinds shows the rule kept. */
  sign?: (fact: Fact) => Sign;
  /** What was decided goes on to hold: the newest sign before the end of the period counts, however old it is. */
  standing?: boolean;
  /** Whether the rule is switched on; else it does not apply. */
  binds?: (rules: JudgeRules) => boolean;
  /** The rule speaks of something that need not happen: a period without it is not one without evidence. */
  conditional?: boolean;
}

/** Facts that an answer names of what was kept: enough to look at, and as many for a day as for a year. */
export const mostShown = 200;
/** Of breaches all that people will ever read. */
export const mostBroken = 1_000;

export const freshSigns = (): Ledgered => ({ kept: noMarks(), broken: noMarks() });

export const addSign = (signs: Ledgered, sign: Sign, fact: Pick<Fact, 'at' | 'seq'>): void => {
  if (sign !== null) addMark(sign === 'kept' ? signs.kept : signs.broken, fact.at, fact.seq);
};

export interface Weighing extends Pick<Witness, 'control' | 'responsible' | 'standing' | 'conditional'> {
  /** Further breaches that stand open at the end of the period: sequence numbers. */
  open?: readonly number[];
}

export const weigh = ({ control, responsible, standing = false, conditional = false, open = [] }: Weighing, signs: Ledgered, period: Period): Judgement => {
  const broken = control.find(() => [...new Set([...marksIn(signs.broken, period, mostBroken), ...open])].sort((a, b) => a - b));
  if (broken.length > 0) return { state: 'breached', facts: broken, responsible };
  const kept = marksIn(signs.kept, period, mostShown).sort((a, b) => a - b);
  if (kept.length > 0) return { state: 'satisfied', facts: kept, responsible };
  const before = standing ? newestBefore(signs.kept, period.until) : null;
  if (before !== null) return { state: 'satisfied', facts: [before], responsible };
  return { state: conditional ? 'not_applicable' : 'evidence_due', facts: [], responsible };
};

export const declareWitness = (witness: Witness): Judge => {
  const { control, clauses, kinds, responsible, sign = () => 'kept', binds } = witness;
  return declareJudge<Ledgered>({
    control, kinds, ...(clauses === undefined ? {} : { clauses }),
    initial: freshSigns,
    step: (signs, fact) => {
      addSign(signs, sign(fact), fact);
      return signs;
    },
    answer: (signs, period, rules) => (binds?.(rules) === false ? { state: 'not_applicable', facts: [], responsible } : weigh(witness, signs, period)),
  });
};
