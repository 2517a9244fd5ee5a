/** Facts by hand, and what a judge says of them. */
import type { Json } from '../../../../formats/canonical-json/index.ts';
import type { Fact, FactActor } from '../../../../formats/fact/index.ts';
import type { Instant } from '../clock.ts';
import { judgedClauses, type Judge, type Judgement, type JudgeRules } from '../judge.ts';
import { dayMs } from '../units.ts';

export const noon: Instant = Date.parse('2026-11-18T04:00:00Z');
/** A day around noon. */
export const today = { from: noon - dayMs / 2, until: noon + dayMs / 2 };
/** A whole day later nothing of `today` has happened. */
export const tomorrow = { from: today.until, until: today.until + dayMs };

export const person = (id: string, post: string | null = null): FactActor => ({ kind: 'person', id, post, session: 's'.repeat(16) });
export const server: FactActor = { kind: 'process', id: 'server', post: null, session: null };

export interface Told {
  at?: Instant;
  body?: { readonly [key: string]: Json } | undefined;
  actor?: FactActor | undefined;
  subject?: string;
  clauses?: readonly string[];
}

/** Facts in their order, one second after the other unless they say when. */
export const ledgerOf = (...told: readonly (readonly [kind: string, more?: Told])[]): Fact[] =>
  told.map(([kind, more = {}], index): Fact => {
    const at = more.at ?? noon + index * 1_000;
    return { seq: index + 1, recordedAt: at, at, siteId: 'site_a', roomId: 'room_a', actor: more.actor ?? server, kind, version: 1, subject: more.subject ?? 'subject', body: more.body ?? {}, clauses: more.clauses ?? [] };
  });

const noRules: JudgeRules = {
  number: (name) => {
    throw new Error(`nobody set ${name}`);
  },
  flag: () => false,
};
export const rulesOf = (numbers: Readonly<Record<string, number>>): JudgeRules => ({
  ...noRules,
  number: (name) => numbers[name] ?? noRules.number(name),
});

/** The judge of a control, for one of its clauses. */
export const judgeFor = (judges: readonly Judge[], control: string, clause?: string): Judge => {
  const found = judges.filter((judge) => judge.control.name === control && (clause === undefined || judgedClauses(judge).includes(clause)));
  const [one] = found;
  if (one === undefined || found.length > 1) throw new Error(`${found.length} judges of ${control} ${clause ?? ''}`);
  return one;
};

export const judged = (judge: Judge, facts: readonly Fact[], { period = today, rules = noRules, now = noon + 300 * dayMs }: { period?: { from: Instant; until: Instant }; rules?: JudgeRules; now?: Instant } = {}): Judgement => {
  const kinds = new Set(judge.kinds);
  const state = facts.filter(({ kind }) => kinds.has(kind)).reduce((held, fact) => judge.step(held, fact), judge.initial());
  return judge.answer(state, period, rules, now);
};
