/** A request for footage through the whole product: asked, agreed to, looked at, written back, reviewed, in the register. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { one as oneApproval } from '../../../../contract/approvals.ts';
import * as duty from '../../../../contract/duty.ts';
import * as contract from '../../../../contract/evidence.ts';
import * as obligations from '../../../../contract/obligations.ts';
import { changeParameter } from '../../../../contract/parameters.ts';
import { dayMs, hourMs, minuteMs } from '../../base/units.ts';
import { openFootageRoom, staff, type FootageRoom } from './testing/footage-room.ts';

let room: FootageRoom;
beforeAll(async () => {
  room = await openFootageRoom();
});
afterAll(() => room.whole.close());

const existing = (cameraIds: readonly string[], from: number, until: number) => room.get(staff.requester, contract.existing, { body: { cameraIds: [...cameraIds], from, until } });

test('no grant of footage holds longer than the room lets any grant hold', async () => {
  const changed = await room.ask(staff.manager, changeParameter, { body: { name: 'approval_grant_valid_hours', value: 6, roomId: null, from: null, reason: '收紧' } });
  await room.agree(String(changed.body['approvalId']), staff.leader);
  expect((await room.get(staff.requester, contract.askForm)).validHours).toBe(6);
  for (const type of ['view', 'copy'] as const) {
    const { requestId, approvalId } = await room.askFor({ type });
    expect((await room.view(staff.leader, approvalId)).details.find(({ title }) => title.zh === '批准有效期')?.value).toMatchObject({ zh: '批准后 6 小时' });
    await room.agree(approvalId, staff.leader);
    expect((await room.see(requestId)).validUntil).toBe(room.clock.now() + 6 * hourMs);
  }
  const back = await room.ask(staff.manager, changeParameter, { body: { name: 'approval_grant_valid_hours', value: 72, roomId: null, from: null, reason: '恢复' } });
  await room.agree(String(back.body['approvalId']), staff.leader);
});

describe('the form says at once what there is', () => {
  test('recorded in full, in part, never', async () => {
    const { from, until } = room.recorded;
    expect((await existing(room.cameraIds.slice(0, 1), until - hourMs, until - 50 * minuteMs)).words).toEqual([{ zh: '01 东门岗：录像完整', en: '01 东门岗: recorded in full' }]);
    const partly = await existing(room.cameraIds.slice(0, 1), from - 20 * minuteMs, from + 10 * minuteMs);
    expect(partly.words).toEqual([{ zh: '01 东门岗：有 10 分钟，缺 20 分钟', en: '01 东门岗: 10 min there, 20 min missing' }]);
    expect(partly.cameras[0]?.recorded).toEqual([{ from, until: from + 10 * minuteMs }]);
    const never = await existing(room.cameraIds.slice(2, 3), until - hourMs, until);
    expect(never).toMatchObject({ something: false, cameras: [{ state: 'none', oldest: null }] });
  });
  test('only footage older than the rules let it be kept is past its days, whatever was set for the camera', async () => {
    const admin = new pg.Client({ connectionString: room.whole.adminUrl });
    await admin.connect();
    try {
      await admin.query("update video.cameras set added_at = added_at - interval '400 days', retention_days = 30");
    } finally {
      await admin.end();
    }
    const ask = async (days: number) => (await existing(room.cameraIds.slice(0, 1), room.recorded.from - days * dayMs, room.recorded.from - days * dayMs + hourMs)).words[0]?.zh;
    expect(await ask(40)).toBe('01 东门岗：这段时间从未录像');
    expect(await ask(100)).toBe('01 东门岗：已超过 90 天保存期，录像已删除');
  });
  test('a span without any footage is no request: the refusal says why', async () => {
    const refused = await room.ask(staff.requester, contract.askFor, { body: room.asked({ cameraIds: [room.cameraIds[2] ?? ''] }) });
    expect(refused).toMatchObject({ status: 400, body: { code: 'evidence.nothing_recorded', zh: '没有可调阅的录像：03 候车厅：这段时间从未录像' } });
    const later = await room.ask(staff.requester, contract.askFor, { body: room.asked({ until: room.clock.now() + hourMs }) });
    expect(later.body.code).toBe('evidence.span_coming');
  });
});

test('from asking to the closed row of the register', async () => {
  const { requestId, number, approvalId } = await room.askFor({ leaderId: null });
  expect(number).toMatch(/^DY-2026-\d{6}$/);
  const asked = await room.view(staff.leader, approvalId);
  expect(asked.details.map(({ title }) => title.zh)).toEqual(['申请编号', '申请人', '摄像机', '录像时间', '地点', '事由类别', '调阅方式', '现有录像', '批准有效期']);
  expect((await room.begin(requestId)).status).toBe(403);

  // Who asked and who decides may open the approval; whoever only carries it out is shown no door that is closed to them.
  expect([await room.see(requestId, staff.requester), await room.see(requestId, staff.leader), await room.see(requestId)].map(({ seesApproval }) => seesApproval)).toEqual([true, true, false]);
  expect((await room.ask(staff.operator, oneApproval, { params: { approvalId } })).status).toBe(403);
  await room.agree(approvalId, staff.leader);
  const ready = await room.see(requestId);
  expect(ready).toMatchObject({ state: 'ready', validUntil: room.clock.now() + 72 * hourMs, can: { begin: true } });
  expect(ready.approvers.map(({ name }) => name)).toEqual(['韩明华']);

  expect(await room.begin(requestId, staff.operator, '保安队长 吴大勇')).toMatchObject({ status: 200 });
  const viewing = await room.see(requestId);
  // The shift of the room ends at 20:00 in Shanghai.
  expect(viewing).toMatchObject({ state: 'viewing', operator: '王建国', writeBackBy: Date.parse('2026-11-22T12:00:00Z'), viewings: [{ operator: '王建国', witness: '保安队长 吴大勇', until: null }] });
  const owed = await room.get(staff.operator, obligations.listObligations, { query: { kind: 'evidence.write_back' } });
  expect(owed.obligations.filter(({ kind }) => kind === 'evidence.write_back')).toMatchObject([{ subject: number, until: viewing.writeBackBy, state: 'available' }]);

  expect((await room.write(requestId, { outcome: null })).body.code).toBe('evidence.result_needed');
  expect((await room.write(requestId)).status).toBe(200);
  const recorded = await room.see(requestId);
  expect(recorded).toMatchObject({ state: 'recorded', late: false, results: [{ outcome: 'found', by: '王建国' }], told: [{ name: '韩明华', answeredAt: null }] });
  expect(recorded.viewings[0]?.until).not.toBeNull();
  expect((await room.view(staff.leader, approvalId)).state).toBe('closed');
  const done = await room.get(staff.operator, obligations.listObligations, { query: { kind: 'evidence.write_back' } });
  expect(done.obligations.filter(({ kind, state }) => kind === 'evidence.write_back' && state === 'available')).toEqual([]);
  const log = await room.get(staff.operator, duty.entries, {});
  expect(log.entries.map(({ text }) => text.zh)).toEqual(expect.arrayContaining([`开始录像调阅 ${number}`, `录像调阅结果 ${number} · 查到 · 14:02 二号推车进入三号门`]));

  expect((await room.ask(staff.manager, contract.closeRequest, { params: { requestId }, body: { remark: '属实' } })).status).toBe(200);
  const { rows } = await room.get(staff.manager, contract.register, { query: { from: room.recorded.from, until: room.clock.now() + dayMs, search: number } });
  expect(rows).toMatchObject([{ number, applicant: '杨丽萍', state: 'closed', opinions: [{ name: '韩明华', decision: 'approve' }], result: { outcome: 'found' }, keeper: '郑静' }]);
  expect((await room.see(requestId)).life.map(({ act }) => act)).toEqual(['submitted', 'approved', 'begun', 'ended', 'written', 'closed']);
});

test('a viewing ends with the time of its grant, whoever forgot to end it', async () => {
  const { requestId, approvalId } = await room.askFor();
  await room.agree(approvalId, staff.leader);
  expect((await room.begin(requestId)).status).toBe(200);
  await room.whole.runJob('evidence.viewings');
  expect((await room.see(requestId)).viewings).toMatchObject([{ until: null }]);
  room.clock.step(5 * hourMs);
  await room.whole.runJob('evidence.viewings');
  expect((await room.see(requestId)).viewings).toMatchObject([{ until: room.clock.now() }]);
});
