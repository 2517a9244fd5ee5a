/** Figures of recording from a real camera through a real recorder: what is lost shows at once, by camera, for the room, and equals the timeline. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { readFigures } from '../../../../contract/compliance.ts';
import { listFacts } from '../../../../contract/ledger.ts';
import { listAlarms } from '../../../../contract/notifications.ts';
import * as video from '../../../../contract/video.ts';
import { startCamera, type OneCamera } from '../../../../simulators/camera/index.ts';
import { openWholeRoom, until, type WholeRoom } from '../../app/testing/whole-room.ts';

type Figures = z.output<typeof readFigures.response>;
let house: WholeRoom;
let camera: OneCamera;
let manager: string;
let operator: string;
let auditor: string;
let cameraId: string;
let before: Figures;
let during: Figures;
let after: Figures;
let gapId: string;

const look = (): Promise<Figures> => house.get(manager, readFigures, { query: { until: Date.now() } });
const ours = (figures: Figures) => figures.cameras.find((one) => one.cameraId === cameraId);
const figureOf = (figures: Figures, key: string) => figures.figures.find((one) => one.key === key);
const gapFacts = async (kind: string) => (await house.get(auditor, listFacts, { query: { kind, subject: undefined } })).facts.filter(({ body }) => body['cameraId'] === cameraId);

beforeAll(async () => {
  camera = await startCamera({ scene: 'gate' });
  house = await openWholeRoom({ cameras: true });
  [manager, operator, auditor] = await Promise.all([house.signIn('room_manager'), house.signIn('duty_operator'), house.signIn('auditor')]);
  ({ cameraId } = await house.get(await house.signIn('system_administrator'), video.addCamera, { body: { name: '行包房', url: camera.url, username: null, password: null, fields: { purpose: 'internal_safety' } } }));
  const recorded = async () => (await house.get(operator, video.listCameras)).cameras.find((one) => one.cameraId === cameraId)?.state === 'recording';
  await until('the camera records', recorded);
  await until('no gap is left from the start', async () => ours(await look())?.lostNow === false);
  before = await look();
  camera.control.set({ stalled: true });
  gapId = await until('the gap', async () => {
    const found = (await gapFacts('video.gap_alarmed'))[0]?.body['gapId'];
    return typeof found === 'string' ? found : null;
  });
  during = await look();
  camera.control.set({ stalled: false });
  await until('the gap is over', async () => (await gapFacts('video.gap_closed')).some(({ body }) => body['gapId'] === gapId), 60_000);
  after = await look();
}, 180_000);
afterAll(async () => {
  await house.close();
  await camera.close();
});

test('[SEC-6.5 DASH] while a camera is lost the room counts as degraded and its availability falls', () => {
  expect(before.degraded ?? []).not.toContain(ours(before)?.label);
  expect(during.degraded).toContain(ours(during)?.label);
  expect(figureOf(during, 'room_available_percent')?.value).toBeLessThan(figureOf(before, 'room_available_percent')?.value ?? 0);
  expect(after.degraded ?? []).not.toContain(ours(after)?.label);
});

test('[SAF-3.1.4 DASH] a stopped camera lowers its availability accordingly, and under the target it is flagged', () => {
  const [was, is] = [ours(before), ours(during)];
  expect(is?.lostNow).toBe(true);
  expect(is?.percent).toBeLessThan(was?.percent ?? 0);
  expect(is?.percent).toBeLessThan(99);
  expect(is?.below).toBe(true);
});

test('[COR-2.1.5 DASH] a cut lowers the completeness of that camera by its length and stands in its list of gaps', async () => {
  const closed = (await gapFacts('video.gap_closed')).find(({ body }) => body['gapId'] === gapId);
  const [from, end] = [Number(closed?.body['from']), Number(closed?.body['until'])];
  expect(end - from).toBeGreaterThan(9_000);
  expect(ours(after)?.gaps.find((gap) => gap.gapId === gapId)).toMatchObject({ from, until: end });
  expect(ours(after)?.below).toBe(true);
});

test('[COR-2.1.5 RECORDING] the completeness of the data of a camera falls with a cut of what it sends, and the cut is listed with its length', async () => {
  expect(ours(after)?.percent).toBeLessThan(ours(before)?.percent ?? 0);
  const listed = ours(after)?.gaps.find((gap) => gap.gapId === gapId);
  const { gaps } = await house.get(operator, video.timeline, { params: { cameraId }, query: { from: after.until - 600_000, until: after.until } });
  const cut = gaps.find((gap) => gap.gapId === gapId);
  expect(listed).toMatchObject({ from: cut?.from, until: cut?.until });
  expect((listed?.until ?? 0) - (listed?.from ?? 0)).toBeGreaterThan(9_000);
  expect(ours(after)?.below).toBe(true);
});

test('[COR-3.2.1 RECORDING] a camera that sends nothing to its recorder is alarmed within ten seconds of the cut', async () => {
  const [alarmed] = (await gapFacts('video.gap_alarmed')).filter(({ body }) => body['gapId'] === gapId);
  const lateMs = (alarmed?.at ?? 0) - Number(alarmed?.body['from']);
  expect(lateMs).toBeGreaterThan(0);
  // The limit, and the second in which it is looked at.
  expect(lateMs).toBeLessThanOrEqual(12_000);
  const { alarms } = await house.get(manager, listAlarms);
  expect(alarms.find((one) => one.kind === 'video.camera_lost' && one.cameraId === cameraId)).toBeDefined();
});

test('[ART-13.2.2 DASH] uptime on the board equals that of the timeline for the same span, and a drop under the target is flagged', async () => {
  const [added] = (await house.get(auditor, listFacts, { query: { kind: 'video.camera_added', subject: cameraId } })).facts;
  const addedAt = added?.at ?? 0;
  const { gaps } = await house.get(operator, video.timeline, { params: { cameraId }, query: { from: addedAt, until: after.until } });
  const lost = gaps.reduce((sum, gap) => sum + Math.max(0, Math.min(gap.until ?? after.until, after.until) - Math.max(gap.from, addedAt)), 0);
  expect(ours(after)?.percent).toBeCloseTo(100 * (1 - lost / (after.until - addedAt)), 1);
  expect(figureOf(after, 'room_available_percent')).toMatchObject({ missed: true, target: 99, targetFrom: 'availability_target_percent' });
  expect(figureOf(after, 'room_available_percent')?.facts.length).toBeGreaterThan(0);
});
