/** The board's own controls against its figures: cameras and the room against their target, duties done or left out. */
import { expect, test } from 'vitest';
import { hourMs, minuteMs } from '../../base/units.ts';
import { judged, judgeFor, ledgerOf, noon, person, rulesOf, today, tomorrow, type Told } from '../../base/testing/judged.ts';
import { complianceJudges } from './judges.ts';

const rules = rulesOf({ availability_target_percent: 99 });
const judge = (control: string, clause?: string) => judgeFor(complianceJudges, `compliance.${control}`, clause);
const camera = ['video.camera_added', { at: today.from, body: { cameraId: 'cam_1', number: 1, name: '大厅' } }] as const;
const gap = (minutes: number) => {
  const body = { cameraId: 'cam_1', gapId: 'gap_1', from: noon, reason: 'camera_silent' };
  return [['video.gap_opened', { at: noon, body }], ['video.gap_closed', { at: noon + minutes * minuteMs, body: { ...body, until: noon + minutes * minuteMs } }]] as const;
};
const look = { rules, now: today.until };

test.each(['cameras_below_target', 'below_target_flagged', 'room_degraded'])('%s: above the target it is kept, below it a breach with the gaps, without cameras evidence is due', (control) => {
  expect(judged(judge(control), ledgerOf(camera), look)).toMatchObject({ state: 'satisfied', facts: [1] });
  expect(judged(judge(control), ledgerOf(camera, ...gap(5)), look)).toMatchObject({ state: 'satisfied' });
  expect(judged(judge(control), ledgerOf(camera, ...gap(60)), look)).toMatchObject({ state: 'breached', facts: [2] });
  expect(judged(judge(control), ledgerOf(camera, ...gap(60)), { rules: rulesOf({ availability_target_percent: 90 }), now: today.until })).toMatchObject({ state: 'satisfied' });
  expect(judged(judge(control), [], look)).toMatchObject({ state: 'evidence_due', facts: [] });
});

test('a duty left out is a breach, duties done are the evidence, and a period without any has none', () => {
  const window = { key: 'day', from: noon - hourMs, until: noon };
  const duty = (what: string, body: Told['body'] = {}) => [`obligations.${what}`, { subject: 'obl_1', actor: person('per_a'), body: { title: { zh: '日检', en: 'daily' }, window, ...body } }] as const;
  const done = [duty('window_opened'), duty('form_submitted', { timing: 'in_time' })];
  expect(judged(judge('duties_shown', 'BUS-1.1.2'), ledgerOf(...done), look)).toMatchObject({ state: 'satisfied', facts: [2] });
  expect(judged(judge('duties_shown', 'BUS-1.1.2'), ledgerOf(duty('window_opened'), duty('was_missed')), look)).toMatchObject({ state: 'breached', facts: [2] });
  expect(judged(judge('duties_shown', 'BUS-1.1.2'), ledgerOf(...done), { rules, period: tomorrow })).toMatchObject({ state: 'evidence_due' });
  expect(judged(judge('people_scored'), ledgerOf(...done))).toMatchObject({ state: 'satisfied' });
});

test('a purpose is shown since its document was adopted', () => {
  const adopted = ledgerOf(['parameters.pack_adopted', { body: { pack: 'saf' } }]);
  expect(judged(judge('purposes_shown', 'SAF-1.2'), adopted, { period: tomorrow })).toMatchObject({ state: 'satisfied', facts: [1] });
  expect(judged(judge('purposes_shown', 'COR-1.2'), adopted)).toMatchObject({ state: 'evidence_due' });
});
