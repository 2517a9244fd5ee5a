/** The catalogue of parameters (packs/catalogue.yaml): what each is called, its unit, default, bounds, and which side is stricter. */
import { z } from 'zod';
import { Role } from '../../../../contract/identity.ts';
import type { Sentence } from '../../base/refusal.ts';
import { shiftSpan } from '../../base/shift-span.ts';
import type { ParameterValue } from './value.ts';

const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
export const ValueSchema = z.union([z.boolean(), z.number(), z.string().max(2000), z.array(z.string().max(200)).max(200).readonly()]);

/** A bound with the law or rule that it comes from. */
const Bound = z.strictObject({ value: ValueSchema, zh: z.string().min(1), en: z.string().min(1) });
const name = z.string().regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);

export const CatalogueEntry = z.strictObject({
  name,
  zh: z.string().min(1),
  en: z.string().min(1),
  type: z.enum(['flag', 'number', 'choice', 'text', 'list']),
  unit: z.string().nullable().default(null),
  default: ValueSchema,
  options: z.array(z.string()).min(1).optional(),
  /** What each member of a list must be; text when left out. */
  members: z.enum(['shift']).optional(),
  stricter: z.enum(['lower', 'higher', 'false', 'true', 'union', 'intersection', 'order', 'choose']),
  /** Numbers: not below. Others: not looser than this. */
  floor: Bound.optional(),
  /** Numbers: not above. */
  ceiling: Bound.optional(),
  /** Floors that hold for some kinds of site only. */
  floor_of_site: z.array(z.strictObject({ kinds: z.array(z.string()).min(1), value: z.number(), zh: z.string(), en: z.string() })).default([]),
  change: z.array(Role).min(1).default(['room_manager', 'security_department', 'leader']),
  two_persons: z.boolean().default(false),
  per_clause: z.boolean().default(false),
  /** 0 switches it off, and a clause that names it must then be set aside by a waiver. */
  zero_needs_waiver: z.boolean().default(false),
});
export type CatalogueEntry = z.output<typeof CatalogueEntry>;

export const CatalogueFile = z.strictObject({ parameters: z.array(CatalogueEntry).min(1), units: z.record(z.string(), words), words: z.record(z.string(), words) });

export interface Catalogue {
  entries: ReadonlyMap<string, CatalogueEntry>;
  units: Readonly<Record<string, Sentence>>;
  words: Readonly<Record<string, Sentence>>;
}

/** `name` or `name@CLAUSE`: the value that one clause keeps for itself. */
export const splitName = (text: string): { name: string; clauseId: string | null } => {
  const [plain = '', clauseId = null] = text.split('@');
  return { name: plain, clauseId };
};

/** Without shifts, or with one that cannot be read, what is due every shift would never be due. */
const shiftsFault = (list: readonly string[]): Sentence | null => {
  if (list.length === 0) return { zh: '至少要有一个班次', en: 'at least one shift is wanted' };
  const begins = new Map<string, string>();
  for (const [index, text] of list.entries()) {
    const place = index + 1;
    const shift = shiftSpan(text);
    if (shift === null) return { zh: `第 ${place} 项“${text}”应写成“时:分-时:分”，如 08:00-20:00`, en: `entry ${place}, "${text}", must be written as hours:minutes-hours:minutes, e.g. 08:00-20:00` };
    const other = begins.get(shift.begins);
    if (other !== undefined) return { zh: `第 ${place} 项“${text}”与“${other}”同时开始`, en: `entry ${place}, "${text}", begins when "${other}" begins` };
    begins.set(shift.begins, text);
  }
  return null;
};

/** Why a value is not of the kind that the parameter wants; null: it is. */
export const kindFault = (entry: CatalogueEntry, value: ParameterValue): Sentence | null => {
  const wrong = (zh: string, en: string): Sentence => ({ zh, en });
  switch (entry.type) {
    case 'flag':
      return typeof value === 'boolean' ? null : wrong('应为是或否', 'yes or no is wanted');
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? null : wrong('应为不小于零的数', 'a number from 0 is wanted');
    case 'choice':
      return typeof value === 'string' && (entry.options ?? []).includes(value) ? null : wrong(`应为下列之一：${(entry.options ?? []).join('、')}`, `one of these is wanted: ${(entry.options ?? []).join(', ')}`);
    case 'text':
      return typeof value === 'string' && value.trim() !== '' ? null : wrong('应填写文字', 'a text is wanted');
    case 'list':
      return Array.isArray(value) ? (entry.members === 'shift' ? shiftsFault(value) : null) : wrong('应为列表', 'a list is wanted');
  }
};

/** A catalogue that contradicts itself is a fault of the program, told at start. */
export const makeCatalogue = (file: z.output<typeof CatalogueFile>): Catalogue => {
  const entries = new Map<string, CatalogueEntry>();
  for (const entry of file.parameters) {
    const { name: called } = entry;
    if (entries.has(called)) throw new Error(`parameter ${called} stands twice in the catalogue`);
    const isBlankText = entry.type === 'text' && entry.default === '';
    if (!isBlankText && kindFault(entry, entry.default) !== null) throw new Error(`default of parameter ${called} is not a ${entry.type}`);
    if (entry.unit !== null && file.units[entry.unit] === undefined) throw new Error(`parameter ${called} has the unknown unit ${entry.unit}`);
    entries.set(called, entry);
  }
  return { entries, units: file.units, words: file.words };
};

export const entryOf = (catalogue: Catalogue, text: string): CatalogueEntry => {
  const entry = catalogue.entries.get(splitName(text).name);
  if (entry === undefined) throw new Error(`parameter ${text} is not in packs/catalogue.yaml`);
  return entry;
};
