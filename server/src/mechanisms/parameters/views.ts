/** Wide reads for the pages: the table of rules, histories, clauses, packs, the report of an adoption. */
import type { z } from 'zod';
import type { AdoptionForm, AdoptionReport, listPacks, parameterHistory, RuleRow, ruleTable } from '../../../../contract/parameters.ts';
import type { Instant } from '../../base/clock.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { questions as people, type Caller } from '../identity/index.ts';
import { openParameters, purposesOf, touchedConflicts } from './adoption.ts';
import { entryOf, splitName } from './catalogue.ts';
import { titlesOf } from './clause-titles.ts';
import type { ParametersContext } from './context.ts';
import { adoptionsOf, settlementsNaming, valuesOf } from './decision-store.ts';
import { lookAtAdoption, packBy } from './decide-adoption.ts';
import type { Limit } from './merge.ts';
import type { Pack } from './pack.ts';
import { parametersRefusals } from './refusals.ts';
import { holdsAt, type WideRules } from './rules.ts';
import { showValue } from './show.ts';
import { digestOf, judgeSignature } from './signature.ts';
import { findPack, storedPacks } from './store.ts';

const limitOf = (limit: Limit | null) => (limit === null ? null : { value: limit.value, clause: limit.cite, ...limit.why });

/** All names: those of the catalogue, and name@CLAUSE where a clause in force keeps its own value. */
const namesOf = (context: ParametersContext, rules: WideRules): string[] => {
  const { entries } = context.shipped.catalogue;
  const own = rules.active().flatMap(({ id, clause }) => Object.keys(clause.parameters).filter((name) => entries.get(name)?.per_clause === true).map((name) => `${name}@${id}`));
  return [...entries.keys(), ...own];
};

const rowOf = (context: ParametersContext, rules: WideRules, name: string): RuleRow => {
  const { catalogue } = context.shipped;
  const entry = entryOf(catalogue, name);
  const rule = rules.resolved(name);
  const { name: plain, clauseId } = splitName(name);
  return {
    name, zh: entry.zh, en: entry.en, type: entry.type, unit: entry.unit, options: entry.options ?? null, stricter: entry.stricter, value: rule.value, source: rule.source, clause: rule.clause, since: rule.since,
    floor: limitOf(rule.floorLimit), ceiling: limitOf(rule.ceilingLimit), change: entry.change, twoPersons: entry.two_persons,
    // Where each clause keeps its own value, each is confirmed for itself and the plain name is not asked about.
    open: rule.open && (clauseId !== null || !entry.per_clause),
    clauses: rules.active().filter(({ id, clause }) => clause.parameters[plain] !== undefined && (clauseId === null || clauseId === id)).map(({ cite }) => cite),
  };
};

export const viewRules = async (context: ParametersContext, caller: Caller, query: { at?: Instant | undefined; roomId?: string | undefined }): Promise<z.input<(typeof ruleTable)['response']>> => {
  const { database, clock, keeper, shipped } = context;
  const roomId = query.roomId ?? caller.roomId;
  if (!(await people.roomsOf(database.db, caller.siteId)).some((room) => room.roomId === roomId)) throw parametersRefusals('room_unknown');
  const when = query.at ?? clock.now();
  const rules = await keeper.rules(database.db, { siteId: caller.siteId, roomId }, when);
  return {
    at: when, rules: namesOf(context, rules).map((name) => rowOf(context, rules, name)), units: shipped.catalogue.units, words: shipped.catalogue.words,
    adopted: rules.adopted().map(({ pack, from }) => ({ packId: pack.id, version: pack.version, ...pack.titles, from })),
  };
};

type History = z.input<(typeof parameterHistory)['response']>['entries'];

