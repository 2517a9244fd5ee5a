/** What inspections find belongs to somebody, with a deadline; who is at a task is seen by others; sensitive forms ask for a fresh proof. Clauses as their proofs say. */
import { afterAll, describe, expect, test } from 'vitest';
import type { Role } from '../../../../contract/identity.ts';
import {
  beginObligation, chargeFinding, closeFinding, keepPhoto, listFindings, listObligations, obligationsNow, submitObligation, type FindingView, type ObligationRow, type ObligationView,
} from '../../../../contract/obligations.ts';
import { hourMs } from '../../base/units.ts';
import { loadCatalogue } from './catalogue.ts';
import { judgeOf } from './judges.ts';
import { beijing, goodAnswers, jpeg, openObligationsRoom, type ObligationsRoom } from './testing/room.ts';

const rooms: ObligationsRoom[] = [];
afterAll(() => Promise.all(rooms.map((room) => room.close())));

const open = async (start: string, adopted: (clause: string) => boolean): Promise<ObligationsRoom> => {
  const room = await openObligationsRoom({ start });
  rooms.push(room);
  room.rules.adopted = adopted;
  await room.obligations.sweep();
  return room;
};
const openNow = async (room: ObligationsRoom, kind: string): Promise<ObligationRow> => {
  const at = room.clock.now();
  const [found] = (await room.get('room_manager', listObligations, { query: { kind, from: String(at), until: String(at + 1) } })).obligations;
  if (found === undefined) throw new Error(`no ${kind} now`);
  return found;
};
const answersOf = async (room: ObligationsRoom, role: Role, view: ObligationView) => {
  const photos: Record<string, string> = {};
  for (const field of view.form.fields.filter((one) => one.type === 'photo' || one.photo === true)) {
    photos[field.key] = (await room.get(role, keepPhoto, { params: { obligationId: view.obligationId }, body: { field: field.key, picture: jpeg(field.key) } })).sha256;
  }
  return goodAnswers(view.form.fields, photos);
};
/** Hands the form in with these items not in order; answers what was found. */
const hand = async (room: ObligationsRoom, role: Role, obligationId: string, bad: readonly string[], lateReason = ''): Promise<FindingView[]> => {
  const view = await room.view(role, obligationId);
  const answers = await answersOf(room, role, view);
  const changed = Object.fromEntries(bad.map((key) => [key, { value: false, note: '已不完好', photos: answers[key]?.photos ?? [] }]));
  await room.get(role, submitObligation, { params: { obligationId }, body: { formDigest: view.form.digest, answers: { ...answers, ...changed }, lateReason } });
  return (await room.view(role, obligationId)).findingList;
};
const facts = async (room: ObligationsRoom, kind: string) => (await room.facts(kind)).map(({ body }) => body as Record<string, unknown>);

