/** Nothing is satisfied by default. */
import { expect, test } from 'vitest';
import type { Judgement } from '../../base/judge.ts';
import { answerClause } from './clause-state.ts';

const bound = { cite: 'ten@1#TEN-10.4', packAdopted: true };
const none = { kept: [], broken: [] };
const judged = (state: Judgement['state'], facts: number[] = []): Judgement => ({ state, facts, responsible: null });

test('a clause that nothing holds is without control, one that something holds is due until a fact shows it', () => {
  expect(answerClause(bound, 0, [], none).state).toBe('no_control');
  expect(answerClause(bound, 1, [], none).state).toBe('evidence_due');
  expect(answerClause(bound, 1, [], { kept: [7], broken: [] })).toMatchObject({ state: 'satisfied', facts: [7] });
});

test('one breach outweighs everything, and shows the facts of the breach alone', () => {
  expect(answerClause(bound, 2, [judged('satisfied', [1]), judged('breached', [5, 3])], { kept: [2], broken: [] })).toMatchObject({ state: 'breached', facts: [3, 5] });
  expect(answerClause(bound, 1, [judged('satisfied', [1])], { kept: [], broken: [9] })).toMatchObject({ state: 'breached', facts: [9] });
});

test('a judge that waits for evidence keeps the clause due, whatever else was shown', () => {
  expect(answerClause(bound, 2, [judged('evidence_due'), judged('satisfied', [4])], { kept: [8], broken: [] })).toMatchObject({ state: 'evidence_due', facts: [4, 8] });
});

test('not adopted, set aside and not arisen are told apart', () => {
  expect(answerClause({ cite: null, packAdopted: false }, 1, [judged('breached', [1])], none)).toMatchObject({ state: 'not_applicable', reason: { en: 'its regulation is not adopted' } });
  expect(answerClause({ cite: null, packAdopted: true }, 1, [], none).reason?.en).toContain('waiver');
  expect(answerClause(bound, 1, [judged('not_applicable')], none).state).toBe('not_applicable');
});
