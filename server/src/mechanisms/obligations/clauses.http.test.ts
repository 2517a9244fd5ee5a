/** What the regulations want inspected and when: each test does what the proof of its clause says. */
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import type { Role } from '../../../../contract/identity.ts';
import { changeDay, keepPhoto, listObligations, openUnscheduled, register, reviewObligation, submitObligation, type ObligationRow } from '../../../../contract/obligations.ts';
import { Refusal } from '../../base/refusal.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalogue, packsFolder, readObligationsFile } from './catalogue.ts';
import { judgeOf } from './judges.ts';
import { beijing, goodAnswers, jpeg, openObligationsRoom, type ObligationsRoom } from './testing/room.ts';

const rooms: ObligationsRoom[] = [];
afterAll(() => Promise.all(rooms.map((room) => room.close())));

/** A room where these clauses are in force, at an instant of Beijing. */
const open = async (start: string, adopted: (clause: string) => boolean): Promise<ObligationsRoom> => {
  const room = await openObligationsRoom({ start });
  rooms.push(room);
  room.rules.adopted = adopted;
  await room.obligations.sweep();
  return room;
};
const of = async (room: ObligationsRoom, kind: string, day: string): Promise<ObligationRow> => {
  const at = beijing(`${day}T12:00`);
  const { obligations } = await room.get('room_manager', listObligations, { query: { kind, from: String(at), until: String(at + 1) } });
  if (obligations[0] === undefined) throw new Error(`no ${kind} on ${day}`);
  return obligations[0];
};
const fill = async (room: ObligationsRoom, role: Role, obligationId: string) => {
  const { form } = await room.view(role, obligationId);
  const photos: Record<string, string> = {};
  for (const field of form.fields.filter((one) => one.type === 'photo' || one.photo === true)) {
    photos[field.key] = (await room.get(role, keepPhoto, { params: { obligationId }, body: { field: field.key, picture: jpeg(field.key) } })).sha256;
  }
  return { formDigest: form.digest, answers: goodAnswers(form.fields, photos), lateReason: '' };
};
const hand = async (room: ObligationsRoom, role: Role, obligationId: string, more: object = {}) =>
  room.ask(role, submitObligation, { params: { obligationId }, body: { ...(await fill(room, role, obligationId)), ...more } });

/** What the judge of a kind answers from the facts of the room. */
const judged = async (room: ObligationsRoom, kind: string, from: string, until: string) => {
  const found = loadCatalogue().kinds.get(kind);
  if (found === undefined) throw new Error(`no kind ${kind}`);
  const judge = judgeOf(found);
  const state = (await room.facts()).filter((fact) => judge.kinds.includes(fact.kind)).reduce((folded, fact) => judge.step(folded, fact), judge.initial());
  return judge.answer(state, { from: beijing(from), until: beijing(until) }, { number: () => 0, flag: () => false }, room.clock.now());
};
const heard = (room: ObligationsRoom, what: string, obligationId: string): readonly Role[] => room.told.filter((notice) => notice.what === what && notice.obligation.obligationId === obligationId).flatMap(({ roles }) => roles);

