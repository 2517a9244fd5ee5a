/** The parts of the clauses that requests for footage serve, each through people's own hands. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listFacts } from '../../../../contract/ledger.ts';
import * as contract from '../../../../contract/evidence.ts';
import { answerNotice, myNotices } from '../../../../contract/notifications.ts';
import * as video from '../../../../contract/video.ts';
import { dayMs, hourMs, minuteMs } from '../../base/units.ts';
import { openFootageRoom, staff, type FootageRoom } from './testing/footage-room.ts';

let room: FootageRoom;
beforeAll(async () => {
  room = await openFootageRoom();
});
afterAll(() => room.whole.close());

const auditor = 'xuhuifang';
const custodian = 'zhengjing';
/** Refused with its reason, and on record as a denial. */
const refusedBegin = async (requestId: string, account: string = staff.operator): Promise<string> => {
  const answer = await room.begin(requestId, account);
  expect(answer).toMatchObject({ status: 403, body: { code: 'identity.forbidden' } });
  const { facts } = await room.get(auditor, listFacts, { query: { kind: 'identity.denied' } });
  expect(facts.length).toBeGreaterThan(0);
  return String(answer.body.zh);
};
const approved = async (more: Partial<contract.Asked> = {}) => {
  const made = await room.askFor(more);
  await room.agree(made.approvalId, staff.leader);
  return made;
};
const play = (cameraId: string, from: number, until: number, account: string = staff.operator) => room.ask(account, video.openPlayback, { body: { cameraId, from, until } });
const rowOf = async (number: string) => {
  const { rows } = await room.get(staff.manager, contract.register, { query: { from: room.recorded.from, until: room.clock.now() + dayMs, search: number } });
  const [row] = rows;
  if (row === undefined) throw new Error(`no row of ${number}`);
  return row;
};

test('[BUS-1.4.8 VIEWREQ] an order that nobody approved: its button says why, the server refuses, and the refusal is on record', async () => {
  const { requestId, approvalId, number } = await room.askFor();
  expect((await room.see(requestId)).can['begin']).toEqual({ zh: `申请 ${number} 还没有批准，不能打开录像。`, en: `Request ${number} is not approved: footage is not opened.` });
  expect(await refusedBegin(requestId)).toBe(`申请 ${number} 还没有批准，不能打开录像。`);
  await room.agree(approvalId, staff.leader);
  expect((await room.see(requestId)).can['begin']).toBe(true);
  expect((await room.begin(requestId)).status).toBe(200);
});

test('[BUS-2.4.1 VIEWREQ] the order of somebody from outside, with identity and purpose, is refused until it is approved', async () => {
  const blank = await room.ask(staff.requester, contract.askFor, { body: room.asked({ viewerGroup: 'outsider' }) });
  expect(blank).toMatchObject({ status: 400, body: { code: 'evidence.viewer_needed', fields: [{ path: 'viewer' }] } });
  const { requestId, approvalId } = await room.askFor({ viewerGroup: 'outsider', viewer: '刘志远', viewerPaper: '身份证 3301…0017' });
  expect((await room.view(staff.leader, approvalId)).details.find(({ title }) => title.zh === '为谁申请')?.value).toMatchObject({ zh: '外来人员 刘志远 身份证 3301…0017' });
  await refusedBegin(requestId);
  await room.agree(approvalId, staff.leader);
  expect((await room.begin(requestId)).status).toBe(200);
});

test('[BRN-7.1 VIEWREQ] another department sees nothing before the responsible leader agreed; after it only what was asked for plays', async () => {
  const [other = '', asked = ''] = room.cameraIds;
  const [from, until] = [room.recorded.from + 10 * minuteMs, room.recorded.from + 15 * minuteMs];
  const { requestId, approvalId } = await room.askFor({ department: '财务部', cameraIds: [asked], from, until });
  await refusedBegin(requestId);
  expect((await play(asked, from, until)).status).toBe(403);
  await room.agree(approvalId, staff.leader);
  expect((await room.begin(requestId)).status).toBe(200);
  expect((await play(asked, from, until)).status).toBe(200);
  expect((await play(other, from, until)).status).toBe(403);
  expect((await play(asked, from - minuteMs, until)).status).toBe(403);
});

/** Refused without approval, open in its window, closed after it. */
const onlyInWindow = async (group: contract.ViewerGroup): Promise<void> => {
  const { requestId, approvalId, number } = await room.askFor(group === 'colleague' ? { department: '教务处' } : { viewerGroup: group, viewer: '来访者', viewerPaper: '工作证 77' });
  await refusedBegin(requestId);
  await room.agree(approvalId, staff.leader);
  expect((await room.begin(requestId, staff.operator, '陪同人')).status).toBe(200);
  expect((await room.ask(staff.operator, contract.endViewing, { params: { requestId } })).status).toBe(200);
  const { validUntil } = await room.see(requestId);
  room.clock.step((validUntil ?? 0) - room.clock.now());
  expect((await room.begin(requestId)).body).toMatchObject({ code: 'evidence.run_out', zh: `申请 ${number} 的批准已过有效期，请重新申请。` });
};
test('[SCH-3.1.2 VIEWREQ] playback for staff or students opens with an approved request only, in its window', () => onlyInWindow('colleague'));
test('[SCH-3.1.3 VIEWREQ] playback for visitors on a tour opens with an approved request only, in its window', () => onlyInWindow('tour'));
test('[SCH-3.1.4 VIEWREQ] playback for somebody from outside opens with an approved request only, in its window', () => onlyInWindow('outsider'));

