/** Stops of recording over HTTP, in a real room with its real database, approvals and signatures; the recorder is played by the test. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { one as viewApproval } from '../../../../../contract/approvals.ts';
import { listAlarms } from '../../../../../contract/notifications.ts';
import * as contract from '../../../../../contract/stops.ts';
import { changeParameter } from '../../../../../contract/parameters.ts';
import * as video from '../../../../../contract/video.ts';
import { hourMs, minuteMs, secondMs } from '../../../base/units.ts';
import { openFootageRoom, staff, type FootageRoom } from '../../evidence/testing/footage-room.ts';
import { openRecorderDesk, type RecorderDesk } from '../storage/testing/recorder-desk.ts';

const administrator = 'linhaitao';
const notice = 25 * hourMs;
let room: FootageRoom;
let desk: RecorderDesk;
let technician: string;
let cameras: readonly string[];

const body = (more: Partial<contract.StopBody> = {}) => ({ scope: 'camera' as const, cameraIds: [cameras[0] ?? ''], from: room.clock.now() + notice, until: room.clock.now() + notice + hourMs, urgent: false, reason: '更换支架', ...more });
const ask = (more: Partial<contract.StopBody> = {}) => room.ask(technician, contract.askStop, { body: body(more) });
const run = (more: { scope?: contract.StopScope; cameraId?: string | null } = {}, account = administrator) => room.ask(account, contract.stopRecording, { body: { scope: 'camera', cameraId: cameras[0] ?? '', ...more } });
const list = () => room.get(technician, contract.listStops);
const configured = (cameraId: string | undefined) => desk.config()?.cameras.find((one) => one.cameraId === cameraId);
const alarms = async (kind: string) => (await room.get(staff.operator, listAlarms)).alarms.filter((one) => one.kind === kind);
/** Asked for and agreed to by both; its window is then a day ahead. */
const grant = async (more: Partial<contract.StopBody> = {}): Promise<string> => {
  const answer = await ask(more);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  await room.agree(String(answer.body['approvalId']), staff.security, staff.leader);
  return (await list()).stops.find((one) => one.approvalId === answer.body['approvalId'])?.stopId ?? '';
};

beforeAll(async () => {
  room = await openFootageRoom();
  await sql`update video.recorders set journal_seq = 0`.execute(room.whole.database.db);
  desk = await openRecorderDesk(room.whole, room.clock);
  cameras = room.cameraIds;
  technician = room.whole.people.find(({ role }) => role === 'technician')?.account ?? '';
});
afterAll(async () => {
  await desk.close();
  await room.whole.close();
});
beforeEach(() => room.rest());

test('[ART-10.1.2 RECORDING] a stop asked for one hour ahead is refused, unless it is marked as urgent, which those who agree see', async () => {
  const soon = { from: room.clock.now() + hourMs, until: room.clock.now() + 2 * hourMs };
  expect(await ask(soon)).toMatchObject({ status: 400, body: { code: 'stops.too_soon', fields: [{ path: 'from' }] } });
  expect((await ask(soon)).body['zh']).toContain('24 小时');
  const urgent = await ask({ ...soon, urgent: true });
  expect(urgent.status).toBe(200);
  expect((await room.get(staff.security, viewApproval, { params: { approvalId: String(urgent.body['approvalId']) } })).summary.zh).toContain('紧急');
});

test('[ART-10.1.3 RECORDING] outside of the approved window recording is not stopped, and a real stop raises an alarm', async () => {
  const stopId = await grant();
  expect((await run()).status).toBe(403); // a day too early
  expect(configured(cameras[0])?.record).toBe(true);
  // What stops all the same is a gap with its alarm.
  desk.tell([
    { kind: 'gap_opened', gapId: `gap_${'a'.repeat(26)}`, cameraId: cameras[0] ?? '', from: room.clock.now(), reason: 'network', detail: '' },
    { kind: 'gap_alarm', gapId: `gap_${'a'.repeat(26)}`, cameraId: cameras[0] ?? '', from: room.clock.now(), reason: 'network' },
  ]);
  await desk.heard();
  expect(await alarms('video.camera_lost')).toMatchObject([{ clearedAt: null }]);
  room.clock.step(notice + 10 * minuteMs);
  expect(await run()).toMatchObject({ status: 200, body: { stopId } });
});

test('[SCH-2.7.1 RECORDING] a stop without an order is refused with 403 and on record; a recorder stopped outside is alarmed within ten seconds', async () => {
  const before = (await room.facts('identity.denied')).length;
  const answer = await run({ cameraId: cameras[1] ?? '' });
  expect(answer.status).toBe(403);
  expect(answer.body['zh']).toContain('获准');
  expect((await room.facts('identity.denied')).length).toBe(before + 1);
  expect(configured(cameras[1])?.record).toBe(true);
  expect(await run({ scope: 'room', cameraId: null })).toMatchObject({ status: 403 });
  expect(await room.ask(administrator, contract.restartRecorder, { body: { reason: '升级' } })).toMatchObject({ status: 403 });
  desk.away = true;
  const killedAt = room.clock.now();
  for (let i = 0; i < 5; i += 1) {
    room.clock.advance(2 * secondMs);
    await desk.asked();
    await room.whole.runJob('room.machine_watch');
  }
  expect(await alarms('video.recorder_away')).toMatchObject([{ clearedAt: null }]);
  expect(room.clock.now() - killedAt).toBeLessThanOrEqual(10 * secondMs);
  desk.away = false;
  await desk.heard();
  await room.whole.runJob('room.machine_watch');
  expect((await alarms('video.recorder_away'))[0]?.clearedAt ?? 0).toBeGreaterThan(0);
});

