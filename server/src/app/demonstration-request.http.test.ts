/** A demonstration has a request that waits for the leader, once, as soon as there is footage to ask for. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '../../../contract/evidence.ts';
import { readClause } from '../../../contract/compliance.ts';
import { openPlayback } from '../../../contract/video.ts';
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

test('once it is finished the clause board shows what it proved, with the facts behind it; before, nothing of it is satisfied', async () => {
  const clauses = ['BRN-7.1', 'BRN-7.3', 'BRN-7.4', 'BRN-7.5'];
  // One after the other: whoever asks signs in once.
  const states = async () => {
    const found = [];
    for (const clauseId of clauses) found.push((await room.get(staff.security, readClause, { params: { clauseId } })).clause);
    return found;
  };
  expect((await states()).map(({ state }) => state)).not.toContain('satisfied');
  const [one] = await requests();
  const { requestId, approvalId, cameraIds, from, until } = await room.see(one?.requestId ?? '');
  await room.agree(approvalId, staff.leader);
  expect((await room.begin(requestId)).status).toBe(200);
  expect((await room.ask(staff.operator, openPlayback, { body: { cameraId: cameraIds[0] ?? '', from, until } })).status).toBe(200);
  expect((await room.write(requestId)).status).toBe(200);
  expect((await room.ask(staff.manager, contract.closeRequest, { params: { requestId }, body: { remark: '属实' } })).status).toBe(200);
  room.rest();
  const shown = await states();
  expect(shown.map(({ id, state }) => `${id} ${state}`)).toEqual(clauses.map((id) => `${id} satisfied`));
  for (const { id, evidence } of shown) expect(evidence, id).toBeGreaterThan(0);
});
