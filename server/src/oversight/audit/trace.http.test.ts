/** A leaked picture: from the watermark on it to the person, the time and the entry; and everybody who saw that camera in that span. Real camera, real recorder. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { listViewers, traceWatermark } from '../../../../contract/audit.ts';
import { currentSession } from '../../../../contract/identity.ts';
import { listFacts } from '../../../../contract/ledger.ts';
import type { LiveNotice } from '../../../../contract/live.ts';
import * as video from '../../../../contract/video.ts';
import { startCamera, type OneCamera } from '../../../../simulators/camera/index.ts';
import { openWholeRoom, until, type WholeRoom } from '../../app/testing/whole-room.ts';

const zone = 'Asia/Shanghai';
let house: WholeRoom;
let camera: OneCamera;
let department: string;
let auditor: string;
let cameraId: string;
const began = Date.now();

interface Watching {
  name: string;
  staffNumber: string;
  personId: string;
  close: () => void;
}

/** Opens the wall of a person, until pictures come. */
const watch = async (role: Parameters<WholeRoom['signIn']>[0]): Promise<Watching> => {
  const cookie = await house.signIn(role);
  const { person } = await house.get(cookie, currentSession);
  const socket = new WebSocket(`${house.address.replace('http', 'ws')}/api/live`, { headers: { cookie, host: '127.0.0.1' } });
  let pictures = 0;
  const notices: LiveNotice[] = [];
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) pictures += 1;
    else notices.push(JSON.parse(data.toString()) as LiveNotice);
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.send(JSON.stringify({ op: 'watch', channel: 1, cameraId }));
  await until('pictures', async () => pictures > 3);
  return { name: person.name, staffNumber: person.staffNumber, personId: person.personId, close: () => socket.close() };
};

/** As the pages draw it over every picture. */
const watermarkOf = ({ name, staffNumber }: Watching, at: number): string => {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${name} ${staffNumber} · ${of('month')}-${of('day')} ${of('hour')}:${of('minute')}`;
};

let operator: Watching;
let monitor: Watching;

beforeAll(async () => {
  camera = await startCamera({ scene: 'gate' });
  house = await openWholeRoom({ cameras: true });
  [department, auditor] = await Promise.all([house.signIn('security_department'), house.signIn('auditor')]);
  ({ cameraId } = await house.get(await house.signIn('system_administrator'), video.addCamera, { body: { name: '行包房', url: camera.url, username: null, password: null, fields: { purpose: 'internal_safety' } } }));
  operator = await watch('duty_operator');
  monitor = await watch('monitor');
});
afterAll(async () => {
  operator.close();
  monitor.close();
  await house.close();
  await camera.close();
});

const entriesOf = async (kind: string, personId: string): Promise<number[]> => (await house.get(auditor, listFacts, { query: { kind, actorId: personId } })).facts.map(({ seq }) => seq);

test('[SAF-4.1.4 AUDIT] from a leaked frame the operator and the time are read from the watermark, and the entry of the ledger is found', async () => {
  const text = watermarkOf(operator, Date.now());
  const found = await house.get(department, traceWatermark, { body: { text } });
  expect(found.person).toMatchObject({ name: operator.name, staffNumber: operator.staffNumber });
  expect(Math.abs(found.at - Date.now())).toBeLessThan(120_000);
  expect(found.acts.map(({ seq }) => seq)).toEqual(await entriesOf('video.watch_began', operator.personId));
  expect(found.acts).toMatchObject([{ kind: 'video.watch_began', subject: cameraId, actor: { name: operator.name } }]);
});

test('[COR-4.1.4 AUDIT] the watermark of a screen capture leads to user, time and entry of that camera, and the trace is itself on record', async () => {
  const { acts, person } = await house.get(department, traceWatermark, { body: { text: `${monitor.name} ${watermarkOf(monitor, Date.now()).slice(-11)}`, cameraId } });
  expect(person.personId).toBe(monitor.personId);
  expect(acts).toMatchObject([{ kind: 'video.watch_began', subject: cameraId }]);
  const [traced] = (await house.get(auditor, listFacts, { query: { kind: 'audit.watermark_traced' } })).facts;
  expect(traced?.body).toMatchObject({ personId: monitor.personId, cameraId, found: 1 });
  const nobody = await house.ask(department, traceWatermark, { body: { text: '无此人 0000 · 11-22 02:47' } });
  expect(nobody.body).toMatchObject({ code: 'audit.watermark_unknown' });
  expect((await house.ask(department, traceWatermark, { body: { text: `${operator.name} ${operator.staffNumber}` } })).body).toMatchObject({ code: 'audit.watermark_unreadable' });
});

const viewersIn = async (from: number, to: number) => (await house.get(department, listViewers, { body: { cameraId, from, until: to } })).viewers;

test('[ART-9.5.2 AUDIT] a report of a leak lists everybody who saw that camera in that span, live and in pictures, and nobody else', async () => {
  const at = Date.now();
  const cookie = await house.signIn('duty_operator');
  await house.get(cookie, video.takeSnapshot, { body: { cameraId, frameAt: at, source: 'live', note: '', picture: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2]).toString('base64') } });
  const viewers = await viewersIn(began, Date.now() + 1_000);
  expect(new Set(viewers.filter(({ how }) => how === 'live').map(({ person }) => person.personId))).toEqual(new Set([operator.personId, monitor.personId]));
  expect(viewers.filter(({ how }) => how === 'snapshot')).toMatchObject([{ person: { personId: operator.personId }, from: at }]);
  expect(viewers.every(({ how, until: end }) => how !== 'live' || end === null)).toBe(true);
  expect(await viewersIn(began - 3_600_000, began - 60_000)).toEqual([]);
});

test('[RES-9.2.3 AUDIT] who has ended watching is listed with the end, and not for a later span', async () => {
  monitor.close();
  await until('the end of the watching', async () => (await entriesOf('video.watch_ended', monitor.personId)).length > 0);
  const [one] = (await viewersIn(began, Date.now())).filter(({ person, how }) => person.personId === monitor.personId && how === 'live');
  expect(one?.until).toBeGreaterThan(one?.from ?? Infinity);
  const later = await viewersIn((one?.until ?? 0) + 1, (one?.until ?? 0) + 60_000);
  expect(later.map(({ person }) => person.personId)).not.toContain(monitor.personId);
  expect(later.map(({ person }) => person.personId)).toContain(operator.personId);
  const [listed] = (await house.get(auditor, listFacts, { query: { kind: 'audit.viewers_listed' } })).facts;
  expect(listed).toMatchObject({ subject: cameraId, body: { cameraId } });
});
