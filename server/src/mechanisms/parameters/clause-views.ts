/** Clauses found by number, words, theme or value, each with whether it binds here, its waiver and its rulings. */
import type { z } from 'zod';
import type { ClauseRow, searchClauses } from '../../../../contract/parameters.ts';
import type { Instant } from '../../base/clock.ts';
import { questions as people, type Caller } from '../identity/index.ts';
import type { ParametersContext } from './context.ts';
import { rulingsOf, waiversOf } from './decision-store.ts';
import { citeOf, type Pack, type PackClause } from './pack.ts';
import { showValue } from './show.ts';
import { knownPacks } from './views.ts';

type Found = z.input<(typeof searchClauses)['response']>;
const pageSize = 50;

const textOf = (context: ParametersContext, clause: PackClause): string => {
  const { catalogue } = context.shipped;
  const values = Object.entries(clause.parameters).flatMap(([name, value]) => {
    const entry = catalogue.entries.get(name);
    if (entry === undefined || value === null) return [name];
    const shown = showValue(catalogue, entry, value);
    return [name, entry.zh, entry.en, shown.zh, shown.en];
  });
  return [clause.id, clause.source, clause.zh, clause.en, ...values].join('\n').toLowerCase();
};

export const viewClauses = async (
  context: ParametersContext, caller: Caller,
  query: { search?: string | undefined; theme?: string | undefined; packId?: string | undefined; at?: Instant | undefined; after?: number | undefined },
): Promise<Found> => {
  const { database: { db }, clock, keeper } = context;
  const when = query.at ?? clock.now();
  const rules = await keeper.rules(db, caller, when);
  const adopted = new Map(rules.adopted().map((one) => [`${one.pack.id}@${one.pack.version}`, one.from]));
  const active = new Map(rules.active().map((one) => [one.cite, one]));
  const waivers = (await waiversOf(db, caller.siteId)).filter((one) => one.from <= when && when < one.reviewAt && (one.until === null || when < one.until) && (one.roomId ?? caller.roomId) === caller.roomId);
  const rulings = await rulingsOf(db, caller.siteId);
  const names = await people.personNames(db, [...new Set(rulings.map((one) => one.by))]);
  const wanted = (query.search ?? '').trim().toLowerCase().split(/\s+/).filter((word) => word !== '');
  const all: { pack: Pack; clause: PackClause }[] = (await knownPacks(context, db))
    .filter(({ pack }) => query.packId === undefined || pack.id === query.packId)
    .flatMap(({ pack }) => pack.clauses.map((clause) => ({ pack, clause })));
  const found = all.filter(({ clause }) => {
    if (query.theme !== undefined && clause.theme !== query.theme) return false;
    if (wanted.length === 0) return true;
    const text = textOf(context, clause);
    return wanted.every((word) => text.includes(word));
  });
  const rowOf = ({ pack, clause }: { pack: Pack; clause: PackClause }): z.input<typeof ClauseRow> => {
    const inForce = active.get(citeOf(pack, clause.id));
    const waiver = waivers.find((one) => one.packId === pack.id && one.clauseId === clause.id);
    const from = adopted.get(`${pack.id}@${pack.version}`);
    const state = inForce !== undefined ? 'in_force' : from === undefined ? 'not_adopted' : waiver !== undefined ? 'waived' : 'not_for_this_site';
    return {
      id: clause.id, packId: pack.id, version: pack.version, source: clause.source, zh: clause.zh, en: clause.en, theme: clause.theme, kind: clause.kind, actor: clause.actor, treatment: clause.treatment,
      annex: clause.annex ?? null, parameters: clause.parameters, proposed: clause.proposed, state, from: inForce?.effectiveFrom ?? from ?? null,
      waiver: waiver === undefined ? null : { reason: waiver.reason, reviewAt: waiver.reviewAt },
      rulings: rulings.filter((one) => one.packId === pack.id && one.clauseId === clause.id).map((one) => ({ unit: one.unit, question: one.question, ruling: one.ruling, at: one.at, by: names.get(one.by) ?? one.by })),
    };
  };
  // What binds here stands first.
  const order = (one: { pack: Pack }): number => (adopted.has(`${one.pack.id}@${one.pack.version}`) ? 0 : 1);
  const sorted = [...found].sort((a, b) => order(a) - order(b));
  const after = query.after ?? 0;
  return { clauses: sorted.slice(after, after + pageSize).map(rowOf), total: found.length, themes: [...new Set(all.map(({ clause }) => clause.theme))].sort() };
};
