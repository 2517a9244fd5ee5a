/**
 * Evidence forms. Pure: what must be answered, what of the answers is a finding. A form is versioned and, once used, never changed: another
 * content under the same version is refused at the start.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { FormField, type Answer } from '../../../../contract/obligations.ts';
import { canonicalize, type Json } from '../../../../formats/canonical-json/index.ts';
import type { FieldFault, Sentence } from '../../base/refusal.ts';

const Words = z.object({ zh: z.string().min(1).max(200), en: z.string().min(1).max(200) }).strict();
export const FormDefinition = z
  .object({
    form: z.string().regex(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/),
    version: z.int().min(1),
    title: Words,
    fields: z.array(FormField).min(1).max(60),
    /** The submission is the signature of who did it; a form that needs none is a mere list. */
    signature: z.boolean(),
  })
  .strict()
  .superRefine((form, context) => {
    const keys = form.fields.map((field) => field.key);
    for (const [index, field] of form.fields.entries()) {
      const fault = (message: string): void => context.addIssue({ code: 'custom', path: ['fields', index], message });
      if (keys.indexOf(field.key) !== index) fault(`${field.key} stands twice`);
      if (field.type === 'reading' && field.unit === undefined) fault(`reading ${field.key} has no unit`);
      if (field.type === 'choice' && field.options === undefined) fault(`choice ${field.key} has no options`);
      if (field.min !== undefined && field.max !== undefined && field.min > field.max) fault(`${field.key}: min is above max`);
    }
  });
export type FormDefinition = z.infer<typeof FormDefinition>;

/** Declares a form in code; a fault is one of the program. */
export const declareForm = (form: z.input<typeof FormDefinition>): FormDefinition => FormDefinition.parse(form);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
// What zod has parsed is JSON; undefined members are left out by the round trip.
export const canonicalOf = (value: unknown): string => canonicalize(JSON.parse(JSON.stringify(value)) as Json);
export const formDigest = (form: FormDefinition): string => sha256(canonicalOf(form));
export const submissionDigest = (signed: { obligationId: string; formDigest: string; answers: Readonly<Record<string, Answer>>; lateReason: string; personId: string; at: number }): string =>
  sha256(canonicalOf(signed));

/** Items that are asked for while the parameters have these values. */
export const fieldsFor = (form: FormDefinition, flag: (parameter: string) => boolean): FormField[] =>
  form.fields.filter(({ when }) => when === undefined || flag(when.parameter) === when.is);

export interface Found {
  field: string;
  what: Sentence;
  note: string;
}

const isBlank = (answer: Answer | undefined): boolean => answer === undefined || answer.value === null || answer.value === '';
const fault = (field: FormField, zh: string, en: string): FieldFault => ({ path: `answers.${field.key}`, zh: `${field.title.zh}：${zh}`, en: `${field.title.en}: ${en}` });

const wrongType = (field: FormField, { value }: Answer): FieldFault | null => {
  if (field.type === 'check' && typeof value !== 'boolean') return fault(field, '请选“正常”或“异常”。', 'choose "in order" or "not in order".');
  if (field.type === 'reading' && (typeof value !== 'number' || !Number.isFinite(value))) return fault(field, '请填写读数，不能只打勾。', 'write the reading; a tick is not enough.');
  if (field.type === 'choice' && field.options?.some((option) => option.value === value) !== true) return fault(field, '请从列出的选项中选择。', 'choose one of the options.');
  if (field.type === 'text' && typeof value !== 'string') return fault(field, '请填写文字。', 'write it in words.');
  return null;
};

/** What is not in order about a valid answer; null: nothing. */
const foundIn = (field: FormField, { value }: Answer): Sentence | null => {
  if (field.type === 'check' && value === false) return { zh: `${field.title.zh}：异常`, en: `${field.title.en}: not in order` };
  if (field.type === 'reading' && typeof value === 'number') {
    const { unit = '', min, max } = field;
    if (min !== undefined && value < min) return { zh: `${field.title.zh}：${value} ${unit}，低于下限 ${min} ${unit}`, en: `${field.title.en}: ${value} ${unit}, below ${min} ${unit}` };
    if (max !== undefined && value > max) return { zh: `${field.title.zh}：${value} ${unit}，高于上限 ${max} ${unit}`, en: `${field.title.en}: ${value} ${unit}, above ${max} ${unit}` };
  }
  const option = field.type === 'choice' ? field.options?.find((one) => one.value === value) : undefined;
  return option?.finding === true ? { zh: `${field.title.zh}：${option.title.zh}`, en: `${field.title.en}: ${option.title.en}` } : null;
};

const photosMissing = (field: FormField, answer: Answer | undefined): boolean => (field.type === 'photo' || field.photo === true) && (answer?.photos.length ?? 0) === 0;

export interface Checked {
  /** Items left blank though they are asked for. */
  blank: FieldFault[];
  /** Answers that the form does not take. */
  wrong: FieldFault[];
  findings: Found[];
}

/** Judges the answers to the items that are asked for; answers to anything else are wrong. */
export const checkAnswers = (fields: readonly FormField[], answers: Readonly<Record<string, Answer>>): Checked => {
  const checked: Checked = { blank: [], wrong: [], findings: [] };
  for (const key of Object.keys(answers)) {
    if (!fields.some((field) => field.key === key)) checked.wrong.push({ path: `answers.${key}`, zh: `表单中没有“${key}”这一项。`, en: `The form has no item "${key}".` });
  }
  for (const field of fields) {
    const answer = answers[field.key];
    const isPhotoMissing = field.required && photosMissing(field, answer);
    if (field.type !== 'photo' && (answer === undefined || isBlank(answer))) {
      // Once for each item, whatever is missing of it.
      if (field.required) checked.blank.push(fault(field, '未填写。', 'left blank.'));
      continue;
    }
    if (isPhotoMissing) checked.blank.push(fault(field, '请拍照。', 'take a photo.'));
    if (field.type === 'photo' || answer === undefined) continue;
    const wrong = wrongType(field, answer);
    if (wrong !== null) {
      checked.wrong.push(wrong);
      continue;
    }
    const what = foundIn(field, answer);
    if (what === null) continue;
    if (answer.note === '') checked.blank.push(fault(field, '异常请写明情况。', 'say what is not in order.'));
    else checked.findings.push({ field: field.key, what, note: answer.note });
  }
  return checked;
};

/** Photos that the answers speak of, by field. */
export const photosIn = (answers: Readonly<Record<string, Answer>>): { field: string; sha256: string }[] =>
  Object.entries(answers).flatMap(([field, answer]) => answer.photos.map((hash) => ({ field, sha256: hash })));
