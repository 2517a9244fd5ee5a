/** Live pictures and recording through a real recorder and a real RTSP camera: rights, intervals, gaps. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as video from '../../../contract/video.ts';
import { changePerson, listPeople, signOut } from '../../../contract/identity.ts';
import { listFacts } from '../../../contract/ledger.ts';
import type { LiveNotice } from '../../../contract/live.ts';
import { liveType } from '../../../contract/recorder.ts';
import { startCamera, type OneCamera } from '../../../simulators/camera/index.ts';
import { openWholeRoom, until, type WholeRoom } from './testing/whole-room.ts';

let house: WholeRoom;
let camera: OneCamera;
let administrator: string;
let auditor: string;
let cameraId: string;

beforeAll(async () => {
  camera = await startCamera({ scene: 'gate' });
  house = await openWholeRoom({ cameras: true });
  administrator = await house.signIn('system_administrator');
  auditor = await house.signIn('auditor');
  const body = { name: '行包房', url: camera.url, username: null, password: null, fields: { purpose: 'internal_safety' } };
  ({ cameraId } = await house.get(administrator, video.addCamera, { body }));
});
afterAll(async () => {
  await house.close();
  await camera.close();
});

const factsOf = async (kind: string): Promise<Record<string, unknown>[]> => (await house.get(auditor, listFacts, { query: { kind } })).facts.map((fact) => fact.body);
const stateOf = async (cookie: string): Promise<string> => (await house.get(cookie, video.listCameras)).cameras.find((one) => one.cameraId === cameraId)?.state ?? '';

interface Watching {
  socket: WebSocket;
  notices: LiveNotice[];
  pictures: { type: number; key: boolean }[];
}

const openSocket = async (cookie: string): Promise<Watching> => {
  const socket = new WebSocket(`${house.address.replace('http', 'ws')}/api/live`, { headers: { cookie, host: '127.0.0.1' } });
  const watching: Watching = { socket, notices: [], pictures: [] };
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) watching.pictures.push({ type: data[0]!, key: ((data[3] ?? 0) & 1) === 1 });
    else watching.notices.push(JSON.parse(data.toString()) as LiveNotice);
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return watching;
};

const watch = async (cookie: string): Promise<Watching> => {
  const watching = await openSocket(cookie);
  watching.socket.send(JSON.stringify({ op: 'watch', channel: 7, cameraId }));
  return watching;
};

describe('live pictures', () => {
  test('begin with the configuration and a key frame, and the interval is a fact from the first picture to the last', async () => {
    const operator = await house.signIn('duty_operator');
    await until('the camera records', async () => (await stateOf(operator)) === 'recording');
    const watching = await watch(operator);
    await until('pictures', async () => watching.pictures.filter((one) => one.type === liveType.accessUnit).length > 10);
    expect(watching.pictures.find((one) => one.type !== liveType.state)!.type).toBe(liveType.config);
    expect(watching.pictures.find((one) => one.type === liveType.accessUnit)!.key).toBe(true);
    const [began] = await factsOf('video.watch_began');
    expect(began).toMatchObject({ cameraId });
    watching.socket.close();
    const ended = await until('the end of the interval', async () => (await factsOf('video.watch_ended'))[0]);
    expect(ended).toMatchObject({ watchedId: began!['watchedId'], how: 'window_closed', from: began!['from'] });
    expect(Number(ended['until'])).toBeGreaterThan(Number(ended['from']));
  });

  test('[SEC-4.2 ACCOUNT] without a session the live address is closed', async () => {
    await expect(openSocket('vigil_session=made-up')).rejects.toThrow(/401/);
  });

  test('[SEC-4.3 ACCOUNT] an administrator gets no picture but the reason, and the try is on record', async () => {
    const watching = await watch(administrator);
    const refused = await until('the refusal', async () => watching.notices.find((notice) => notice.op === 'refused'));
    expect(refused).toMatchObject({ channel: 7, refusal: { kind: 'forbidden', zh: expect.stringContaining('值班员') } });
    expect(watching.pictures).toEqual([]);
    expect(await factsOf('identity.denied')).toContainEqual(expect.objectContaining({ what: 'watch', verb: 'video.live.watch' }));
    watching.socket.close();
  });

  test('[TEN-7.1 ACCOUNT] when the right is withdrawn the running picture ends', async () => {
    const monitor = await house.signIn('monitor');
    const watching = await watch(monitor);
    await until('pictures', async () => watching.pictures.length > 3);
    const { people } = await house.get(administrator, listPeople, { query: {} });
    const person = people.find((one) => one.roles.some(({ role }) => role === 'monitor'));
    await house.get(administrator, changePerson, { params: { personId: person!.personId }, body: { roles: ['requester'] } });
    await until('the picture ends', async () => watching.socket.readyState === WebSocket.CLOSED || watching.notices.some((notice) => notice.op === 'ended'));
    await until('the interval ends', async () => (await factsOf('video.watch_ended')).some((fact) => fact['how'] === 'right_ended'));
    expect((await house.ask(monitor, video.listCameras)).status).toBe(403);
  });

  test('one session opens so many windows and no more', async () => {
    const manager = await house.signIn('duty_manager');
    const opened = await Promise.all(Array.from({ length: 32 }, () => openSocket(manager)));
    await expect(openSocket(manager)).rejects.toThrow(/429/);
    opened[0]!.socket.close();
    await until('room for another', async () => openSocket(manager).then((one) => one.socket.readyState === WebSocket.OPEN, () => false));
    for (const { socket } of opened) socket.terminate();
  });

  test('signing out ends the pictures of that window', async () => {
    const leader = await house.signIn('shift_leader');
    const watching = await watch(leader);
    await until('pictures', async () => watching.pictures.length > 3);
    await house.get(leader, signOut);
    await until('the socket closes', async () => watching.socket.readyState === WebSocket.CLOSED);
    expect(watching.notices.some((notice) => notice.op === 'signed_out')).toBe(true);
  });
});

describe('recording', () => {
  test('[BRN-4.3 RECORDING] a camera that stalls is a gap found within ten seconds, alarmed, and closed when it comes back', async () => {
    const operator = await house.signIn('duty_operator');
    await until('the camera records', async () => (await stateOf(operator)) === 'recording');
    camera.control.set({ stalled: true });
    const alarmed = await until('the alarm', async () => (await factsOf('video.gap_alarmed')).find((fact) => fact['cameraId'] === cameraId));
    camera.control.set({ stalled: false });
    const closed = await until('the gap closes', async () => (await factsOf('video.gap_closed')).find((fact) => fact['gapId'] === alarmed['gapId']), 60_000);
    expect(Number(closed['until']) - Number(closed['from'])).toBeGreaterThanOrEqual(9_000);
    const now = Date.now();
    const timeline = await house.get(operator, video.timeline, { params: { cameraId }, query: { from: now - 600_000, until: now } });
    expect(timeline.gaps.map((gap) => gap.gapId)).toContain(alarmed['gapId']);
  });

  test('the camera test says in plain words what is wrong, and shows a picture when nothing is', async () => {
    const good = await house.get(administrator, video.testCamera, { body: { url: camera.url, username: null, password: null } });
    expect(good).toMatchObject({ outcome: 'ok', video: { width: 1280, height: 720 } });
    const path = await house.get(administrator, video.testCamera, { body: { url: camera.url.replace(/\/\w+$/, '/nowhere'), username: null, password: null } });
    expect(path).toMatchObject({ outcome: 'path_unknown', video: null, zh: expect.stringContaining('路径') });
    const closed = await house.get(administrator, video.testCamera, { body: { url: 'rtsp://127.0.0.1:9/x', username: null, password: null } });
    expect(closed.outcome).toBe('port_closed');
    expect((await factsOf('video.camera_tested')).map((fact) => fact['outcome'])).toEqual(expect.arrayContaining(['ok', 'path_unknown', 'port_closed']));
  });

  test('a password that the camera wants is asked for, and a wrong one is told apart from none', async () => {
    camera.control.set({ auth: { scheme: 'digest-sha256', username: 'admin', password: 'right' } });
    const outcome = async (username: string | null, password: string | null) => (await house.get(administrator, video.testCamera, { body: { url: camera.url, username, password } })).outcome;
    expect(await outcome(null, null)).toBe('password_needed');
    expect(await outcome('admin', 'wrong')).toBe('password_wrong');
    expect(await outcome('admin', 'right')).toBe('ok');
    camera.control.set({ auth: null });
  });
});