export const viewHistory = async (context: ParametersContext, caller: Caller, name: string): Promise<History> => {
  const { database: { db }, shipped } = context;
  const { name: plain } = splitName(name);
  const entry = shipped.catalogue.entries.get(plain);
  if (entry === undefined) throw parametersRefusals('name_unknown', { name });
  const values = await valuesOf(db, caller.siteId, name);
  const settled = await settlementsNaming(db, caller.siteId, plain);
  const adoptions = await Promise.all((await adoptionsOf(db, caller.siteId)).map(async (one) => ({ ...one, pack: await packBy(context, db, one.digest) })));
  const naming = adoptions.filter(({ pack }) => pack.clauses.some((clause) => clause.parameters[plain] !== undefined));
  const names = await people.personNames(db, [...new Set([...values, ...settled, ...naming].map((one) => one.decidedBy))]);
  const by = (id: string): string => names.get(id) ?? id;
  const entries: History = [
    ...values.map((one) => {
      const shown = showValue(shipped.catalogue, entry, one.value);
      return { at: one.decidedAt, from: one.from, kind: 'value' as const, value: one.value, zh: `设为 ${shown.zh}`, en: `set to ${shown.en}`, reason: one.reason, by: by(one.decidedBy), approvalId: one.approvalId };
    }),
    ...settled.map((one) => {
      const conflict = shipped.conflicts.find(({ id }) => id === one.conflictId);
      const option = conflict?.options.find(({ key }) => key === one.option);
      return {
        at: one.decidedAt, from: one.from, kind: 'settlement' as const, value: option?.values[plain] ?? null, zh: `冲突“${conflict?.zh ?? one.conflictId}”裁定：${option?.zh ?? one.option}`,
        en: `conflict “${conflict?.en ?? one.conflictId}” settled: ${option?.en ?? one.option}`, reason: one.reason, by: by(one.decidedBy), approvalId: one.approvalId,
      };
    }),
    ...naming.map((one) => ({
      at: one.decidedAt, from: one.from, kind: 'adopted' as const, value: null, zh: `采用《${one.pack.titles.zh}》第 ${one.version} 版`, en: `“${one.pack.titles.en}” version ${one.version} adopted`, reason: '',
      by: by(one.decidedBy), approvalId: one.approvalId,
    })),
    ...naming.flatMap((one) =>
      one.until === null ? [] : [{ at: one.until, from: one.until, kind: 'adoption_ended' as const, value: null, zh: `《${one.pack.titles.zh}》第 ${one.version} 版废止`, en: `“${one.pack.titles.en}” version ${one.version} ended`, reason: '', by: by(one.endedBy ?? one.decidedBy), approvalId: null }],
    ),
  ];
  return entries.sort((a, b) => b.from - a.from || b.at - a.at);
};

export interface KnownPack {
  digest: string;
  pack: Pack;
  signedBy: string | null;
}

/** Shipped packs and those that came in or were adopted. */
export const knownPacks = async (context: ParametersContext, db: Db): Promise<KnownPack[]> => {
  const shipped = context.shipped.packs.map((pack): KnownPack => {
    const verdict = judgeSignature(pack, context.shipped.keys);
    return { digest: digestOf(pack), pack, signedBy: verdict.kind === 'signed' ? verdict.key : null };
  });
  const known = new Set(shipped.map(({ digest }) => digest));
  const stored: KnownPack[] = [];
  for (const { digest, signedBy } of await storedPacks(db)) {
    const found = known.has(digest) ? null : await findPack(db, digest);
    if (found !== null) stored.push({ digest, pack: found.pack, signedBy });
  }
  return [...shipped, ...stored];
};

export const viewPacks = async (context: ParametersContext, caller: Caller): Promise<z.input<(typeof listPacks)['response']>['packs']> => {
  const { db } = context.database;
  const adoptions = await adoptionsOf(db, caller.siteId);
  const book = await context.keeper.book(db, caller.siteId);
  const now = context.clock.now();
  return (await knownPacks(context, db)).map(({ digest, pack, signedBy }) => ({
    packId: pack.id, version: pack.version, digest, ...pack.titles, kind: pack.kind, verified: pack.source.verified, clauses: pack.clauses.length, scope: pack.scope, effective: pack.effective,
    annexes: pack.annexes, signedBy,
    adoptions: adoptions.filter((one) => one.digest === digest).map(({ adoptionId, roomId, nodeId, from, until }) => ({
      adoptionId, roomId, nodeId, from, until, letOff: book.optOuts.filter((one) => one.adoptionId === adoptionId && holdsAt(one, now)).map((one) => one.roomId),
    })),
  }));
};

export const viewReport = async (context: ParametersContext, caller: Caller, form: AdoptionForm): Promise<z.input<typeof AdoptionReport>> => {
  const { ground, plan, outlook, faults } = await lookAtAdoption(context, context.database.db, caller.siteId, form, context.clock.now());
  const conflicts = touchedConflicts(ground, outlook).map(({ conflict, settled }) => ({
    id: conflict.id, type: conflict.type, zh: conflict.zh, en: conflict.en, noteZh: conflict.note.zh, noteEn: conflict.note.en, clauses: conflict.clauses, settled,
    options: conflict.options.map(({ key, zh, en, clauses }) => ({ key, zh, en, clauses })),
  }));
  const open = openParameters(ground, outlook).map(({ name, kind, proposed, clauses, decided }) => {
    const { zh, en, unit } = entryOf(context.shipped.catalogue, name);
    return { name, zh, en, unit, kind, proposed, clauses: [...clauses], decided };
  });
  const purposes = purposesOf(plan, ground.profile);
  const said = [...conflicts.flatMap((one) => [...one.clauses, ...one.options.flatMap(({ clauses }) => clauses)]), ...open.flatMap(({ clauses }) => clauses), ...purposes.map(({ clause }) => clause)];
  return {
    faults: [...faults], conflicts, open, purposes, titles: titlesOf([...plan.packs.map(({ pack }) => pack), ...context.shipped.packs], said),
    // What the documents say: so that a clause can be set aside by its number and words.
    clauses: plan.packs.flatMap(({ pack }) => pack.clauses.map(({ id, zh, en }) => ({ packId: pack.id, id, zh, en }))),
  };
};
