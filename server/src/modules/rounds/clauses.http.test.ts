/** The parts of the clauses that watch rounds serve: real live pictures on a real socket, marks, turns that end. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { duty, entries, register as dutyRegister, signOn } from '../../../../contract/duty.ts';
import { listAlarms, oneKeyAlarm } from '../../../../contract/notifications.ts';
import * as contract from '../../../../contract/rounds.ts';
import { until } from '../../app/testing/whole-room.ts';
import { hourMs, minuteMs, secondMs } from '../../base/units.ts';
import { openHealthRoom, type HealthRoom } from '../health/testing/health-room.ts';

const names = ['金库', '东门', '大厅', '机房', '车库', '通道', '仓库'];
let house: HealthRoom;
let operator: string;
let leader: string;
let postId: string;
beforeAll(async () => {
  house = await openHealthRoom(Object.fromEntries(names.map((name) => [name, ''])));
  await signInAgain();
  const { posts } = await house.get(operator, duty);
  postId = posts[0]?.postId ?? '';
  await house.get(operator, signOn, { params: { postId } });
}, 180_000);
afterAll(() => house.close());

const signInAgain = async (): Promise<void> => {
  [operator, leader] = [await house.signIn('duty_operator'), await house.signIn('shift_leader')];
};
const position = async (name: string, post: string | null = null): Promise<string> => (await house.get(leader, contract.addPosition, { body: { cameraId: house.camera(name).cameraId, name, postId: post } })).positionId;
const mark = (positionId: string, form: { mark: contract.Mark; text?: string } = { mark: 'observed' }) => house.ask(operator, contract.setMark, { params: { positionId }, body: form });
/** Has the picture really on the screen for the time. */
const watch = async (name: string, seconds: number): Promise<void> => {
  const socket = new WebSocket(`${house.address.replace('http', 'ws')}/api/live`, { headers: { cookie: operator, host: '127.0.0.1' } });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  let pictures = 0;
  socket.on('message', (_data, isBinary) => {
    if (isBinary) pictures += 1;
  });
  socket.send(JSON.stringify({ op: 'watch', channel: 3, cameraId: house.camera(name).cameraId }));
  await until('a picture', async () => pictures > 2);
  // The clock of the room goes on while the picture is there.
  house.later(seconds * secondMs);
  socket.close();
  await until('the end of the interval', async () => {
    const watched = await house.get(leader, contract.round);
    return watched.now > 0 && (await house.database.db.selectNoFrom((b) => b.val(1).as('one')).execute()).length === 1 && socket.readyState === WebSocket.CLOSED;
  });
};
const pass = async (ms: number): Promise<void> => {
  house.later(ms);
  await signInAgain();
  await house.runJob('rounds.turns');
};
const coverage = (hours = 24) => house.get(leader, contract.coverage, { query: { hours } });

test('[COR-2.2.1 ROUNDS] only who had the live picture on the screen marks it, and the record shows who watched and how long', async () => {
  const positionId = await position('东门');
  expect((await mark(positionId)).body).toMatchObject({ code: 'rounds.not_watched' });
  await watch('东门', 20);
  expect(await mark(positionId)).toMatchObject({ status: 200, body: { rushed: false } });
  const { marks } = await house.get(leader, contract.marks);
  expect(marks[0]).toMatchObject({ name: '东门', mark: 'observed', by: expect.any(String), rushed: false });
  expect(marks[0]?.watchedSeconds).toBeGreaterThanOrEqual(20);
}, 60_000);

test('[RES-4.2.2 ROUNDS] the mark of something abnormal is a line of the log with camera and time', async () => {
  const positionId = await position('大厅');
  await watch('大厅', 10);
  expect((await mark(positionId, { mark: 'abnormal' })).body).toMatchObject({ code: 'rounds.text_needed' });
  const answer = await mark(positionId, { mark: 'abnormal', text: '有人翻越护栏' });
  expect(answer.status).toBe(200);
  const lines = (await house.get(operator, entries)).entries;
  expect(lines.find(({ entryId }) => entryId === answer.body['entryId'])).toMatchObject({ source: 'person', cameraId: house.camera('大厅').cameraId, text: { zh: expect.stringContaining('有人翻越护栏') } });
}, 60_000);