describe('findings', () => {
  test('[COR-2.3.2 INSPECT] no finding is without somebody and a limit; past the limit it goes up, and it is closed as repaired or replaced', async () => {
    const room = await open('2026-11-18T08:00', (clause) => clause === 'COR-2.3.1');
    room.rules.numbers['finding_limit_hours'] = 24;
    const periodic = await openNow(room, 'inspection.cor_periodic');
    const [finding] = await hand(room, 'technician', periodic.obligationId, ['recorders']);
    expect(finding).toMatchObject({ field: 'recorders', owner: null, ownerRoles: ['technician'], dueAt: room.clock.now() + 24 * hourMs, overdue: false });
    expect(room.toldFindings).toMatchObject([{ what: 'finding_charged', roles: ['technician'] }]);
    await room.goTo('2026-11-19T07:59');
    expect(room.toldFindings).toHaveLength(1);
    await room.goTo('2026-11-19T08:00');
    await room.goTo('2026-11-19T08:30');
    expect(room.toldFindings.slice(1)).toMatchObject([{ what: 'finding_overdue', roles: ['technician'] }]);
    expect(await facts(room, 'obligations.finding_overdue')).toMatchObject([{ findingId: finding!.findingId, fired: 'in_time' }]);
    const [listed] = (await room.get('shift_leader', listFindings, { query: { open: 'true' } })).findings;
    expect(listed).toMatchObject({ overdue: true });
    await room.get('technician', closeFinding, { params: { findingId: finding!.findingId }, body: { result: '更换硬盘，录像正常', outcome: 'replaced' } });
    const [closed] = (await room.get('shift_leader', listFindings, { query: { open: 'false' } })).findings;
    expect(closed).toMatchObject({ overdue: false, closed: { outcome: 'replaced', result: '更换硬盘，录像正常' } });
  });

  test('a leader names who sees to it until when; the person is told, the old deadline does not fire any more, the new one does, also late', async () => {
    const room = await open('2026-11-18T08:00', (clause) => clause === 'COR-2.3.1');
    const [finding] = await hand(room, 'technician', (await openNow(room, 'inspection.cor_periodic')).obligationId, ['displays']);
    const { people } = await room.get('shift_leader', listFindings, { query: {} });
    const owner = people.find(({ name }) => name === '赵志强') ?? people[0]!;
    const params = { findingId: finding!.findingId };
    const dueAt = beijing('2026-11-25T18:00');
    const charge = (role: Role, body: { personId: string; dueAt: number }) => room.ask(role, chargeFinding, { params, body });
    expect((await charge('technician', { personId: owner.personId, dueAt })).status).toBe(403);
    expect((await room.get('technician', listFindings, { query: {} })).people).toEqual([]);
    expect((await charge('shift_leader', { personId: owner.personId, dueAt: room.clock.now() })).body).toMatchObject({ code: 'obligations.due_wrong', fields: [{ path: 'dueAt' }] });
    expect((await charge('shift_leader', { personId: 'per_00000000000000000000000000', dueAt })).body).toMatchObject({ code: 'obligations.owner_unknown' });
    expect((await charge('shift_leader', { personId: owner.personId, dueAt })).status).toBe(200);
    expect(room.toldFindings.at(-1)).toMatchObject({ what: 'finding_charged', ownerId: owner.personId, dueAt });
    await room.goTo('2026-11-22T08:00');
    expect(room.toldFindings.filter(({ what }) => what === 'finding_overdue')).toEqual([]);
    // The server was down when its time came.
    room.clock.advance(beijing('2026-11-25T20:00') - room.clock.now());
    await room.restart().sweep();
    await room.obligations.sweep();
    expect(room.toldFindings.filter(({ what }) => what === 'finding_overdue')).toMatchObject([{ ownerId: owner.personId }]);
    expect(await facts(room, 'obligations.finding_overdue')).toMatchObject([{ dueAt, fired: 'late', firedLateMs: 2 * hourMs }]);
  });

  test('a finding that was closed in time is never called overdue', async () => {
    const room = await open('2026-11-18T08:00', (clause) => clause === 'COR-2.3.1');
    const [finding] = await hand(room, 'technician', (await openNow(room, 'inspection.cor_periodic')).obligationId, ['displays']);
    await room.get('technician', closeFinding, { params: { findingId: finding!.findingId }, body: { result: '重新插紧', outcome: 'repaired' } });
    await room.goTo('2026-12-01T08:00');
    expect(room.toldFindings.map(({ what }) => what)).toEqual(['finding_charged']);
  });

  test('[RES-4.5.2 INSPECT] an extinguisher that is not intact is a hazard with a deadline, and a check that is not done is flagged', async () => {
    const room = await open('2026-11-18T08:00', (clause) => clause === 'RES-4.5.2');
    const check = await openNow(room, 'inspection.fire_equipment');
    const [finding] = await hand(room, 'duty_operator', check.obligationId, ['extinguisher']);
    expect(finding).toMatchObject({ what: { zh: '灭火器完好：异常' }, ownerRoles: ['room_manager'], dueAt: room.clock.now() + 72 * hourMs });
    room.clock.advance(check.until - room.clock.now());
    await room.obligations.sweep();
    const next = await openNow(room, 'inspection.fire_equipment');
    room.clock.advance(next.until - room.clock.now() + 60_000);
    await room.obligations.sweep();
    expect((await room.view('room_manager', next.obligationId)).state).toBe('overdue');
  });

  test('[BRN-A3.3.8 INSPECT] fire equipment that is not intact is a hazard with a deadline, and a month without the item is flagged', async () => {
    const room = await open('2026-12-01T08:00', (clause) => clause === 'BRN-A3.3.0');
    const [finding] = await hand(room, 'technician', (await openNow(room, 'inspection.monthly')).obligationId, ['fire_equipment']);
    expect(finding).toMatchObject({ field: 'fire_equipment', ownerRoles: ['technician'], dueAt: room.clock.now() + 72 * hourMs });
    await room.goTo('2027-01-01T08:00');
    const january = await openNow(room, 'inspection.monthly');
    await room.goTo('2027-01-31T08:00');
    expect((await room.view('room_manager', january.obligationId)).state).toBe('missed');
  });

  /** Not in order becomes a hazard with a deadline; a year without the item and without an approved reason is missed, one with a reason is not. */
  const yearlyItem = async (item: string): Promise<void> => {
    const room = await open('2027-03-02T08:00', (clause) => clause === 'BRN-A3.5.1');
    const [finding, ...others] = await hand(room, 'technician', (await openNow(room, 'inspection.yearly')).obligationId, [item]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ field: item, ownerRoles: ['technician'], dueAt: room.clock.now() + 72 * hourMs });
    await room.goTo('2028-03-02T08:00');
    const next = await openNow(room, 'inspection.yearly');
    expect((await room.view('technician', next.obligationId)).form.fields.map(({ key }) => key)).toContain(item);
    await room.goTo('2028-12-31T08:00');
    expect((await room.view('technician', next.obligationId)).state).toBe('missed');
  };
  test('[BRN-A3.5.2 INSPECT] parts that are not fixed are a hazard with a deadline, and a year without the item is flagged', () => yearlyItem('parts_fixed'));
  test('[BRN-A3.5.3 INSPECT] electrical contacts that are not in order are a hazard with a deadline, and a year without the item is flagged', () => yearlyItem('contacts'));
  test('[BRN-A3.5.4 INSPECT] cables that are not in order are a hazard with a deadline, and a year without the item is flagged', () => yearlyItem('cables'));
  test('[BRN-A3.5.5 INSPECT] traces of rodents are a hazard with a deadline, and a year without the item is flagged', () => yearlyItem('rodents'));
  test('[BRN-A3.5.6 INSPECT] cabinet doors that do not close are a hazard with a deadline, and a year without the item is flagged', () => yearlyItem('doors_tight'));
});

