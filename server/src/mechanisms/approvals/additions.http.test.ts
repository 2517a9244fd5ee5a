/** 加签, 减签 and 委派 through people's own hands, and limits that follow the room's parameters. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '../../../../contract/approvals.ts';
import { dayMs, hourMs, minuteMs } from '../../base/units.ts';
import { openApprovalsRoom, type ApprovalsRoom } from './testing/room.ts';
import { sampleKinds, sampleVerbs } from './testing/sample-kinds.ts';

const { kinds, heard } = sampleKinds();
let room: ApprovalsRoom;
beforeAll(async () => {
  room = await openApprovalsRoom(kinds, [sampleVerbs]);
  await room.addPerson('qianduo', '钱多', ['room_manager']);
  await room.addPerson('zhaoyi', '赵一', ['room_manager']);
});
afterAll(() => room.closeAll());
beforeEach(() => room.clock.step(hourMs));

const [applicant, manager, leader] = ['wangjianguo', 'sunweidong', 'hanminghua'];
const reason = '需要会签';
const asked = async (kind: string): Promise<string> => (await room.get(applicant, contract.submit, { body: { kind: `sample.${kind}`, body: { what: '某事' }, reason } })).approvalId;
const add = async (by: string, approvalId: string, to: string, how: 'before' | 'after' | 'opinion') =>
  room.ask(by, contract.add, { params: { approvalId }, body: { toPersonId: await room.personId(to), how, reason, round: 1, step: 0 } });
const waits = async (account: string, approvalId: string): Promise<boolean> => (await room.get(account, contract.inbox, { query: { list: 'to_decide' } })).approvals.some((row) => row.approvalId === approvalId);
const seatOf = async (approvalId: string, name: string) => (await room.view('xuhuifang', approvalId)).steps[0]!.seats.find((seat) => seat.person.name === name && !seat.left)!;

describe('asking others besides', () => {
  test('before: the inbox goes to them first, then back; granted with both signatures, each checked', async () => {
    // Everybody else with the role is on leave, so that one manager is asked and others can be added.
    const approvalId = await asked('in_order');
    const first = (await room.view('xuhuifang', approvalId)).step!.waitingFor[0]!.name;
    const by = room.people.find(({ name }) => name === first)?.account ?? (first === '钱多' ? 'qianduo' : 'zhaoyi');
    expect((await add(by, approvalId, leader, 'before')).body).toMatchObject({ code: 'approvals.asked_already' });
    expect((await add(by, approvalId, 'zhoupeng', 'before')).body).toMatchObject({ code: 'approvals.no_same_authority' });
    await room.addPerson('sunlaoshi', '孙老师', ['leader']);
    expect((await add('zhoupeng', approvalId, 'sunlaoshi', 'before')).status).toBe(403);
    expect((await add(by, approvalId, 'sunlaoshi', 'before')).status).toBe(200);
    expect((await room.facts('approvals.added')).at(-1)).toMatchObject({ subject: approvalId, actor: { id: await room.personId(by) }, body: { how: 'before', to: await room.personId('sunlaoshi') } });
    expect(await waits('sunlaoshi', approvalId)).toBe(true);
    expect(await waits(by, approvalId)).toBe(false);
    expect((await room.decide(by, approvalId, 'approve')).body).toMatchObject({ code: 'approvals.not_yet_your_turn' });
    expect((await room.decide('sunlaoshi', approvalId, 'approve')).body).toEqual({ state: 'pending' });
    expect(await waits(by, approvalId)).toBe(true);
    expect(await seatOf(approvalId, '孙老师')).toMatchObject({ added: 'signature', addedBy: { name: first }, signature: { verified: true, rests: 'key' } });
  });

  test('the database lets nothing pass without the added signature', async () => {
    const approvalId = await asked('plain');
    await room.addPerson('xinzhuguan', '新主管', ['room_manager']);
    expect((await add(manager, approvalId, 'xinzhuguan', 'after')).status).toBe(200);
    expect((await room.decide(manager, approvalId, 'approve')).body).toEqual({ state: 'pending' });
    expect(heard.granted).not.toContain(approvalId);
    const { default: pg } = await import('pg');
    const admin = new pg.Client({ connectionString: room.adminUrl });
    await admin.connect();
    await expect(admin.query(`update approvals.states set state = 'approved', version = version + 1, granted_at = changed_at where approval_id = $1`, [approvalId])).rejects.toMatchObject({ code: '23514' });
    await admin.end();
    const { seat } = await seatOf(approvalId, '新主管');
    const remove = (by: string) => room.ask(by, contract.remove, { params: { approvalId }, body: { seat, reason: '不必了', round: 1, step: 0 } });
    expect((await remove(manager)).body).toMatchObject({ code: 'approvals.last_missing' });
    expect((await room.decide('xinzhuguan', approvalId, 'approve')).body).toEqual({ state: 'approved' });
    await room.deactivate('xinzhuguan');
  });

  test('taken back by who asked, before the end', async () => {
    const approvalId = await asked('plain');
    await room.addPerson('houbu', '候补', ['room_manager']);
    await add(manager, approvalId, 'houbu', 'before');
    const { seat, canRemove } = await seatOf(approvalId, '候补');
    expect(canRemove).not.toBe(true); // as the auditor sees it
    const remove = (by: string) => room.ask(by, contract.remove, { params: { approvalId }, body: { seat, reason: '不必了', round: 1, step: 0 } });
    expect((await remove('qianduo')).body).toMatchObject({ code: 'approvals.not_adder' });
    expect((await remove(manager)).status).toBe(200);
    expect((await room.facts('approvals.removed')).at(-1)).toMatchObject({ subject: approvalId });
    expect((await room.decide('houbu', approvalId, 'approve')).body).toMatchObject({ code: 'approvals.not_asked' });
    expect((await room.decide(manager, approvalId, 'approve')).body).toEqual({ state: 'approved' });
    await room.deactivate('houbu');
  });

  test('an opinion comes back to who asked for it, who then decides', async () => {
    const approvalId = await asked('plain');
    await room.addPerson('guwen', '顾问', ['room_manager']);
    expect((await add(manager, approvalId, 'guwen', 'opinion')).status).toBe(200);
    expect(await waits('guwen', approvalId)).toBe(true);
    expect(await waits(manager, approvalId)).toBe(false);
    expect((await room.decide('guwen', approvalId, 'approve')).body).toMatchObject({ code: 'approvals.opinion_only' });
    const opine = (by: string) => room.ask(by, contract.opine, { params: { approvalId }, body: { opinion: '可以批，注意时间', round: 1, step: 0 } });
    expect((await opine('qianduo')).body).toMatchObject({ code: 'approvals.not_asked_opinion' });
    expect((await opine('guwen')).status).toBe(200);
    expect((await opine('guwen')).body).toMatchObject({ code: 'approvals.not_asked_opinion' });
    expect(room.told.at(-1)).toMatchObject({ approvalId, to: [await room.personId(manager)] });
    expect((await room.view(manager, approvalId)).trail.at(-1)).toMatchObject({ act: 'opined', reason: '可以批，注意时间' });
    expect(JSON.stringify((await room.facts('approvals.opinion_given')).at(-1))).not.toContain('注意时间');
    expect((await room.decide(manager, approvalId, 'approve')).body).toEqual({ state: 'approved' });
    await room.deactivate('guwen');
  });

  test('a deputy of who was asked has it in the inbox and gives the opinion in their name', async () => {
    const approvalId = await asked('plain');
    await room.addPerson('guwener', '顾问二', ['room_manager']);
    await room.addPerson('daibiao', '代表', ['shift_leader']);
    await add(manager, approvalId, 'guwener', 'opinion');
    const opine = () => room.ask('daibiao', contract.opine, { params: { approvalId }, body: { opinion: '代为回复：可以', round: 1, step: 0 } });
    expect((await opine()).status).toBe(403);
    const from = room.clock.now();
    await room.get('guwener', contract.nameDeputy, { body: { deputyPersonId: await room.personId('daibiao'), from, until: from + dayMs, reason } });
    expect(await waits('daibiao', approvalId)).toBe(true);
    expect((await room.view('daibiao', approvalId)).can['opine']).toBe(true);
    expect((await opine()).status).toBe(200);
    expect((await room.facts('approvals.opinion_given')).at(-1)).toMatchObject({ actor: { id: await room.personId('daibiao') }, body: { onBehalfOf: await room.personId('guwener') } });
    expect((await room.view(manager, approvalId)).trail.at(-1)).toMatchObject({ act: 'opined', actor: { name: { zh: '代表' } }, onBehalfOf: { name: '顾问二' } });
    expect((await room.decide(manager, approvalId, 'approve')).body).toEqual({ state: 'approved' });
    for (const account of ['guwener', 'daibiao']) await room.deactivate(account);
  });
});

describe('what the room’s parameters say', () => {
  test('how often a place is handed on or added to', async () => {
    room.numbers['approval_transfer_max'] = 0;
    const approvalId = await asked('plain');
    await room.addPerson('duoyu', '多余', ['room_manager']);
    expect((await add(manager, approvalId, 'duoyu', 'before')).body).toMatchObject({ code: 'approvals.too_many_hops' });
    room.numbers['approval_transfer_max'] = 3;
    await room.deactivate('duoyu');
  });

  test('how long what was granted may wait to be used; the kind may only be shorter', async () => {
    const until = async (approvalId: string): Promise<number | null> => {
      expect((await room.decide(manager, approvalId, 'approve')).body).toEqual({ state: 'approved' });
      return (await room.view(manager, approvalId)).validUntil;
    };
    const at = room.clock.now();
    expect(Math.abs((await until(await asked('plain')))! - (at + 24 * hourMs))).toBeLessThan(hourMs);
    room.numbers['approval_grant_valid_hours'] = 2;
    const short = await until(await asked('plain'));
    expect(Math.abs(short! - (at + 2 * hourMs))).toBeLessThan(hourMs);
    room.numbers['approval_grant_valid_hours'] = 72;
  });

  test('the time of a step without a limit of its own, its reminders, and how long a returned request waits', async () => {
    Object.assign(room.numbers, { approval_step_limit_hours: 10, approval_remind_first_share: 0.1, approval_returned_expires_days: 1 });
    const from = room.clock.now();
    const body = { clause: 'SEC-8.1', instead: '加密巡看', from, until: from + 2 * dayMs };
    const { approvalId } = await room.get(applicant, contract.submit, { body: { kind: 'approvals.exemption', body, reason } });
    expect(await room.view(applicant, approvalId)).toMatchObject({ steps: [{ limitMs: 10 * hourMs }, { limitMs: 10 * hourMs }], step: { dueAt: from + 10 * hourMs } });
    room.clock.step(hourMs + minuteMs);
    await room.approvals.sweep();
    expect((await room.view(applicant, approvalId)).trail.map(({ act }) => act)).toEqual(['submitted', 'reminded']);
    await room.ask(manager, contract.giveBack, { params: { approvalId }, body: { reason, round: 1, step: 0, toStep: null } });
    room.clock.step(dayMs + minuteMs);
    await room.approvals.sweep();
    expect((await room.view(applicant, approvalId)).state).toBe('expired');
    Object.assign(room.numbers, { approval_step_limit_hours: 4, approval_remind_first_share: 0.5, approval_returned_expires_days: 3 });
  });
});

test('the inbox is searched by the applicant’s name too', async () => {
  const approvalId = await asked('one_of');
  const found = async (search: string) => (await room.get('xuhuifang', contract.inbox, { query: { list: 'all', search } })).approvals.map((row) => row.approvalId);
  expect(await found('王建')).toContain(approvalId);
  expect(await found('刘晓燕')).toEqual([]);
});
