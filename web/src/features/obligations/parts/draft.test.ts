/** Drafts of forms on the device. */
import { expect, test } from 'vitest';
import { answersFor, dropDraft, isAbnormal, isAnswered, keepDraft, readDraft } from './draft.ts';
import type { FormField } from '../../../../../contract/obligations.ts';

const field = (more: Partial<FormField>): FormField => ({ key: 'x', title: { zh: '项', en: 'item' }, type: 'check', required: true, ...more });
const shelf = (): Storage => {
  const kept = new Map<string, string>();
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, text: string) => void kept.set(key, text), removeItem: (key: string) => void kept.delete(key) } as Storage;
};

test('a draft comes back to its own person and form, and nobody else', () => {
  const storage = shelf();
  const draft = { x: { value: true, note: '', photos: [] } };
  keepDraft(storage, 'obl_1', 'per_1', draft);
  expect(readDraft(storage, 'obl_1', 'per_1')).toEqual(draft);
  expect(readDraft(storage, 'obl_1', 'per_2')).toEqual({});
  dropDraft(storage, 'obl_1', 'per_1');
  expect(readDraft(storage, 'obl_1', 'per_1')).toEqual({});
});

test('a storage that is full, forbidden or broken costs only the copy', () => {
  const broken = { getItem: () => '{"x":', setItem: () => { throw new Error('full'); } };
  expect(readDraft(broken, 'obl_1', 'per_1')).toEqual({});
  expect(() => keepDraft(broken, 'obl_1', 'per_1', {})).not.toThrow();
});

test('answered, abnormal and asked for are told as the server tells them', () => {
  expect(isAnswered(field({ photo: true }), { value: true, note: '', photos: [] })).toBe(false);
  expect(isAnswered(field({ type: 'photo' }), { value: null, note: '', photos: ['a'] })).toBe(true);
  expect(isAnswered(field({ type: 'text' }), { value: '', note: '', photos: [] })).toBe(false);
  expect(isAbnormal(field({ type: 'reading', min: 10, max: 30 }), { value: 31, note: '', photos: [] })).toBe(true);
  expect(isAbnormal(field({ type: 'reading', min: 10, max: 30 }), { value: 30, note: '', photos: [] })).toBe(false);
  expect(isAbnormal(field({ type: 'choice', options: [{ value: 'bad', title: { zh: '坏', en: 'bad' }, finding: true }] }), { value: 'bad', note: '', photos: [] })).toBe(true);
  expect(answersFor([field({})], { x: { value: true, note: '', photos: [] }, old: { value: true, note: '', photos: [] } })).toEqual({ x: { value: true, note: '', photos: [] } });
});
