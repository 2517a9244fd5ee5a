/** A demonstration has a request that waits for the leader, once, as soon as there is footage to ask for. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '../../../contract/evidence.ts';
import { minuteMs } from '../base/units.ts';
import { openFootageRoom, staff, type FootageRoom } from '../modules/evidence/testing/footage-room.ts';

let room: FootageRoom;
beforeAll(async () => {
  room = await openFootageRoom();
});
afterAll(() => room.whole.close());

const requests = async () => (await room.get(staff.operator, contract.requests, { query: { list: 'all' } })).requests;

test('nothing is asked for before it is recorded; then one request waits for the leader, however often it is looked', async () => {
  await room.whole.runJob('room.demonstration_request');
  expect(await requests()).toEqual([]);
  const now = room.clock.now();
  await room.record(room.cameraIds[2] ?? '', now - 10 * minuteMs, now);
  await room.whole.runJob('room.demonstration_request');
  await room.whole.runJob('room.demonstration_request');
  const [one, ...others] = await requests();
  expect(others).toEqual([]);
  expect(one).toMatchObject({ state: 'approving', applicant: '杨丽萍', cameras: ['03 候车厅'] });
  const { approvalId } = await room.see(one?.requestId ?? '');
  expect((await room.view(staff.leader, approvalId)).can['approve']).toBe(true);
});