describe('annex 3 of the branch regulation', () => {
  test('[BRN-A3.1.0 INSPECT] a day without a submitted daily check shows as missed and is told to those above', async () => {
    const room = await open('2026-11-17T20:00', (clause) => clause === 'BRN-A3.1.0');
    await room.goTo('2026-11-18T00:00');
    const daily = await of(room, 'inspection.daily', '2026-11-18');
    expect(daily).toMatchObject({ state: 'available', until: beijing('2026-11-19T00:00'), assignees: ['monitor', 'duty_operator'] });
    expect(heard(room, 'opened', daily.obligationId)).toEqual(['monitor', 'duty_operator']);
    await room.goTo('2026-11-19T00:00');
    await room.goTo('2026-11-19T12:00');
    expect((await of(room, 'inspection.daily', '2026-11-18')).state).toBe('missed');
    expect(heard(room, 'overdue', daily.obligationId)).toContain('shift_leader');
    expect(heard(room, 'missed', daily.obligationId)).toContain('room_manager');
    expect(await judged(room, 'inspection.daily', '2026-11-18T00:00', '2026-11-19T00:00')).toMatchObject({ state: 'breached', responsible: 'shift_leader' });
    const facts = await room.facts('obligations.was_missed');
    expect(facts.find(({ subject }) => subject === daily.obligationId)?.clauses).toEqual(['brn@1#BRN-A3.1.0']);
  });

  test('[BRN-A3.2.0 INSPECT] on Monday the weekly check is there and due; submitted on Tuesday it is late by one day', async () => {
    const room = await open('2026-11-22T20:00', (clause) => clause === 'BRN-A3.2.0');
    await room.goTo('2026-11-23T08:00');
    expect(await of(room, 'inspection.weekly', '2026-11-23')).toMatchObject({ state: 'available', from: beijing('2026-11-23T00:00'), until: beijing('2026-11-24T00:00') });
    await room.goTo('2026-11-24T10:00');
    const weekly = await of(room, 'inspection.weekly', '2026-11-23');
    expect(weekly).toMatchObject({ state: 'overdue', late: true });
    expect((await hand(room, 'monitor', weekly.obligationId, { lateReason: '周一全员演练' })).body).toMatchObject({ late: true });
    const [fact] = await room.facts('obligations.form_submitted');
    expect(fact?.body).toMatchObject({ timing: 'late', lateDays: 1 });
    expect(await judged(room, 'inspection.weekly', '2026-11-23T00:00', '2026-11-30T00:00')).toMatchObject({ state: 'breached' });
  });

  test('[BRN-A3.3.0 INSPECT] on the 1st the monthly check is there and due; submitted on the 2nd it is late by one day', async () => {
    const room = await open('2026-11-30T20:00', (clause) => clause === 'BRN-A3.3.0');
    await room.goTo('2026-12-01T00:00');
    expect((await of(room, 'inspection.monthly', '2026-12-01')).state).toBe('available');
    await room.goTo('2026-12-02T09:00');
    const monthly = await of(room, 'inspection.monthly', '2026-12-01');
    expect(monthly.state).toBe('overdue');
    expect((await hand(room, 'technician', monthly.obligationId, { lateReason: '设备商昨天没到' })).body).toMatchObject({ late: true });
    expect((await room.facts('obligations.form_submitted'))[0]?.body).toMatchObject({ lateDays: 1 });
    expect(await judged(room, 'inspection.monthly', '2026-12-01T00:00', '2027-01-01T00:00')).toMatchObject({ state: 'breached' });
  });

  test('[BRN-A3.4.0 INSPECT] the quarterly check is in time on the third day, and late by one day on the fourth', async () => {
    const room = await open('2026-12-31T20:00', (clause) => clause === 'BRN-A3.4.0');
    await room.goTo('2027-01-03T23:50');
    const first = await of(room, 'inspection.quarterly', '2027-01-02');
    expect((await hand(room, 'technician', first.obligationId)).body).toMatchObject({ late: false });
    await room.goTo('2027-04-04T08:00');
    const second = await of(room, 'inspection.quarterly', '2027-04-02');
    expect(second.state).toBe('overdue');
    expect((await hand(room, 'technician', second.obligationId, { lateReason: '假期' })).body).toMatchObject({ late: true });
    expect((await room.facts('obligations.form_submitted')).map(({ body }) => (body as { lateDays: number }).lateDays)).toEqual([0, 1]);
    expect(await judged(room, 'inspection.quarterly', '2027-01-01T00:00', '2027-02-01T00:00')).toMatchObject({ state: 'satisfied' });
    expect(await judged(room, 'inspection.quarterly', '2027-04-01T00:00', '2027-05-01T00:00')).toMatchObject({ state: 'breached' });
  });

  test('[BRN-A3.4.1 INSPECT] a quarterly list that leaves a monthly item out is refused', () => {
    const text = readFileSync(join(packsFolder(), 'brn', 'obligations.yaml'), 'utf8');
    const whole = readObligationsFile('brn', text);
    if (whole instanceof Refusal) throw whole;
    const keys = (form: string): string[] => whole.forms.find((one) => one.form === form)?.fields.map(({ key }) => key) ?? [];
    expect(keys('inspection.quarterly')).toEqual(expect.arrayContaining(keys('inspection.monthly')));
    const without = readObligationsFile('brn', text.replace('includes: inspection.monthly', 'includes: inspection.monthly\n    without: [fire_equipment]'));
    expect(without).toBeInstanceOf(Refusal);
    expect((without as Refusal).sentence.zh).toContain('必须包含《月检表》的全部项目');
  });

  test('[BRN-A3.5.1 INSPECT] a year without the task is flagged, unless its postponement was approved with a reason', async () => {
    const room = await open('2027-02-27T08:00', (clause) => clause === 'BRN-A3.5.1');
    // Half a year after March it cannot be done late any more.
    await room.goTo('2027-10-02T00:00');
    await room.obligations.plan();
    expect((await of(room, 'inspection.yearly', '2027-03-15')).state).toBe('missed');
    expect(await judged(room, 'inspection.yearly', '2027-01-01T00:00', '2028-01-01T00:00')).toMatchObject({ state: 'breached' });
    const next = await of(room, 'inspection.yearly', '2028-03-15');
    await room.database.transaction((tx) => room.obligations.waivers.granted(tx, { obligationId: next.obligationId, approvalId: 'apr_x', reason: '机房搬迁，推迟到新址' }));
    await room.goTo('2028-04-20T00:00');
    expect(await judged(room, 'inspection.yearly', '2028-01-01T00:00', '2029-01-01T00:00')).toMatchObject({ state: 'not_applicable' });
  });

  test('[BRN-A3.3.10 INSPECT] a signed monthly record cannot be edited or deleted, and is found after a year', async () => {
    const room = await open('2026-12-01T08:00', (clause) => clause === 'BRN-A3.3.0');
    const monthly = await of(room, 'inspection.monthly', '2026-12-01');
    await hand(room, 'monitor', monthly.obligationId);
    const admin = new pg.Client({ connectionString: room.adminUrl });
    await admin.connect();
    await expect(admin.query(`update obligations.submissions set answers = '{}' where obligation_id = $1`, [monthly.obligationId])).rejects.toThrow('signed');
    await expect(admin.query('delete from obligations.submissions where obligation_id = $1', [monthly.obligationId])).rejects.toThrow('signed');
    await expect(admin.query(`update obligations.forms set definition = '{}' where form = 'inspection.monthly'`)).rejects.toThrow('signed');
    await admin.end();
    await room.goTo('2027-12-01T08:00');
    const { obligations } = await room.get('inspector', listObligations, { query: { search: '月检', until: String(beijing('2027-01-01T00:00')) } });
    expect(obligations.map(({ obligationId }) => obligationId)).toEqual([monthly.obligationId]);
    expect((await room.view('inspector', monthly.obligationId)).submissions[0]?.answers['month_report']).toMatchObject({ value: '无异常' });
  });

  test('[BRN-A1.9.2 PROFILE] the place of the cups is asked for with a photo; where drinking is not allowed "no cups" stands there instead', async () => {
    const room = await open('2026-11-18T08:00', (clause) => clause === 'BRN-A3.1.0');
    const { obligationId } = await of(room, 'inspection.daily', '2026-11-18');
    const filled = await fill(room, 'monitor', obligationId);
    const refused = await room.ask('monitor', submitObligation, { params: { obligationId }, body: { ...filled, answers: { ...filled.answers, cup_place: { value: null, note: '', photos: [] } } } });
    expect(refused.body).toMatchObject({ code: 'obligations.blank', fields: [{ path: 'answers.cup_place', zh: '水杯远离电器：请拍照。' }] });
    room.rules.flags['drinking_allowed'] = false;
    await room.obligations.sweep();
    const keys = (await room.view('monitor', (await of(room, 'inspection.daily', '2026-11-19')).obligationId)).form.fields.map(({ key }) => key);
    expect(keys).toContain('no_cups');
    expect(keys).not.toContain('cup_place');
  });
});

