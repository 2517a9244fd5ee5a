import { expect, test } from 'vitest';
import { citeText, clauseText, unitText, groupedTitles } from './cite-text.ts';

test('a citation reads as people cite: clause and version, no internal name', () => {
  expect(citeText('brn@1#BRN-9.1', 'zh-CN')).toBe('BRN 9.1 · 第1版');
  expect(citeText('decree-799@12#VID-22.2', 'en')).toBe('VID 22.2 · version 12');
  expect(citeText('国务院令', 'en')).toBe('国务院令');
  expect(clauseText('BRN-9.1')).toBe('BRN 9.1');
});

test('one of a thing is singular in English', () => {
  expect([unitText(1, 'persons'), unitText(2, 'persons'), unitText(1, 'h'), unitText(1, '°C'), unitText(1, '人')]).toEqual(['person', 'persons', 'h', '°C', '人']);
});

test('clauses of one regulation stand together under its name', () => {
  const titles = [{ zh: '《甲》第九条（9.1）', en: 'A, clause 9.1' }, { zh: '《乙》二.4（2.4）', en: 'B, clause 2.4' }, { zh: '《甲》第十条（10）', en: 'A, clause 10' }, { zh: 'X-1', en: 'X-1' }];
  expect(groupedTitles(titles, 'zh-CN')).toBe('《甲》第九条（9.1）、第十条（10）；《乙》二.4（2.4）；X-1');
  expect(groupedTitles(titles, 'en')).toBe('A, clauses 9.1, 10; B, clause 2.4; X-1');
});
