/** Clauses of the live wall through real cameras, a real recorder and the socket of a window. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { currentSession } from '../../../contract/identity.ts';
import { listFacts } from '../../../contract/ledger.ts';
import type { LiveNotice } from '../../../contract/live.ts';
import { acknowledgeAlarm, listAlarms } from '../../../contract/notifications.ts';
import * as video from '../../../contract/video.ts';
import * as wall from '../../../contract/wall.ts';
import { startCamera, type OneCamera } from '../../../simulators/camera/index.ts';
import { openWholeRoom, until, type WholeRoom } from './testing/whole-room.ts';

let house: WholeRoom;
let camera: OneCamera;
let operator: string;
let monitor: string;
let cameraId: string;
beforeAll(async () => {
  camera = await startCamera({ scene: 'gate' });
  house = await openWholeRoom({ cameras: true, access: { operateNeedsPost: true } });
  const administrator = await house.signIn('system_administrator');
  const body = { name: '行包房', url: camera.url, username: null, password: null, fields: { purpose: 'internal_safety' } };
  ({ cameraId } = await house.get(administrator, video.addCamera, { body }));
  operator = await house.signIn('duty_operator');
  monitor = await house.signIn('monitor');
  await until('the camera records', async () => (await house.get(operator, video.listCameras)).cameras.find((one) => one.cameraId === cameraId)?.state === 'recording');
});
afterAll(async () => {
  await house.close();
  await camera.close();
});

const facts = async (kind: string) => (await house.get(await house.signIn('auditor'), listFacts, { query: { kind } })).facts;
interface Window {
  socket: WebSocket;
  notices: LiveNotice[];
  pictures: number;
}
const watch = async (cookie: string): Promise<Window> => {
  const socket = new WebSocket(`${house.address.replace('http', 'ws')}/api/live`, { headers: { cookie, host: '127.0.0.1' } });
  const window: Window = { socket, notices: [], pictures: 0 };
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) window.pictures += 1;
    else window.notices.push(JSON.parse(data.toString()) as LiveNotice);
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.send(JSON.stringify({ op: 'watch', channel: 3, cameraId }));
  return window;
};
const alarmsOf = async (kind: string) => (await house.get(operator, listAlarms)).alarms.filter((alarm) => alarm.kind === kind && alarm.cameraId === cameraId);

describe('who may look', () => {
  test('[RES-7.1.1 WALL] staff on shift get the live picture; off shift they get none until they take the post', async () => {
    const on = await watch(operator);
    await until('a picture', async () => on.pictures > 3);
    on.socket.close();
    const off = await watch(monitor);
    const answer = await until('an answer', async () => off.notices.find(({ op }) => op === 'refused'));
    expect(JSON.stringify(answer)).toContain('在岗时才可以');
    expect(off.pictures).toBe(0);
    off.socket.close();
  });

  test('[RES-7.1.2 SNAP] a monitor on shift marks, takes a snapshot and asks a camera to turn, each on record; off shift each is 403', async () => {
    const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==';
    const acts = async () => [
      (await house.ask(monitor, wall.makeBookmark, { body: { cameraId, frameAt: Date.now() - 1_000, kind: 'suspicious', note: '徘徊', source: 'live' } })).status,
      (await house.ask(monitor, video.takeSnapshot, { body: { cameraId, frameAt: Date.now() - 1_000, source: 'live', note: '徘徊', picture } })).status,
      (await house.ask(monitor, wall.turnCamera, { params: { cameraId }, body: { pan: 1, tilt: 0, zoom: 0 } })).status,
    ];
    expect(await acts()).toEqual([403, 403, 403]);
    const { person, room } = await house.get(monitor, currentSession);
    const { posts } = house.room.identity;
    const [post] = await posts.of(house.database.db, room.roomId);
    await house.database.transaction((tx) => posts.take(tx, { postId: post?.postId ?? '', personId: person.personId, actor: { kind: 'process', id: 'test' }, at: Date.now() }));
    // This camera has no motor: the right is there, and the answer is that it does not turn.
    expect(await acts()).toEqual([200, 200, 409]);
    for (const kind of ['video.bookmark_made', 'video.snapshot_taken']) expect((await facts(kind)).at(-1)?.actor.id).toBe(person.personId);
  });
});

describe('how far behind a picture is', () => {
  test('[RES-5.1.2 WALL] a stream that falls behind the allowed delay queues an alarm while somebody watches it, and is over when pictures come in time again', async () => {
    const window = await watch(operator);
    await until('pictures', async () => window.pictures > 10);
    camera.control.set({ stalled: true });
    const [alarm] = await until('the alarm', async () => (await alarmsOf('video.picture_behind')).length > 0 && alarmsOf('video.picture_behind'));
    const [behind] = await facts('video.picture_behind');
    expect(behind?.body).toMatchObject({ cameraId });
    const delayMs = Number(behind?.body['delayMs']);
    expect(delayMs).toBeGreaterThan(2_000);
    expect(delayMs).toBeLessThan(5_000);
    camera.control.set({ stalled: false });
    await until('in time again', async () => (await facts('video.picture_in_time')).length > 0);
    await house.get(operator, acknowledgeAlarm, { params: { alarmId: alarm?.alarmId ?? '' }, body: { text: '已恢复' } });
    window.socket.close();
  });
});