test('[TEN-7.3 VIEWREQ] only the manager whom the rules name grants a viewing, with an end; the row names them', async () => {
  const { approvalId, number } = await room.askFor();
  expect((await room.decide(staff.security, approvalId, 'approve')).status).toBe(403);
  expect((await room.decide(staff.manager, approvalId, 'approve')).status).toBe(403);
  await room.agree(approvalId, staff.leader);
  const row = await rowOf(number);
  expect(row.opinions).toMatchObject([{ role: { zh: '领导' }, name: '韩明华', decision: 'approve' }]);
  expect(row.state).toBe('ready');
});

test('[BUS-2.3.2 COPYREQ] a copy order is approved by the responsible leader and by no other role', async () => {
  const { requestId, approvalId } = await room.askFor({ type: 'copy' });
  for (const account of [staff.manager, staff.security]) expect((await room.decide(account, approvalId, 'approve')).status).toBe(403);
  expect((await room.see(requestId)).state).toBe('approving');
  await room.agree(approvalId, staff.leader);
  expect((await room.see(requestId)).state).toBe('ready');
});

test('[BUS-2.4.2 COPYREQ] a copy is a request of its own with purpose and receiver; its approval opens no viewing, and that of a viewing is none of a copy', async () => {
  const bare = await room.ask(staff.requester, contract.askFor, { body: room.asked({ type: 'copy', purpose: '' }) });
  expect(bare.body.code).toBe('evidence.purpose_needed');
  const view = await approved();
  const copy = await approved({ type: 'copy', follows: view.requestId });
  const kinds = await Promise.all([view, copy].map(async ({ approvalId }) => (await room.view(staff.leader, approvalId)).kind));
  expect(kinds).toEqual(['evidence.view', 'evidence.copy']);
  expect((await room.begin(copy.requestId)).body).toMatchObject({ code: 'evidence.is_copy' });
  expect((await room.see(copy.requestId)).viewings).toEqual([]);
});

const withoutReason = async (type: contract.RequestType): Promise<void> => {
  const bare = await room.ask(staff.requester, contract.askFor, { body: room.asked({ type, reason: '  ' }) });
  expect(bare).toMatchObject({ status: 400, body: { code: 'evidence.reason_needed', fields: [{ path: 'reason' }] } });
  const { number } = await room.askFor({ type, reason: '盘点差异' });
  expect((await rowOf(number)).reason).toBe('盘点差异');
};
test('[BUS-2.3.3 VIEWREQ] without a work reason there is no viewing; with it the row keeps it', () => withoutReason('view'));
test('[BUS-2.3.4 COPYREQ] without a work reason there is no copy; with it the row keeps it', () => withoutReason('copy'));

test('[BRN-7.4 VIEWREQ] a viewing is not closed before its record is filled in, with result, times and words', async () => {
  const { requestId, number } = await approved();
  await room.begin(requestId);
  const close = () => room.ask(staff.manager, contract.closeRequest, { params: { requestId }, body: { remark: '阅' } });
  expect((await close()).body).toMatchObject({ code: 'evidence.result_first', zh: `申请 ${number} 还没有填写结果，不能归档。` });
  expect((await room.write(requestId, { remark: '' })).body).toMatchObject({ code: 'evidence.result_needed', fields: [{ path: 'remark' }] });
  expect((await room.write(requestId, { outcome: 'not_found' })).status).toBe(200);
  expect((await close()).status).toBe(200);
  expect((await rowOf(number)).result).toMatchObject({ outcome: 'not_found', by: '王建国' });
});

test('[BRN-7.5 VIEWREQ] the result is delivered to the leader of the department, and the time of the answer is kept', async () => {
  const { requestId } = await approved();
  await room.begin(requestId);
  await room.write(requestId);
  const { notices } = await room.get(staff.leader, myNotices);
  const notice = notices.find(({ kind, answeredAt }) => kind === 'evidence.result_told' && answeredAt === null);
  expect(notice).toMatchObject({ asksAnswer: true });
  expect((await room.see(requestId)).told).toMatchObject([{ name: '韩明华', answeredAt: null }]);
  const mine = notices.filter(({ kind, answeredAt }) => kind === 'evidence.result_told' && answeredAt === null);
  for (const one of mine) await room.get(staff.leader, answerNotice, { params: { noticeId: one.noticeId }, body: { text: '收到' } });
  expect((await room.see(requestId)).told).toEqual([{ name: '韩明华', at: expect.any(Number), answeredAt: room.clock.now() }]);
});

