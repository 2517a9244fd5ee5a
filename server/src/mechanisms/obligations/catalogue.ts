/**
 * Kinds and forms from `packs/<pack>/obligations.yaml`: data, so that a site can add its own. A file with a fault is refused as a whole, with the
 * place and the reason; the others stand.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { FormField } from '../../../../contract/obligations.ts';
import { Refusal } from '../../base/refusal.ts';
import { programRoot } from '../../platform/process/program-root.ts';
import type { Control } from '../../base/control.ts';
import { formControls, quarterHoldsMonth } from './controls.ts';
import { FormDefinition } from './form.ts';
import { declareObligationKind, KindData, type ObligationKind } from './kind.ts';
import { obligationRefusals as refuse } from './refusals.ts';

const FormInFile = z
  .object({
    form: z.string(),
    version: z.int(),
    title: z.object({ zh: z.string(), en: z.string() }).strict(),
    signature: z.boolean(),
    /** Another form of the file whose items all stand here, too, before its own. */
    includes: z.string().optional(),
    /** Items of the included form that this one leaves out. A regulation may forbid that. */
    without: z.array(z.string()).optional(),
    fields: z.array(FormField),
  })
  .strict();
/** The shape of an obligations.yaml; its JSON Schema is written by `vigil schema`. */
export const ObligationsFile = z.object({ forms: z.array(FormInFile), obligations: z.array(KindData) }).strict();
export const obligationsFileSchema = (): unknown => z.toJSONSchema(ObligationsFile, { io: 'input', unrepresentable: 'any' });

export interface Catalogue {
  kinds: ReadonlyMap<string, ObligationKind>;
  forms: ReadonlyMap<string, FormDefinition>;
  faults: readonly Refusal[];
}

interface Parts {
  kinds: ObligationKind[];
  forms: FormDefinition[];
}

class FileFault extends Error {
  readonly place: string;
  constructor(place: string, reason: string) {
    super(reason);
    this.place = place;
  }
}

const placeText = (path: readonly PropertyKey[]): string => path.map(String).join('.');
const checked = <S extends z.ZodType>(schema: S, value: unknown, place: string): z.output<S> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FileFault([place, placeText(issue?.path ?? [])].filter(Boolean).join('.'), issue?.message ?? '');
};

const wholeForm = (written: z.output<typeof FormInFile>, place: string, others: ReadonlyMap<string, FormDefinition>): FormDefinition => {
  const { includes, without = [], ...rest } = written;
  if (includes === undefined) return checked(FormDefinition, rest, place);
  const included = others.get(includes);
  if (included === undefined) throw new FileFault(`${place}.includes`, `没有表单 there is no form ${includes}`);
  quarterHoldsMonth.refuse(() => (without.length === 0 ? null : refuse('pack_wrong', { file: '', place: `${place}.without`, reason: `《${written.title.zh}》必须包含《${included.title.zh}》的全部项目 (${written.title.en} must hold every item of ${included.title.en}): ${without.join(', ')}` })));
  const own = new Set(rest.fields.map(({ key }) => key));
  return checked(FormDefinition, { ...rest, fields: [...included.fields.filter(({ key }) => !without.includes(key) && !own.has(key)), ...rest.fields] }, place);
};

const partsOf = (text: string): Parts => {
  const document = parseDocument(text, { uniqueKeys: true });
  const [broken] = document.errors;
  if (broken !== undefined) throw new FileFault(`${broken.linePos?.[0].line ?? 0}:${broken.linePos?.[0].col ?? 0}`, broken.message.split('\n')[0] ?? '');
  const file = checked(ObligationsFile, document.toJS({ maxAliasCount: 0 }), '');
  const forms = new Map<string, FormDefinition>();
  for (const [index, written] of file.forms.entries()) forms.set(written.form, wholeForm(written, `forms.${index}`, forms));
  const kinds = file.obligations.map((data, index) => {
    const form = forms.get(data.form);
    if (form === undefined) throw new FileFault(`obligations.${index}.form`, `没有表单 there is no form ${data.form}`);
    return declareObligationKind(data);
  });
  return { kinds, forms: [...forms.values()] };
};

/** One file alone: its parts, or the refusal that says where the fault is. */
export const readObligationsFile = (name: string, text: string): Parts | Refusal => {
  try {
    return partsOf(text);
  } catch (error) {
    if (error instanceof Refusal) return error;
    if (error instanceof FileFault) return refuse('pack_wrong', { file: name, place: error.place, reason: error.message });
    return refuse('pack_wrong', { file: name, place: '', reason: error instanceof Error ? error.message : String(error) });
  }
};

/** The same kind or form in two files is a fault of the second. */
const twice = (found: Parts, all: Parts): string | null => {
  const kind = found.kinds.find((one) => all.kinds.some((other) => other.kind === one.kind));
  const form = found.forms.find((one) => all.forms.some((other) => other.form === one.form));
  return kind?.kind ?? form?.form ?? null;
};

export const packsFolder = (): string => join(programRoot(), 'packs');

export const loadCatalogue = (folders: readonly string[] = [packsFolder()]): Catalogue => {
  const all: Parts = { kinds: [], forms: [] };
  const faults: Refusal[] = [];
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    for (const pack of readdirSync(folder).toSorted()) {
      const file = join(folder, pack, 'obligations.yaml');
      if (!existsSync(file)) continue;
      const name = join(pack, 'obligations.yaml');
      const found = readObligationsFile(name, readFileSync(file, 'utf8'));
      if (found instanceof Refusal) {
        faults.push(found);
        continue;
      }
      const again = twice(found, all);
      if (again !== null) {
        faults.push(refuse('pack_wrong', { file: name, place: again, reason: '别的制度包已有同名项 (another pack declares it already)' }));
        continue;
      }
      all.kinds.push(...found.kinds);
      all.forms.push(...found.forms);
    }
  }
  return { kinds: new Map(all.kinds.map((kind) => [kind.kind, kind])), forms: new Map(all.forms.map((form) => [form.form, form])), faults };
};

/** Rules of the forms, and that each kind of the shipped packs is done in its window. */
export const obligationsControls: readonly Control[] = [...formControls, ...[...loadCatalogue().kinds.values()].map((kind) => kind.control)].filter(({ pairs }) => pairs.length > 0);
