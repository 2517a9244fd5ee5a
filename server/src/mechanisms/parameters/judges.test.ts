/** What the facts tell of rules: adopted, decided with an approval, dated; a decision goes on to hold. */
import { expect, test } from 'vitest';
import { dayMs, hourMs } from '../../base/units.ts';
import { judged, judgeFor, ledgerOf, noon, person, tomorrow, type Told } from '../../base/testing/judged.ts';
import { parametersJudges } from './judges.ts';

const judge = (control: string, clause?: string) => judgeFor(parametersJudges, `parameters.${control}`, clause);
const leader = person('per_leader');
const changed = (body: Told['body'], at = noon) => ['parameters.value_changed', { at, actor: leader, body: { name: 'retention_days', from: at + dayMs, approvalId: 'apr_1', ...body } }] as const;
const adopted = (pack: string, body: Told['body'] = {}) => ['parameters.pack_adopted', { actor: leader, body: { pack, approvalId: 'apr_1', from: noon, ...body } }] as const;

test('the adoption of its own document shows a clause kept, and goes on to', () => {
  const department = judge('department_named', 'ART-13.1.1');
  expect(judged(department, ledgerOf(adopted('art')))).toMatchObject({ state: 'satisfied', facts: [1] });
  expect(judged(department, ledgerOf(adopted('art')), { period: tomorrow })).toMatchObject({ state: 'satisfied', facts: [1] });
  expect(judged(department, ledgerOf(adopted('brn')))).toMatchObject({ state: 'evidence_due', facts: [] });
  expect(judged(judge('purposes_bound', 'BRN-1'), ledgerOf(adopted('brn')))).toMatchObject({ state: 'satisfied' });
});

test('a change with its approval is kept; one past the approvals is a breach; what the set-up decides is none', () => {
  const within = judge('within_bounds');
  expect(judged(within, ledgerOf(changed({})))).toMatchObject({ state: 'satisfied' });
  expect(judged(within, ledgerOf(changed({}), changed({ approvalId: null })))).toMatchObject({ state: 'breached', facts: [2], responsible: 'security_department' });
  const setUp = ['identity.set_up_done', { at: noon }] as const;
  expect(judged(within, ledgerOf(setUp, changed({ approvalId: null }, noon + 1_000)))).toMatchObject({ state: 'satisfied', facts: [2] });
  expect(judged(within, ledgerOf(setUp, changed({ approvalId: null }, noon + hourMs)))).toMatchObject({ state: 'breached', facts: [2] });
  expect(judged(judge('changer_named'), [])).toMatchObject({ state: 'evidence_due' });
});

test('a change reaches no further back than its own decision', () => {
  const itsDay = judge('holds_from_its_day');
  expect(judged(itsDay, ledgerOf(changed({})))).toMatchObject({ state: 'satisfied' });
  expect(judged(itsDay, ledgerOf(changed({ from: noon - dayMs })))).toMatchObject({ state: 'breached', facts: [1] });
});

test('a profile in force shows head, areas, systems and groups; without one evidence is due', () => {
  const profile = ledgerOf(['parameters.profile_changed', { actor: leader, body: { version: 1 } }]);
  for (const control of ['areas_covered', 'head_named', 'systems_linked', 'groups_present']) {
    expect(judged(judge(control), profile, { period: tomorrow }), control).toMatchObject({ state: 'satisfied', facts: [1] });
    expect(judged(judge(control), []), control).toMatchObject({ state: 'evidence_due' });
  }
});

test('who interprets is asked only when there is a ruling', () => {
  expect(judged(judge('interpreter_only'), [])).toMatchObject({ state: 'not_applicable' });
  expect(judged(judge('interpreter_only'), ledgerOf(['parameters.ruling_given', { actor: leader }]))).toMatchObject({ state: 'satisfied' });
});
