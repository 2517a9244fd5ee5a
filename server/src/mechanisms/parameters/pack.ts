/** A regulation pack: data, no code. One document of pack.yaml and clauses.yaml; a fault is told with its place. */
import { z } from 'zod';
import { ValueSchema } from './catalogue.ts';

const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const clauseId = z.string().regex(/^[A-Z0-9]{3}-[A-Z0-9.]+$/);
const siteClass = z.enum(['listed_public', 'other_public', 'non_public']);

export const PackClause = z.strictObject({
  id: clauseId,
  /** Where it stands in the document, e.g. BRN 第九条 */
  source: z.string().min(1),
  zh: z.string().min(1),
  en: z.string().min(1),
  kind: z.enum(['obligation', 'prohibition', 'permission', 'parameter', 'definition']),
  actor: z.string().min(1),
  theme: z.string().min(1),
  treatment: z.enum(['enforce', 'detect', 'evidence']),
  capabilities: z.array(z.string().regex(/^[A-Z]+$/)).min(1),
  proof: z.string().min(1),
  /** null: the document leaves a blank that the site fills in. */
  parameters: z.record(z.string(), ValueSchema.nullable()).default({}),
  /** Those of `parameters` whose value the document leaves open: proposals that a person confirms or sets. */
  proposed: z.array(z.string()).default([]),
  annex: z.string().optional(),
  /** Classes of sites that it binds; left out: all. */
  applies: z.array(siteClass).min(1).optional(),
});
export type PackClause = z.output<typeof PackClause>;

export const PackFile = z.strictObject({
  format: z.literal(1),
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(40),
  prefix: z.string().regex(/^[A-Z0-9]{3}$/),
  kind: z.enum(['regulation', 'law', 'preset']),
  titles: words,
  version: z.int().min(1),
  issued: day.nullable(),
  /** issue_date: in force from the day on which the site issues it; chosen_day: from the day that the adoption names; else the day of a law. */
  effective: z.union([z.enum(['issue_date', 'chosen_day']), day]),
  source: z.strictObject({
    name: z.string().min(1),
    /** T: read in the official text; S: on secondary pages only; U: from memory. */
    verified: z.enum(['T', 'S', 'U']),
    url: z.string().max(500).optional(),
  }),
  citations: z.array(z.string()).default([]),
  /** Kinds of site that it is written for; empty: any. */
  site_kinds: z.array(z.string()).default([]),
  /** all_rooms: adopted for the whole site only; branch: attached to a named branch or project only; any: as the site wishes. */
  scope: z.enum(['all_rooms', 'branch', 'any']),
  /** Which kinds of site belong to which class; for clauses with `applies`. */
  classes: z.partialRecord(siteClass, z.array(z.string())).default({}),
  annexes: z.array(z.strictObject({ key: z.string().min(1), zh: z.string().min(1), en: z.string().min(1) })).default([]),
  /** Purposes that the document states, each with the board figures that show it. */
  purposes: z.array(z.strictObject({ clause: clauseId, zh: z.string().min(1), en: z.string().min(1), figures: z.array(z.string()) })).default([]),
  signature: z.strictObject({ key: z.string().min(1), value: z.string().min(1) }).optional(),
  clauses: z.array(PackClause).min(1),
});
export type Pack = z.output<typeof PackFile>;

export const citeOf = (pack: Pick<Pack, 'id' | 'version'>, id: string): string => `${pack.id}@${pack.version}#${id}`;

/** Does a clause bind a site of this kind? A site that has not said what it is, is bound by all. */
export const bindsSite = (pack: Pick<Pack, 'classes'>, clause: Pick<PackClause, 'applies'>, siteKind: string | null): boolean => {
  if (clause.applies === undefined || siteKind === null) return true;
  const named = Object.entries(pack.classes).filter(([, kinds]) => kinds.includes(siteKind));
  return named.length === 0 || named.some(([one]) => clause.applies?.some((wanted) => wanted === one) === true);
};
