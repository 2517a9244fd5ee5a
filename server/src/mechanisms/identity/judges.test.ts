/** What the facts tell of accounts: rights used and refused, rights that ended, training, age of passwords, devices. */
import { describe, expect, test } from 'vitest';
import { dayMs, secondMs } from '../../base/units.ts';
import { judged, judgeFor, ledgerOf, noon, person, rulesOf, tomorrow, type Told } from '../../base/testing/judged.ts';
import { identityJudges } from './judges.ts';

const wang = person('per_wang', '值班席');
const judge = (control: string, clause?: string) => judgeFor(identityJudges, `identity.${control}`, clause);
const identity = (what: string, more: Told = {}) => [`identity.${what}`, { subject: 'per_wang', actor: wang, ...more }] as const;
const began = (at = noon, watchedId = 'wat_1') => ['video.watch_began', { at, actor: wang, body: { watchedId } }] as const;
const ended = (until: number, watchedId = 'wat_1') => ['video.watch_ended', { at: until, actor: wang, body: { watchedId, until } }] as const;
const left = (at: number) => identity('person_changed', { at, body: { active: false } });

describe('rights', () => {
  test('who looks, and who is refused, is the evidence; each clause has that of its own acts', () => {
    expect(judged(judge('right_of_role', 'SEC-4.3'), ledgerOf(began()))).toMatchObject({ state: 'satisfied' });
    expect(judged(judge('right_of_role', 'TEN-7.2'), ledgerOf(began()))).toMatchObject({ state: 'evidence_due' });
    expect(judged(judge('right_of_role', 'TEN-7.2'), ledgerOf(identity('denied')))).toMatchObject({ state: 'satisfied' });
    expect(judged(judge('right_of_role', 'SEC-4.3'), ledgerOf(began()), { period: tomorrow })).toMatchObject({ state: 'evidence_due', facts: [] });
  });

  test('on post means a post at that moment', () => {
    const off = ['video.watch_began', { actor: person('per_wang') }] as const;
    expect(judged(judge('operate_on_post'), ledgerOf(off))).toMatchObject({ state: 'evidence_due' });
    expect(judged(judge('operate_on_post'), ledgerOf(off, began()))).toMatchObject({ state: 'satisfied', facts: [2] });
  });

  test('a right that ended is not used afterwards', () => {
    expect(judged(judge('right_has_end'), ledgerOf(began(), ended(noon + 1_000), left(noon + 2_000)))).toMatchObject({ state: 'satisfied' });
    expect(judged(judge('right_has_end'), ledgerOf(left(noon), began(noon + 1_000)))).toMatchObject({ state: 'breached', facts: [2] });
    const back = identity('person_changed', { at: noon + 500, body: { active: true } });
    expect(judged(judge('right_has_end'), ledgerOf(left(noon), back, began(noon + 1_000)))).toMatchObject({ state: 'satisfied' });
  });

  test('a picture that runs ends within ten seconds of the withdrawal, else it is a breach', () => {
    expect(judged(judge('right_has_end'), ledgerOf(began(), left(noon + secondMs), ended(noon + 9 * secondMs)))).toMatchObject({ state: 'satisfied' });
    expect(judged(judge('right_has_end'), ledgerOf(began(), left(noon + secondMs), ended(noon + 60 * secondMs)))).toMatchObject({ state: 'breached', facts: [3] });
    expect(judged(judge('right_has_end'), ledgerOf(began(), left(noon + secondMs)))).toMatchObject({ state: 'breached', facts: [1] });
    expect(judged(judge('right_has_end'), ledgerOf(began(), left(noon + secondMs)), { now: noon + 5 * secondMs })).toMatchObject({ state: 'satisfied' });
  });
});