/** Past the due date: overdue, on the board, told to those above; blank items cannot be submitted. */
const provesPeriodic = async (clause: string, kind: string, role: Role, above: Role, days: number): Promise<ObligationsRoom> => {
  const room = await open('2026-11-18T08:00', (adopted) => adopted === clause);
  const before = await openNow(room, kind);
  const view = await room.view(role, before.obligationId);
  const answers = await answersOf(room, role, view);
  const [first] = view.form.fields;
  const blank = await room.ask(role, submitObligation, { params: { obligationId: before.obligationId }, body: { formDigest: view.form.digest, answers: { ...answers, [first!.key]: { value: null, note: '', photos: [] } }, lateReason: '' } });
  expect(blank.body).toMatchObject({ code: 'obligations.blank', fields: [{ path: `answers.${first!.key}` }] });
  expect(before.until - before.from).toBe(days * 24 * hourMs);
  room.clock.advance(before.until - room.clock.now() + 60_000);
  await room.obligations.sweep();
  const overdue = (await room.get('room_manager', listObligations, { query: { kind, state: 'overdue' } })).obligations;
  expect(overdue.map(({ obligationId }) => obligationId)).toEqual([before.obligationId]);
  const heard = room.told.filter((notice) => notice.what === 'overdue' && notice.obligation.obligationId === before.obligationId).flatMap(({ roles }) => roles);
  expect(heard).toEqual(expect.arrayContaining([role, above]));
  const judge = judgeOf(loadCatalogue().kinds.get(kind)!);
  const state = (await room.facts()).filter((fact) => judge.kinds.includes(fact.kind)).reduce((folded, fact) => judge.step(folded, fact), judge.initial());
  expect(judge.answer(state, { from: before.from, until: before.until }, { number: () => 0, flag: () => false }, room.clock.now()).state).toBe('breached');
  return room;
};