test('[BRN-A1.2.4 RECORDING] nobody stops recording without an approved request: not the technician, not the administrator, not by retiring a camera', async () => {
  for (const account of [technician, administrator]) expect((await run({ cameraId: cameras[1] ?? '' }, account)).status).toBe(403);
  expect((await run({}, staff.operator)).status).toBe(403);
  expect(await room.ask(administrator, video.removeCamera, { params: { cameraId: cameras[1] ?? '' }, body: { reason: '拆除' } })).toMatchObject({ status: 409, body: { code: 'stops.still_recorded' } });
  await desk.heard();
  expect(configured(cameras[1])?.record).toBe(true);
});

test('a stop runs for its window and no longer, tells the recorder when to record again by itself, and is the same stop afterwards', async () => {
  const stopId = await grant({ cameraIds: [cameras[2] ?? ''] });
  const { from, until } = (await list()).stops.find((one) => one.stopId === stopId) ?? { from: 0, until: 0 };
  room.clock.step(from - room.clock.now() + minuteMs);
  expect((await run({ cameraId: cameras[2] ?? '' }, staff.operator)).status).toBe(403); // no verb
  expect((await run({ cameraId: cameras[2] ?? '' })).status).toBe(200);
  await desk.heard();
  expect(configured(cameras[2])).toMatchObject({ record: false, recordAgainAt: until });
  expect(configured(cameras[1])).toMatchObject({ record: true });
  expect((await run({ cameraId: cameras[2] ?? '' })).body['code']).toBe('stops.running_already');
  expect((await room.facts('video.recording_stopped')).at(-1)?.body).toMatchObject({ stopId, count: 1, until });
  room.clock.step(until - room.clock.now() + secondMs);
  await room.whole.runJob('video.stops_over');
  await desk.heard();
  expect(configured(cameras[2])).toMatchObject({ record: true });
  expect((await list()).stops.find((one) => one.stopId === stopId)).toMatchObject({ state: 'ended', endedAt: until, ending: { zh: '时段结束，自动恢复' } });
  expect((await room.facts('video.recording_resumed')).at(-1)?.body).toMatchObject({ stopId, ending: 'window' });
});

test('a stop of the room stops every camera, ends early by a person, and lets the recorder be restarted on record', async () => {
  const stopId = await grant({ scope: 'room', cameraIds: [] });
  const { from } = (await list()).stops.find((one) => one.stopId === stopId) ?? { from: 0 };
  room.clock.step(from - room.clock.now() + minuteMs);
  expect((await run({ scope: 'room', cameraId: null })).status).toBe(200);
  await desk.heard();
  expect(desk.config()?.cameras.every(({ record }) => !record)).toBe(true);
  expect((await room.ask(technician, contract.restartRecorder, { body: { reason: '升级' } })).status).toBe(200);
  expect(desk.restarts).toBe(1);
  expect((await list()).restarts).toMatchObject([{ reason: '升级' }]);
  expect((await room.facts('video.recorder_restart_ordered')).at(-1)?.body).toMatchObject({ stopId });
  expect((await room.ask(technician, contract.resumeRecording, { params: { stopId } })).status).toBe(200);
  await desk.heard();
  expect(desk.config()?.cameras.every(({ record }) => record)).toBe(true);
  expect((await list()).stops.find((one) => one.stopId === stopId)).toMatchObject({ state: 'ended', ending: { zh: '提前恢复' } });
});

test('a stop that nobody began lapses; one that is too long, over already or forbidden by the rules cannot be asked for', async () => {
  const stopId = await grant({ cameraIds: [cameras[3] ?? ''] });
  room.clock.step(2 * notice);
  await room.whole.runJob('video.stops_over');
  expect((await list()).stops.find((one) => one.stopId === stopId)).toMatchObject({ state: 'lapsed' });
  const from = room.clock.now() + notice;
  const codes = [];
  for (const more of [{ from, until: from + 25 * hourMs }, { from, until: from }, { from: 1_000, until: 2_000, urgent: true }, { cameraIds: [] }, { scope: 'room' as const }, { cameraIds: [`cam_${'a'.repeat(26)}`] }]) codes.push((await ask(more)).body['code']);
  expect(codes).toEqual(['stops.span_wrong', 'stops.span_wrong', 'stops.past', 'stops.cameras_wrong', 'stops.cameras_wrong', 'stops.cameras_wrong']);
  const { approvalId } = await room.get(staff.leader, changeParameter, { body: { name: 'planned_stop_allowed', value: false, roomId: null, from: null, reason: '试' } });
  await room.agree(approvalId, staff.security);
  expect((await ask()).body['code']).toBe('stops.not_allowed');
});

test('a camera that should be recorded and that the recorder does not record is alarmed within ten seconds', async () => {
  const look = async (): Promise<void> => {
    room.clock.advance(2 * secondMs);
    await desk.asked();
    await room.whole.runJob('video.recording_compared');
  };
  desk.states(cameras.slice(1).map((cameraId) => ({ cameraId, state: 'recording' })));
  const since = room.clock.now();
  for (let i = 0; i < 5; i += 1) await look();
  expect(room.clock.now() - since).toBeLessThanOrEqual(10 * secondMs);
  expect((await alarms('video.recording_differs')).map((one) => one.clearedAt)).toEqual([null]);
  expect((await room.facts('video.recording_differs')).map(({ subject }) => subject)).toEqual([cameras[0]]);
  desk.states(cameras.map((cameraId) => ({ cameraId, state: 'recording' })));
  await look();
  expect((await alarms('video.recording_differs'))[0]?.clearedAt ?? 0).toBeGreaterThan(0);
});