describe('who comes in', () => {
  test('a post taken with a valid record of training is kept, without one or after its end it is a breach', () => {
    const trained = (until: number | null) => identity('qualification_added', { at: noon - dayMs, body: { qualificationId: 'qua_1', kind: 'console_training', from: noon - dayMs, until } });
    const post = identity('post_taken');
    expect(judged(judge('training_record'), ledgerOf(trained(null), post))).toMatchObject({ state: 'satisfied', facts: [2] });
    expect(judged(judge('training_record'), ledgerOf(trained(noon - 1), post))).toMatchObject({ state: 'breached', facts: [2] });
    expect(judged(judge('training_record'), ledgerOf(post))).toMatchObject({ state: 'breached', facts: [1] });
    expect(judged(judge('training_record'), ledgerOf(trained(null), identity('qualification_withdrawn', { body: { qualificationId: 'qua_1' } }), post))).toMatchObject({ state: 'breached', facts: [3] });
    expect(judged(judge('training_record'), ledgerOf(identity('sign_in_refused', { body: { reason: 'training_needed' } })))).toMatchObject({ state: 'satisfied' });
    expect(judged(judge('training_record'), [])).toMatchObject({ state: 'evidence_due' });
  });

  test('a second console on post is a breach; refused off post it is kept', () => {
    expect(judged(judge('second_console', 'BRN-A4.2'), ledgerOf(identity('signed_in'), identity('second_console_opened')))).toMatchObject({ state: 'breached', facts: [2] });
    expect(judged(judge('second_console', 'BRN-A4.2'), ledgerOf(identity('sign_in_refused', { body: { reason: 'signed_in_elsewhere' } })))).toMatchObject({ state: 'satisfied' });
    expect(judged(judge('sign_on_needed'), [])).toMatchObject({ state: 'evidence_due' });
  });
});

describe('passwords', () => {
  const rules = rulesOf({ password_max_age_days: 90 });
  const made = identity('person_added', { at: noon - 80 * dayMs });
  const entered = identity('signed_in', { body: { proof: 'password' } });
  const age = judge('password_age');

  test('a sign-in within the age is kept; the console kept past it is a breach; switched off it does not apply', () => {
    expect(judged(age, ledgerOf(made, entered), { rules })).toMatchObject({ state: 'satisfied', facts: [2] });
    expect(judged(age, ledgerOf(identity('person_added', { at: noon - 91 * dayMs }), entered), { rules })).toMatchObject({ state: 'evidence_due' });
    expect(judged(age, ledgerOf(made, entered, identity('password_overdue_on_post', { body: { reason: 'age' } })), { rules })).toMatchObject({ state: 'breached', facts: [3] });
    expect(judged(age, ledgerOf(made, entered), { rules: rulesOf({ password_max_age_days: 0 }) })).toMatchObject({ state: 'not_applicable' });
    expect(judged(age, ledgerOf(identity('password_changed')), { rules })).toMatchObject({ state: 'satisfied' });
  });

  test('a disclosed password is due until it is changed; without one nothing arose', () => {
    const disclosed = identity('password_disclosed');
    expect(judged(judge('password_disclosed'), [])).toMatchObject({ state: 'not_applicable' });
    expect(judged(judge('password_disclosed'), ledgerOf(disclosed))).toMatchObject({ state: 'evidence_due', facts: [1] });
    expect(judged(judge('password_disclosed'), ledgerOf(disclosed, identity('password_changed')))).toMatchObject({ state: 'satisfied', facts: [2] });
  });

  test('a weak device is a breach of the one clause, a device without a password of both', () => {
    const looked = (...findings: string[]) => ledgerOf(['identity.device_passwords_scanned', { body: { devices: 1, found: findings.length === 0 ? [] : [{ device: '交换机', findings }] } }]);
    expect(judged(judge('device_passwords', 'SAF-4.2.2'), looked('weak'))).toMatchObject({ state: 'breached', facts: [1] });
    expect(judged(judge('device_passwords', 'BRN-A4.1'), looked('weak'))).toMatchObject({ state: 'satisfied' });
    expect(judged(judge('device_passwords', 'BRN-A4.1'), looked('no_password'))).toMatchObject({ state: 'breached' });
    expect(judged(judge('device_passwords', 'SAF-4.2.2'), looked())).toMatchObject({ state: 'satisfied' });
    expect(judged(judge('device_passwords', 'SAF-4.2.2'), [])).toMatchObject({ state: 'evidence_due' });
  });
});