describe('periodic inspections that several regulations ask for', () => {
  test('[RES-6.2.1 INSPECT] past the due date the technician’s task is overdue, on the board and told to those above; blank items cannot be submitted', async () => {
    await provesPeriodic('RES-6.2.1', 'inspection.technician_periodic', 'technician', 'room_manager', 30);
  });
  test('[SEC-6.2 INSPECT] past the due date the technician’s task is overdue, on the board and told to those above; blank items cannot be submitted', async () => {
    await provesPeriodic('SEC-6.2', 'inspection.technician_periodic', 'technician', 'room_manager', 30);
  });
  test('[RES-4.4.1 INSPECT] past the due date the duty officer’s task is overdue, on the board and told to those above; blank items cannot be submitted', async () => {
    await provesPeriodic('RES-4.4.1', 'inspection.operator_periodic', 'duty_operator', 'shift_leader', 30);
  });
  test('[ART-9.2.1 INSPECT] past the due date the task of who uses the equipment is overdue, on the board and told to those above; blank items cannot be submitted', async () => {
    await provesPeriodic('ART-9.2.1', 'inspection.operator_periodic', 'duty_operator', 'shift_leader', 30);
  });
  test('[GEN-4.2.3 INSPECT] past the due date the system administrator’s task is overdue, on the board and told to those above; blank items cannot be submitted', async () => {
    await provesPeriodic('GEN-4.2.3', 'inspection.administrator_periodic', 'system_administrator', 'room_manager', 30);
  });
  test('[GEN-3.5.1 INSPECT] past the period the safety inspection is overdue, on the board and told to those above', async () => {
    await provesPeriodic('GEN-3.5.1', 'inspection.room_safety', 'shift_leader', 'room_manager', 30);
  });
  test('[ART-13.2.1 INSPECT] the department’s own inspection is overdue apart from the operators’ checks, and told to the leader', async () => {
    const room = await provesPeriodic('ART-13.2.1', 'inspection.department_periodic', 'security_department', 'leader', 90);
    expect((await room.get('room_manager', listObligations, { query: { state: 'overdue' } })).obligations.map(({ kind }) => kind)).toEqual(['inspection.department_periodic']);
  });
});

describe('who is at a task', () => {
  test('a beginning is seen by others, keeps nobody out, and ends with the window or the submission', async () => {
    const room = await open('2026-11-18T08:00', (clause) => clause === 'BRN-A3.1.0');
    const { obligationId } = await openNow(room, 'inspection.daily');
    const begin = (role: Role) => room.ask(role, beginObligation, { params: { obligationId } });
    expect((await begin('technician')).status).toBe(403);
    const at = room.clock.now();
    expect((await begin('monitor')).status).toBe(200);
    room.clock.advance(60_000);
    expect((await begin('monitor')).status).toBe(200);
    const seen = (await room.get('duty_operator', obligationsNow)).open.find((one) => one.obligationId === obligationId);
    expect(seen).toMatchObject({ state: 'in_progress', begun: { by: { name: '刘晓燕' }, at } });
    expect(await facts(room, 'obligations.task_begun')).toMatchObject([{ kind: 'inspection.daily', number: 1 }]);
    expect((await begin('duty_operator')).status).toBe(200);
    expect((await room.view('monitor', obligationId)).begun).toMatchObject({ by: { name: '王建国' } });
    await hand(room, 'monitor', obligationId, []);
    expect(await room.view('monitor', obligationId)).toMatchObject({ state: 'submitted', begun: null });
    expect((await begin('duty_operator')).body).toMatchObject({ code: 'obligations.already_submitted' });
  });

  test('begun and not handed in is overdue at the end of its window like any other', async () => {
    const room = await open('2026-11-18T08:00', (clause) => clause === 'BRN-A3.1.0');
    const { obligationId } = await openNow(room, 'inspection.daily');
    await room.ask('monitor', beginObligation, { params: { obligationId } });
    await room.goTo('2026-11-19T00:00');
    expect(await room.view('monitor', obligationId)).toMatchObject({ state: 'overdue', late: true, begun: { by: { name: '刘晓燕' } } });
    await room.goTo('2026-11-19T12:00');
    expect((await room.view('monitor', obligationId)).state).toBe('missed');
  });
});

