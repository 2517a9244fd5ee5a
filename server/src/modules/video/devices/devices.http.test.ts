/** Channels of a recorder through the whole room and a real recorder process: tested, added in one act, one credential, its state watched. */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '../../../../../contract/cameras.ts';
import { listFacts } from '../../../../../contract/ledger.ts';
import * as video from '../../../../../contract/video.ts';
import { startCamera, type OneCamera } from '../../../../../simulators/camera/index.ts';
import { openWholeRoom, until, type WholeRoom } from '../../../app/testing/whole-room.ts';
import { channelAddresses, readHost } from './patterns.ts';

const password = 'Kanal-Geheim-8';
let camera: OneCamera;
let house: WholeRoom;
let administrator: string;
let address: { brand: 'hikvision'; host: string; port: number; username: string; password: string };

beforeAll(async () => {
  camera = await startCamera({ scene: 'gate' });
  camera.control.set({ auth: { scheme: 'digest-md5', username: 'admin', password } });
  house = await openWholeRoom({ cameras: true });
  administrator = await house.signIn('system_administrator');
  address = { brand: 'hikvision', host: '127.0.0.1', port: Number(new URL(camera.url).port), username: 'admin', password };
});
afterAll(async () => {
  await house.close();
  await camera.close();
});

const device = async () => (await house.get(administrator, contract.listDevices)).devices[0]!;

test('channels are named as their makers name them', () => {
  expect(channelAddresses('hikvision', '10.0.0.8', 554, 16)).toEqual({ main: 'rtsp://10.0.0.8:554/Streaming/Channels/1601', sub: 'rtsp://10.0.0.8:554/Streaming/Channels/1602' });
  expect(channelAddresses('dahua', 'nvr.local', 554, 3).sub).toBe('rtsp://nvr.local:554/cam/realmonitor?channel=3&subtype=1');
  expect(channelAddresses('uniview', 'fd00::8', 8554, 2).main).toBe('rtsp://[fd00::8]:8554/unicast/c2/s0/live');
  expect([readHost(' 10.0.0.8 '), readHost('[fd00::8]'), readHost('a/b'), readHost('x@y'), readHost('10.0.0.8:80:1'), readHost('')]).toEqual(['10.0.0.8', 'fd00::8', null, null, null, null]);
});

test('a channel that is tested says in plain words what is wrong', async () => {
  const say = async (more: object) => (await house.get(administrator, contract.testChannels, { body: { ...address, channels: [1], ...more } })).channels[0]!;
  const wrong = await until('the recorder is there', async () => {
    const answer = await house.ask(administrator, contract.testChannels, { body: { ...address, password: 'falsch', channels: [1] } });
    return answer.status === 200 ? contract.testChannels.response.parse(answer.body).channels[0] : null;
  });
  expect(wrong).toMatchObject({ channel: 1, zh: expect.stringContaining('码流路径') });
  expect(JSON.stringify(wrong)).not.toContain('falsch');
  expect((await say({ port: 1 })).outcome).not.toBe('ok');
  expect((await house.ask(administrator, contract.testChannels, { body: { ...address, host: 'a b', channels: [1] } })).body['code']).toBe('cameras.host_wrong');
});

test('a recorder is added with its channels in one act, all or none, and its password is sealed for each', async () => {
  const channels = [{ channel: 1, name: '一号通道', purpose: 'internal_safety', zoneType: 'hall' }, { channel: 2, name: '二号通道', purpose: 'internal_safety' }];
  const forbidden = await house.ask(administrator, contract.addDevice, { body: { ...address, name: '一号楼录像机', channels: [channels[0]!, { ...channels[1]!, zoneType: 'toilet' }] } });
  expect(forbidden.body['code']).toBe('cameras.zone_forbidden');
  expect((await house.get(administrator, contract.listDevices)).devices).toEqual([]);
  const { cameraIds } = await house.get(administrator, contract.addDevice, { body: { ...address, name: '一号楼录像机', channels } });
  expect(cameraIds).toHaveLength(2);
  const rows = (await house.get(administrator, contract.listRegister)).cameras.filter((one) => cameraIds.includes(one.cameraId));
  expect(rows.map(({ name, device: of, active }) => [name, of?.name, of?.channel, active])).toEqual([['一号通道', '一号楼录像机', 1, true], ['二号通道', '一号楼录像机', 2, true]]);
  expect((await house.get(administrator, video.listCameras)).cameras.find((one) => one.cameraId === cameraIds[1])).toMatchObject({ url: `rtsp://127.0.0.1:${address.port}/Streaming/Channels/201`, hasPassword: true, username: 'admin' });
  expect((await house.ask(administrator, contract.addDevice, { body: { ...address, name: '又一台', channels } })).body['code']).toBe('cameras.device_known');
  expect((await house.ask(administrator, contract.addDevice, { body: { ...address, port: address.port + 1, name: '又一台', channels: [channels[0]!, channels[0]!] } })).body['code']).toBe('cameras.channel_twice');
  const seen = await house.get(await house.signIn('duty_operator'), contract.listDevices);
  expect(seen.devices[0]).toMatchObject({ host: null, username: null });
});

test('its one credential is changed for the device and all its channels; who was overtaken is told', async () => {
  const { deviceId, rowVersion } = await device();
  await house.get(administrator, contract.changeDeviceCredential, { params: { deviceId }, body: { username: 'viewer', password: 'Neu-8', rowVersion } });
  const { channels } = await device();
  const cameras = (await house.get(administrator, video.listCameras)).cameras.filter(({ cameraId }) => channels.some((one) => one.cameraId === cameraId));
  expect(cameras.map(({ username }) => username)).toEqual(['viewer', 'viewer']);
  expect((await house.ask(administrator, contract.changeDeviceCredential, { params: { deviceId }, body: { username: null, password: null, rowVersion } })).body['code']).toBe('cameras.entry_moved');
});

/** A recorder that answers OPTIONS with what it is told to. */
const startAnswering = async (answer: () => string): Promise<{ port: number; close: () => Promise<void> }> => {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    socket.on('data', () => socket.write(answer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};

test('it is watched by itself: state with its age and its reason, and each turn is a fact', async () => {
  let says = 'RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\n\r\n';
  const answering = await startAnswering(() => says);
  const { deviceId } = await house.get(administrator, contract.addDevice, { body: { ...address, port: answering.port, name: '二号楼录像机', channels: [{ channel: 1, name: '楼道', purpose: 'internal_safety' }] } });
  const look = async () => {
    await house.runJob('video.devices');
    return (await house.get(administrator, contract.listDevices)).devices.find((one) => one.deviceId === deviceId)!;
  };
  expect((await house.get(administrator, contract.listDevices)).devices.find((one) => one.deviceId === deviceId)).toMatchObject({ state: 'unknown', checkedAt: null });
  const there = await look();
  expect(there).toMatchObject({ state: 'reachable', why: null });
  expect(there.checkedAt).not.toBeNull();
  says = 'HTTP/1.1 400 Bad Request\r\n\r\n';
  expect(await look()).toMatchObject({ state: 'unreachable', why: { zh: expect.stringContaining('不是视频服务') } });
  await answering.close();
  expect(await look()).toMatchObject({ state: 'unreachable', why: { zh: expect.stringContaining('拒绝连接') } });
  const auditor = await house.signIn('auditor');
  const told = async (kind: string) => (await house.get(auditor, listFacts, { query: { kind } })).facts.length;
  expect([await told('video.device_away'), await told('video.device_back')]).toEqual([1, 0]);
});
