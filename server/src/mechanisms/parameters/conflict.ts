/** Contradictions, differences and open questions between the regulations (packs/conflicts.yaml): a person settles them at adoption. Pure. */
import { z } from 'zod';
import { ValueSchema } from './catalogue.ts';

const clause = z.string().regex(/^[A-Z0-9]{3}-[A-Z0-9.]+$/);

const Option = z.strictObject({
  key: z.string().regex(/^[a-z0-9_]+$/),
  zh: z.string().min(1),
  en: z.string().min(1),
  /** What choosing it sets. */
  values: z.record(z.string(), ValueSchema).default({}),
  /** Clauses that speak for it. */
  clauses: z.array(clause).default([]),
});

export const Conflict = z.strictObject({
  id: z.string().regex(/^X\d\d$/),
  type: z.enum(['contradiction', 'difference', 'open']),
  zh: z.string().min(1),
  en: z.string().min(1),
  parameters: z.array(z.string()),
  clauses: z.array(clause).min(1),
  options: z.array(Option).min(1),
  note: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
});
export type Conflict = z.output<typeof Conflict>;

export const ConflictsFile = z.strictObject({ conflicts: z.array(Conflict) });

/** Do the clauses that are adopted together touch it? An open question by one clause, a contradiction only when two of its sides are there. */
export const isTouched = (conflict: Conflict, adopted: ReadonlySet<string>): boolean => {
  const present = conflict.clauses.filter((id) => adopted.has(id));
  if (conflict.type === 'open') return present.length > 0;
  const sides = conflict.options.filter((option) => option.clauses.some((id) => adopted.has(id)));
  return sides.length >= 2;
};
