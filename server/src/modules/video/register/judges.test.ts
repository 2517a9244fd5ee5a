/** What the facts tell of the register of cameras. */
import { expect, test } from 'vitest';
import { dayMs } from '../../../base/units.ts';
import { judged, judgeFor, ledgerOf, noon, person, rulesOf, today, tomorrow, type Told } from '../../../base/testing/judged.ts';
import { registerJudges } from './judges.ts';

const judge = (control: string) => judgeFor(registerJudges, `cameras.${control}`);
const technician = person('per_technician');
const fact = (kind: string, body: Told['body'] = {}, more: Told = {}) => [`video.${kind}`, { actor: technician, body: { cameraId: 'cam_1', ...body }, ...more }] as const;

test('an entry with purpose and place holds on; one without says nothing', () => {
  const entry = fact('register_written', { purpose: 'internal_safety', zoneType: 'gate' });
  for (const control of ['purpose_allowed', 'purposes_offered', 'zone_permitted']) {
    expect(judged(judge(control), ledgerOf(entry), { period: tomorrow }), control).toMatchObject({ state: 'satisfied', facts: [1] });
    expect(judged(judge(control), ledgerOf(fact('register_written', { purpose: null, zoneType: null }))), control).toMatchObject({ state: 'evidence_due', facts: [] });
  }
  expect(judged(judge('staff_purpose_grounded'), ledgerOf(entry))).toMatchObject({ state: 'not_applicable' });
  expect(judged(judge('staff_purpose_grounded'), ledgerOf(fact('purpose_changed', { after: 'staff_performance' })))).toMatchObject({ state: 'satisfied' });
});

test('a purpose changed without a grant is a breach', () => {
  const changed = fact('purpose_changed', { after: 'company_safety', approvalId: 'apr_1' });
  const granted = (subject: string) => ['approvals.granted', { subject, body: { kind: 'video.purpose_change' } }] as const;
  expect(judged(judge('purpose_by_approval'), ledgerOf(changed, granted('apr_1')))).toMatchObject({ state: 'satisfied', facts: [1] });
  expect(judged(judge('purpose_by_approval'), ledgerOf(changed, granted('apr_2')))).toMatchObject({ state: 'breached', facts: [1] });
  expect(judged(judge('purpose_by_approval'), ledgerOf(granted('apr_1')))).toMatchObject({ state: 'not_applicable' });
});

test.each([['view_unmoved', 'view_changed', 'view_restored'], ['clock_right', 'camera_clock_wrong', 'camera_clock_right']])('%s: a deviation is a breach of its day, and of each day on which it lasts; right again it is kept', (control, began, ended) => {
  const [wrong, right] = [fact(began, {}, { at: noon }), fact(ended, {}, { at: noon + dayMs })];
  expect(judged(judge(control), ledgerOf(wrong))).toMatchObject({ state: 'breached', facts: [1] });
  expect(judged(judge(control), ledgerOf(wrong), { period: tomorrow })).toMatchObject({ state: 'breached', facts: [1] });
  expect(judged(judge(control), ledgerOf(wrong, right))).toMatchObject({ state: 'breached', facts: [1] });
  expect(judged(judge(control), ledgerOf(wrong, right), { period: tomorrow })).toMatchObject({ state: 'satisfied', facts: [2] });
  expect(judged(judge(control), ledgerOf(wrong, fact('camera_retired')), { period: tomorrow })).toMatchObject({ state: 'evidence_due' });
  expect(judged(judge(control), [])).toMatchObject({ state: 'evidence_due' });
});

test('the picture of the approved view is the evidence until it moves; a turn is told', () => {
  expect(judged(judge('view_unmoved'), ledgerOf(fact('register_picture_kept', { what: 'view' })), { period: tomorrow })).toMatchObject({ state: 'satisfied' });
  expect(judged(judge('view_unmoved'), ledgerOf(fact('register_picture_kept', { what: 'sign' })))).toMatchObject({ state: 'evidence_due' });
  expect(judged(judge('turns_reported'), ledgerOf(fact('view_changed', { turned: true })))).toMatchObject({ state: 'satisfied' });
  expect(judged(judge('turns_reported'), ledgerOf(fact('view_changed', { turned: false })))).toMatchObject({ state: 'not_applicable' });
  expect(judged(judge('positions_kept'), ledgerOf(fact('positions_seen')))).toMatchObject({ state: 'satisfied' });
});

test('one camera without its sign is a breach, whatever the others have; where no signs are wanted it does not apply', () => {
  const rules = { ...rulesOf({}), flag: () => true };
  const added = (cameraId: string) => fact('camera_added', { cameraId });
  const sign = fact('register_picture_kept', { what: 'sign' });
  expect(judged(judge('sign_shown'), ledgerOf(added('cam_1'), sign), { rules })).toMatchObject({ state: 'satisfied', facts: [2] });
  expect(judged(judge('sign_shown'), ledgerOf(added('cam_1'), added('cam_2'), sign), { rules })).toMatchObject({ state: 'breached', facts: [2] });
  expect(judged(judge('sign_shown'), ledgerOf(added('cam_1'), added('cam_2'), sign, fact('camera_retired', { cameraId: 'cam_2' })), { rules })).toMatchObject({ state: 'satisfied' });
  expect(judged(judge('sign_shown'), [], { rules })).toMatchObject({ state: 'evidence_due' });
  expect(judged(judge('sign_shown'), ledgerOf(added('cam_1')))).toMatchObject({ state: 'not_applicable' });
});

test('a camera filed is kept; past its time without a number it is a breach, within it there is no evidence yet', () => {
  const rules = rulesOf({ filing_within_days: 30 });
  const begun = (daysAgo: number) => fact('camera_activated', {}, { at: noon - daysAgo * dayMs });
  const number = fact('register_written', { filingNumber: '沪公备 2026-77', active: true });
  const now = today.until;
  expect(judged(judge('filed_in_time'), ledgerOf(begun(40), number), { rules, now })).toMatchObject({ state: 'satisfied', facts: [2] });
  expect(judged(judge('filed_in_time'), ledgerOf(begun(40)), { rules, now })).toMatchObject({ state: 'breached', facts: [1] });
  expect(judged(judge('filed_in_time'), ledgerOf(begun(20)), { rules, now })).toMatchObject({ state: 'evidence_due' });
});