/** Past the due date: overdue, on the board, told to those above; blank items cannot be submitted. */
const provesPeriodic = async (clause: string, kind: string, role: Role): Promise<void> => {
  const room = await open('2026-11-18T08:00', (adopted) => adopted === clause);
  const before = await of(room, kind, '2026-11-18');
  const filled = await fill(room, role, before.obligationId);
  const blank = await room.ask(role, submitObligation, { params: { obligationId: before.obligationId }, body: { ...filled, answers: { ...filled.answers, room_temperature: { value: null, note: '', photos: [] } } } });
  expect(blank.body).toMatchObject({ code: 'obligations.blank', fields: [{ path: 'answers.room_temperature' }] });
  room.clock.advance(before.until - room.clock.now() + 60_000);
  await room.obligations.sweep();
  const after = (await room.get('room_manager', listObligations, { query: { kind, state: 'overdue' } })).obligations;
  expect(after.map(({ obligationId }) => obligationId)).toEqual([before.obligationId]);
  expect(after[0]?.until).toBe(after[0]!.from + 30 * 86_400_000);
  expect(heard(room, 'overdue', before.obligationId)).toEqual(expect.arrayContaining([role, 'room_manager']));
  const found = loadCatalogue().kinds.get(kind)!;
  const judge = judgeOf(found);
  const state = (await room.facts()).filter((fact) => judge.kinds.includes(fact.kind)).reduce((folded, fact) => judge.step(folded, fact), judge.initial());
  expect(judge.answer(state, { from: before.from, until: before.until }, { number: () => 0, flag: () => false }, room.clock.now()).state).toBe('breached');
};

