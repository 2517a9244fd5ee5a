/** Which rules bind a room at an instant: what was adopted, settled, waived and set until then, made one. Pure over the rows of the site. */
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import { entryOf, splitName, type Catalogue } from './catalogue.ts';
import { attachedToNamed, countsFromIssue, holdsFromItsDay, inheritedByAll } from './controls.ts';
import { resolve, type Contribution, type Limit, type Resolved, type RuleValue, type Settled, type SiteValue, type Voices } from './merge.ts';
import { bindsSite, citeOf, type Pack, type PackClause } from './pack.ts';
import type { ParameterValue } from './value.ts';

export interface Span {
  from: Instant;
  until: Instant | null;
}

export interface Adoption extends Span {
  adoptionId: string;
  /** Neither room nor node: the whole site, and rooms made later. */
  roomId: string | null;
  nodeId: string | null;
  pack: Pack;
}

export interface Settlement {
  roomId: string | null;
  conflictId: string;
  values: Readonly<Record<string, ParameterValue>>;
  clauseIds: readonly string[];
  from: Instant;
}

export interface Waiver extends Span {
  roomId: string | null;
  packId: string;
  clauseId: string;
}

export interface ValueRow {
  roomId: string | null;
  name: string;
  value: ParameterValue;
  from: Instant;
}

export interface OptOut extends Span {
  roomId: string;
  adoptionId: string;
}

/** Levels of the organisation 总部、分公司、项目 and the rooms in them. */
export interface OrganisationNode {
  nodeId: string;
  kind: 'headquarters' | 'branch' | 'project';
  name: string;
  parentId: string | null;
  roomIds: readonly string[];
}

export interface ProfileSpan {
  from: Instant;
  siteKind: string | null;
  nodes: readonly OrganisationNode[];
}

/** Everything of a site that decides about rules, in the order in which it was decided. */
export interface SiteBook {
  adoptions: readonly Adoption[];
  settlements: readonly Settlement[];
  waivers: readonly Waiver[];
  values: readonly ValueRow[];
  optOuts: readonly OptOut[];
  profiles: readonly ProfileSpan[];
}

export const emptyBook: SiteBook = { adoptions: [], settlements: [], waivers: [], values: [], optOuts: [], profiles: [] };

export interface ActiveClause {
  id: string;
  cite: string;
  effectiveFrom: Instant;
}

export interface Rules {
  readonly at: Instant;
  get(name: string): RuleValue;
  number(name: string): number;
  flag(name: string): boolean;
  text(name: string): string;
  list(name: string): readonly string[];
  cite(clauseId: string): string | null;
  citeAll(ids: readonly string[]): string[];
  /** The floor of a value with the law or clause that it comes from. */
  floorOf(name: string): Limit | null;
  /** With their words. */
  clauses(): readonly (ActiveClause & Sentence)[];
}

/** Rules with what the screens and the acts of this mechanism need besides. */
export interface WideRules extends Rules {
  resolved(name: string): Resolved;
  active(): readonly (ActiveClause & { clause: PackClause; pack: Pack })[];
  adopted(): readonly Adoption[];
}

export const holdsAt = (span: Span, at: Instant): boolean => span.from <= at && (span.until === null || at < span.until);

/** The node of a room and all above it. */
export const nodesOver = (nodes: readonly OrganisationNode[], roomId: string): ReadonlySet<string> => {
  const over = new Set<string>();
  let next = nodes.find((node) => node.roomIds.includes(roomId));
  while (next !== undefined && !over.has(next.nodeId)) {
    over.add(next.nodeId);
    const { parentId } = next;
    next = nodes.find((node) => node.nodeId === parentId);
  }
  return over;
};

const newest = <T extends { from: Instant }>(rows: readonly T[], at: Instant): T | null =>
  rows.reduce<T | null>((held, row) => (holdsFromItsDay.allows(() => row.from <= at) && (held === null || row.from >= held.from) ? row : held), null);

export const profileAt = (book: SiteBook, at: Instant): ProfileSpan | null => newest(book.profiles, at);

const concerns = (row: { roomId: string | null }, roomId: string): boolean => row.roomId === null || row.roomId === roomId;

/** Adoptions in force in a room: inherited from the site or from a branch above it, unless the room was let off. */
export const adoptionsAt = (book: SiteBook, roomId: string, at: Instant): Adoption[] => {
  // A document may count from the morning of its day of issue, and the first profile be signed at noon: the room stood there already.
  const over = nodesOver((profileAt(book, at) ?? book.profiles[0])?.nodes ?? [], roomId);
  const letOff = new Set(book.optOuts.filter((one) => one.roomId === roomId && holdsAt(one, at)).map((one) => one.adoptionId));
  return book.adoptions.filter((one) => {
    if (!countsFromIssue.allows(() => one.from <= at) || (one.until !== null && at >= one.until)) return false;
    if (one.roomId !== null) return one.roomId === roomId;
    // A document of a branch binds the rooms of that branch; nobody leaves what is inherited without an approved exception.
    if (one.nodeId !== null && !attachedToNamed.allows(() => over.has(one.nodeId ?? ''))) return false;
    return !inheritedByAll.allows(() => letOff.has(one.adoptionId));
  });
};

