/** What the facts tell of requests for footage, of grants and holds, of copies and the archive. */
import { describe, expect, test } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../base/units.ts';
import { judged, judgeFor, ledgerOf, noon, person, tomorrow, type Told } from '../../base/testing/judged.ts';
import { evidenceJudges } from './judges.ts';

const judge = (control: string) => judgeFor(evidenceJudges, `evidence.${control}`);
const [applicant, operator, leader, other] = [person('per_applicant'), person('per_operator', '值班席'), person('per_leader'), person('per_other')];
type Line = readonly [kind: string, more?: Told];
const about = (kind: string, body: Told['body'] = {}, more: Told = {}): Line => [`evidence.${kind}`, { actor: operator, body: { requestId: 'req_1', type: 'view', ...body }, ...more }];

const asked = (type = 'view', requestId = 'req_1'): Line => about('request_submitted', { requestId, type, reasonClass: 'work', reason: 'hash' }, { actor: applicant });
const signed = (kind = 'evidence.view', signers = ['per_leader']): Line[] => [['approvals.submitted', { subject: 'apr_1', actor: applicant }], ['approvals.granted', { subject: 'apr_1', actor: leader, body: { kind, signers } }]];
const approved = (type = 'view', requestId = 'req_1'): Line => about('request_approved', { requestId, type, validUntil: noon + hourMs });
const begun = (more: Told = {}): Line => about('viewing_begun', { grantId: 'grt_1' }, more);
const resulted = about('result_written', { outcome: 'found' });
const told: Line = ['notifications.notice_sent', { body: { kind: 'evidence.result_told', about: 'req_1' } }];
const closed = about('request_closed');

describe('a viewing', () => {
  const whole = ledgerOf(asked(), ...signed(), approved(), begun(), resulted, told, closed);
  test.each(['approved_first', 'view_by_approver', 'reason_of_viewing', 'result_before_closing', 'result_delivered', 'every_viewing_registered', 'four_named'])('from asking to the closed row: %s is kept, and tomorrow nothing of it arises', (control) => {
    expect(judged(judge(control), whole)).toMatchObject({ state: 'satisfied' });
    expect(judged(judge(control), whole, { period: tomorrow })).toMatchObject({ state: 'not_applicable', facts: [] });
  });

  test('opened without an approval, after it ran out, was revoked, or under that of another request is a breach', () => {
    const first = judge('approved_first');
    expect(judged(first, ledgerOf(asked(), begun()))).toMatchObject({ state: 'breached', facts: [2] });
    expect(judged(first, ledgerOf(asked(), approved(), begun({ at: noon + 2 * hourMs })))).toMatchObject({ state: 'breached', facts: [3] });
    expect(judged(first, ledgerOf(asked(), approved(), about('request_ended', { how: 'revoked' }), begun()))).toMatchObject({ state: 'breached', facts: [4] });
    expect(judged(first, ledgerOf(asked(), asked('view', 'req_2'), approved('view', 'req_2'), begun()))).toMatchObject({ state: 'breached', facts: [4] });
    expect(judged(first, ledgerOf(asked('copy'), approved('copy'), begun()))).toMatchObject({ state: 'breached' });
  });

  test('granted by nobody, or by who asked, is a breach', () => {
    expect(judged(judge('view_by_approver'), ledgerOf(...signed('evidence.view', [])))).toMatchObject({ state: 'breached' });
    expect(judged(judge('view_by_approver'), ledgerOf(...signed('evidence.view', ['per_applicant'])))).toMatchObject({ state: 'breached' });
    expect(judged(judge('view_by_approver'), ledgerOf(...signed('parameters.change')))).toMatchObject({ state: 'not_applicable' });
  });

  test('closed without its result, or a result that no leader was sent, is a breach', () => {
    expect(judged(judge('result_before_closing'), ledgerOf(asked(), approved(), begun(), closed))).toMatchObject({ state: 'breached', facts: [4] });
    expect(judged(judge('result_delivered'), ledgerOf(asked(), approved(), begun(), resulted))).toMatchObject({ state: 'breached', facts: [4] });
    expect(judged(judge('four_named'), ledgerOf(asked(), begun(), resulted, closed))).toMatchObject({ state: 'breached', facts: [4] });
  });

  test('what was watched under a grant of no viewing on record is a breach', () => {
    const watched = (grantId: string | null): Line => ['video.footage_watched', { actor: operator, body: { grantId, cameraId: 'cam_1', intervals: [] } }];
    expect(judged(judge('every_viewing_registered'), ledgerOf(asked(), approved(), begun(), watched('grt_1'), watched(null)))).toMatchObject({ state: 'satisfied', facts: [3, 4] });
    expect(judged(judge('every_viewing_registered'), ledgerOf(asked(), approved(), begun(), watched('grt_9')))).toMatchObject({ state: 'breached', facts: [4] });
  });
});