describe('periodic inspections', () => {
  test('[SAF-3.1.2 INSPECT] past the period the task is there, overdue, and told to those above', () => provesPeriodic('SAF-3.1.2', 'inspection.saf_periodic', 'technician'));
  test('[COR-2.3.1 INSPECT] past the due date the technician’s task is overdue, on the board and told to those above; blank items cannot be submitted', () => provesPeriodic('COR-2.3.1', 'inspection.cor_periodic', 'technician'));
  test('[GEN-2.2.1 INSPECT] past the due date the task of the room’s staff is overdue, on the board and told to those above; blank items cannot be submitted', () => provesPeriodic('GEN-2.2.1', 'inspection.gen_periodic', 'duty_operator'));
  test('[ART-6.1 INSPECT] past the due date the technician’s task is overdue, on the board and told to those above; blank items cannot be submitted', () => provesPeriodic('ART-6.1', 'inspection.art_periodic', 'technician'));
});

/** A month without the spot check that is planned, and one with it. */
const monthOfSupervision = async (): Promise<ObligationsRoom> => {
  const room = await open('2026-10-31T20:00', (clause) => clause === 'ART-13.1.5');
  await room.goTo('2026-11-20T10:00');
  const november = await of(room, 'supervision.spot_check', '2026-11-20');
  expect((await hand(room, 'duty_operator', november.obligationId).catch(() => ({ status: 403 }))).status).toBe(403);
  expect((await hand(room, 'security_department', november.obligationId)).status).toBe(200);
  await room.goTo('2027-01-01T00:30');
  return room;
};

