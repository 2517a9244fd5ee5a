/** The clauses of the regulation packs as compliance and `vigil clauses` see them: what is asked, of whom, and which capabilities serve it. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Sentence } from '../../base/refusal.ts';
import { readYaml } from '../../platform/data-file.ts';

const Clause = z.looseObject({
  id: z.string().regex(/^[A-Z0-9]{3}-[A-Z0-9.]+$/),
  zh: z.string(),
  en: z.string(),
  theme: z.string().default('other'),
  actor: z.string().default('anyone'),
  kind: z.string().default('obligation'),
  treatment: z.enum(['enforce', 'detect', 'evidence']),
  capabilities: z.array(z.string()).default([]),
  source: z.string().default(''),
  parameters: z.record(z.string(), z.unknown()).default({}),
});
const PackHead = z.looseObject({
  kind: z.enum(['regulation', 'law', 'preset']).default('regulation'),
  titles: z.object({ zh: z.string(), en: z.string() }),
  purposes: z.array(z.looseObject({ clause: z.string(), zh: z.string(), en: z.string(), figures: z.array(z.string()) })).default([]),
});

export interface PackHead {
  /** Folder. */
  pack: string;
  kind: 'regulation' | 'law' | 'preset';
  title: Sentence;
  /** What it is for, with the figures that show it. */
  purposes: readonly { clause: string; zh: string; en: string; figures: readonly string[] }[];
}

export interface PackClause {
  id: string;
  /** Folder of the pack. */
  pack: string;
  zh: string;
  en: string;
  theme: string;
  /** Whom it binds, as the regulation says it. */
  actor: string;
  /** obligation, prohibition, permission or definition. */
  kind: string;
  treatment: 'enforce' | 'detect' | 'evidence';
  /** Where the regulation says it, e.g. BRN 第九条 */
  source: string;
  /** Names of the parameters that it speaks of. */
  parameters: readonly string[];
  /** Keys of the capabilities that serve it, e.g. AUDIT. */
  capabilities: readonly string[];
}

/** Clauses of one pack's file. */
export const clausesOf = (pack: string, read: unknown): PackClause[] =>
  z.array(Clause).parse(read).map(({ parameters, id, zh, en, theme, actor, kind, treatment, capabilities, source }) => ({ id, pack, zh, en, theme, actor, kind, treatment, capabilities, source, parameters: Object.keys(parameters) }));

const packNames = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'clauses.yaml')))
        .map((entry) => entry.name)
        .toSorted()
    : [];

export const readPackHeads = (folder: string): PackHead[] =>
  packNames(folder).map((pack) => {
    const { kind, titles, purposes } = PackHead.parse(readYaml(join(folder, pack, 'pack.yaml')));
    return { pack, kind, title: titles, purposes };
  });

/** Clauses of all packs in a folder, in the order of the packs' names. A clause that two packs hold is read once, from the first. */
export const readPackClauses = (folder: string): PackClause[] => {
  const seen = new Map<string, PackClause>();
  for (const pack of packNames(folder)) {
    for (const clause of clausesOf(pack, readYaml(join(folder, pack, 'clauses.yaml')))) if (!seen.has(clause.id)) seen.set(clause.id, clause);
  }
  return [...seen.values()];
};

const Reasons = z.record(z.string(), z.object({ zh: z.string().min(1), en: z.string().min(1) }));

/** Why a pair of clause and capability is not proven, by `CLAUSE CAPABILITY`. */
export const readReasons = (folder: string): ReadonlyMap<string, Sentence> => {
  const file = join(folder, 'reasons.yaml');
  return new Map(existsSync(file) ? Object.entries(Reasons.parse(readYaml(file) ?? {})) : []);
};

const Catalogue = z.looseObject({ parameters: z.array(z.looseObject({ name: z.string(), zh: z.string(), en: z.string() })) });

/** What parameters are called, by name. */
export const readParameterTitles = (folder: string): ReadonlyMap<string, Sentence> => {
  const file = join(folder, 'catalogue.yaml');
  if (!existsSync(file)) return new Map();
  return new Map(Catalogue.parse(readYaml(file)).parameters.map(({ name, zh, en }) => [name, { zh, en }]));
};

export interface FigureWords {
  title: Sentence;
  /** What is proposed where the site set none. */
  target: number;
}
const Figures = z.looseObject({ figures: z.array(z.looseObject({ key: z.string(), zh: z.string(), en: z.string(), target: z.number() })) });

/** Figures that packs and profiles may name, whether or not a fact can tell them yet. */
export const readFigureWords = (folder: string): ReadonlyMap<string, FigureWords> => {
  const file = join(folder, 'figures.yaml');
  if (!existsSync(file)) return new Map();
  return new Map(Figures.parse(readYaml(file)).figures.map(({ key, zh, en, target }) => [key, { title: { zh, en }, target }]));
};
