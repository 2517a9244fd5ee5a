/** What the facts tell of decisions: by those who must agree, never by the applicant, used only while they hold. */
import { expect, test } from 'vitest';
import { dayMs } from '../../base/units.ts';
import { judged, judgeFor, ledgerOf, noon, person, tomorrow, type Told } from '../../base/testing/judged.ts';
import { approvalsJudges } from './judges.ts';

const signedByOthers = judgeFor(approvalsJudges, 'approvals.signed_by_others');
const holds = judgeFor(approvalsJudges, 'approvals.holds_when_granted');
const fact = (what: string, who: string, body: Told['body'] = {}, more: Told = {}) => [`approvals.${what}`, { subject: 'apr_1', actor: person(who), body, ...more }] as const;
const submitted = fact('submitted', 'per_asker');
const agreed = (who: string) => fact('signed', who, { decision: 'approve' });
const granted = (signers: string[], validUntil: number | null = null) => fact('granted', signers.at(-1) ?? 'per_x', { signers, validUntil });

test('granted by those who signed is kept', () => {
  expect(judged(signedByOthers, ledgerOf(submitted, agreed('per_a'), agreed('per_b'), granted(['per_a', 'per_b'])))).toMatchObject({ state: 'satisfied', facts: [4], responsible: 'security_department' });
});

test('granted without a signature, by the applicant, by nobody, or on a refusal is a breach', () => {
  for (const facts of [
    [submitted, agreed('per_a'), granted(['per_a', 'per_b'])],
    [submitted, agreed('per_asker'), granted(['per_asker'])],
    [submitted, agreed('per_a'), granted([])],
    [submitted, fact('signed', 'per_a', { decision: 'reject' }), granted(['per_a'])],
    [submitted, agreed('per_a'), fact('submitted', 'per_asker'), granted(['per_a'])],
  ]) expect(judged(signedByOthers, ledgerOf(...facts))).toMatchObject({ state: 'breached', facts: [facts.length] });
});

test('a request that nobody has decided says nothing', () => {
  expect(judged(signedByOthers, ledgerOf(submitted, agreed('per_a')))).toMatchObject({ state: 'not_applicable', facts: [] });
  expect(judged(signedByOthers, ledgerOf(submitted, agreed('per_a'), granted(['per_a'])), { period: tomorrow })).toMatchObject({ state: 'not_applicable' });
});

test('used within its span is kept; before, after, or once it is over it is a breach', () => {
  const used = (at: number) => fact('used', 'per_c', {}, { at });
  const until = noon + dayMs / 4;
  expect(judged(holds, ledgerOf(submitted, agreed('per_a'), granted(['per_a'], until), used(noon + 10_000)))).toMatchObject({ state: 'satisfied', facts: [3, 4] });
  expect(judged(holds, ledgerOf(submitted, agreed('per_a'), granted(['per_a'], until), used(until)))).toMatchObject({ state: 'breached', facts: [4] });
  expect(judged(holds, ledgerOf(submitted, used(noon + 10_000)))).toMatchObject({ state: 'breached', facts: [2] });
  expect(judged(holds, ledgerOf(submitted, agreed('per_a'), granted(['per_a'], until), fact('revoked', 'per_a'), used(noon + 10_000)))).toMatchObject({ state: 'breached', facts: [5] });
});
