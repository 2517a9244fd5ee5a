/** What a form asks for and what it finds. */
import { describe, expect, test } from 'vitest';
import type { Answer, FormField } from '../../../../contract/obligations.ts';
import { checkAnswers, declareForm, fieldsFor, formDigest } from './form.ts';

const field = (more: Partial<FormField>): FormField => ({ key: 'x', title: { zh: '项', en: 'item' }, type: 'check', required: true, ...more });
const answer = (value: Answer['value'], more: Partial<Answer> = {}): Answer => ({ value, note: '', photos: [], ...more });
const check = (one: Partial<FormField>, given: Answer | undefined) => {
  const { blank, wrong, findings } = checkAnswers([field(one)], given === undefined ? {} : { x: given });
  return { blank: blank.length, wrong: wrong.length, findings: findings.map(({ what }) => what.zh) };
};

describe('answers', () => {
  test('an item is named once, whether its answer, its photo or both are missing', () => {
    expect(check({ photo: true }, undefined)).toEqual({ blank: 1, wrong: 0, findings: [] });
    expect(check({ photo: true }, answer(true))).toEqual({ blank: 1, wrong: 0, findings: [] });
    expect(check({ photo: true }, answer(true, { photos: ['a'.repeat(64)] }))).toEqual({ blank: 0, wrong: 0, findings: [] });
    expect(check({ type: 'photo', required: false }, undefined)).toEqual({ blank: 0, wrong: 0, findings: [] });
  });

  test('a reading at its limits is in order, beyond them it is a finding that wants words', () => {
    const reading = { type: 'reading', unit: '℃', min: 10, max: 30 } as const;
    expect(check(reading, answer(30)).findings).toEqual([]);
    expect(check(reading, answer(30.1, { note: '空调停了' })).findings).toEqual(['项：30.1 ℃，高于上限 30 ℃']);
    expect(check(reading, answer(9, { note: '窗开着' })).findings).toEqual(['项：9 ℃，低于下限 10 ℃']);
    expect(check(reading, answer(9)).blank).toBe(1);
    expect(check(reading, answer(Number.NaN)).wrong).toBe(1);
  });

  test('an option outside the list is wrong; one that is marked is a finding', () => {
    const choice = { type: 'choice', options: [{ value: 'good', title: { zh: '好', en: 'good' } }, { value: 'bad', title: { zh: '坏', en: 'bad' }, finding: true }] } as const;
    expect(check({ ...choice, options: [...choice.options] }, answer('other')).wrong).toBe(1);
    expect(check({ ...choice, options: [...choice.options] }, answer('bad', { note: '断了' })).findings).toEqual(['项：坏']);
  });
});

describe('forms', () => {
  const form = { form: 'a.b', version: 1, title: { zh: '表', en: 'form' }, signature: true, fields: [field({})] };
  test('the same content has the same digest, another content another', () => {
    expect(formDigest(declareForm(form))).toBe(formDigest(declareForm({ ...form })));
    expect(formDigest(declareForm({ ...form, fields: [field({ required: false })] }))).not.toBe(formDigest(declareForm(form)));
  });

  test('an item that hangs on a parameter is asked for only while it holds', () => {
    const declared = declareForm({ ...form, fields: [field({}), field({ key: 'y', when: { parameter: 'drinking_allowed', is: false } })] });
    expect(fieldsFor(declared, () => true).map(({ key }) => key)).toEqual(['x']);
    expect(fieldsFor(declared, () => false).map(({ key }) => key)).toEqual(['x', 'y']);
  });

  test('an item that stands twice, a reading without unit, a choice without options are faults', () => {
    expect(() => declareForm({ ...form, fields: [field({}), field({})] })).toThrow('twice');
    expect(() => declareForm({ ...form, fields: [field({ type: 'reading' })] })).toThrow('unit');
    expect(() => declareForm({ ...form, fields: [field({ type: 'choice' })] })).toThrow('options');
  });
});
