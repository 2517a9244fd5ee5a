/**
 * Makes one rule of what the adopted clauses, the settlements, the site and the catalogue say about a parameter. Pure and independent of the
 * order in which clauses come: where a side is stricter, the strictest wins; where none is, a person decides.
 */
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { CatalogueEntry } from './catalogue.ts';
import { isAsStrict, sameValue, strictest, stricterOf, type ParameterValue } from './value.ts';

/** What one clause in force says about one parameter. */
export interface Contribution {
  clauseId: string;
  cite: string;
  value: ParameterValue;
  /** The document leaves it open; the value is a proposal. */
  proposed: boolean;
  since: Instant;
}

/** A person settled a conflict: the value, and the clauses whose say is thereby over. */
export interface Settled {
  conflictId: string;
  value: ParameterValue;
  clauseIds: readonly string[];
  since: Instant;
}

export interface SiteValue {
  value: ParameterValue;
  since: Instant;
}

export interface Limit {
  value: ParameterValue;
  /** Clause of a pack; null: the catalogue's own bound. */
  cite: string | null;
  why: Sentence;
}

export interface RuleValue {
  name: string;
  value: ParameterValue;
  unit: string | null;
  clause: string | null;
  source: 'default' | 'pack' | 'settled' | 'site';
  since: Instant;
  floor: ParameterValue | null;
  ceiling: ParameterValue | null;
}

export interface Resolved extends RuleValue {
  floorLimit: Limit | null;
  ceilingLimit: Limit | null;
  /** Clauses without order between them that nobody has settled. */
  undecided: readonly string[];
  /** The value is a proposal that nobody has confirmed or set. */
  open: boolean;
  /** A clause leaves a blank that must be filled in. */
  blank: boolean;
}

export interface Voices {
  contributions: readonly Contribution[];
  /** Clauses that leave the value blank. */
  blanks: readonly string[];
  settled: Settled | null;
  site: SiteValue | null;
  siteKind: string | null;
}

const byClause = (a: Contribution, b: Contribution): number => (a.clauseId < b.clauseId ? -1 : a.clauseId > b.clauseId ? 1 : a.cite < b.cite ? -1 : 1);
const ofClause = (one: Contribution): Limit => ({ value: one.value, cite: one.cite, why: { zh: `条款 ${one.clauseId}`, en: `clause ${one.clauseId}` } });

/** Texts that no settlement has spoken for. */
const bindingTexts = (voices: Voices): Contribution[] =>
  voices.contributions.filter((one) => !one.proposed && voices.settled?.clauseIds.includes(one.clauseId) !== true).sort(byClause);

const ownFloor = (entry: CatalogueEntry, siteKind: string | null): Limit[] => [
  ...(entry.floor === undefined ? [] : [{ value: entry.floor.value, cite: null, why: { zh: entry.floor.zh, en: entry.floor.en } }]),
  ...entry.floor_of_site.filter((one) => siteKind !== null && one.kinds.includes(siteKind)).map((one) => ({ value: one.value, cite: null, why: { zh: one.zh, en: one.en } })),
];

const pick = (limits: readonly Limit[], better: (a: ParameterValue, b: ParameterValue) => boolean): Limit | null =>
  limits.reduce<Limit | null>((held, limit) => (held === null || better(limit.value, held.value) ? limit : held), null);

/** Numbers have a floor and a ceiling; of all others the floor is the strictest that binds. */
const limitsOf = (entry: CatalogueEntry, texts: readonly Contribution[], siteKind: string | null): { floor: Limit | null; ceiling: Limit | null } => {
  const own = ownFloor(entry, siteKind);
  const top: Limit[] = entry.ceiling === undefined ? [] : [{ value: entry.ceiling.value, cite: null, why: { zh: entry.ceiling.zh, en: entry.ceiling.en } }];
  const bound = texts.map(ofClause);
  if (entry.type === 'number') {
    // Without an order the clauses bind only where they say the same.
    const fixed = entry.stricter === 'choose' && strictest(entry, texts.map((one) => one.value)) !== null;
    const floors = entry.stricter === 'higher' || fixed ? [...own, ...bound] : own;
    const ceilings = entry.stricter === 'lower' || fixed ? [...top, ...bound] : top;
    return { floor: pick(floors, (a, b) => Number(a) > Number(b)), ceiling: pick(ceilings, (a, b) => Number(a) < Number(b)) };
  }
  const all = [...own, ...bound];
  const value = strictest(entry, all.map((limit) => limit.value));
  if (value === null) return { floor: null, ceiling: null };
  const naming = all.find((limit) => sameValue(limit.value, value)) ?? all[0] ?? null;
  return { floor: naming === null ? null : { ...naming, value }, ceiling: null };
};

