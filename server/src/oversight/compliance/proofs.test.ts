/** The count of what tests prove. */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { clausesOf } from './pack-clauses.ts';
import { countProofs, pairOf } from './proofs.ts';

const clauses = clausesOf('ten', parse(`
- { id: TEN-10.1, zh: 记录一切操作, en: All operations are recorded, treatment: enforce, theme: records, actor: system, capabilities: [AUDIT] }
- { id: TEN-10.3, zh: 留存, en: Kept, treatment: enforce, theme: records, actor: system, capabilities: [RETENTION, AUDIT] }
- { id: TEN-10.4, zh: 审查, en: Reviewed, treatment: enforce, theme: records, actor: management, capabilities: [AUDIT] }
`));
const controls = [{ name: 'audit.acts_found', pairs: ['TEN-10.1 AUDIT', 'TEN-10.3 AUDIT'] as const }];
const ran = (title: string, passed = true) => ({ file: 'a.test.ts', title, passed });

test('a clause is proven when each of its pairs has a test that passed, partial before, and none without any', () => {
  const { clauses: counted, totals } = countProofs(clauses, controls, [ran('[TEN-10.1 AUDIT] every call has a row'), ran('[TEN-10.3 AUDIT] no earlier deletion'), ran('something else')]);
  expect(counted.map(({ id, state }) => [id, state])).toEqual([['TEN-10.1', 'proven'], ['TEN-10.3', 'partial'], ['TEN-10.4', 'none']]);
  expect(totals).toEqual({ clauses: 3, proven: 1, partial: 1, none: 1, pairs: 4, pairsProven: 2 });
  expect(counted[0]?.capabilities).toEqual([{ key: 'AUDIT', controls: ['audit.acts_found'], tests: ['[TEN-10.1 AUDIT] every call has a row'] }]);
});

test('a test that failed takes the proof from its pair, whatever another of the same name did', () => {
  const { totals } = countProofs(clauses, controls, [ran('[TEN-10.1 AUDIT] every call has a row'), ran('[TEN-10.1 AUDIT] in the browser too', false)]);
  expect(totals.pairsProven).toBe(0);
});

test('a pair stands at the beginning of a title, in brackets', () => {
  expect(pairOf('[BRN-A3.2.6 TELEMETRY] a swapped camera is flagged')).toBe('BRN-A3.2.6 TELEMETRY');
  expect(pairOf('see [BRN-A3.2.6 TELEMETRY]')).toBeNull();
  expect(pairOf('[BRN-A3.2.6] without a capability')).toBeNull();
});
