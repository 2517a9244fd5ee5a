/** The board: all clauses with their state for a period, and one clause with everything behind its state. */
import type { z } from 'zod';
import type { ClausePage, ClauseRow, readBoard } from '../../../../contract/compliance.ts';
import type { Instant } from '../../base/clock.ts';
import type { Judge, Period } from '../../base/judge.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { ComplianceContext, Place, RulesInForce } from './context.ts';
import { evidenceFold } from './evidence.ts';
import { figureFolds } from './figure-views.ts';
import { createFolds, type Fold, type Folds, type States } from './folds.ts';
import { createJudging, judgeFolds, type ClauseAnswer, type Judgements } from './judging.ts';
import type { PackClause } from './pack-clauses.ts';
import { pairOf } from './proofs.ts';
import { complianceRefusals } from './refusals.ts';
import { responsibleOf } from './responsible.ts';

const mostFacts = 100;

/** Judges of the board share the states of its figures. */
const byKey = (folds: readonly Fold[]): Fold[] => [...new Map(folds.map((fold) => [fold.key, fold])).values()];

/** Folds and judges of a site, made when its zone is known. */
export interface Engine {
  folds: Folds;
  judges: readonly Judge[];
  judging: ReturnType<typeof createJudging>;
}
export const createEngine = (context: ComplianceContext): ((db: Db) => Promise<Engine>) => {
  let engine: Promise<Engine> | null = null;
  const make = async (db: Db): Promise<Engine> => {
    const judges = context.judges(await context.timeZone(db));
    return { judges, folds: createFolds([...byKey([...figureFolds, ...judgeFolds(judges)]), evidenceFold], context.questions), judging: createJudging(context.controls, judges) };
  };
  return (db) => {
    engine ??= make(db).catch((error: unknown) => {
      engine = null;
      throw error;
    });
    return engine;
  };
};

export interface Look {
  db: Db;
  place: Place;
  period: Period;
  now: Instant;
}
export interface Sight {
  states: States;
  rules: RulesInForce;
  judgements: Judgements;
  answer: (clause: PackClause) => ClauseAnswer;
  adoptedPacks: ReadonlySet<string>;
}

export const lookAt = async (context: ComplianceContext, engine: Engine, { db, place, period, now }: Look): Promise<Sight> => {
  const rules = await context.rules(db, place, Math.min(now, period.until));
  const states = await engine.folds.upToDate(db, place.siteId);
  const judgements = engine.judging.prepare(states, period, rules, now);
  const adoptedPacks = new Set(context.clauses.filter(({ id }) => rules.cite(id) !== null).map(({ pack }) => pack));
  const answer = (clause: PackClause): ClauseAnswer => engine.judging.answer(clause, judgements, { states, period, rules, packAdopted: adoptedPacks.has(clause.pack) });
  return { states, rules, judgements, answer, adoptedPacks };
};

const namesIn = async (context: ComplianceContext, db: Db, answers: readonly ClauseAnswer[]): Promise<(id: string) => string | null> => {
  const ids = [...new Set(answers.flatMap(({ responsible }) => (responsible?.startsWith('per_') === true ? [responsible] : [])))];
  const names = ids.length === 0 ? new Map<string, string>() : await context.namesOf(db, ids);
  return (id) => names.get(id) ?? null;
};

const rowOf = (context: ComplianceContext, clause: PackClause, answer: ClauseAnswer, names: (id: string) => string | null): ClauseRow => ({
  id: clause.id, pack: clause.pack, cite: answer.cite, zh: clause.zh, en: clause.en, theme: clause.theme, treatment: clause.treatment,
  state: answer.state, reason: answer.reason, responsible: responsibleOf(answer.responsible, clause.actor, names, context.roleTitle),
  evidence: answer.facts.length, lastSeq: answer.facts.at(-1) ?? null, controls: new Set(answer.controls.map(({ control }) => control.name)).size,
});

