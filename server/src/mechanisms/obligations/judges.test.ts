/** What the facts tell of what checks find: it has somebody who sees to it, and is put in order before its deadline. */
import { expect, test } from 'vitest';
import { hourMs, minuteMs } from '../../base/units.ts';
import { judged, judgeFor, ledgerOf, noon, type Told } from '../../base/testing/judged.ts';
import { obligationsJudges } from './judges.ts';

const owner = judgeFor(obligationsJudges, 'obligations.findings_have_owner');
const overdue = judgeFor(obligationsJudges, 'obligations.findings_overdue');
const submitted = (...ids: readonly string[]) => ['obligations.form_submitted', { body: { findings: ids.map((findingId) => ({ findingId })) } }] as const;
const about = (what: string, body: Told['body'] = {}, at = noon) => [`obligations.finding_${what}`, { at, body: { findingId: 'ofi_1', ...body } }] as const;
const charged = about('charged', { dueAt: noon + hourMs });

test('what was found has an owner, or the form that found it is the breach; without findings nothing arose', () => {
  expect(judged(owner, ledgerOf(submitted('ofi_1'), charged))).toMatchObject({ state: 'satisfied', facts: [2], responsible: 'technician' });
  expect(judged(owner, ledgerOf(submitted('ofi_1', 'ofi_2'), charged))).toMatchObject({ state: 'breached', facts: [1] });
  expect(judged(owner, ledgerOf(submitted()))).toMatchObject({ state: 'not_applicable' });
});

test('closed in time is kept, past the deadline a breach, told or not; one that still has time is none', () => {
  const closed = about('closed', {}, noon + minuteMs);
  expect(judged(overdue, ledgerOf(submitted('ofi_1'), charged, closed))).toMatchObject({ state: 'satisfied', facts: [3] });
  expect(judged(overdue, ledgerOf(submitted('ofi_1'), charged, about('overdue', {}, noon + hourMs), about('closed', {}, noon + 2 * hourMs)))).toMatchObject({ state: 'breached', facts: [3] });
  expect(judged(overdue, ledgerOf(submitted('ofi_1'), charged))).toMatchObject({ state: 'breached', facts: [2] });
  expect(judged(overdue, ledgerOf(submitted('ofi_1'), charged), { now: noon + minuteMs })).toMatchObject({ state: 'not_applicable' });
});
