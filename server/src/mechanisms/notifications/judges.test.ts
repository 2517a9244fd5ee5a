/** What the facts tell of alarms and notices: told, answered in time, passed on, written about; and what they do not tell. */
import { describe, expect, test } from 'vitest';
import { minuteMs, secondMs } from '../../base/units.ts';
import { judged, judgeFor, ledgerOf, noon, person, rulesOf, tomorrow, type Told } from '../../base/testing/judged.ts';
import { notificationsJudges } from './judges.ts';

const rules = rulesOf({ ack_limit_intrusion_seconds: 60, ack_limit_device_seconds: 300 });
const operator = person('per_operator', '值班席');
const cited = ['brn@1#BRN-A2.3.1'];
const judge = (control: string, clause?: string) => judgeFor(notificationsJudges, `notifications.${control}`, clause);
const raised = (more: Told = {}) => ['notifications.alarm_raised', { subject: 'alm_1', clauses: cited, actor: operator, body: { kind: 'notifications.operator_intrusion', class: 'intrusion', severity: 'serious', cameraId: 'cam_1' }, ...more }] as const;
const alarm = (what: string, afterSeconds: number, body: Told['body'] = {}, more: Told = {}) => [`notifications.alarm_${what}`, { subject: 'alm_1', at: noon + afterSeconds * secondMs, body, ...more }] as const;

describe('passed on until somebody answers', () => {
  const passedOn = judge('escalation', 'BRN-A2.3.1');

  test('answered in time is kept; nothing raised did not arise', () => {
    expect(judged(passedOn, ledgerOf(raised(), alarm('acknowledged', 20, { lateMs: 0 }, { actor: operator })), { rules })).toMatchObject({ state: 'satisfied', facts: [2] });
    expect(judged(passedOn, [], { rules })).toMatchObject({ state: 'not_applicable' });
  });

  test('an alarm of which nobody heard past its limit, and that went nowhere, is a breach that shows the alarm', () => {
    const silent = ledgerOf(raised());
    expect(judged(passedOn, silent, { rules, now: noon + 50 * secondMs })).toMatchObject({ state: 'not_applicable' });
    expect(judged(passedOn, silent, { rules, now: noon + 3 * minuteMs })).toMatchObject({ state: 'breached', facts: [1], responsible: 'shift_leader' });
  });

  test('passed on in time is kept, passed on late or reaching nobody is a breach', () => {
    expect(judged(passedOn, ledgerOf(raised(), alarm('escalated', 62, { firedLateMs: 2_000 })), { rules })).toMatchObject({ state: 'satisfied', facts: [2] });
    expect(judged(passedOn, ledgerOf(raised(), alarm('escalated', 600, { firedLateMs: 9 * minuteMs })), { rules })).toMatchObject({ state: 'breached', facts: [2] });
    expect(judged(passedOn, ledgerOf(raised(), alarm('escalated', 62), alarm('unreached', 400)), { rules })).toMatchObject({ state: 'breached', facts: [3] });
  });

  test('the limit is that of the matrix where the room has set one', () => {
    const row = ['notifications.matrix_changed', { at: noon - 1, body: { kind: 'notifications.operator_intrusion', severity: 'serious', answerSeconds: 600 } }] as const;
    const facts = ledgerOf(row, raised());
    expect(judged(passedOn, facts, { rules, now: noon + 5 * minuteMs })).toMatchObject({ state: 'not_applicable' });
    expect(judged(passedOn, facts, { rules, now: noon + 12 * minuteMs })).toMatchObject({ state: 'breached', facts: [2] });
  });

  test('over by itself nobody is woken; back again it waits anew', () => {
    expect(judged(passedOn, ledgerOf(raised(), alarm('cleared', 30)), { rules })).toMatchObject({ state: 'not_applicable' });
    expect(judged(passedOn, ledgerOf(raised(), alarm('cleared', 30), alarm('raised_again', 90)), { rules })).toMatchObject({ state: 'breached', facts: [1] });
  });

  test('put aside by a person it does not wait until it rings again', () => {
    expect(judged(passedOn, ledgerOf(raised(), alarm('shelved', 30, {}, { actor: operator })), { rules })).toMatchObject({ state: 'not_applicable' });
    expect(judged(passedOn, ledgerOf(raised(), alarm('shelved', 30), alarm('unshelved', 900)), { rules })).toMatchObject({ state: 'breached', facts: [1] });
  });

  test('an acknowledgement that ran out waits again', () => {
    const facts = ledgerOf(raised(), alarm('acknowledged', 20, { lateMs: 0 }), alarm('rang_again', 700));
    expect(judged(passedOn, facts, { rules, now: noon + 700 * secondMs + 3 * minuteMs })).toMatchObject({ state: 'breached', facts: [1] });
    expect(judged(passedOn, facts, { rules, now: noon + 720 * secondMs })).toMatchObject({ state: 'satisfied', facts: [2] });
  });

  test('an alarm says nothing about a clause that its kind does not serve', () => {
    expect(judged(judge('escalation', 'SAF-5.2.2'), ledgerOf(raised()), { rules })).toMatchObject({ state: 'not_applicable' });
  });
});

