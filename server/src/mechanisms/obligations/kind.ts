/** Kinds of obligations: declared in code or as data in a pack. A kind is active in a room while the adopted rules ask for it. */
import { z } from 'zod';
import { Role } from '../../../../contract/identity.ts';
import { declareControl, type ClausePair, type Control } from '../../base/control.ts';
import type { Sentence } from '../../base/refusal.ts';
import { AfterEvent, Rhythm, type Opening } from './rhythm.ts';

/** What obligations ask of the rules in force at an instant; parameters fills it. */
export interface ObligationRules {
  number(name: string): number;
  flag(name: string): boolean;
  text(name: string): string;
  list(name: string): readonly string[];
  /** `brn@1#BRN-9.4` when adopted, in force and not waived; null otherwise. */
  cite(clauseId: string): string | null;
}

const dotted = z.string().regex(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/);
const pair = z.string().regex(/^[A-Z0-9]{3}-[A-Z0-9.]+ [A-Z]+$/);

/** As a pack writes it. */
export const KindData = z
  .object({
    kind: dotted,
    title: z.object({ zh: z.string().min(1).max(100), en: z.string().min(1).max(100) }).strict(),
    form: dotted,
    window: z.union([Rhythm, AfterEvent]),
    assignees: z.array(Role).min(1),
    reviewers: z.array(Role),
    /** Time after the window in which it may still be done late: a part of the cycle, or hours. */
    grace: z.union([z.object({ cyclePart: z.number().min(0).max(1) }).strict(), z.object({ hours: z.number().min(0).max(24 * 366) }).strict()]),
    /** Clauses that ask for it, each with the capability by which it is served. */
    serves: z.array(pair),
    /** The clause whose adoption makes it due; null: always. With several, any of them. */
    activeWhen: z.union([z.string(), z.array(z.string()).min(1)]).nullable(),
    /** Who is told when it is overdue, then when it is missed, beside those who should have done it. */
    escalateTo: z.array(Role),
    /** Who handed it in proves again who they are. */
    stepUp: z.boolean().optional(),
    /** Who sees to what it finds, until a person is named; left out: the technicians. */
    findingOwners: z.array(Role).min(1).optional(),
    /** People may open it themselves, e.g. a check between the windows. */
    unscheduled: z.boolean().optional(),
  })
  .strict();
export type KindData = z.infer<typeof KindData>;

export interface ObligationKind extends Omit<KindData, 'activeWhen' | 'serves' | 'window'> {
  window: Opening;
  serves: readonly ClausePair[];
  isActive(rules: ObligationRules): boolean;
  /** Holds that what is not done is found. */
  control: Control;
}

export const declareObligationKind = (data: z.input<typeof KindData>): ObligationKind => {
  const { activeWhen, serves, ...rest } = KindData.parse(data);
  const conditions = typeof activeWhen === 'string' ? [activeWhen] : activeWhen;
  // KindData holds the pattern of a pair.
  const pairs = serves as ClausePair[];
  const holds: Sentence = { zh: `${rest.title.zh}：到期未做会被发现`, en: `${rest.title.en}: what is not done in time is found` };
  return {
    ...rest,
    serves: pairs,
    isActive: (rules) => conditions === null || conditions.some((clause) => rules.cite(clause) !== null),
    control: declareControl({ name: `obligations.${rest.kind.replaceAll('.', '_')}_done`, holds, pairs }),
  };
};

export const clauseOf = (served: ClausePair): string => served.split(' ')[0] ?? served;

/** The clauses in force that ask for it, as they are cited. */
export const citationsOf = (kind: ObligationKind, rules: ObligationRules): string[] =>
  [...new Set(kind.serves.map(clauseOf))].flatMap((clause) => {
    const cite = rules.cite(clause);
    return cite === null ? [] : [cite];
  });
