/** What the facts tell of shifts: signed with every section, lines in time, hazards and events followed. */
import { expect, test } from 'vitest';
import { hourMs, minuteMs } from '../../base/units.ts';
import { judged, judgeFor, ledgerOf, noon, person, rulesOf, tomorrow, type Told } from '../../base/testing/judged.ts';
import { dutyJudges } from './judges.ts';
import { sectionNames } from './sections.ts';

const operator = person('per_operator', '值班席');
const judge = (control: string, clause?: string) => judgeFor(dutyJudges, `duty.${control}`, clause);
const confirmed = (section: string, body: Told['body'] = { measured: [{ zh: '正常', en: 'fine' }] }) => ['duty.section_confirmed', { subject: 'shf_1', actor: operator, body: { section, ...body } }] as const;
const signed = ['duty.shift_closed', { subject: 'shf_1', actor: operator }] as const;

test('a shift signed with every section is kept; one without a section is a breach for that section and for the whole', () => {
  const whole = ledgerOf(...sectionNames.map((name) => confirmed(name)), signed);
  const without = ledgerOf(...sectionNames.filter((name) => name !== 'fire_system').map((name) => confirmed(name)), signed);
  for (const clause of ['BRN-4.4', 'BRN-4.6', 'BRN-4.7', 'BUS-1.1.7', 'GEN-2.3.1']) expect(judged(judge('sections_filled', clause), whole), clause).toMatchObject({ state: 'satisfied', facts: [5] });
  expect(judged(judge('sections_filled', 'BRN-4.7'), without)).toMatchObject({ state: 'breached', facts: [4] });
  expect(judged(judge('sections_filled', 'BRN-4.4'), without)).toMatchObject({ state: 'breached', facts: [4] });
  expect(judged(judge('sections_filled', 'BRN-4.6'), without)).toMatchObject({ state: 'satisfied' });
  expect(judged(judge('sections_filled', 'BRN-4.4'), whole.slice(0, 4))).toMatchObject({ state: 'evidence_due', facts: [] });
  expect(judged(judge('words_for_events'), whole)).toMatchObject({ state: 'satisfied' });
  expect(judged(judge('words_for_events'), whole, { period: tomorrow })).toMatchObject({ state: 'evidence_due' });
});

test('the sections of another shift are not those of this one', () => {
  const other = ledgerOf(...sectionNames.map((name) => confirmed(name)), ['duty.shift_closed', { subject: 'shf_2', actor: operator }]);
  expect(judged(judge('sections_filled', 'BRN-4.4'), other)).toMatchObject({ state: 'breached', facts: [5] });
});

test('a line within the time that the room gives is kept, a late one is a breach; the machine and corrections are no lines of people', () => {
  const line = (body: Told['body']) => ['duty.entry_made', { actor: operator, body: { source: 'person', corrects: null, lateMs: 0, ...body } }] as const;
  expect(judged(judge('late_mark'), ledgerOf(line({}), line({})))).toMatchObject({ state: 'satisfied', facts: [1, 2] });
  expect(judged(judge('late_mark'), ledgerOf(line({}), line({ lateMs: 40 * minuteMs })))).toMatchObject({ state: 'breached', facts: [2], responsible: 'duty_operator' });
  expect(judged(judge('late_mark'), ledgerOf(line({ source: 'system' }), line({ corrects: 'ent_1', lateMs: hourMs })))).toMatchObject({ state: 'evidence_due' });
});

test('pictures wait for the signature of their shift; without pictures nothing arose', () => {
  const picture = ['video.snapshot_taken', { actor: operator }] as const;
  expect(judged(judge('snapshot_notes'), ledgerOf(signed))).toMatchObject({ state: 'not_applicable' });
  expect(judged(judge('snapshot_notes'), ledgerOf(picture))).toMatchObject({ state: 'evidence_due' });
  expect(judged(judge('snapshot_notes'), ledgerOf(picture, signed))).toMatchObject({ state: 'satisfied', facts: [2] });
});

test('what was measured stands in its section, or the section is a breach', () => {
  expect(judged(judge('measured_sections', 'BRN-4.6'), ledgerOf(confirmed('equipment')))).toMatchObject({ state: 'satisfied' });
  expect(judged(judge('measured_sections', 'BRN-4.6'), ledgerOf(confirmed('equipment', { measured: [] })))).toMatchObject({ state: 'breached' });
  expect(judged(judge('measured_sections', 'BRN-4.6'), ledgerOf(confirmed('running')))).toMatchObject({ state: 'evidence_due' });
});

test('a point of the security check that is not in order becomes a hazard, or is a breach', () => {
  const check = confirmed('security_check', { checks: { door: true, windows: false, keys: false } });
  const hazard = ['duty.thread_opened', { body: { kind: 'hazard' } }] as const;
  expect(judged(judge('hazards'), ledgerOf(confirmed('security_check', { checks: { door: true } })))).toMatchObject({ state: 'satisfied' });
  expect(judged(judge('hazards'), ledgerOf(check, hazard, hazard))).toMatchObject({ state: 'satisfied', facts: [1] });
  expect(judged(judge('hazards'), ledgerOf(check, hazard))).toMatchObject({ state: 'breached', facts: [1] });
  expect(judged(judge('hazards'), [])).toMatchObject({ state: 'evidence_due' });
});

test('each step of an event has its line in the log', () => {
  const opened = ['duty.thread_opened', { subject: 'sev_1', body: { kind: 'serious' } }] as const;
  const moved = ['duty.thread_moved', { subject: 'sev_1', body: { kind: 'serious', step: 'handled' } }] as const;
  const line = ['duty.entry_made', { body: { subject: 'sev_1' } }] as const;
  expect(judged(judge('self_written'), ledgerOf(opened, line, moved, line))).toMatchObject({ state: 'satisfied', facts: [1, 3] });
  expect(judged(judge('self_written'), ledgerOf(opened, line, moved))).toMatchObject({ state: 'breached', facts: [3] });
  expect(judged(judge('self_written'), ledgerOf(line))).toMatchObject({ state: 'not_applicable' });
});

test('handled and reported in the limit is kept; overdue, or past the limit without a word, is a breach', () => {
  const rules = rulesOf({ final_report_within_minutes: 30 });
  const step = (name: string, minutes: number) => ['duty.thread_moved', { subject: 'sev_1', at: noon + minutes * minuteMs, body: { kind: 'serious', step: name } }] as const;
  const report = judge('report_after_handling');
  expect(judged(report, ledgerOf(step('handled', 0), step('reported', 20)), { rules })).toMatchObject({ state: 'satisfied', facts: [2] });
  expect(judged(report, ledgerOf(step('handled', 0), step('overdue', 31), step('reported', 50)), { rules })).toMatchObject({ state: 'breached', facts: [2] });
  expect(judged(report, ledgerOf(step('handled', 0)), { rules, now: noon + 40 * minuteMs })).toMatchObject({ state: 'breached', facts: [1] });
  expect(judged(report, ledgerOf(step('handled', 0)), { rules, now: noon + 10 * minuteMs })).toMatchObject({ state: 'not_applicable' });
});
