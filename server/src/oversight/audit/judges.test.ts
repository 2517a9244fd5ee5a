/** What the facts tell of the record of acts. */
import { expect, test } from 'vitest';
import { dayMs } from '../../base/units.ts';
import { judged, judgeFor, ledgerOf, noon, person, today, tomorrow, type Told } from '../../base/testing/judged.ts';
import { auditJudges } from './judges.ts';

const judges = auditJudges('Asia/Shanghai');
const judge = (control: string) => judgeFor(judges, `audit.${control}`);
const auditor = person('per_auditor');
const audit = (what: string, body: Told['body'] = {}, actor = auditor) => [`audit.${what}`, { actor, body }] as const;

test('the record since its first entry is the evidence; erasing before the term is a breach', () => {
  const opened = ['ledger.opened', { at: noon - 300 * dayMs }] as const;
  const erased = (until: number) => audit('erasure_ordered', { until, retentionDays: 180 });
  expect(judged(judge('kept_for_term'), ledgerOf(opened))).toMatchObject({ state: 'satisfied', facts: [1] });
  expect(judged(judge('kept_for_term'), ledgerOf(opened, erased(noon - 181 * dayMs)))).toMatchObject({ state: 'satisfied', facts: [2] });
  expect(judged(judge('kept_for_term'), ledgerOf(opened, erased(noon - 20 * dayMs)))).toMatchObject({ state: 'breached', facts: [2] });
  expect(judged(judge('kept_for_term'), [])).toMatchObject({ state: 'evidence_due' });
});

test('a review of somebody who has read is kept, of anybody else a breach', () => {
  const read = judge('review_after_reading');
  expect(judged(read, ledgerOf(audit('acts_read'), audit('review_signed')))).toMatchObject({ state: 'satisfied', facts: [2] });
  expect(judged(read, ledgerOf(audit('acts_read'), audit('review_signed', {}, person('per_other'))))).toMatchObject({ state: 'breached', facts: [2] });
  expect(judged(read, ledgerOf(audit('acts_read')))).toMatchObject({ state: 'evidence_due' });
});

test('a watermark that leads nowhere is a breach; none traced did not arise', () => {
  expect(judged(judge('watermark_leads_to_act'), ledgerOf(audit('watermark_traced', { found: 1 })))).toMatchObject({ state: 'satisfied' });
  expect(judged(judge('watermark_leads_to_act'), ledgerOf(audit('watermark_traced', { found: 0 })))).toMatchObject({ state: 'breached' });
  expect(judged(judge('watermark_leads_to_act'), [])).toMatchObject({ state: 'not_applicable' });
});

test('acts of people are the evidence of the record, acts of the machine are not', () => {
  const watched = (actor: Told['actor']) => ledgerOf(['video.watch_began', { actor }]);
  expect(judged(judge('acts_found'), watched(auditor))).toMatchObject({ state: 'satisfied' });
  expect(judged(judge('acts_found'), watched({ kind: 'process', id: 'server', post: null, session: null }))).toMatchObject({ state: 'evidence_due' });
  expect(judged(judge('viewers_known'), ledgerOf(['video.watch_ended', { actor: auditor }]), { period: tomorrow })).toMatchObject({ state: 'evidence_due' });
});

test('a month without its review is a breach until the review covers it', () => {
  const opened = ['ledger.opened', { at: Date.parse('2026-10-01T00:00:00+08:00') }] as const;
  const review = audit('review_signed', { from: Date.parse('2026-10-01T00:00:00+08:00'), until: Date.parse('2026-11-01T00:00:00+08:00') });
  const period = { from: Date.parse('2026-10-20T00:00:00+08:00'), until: today.until };
  expect(judged(judge('reviewed_monthly'), ledgerOf(opened), { period })).toMatchObject({ state: 'breached', responsible: 'security_department' });
  expect(judged(judge('reviewed_monthly'), ledgerOf(opened, review), { period })).toMatchObject({ state: 'satisfied', facts: [2] });
});

test('an event of the system with words in the log of its shift is told; without them it is a breach once the shift is signed, or after a day', () => {
  const told = judge('events_told');
  const raised = (at = noon) => ['notifications.alarm_raised', { at, body: { alarmId: 'alm_1' } }] as const;
  const line = ['duty.entry_made', { at: noon + 1_000, body: { source: 'system', entryId: 'ent_1', subject: 'alm_1', number: 7 } }] as const;
  const words = ['duty.entry_made', { at: noon + 2_000, actor: person('per_operator'), body: { source: 'person', corrects: 'ent_1' } }] as const;
  const signed = ['duty.shift_closed', { at: noon + 3_000, actor: person('per_operator') }] as const;
  expect(judged(told, ledgerOf(raised(), line, words, signed))).toMatchObject({ state: 'satisfied', facts: [1] });
  expect(judged(told, ledgerOf(raised(), line, signed))).toMatchObject({ state: 'breached', facts: [1] });
  expect(judged(told, ledgerOf(raised(), line), { now: noon + 60_000 })).toMatchObject({ state: 'evidence_due' });
  expect(judged(told, ledgerOf(raised(), line), { period: { from: noon - dayMs, until: noon + 2 * dayMs } })).toMatchObject({ state: 'breached', facts: [1] });
  expect(judged(told, ledgerOf(signed))).toMatchObject({ state: 'not_applicable' });
});