describe('what the room sets', () => {
  test('grace and horizon are parameters: a shorter grace makes it missed earlier, what is planned follows', async () => {
    const room = await open('2026-11-18T08:00', (clause) => clause === 'BRN-A3.1.0');
    room.rules.numbers['inspection_grace_percent'] = 10;
    room.rules.numbers['plan_ahead_days'] = 5;
    await room.obligations.sweep();
    const until = beijing('2026-11-18T08:00') + 60 * 24 * hourMs;
    const planned = (await room.get('room_manager', listObligations, { query: { kind: 'inspection.daily', state: 'planned', until: String(until) } })).obligations;
    expect(planned.map((one) => (one.graceUntil - one.until) / hourMs)).toEqual([2.4, 2.4, 2.4, 2.4, 2.4]);
    await room.goTo('2026-11-20T02:23');
    const tomorrow = planned.at(-1)!;
    expect((await room.view('monitor', tomorrow.obligationId)).state).toBe('overdue');
    await room.goTo('2026-11-20T02:24');
    expect((await room.view('monitor', tomorrow.obligationId)).state).toBe('missed');
  });

  test('a shift is a window with an end of its own; between two shifts nothing is due', async () => {
    const room = await open('2026-11-18T06:00', (clause) => clause === 'COR-4.3.2');
    room.rules.lists['shift_windows'] = ['07:00-12:00', '14:00-22:00'];
    await room.obligations.sweep();
    await room.goTo('2026-11-18T07:00');
    const morning = await openNow(room, 'inspection.shift_check');
    expect(morning).toMatchObject({ from: beijing('2026-11-18T07:00'), until: beijing('2026-11-18T12:00') });
    await room.goTo('2026-11-18T12:00');
    expect((await room.view('monitor', morning.obligationId)).state).toBe('overdue');
    expect((await room.get('monitor', obligationsNow)).open.map(({ state }) => state)).not.toContain('available');
  });

  test('a kind may ask for a fresh proof of who hands it in', async () => {
    const catalogue = loadCatalogue();
    const daily = catalogue.kinds.get('inspection.daily')!;
    const kinds = new Map([...catalogue.kinds, [daily.kind, { ...daily, stepUp: true }]]);
    const room = await openObligationsRoom({ start: '2026-11-18T08:00', catalogue: { ...catalogue, kinds } });
    rooms.push(room);
    await room.obligations.sweep();
    const { obligationId } = await openNow(room, 'inspection.daily');
    const view = await room.view('monitor', obligationId);
    expect(view.stepUp).toBe(true);
    const body = { formDigest: view.form.digest, answers: await answersOf(room, 'monitor', view), lateReason: '' };
    room.clock.advance(6 * 60_000);
    expect((await room.ask('monitor', submitObligation, { params: { obligationId }, body })).body).toMatchObject({ code: 'identity.step_up_needed' });
    expect((await room.view('monitor', obligationId)).submissions).toEqual([]);
  });
});