describe('looking at footage', () => {
  const given: Line = about('grant_given', { grantId: 'grt_1', cameraIds: ['cam_1'], from: noon - hourMs, until: noon, validFrom: noon, validUntil: noon + hourMs });
  const open = (body: Told['body'] = {}, at = noon + minuteMs): Line => ['video.playback_opened', { at, actor: operator, body: { cameraId: 'cam_1', from: noon - hourMs, until: noon, grantId: 'grt_1', basis: { zh: 'x', en: 'x' }, ...body } }];
  const watched = (from: number, until: number, at = noon + minuteMs): Line => ['video.footage_watched', { at, body: { cameraId: 'cam_1', grantId: 'grt_1', intervals: [{ from, until }] } }];

  test('under its grant, in its span and time, is kept; by role needs no grant', () => {
    for (const control of ['playback_right', 'grant_span', 'grant_time']) expect(judged(judge(control), ledgerOf(given, open(), watched(noon - hourMs, noon - minuteMs))), control).toMatchObject({ state: 'satisfied' });
    expect(judged(judge('playback_right'), ledgerOf(open({ grantId: null })))).toMatchObject({ state: 'satisfied' });
    expect(judged(judge('grant_span'), ledgerOf(open({ grantId: null })))).toMatchObject({ state: 'not_applicable' });
  });
  test('under a grant that nobody gave, beside it, or after it ended is a breach', () => {
    expect(judged(judge('playback_right'), ledgerOf(open()))).toMatchObject({ state: 'breached', facts: [1] });
    expect(judged(judge('grant_span'), ledgerOf(given, open({ cameraId: 'cam_2' })))).toMatchObject({ state: 'breached', facts: [2] });
    expect(judged(judge('grant_span'), ledgerOf(given, open({ from: noon - 2 * hourMs })))).toMatchObject({ state: 'breached', facts: [2] });
    expect(judged(judge('grant_span'), ledgerOf(given, watched(noon + minuteMs, noon + 2 * minuteMs)))).toMatchObject({ state: 'breached', facts: [2] });
    expect(judged(judge('grant_time'), ledgerOf(given, open({}, noon + hourMs)))).toMatchObject({ state: 'breached', facts: [2] });
    const ended = about('grant_ended', { grantId: 'grt_1', how: 'revoked' }, { at: noon + minuteMs });
    expect(judged(judge('grant_time'), ledgerOf(given, ended, open({}, noon + 2 * minuteMs)))).toMatchObject({ state: 'breached', facts: [3] });
    expect(judged(judge('grant_time'), ledgerOf(given, open(), ended, watched(noon - hourMs, noon, noon + 2 * minuteMs)))).toMatchObject({ state: 'satisfied' });
  });
});

describe('holds', () => {
  const placed: Line = about('hold_placed', { holdId: 'hld_1', cameraIds: ['cam_1'], from: noon - 2 * dayMs, until: noon - dayMs });
  const gone = (cameraId: string, from: number): Line => ['video.deletion_decided', { body: { reason: 'retention', segments: [{ segmentId: 'seg_1', cameraId, from, until: from + minuteMs }] } }];
  const beats = judge('holds_beat_deletion');
  test('footage that is held and decided to go is a breach; beside it, or once it ended, deletion goes on', () => {
    expect(judged(beats, ledgerOf(placed, gone('cam_1', noon - 3 * dayMs), gone('cam_2', noon - 2 * dayMs)))).toMatchObject({ state: 'satisfied', facts: [2, 3] });
    expect(judged(beats, ledgerOf(placed, gone('cam_1', noon - 2 * dayMs)))).toMatchObject({ state: 'breached', facts: [2] });
    expect(judged(beats, ledgerOf(placed, about('hold_ended', { holdId: 'hld_1' }), gone('cam_1', noon - 2 * dayMs)))).toMatchObject({ state: 'not_applicable' });
  });
});

