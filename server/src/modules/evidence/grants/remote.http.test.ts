/** Footage that the room opens for somebody elsewhere: the requester plays exactly what was approved, from the timeline to the last byte, and nothing once it is over. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { revoke } from '../../../../../contract/approvals.ts';
import * as contract from '../../../../../contract/evidence.ts';
import { changeParameter } from '../../../../../contract/parameters.ts';
import * as video from '../../../../../contract/video.ts';
import { until as waitUntil } from '../../../app/testing/whole-room.ts';
import { dayMs, minuteMs } from '../../../base/units.ts';
import { recordFile, type FootageFile } from '../testing/footage-files.ts';
import { openFootageRoom, staff, type FootageRoom } from '../testing/footage-room.ts';

let room: FootageRoom;
let gate: string;
let hall: string;
let minute: FootageFile;
let beside: FootageFile;

beforeAll(async () => {
  room = await openFootageRoom();
  [gate = '', hall = ''] = room.cameraIds;
  const begin = room.recorded.from - 10 * minuteMs;
  minute = await recordFile(room.whole, room.clock, { cameraId: gate, from: begin, seq: 3_001 });
  beside = await recordFile(room.whole, room.clock, { cameraId: gate, from: begin + minuteMs, seq: 3_002 });
  const { approvalId } = await room.get(staff.leader, changeParameter, { body: { name: 'view_mode', value: 'remote', roomId: null, from: null, reason: '远程查看' } });
  await room.agree(approvalId, staff.security);
});
afterAll(() => room.whole.close());
beforeEach(() => room.rest());

const asks = staff.requester;
const timeline = (cameraId: string) => room.ask(asks, video.timeline, { params: { cameraId }, query: { from: minute.from - dayMs / 2, until: minute.from + dayMs / 2 } });
const open = (of: { cameraId: string; from: number; until: number; clip?: boolean }, account: string = asks) => room.ask(account, video.openPlayback, { body: of });
/** As the page does: the whole hour around, as much of it as the grant covers. */
const openHour = () => open({ cameraId: gate, from: minute.from - 30 * minuteMs, until: minute.from + 30 * minuteMs, clip: true });
const media = (playbackId: string, segmentId: string) => room.take(asks, video.segmentMedia, { params: { playbackId, segmentId } });

test('the requester plays the span that was approved and not a byte beside it; the room ends it', async () => {
  const { requestId, number, approvalId } = await room.askFor({ cameraIds: [gate], from: minute.from, until: minute.until });
  expect(await room.see(requestId, asks)).toMatchObject({ mode: 'remote', can: { begin: { zh: expect.any(String) } } });
  expect((await openHour()).status).toBe(403);
  await room.agree(approvalId, staff.leader);
  // Approved is not opened: the room opens it.
  expect((await openHour()).status).toBe(403);
  expect((await room.begin(requestId)).status).toBe(200);
  expect((await room.see(requestId, asks)).viewings).toMatchObject([{ mode: 'remote', until: null }]);

  const map = await timeline(gate);
  expect(map.status).toBe(200);
  expect((map.body['segments'] as { segmentId: string }[]).map(({ segmentId }) => segmentId)).toEqual([minute.segmentId]);
  expect((await timeline(hall)).status).toBe(403);

  const opened = await openHour();
  expect(opened).toMatchObject({ status: 200, body: { from: minute.from, until: minute.until } });
  const playbackId = String(opened.body['playbackId']);
  const got = await media(playbackId, minute.segmentId);
  expect([got.status, got.bytes.subarray(4, 8).toString()]).toEqual([200, 'ftyp']);
  expect((await media(playbackId, beside.segmentId)).status).not.toBe(200);
  expect((await open({ cameraId: hall, from: minute.from, until: minute.until })).status).toBe(403);
  // It was opened for the requester; who works in the room has no part in it.
  expect((await open({ cameraId: gate, from: minute.from, until: minute.until }, staff.manager)).status).toBe(403);

  expect((await room.ask(staff.operator, contract.endViewing, { params: { requestId } })).status).toBe(200);
  expect((await media(playbackId, minute.segmentId)).status).not.toBe(200);
  expect((await openHour()).status).toBe(403);
  const watched = async () => (await room.facts('video.footage_watched')).filter((fact) => fact.body['playbackId'] === playbackId).map((fact) => fact.body['basis']);
  await waitUntil('what was watched is on record', async () => (await watched()).length > 0);
  expect(await watched()).toEqual([{ zh: `凭申请 ${number}`, en: `under request ${number}` }]);
});

test('a revocation ends it at once', async () => {
  const { requestId, approvalId } = await room.askFor({ cameraIds: [gate], from: minute.from, until: minute.until });
  await room.agree(approvalId, staff.leader);
  await room.begin(requestId);
  const playbackId = String((await openHour()).body['playbackId']);
  expect((await media(playbackId, minute.segmentId)).status).toBe(200);
  await room.get(staff.leader, revoke, { params: { approvalId }, body: { reason: '不再需要' } });
  expect((await media(playbackId, minute.segmentId)).status).not.toBe(200);
  expect((await openHour()).status).toBe(403);
});
