/** Receivers of pictures through the whole room: registered consoles and nobody else. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { listFacts } from '../../../../../contract/ledger.ts';
import { listAlarms } from '../../../../../contract/notifications.ts';
import * as video from '../../../../../contract/video.ts';
import * as contract from '../../../../../contract/wall.ts';
import { openWholeRoom, type WholeRoom } from '../../../app/testing/whole-room.ts';
import { ManualClock } from '../../../base/manual-clock.ts';
import { hourMs, minuteMs } from '../../../base/units.ts';

const clock = new ManualClock(Date.parse('2026-11-22T02:47:00Z'));
let house: WholeRoom;
let operator: string;
let administrator: string;
let auditor: string;
let cameraId: string;
beforeAll(async () => {
  house = await openWholeRoom({ clock });
  operator = await house.signIn('duty_operator');
  administrator = await house.signIn('system_administrator');
  auditor = await house.signIn('auditor');
  cameraId = (await house.get(operator, video.listCameras)).cameras[0]?.cameraId ?? '';
});
afterAll(() => house.close());
beforeEach(() => clock.step(2 * minuteMs));

const factsOf = async (kind: string) => (await house.get(auditor, listFacts, { query: { kind } })).facts.map(({ body }) => body);
const play = (cookie: string) => house.ask(cookie, video.openPlayback, { body: { cameraId, from: clock.now() - hourMs, until: clock.now() } });
/** Registers the computer whose cookies these are; answers them with its secret. */
const register = async (name: string, more: { until: number | null; reason: string } = { until: null, reason: '' }) => {
  const made = await house.ask(administrator, contract.registerConsole, { body: { name, ...more } });
  expect(made.status).toBe(200);
  const set = String(made.headers['set-cookie']);
  expect(set).toContain('HttpOnly');
  return { consoleId: String(made.body['consoleId']), cookie: set.split(';')[0] ?? '' };
};
/** What the server answers to a watch. */
const watch = (cookie: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${house.address.replace('http', 'ws')}/api/live`, { headers: { host: '127.0.0.1', cookie } });
    socket.once('error', reject);
    socket.once('open', () => socket.send(JSON.stringify({ op: 'watch', channel: 1, cameraId })));
    socket.on('message', (data: Buffer, isBinary) => {
      // What changed elsewhere is told on the same line.
      if (isBinary || data.toString().startsWith('{"op":"changed"')) return;
      resolve(data.toString());
      socket.close();
    });
  });

test('a room without registered consoles serves whoever may sign in', async () => {
  expect((await play(operator)).status).toBe(200);
  expect(await house.get(administrator, contract.listConsoles)).toEqual({ consoles: [], required: false });
  expect((await house.ask(operator, contract.registerConsole, { body: { name: '私接', until: null, reason: '' } })).status).toBe(403);
});

test('[ART-12.2.2 EGRESS] a stream or a file for an unknown receiver is refused, recorded and alarmed; the registered console gets it', async () => {
  const { cookie, consoleId } = await register('一号台');
  expect(await watch(operator)).toContain('consoles.receiver_unknown');
  expect((await play(operator)).body['code']).toBe('consoles.receiver_unknown');
  expect((await play(`${operator}; vigil_console=${'A'.repeat(43)}`)).status).toBe(403);
  expect(await factsOf('video.receiver_refused')).toMatchObject([{ what: 'live' }]);
  expect((await house.get(operator, listAlarms)).alarms.filter(({ kind }) => kind === 'video.receiver_unknown')).toHaveLength(1);
  const here = `${operator}; ${cookie}`;
  expect(await watch(here)).toContain('"op":"watching"');
  expect((await play(here)).status).toBe(200);
  const { consoles } = await house.get(`${administrator}; ${cookie}`, contract.listConsoles);
  expect(consoles).toMatchObject([{ consoleId, name: '一号台', here: true, until: null }]);
});

test('[TEN-5.2 EGRESS] a receiver off the list gets nothing; one that may for a time gets it until then, and its right ends by itself', async () => {
  expect((await play(operator)).status).toBe(403);
  clock.step(2 * minuteMs);
  const refused = await house.ask(administrator, contract.registerConsole, { body: { name: '访客屏', until: clock.now() + hourMs, reason: '' } });
  expect(refused.body['code']).toBe('consoles.reason_needed');
  const { cookie } = await register('访客屏', { until: clock.now() + 20 * minuteMs, reason: '消防检查期间投屏' });
  const there = `${operator}; ${cookie}`;
  const opened = await play(there);
  expect(opened.status).toBe(200);
  clock.step(19 * minuteMs);
  expect((await play(there)).status).toBe(200);
  clock.step(2 * minuteMs);
  expect((await play(there)).body['code']).toBe('consoles.receiver_unknown');
  const media = await house.ask(there, video.segmentIndex, { params: { playbackId: String(opened.body['playbackId']), segmentId: 'seg_00000000000000000000000000' } });
  expect(media.body['code']).toBe('consoles.receiver_unknown');
});

test('a console that is removed receives nothing more, with its reason in the ledger', async () => {
  const { cookie, consoleId } = await register('二号台');
  expect((await play(`${operator}; ${cookie}`)).status).toBe(200);
  await house.get(administrator, contract.removeConsole, { params: { consoleId }, body: { reason: '电脑报废' } });
  expect((await play(`${operator}; ${cookie}`)).status).toBe(403);
  expect((await factsOf('video.console_removed')).at(-1)).toMatchObject({ name: '二号台', reason: '电脑报废' });
});
