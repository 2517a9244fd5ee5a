/** Small streams through a real recorder and a real RTSP camera: who may, what is noted, and that only the main stream is recorded. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { listFacts } from '../../../../../contract/ledger.ts';
import type { LiveNotice, LiveStreamName } from '../../../../../contract/live.ts';
import { liveType, type LiveConfig } from '../../../../../contract/recorder.ts';
import * as video from '../../../../../contract/video.ts';
import * as wall from '../../../../../contract/wall.ts';
import { startCamera, type OneCamera } from '../../../../../simulators/camera/index.ts';
import { openWholeRoom, until, type WholeRoom } from '../../../app/testing/whole-room.ts';
import type { RegisterTables } from '../register/store.ts';

let house: WholeRoom;
let camera: OneCamera;
let administrator: string;
let operator: string;
let auditor: string;
let cameraId: string;

beforeAll(async () => {
  camera = await startCamera({ scene: 'gate' });
  house = await openWholeRoom({ cameras: true });
  [administrator, operator, auditor] = [await house.signIn('system_administrator'), await house.signIn('duty_operator'), await house.signIn('auditor')];
  const body = { name: '行包房', url: camera.url, subUrl: `${camera.url}/sub`, username: null, password: null, fields: { purpose: 'internal_safety' } };
  ({ cameraId } = await house.get(administrator, video.addCamera, { body }));
});
afterAll(async () => {
  await house.close();
  await camera.close();
});

const seen = async (cookie = operator) => (await house.get(cookie, video.listCameras)).cameras.find((one) => one.cameraId === cameraId);
const factsOf = async (kind: string) => (await house.get(auditor, listFacts, { query: { kind } })).facts.map(({ body }) => body);

interface Watching {
  notices: LiveNotice[];
  /** Width of the stream as it was announced, and pictures since. */
  width: number | null;
  pictures: number;
  ask(request: object): void;
  close(): void;
}
const openLine = async (cookie: string): Promise<Watching> => {
  const socket = new WebSocket(`${house.address.replace('http', 'ws')}/api/live`, { headers: { cookie, host: '127.0.0.1' } });
  const watching: Watching = { notices: [], width: null, pictures: 0, ask: (request) => socket.send(JSON.stringify(request)), close: () => socket.close() };
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) watching.notices.push(JSON.parse(data.toString()) as LiveNotice);
    else if (data[0] === liveType.config) watching.width = (JSON.parse(data.subarray(3).toString()) as LiveConfig).width;
    else if (data[0] === liveType.accessUnit) watching.pictures += 1;
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return watching;
};
const watch = async (cookie: string, stream: LiveStreamName): Promise<Watching> => {
  const watching = await openLine(cookie);
  watching.ask({ op: 'watch', channel: 3, cameraId, stream });
  return watching;
};
const heard = <O extends LiveNotice['op']>(watching: Watching, op: O) => until(op, async () => watching.notices.find((notice): notice is Extract<LiveNotice, { op: O }> => notice.op === op));

test('who asks for the small stream gets the small stream, the interval says so, and the large one goes on being recorded', async () => {
  const recorded = await until('the camera records', async () => {
    const now = await seen();
    return now?.state === 'recording' && now.width !== null ? now : null;
  });
  expect(recorded).toMatchObject({ subStream: true });
  const [small, large] = [await watch(operator, 'sub'), await watch(operator, 'main')];
  await until('pictures of both', async () => small.pictures > 20 && large.pictures > 20);
  expect([small.width, large.width]).toEqual([640, recorded.width]);
  expect(recorded.width).toBeGreaterThan(640);
  expect(await heard(small, 'watching')).toMatchObject({ stream: 'sub' });
  const began = await factsOf('video.watch_began');
  expect(began.map((fact) => fact['stream']).toSorted()).toEqual(['main', 'sub']);
  expect(await seen()).toMatchObject({ state: 'recording', width: recorded.width });
  small.ask({ op: 'unwatch', channel: 3 });
  expect(await heard(small, 'ended')).toMatchObject({ reason: 'unwatched' });
  const own = began.find((fact) => fact['stream'] === 'sub');
  expect((await factsOf('video.watch_ended')).find((fact) => fact['watchedId'] === own?.['watchedId'])).toMatchObject({ stream: 'sub', how: 'unwatched' });
  for (const line of [small, large]) line.close();
});