describe('supervision, fire control room, device passwords', () => {
  test('[ART-13.1.5 AUDIT] a month without the planned spot check is flagged for the head of the department', async () => {
    const room = await monthOfSupervision();
    const december = await of(room, 'supervision.spot_check', '2026-12-20');
    expect(december.state).toBe('overdue');
    expect(heard(room, 'overdue', december.obligationId)).toEqual(expect.arrayContaining(['security_department', 'leader']));
  });

  test('[ART-13.1.5 DASH] the clause is shown as kept in the month with a spot check and as broken in the month without', async () => {
    const room = await monthOfSupervision();
    expect(await judged(room, 'supervision.spot_check', '2026-11-01T00:00', '2026-12-01T00:00')).toMatchObject({ state: 'satisfied', responsible: 'security_department' });
    const broken = await judged(room, 'supervision.spot_check', '2026-12-01T00:00', '2027-01-01T00:00');
    expect(broken.state).toBe('breached');
    expect(broken.facts.length).toBeGreaterThan(0);
    // Nothing is satisfied by default.
    expect(await judged(room, 'supervision.spot_check', '2027-01-01T00:00', '2027-02-01T00:00')).toMatchObject({ state: 'evidence_due' });
  });

  test('[FCR-3 DUTYLOG] two hours without an entry are recorded as a missing entry', async () => {
    const room = await open('2026-11-18T08:00', (clause) => clause === 'FCR-3');
    await room.goTo('2026-11-18T09:00');
    const { obligations } = await room.get('duty_operator', listObligations, { query: { kind: 'duty.fire_log_entry', state: 'available' } });
    expect(obligations).toHaveLength(1);
    expect((await hand(room, 'duty_operator', obligations[0]!.obligationId)).status).toBe(200);
    await room.goTo('2026-11-18T13:00');
    const missed = (await room.facts('obligations.was_missed')).map(({ body }) => (body as { window: { from: number; until: number } }).window);
    expect(missed).toEqual([expect.objectContaining({ from: beijing('2026-11-18T10:00'), until: beijing('2026-11-18T12:00') })]);
  });

  test('[SAF-4.2.3 PASSWORD] a device whose password was set gets a task to change it within the age that the room allows', async () => {
    const room = await open('2026-11-18T08:00', (clause) => clause === 'SAF-4.2.3');
    const tell = (eventAt: number) => room.database.transaction((tx) => room.obligations.openAfter(tx, { ...room.place, kind: 'device.password_rotation', subject: '核心交换机', eventAt }));
    const setAt = room.clock.now();
    const obligationId = (await tell(setAt)) ?? '';
    expect(await tell(setAt)).toBeNull();
    expect(await room.view('technician', obligationId)).toMatchObject({ subject: '核心交换机', until: setAt + 90 * 86_400_000 });
    room.clock.advance(91 * 86_400_000);
    await room.obligations.sweep();
    expect((await room.view('technician', obligationId)).state).toBe('overdue');
    expect(heard(room, 'overdue', obligationId)).toContain('security_administrator');
    // That a device's password was changed is said, and agreed to, by people who have just proved who they are.
    expect((await hand(room, 'technician', obligationId, { lateReason: '停机窗口推迟' })).body).toMatchObject({ code: 'identity.step_up_needed' });
    await room.proveAll();
    expect((await hand(room, 'technician', obligationId, { lateReason: '停机窗口推迟' })).status).toBe(200);
    const view = await room.view('security_administrator', obligationId);
    const agree = () => room.ask('security_administrator', reviewObligation, { params: { obligationId }, body: { submissionId: view.submissions[0]!.submissionId, outcome: 'agreed', comment: '' } });
    room.clock.advance(6 * 60_000);
    expect((await agree()).body).toMatchObject({ code: 'identity.step_up_needed' });
    await room.proveAll();
    expect((await agree()).status).toBe(200);
    // Zero stands for "never forced": no task.
    room.rules.numbers['password_max_age_days'] = 0;
    expect(await tell(room.clock.now())).toBeNull();
  });
});

test('a file with a fault is refused as a whole, with the place and the reason', () => {
  const refusal = (text: string): string => {
    const read = readObligationsFile('site/obligations.yaml', text);
    return read instanceof Refusal ? read.sentence.zh : 'accepted';
  };
  const form = '{form: x.y, version: 1, title: {zh: 表, en: form}, signature: true, fields: [{key: a, title: {zh: 项, en: item}, type: check, required: true}]}';
  const kind = (more: string): string => `{kind: x.y, title: {zh: 事, en: thing}, form: x.y, window: {every: day}, assignees: [monitor], reviewers: [], grace: {cyclePart: 0.5}, serves: [], activeWhen: null, escalateTo: []${more}}`;
  expect(refusal(`forms: [${form}]\nobligations: [${kind('')}]`)).toBe('accepted');
  expect(refusal('forms: [\nobligations: []')).toMatch(/site\/obligations\.yaml 有误，未采用：\d+:\d+/);
  expect(refusal(`forms: [${form}]\nobligations: [${kind('').replace('every: day', 'every: fortnight')}]`)).toContain('obligations.0.window');
  expect(refusal(`forms: [${form.replace('type: check', 'type: reading')}]\nobligations: []`)).toContain('forms.0.fields.0 reading a has no unit');
  expect(refusal(`forms: []\nobligations: [${kind('')}]`)).toContain('没有表单');
  expect(refusal(`forms: [${form}]\nobligations: [${kind(', colour: red')}]`)).toContain('colour');
});

test('an unscheduled check and a holiday are for those who may; a register of more than 400 days is not read at once', async () => {
  const room = await open('2026-11-18T08:00', () => false);
  expect((await room.ask('inspector', openUnscheduled, { body: { kind: 'inspection.unscheduled', subject: 'x' } })).status).toBe(403);
  expect((await room.ask('duty_operator', changeDay, { params: { day: '2026-12-31' }, body: { kind: 'holiday', name: '' } })).status).toBe(403);
  const far = await room.ask('auditor', register, { query: { from: '0', until: String(room.clock.now()) } });
  expect(far.body).toMatchObject({ code: 'obligations.span_too_long' });
});
