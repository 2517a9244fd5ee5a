/**
 * Whether the facts show that what was due was done in its window. One judge for each kind that serves clauses: what was not done, or late, is a
 * breach with the facts that show it; without a window that has ended there is no evidence yet.
 */
import type { Json } from '../../../../formats/canonical-json/index.ts';
import type { Fact } from '../../../../formats/fact/index.ts';
import type { Instant } from '../../base/clock.ts';
import type { Control } from '../../base/control.ts';
import { declareJudge, type Judge, type Judgement, type Period } from '../../base/judge.ts';
import { numberIn, partsIn, textIn } from '../../base/fact-body.ts';
import { minuteMs } from '../../base/units.ts';
import { addSign, declareWitness, freshSigns, weigh, type Ledgered, type Sign } from '../../base/witness.ts';
import { loadCatalogue } from './catalogue.ts';
import { findingNeedsResult, findingsHaveOwner, findingsOverdue, nothingBlank, ownKindOnly, quarterHoldsMonth } from './controls.ts';
import type { ObligationKind } from './kind.ts';

interface Window {
  until: Instant;
  how: 'open' | 'done' | 'late' | 'missed' | 'waived';
  /** The newest fact about it. */
  at: Instant;
  /** Facts that show it, in order. */
  facts: number[];
}
type State = Map<string, Window>;

const member = (body: Json, name: string): Json | undefined => (typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as { readonly [key: string]: Json })[name] : undefined);

const howAfter = (fact: Fact, before: Window['how']): Window['how'] => {
  switch (fact.kind) {
    case 'obligations.became_overdue':
      return before === 'done' ? before : 'late';
    case 'obligations.was_missed':
      return 'missed';
    case 'obligations.was_waived':
      return 'waived';
    case 'obligations.form_submitted':
      // Late once is late for ever.
      return before === 'late' || member(fact.body, 'timing') === 'late' ? 'late' : 'done';
    default:
      return before;
  }
};

const step = (state: State, fact: Fact, kind: string): State => {
  if (member(fact.body, 'kind') !== kind) return state;
  const until = member(member(fact.body, 'window') ?? null, 'until');
  if (typeof until !== 'number') return state;
  const before = state.get(fact.subject) ?? { until, how: 'open' as const, at: fact.at, facts: [] };
  state.set(fact.subject, { until, how: howAfter(fact, before.how), at: fact.at, facts: [...before.facts, fact.seq] });
  return state;
};

const answer = (control: Control, state: State, from: Instant, until: Instant, now: Instant, responsible: string): Judgement => {
  // A window counts in the period in which it ends, once it has ended; what was done in time also in the one in which it was done: this morning's work is evidence today.
  const ends = (one: Window): boolean => one.until > from && one.until <= until && (one.until <= now || one.how !== 'open');
  const counted = [...state.values()].filter((one) => ends(one) || (one.how === 'done' && one.at >= from && one.at < until));
  const broken = control.find(() => counted.filter(({ how }) => how === 'late' || how === 'missed' || how === 'open'));
  const factsOf = (some: readonly Window[]): number[] => some.flatMap(({ facts }) => facts).sort((a, b) => a - b);
  if (broken.length > 0) return { state: 'breached', facts: factsOf(broken), responsible };
  if (counted.length === 0) return { state: 'evidence_due', facts: [], responsible };
  const done = counted.filter(({ how }) => how === 'done');
  return done.length === 0 ? { state: 'not_applicable', facts: factsOf(counted), responsible } : { state: 'satisfied', facts: factsOf(done), responsible };
};

export const judgeOf = (kind: ObligationKind): Judge =>
  declareJudge<State>({
    control: kind.control,
    kinds: ['obligations.window_opened', 'obligations.opened_after', 'obligations.became_overdue', 'obligations.was_missed', 'obligations.was_waived', 'obligations.form_submitted'],
    initial: () => new Map(),
    step: (state, fact) => step(state, fact, kind.kind),
    answer: (state, period, _rules, now) => answer(kind.control, state, period.from, period.until, now, kind.escalateTo[0] ?? kind.assignees[0] ?? 'room_manager'),
  });

