/** Clauses that approvals serve, proved through people's own hands. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '../../../../contract/approvals.ts';
import { dayMs } from '../../base/units.ts';
import { bodyDigest, questions } from './index.ts';
import { openApprovalsRoom, type ApprovalsRoom } from './testing/room.ts';
import { sampleKinds, sampleVerbs } from './testing/sample-kinds.ts';

let room: ApprovalsRoom;
beforeAll(async () => {
  room = await openApprovalsRoom(sampleKinds().kinds, [sampleVerbs]);
});
afterAll(() => room.closeAll());

test('[SEC-8.1 PROFILE] an adjustment of a clause is an approved, dated version: it holds once others signed it, for its period, and stays readable after', async () => {
  const { database, clock } = room;
  const caller = await room.callerOf('wangjianguo');
  const from = clock.now();
  const body = { clause: 'SEC-8.1', instead: '加密巡看', from, until: from + 2 * dayMs };
  const { approvalId } = await room.get('wangjianguo', contract.submit, { body: { kind: 'approvals.exemption', body, reason: '设备检修' } });
  const inForce = async (at: number) => (await questions.granted(database.db, 'approvals.exemption', caller.roomId, at)).map((one) => one.approvalId);

  await room.decide('sunweidong', approvalId, 'approve');
  expect(await inForce(clock.now())).toEqual([]); // one of two has signed
  await room.decide('hanminghua', approvalId, 'approve');
  const grantedAt = clock.now();
  expect(await inForce(grantedAt)).toEqual([approvalId]);
  expect(await inForce(grantedAt - 1)).toEqual([]);

  clock.step(3 * dayMs);
  await room.approvals.sweep();
  expect(await inForce(clock.now())).toEqual([]);
  const old = await room.view('wangjianguo', approvalId);
  expect(old).toMatchObject({ state: 'closed', validUntil: body.until, body });
  expect(old.steps.flatMap(({ seats }) => seats.map(({ signature }) => signature?.verified))).toEqual([true, true]);
  expect(await questions.isApproved(database.db, approvalId, bodyDigest(body), grantedAt + dayMs)).toBe(true);
  expect(await questions.isApproved(database.db, approvalId, bodyDigest(body), body.until)).toBe(false);
});

test('[SEC-8.1 PROFILE] there is no exemption from what is no clause in force here', async () => {
  const from = room.clock.now();
  const asked = await room.ask('wangjianguo', contract.submit, { body: { kind: 'approvals.exemption', body: { clause: '随便写的', instead: '加密巡看', from, until: from + dayMs }, reason: '试试' } });
  expect(asked).toMatchObject({ status: 400, body: { code: 'approvals.exemption_clause', fields: [{ path: 'body.clause', en: '"随便写的" is no clause in force here: choose one from the list.' }] } });
  const { kinds, clauses } = await room.get('wangjianguo', contract.kinds, {});
  expect(kinds.find(({ kind }) => kind === 'approvals.exemption')?.fields[0]).toMatchObject({ key: 'clause', type: 'clause' });
  expect(clauses).toEqual([{ id: 'SEC-8.1', zh: '重点部位双人值守', en: 'two persons at key places' }]);
});

test('[SEC-8.1 PROFILE] an adjustment that several must agree to does not pass with one of their signatures', async () => {
  const { approvalId } = await room.get('wangjianguo', contract.submit, { body: { kind: 'sample.in_order', body: { what: '延长时限' }, reason: '需要' } });
  expect((await room.decide('sunweidong', approvalId, 'approve')).body).toEqual({ state: 'pending' });
  expect((await room.decide('fengguodong', approvalId, 'approve')).body).toEqual({ state: 'pending' });
  expect((await room.decide('hanminghua', approvalId, 'approve')).body).toEqual({ state: 'approved' });
});