interface Base {
  value: ParameterValue;
  clause: string | null;
  source: RuleValue['source'];
  since: Instant;
  undecided: readonly string[];
  open: boolean;
}

const joined = (entry: CatalogueEntry, list: readonly Contribution[], open: boolean): Base => {
  const value = strictest(entry, list.map((one) => one.value));
  const since = Math.max(...list.map((one) => one.since));
  if (value === null) {
    // One clause beside another without order: the plain name of a value that each clause keeps for itself has nothing to settle.
    const undecided = entry.per_clause ? [] : list.map((one) => one.clauseId);
    return { value: entry.default, clause: null, source: 'default', since, undecided, open: false };
  }
  const naming = list.find((one) => sameValue(one.value, value)) ?? list[0];
  return { value, clause: naming?.cite ?? null, source: 'pack', since: naming?.since ?? since, undecided: [], open };
};

const baseOf = (entry: CatalogueEntry, voices: Voices, texts: readonly Contribution[]): Base => {
  const { settled } = voices;
  if (settled !== null) {
    const ordered = texts.filter((one) => stricterOf(entry, settled.value, one.value) !== null);
    const tightened = joined(entry, [...ordered, { clauseId: '', cite: '', value: settled.value, proposed: false, since: settled.since }].sort(byClause), false);
    const isSettled = sameValue(tightened.value, settled.value) || tightened.clause === '';
    return isSettled ? { ...tightened, clause: null, source: 'settled', since: settled.since } : tightened;
  }
  if (texts.length > 0) return joined(entry, texts, false);
  const proposals = voices.contributions.filter((one) => one.proposed).sort(byClause);
  if (proposals.length > 0) return joined(entry, proposals, true);
  return { value: entry.default, clause: null, source: 'default', since: 0, undecided: [], open: false };
};

/** The site's own value never loosens what binds: then what binds stands. */
const withSite = (entry: CatalogueEntry, base: Base, site: SiteValue | null, limits: { floor: Limit | null; ceiling: Limit | null }): Base => {
  // A conflict that was settled anew speaks over what the site had set before.
  if (site === null || (base.source === 'settled' && base.since > site.since)) return base;
  if (limitFault(entry, site.value, limits) !== null) return { ...base, open: false };
  return { value: site.value, clause: base.clause, source: 'site', since: site.since, undecided: [], open: false };
};

/** Which limit a value breaks; null: none. */
export const limitFault = (entry: CatalogueEntry, value: ParameterValue, limits: { floor: Limit | null; ceiling: Limit | null }): { side: 'floor' | 'ceiling'; limit: Limit } | null => {
  const { floor, ceiling } = limits;
  const isOff = entry.zero_needs_waiver && value === 0;
  if (entry.type === 'number') {
    if (floor !== null && !isOff && Number(value) < Number(floor.value)) return { side: 'floor', limit: floor };
    if (ceiling !== null && Number(value) > Number(ceiling.value)) return { side: 'ceiling', limit: ceiling };
    return null;
  }
  return floor !== null && !isAsStrict(entry, value, floor.value) ? { side: 'floor', limit: floor } : null;
};

/** A value brought inside the limits: a default or proposal may lie below the law of the site. */
const inside = (entry: CatalogueEntry, base: Base, limits: { floor: Limit | null; ceiling: Limit | null }): Base => {
  const broken = limitFault(entry, base.value, limits);
  if (broken === null) return base;
  return { ...base, value: broken.limit.value, clause: broken.limit.cite ?? base.clause };
};

export const resolve = (entry: CatalogueEntry, name: string, voices: Voices): Resolved => {
  const texts = bindingTexts(voices);
  const limits = limitsOf(entry, texts, voices.siteKind);
  const unsettled = baseOf(entry, voices, texts);
  const base = inside(entry, withSite(entry, unsettled, voices.site, limits), limits);
  return {
    name, value: base.value, unit: entry.unit, clause: base.clause, source: base.source, since: base.since,
    floor: limits.floor?.value ?? null, ceiling: limits.ceiling?.value ?? null, floorLimit: limits.floor, ceilingLimit: limits.ceiling,
    undecided: base.undecided, open: base.open, blank: voices.blanks.length > 0 && voices.site === null && voices.settled === null,
  };
};
