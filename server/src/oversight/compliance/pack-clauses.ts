/** The clauses of the regulation packs as compliance and `vigil clauses` see them: what is asked, of whom, and which capabilities serve it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Sentence } from '../../base/refusal.ts';

const Clause = z.looseObject({
  id: z.string().regex(/^[A-Z0-9]{3}-[A-Z0-9.]+$/),
  zh: z.string(),
  en: z.string(),
  theme: z.string().default('other'),
  actor: z.string().default('anyone'),
  treatment: z.enum(['enforce', 'detect', 'evidence']),
  capabilities: z.array(z.string()).default([]),
});
const ClauseFile = z.union([z.array(Clause), z.looseObject({ clauses: z.array(Clause) }).transform(({ clauses }) => clauses)]);

export interface PackClause {
  id: string;
  /** Folder of the pack. */
  pack: string;
  zh: string;
  en: string;
  theme: string;
  /** Whom it binds, as the regulation says it. */
  actor: string;
  treatment: 'enforce' | 'detect' | 'evidence';
  /** Keys of the capabilities that serve it, e.g. AUDIT. */
  capabilities: readonly string[];
}

/** Clauses of one pack's file. */
export const parseClauses = (pack: string, text: string): PackClause[] =>
  ClauseFile.parse(parse(text)).map(({ id, zh, en, theme, actor, treatment, capabilities }) => ({ id, pack, zh, en, theme, actor, treatment, capabilities }));

/** Clauses of all packs in a folder, in the order of the packs' names. A clause that two packs hold is read once, from the first. */
export const readPackClauses = (folder: string): PackClause[] => {
  if (!existsSync(folder)) return [];
  const packs = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'clauses.yaml')))
    .map((entry) => entry.name)
    .toSorted();
  const seen = new Map<string, PackClause>();
  for (const pack of packs) {
    for (const clause of parseClauses(pack, readFileSync(join(folder, pack, 'clauses.yaml'), 'utf8'))) if (!seen.has(clause.id)) seen.set(clause.id, clause);
  }
  return [...seen.values()];
};

const Reasons = z.record(z.string(), z.object({ zh: z.string().min(1), en: z.string().min(1) }));

/** Why a pair of clause and capability is not proven, by `CLAUSE CAPABILITY`. */
export const readReasons = (folder: string): ReadonlyMap<string, Sentence> => {
  const file = join(folder, 'reasons.yaml');
  return new Map(existsSync(file) ? Object.entries(Reasons.parse(parse(readFileSync(file, 'utf8')) ?? {})) : []);
};