test('a look that was too short is marked as rushed, and its turn is not viewed', async () => {
  const positionId = await position('通道');
  await watch('通道', 0);
  expect(await mark(positionId)).toMatchObject({ status: 200, body: { rushed: true } });
  await pass(16 * minuteMs);
  expect((await coverage()).missed.find((turn) => turn.positionId === positionId)).toMatchObject({ outcome: 'rushed' });
}, 60_000);

test('[BRN-8.1 ROUNDS] a skipped position is listed as missed, rings, and the coverage of its hour falls', async () => {
  const positionId = await position('金库');
  await pass(16 * minuteMs);
  const { missed, hours } = await coverage();
  expect(missed.find((turn) => turn.positionId === positionId)).toMatchObject({ outcome: 'missed', name: '金库', onPost: [expect.any(String)] });
  expect(hours.at(-1)?.percent ?? hours.at(-2)?.percent).toBeLessThan(100);
  const rings = async () => (await house.get(operator, listAlarms)).alarms.filter(({ kind, sentence, clearedAt }) => kind === 'rounds.position_missed' && sentence.zh.includes('金库') && clearedAt === null);
  expect(await rings()).toHaveLength(1);
  await watch('金库', 10);
  expect((await mark(positionId)).status).toBe(200);
  expect(await rings()).toEqual([]);
}, 60_000);

test('[SAF-5.1.2 ROUNDS] an hour without a look has coverage 0, and what was missed is found', async () => {
  await position('机房');
  await pass(hourMs);
  await pass(hourMs);
  const { hours } = await coverage();
  expect(hours.filter(({ due }) => due > 0).map(({ percent }) => percent)).toContain(0);
  expect(hours.find(({ percent }) => percent === 0)?.missed).toBeGreaterThan(0);
});

test('[COR-3.3.1 ROUNDS] a missed look stands in the report of the shift', async () => {
  await position('车库');
  const begun = (await house.get(leader, contract.round)).now;
  await pass(16 * minuteMs);
  const { shifts } = await house.get(leader, dutyRegister, { query: { from: begun - 24 * hourMs, until: begun + hourMs } });
  const task = shifts.flatMap(({ tasks }) => tasks).find(({ title }) => title.zh === '重点部位巡看：车库');
  expect(task).toMatchObject({ wanting: true, state: { zh: '应看 1 次，漏看 1 次' } });
});

test('[BUS-1.1.3 ROUNDS] a shift whose rounds stay under the target is flagged', async () => {
  await pass(16 * minuteMs);
  const { shift } = await house.get(leader, duty);
  const { shifts, targetPercent } = await coverage();
  const own = shifts.find((one) => one.shift === shift?.number);
  expect(own?.percent).toBeLessThan(targetPercent);
  expect(own?.belowTarget).toBe(true);
});

test('[SEC-5.5 ROUNDS] the time from an event on a view to its mark is measured; over the limit it is found late', async () => {
  const positionId = await position('仓库');
  const { cameraId } = house.camera('仓库');
  await house.get(operator, oneKeyAlarm, { body: { class: 'intrusion', cameraId, text: '红外触发' } });
  const one = async () => (await coverage()).detections.find(({ camera }) => camera === '仓库');
  expect(await one()).toMatchObject({ markedAt: null, late: false });
  await pass(6 * minuteMs);
  expect(await one()).toMatchObject({ late: true });
  await watch('仓库', 10);
  expect((await mark(positionId, { mark: 'abnormal', text: '有人进入' })).status).toBe(200);
  const found = await one();
  expect(found).toMatchObject({ late: true });
  expect(found?.seconds).toBeGreaterThanOrEqual(360);
}, 60_000);

test('[RES-5.1.1 ROUNDS] the plan lists which positions each post watches, and who is on it', async () => {
  const { positions } = await house.get(leader, contract.round);
  const taken = positions.find(({ name }) => name === '金库');
  await house.get(leader, contract.removePosition, { params: { positionId: taken?.positionId ?? '' } });
  await position('金库', postId);
  const { groups } = await house.get(leader, contract.round);
  const { posts } = await house.get(operator, duty);
  expect(groups.find(({ positions: own }) => own.includes('金库'))).toEqual({ post: { zh: posts[0]?.name, en: posts[0]?.name }, people: [posts[0]?.holders[0]?.name], positions: ['金库'] });
});
