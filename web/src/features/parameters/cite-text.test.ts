import { expect, test } from 'vitest';
import { citeText, clauseText, unitText } from './cite-text.ts';

test('a citation reads as people cite: clause and version, no internal name', () => {
  expect(citeText('brn@1#BRN-9.1', 'zh-CN')).toBe('BRN 9.1 · 第1版');
  expect(citeText('decree-799@12#VID-22.2', 'en')).toBe('VID 22.2 · version 12');
  expect(citeText('国务院令', 'en')).toBe('国务院令');
  expect(clauseText('BRN-9.1')).toBe('BRN 9.1');
});

test('one of a thing is singular in English', () => {
  expect([unitText(1, 'persons'), unitText(2, 'persons'), unitText(1, 'h'), unitText(1, '°C'), unitText(1, '人')]).toEqual(['person', 'persons', 'h', '°C', '人']);
});