test('the small stream is no way around a right: no right, a covered wall and an unknown computer end it as they end the large one', async () => {
  const refused = await watch(administrator, 'sub');
  expect(await heard(refused, 'refused')).toMatchObject({ refusal: { kind: 'forbidden' } });
  const watching = await watch(operator, 'sub');
  await until('pictures', async () => watching.pictures > 0);
  await house.get(operator, wall.coverWall, { body: { covered: true, at: Date.now() } });
  expect(await heard(watching, 'ended')).toMatchObject({ reason: 'covered' });
  await house.get(operator, wall.coverWall, { body: { covered: false, at: Date.now() } });
  const { consoleId } = await house.get(administrator, wall.registerConsole, { body: { name: '一号台', until: null, reason: '' } });
  const stranger = await watch(operator, 'sub');
  expect(await heard(stranger, 'refused')).toMatchObject({ refusal: { code: 'consoles.receiver_unknown' } });
  expect([refused.pictures, stranger.pictures]).toEqual([0, 0]);
  await house.get(administrator, wall.removeConsole, { params: { consoleId }, body: { reason: '测试完毕' } });
  for (const line of [refused, watching, stranger]) line.close();
});

test('a small stream that cannot be had ends with its reason, on the screen and in the ledger, and recording goes on', async () => {
  await house.get(administrator, video.changeCamera, { params: { cameraId }, body: { subUrl: `${camera.url}/third` } });
  expect((await factsOf('video.camera_changed')).at(-1)).toMatchObject({ changed: ['subStream'] });
  const watching = await watch(operator, 'sub');
  expect(await heard(watching, 'ended')).toMatchObject({ reason: 'sub_unavailable' });
  await until('the end of the interval', async () => (await factsOf('video.watch_ended')).some((fact) => fact['how'] === 'sub_unavailable' && fact['stream'] === 'sub'));
  expect(watching.pictures).toBe(0);
  watching.ask({ op: 'watch', channel: 4, cameraId });
  await until('pictures of the large one', async () => watching.pictures > 0);
  expect(await seen()).toMatchObject({ state: 'recording' });
  watching.close();
});

test('its address leads to the same device, stands sealed, and is taken away again', async () => {
  const change = (subUrl: string | null) => house.ask(administrator, video.changeCamera, { params: { cameraId }, body: { subUrl } });
  expect((await change('rtsp://192.168.9.9/ch2')).body).toMatchObject({ code: 'video.sub_elsewhere', fields: [{ path: 'subUrl' }] });
  expect((await change(`${camera.url}/user=admin_password=Geheim81_stream=1`)).status).toBe(200);
  const row = await house.database.db.$extendTables<RegisterTables>().selectFrom('video.camera_register').selectAll().where('camera_id', '=', cameraId).executeTakeFirstOrThrow();
  expect(JSON.stringify([row, row.sub_address_sealed?.toString('latin1'), await factsOf('video.camera_changed')])).not.toContain('Geheim81');
  const shown = String(row.sub_shown_url);
  const before = (await factsOf('video.camera_changed')).length;
  expect([(await change(shown)).status, (await factsOf('video.camera_changed')).length]).toEqual([200, before]);
  expect((await change(null)).status).toBe(200);
  expect(await seen()).toMatchObject({ subStream: false });
  const watching = await watch(operator, 'sub');
  expect(await heard(watching, 'ended')).toMatchObject({ reason: 'sub_unavailable' });
  watching.close();
});
