/** Searches the acts by the page, newest first. Words are looked for in what people read, so a page may look through many facts to show few. */
import type { AuditQuestion, listActs } from '../../../../contract/audit.ts';
import type { z } from 'zod';
import type { ToldFact } from '../../mechanisms/ledger/index.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { AuditContext } from './context.ts';
import { actsFound, refusedActsFound } from './controls.ts';
import { groupOf } from './groups.ts';
import { filterOf, speaksOf } from './question.ts';

export type ActView = z.input<typeof listActs.response>['acts'][number];

export interface Found {
  acts: ToldFact[];
  names: ReadonlyMap<string, string>;
  /** Where to go on; null at the end. */
  next: number | null;
}

const lookedAtOnce = 500;
/** A page without a hit in so many facts answers "go on" instead of keeping the person waiting. */
const lookedAtMost = 10_000;

const shown = (facts: readonly ToldFact[]): readonly ToldFact[] => {
  const refused = refusedActsFound.find(() => facts.filter((fact) => groupOf(fact.kind) === 'refused'));
  return facts.filter((fact) => groupOf(fact.kind) !== 'refused' || refused.includes(fact));
};

export const searchActs = async (context: AuditContext, db: Db, ask: { siteId: string; question: AuditQuestion; before?: number | undefined; limit: number }): Promise<Found> => {
  const { question, limit } = ask;
  const text = question.text ?? '';
  const filter = filterOf(ask.siteId, question, context.kinds());
  const acts: ToldFact[] = [];
  const names = new Map<string, string>();
  let before = ask.before;
  for (let looked = 0; looked < lookedAtMost; ) {
    const wanted = text === '' ? limit - acts.length + 1 : lookedAtOnce;
    const page = await context.questions.facts(db, { ...filter, before, limit: wanted });
    const unknown = [...new Set(page.filter(({ actor }) => actor.kind === 'person' && !names.has(actor.id)).map(({ actor }) => actor.id))];
    if (unknown.length > 0) for (const [id, name] of await context.namesOf(db, unknown)) names.set(id, name);
    for (const fact of actsFound.find(() => shown(page))) {
      if (text !== '' && !speaksOf(text, fact, names.get(fact.actor.id) ?? '')) continue;
      if (acts.length === limit) return { acts, names, next: (acts.at(-1)?.seq ?? 0) };
      acts.push(fact);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < wanted) return { acts, names, next: null };
    before = last.seq;
    looked += page.length;
  }
  return { acts, names, next: before ?? null };
};

export const viewOf = (fact: ToldFact, names: ReadonlyMap<string, string>): ActView => ({
  seq: fact.seq, at: fact.at, kind: fact.kind, version: fact.version, subject: fact.subject, body: fact.body, leafHash: fact.leafHash, zh: fact.sentence.zh, en: fact.sentence.en,
  actor: { kind: fact.actor.kind, id: fact.actor.id, post: fact.actor.post, name: names.get(fact.actor.id) ?? fact.actor.id },
});
