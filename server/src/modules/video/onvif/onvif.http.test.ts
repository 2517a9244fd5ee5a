/** ONVIF through the whole room: tested, added from the network, watched for where it looks and what its clock says. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '../../../../../contract/cameras.ts';
import { listFacts } from '../../../../../contract/ledger.ts';
import * as video from '../../../../../contract/video.ts';
import { goodOnvif, startOnvifDevice, type OnvifDevice } from '../../../../../simulators/onvif/index.ts';
import { openWholeRoom, type WholeRoom } from '../../../app/testing/whole-room.ts';

const password = 'Onvif-Geheim-31';
const lines: string[] = [];
let device: OnvifDevice;
let house: WholeRoom;
let administrator: string;
let auditor: string;
let cameraId: string;
const login = { username: 'admin', password };

beforeAll(async () => {
  device = await startOnvifDevice({ login });
  house = await openWholeRoom({ allowLocal: true, heard: (line) => void lines.push(line) });
  [administrator, auditor] = [await house.signIn('system_administrator'), await house.signIn('auditor')];
  const body = { serviceUrl: device.url, ...login, name: '东门球机', fields: { purpose: 'internal_safety', zoneType: 'gate', position: '东门', viewWords: '看闸机' } };
  ({ cameraId } = await house.get(administrator, contract.addOnvifCamera, { body }));
});
afterAll(async () => {
  await house.close();
  await device.close();
});

const look = async (change: Parameters<OnvifDevice['set']>[0]): Promise<Map<string, contract.RegisterFinding>> => {
  device.set({ ...goodOnvif, login, ...change });
  await house.runJob('video.onvif');
  const row = (await house.get(administrator, contract.listRegister)).cameras.find((one) => one.cameraId === cameraId);
  return new Map(row?.findings.map((one) => [one.code, one]));
};
const factsOf = async (kind: string) => (await house.get(auditor, listFacts, { query: { kind } })).facts;

test('a device from the network is recorded by its main stream and keeps its sub stream; its password is nowhere in clear', async () => {
  const camera = (await house.get(administrator, video.listCameras)).cameras.find((one) => one.cameraId === cameraId);
  expect(camera).toMatchObject({ name: '东门球机', url: 'rtsp://127.0.0.1:8554/gate', username: 'admin', hasPassword: true, record: true });
  const entry = await house.get(administrator, contract.registerEntry, { params: { cameraId } });
  expect(entry).toMatchObject({ subStream: 'rtsp://127.0.0.1:8554/gate/sub', onvif: { manufacturer: 'Vigil', model: 'SIM-PTZ', ptz: true, viewApproved: true } });
  const said = JSON.stringify([entry, camera, await factsOf('video.camera_added'), await factsOf('video.register_written'), lines]);
  expect(said).not.toContain(password);
});

test('the test says in plain words what is wrong, keeps no password, and is a fact', async () => {
  const say = (more: object) => house.get(administrator, contract.testOnvif, { body: { serviceUrl: device.url, ...login, ...more } });
  expect(await say({})).toMatchObject({ outcome: 'ok', main: 'main', sub: 'sub', ptz: true });
  expect(await say({ password: 'falsch' })).toMatchObject({ outcome: 'wrong_password', zh: expect.stringContaining('密码') });
  expect(await say({ serviceUrl: 'http://127.0.0.1:1/' })).toMatchObject({ outcome: 'unreachable' });
  expect(await say({ serviceUrl: 'gopher://x' })).toMatchObject({ outcome: 'address_wrong' });
  const tested = await factsOf('video.onvif_tested');
  expect(tested).toHaveLength(4);
  expect(JSON.stringify(tested)).not.toContain(password);
  const refused = await house.ask(administrator, contract.addOnvifCamera, { body: { serviceUrl: device.url, username: 'admin', password: 'falsch', name: '假', fields: {} } });
  expect(refused).toMatchObject({ status: 409, body: { code: 'cameras.onvif_failed', zh: expect.stringContaining('密码') } });
});

test('[SCH-2.2.1 CAMREG] a camera that was moved raises “view changed” with a fact, and the end of it too', async () => {
  expect((await look({})).has('view_changed')).toBe(false);
  expect((await look({ turn: { pan: 0.4, tilt: 0, zoom: 0 } })).get('view_changed')?.zh).toContain('朝向');
  await look({ turn: { pan: 0.4, tilt: 0, zoom: 0 } });
  expect(await factsOf('video.view_changed')).toHaveLength(1);
  expect((await look({})).has('view_changed')).toBe(false);
  expect(await factsOf('video.view_restored')).toHaveLength(1);
});

test('[RES-4.1.4 CAMREG] a turned camera raises “view changed”, a wrong clock raises “time wrong”', async () => {
  const found = await look({ turn: { pan: 0, tilt: 0.3, zoom: 0 }, clockOffsetMs: 90_000 });
  expect([...found.keys()]).toEqual(expect.arrayContaining(['view_changed', 'time_wrong']));
  expect(found.get('time_wrong')?.zh).toMatch(/相差 (89|90) 秒/);
  expect([...(await look({})).keys()].filter((code) => code === 'view_changed' || code === 'time_wrong')).toEqual([]);
  expect(await factsOf('video.camera_clock_wrong')).toHaveLength(1);
  expect(await factsOf('video.camera_clock_right')).toHaveLength(1);
});

test('[BUS-1.6.3 CAMREG] a camera turned to an area that is not approved stands in the report', async () => {
  expect((await look({ turn: { pan: -0.8, tilt: 0, zoom: 0.5 } })).get('ptz_outside')).toMatchObject({ zh: expect.stringContaining('云台') });
  // The new direction is approved with the picture of its view: from then on the old one is elsewhere.
  const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==';
  await house.get(administrator, contract.keepPicture, { params: { cameraId, kind: 'view' }, body: { picture } });
  expect((await look({ turn: { pan: -0.8, tilt: 0, zoom: 0.5 } })).has('ptz_outside')).toBe(false);
  expect((await look({})).has('ptz_outside')).toBe(true);
});

test('a device that does not answer is said so, and is not taken for one that was turned back', async () => {
  expect((await look({ turn: { pan: 0.9, tilt: 0, zoom: 0 } })).has('view_changed')).toBe(true);
  const found = await look({ webPageOnly: true, turn: { pan: -0.8, tilt: 0, zoom: 0.5 } });
  expect([...found.keys()]).toEqual(expect.arrayContaining(['onvif_away', 'view_changed']));
});
