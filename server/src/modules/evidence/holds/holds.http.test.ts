/** Holds through the whole product: placed with the request, confirmed with the approval, ended, extended, bounded by quota and by the storage. */
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as contract from '../../../../../contract/evidence-holds.ts';
import { askFor, withdrawRequest } from '../../../../../contract/evidence.ts';
import { myNotices } from '../../../../../contract/notifications.ts';
import { dayMs, hourMs, minuteMs } from '../../../base/units.ts';
import { questions as people } from '../../../mechanisms/identity/index.ts';
import { serverActor } from '../../../mechanisms/ledger/index.ts';
import { openFootageRoom, staff, type FootageRoom } from '../testing/footage-room.ts';

let room: FootageRoom;
beforeEach(async () => {
  room = await openFootageRoom();
});
afterEach(() => room.whole.close());

const page = (account: string = staff.security) => room.get(account, contract.listHolds);
const footage = async () => (await sql<{ id: string; cameraId: string; from: number }>`select segment_id as id, camera_id as "cameraId", from_at as "from" from video.segments order by camera_id, from_at`.execute(room.whole.database.db)).rows;
const sweep = () => room.whole.runJob('video.retention');
const personId = async (name: string): Promise<string> => (await people.everybody(room.whole.database.db, room.clock.now())).find((one) => one.name === name)?.personId ?? '';

test('[TEN-6.3 RETENTION] footage is there until its period is over; what is held outlasts it, whole minutes, and goes once it is released', async () => {
  const [cameraId = ''] = room.cameraIds;
  const { from } = room.recorded;
  const whole = await footage();
  // Half a minute of the second and of the third minute.
  const { requestId, approvalId } = await room.askFor({ cameraIds: [cameraId], from: from + 90_000, until: from + 150_000 });
  await room.agree(approvalId, staff.leader);
  room.clock.step(from + 89 * dayMs - room.clock.now());
  await sweep();
  expect(await footage()).toEqual(whole);
  room.clock.step(3 * dayMs);
  await sweep();
  expect((await footage()).map((one) => [one.cameraId, one.from])).toEqual([[cameraId, from + minuteMs], [cameraId, from + 2 * minuteMs]]);
  const { holds } = await page();
  expect(holds).toMatchObject([{ requestId, state: 'confirmed', segments: 2, sizeBytes: 2_000_000, cameras: ['01 东门岗'], requester: { name: '杨丽萍' } }]);
  expect((await room.ask(staff.security, contract.releaseHold, { params: { holdId: holds[0]?.holdId ?? '' }, body: { reason: '' } })).body.code).toBe('evidence.hold_reason_needed');
  expect((await room.ask(staff.security, contract.releaseHold, { params: { holdId: holds[0]?.holdId ?? '' }, body: { reason: '案件已结' } })).status).toBe(200);
  await sweep();
  expect(await footage()).toEqual([]);
  expect((await page()).ended).toMatchObject([{ endedHow: 'released', endedNote: '案件已结', endedBy: '冯国栋' }]);
});

test('held at once with the submission; ended by withdrawal, and by nobody deciding in time, which those who could have decided are told', async () => {
  const first = await room.askFor();
  expect((await page()).holds).toMatchObject([{ number: first.number, state: 'provisional', decideBy: room.clock.now() + 72 * hourMs, owner: null }]);
  expect((await room.ask(staff.requester, withdrawRequest, { params: { requestId: first.requestId }, body: { reason: '已找到' } })).status).toBe(200);
  expect((await page()).ended).toMatchObject([{ number: first.number, endedHow: 'withdrawn' }]);

  const second = await room.askFor();
  const { holdId } = (await page()).holds[0] ?? { holdId: '' };
  const later = room.clock.now() + 100 * hourMs;
  expect((await room.ask(staff.security, contract.extendHold, { params: { holdId }, body: { until: later, reason: '分管领导出差' } })).status).toBe(200);
  room.clock.step(later - room.clock.now() - minuteMs);
  await room.whole.runJob('evidence.holds');
  expect((await page()).holds).toMatchObject([{ number: second.number, state: 'provisional' }]);
  room.clock.step(minuteMs);
  await room.whole.runJob('evidence.holds');
  expect((await page()).holds).toEqual([]);
  const { notices } = await room.get(staff.security, myNotices);
  expect(notices.filter(({ kind }) => kind === 'evidence.hold_undecided').map(({ sentence }) => sentence.zh)).toEqual([expect.stringContaining(`申请 ${second.number} 的临时锁定`)]);
});