test('[BRN-7.5 NOTIFY] a leader who does not answer the result is told again until the answer is there, with its time', async () => {
  const { requestId } = await approved();
  await room.begin(requestId);
  await room.write(requestId);
  const open = async () => (await room.get(staff.leader, myNotices)).notices.filter(({ kind, answeredAt }) => kind === 'evidence.result_told' && answeredAt === null);
  const mine = async () => (await room.see(requestId)).told;
  const about = (await room.facts('notifications.notice_sent')).filter(({ body }) => body['about'] === requestId && body['kind'] === 'evidence.result_told');
  expect(about).toHaveLength(1);
  const sendingId = about[0]!.body['sendingId'];
  expect(sendingId).toEqual(expect.any(String));
  const again = async () => (await room.facts('notifications.notice_escalated')).filter(({ body }) => body['sendingId'] === sendingId).length;
  const sweep = () => room.whole.runJob('notifications.deadlines');
  room.clock.step(8 * hourMs - minuteMs);
  await sweep();
  expect(await again()).toBe(0);
  room.clock.step(2 * minuteMs);
  await sweep();
  expect(await again()).toBe(1);
  room.clock.step(8 * hourMs + minuteMs);
  await sweep();
  expect(await again()).toBe(2);
  expect(await mine()).toMatchObject([{ name: '韩明华', answeredAt: null }]);
  for (const { noticeId } of await open()) await room.get(staff.leader, answerNotice, { params: { noticeId }, body: { text: '已阅' } });
  expect(await mine()).toMatchObject([{ answeredAt: room.clock.now() }]);
  expect((await room.facts('notifications.notice_answered')).filter(({ body }) => body['sendingId'] === sendingId).length).toBeGreaterThan(0);
  room.clock.step(9 * hourMs);
  await sweep();
  expect(await again()).toBe(2);
});

test('[BUS-1.4.11 VIEWREQ] each time that footage was opened stands in the register, as often as it was played', async () => {
  const { requestId, number } = await approved();
  const { from, until, cameraIds } = await room.see(requestId);
  for (let time = 0; time < 2; time += 1) {
    expect((await room.begin(requestId)).status).toBe(200);
    expect((await play(cameraIds[0] ?? '', from, until)).status).toBe(200);
    await room.ask(staff.operator, contract.endViewing, { params: { requestId } });
  }
  const row = await rowOf(number);
  expect(row.viewings).toHaveLength(2);
  expect(row.playbacks).toBe(2);
});

test('[BUS-2.4.4 VIEWREQ] the register of viewings and copies holds as many as were carried out, filtered and exported alike', async () => {
  const span = { from: room.recorded.from, until: room.clock.now() + dayMs };
  const begun = (await room.facts('evidence.viewing_begun')).length;
  const { rows, total } = await room.get(staff.manager, contract.register, { query: span });
  expect(rows.flatMap(({ viewings }) => viewings)).toHaveLength(begun);
  const copies = await room.get(staff.manager, contract.register, { query: { ...span, type: 'copy' } });
  const views = await room.get(staff.manager, contract.register, { query: { ...span, type: 'view' } });
  expect(copies.total + views.total).toBe(total);
  const csv = await room.whole.ask(await room.whole.signIn('inspector'), contract.registerCsv, { query: span });
  expect(csv.bytes.toString('utf8').trim().split('\r\n')).toHaveLength(total + 1);
  expect((await room.facts('evidence.register_read')).map(({ body }) => (body as { how: string }).how)).toContain('csv');
});

test('[BUS-2.0 VIEWREQ] a row names who asked, who agreed, who carried it out and who keeps the footage, each with its time', async () => {
  const { requestId, number } = await approved();
  await room.begin(requestId);
  await room.write(requestId);
  const row = await rowOf(number);
  expect([row.applicant, row.opinions[0]?.name, row.viewings[0]?.operator, row.keeper]).toEqual(['杨丽萍', '韩明华', '王建国', '郑静']);
  for (const at of [row.submittedAt, row.opinions[0]?.at, row.viewings[0]?.from, row.viewings[0]?.until, row.result?.at]) expect(at).toBeGreaterThan(room.recorded.from);
});

test('a request that nobody decides holds its footage no longer than its end; who asked or agreed does not carry it out', async () => {
  const { requestId, approvalId } = await room.askFor({}, staff.manager);
  await room.agree(approvalId, staff.leader);
  expect((await room.begin(requestId, staff.manager)).body.zh).toContain('申请人不能自己执行');
  expect((await room.begin(requestId, custodian)).status).toBe(200);
  const late = await room.askFor();
  room.clock.step(8 * 24 * hourMs);
  await room.whole.runJob('approvals.sweep');
  expect(await room.see(late.requestId)).toMatchObject({ state: 'expired', life: [{ act: 'submitted' }, { act: 'expired' }] });
});
