/** What somebody has typed into a form and not handed in: kept on the device, so that a closed page or a dead battery costs nothing. Pure but for the storage. */
import { Answers } from '../../../../../contract/obligations.ts';
import type { Answer, FormField } from '../../../../../contract/obligations.ts';

export type Draft = Record<string, Answer>;
const keyOf = (obligationId: string, personId: string): string => `vigil.form.${personId}.${obligationId}`;

export const emptyAnswer: Answer = { value: null, note: '', photos: [] };

export const readDraft = (storage: Pick<Storage, 'getItem'>, obligationId: string, personId: string): Draft => {
  try {
    const kept = Answers.safeParse(JSON.parse(storage.getItem(keyOf(obligationId, personId)) ?? '{}'));
    return kept.success ? kept.data : {};
  } catch {
    return {};
  }
};
export const keepDraft = (storage: Pick<Storage, 'setItem'>, obligationId: string, personId: string, draft: Draft): void => {
  try {
    storage.setItem(keyOf(obligationId, personId), JSON.stringify(draft));
  } catch {
    // A full or forbidden storage: the page itself still holds it.
  }
};
export const dropDraft = (storage: Pick<Storage, 'removeItem'>, obligationId: string, personId: string): void => storage.removeItem(keyOf(obligationId, personId));

export const isAnswered = (field: FormField, answer: Answer | undefined): boolean => {
  if (answer === undefined) return false;
  const photoThere = answer.photos.length > 0 || !(field.type === 'photo' || field.photo === true);
  return photoThere && (field.type === 'photo' || (answer.value !== null && answer.value !== ''));
};

/** Not in order, as the server will judge it. */
export const isAbnormal = (field: FormField, answer: Answer | undefined): boolean => {
  const value = answer?.value;
  if (field.type === 'check') return value === false;
  if (field.type === 'reading') return typeof value === 'number' && ((field.min !== undefined && value < field.min) || (field.max !== undefined && value > field.max));
  return field.type === 'choice' && field.options?.find((option) => option.value === value)?.finding === true;
};

/** Only what the form asks for: an older draft may hold more. */
export const answersFor = (fields: readonly FormField[], draft: Draft): Draft => Object.fromEntries(fields.flatMap(({ key }) => (draft[key] === undefined ? [] : [[key, draft[key]]])));