export const viewBoard = async (context: ComplianceContext, engine: Engine, look: Look): Promise<z.input<typeof readBoard.response>> => {
  const sight = await lookAt(context, engine, look);
  const answers = context.clauses.map((clause) => ({ clause, answer: sight.answer(clause) }));
  const names = await namesIn(context, look.db, answers.map(({ answer }) => answer));
  return {
    ...look.period, seq: sight.states.seq,
    regulations: context.heads.map(({ pack, title }) => ({ pack, title, adopted: sight.adoptedPacks.has(pack) })),
    clauses: answers.map(({ clause, answer }) => rowOf(context, clause, answer, names)),
  };
};

/** Share of the clauses that bind the room and can be judged which are kept, in percent; null when none can. */
export const keptShare = (context: ComplianceContext, engine: Engine, sight: Sight, now: Instant): ((period: Period) => number | null) => (period) => {
  const { states, rules } = sight;
  const judgements = engine.judging.prepare(states, period, rules, now);
  const bound = context.clauses.filter(({ id }) => rules.cite(id) !== null).map((clause) => engine.judging.answer(clause, judgements, { states, period, rules, packAdopted: true }).state);
  const judged = bound.filter((state) => state === 'satisfied' || state === 'breached' || state === 'evidence_due');
  return judged.length === 0 ? null : (100 * judged.filter((state) => state === 'satisfied').length) / judged.length;
};

const proofsOf = (context: ComplianceContext, clause: PackClause): ClausePage['proofs'] => {
  const tests = context.tests().filter(({ passed }) => passed);
  return clause.capabilities.map((capability) => {
    const pair = `${clause.id} ${capability}`;
    return { capability, tests: tests.filter(({ title }) => pairOf(title) === pair).length, reason: context.reasons.get(pair) ?? null };
  });
};

export const viewClause = async (context: ComplianceContext, engine: Engine, look: Look, ask: { clauseId: string; withFacts: boolean }): Promise<ClausePage> => {
  const clause = context.clauses.find(({ id }) => id === ask.clauseId);
  if (clause === undefined) throw complianceRefusals('clause_unknown', { clause: ask.clauseId });
  const sight = await lookAt(context, engine, look);
  const answer = sight.answer(clause);
  const names = await namesIn(context, look.db, [answer]);
  const wanted = ask.withFacts ? answer.facts.slice(-mostFacts) : [];
  const told = await context.questions.facts(look.db, { siteId: look.place.siteId, seqs: wanted, limit: mostFacts });
  const people = await context.namesOf(look.db, [...new Set(told.filter(({ actor }) => actor.kind === 'person').map(({ actor }) => actor.id))]);
  const title = context.heads.find(({ pack }) => pack === clause.pack)?.title ?? { zh: clause.pack, en: clause.pack };
  const states = new Map<string, ClausePage['controls'][number]>();
  for (const { control, judgement } of answer.controls) states.set(control.name, { name: control.name, holds: control.holds, state: judgement?.state ?? states.get(control.name)?.state ?? null });
  return {
    clause: rowOf(context, clause, answer, names),
    regulation: { zh: `${title.zh} ${clause.source}`, en: `${title.en}, ${clause.source}` },
    parameters: clause.parameters.flatMap((name) => {
      const said = sight.rules.said(name);
      return said === null ? [] : [{ name, ...said }];
    }),
    controls: [...states.values()],
    facts: told.map((fact) => ({
      seq: fact.seq, at: fact.at, kind: fact.kind, version: fact.version, subject: fact.subject, zh: fact.sentence.zh, en: fact.sentence.en, body: fact.body, leafHash: fact.leafHash,
      actor: { kind: fact.actor.kind, id: fact.actor.id, post: fact.actor.post, name: people.get(fact.actor.id) ?? fact.actor.id },
    })),
    proofs: proofsOf(context, clause),
  };
};