const submitted = ['obligations.form_submitted'];
const quarterly = ({ body }: Fact): Sign => (textIn(body, 'form').endsWith('quarterly') ? 'kept' : null);

/** Rules of the forms refuse outright: what went through them is the evidence. */
const formJudges: readonly Judge[] = [
  declareWitness({ control: nothingBlank, responsible: 'technician', kinds: submitted }),
  declareWitness({ control: findingNeedsResult, responsible: 'technician', conditional: true, kinds: ['obligations.finding_closed'] }),
  declareWitness({ control: ownKindOnly, responsible: 'room_manager', kinds: [...submitted, 'obligations.opened_by_person'] }),
  // The list is checked when it is taken into use, and unchangeable afterwards.
  declareWitness({ control: quarterHoldsMonth, responsible: 'room_manager', standing: true, kinds: ['obligations.form_issued', ...submitted], sign: quarterly }),
];

interface Findings {
  /** Found and not yet somebody's. */
  ownerless: Map<string, { seq: number; at: Instant }>;
  /** With their deadline. */
  charged: Map<string, { seq: number; dueAt: Instant }>;
  owned: Ledgered;
  inTime: Ledgered;
}

const findingStep = (state: Findings, fact: Fact): Findings => {
  const findingId = textIn(fact.body, 'findingId');
  const found = state.ownerless.get(findingId);
  switch (fact.kind) {
    case 'obligations.form_submitted':
      for (const one of partsIn(fact.body, 'findings')) state.ownerless.set(textIn(one, 'findingId'), { seq: fact.seq, at: fact.at });
      break;
    case 'obligations.finding_charged':
      if (found !== undefined) addSign(state.owned, 'kept', fact);
      state.ownerless.delete(findingId);
      state.charged.set(findingId, { seq: fact.seq, dueAt: numberIn(fact.body, 'dueAt') ?? fact.at });
      break;
    case 'obligations.finding_overdue':
      addSign(state.inTime, 'broken', fact);
      state.charged.delete(findingId);
      break;
    case 'obligations.finding_closed':
      if (state.charged.delete(findingId)) addSign(state.inTime, 'kept', fact);
      break;
  }
  return state;
};

/** The sweep comes by every minute; what it has not told this long after is a breach all the same. */
const toldWithinMs = 10 * minuteMs;

const findingJudge = (control: Control, signs: (state: Findings) => Ledgered, open: (state: Findings, period: Period, now: Instant) => number[]): Judge =>
  declareJudge<Findings>({
    control, shares: 'obligations.findings', kinds: ['obligations.form_submitted', 'obligations.finding_charged', 'obligations.finding_overdue', 'obligations.finding_closed'],
    initial: () => ({ ownerless: new Map(), charged: new Map(), owned: freshSigns(), inTime: freshSigns() }), step: findingStep,
    answer: (state, period, _rules, now) => weigh({ control, responsible: 'technician', conditional: true, open: open(state, period, now) }, signs(state), period),
  });

/** Nothing need be found: a period without findings is not one without evidence. */
const findingJudges: readonly Judge[] = [
  findingJudge(findingsHaveOwner, ({ owned }) => owned, ({ ownerless }, { from, until }) => [...ownerless.values()].filter(({ at }) => at >= from && at < until).map(({ seq }) => seq)),
  findingJudge(findingsOverdue, ({ inTime }) => inTime, ({ charged }, { from, until }, now) =>
    [...charged.values()].filter(({ dueAt }) => dueAt >= from && dueAt + toldWithinMs < Math.min(until, now)).map(({ seq }) => seq)),
];

export const obligationsJudges: readonly Judge[] = [...formJudges, ...findingJudges, ...[...loadCatalogue().kinds.values()].filter(({ control }) => control.pairs.length > 0).map(judgeOf)];