describe('in time', () => {
  const inTime = judge('lateness', 'COR-4.4.4');
  const fault = raised({ clauses: ['cor@1#COR-4.4.4'], body: { kind: 'video.camera_lost', class: 'device', severity: 'ordinary' } });

  test('an answer within the limit is kept, one after it is a breach with the answer, none at all is a breach with the alarm', () => {
    expect(judged(inTime, ledgerOf(fault, alarm('acknowledged', 200, { lateMs: 0 })), { rules })).toMatchObject({ state: 'satisfied', facts: [2] });
    expect(judged(inTime, ledgerOf(fault, alarm('acknowledged', 900, { lateMs: 600_000 })), { rules })).toMatchObject({ state: 'breached', facts: [2] });
    expect(judged(inTime, ledgerOf(fault, alarm('escalated', 302)), { rules })).toMatchObject({ state: 'breached', facts: [1] });
    expect(judged(inTime, ledgerOf(fault), { rules, period: tomorrow })).toMatchObject({ state: 'not_applicable' });
  });
});

describe('told', () => {
  const told = judge('telling', 'GEN-4.1.8');
  const sent = (people: number) => ['notifications.notice_sent', { subject: 'snd_1', clauses: ['gen@1#GEN-4.1.8'], body: { kind: 'duty.fault_closed', told: Array.from({ length: people }, (_, n) => ({ personId: `per_${n}` })), answerSeconds: 28_800 } }] as const;

  test('a notice that somebody got is kept, one that nobody got is a breach', () => {
    expect(judged(told, ledgerOf(sent(1)))).toMatchObject({ state: 'satisfied', facts: [1] });
    expect(judged(told, ledgerOf(sent(1), sent(0)))).toMatchObject({ state: 'breached', facts: [2] });
    expect(judged(judge('target_needed'), ledgerOf(sent(0)))).toMatchObject({ state: 'breached', facts: [1] });
    expect(judged(judge('target_needed'), [])).toMatchObject({ state: 'evidence_due' });
  });

  test('a channel that failed and had a next one is kept; one that was the last is a breach', () => {
    const failed = (body: Told['body']) => ['notifications.delivery_failed', { body }] as const;
    expect(judged(judge('channel_switch'), ledgerOf(failed({ givenUp: true, next: 'webhook' })))).toMatchObject({ state: 'satisfied' });
    expect(judged(judge('channel_switch'), ledgerOf(failed({ givenUp: false, next: null })))).toMatchObject({ state: 'evidence_due' });
    expect(judged(judge('channel_switch'), ledgerOf(failed({ givenUp: true, next: null })))).toMatchObject({ state: 'breached' });
  });
});

describe('words', () => {
  const findings = { detector: '烟感 12', place: '二楼库房', cause: '焊接烟雾', person: { $h: 'a'.repeat(64) }, from: 1, until: 2 };
  const closed = (body: Told['body']) => ['notifications.alarm_closed', { subject: 'alm_1', actor: operator, body: { class: 'fire', verdict: 'false', ...body } }] as const;
  const complete = judge('findings_needed');

  test('a person’s act went through the rule; what closed by itself is no act', () => {
    expect(judged(judge('text_needed'), ledgerOf(alarm('closed', 1, {}, { actor: operator })))).toMatchObject({ state: 'satisfied' });
    expect(judged(judge('text_needed'), ledgerOf(alarm('closed', 1)))).toMatchObject({ state: 'evidence_due' });
  });

  test('a false fire alarm has its findings, else it is a breach; a real one did not arise', () => {
    expect(judged(complete, ledgerOf(closed({ findings })))).toMatchObject({ state: 'satisfied' });
    for (const blank of [{ ...findings, cause: ' ' }, { ...findings, until: null }, null]) expect(judged(complete, ledgerOf(closed({ findings: blank })))).toMatchObject({ state: 'breached', facts: [1] });
    expect(judged(complete, ledgerOf(closed({ verdict: 'real', findings: null })))).toMatchObject({ state: 'not_applicable' });
  });

  test('one key on a view is kept with its camera; an alarm of the machine is none', () => {
    expect(judged(judge('one_key'), ledgerOf(raised()))).toMatchObject({ state: 'satisfied' });
    expect(judged(judge('one_key'), ledgerOf(['notifications.alarm_raised', { body: { cameraId: 'cam_1' } }]))).toMatchObject({ state: 'not_applicable' });
  });
});
