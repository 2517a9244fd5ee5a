/** What the facts tell of gaps and of deletions. */
import { expect, test } from 'vitest';
import { dayMs, secondMs } from '../../base/units.ts';
import { judged, judgeFor, ledgerOf, noon, rulesOf, tomorrow } from '../../base/testing/judged.ts';
import { videoJudges } from './judges.ts';

const gaps = judgeFor(videoJudges, 'video.gaps_alarmed');
const gap = (what: string, afterSeconds: number, reason = 'camera_silent') => [`video.gap_${what}`, { at: noon + afterSeconds * secondMs, body: { gapId: 'gap_1', cameraId: 'cam_1', from: noon, reason } }] as const;

test('a gap alarmed within its limit is kept, alarmed late or never it is a breach; without a gap nothing arose', () => {
  expect(judged(gaps, ledgerOf(gap('opened', 3), gap('alarmed', 11), gap('closed', 60)))).toMatchObject({ state: 'satisfied', facts: [2] });
  expect(judged(gaps, ledgerOf(gap('opened', 3), gap('alarmed', 40)))).toMatchObject({ state: 'breached', facts: [2], responsible: 'technician' });
  expect(judged(gaps, ledgerOf(gap('opened', 3), gap('closed', 40)))).toMatchObject({ state: 'breached', facts: [2] });
  expect(judged(gaps, ledgerOf(gap('opened', 3)))).toMatchObject({ state: 'breached', facts: [1] });
  expect(judged(gaps, ledgerOf(gap('opened', 3)), { now: noon + 12 * secondMs })).toMatchObject({ state: 'not_applicable' });
  expect(judged(gaps, ledgerOf(gap('opened', 3), gap('alarmed', 11)), { period: tomorrow })).toMatchObject({ state: 'not_applicable', facts: [] });
});

test('a short gap needs no alarm, nor does one that a person ordered; one that nobody could see counts from its notice', () => {
  expect(judged(gaps, ledgerOf(gap('opened', 3), gap('closed', 8)))).toMatchObject({ state: 'not_applicable' });
  expect(judged(gaps, ledgerOf(gap('opened', 3, 'recording_off'), gap('closed', 600, 'recording_off')))).toMatchObject({ state: 'not_applicable' });
  expect(judged(gaps, ledgerOf(gap('opened', 600, 'recorder_crashed'), gap('alarmed', 612, 'recorder_crashed')))).toMatchObject({ state: 'satisfied' });
});

const deletions = judgeFor(videoJudges, 'video.deleted_after_term');
const rules = rulesOf({ retention_days: 90 });
const decided = (ageDays: number, reason = 'retention') => ['video.deletion_decided', { body: { reason, segments: [{ segmentId: 'seg_1', until: noon - ageDays * dayMs }, { segmentId: 'seg_2', until: noon - 200 * dayMs }] } }] as const;
const gone = (...deleted: string[]) => ['video.deletion_outcome', { body: { deleted, missing: [], failed: [] } }] as const;

test('deleted after its term is kept; before it, or decided and never gone, is a breach', () => {
  expect(judged(deletions, ledgerOf(decided(91), gone('seg_1', 'seg_2')), { rules })).toMatchObject({ state: 'satisfied', facts: [1] });
  expect(judged(deletions, ledgerOf(decided(89), gone('seg_1', 'seg_2')), { rules })).toMatchObject({ state: 'breached', facts: [1] });
  const period = { from: noon - dayMs, until: noon + 3 * dayMs };
  expect(judged(deletions, ledgerOf(decided(91), gone('seg_1')), { rules, period })).toMatchObject({ state: 'breached', facts: [1] });
  expect(judged(deletions, ledgerOf(decided(91), gone('seg_1')), { rules, period, now: noon + 1_000 })).toMatchObject({ state: 'satisfied' });
});

test('nothing past its term is no breach, and what an approval destroyed has another rule', () => {
  expect(judged(deletions, [], { rules })).toMatchObject({ state: 'not_applicable' });
  expect(judged(deletions, ledgerOf(decided(5, 'destroyed')), { rules })).toMatchObject({ state: 'not_applicable' });
});