describe('copies', () => {
  const copy = (what: string, body: Told['body'] = {}, actor = operator): Line => about(`copy_${what}`, { packageId: 'pkg_1', ...body }, { actor });
  const made = [asked('copy'), approved('copy'), copy('begun'), copy('made')];
  test('asked for, approved, made, handed over, and wiped by two is kept', () => {
    const facts = ledgerOf(...signed('evidence.copy'), ...made, copy('handed_over', { receiver: 'hash' }), copy('ending_begun', { how: 'wiped' }), copy('ended', { how: 'wiped' }, other));
    for (const control of ['copy_only_approved', 'copy_by_approver', 'view_never_copies', 'reason_of_copy', 'handed_to_somebody', 'every_copy_registered', 'two_at_the_end']) expect(judged(judge(control), facts), control).toMatchObject({ state: 'satisfied' });
  });
  test('without an approval, under that of a viewing, out of nothing, or ended by one alone is a breach', () => {
    expect(judged(judge('copy_only_approved'), ledgerOf(asked('copy'), copy('begun')))).toMatchObject({ state: 'breached', facts: [2] });
    expect(judged(judge('view_never_copies'), ledgerOf(asked(), approved(), copy('begun')))).toMatchObject({ state: 'breached', facts: [3] });
    expect(judged(judge('every_copy_registered'), ledgerOf(copy('made')))).toMatchObject({ state: 'breached' });
    expect(judged(judge('handed_to_somebody'), ledgerOf(asked('copy'), approved('copy'), copy('begun'), copy('handed_over', { receiver: 'hash' })))).toMatchObject({ state: 'breached' });
    expect(judged(judge('two_at_the_end'), ledgerOf(...made, copy('ending_begun', { how: 'destroyed' }), copy('ended', { how: 'destroyed' })))).toMatchObject({ state: 'breached', facts: [6] });
  });
  test('back in time is kept, overdue a breach that its return does not undo', () => {
    const back = copy('ended', { how: 'returned' });
    expect(judged(judge('overdue_found'), ledgerOf(...made, back))).toMatchObject({ state: 'satisfied', facts: [5] });
    expect(judged(judge('overdue_found'), ledgerOf(...made, about('copy_overdue'), back))).toMatchObject({ state: 'breached', facts: [5] });
    expect(judged(judge('overdue_found'), ledgerOf(...made))).toMatchObject({ state: 'not_applicable' });
  });
});

describe('the archive', () => {
  const item = (what: string, body: Told['body'] = {}, actor = operator): Line => [`evidence.archive_${what}`, { actor, body: { itemId: 'itm_1', number: 'DA-1', orderId: 'ord_1', ...body } }];
  const order = (how: string): Line[] => [item('ordered', { how, approvalId: 'apr_1' }, applicant), ['approvals.granted', { subject: 'apr_1', body: { kind: 'evidence.archive', signers: ['per_leader'] } }]];
  test.each([['archive_opened_by_order', 'view', item('opened')], ['archive_leaves_by_order', 'lend', item('moved', { how: 'lend' })], ['archive_destroyed_by_order', 'destroy', item('destroyed')]] as const)('%s: under its granted order alone', (control, how, act) => {
    expect(judged(judge(control), ledgerOf(...order(how), act))).toMatchObject({ state: 'satisfied', facts: [3] });
    expect(judged(judge(control), ledgerOf(order(how)[0]!, act))).toMatchObject({ state: 'breached', facts: [2] });
    expect(judged(judge(control), ledgerOf(...order('publish'), act))).toMatchObject({ state: 'breached', facts: [3] });
  });
  test('it changes hands by a count of somebody else; the first keeper takes nothing over', () => {
    const over = judge('taken_over_by_count');
    const taken = (inventoryId: string | null): Line => item('taken_over', { inventoryId }, other);
    expect(judged(over, ledgerOf(taken(null)))).toMatchObject({ state: 'not_applicable' });
    expect(judged(over, ledgerOf(taken(null), item('counted', { inventoryId: 'inv_1' }), taken('inv_1')))).toMatchObject({ state: 'satisfied', facts: [3] });
    expect(judged(over, ledgerOf(taken(null), taken(null)))).toMatchObject({ state: 'breached', facts: [2] });
    expect(judged(over, ledgerOf(item('counted', { inventoryId: 'inv_1' }, other), taken('inv_1')))).toMatchObject({ state: 'breached' });
  });
  test('filed with class, number and hash; what was received has its receipt; lent and late is a breach', () => {
    const filed = (body: Told['body'] = {}): Line => item('filed', { class: 'incident', source: 'received', sha256: 'ab', ...body });
    for (const control of ['archive_class_named', 'archive_found', 'archive_receipt_given']) expect(judged(judge(control), ledgerOf(filed())), control).toMatchObject({ state: 'satisfied' });
    expect(judged(judge('archive_class_named'), ledgerOf(filed({ class: '' })))).toMatchObject({ state: 'breached' });
    expect(judged(judge('archive_receipt_given'), ledgerOf(filed({ source: 'footage' })))).toMatchObject({ state: 'not_applicable' });
    expect(judged(judge('archive_overdue_found'), ledgerOf(item('returned')))).toMatchObject({ state: 'satisfied' });
    expect(judged(judge('archive_overdue_found'), ledgerOf(item('overdue'), item('returned')))).toMatchObject({ state: 'breached', facts: [1] });
    expect(judged(judge('every_day_indexed'), [])).toMatchObject({ state: 'evidence_due' });
  });
});
