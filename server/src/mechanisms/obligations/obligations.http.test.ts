/** The life of an obligation over HTTP, with real tables: in time, late, missed, returned, reviewed, waived, and all that goes wrong. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../../../contract/identity.ts';
import {
  changeDay, closeFinding, keepPhoto, listFindings, listObligations, obligationCalendar, obligationPhoto, obligationsNow, openUnscheduled, register, registerFile, reviewObligation, submitObligation, waiveObligation, type ObligationRow,
} from '../../../../contract/obligations.ts';
import { beijing, goodAnswers, jpeg, openObligationsRoom, type ObligationsRoom } from './testing/room.ts';

let room: ObligationsRoom;
beforeAll(async () => {
  room = await openObligationsRoom({ start: '2026-11-18T08:00' });
  await room.obligations.plan();
  await room.obligations.sweep();
});
afterAll(() => room.close());

const of = async (kind: string, day: string): Promise<ObligationRow> => {
  const { obligations } = await room.get('room_manager', listObligations, { query: { kind, from: String(beijing(`${day}T00:00`)), until: String(beijing(`${day}T23:59`)) } });
  const found = obligations.find((one) => one.from >= beijing(`${day}T00:00`) || one.kind.includes('month'));
  if (found === undefined) throw new Error(`no ${kind} on ${day}`);
  return found;
};

const fill = async (role: Role, obligationId: string): Promise<{ formDigest: string; answers: ReturnType<typeof goodAnswers>; lateReason: string }> => {
  const { form } = await room.view(role, obligationId);
  const photos: Record<string, string> = {};
  for (const field of form.fields.filter((one) => one.type === 'photo' || one.photo === true)) {
    photos[field.key] = (await room.get(role, keepPhoto, { params: { obligationId }, body: { field: field.key, picture: jpeg(field.key) } })).sha256;
  }
  return { formDigest: form.digest, answers: goodAnswers(form.fields, photos), lateReason: '' };
};
const hand = async (role: Role, obligationId: string, more: object = {}) => room.ask(role, submitObligation, { params: { obligationId }, body: { ...(await fill(role, obligationId)), ...more } });

describe('in time', () => {
  test('the window of today is open at once, those ahead are planned, nothing of yesterday is asked for', async () => {
    expect((await of('inspection.daily', '2026-11-18')).state).toBe('available');
    expect((await of('inspection.daily', '2026-11-19')).state).toBe('planned');
    const { obligations } = await room.get('monitor', listObligations, { query: { until: String(beijing('2026-11-18T00:00')) } });
    expect(obligations).toEqual([]);
    const { open, next } = await room.get('monitor', obligationsNow);
    expect(open.map(({ kind }) => kind)).toEqual(['inspection.daily']);
    expect(next.map(({ kind }) => kind).toSorted()).toEqual(['inspection.daily', 'inspection.monthly', 'inspection.quarterly', 'inspection.weekly', 'inspection.yearly']);
  });

  test('[COR-3.5.2 INSPECT] a form with a blank item cannot be submitted, and each is named', async () => {
    const { obligationId } = await of('inspection.daily', '2026-11-18');
    const filled = await fill('monitor', obligationId);
    const answers = { ...filled.answers, cameras_shown: { value: null, note: '', photos: [] }, console_clean: { value: true, note: '', photos: [] } };
    const refused = await room.ask('monitor', submitObligation, { params: { obligationId }, body: { ...filled, answers } });
    expect(refused).toMatchObject({ status: 400, body: { code: 'obligations.blank', fields: [{ path: 'answers.cameras_shown' }, { path: 'answers.console_clean' }] } });
    expect((await of('inspection.daily', '2026-11-18')).state).toBe('available');
  });

  test('a tick is no reading, an answer to nothing is none, and what is abnormal is described', async () => {
    const { obligationId } = await of('inspection.daily', '2026-11-18');
    const filled = await fill('monitor', obligationId);
    const send = (answers: object) => room.ask('monitor', submitObligation, { params: { obligationId }, body: { ...filled, answers: { ...filled.answers, ...answers } } });
    expect((await send({ cameras_shown: { value: true, note: '', photos: [] } })).body).toMatchObject({ code: 'obligations.wrong_answers', fields: [{ path: 'answers.cameras_shown' }] });
    expect((await send({ invented: { value: true, note: '', photos: [] } })).body).toMatchObject({ code: 'obligations.wrong_answers' });
    expect((await send({ system_data: { value: false, note: '', photos: [] } })).body).toMatchObject({ code: 'obligations.blank', fields: [{ path: 'answers.system_data' }] });
    expect((await send({ console_clean: { value: true, note: '', photos: ['0'.repeat(64)] } })).body).toMatchObject({ code: 'obligations.photo_unknown' });
  });

  test('a second person at the same form hears who was first, and their own submission changes nothing', async () => {
    const { obligationId } = await of('inspection.daily', '2026-11-18');
    const [first, second] = [await fill('monitor', obligationId), await fill('duty_operator', obligationId)];
    const black = (form: typeof first) => ({ ...form, answers: { ...form.answers, cameras_shown: { value: 0, note: '全部黑屏', photos: [] } } });
    const answers = await Promise.all([
      room.ask('monitor', submitObligation, { params: { obligationId }, body: black(first) }),
      room.ask('duty_operator', submitObligation, { params: { obligationId }, body: black(second) }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const lost = answers.find(({ status }) => status === 409);
    expect(lost?.body['zh']).toMatch(/已由(刘晓燕|王建国)于 2026-11-18 08:00 提交/);
    expect((await room.view('monitor', obligationId)).submissions).toHaveLength(1);
  });

  test('the submission is a fact with form, version, digest, hashes of the photos and findings; the photo comes back as it was', async () => {
    const [fact] = await room.facts('obligations.form_submitted');
    expect(fact?.body).toMatchObject({ form: 'inspection.daily', formVersion: 1, timing: 'in_time', lateMs: 0, formDigest: expect.stringMatching(/^[0-9a-f]{64}$/), digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(fact?.clauses).toEqual(['brn@1#BRN-A3.1.0']);
    const photos = (fact!.body as { photos: { field: string; sha256: string }[] }).photos;
    expect(photos.map(({ field }) => field).toSorted()).toEqual(['console_clean', 'cup_place', 'floor_clean']);
    const { obligationId } = await of('inspection.daily', '2026-11-18');
    const shown = await room.ask('shift_leader', obligationPhoto, { params: { obligationId, sha256: photos[0]?.sha256 ?? '' } });
    expect(shown.status).toBe(200);
  });
});

describe('review', () => {
  test('nobody reviews their own work, and the database refuses it too', async () => {
    await room.goTo('2026-11-19T08:00');
    const { obligationId } = await of('inspection.daily', '2026-11-19');
    expect((await hand('duty_operator', obligationId)).status).toBe(200);
    const view = await room.view('shift_leader', obligationId);
    const submissionId = view.submissions[0]?.submissionId ?? '';
    expect((await room.ask('monitor', reviewObligation, { params: { obligationId }, body: { submissionId, outcome: 'agreed', comment: '' } })).status).toBe(403);
    const admin = new pg.Client({ connectionString: room.adminUrl });
    await admin.connect();
    const own = admin.query(`insert into obligations.reviews values ($1, now(), (select by_id from obligations.submissions where submission_id = $1), 'agreed', '')`, [submissionId]);
    await expect(own).rejects.toThrow('themselves');
    await admin.end();
  });

  test('a return needs words, is done again without being late, and is missed when it is not done', async () => {
    const { obligationId } = await of('inspection.daily', '2026-11-19');
    const first = (await room.view('shift_leader', obligationId)).submissions[0]?.submissionId ?? '';
    const review = (submissionId: string, outcome: string, comment = '') => room.ask('shift_leader', reviewObligation, { params: { obligationId }, body: { submissionId, outcome, comment } });
    expect((await review(first, 'returned')).body).toMatchObject({ code: 'obligations.return_needs_words' });
    expect((await review(first, 'returned', '照片看不清')).status).toBe(200);
    expect((await review(first, 'agreed')).body).toMatchObject({ code: 'obligations.nothing_to_review' });
    // Past the end of the window and its grace: a return has a time of its own.
    await room.goTo('2026-11-20T07:59');
    expect((await hand('duty_operator', obligationId)).body).toMatchObject({ late: false });
    const second = (await room.view('shift_leader', obligationId)).submissions[1]?.submissionId ?? '';
    expect((await review(first, 'agreed')).body).toMatchObject({ code: 'obligations.reviewed_before' });
    expect((await review(second, 'agreed')).status).toBe(200);
    expect(await room.view('auditor', obligationId)).toMatchObject({ state: 'reviewed', late: false, reviewedBy: { name: '陈志强' } });
  });
});

describe('late and missed', () => {
  test('overdue at the end of the window, told to those who must hear of it; done late needs a reason and stays late for ever', async () => {
    const { obligationId } = await of('inspection.daily', '2026-11-20');
    await room.goTo('2026-11-21T00:00');
    expect(await of('inspection.daily', '2026-11-20')).toMatchObject({ state: 'overdue', late: true });
    expect(room.told.filter(({ what, obligation }) => what === 'overdue' && obligation.obligationId === obligationId).flatMap(({ roles }) => roles)).toEqual(['monitor', 'duty_operator', 'shift_leader', 'room_manager']);
    expect((await hand('monitor', obligationId)).body).toMatchObject({ code: 'obligations.late_reason' });
    expect((await hand('monitor', obligationId, { lateReason: '夜间断电' })).body).toMatchObject({ late: true });
    expect(await of('inspection.daily', '2026-11-20')).toMatchObject({ state: 'submitted', late: true });
    const admin = new pg.Client({ connectionString: room.adminUrl });
    await admin.connect();
    await expect(admin.query('update obligations.obligations set late = false, row_version = row_version + 1 where obligation_id = $1', [obligationId])).rejects.toThrow('late for ever');
    await expect(admin.query(`update obligations.submissions set late = false where obligation_id = $1`, [obligationId])).rejects.toThrow('signed');
    await expect(admin.query(`delete from obligations.changes where obligation_id = $1`, [obligationId])).rejects.toThrow('signed');
    await admin.end();
  });

  test('after the grace it is missed for ever: no submission, no waiver, and not even the database lets it come back', async () => {
    const { obligationId } = await of('inspection.daily', '2026-11-21');
    const early = await fill('monitor', obligationId);
    await room.goTo('2026-11-22T12:00');
    expect((await of('inspection.daily', '2026-11-21')).state).toBe('missed');
    expect((await room.ask('monitor', submitObligation, { params: { obligationId }, body: { ...early, lateReason: '忘了' } })).body).toMatchObject({ code: 'obligations.missed_for_ever' });
    expect((await room.ask('room_manager', waiveObligation, { params: { obligationId }, body: { reason: '不算' } })).body).toMatchObject({ code: 'obligations.cannot_be_waived' });
    const admin = new pg.Client({ connectionString: room.adminUrl });
    await admin.connect();
    await expect(admin.query(`update obligations.obligations set state = 'submitted', row_version = row_version + 1 where obligation_id = $1`, [obligationId])).rejects.toThrow('cannot become');
    await admin.end();
    expect(room.told.some(({ what, obligation }) => what === 'missed' && obligation.obligationId === obligationId)).toBe(true);
  });

  test('a clock that is set back fires nothing twice and opens nothing again', async () => {
    const facts = (await room.facts()).length;
    const missed = await of('inspection.daily', '2026-11-21');
    room.clock.step(beijing('2026-11-21T10:00') - room.clock.now());
    await room.obligations.sweep();
    await room.obligations.plan();
    expect(await room.facts()).toHaveLength(facts);
    expect((await of('inspection.daily', '2026-11-21')).state).toBe('missed');
    const again = await room.ask('monitor', submitObligation, { params: { obligationId: missed.obligationId }, body: { formDigest: '', answers: {}, lateReason: '钟拨回来了' } });
    expect(again.body).toMatchObject({ code: 'obligations.missed_for_ever' });
    room.clock.step(beijing('2026-11-22T12:00') - room.clock.now());
    await room.obligations.sweep();
    expect((await room.facts('obligations.was_missed')).filter(({ subject }) => subject === missed.obligationId)).toHaveLength(1);
  });

  test('what came while the server was down fires at the next start, and says how late', async () => {
    const before = (await room.facts('obligations.was_missed')).length;
    room.clock.advance(3 * 86_400_000);
    const again = room.restart();
    await again.sweep();
    const missed = (await room.facts('obligations.was_missed')).slice(before);
    // The 22nd was open; the 23rd and its weekly check came and went.
    expect(missed.map(({ at }) => new Date(at).toISOString())).toEqual(['2026-11-23T04:00:00.000Z', '2026-11-24T04:00:00.000Z', '2026-11-25T04:00:00.000Z']);
    expect(missed[0]?.body).toMatchObject({ fired: 'late', firedLateMs: 2 * 86_400_000 });
    expect((await room.view('auditor', missed[0]?.subject ?? '')).history.at(-1)).toMatchObject({ state: 'missed', firedLateMs: 2 * 86_400_000 });
    await again.sweep();
    expect(await room.facts('obligations.was_missed')).toHaveLength(before + 3);
  });
});

describe('findings', () => {
  test('[COR-3.5.3 INSPECT] a finding stays open until its result is written', async () => {
    const finding = (await room.get('technician', listFindings, { query: { open: 'true' } })).findings.find(({ field }) => field === 'cameras_shown');
    const findingId = finding?.findingId ?? '';
    expect(finding).toMatchObject({ what: { zh: '有画面的镜头数：0 路，低于下限 1 路' }, note: '全部黑屏', closed: null });
    expect((await room.ask('technician', closeFinding, { params: { findingId }, body: { result: '  ' } })).body).toMatchObject({ code: 'obligations.finding_needs_result' });
    expect((await room.ask('technician', closeFinding, { params: { findingId }, body: { result: '更换电源，画面恢复' } })).status).toBe(200);
    expect((await room.ask('monitor', closeFinding, { params: { findingId }, body: { result: '又一次' } })).body).toMatchObject({ code: 'obligations.finding_closed', zh: '这条问题已由周鹏处理完毕。' });
  });
});

describe('waiver', () => {
  test('asked for once, granted by approval; what was done meanwhile is not undone', async () => {
    const planned = await of('inspection.daily', '2026-11-27');
    const ask = () => room.ask('room_manager', waiveObligation, { params: { obligationId: planned.obligationId }, body: { reason: '站房停用检修' } });
    expect((await ask()).status).toBe(200);
    expect((await ask()).body).toMatchObject({ code: 'obligations.waiver_asked' });
    expect((await room.ask('monitor', waiveObligation, { params: { obligationId: planned.obligationId }, body: { reason: '想休息' } })).status).toBe(403);
    const approvalId = room.waivers.at(-1)?.approvalId ?? '';
    expect(await room.database.transaction((tx) => room.obligations.waivers.granted(tx, { obligationId: planned.obligationId, approvalId, reason: '站房停用检修' }))).toBe(true);
    await room.goTo('2026-11-28T13:00');
    expect(await of('inspection.daily', '2026-11-27')).toMatchObject({ state: 'waived', late: false });
    const missed = await of('inspection.daily', '2026-11-21');
    expect(await room.database.transaction((tx) => room.obligations.waivers.granted(tx, { obligationId: missed.obligationId, approvalId: 'apr_x', reason: '' }))).toBe(false);
    expect((await of('inspection.daily', '2026-11-21')).state).toBe('missed');
  });
});

describe('calendar, holidays and rules', () => {
  test('a month shows each day with what had to be done by its end', async () => {
    const { days } = await room.get('leader', obligationCalendar, { query: { month: '2026-11' } });
    expect(days).toHaveLength(30);
    expect(days.find(({ day }) => day === '2026-11-21')?.items).toMatchObject([{ kind: 'inspection.daily', state: 'missed', late: true }]);
    expect(days.find(({ day }) => day === '2026-11-27')?.items).toMatchObject([{ state: 'waived' }]);
    expect(days.find(({ day }) => day === '2026-11-30')?.items.map(({ kind }) => kind)).toEqual(['inspection.daily', 'inspection.weekly']);
  });

  test('a holiday changes nothing as written; with the other rule the plan follows at once, with a fact', async () => {
    const change = (day: string) => room.ask('room_manager', changeDay, { params: { day }, body: { kind: 'holiday', name: '站庆' } });
    expect((await change('2026-12-01')).status).toBe(200);
    expect((await of('inspection.monthly', '2026-12-01')).state).toBe('planned');
    room.rules.texts['holiday_rule'] = 'next_working_day';
    await room.obligations.plan();
    expect(await of('inspection.monthly', '2026-12-02')).toMatchObject({ state: 'planned', from: beijing('2026-12-02T00:00') });
    expect((await room.facts('obligations.plan_withdrawn')).at(-1)?.body).toMatchObject({ kind: 'inspection.monthly', count: 1, reason: 'rule_changed' });
    expect((await change('2026-02-30')).body).toMatchObject({ code: 'obligations.day_unknown' });
    expect((await room.ask('monitor', changeDay, { params: { day: '2026-12-05' }, body: { kind: 'holiday', name: '' } })).status).toBe(403);
    room.rules.texts['holiday_rule'] = 'as_written';
    await room.obligations.plan();
    expect(await of('inspection.monthly', '2026-12-01')).toMatchObject({ state: 'planned' });
  });

  test('when no rule asks for it any more the plan is withdrawn; what had opened stays', async () => {
    const open = await of('inspection.daily', '2026-11-28');
    room.rules.adopted = (clause) => clause.startsWith('BRN-') && clause !== 'BRN-A3.1.0';
    await room.obligations.plan();
    expect((await of('inspection.daily', '2026-11-28')).obligationId).toBe(open.obligationId);
    await expect(of('inspection.daily', '2026-11-29')).rejects.toThrow('no inspection.daily');
    room.rules.adopted = (clause) => clause.startsWith('BRN-');
    await room.obligations.plan();
    expect((await of('inspection.daily', '2026-11-29')).state).toBe('planned');
  });
});

describe('register and unscheduled checks', () => {
  test('the register has a line for each item; reading and exporting it are acts on record', async () => {
    const query = { from: String(beijing('2026-11-18T00:00')), until: String(beijing('2026-11-22T00:00')) };
    const { lines, site } = await room.get('inspector', register, { query });
    expect(site).toBe('东门客运站');
    expect(lines.filter(({ from }) => from === beijing('2026-11-18T00:00'))).toHaveLength(9);
    expect(lines.find(({ state }) => state === 'missed')).toMatchObject({ cycle: { zh: '日' }, result: { zh: '漏检' }, by: '' });
    const file = await room.ask('inspector', registerFile, { query: { ...query, language: 'zh' } });
    expect(file.text.startsWith('\uFEFF"序号","周期"')).toBe(true);
    expect(file.text.split('\r\n')).toHaveLength(lines.length + 2);
    expect((await room.facts('obligations.register_read')).map(({ body }) => (body as { how: string }).how)).toEqual(['screen', 'file']);
    expect((await room.ask('duty_operator', register, { query })).status).toBe(403);
  });

  test('[RES-7.4.1 INSPECT] staff of the room open and submit an unscheduled check on a device; a requester may not', async () => {
    const open = (role: Role) => room.ask(role, openUnscheduled, { body: { kind: 'inspection.unscheduled', subject: '03 候车厅摄像机' } });
    expect((await open('requester')).status).toBe(403);
    expect((await open('security_administrator')).body).toMatchObject({ code: 'identity.forbidden' });
    const opened = await open('monitor');
    expect(opened.status).toBe(200);
    const obligationId = String(opened.body['obligationId']);
    expect((await hand('monitor', obligationId)).body).toMatchObject({ late: false, findings: 0 });
    expect(await room.view('room_manager', obligationId)).toMatchObject({ subject: '03 候车厅摄像机', state: 'submitted', submittedBy: { name: '刘晓燕' } });
    expect((await room.ask('monitor', openUnscheduled, { body: { kind: 'inspection.daily', subject: 'x' } })).body).toMatchObject({ code: 'obligations.not_unscheduled' });
  });
});
