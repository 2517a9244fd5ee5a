/**
 * A judge answers for one control and a period whether the facts show the rule kept. It is a fold over the kinds of facts that it names, so
 * that one more fact costs one step and not a year. Pure: rules and period are arguments; without evidence nothing is satisfied.
 */
import type { Fact } from '../../../formats/fact/index.ts';
import type { Instant } from './clock.ts';
import type { Control } from './control.ts';

/** Half-open. */
export interface Period {
  from: Instant;
  until: Instant;
}

export interface Judgement {
  state: 'satisfied' | 'breached' | 'evidence_due' | 'not_applicable';
  /** Sequence numbers of the facts behind the answer, newest last; of a breach those that show it. Of what is long, the newest. */
  facts: readonly number[];
  /** Who answers for it: a person's id or a role; null when nobody is named. */
  responsible: string | null;
}

/** What a judge may ask of the rules in force at an instant of its period. */
export interface JudgeRules {
  number(name: string): number;
  flag(name: string): boolean;
}

export interface Judge<S = unknown> {
  control: Control;
  /** Of the control's clauses those that it speaks of; all of them when absent. */
  clauses?: readonly string[];
  /** Judges that name the same state share it: it is folded once, by the first of them. */
  shares?: string;
  /** Kinds of facts that change the answer, e.g. `video.gap_found`. */
  kinds: readonly string[];
  initial(): S;
  /** May change the state that it is given and answer it: nobody else holds it. */
  step(state: S, fact: Fact): S;
  answer(state: S, period: Period, rules: JudgeRules, now: Instant): Judgement;
}

export const declareJudge = <S>(judge: Judge<S>): Judge => ({
  ...judge,
  // The state that comes back is the one that this judge gave (or one that shares it by name): it never meets another's.
  step: (state, fact) => judge.step(state as S, fact),
  answer: (state, period, rules, now) => judge.answer(state as S, period, rules, now),
});

/** Clauses for which a judge answers. */
export const judgedClauses = ({ control, clauses }: Pick<Judge, 'control' | 'clauses'>): readonly string[] =>
  clauses ?? [...new Set(control.pairs.map((pair) => pair.slice(0, pair.indexOf(' '))))];
