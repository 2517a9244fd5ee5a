/** Answers for clauses: which judges speak of which clause, and what they and the evidence say for a period. */
import type { Control } from '../../base/control.ts';
import { judgedClauses, type Judge, type Judgement, type Period } from '../../base/judge.ts';
import type { Instant } from '../../base/clock.ts';
import { answerClause, type Answer } from './clause-state.ts';
import type { RulesInForce } from './context.ts';
import { evidenceIn } from './evidence.ts';
import type { Fold, States } from './folds.ts';
import type { PackClause } from './pack-clauses.ts';

const judgeKey = (judge: Judge, index: number): string => judge.shares ?? `judge.${index}`;

/** One for each state: of judges that share one, the first folds it. */
export const judgeFolds = (judges: readonly Judge[]): Fold[] => {
  const folds = new Map<string, Fold>();
  for (const [index, judge] of judges.entries()) {
    const key = judgeKey(judge, index);
    if (!folds.has(key)) folds.set(key, { ...judge, key });
  }
  return [...folds.values()];
};

const clausesOf = (control: Control): Set<string> => new Set(control.pairs.map((pair) => pair.slice(0, pair.indexOf(' '))));

export interface ControlJudgement {
  control: Control;
  /** Null: it has no judge. */
  judgement: Judgement | null;
}

export interface ClauseAnswer extends Answer {
  cite: string | null;
  controls: readonly ControlJudgement[];
}

export type Judgements = ReadonlyMap<number, Judgement>;

export const createJudging = (controls: readonly Control[], judges: readonly Judge[]) => {
  const controlsOf = new Map<string, Control[]>();
  for (const control of controls) for (const clause of clausesOf(control)) controlsOf.set(clause, [...(controlsOf.get(clause) ?? []), control]);
  const judgesOf = new Map<string, number[]>();
  const held = ({ name }: Control, clause: string): string => `${name} ${clause}`;
  for (const [index, judge] of judges.entries()) {
    for (const clause of judgedClauses(judge)) judgesOf.set(held(judge.control, clause), [...(judgesOf.get(held(judge.control, clause)) ?? []), index]);
  }

  /** One answer for each judge: several clauses may rest on it. */
  const prepare = (states: States, period: Period, rules: RulesInForce, now: Instant): Judgements =>
    new Map(judges.map((judge, index) => [index, judge.answer(states.of(judgeKey(judge, index)), period, rules, now)]));

  const answer = (clause: PackClause, judgements: Judgements, ask: { states: States; period: Period; rules: RulesInForce; packAdopted: boolean }): ClauseAnswer => {
    const { states, period, rules, packAdopted } = ask;
    const cite = rules.cite(clause.id);
    const found: ControlJudgement[] = (controlsOf.get(clause.id) ?? []).flatMap((control): ControlJudgement[] => {
      const indexes = judgesOf.get(held(control, clause.id)) ?? [];
      return indexes.length === 0 ? [{ control, judgement: null }] : indexes.map((index) => ({ control, judgement: judgements.get(index) ?? null }));
    });
    const spoken = found.flatMap(({ judgement }) => (judgement === null ? [] : [judgement]));
    return { ...answerClause({ cite, packAdopted }, found.length, spoken, evidenceIn(states, clause.id, period)), cite, controls: found };
  };
  return { prepare, answer };
};
