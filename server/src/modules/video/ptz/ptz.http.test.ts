/** Turning a camera through the whole room and a device that speaks ONVIF: who may, who comes first, who has it locked. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as cameras from '../../../../../contract/cameras.ts';
import { listFacts } from '../../../../../contract/ledger.ts';
import { listCameras } from '../../../../../contract/video.ts';
import * as contract from '../../../../../contract/wall.ts';
import { startOnvifDevice, type OnvifDevice } from '../../../../../simulators/onvif/index.ts';
import { openWholeRoom, type WholeRoom } from '../../../app/testing/whole-room.ts';

let device: OnvifDevice;
let house: WholeRoom;
let operator: string;
let leader: string;
let manager: string;
let cameraId: string;
beforeAll(async () => {
  const login = { username: 'admin', password: 'Onvif-Geheim-31' };
  device = await startOnvifDevice({ login });
  house = await openWholeRoom({ allowLocal: true });
  const administrator = await house.signIn('system_administrator');
  const body = { serviceUrl: device.url, ...login, name: '东门球机', fields: { purpose: 'internal_safety', zoneType: 'gate', position: '东门', viewWords: '看闸机' } };
  ({ cameraId } = await house.get(administrator, cameras.addOnvifCamera, { body }));
  [operator, leader, manager] = [await house.signIn('duty_operator'), await house.signIn('shift_leader'), await house.signIn('duty_manager')];
});
afterAll(async () => {
  await house.close();
  await device.close();
});

const turn = (cookie: string, change: Partial<{ pan: number; tilt: number; zoom: number }> = { pan: 1 }) => house.ask(cookie, contract.turnCamera, { params: { cameraId }, body: { pan: 0, tilt: 0, zoom: 0, ...change } });
const lock = (cookie: string, minutes: number) => house.ask(cookie, contract.lockPtz, { params: { cameraId }, body: { minutes } });
const state = (cookie: string) => house.get(cookie, contract.seePtz, { params: { cameraId } });
const facts = async (kind: string) => (await house.get(await house.signIn('auditor'), listFacts, { query: { kind } })).facts;

test('an operator turns a camera, the camera moves and stops, and taking it in hand is one fact however often the key repeats', async () => {
  expect(await state(operator)).toEqual({ turns: true, hold: null });
  for (let n = 0; n < 3; n += 1) expect((await turn(operator)).body).toMatchObject({ turns: true, hold: { mine: true, locked: false } });
  expect((await turn(operator, { pan: 0 })).status).toBe(200);
  expect(device.asked.filter((question) => question === 'ContinuousMove')).toHaveLength(3);
  expect(device.asked.at(-1)).toBe('Stop');
  expect(await facts('video.ptz_taken')).toHaveLength(1);
});

test('who is of higher rank takes over, who is not waits; a lock keeps the camera where it looks until it is released', async () => {
  expect((await state(leader)).hold).toMatchObject({ mine: false });
  expect((await turn(leader)).status).toBe(200);
  expect((await turn(operator)).body).toMatchObject({ code: 'ptz.held' });
  expect((await lock(leader, 10)).body).toMatchObject({ hold: { locked: true, mine: true } });
  const refused = await turn(operator);
  expect(refused.body).toMatchObject({ code: 'ptz.locked', zh: expect.stringContaining('10 分钟') });
  // The one who locked it may go on turning; the lock stays.
  expect((await turn(leader)).body).toMatchObject({ hold: { locked: true } });
  expect((await turn(manager)).status).toBe(200);
  expect((await lock(leader, 5)).body['code']).toBe('ptz.held');
  expect((await lock(manager, 0)).body).toMatchObject({ hold: null });
  expect((await turn(operator)).status).toBe(200);
  expect((await facts('video.ptz_locked')).map(({ body }) => body)).toMatchObject([{ cameraId }]);
  expect(await facts('video.ptz_released')).toHaveLength(1);
});

test('a camera without ONVIF does not turn, one that does not answer is said, and who watches nothing turns nothing', async () => {
  const other = (await house.get(operator, listCameras)).cameras.find((one) => one.cameraId !== cameraId)?.cameraId ?? '';
  const still = await house.ask(operator, contract.turnCamera, { params: { cameraId: other }, body: { pan: 1, tilt: 0, zoom: 0 } });
  expect(still.body['code']).toBe('ptz.does_not_turn');
  expect(await house.get(operator, contract.seePtz, { params: { cameraId: other } })).toEqual({ turns: false, hold: null });
  device.set({ ptz: false });
  expect((await turn(operator)).body['code']).toBe('ptz.camera_silent');
  expect((await turn(await house.signIn('auditor'))).status).toBe(403);
});