const activeClauses = (book: SiteBook, roomId: string, at: Instant) => {
  const siteKind = profileAt(book, at)?.siteKind ?? null;
  const waived = new Set(book.waivers.filter((one) => concerns(one, roomId) && holdsAt(one, at)).map((one) => `${one.packId}#${one.clauseId}`));
  const found = new Map<string, ActiveClause & { clause: PackClause; pack: Pack }>();
  for (const { pack, from } of adoptionsAt(book, roomId, at)) {
    for (const clause of pack.clauses) {
      if (waived.has(`${pack.id}#${clause.id}`) || !bindsSite(pack, clause, siteKind)) continue;
      const cite = citeOf(pack, clause.id);
      const known = found.get(cite);
      if (known === undefined || from < known.effectiveFrom) found.set(cite, { id: clause.id, cite, effectiveFrom: from, clause, pack });
    }
  }
  return [...found.values()].sort((a, b) => (a.cite < b.cite ? -1 : 1));
};

interface Spoken {
  contributions: Map<string, Contribution[]>;
  blanks: Map<string, string[]>;
}

/** Who says what about which parameter, by name and by name@CLAUSE. */
const spokenOf = (active: ReturnType<typeof activeClauses>): Spoken => {
  const contributions = new Map<string, Contribution[]>();
  const blanks = new Map<string, string[]>();
  const put = <T>(map: Map<string, T[]>, key: string, one: T): void => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [one]);
    else list.push(one);
  };
  for (const { id, cite, effectiveFrom, clause } of active) {
    for (const [name, value] of Object.entries(clause.parameters)) {
      for (const key of [name, `${name}@${id}`]) {
        if (value === null) put(blanks, key, id);
        else put(contributions, key, { clauseId: id, cite, value, proposed: clause.proposed.includes(name), since: effectiveFrom });
      }
    }
  }
  return { contributions, blanks };
};

/** The newest of those of the room itself, else of the site. */
const nearest = <T extends { from: Instant; roomId: string | null }>(rows: readonly T[], roomId: string, at: Instant): T | null =>
  newest(rows.filter((row) => row.roomId === roomId), at) ?? newest(rows.filter((row) => row.roomId === null), at);

const settledOf = (book: SiteBook, roomId: string, at: Instant, name: string): Settled | null => {
  const row = nearest(book.settlements.filter((one) => one.values[name] !== undefined), roomId, at);
  const value = row?.values[name];
  return row === null || value === undefined ? null : { conflictId: row.conflictId, value, clauseIds: row.clauseIds, since: row.from };
};

const siteValueOf = (book: SiteBook, roomId: string, at: Instant, name: string): SiteValue | null => {
  const row = nearest(book.values.filter((one) => one.name === name), roomId, at);
  return row === null ? null : { value: row.value, since: row.from };
};

const wrongType = (name: string, wanted: string): Error => new Error(`parameter ${name} is no ${wanted}`);

export const rulesAt = (catalogue: Catalogue, book: SiteBook, roomId: string, at: Instant): WideRules => {
  const active = activeClauses(book, roomId, at);
  const { contributions, blanks } = spokenOf(active);
  const siteKind = profileAt(book, at)?.siteKind ?? null;
  const byId = new Map(active.map((one) => [one.id, one]));
  const known = new Map<string, Resolved>();
  const resolved = (name: string): Resolved => {
    const held = known.get(name);
    if (held !== undefined) return held;
    const entry = entryOf(catalogue, name);
    const { name: plain, clauseId } = splitName(name);
    const isOwn = clauseId !== null && (contributions.has(name) || blanks.has(name) || siteValueOf(book, roomId, at, name) !== null);
    const key = isOwn ? name : plain;
    const voices: Voices = {
      contributions: contributions.get(key) ?? [], blanks: blanks.get(key) ?? [], settled: settledOf(book, roomId, at, plain), site: siteValueOf(book, roomId, at, key), siteKind,
    };
    const made = resolve(entry, name, voices);
    known.set(name, made);
    return made;
  };
  const get = (name: string): RuleValue => {
    const { value, unit, clause, source, since, floor, ceiling } = resolved(name);
    return { name, value, unit, clause, source, since, floor, ceiling };
  };
  const cite = (clauseId: string): string | null => byId.get(clauseId)?.cite ?? null;
  return {
    at, get, resolved, cite,
    number: (name) => {
      const { value } = resolved(name);
      if (typeof value !== 'number') throw wrongType(name, 'number');
      return value;
    },
    flag: (name) => {
      const { value } = resolved(name);
      if (typeof value !== 'boolean') throw wrongType(name, 'flag');
      return value;
    },
    text: (name) => {
      const { value } = resolved(name);
      if (typeof value !== 'string') throw wrongType(name, 'text');
      return value;
    },
    list: (name) => {
      const { value } = resolved(name);
      if (typeof value !== 'object') throw wrongType(name, 'list');
      return value;
    },
    citeAll: (ids) => ids.map(cite).filter((one) => one !== null),
    floorOf: (name) => resolved(name).floorLimit,
    clauses: () => active.map(({ id, cite: text, effectiveFrom, clause: { zh, en } }) => ({ id, cite: text, effectiveFrom, zh, en })),
    active: () => active,
    adopted: () => adoptionsAt(book, roomId, at),
  };
};

/** Instants at which something of the site's rules begins or ends, in order. */
export const turnsOf = (book: SiteBook): Instant[] => {
  const spans = [...book.adoptions, ...book.waivers, ...book.optOuts].flatMap((one) => [one.from, ...(one.until === null ? [] : [one.until])]);
  const points = [...book.settlements, ...book.values, ...book.profiles].map((one) => one.from);
  return [...new Set([...spans, ...points])].sort((a, b) => a - b);
};
