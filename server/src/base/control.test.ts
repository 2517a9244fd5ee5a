import { expect, test } from 'vitest';
import { declareControl, swapForAgreement } from './control.ts';
import { declareRefusals } from './refusal.ts';

const refusals = declareRefusals('sample', { no: { kind: 'conflict', zh: '不行。', en: 'No.' } });
const holds = { zh: '示例', en: 'sample' };

test('a control says no, finds and forbids until it is swapped for agreement', async () => {
  const control = declareControl({ name: 'sample.rule', holds, pairs: ['BRN-9.4 BREAKS', 'BRN-A3.2.6 TELEMETRY', 'CO2-2.1 PROFILE'] });
  expect(() => control.refuse(() => refusals('no'))).toThrow('No.');
  control.refuse(() => null);
  await expect(control.refuseLater(async () => refusals('no'))).rejects.toThrow('No.');
  expect(control.find(() => ['late'])).toEqual(['late']);
  expect(control.allows(() => false)).toBe(false);

  swapForAgreement('sample.rule');
  control.refuse(() => refusals('no'));
  await control.refuseLater(async () => refusals('no'));
  expect(control.find(() => ['late'])).toEqual([]);
  expect(control.allows(() => false)).toBe(true);
});

test('a control without a proper name or clause does not start', () => {
  expect(() => declareControl({ name: 'rule', holds, pairs: [] })).toThrow('module.what_it_holds');
  expect(() => declareControl({ name: 'sample.other', holds, pairs: ['brn 9 BREAKS' as 'BRN-9 BREAKS'] })).toThrow('capability');
});
