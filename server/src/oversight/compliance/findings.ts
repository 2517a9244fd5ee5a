/** Breaches that judges find become facts of their own, once for each fact that shows them, with the clauses that they break. */
import { judgedClauses } from '../../base/judge.ts';
import type { Sentence } from '../../base/refusal.ts';
import { dayMs } from '../../base/units.ts';
import { serverActor } from '../../mechanisms/ledger/index.ts';
import { lookAt, type Engine, type Sight } from './board.ts';
import type { ComplianceContext, Place } from './context.ts';
import { breachFound } from './events.ts';

/** How far back a judge looks for what nobody has written down yet. */
const lookBackMs = 31 * dayMs;
const mostFindings = 1_000;

interface Breach {
  name: string;
  holds: Sentence;
  clauses: Set<string>;
  facts: Set<number>;
}

/** One for each control, whatever number of its judges found it: they speak of different clauses. */
const breachesIn = (engine: Engine, sight: Sight): Breach[] => {
  const breaches = new Map<string, Breach>();
  for (const [index, judge] of engine.judges.entries()) {
    const judgement = sight.judgements.get(index);
    if (judgement?.state !== 'breached') continue;
    const { name, holds } = judge.control;
    const bound = judgedClauses(judge).filter((clause) => sight.rules.cite(clause) !== null);
    if (bound.length === 0) continue;
    const breach = breaches.get(name) ?? { name, holds, clauses: new Set(), facts: new Set() };
    breaches.set(name, breach);
    for (const clause of bound) breach.clauses.add(clause);
    for (const seq of judgement.facts) breach.facts.add(seq);
  }
  return [...breaches.values()];
};

export const writeFindings = async (context: ComplianceContext, engine: Engine, place: Place): Promise<number> => {
  const { db } = context.database;
  const now = context.clock.now();
  const period = { from: now - lookBackMs, until: now };
  const sight = await lookAt(context, engine, { db, place, period, now });
  const earlier = await context.questions.facts(db, { siteId: place.siteId, kind: breachFound.kind, limit: mostFindings });
  const findings = earlier.flatMap((fact) => {
    const body = breachFound.body.safeParse(fact.body);
    return body.success ? [{ ...body.data, at: fact.at }] : [];
  });
  const named = new Set(findings.flatMap(({ control, facts }) => facts.map((seq) => `${control} ${seq}`)));
  const withoutFacts = new Set(findings.filter(({ facts, at }) => facts.length === 0 && at >= period.from).map(({ control }) => control));
  let written = 0;
  for (const { name, holds, clauses: broken, facts: shown } of breachesIn(engine, sight)) {
    const clauses = sight.rules.citeAll([...broken]);
    const facts = [...shown].filter((seq) => !named.has(`${name} ${seq}`)).sort((a, b) => a - b);
    // A breach by omission has no fact that shows it: it is found once in the span that is looked at.
    if (facts.length === 0 && (shown.size > 0 || withoutFacts.has(name))) continue;
    const body = { control: name, holds, facts, from: period.from, until: period.until };
    await context.database.transaction((tx) => context.ledger.append(tx, { event: breachFound, siteId: place.siteId, roomId: place.roomId, actor: serverActor, subject: place.roomId, body, at: now, clauses }));
    written += 1;
  }
  return written;
};