test('beyond the quota the refusal says who can extend it, and what they give counts', async () => {
  const [cameraId = '', other = ''] = room.cameraIds;
  const wide = { cameraIds: [cameraId, other], from: room.recorded.from - 12 * hourMs, until: room.recorded.until };
  const refused = await room.ask(staff.requester, askFor, { body: room.asked(wide) });
  expect(refused).toMatchObject({ status: 409, body: { code: 'evidence.hold_quota', zh: expect.stringMatching(/28 路·小时.*上限 24.*安全主管部门、领导可以放宽/) } });
  expect((await page()).holds).toEqual([]);
  const body = { personId: await personId('杨丽萍'), cameraHours: 40, validUntil: room.clock.now() + 3 * dayMs, reason: '调查行包丢失' };
  expect((await room.ask(staff.requester, contract.giveHoldQuota, { body })).status).toBe(403);
  expect((await room.ask(staff.security, contract.giveHoldQuota, { body })).status).toBe(200);
  await room.askFor(wide);
  expect((await room.ask(staff.requester, askFor, { body: room.asked(wide) })).body.code).toBe('evidence.hold_quota');
});

test('a confirmed hold has owner and review; the owner is told when it is due, and a later date needs a reason', async () => {
  const { approvalId } = await room.askFor();
  await room.agree(approvalId, staff.leader);
  const [hold] = (await page()).holds;
  expect(hold).toMatchObject({ state: 'confirmed', decideBy: null });
  const params = { holdId: hold?.holdId ?? '' };
  expect((await room.ask(staff.security, contract.confirmHold, { params, body: { reason: '再确认', ownerId: hold?.owner?.personId ?? '', reviewAt: room.clock.now() + dayMs } })).body.code).toBe('evidence.hold_confirmed');
  room.clock.step((hold?.reviewAt ?? 0) - room.clock.now());
  await room.whole.runJob('evidence.holds');
  await room.whole.runJob('evidence.holds');
  expect(await room.facts('evidence.hold_review_due')).toHaveLength(1);
  expect((await page()).holds[0]?.reviewIsDue).toBe(true);
  expect((await room.ask(staff.security, contract.extendHold, { params, body: { until: room.clock.now() + 91 * dayMs, reason: '案件未结' } })).body.code).toBe('evidence.hold_review_wrong');
  expect((await room.ask(staff.security, contract.extendHold, { params, body: { until: room.clock.now() + 60 * dayMs, reason: '案件未结' } })).status).toBe(200);
  expect((await page()).holds[0]?.reviewIsDue).toBe(false);
});

test('held minutes in front do not keep what lies behind them from its deletion', async () => {
  const [cameraId = '', other = ''] = room.cameraIds;
  // More than a page of the sweep, all older than what nobody holds.
  await room.record(cameraId, room.recorded.from - 10 * hourMs, room.recorded.from);
  const { rows } = await sql<{ held: number }>`select count(*)::int as held from video.segments where camera_id = ${cameraId}`.execute(room.whole.database.db);
  expect(rows[0]?.held).toBeGreaterThan(600);
  const { approvalId } = await room.askFor({ cameraIds: [cameraId], from: room.recorded.from - 10 * hourMs, until: room.recorded.until });
  await room.agree(approvalId, staff.leader);
  room.clock.step(100 * dayMs);
  await sweep();
  const left = await footage();
  expect(left.filter((one) => one.cameraId === other)).toEqual([]);
  expect(left).toHaveLength(rows[0]?.held ?? 0);
});

test('after a restore nothing is deleted for a while: holds placed since the backup are lost and can be placed again', async () => {
  const before = await footage();
  room.clock.step(100 * dayMs);
  const restore = { siteId: room.siteId, lastAnchor: null, persons: ['林海涛', '孙卫东'], reason: '磁盘更换', actor: serverActor };
  await room.whole.database.transaction((tx) => room.whole.room.ledger.recordRestore(tx, restore));
  await sweep();
  expect(await footage()).toEqual(before);
  room.clock.step(72 * hourMs);
  await sweep();
  expect(await footage()).toEqual([]);
});
