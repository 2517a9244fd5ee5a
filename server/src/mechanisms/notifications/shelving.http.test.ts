/** Alarms put aside: until when, why, by whom, for a shift at most; back by themselves, ringing. And who may acknowledge where the room wants them on post. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeParameter } from '../../../../contract/parameters.ts';
import * as contract from '../../../../contract/notifications.ts';
import { entries, signOn, duty } from '../../../../contract/duty.ts';
import type { Role } from '../../../../contract/identity.ts';
import { hourMs, minuteMs } from '../../base/units.ts';
import { createHands } from '../approvals/testing/hands.ts';
import { openAlarmRoom, type AlarmRoom } from './testing/alarm-room.ts';

let house: AlarmRoom;
let operator: string;
let leader: string;
beforeEach(async () => {
  house = await openAlarmRoom();
  operator = await house.signIn('duty_operator');
  leader = await house.signIn('shift_leader');
});
afterEach(() => house.close());

const lost = async () => {
  await house.lose(house.cameraIds[0]!);
  return (await house.openAlarms(operator))[0]!;
};
const shelve = (alarmId: string, until: number, text = '现场改造，已派人值守', cookie = leader) => house.ask(cookie, contract.shelveAlarm, { params: { alarmId }, body: { until, text } });
const steps = async (alarmId: string) => (await house.get(operator, contract.alarmTrail, { params: { alarmId } })).steps.map(({ what }) => what);

test('an alarm is put aside until an instant: quiet until then, with who and why; then it rings again by itself and climbs as ever', async () => {
  const { alarmId } = await lost();
  const until = house.clock.now() + hourMs;
  expect(await shelve(alarmId, until)).toMatchObject({ status: 200 });
  await house.pass(hourMs - minuteMs);
  const [quiet] = await house.openAlarms(operator);
  expect(quiet).toMatchObject({ state: 'shelved', nextAt: until, shelved: { until, reason: '现场改造，已派人值守' } });
  expect(quiet!.shelved!.by).not.toBe('');
  expect((await house.facts('notifications.alarm_escalated')).length).toBe(0);
  await house.pass(minuteMs);
  expect((await house.openAlarms(operator))[0]).toMatchObject({ state: 'waiting', rings: 2, ringsSince: house.clock.now(), shelved: null });
  await house.pass(5 * minuteMs);
  expect((await house.facts('notifications.alarm_escalated')).length).toBe(1);
  expect(await steps(alarmId)).toEqual(['raised', 'shelved', 'unshelved', 'escalated']);
  const { entries: lines } = await house.get(operator, entries, {});
  expect(lines.map(({ text }) => text.zh).filter((text) => text.startsWith('搁置：') && text.endsWith('现场改造，已派人值守')).length).toBe(1);
});

test('not past the end of the shift, not without a reason, not twice, not by everybody, and never what calls for help', async () => {
  const { alarmId } = await lost();
  const { shelveUntil } = await house.get(leader, contract.listAlarms);
  // 02:00 in Beijing: the night shift ends at eight.
  expect(shelveUntil).toBe(house.clock.now() + 6 * hourMs);
  expect(await shelve(alarmId, shelveUntil + minuteMs)).toMatchObject({ status: 400, body: { code: 'notifications.shelf_limit', fields: [{ path: 'until' }] } });
  expect(await shelve(alarmId, house.clock.now())).toMatchObject({ body: { code: 'notifications.shelf_limit' } });
  expect(await shelve(alarmId, shelveUntil, ' ')).toMatchObject({ body: { code: 'notifications.text_needed' } });
  expect((await shelve(alarmId, shelveUntil, '不想听', operator)).status).toBe(403);
  expect((await shelve(alarmId, shelveUntil)).status).toBe(200);
  expect(await shelve(alarmId, shelveUntil)).toMatchObject({ body: { code: 'notifications.is_shelved' } });
  expect((await house.ask(operator, contract.acknowledgeAlarm, { params: { alarmId }, body: { text: '看到' } })).body).toMatchObject({ code: 'notifications.is_shelved' });
  const fire = await house.get(operator, contract.oneKeyAlarm, { body: { class: 'fire', cameraId: null } });
  expect(await shelve(fire.alarmId, house.clock.now() + minuteMs)).toMatchObject({ body: { code: 'notifications.never_shelved' } });
});

test('brought back by a person it waits at once; over while it was put aside it is closed; the shift’s list names what is put aside', async () => {
  const first = await lost();
  await shelve(first.alarmId, house.clock.now() + hourMs);
  const listed = (await house.get(operator, duty)).carried.map(({ zh }) => zh);
  expect(listed.filter((line) => line.includes('搁置') && line.includes('录像中断')).length).toBe(1);
  const bring = (text: string) => house.ask(leader, contract.unshelveAlarm, { params: { alarmId: first.alarmId }, body: { text } });
  expect((await bring('')).body).toMatchObject({ code: 'notifications.text_needed' });
  expect((await bring('改造完毕')).status).toBe(200);
  expect((await bring('再来')).body).toMatchObject({ code: 'notifications.not_shelved' });
  expect((await house.openAlarms(operator))[0]).toMatchObject({ state: 'waiting', rings: 2 });

  const gapId = await house.lose(house.cameraIds[1]!);
  const second = (await house.openAlarms(operator)).find(({ cameraId }) => cameraId === house.cameraIds[1])!;
  await shelve(second.alarmId, house.clock.now() + hourMs);
  await house.regain(house.cameraIds[1]!, gapId);
  expect((await house.openAlarms(operator)).map(({ alarmId }) => alarmId)).toEqual([first.alarmId]);
  expect(await steps(second.alarmId)).toEqual(['raised', 'shelved', 'cleared', 'closed']);
});

test('where the room rules so, only who is on post acknowledges; the refusal says where to sign on', async () => {
  const account = (role: Role): string => house.people.find((one) => one.role === role)?.account ?? '';
  const passwords = new Map(house.people.map((one) => [one.account, one.password]));
  const hands = createHands({ http: house.app, origin: 'http://127.0.0.1', clock: house.clock, passwordOf: (name) => passwords.get(name) ?? '' });
  const asked = await hands.get(account('room_manager'), changeParameter, { body: { name: 'ack_needs_post', value: true, roomId: null, from: null, reason: '夜间只由在岗人员确认' } });
  await hands.decide(account('security_department'), asked.approvalId, 'approve');
  const { alarmId } = await lost();
  const post = (await house.get(operator, duty)).posts[0]!;
  const guard = await house.signIn('monitor');
  const acknowledge = (cookie: string) => house.ask(cookie, contract.acknowledgeAlarm, { params: { alarmId }, body: { text: '看到，已报修' } });
  const { can } = await house.get(guard, contract.listAlarms);
  expect(can['acknowledge']).toMatchObject({ zh: '本监控室规定在岗人员才能确认报警；请先在值班页到岗。' });
  expect(await acknowledge(guard)).toMatchObject({ status: 403, body: { code: 'notifications.post_needed' } });
  await house.get(guard, signOn, { params: { postId: post.postId } });
  expect((await acknowledge(guard)).status).toBe(200);
});

test('the history is found by class, state, camera and words, page by page, and exported with who answered; the export is an act on record', async () => {
  const span = { from: house.clock.now() - hourMs, until: house.clock.now() + 24 * hourMs };
  for (let n = 0; n < 51; n += 1) {
    house.clock.step(1_000);
    await house.get(operator, contract.oneKeyAlarm, { body: { cameraId: null, text: `第 ${n} 次` } });
  }
  house.clock.step(1_000);
  const { alarmId } = await lost();
  await house.get(operator, contract.acknowledgeAlarm, { params: { alarmId }, body: { text: '=已报维修' } });
  const first = await house.get(operator, contract.alarmHistory, { query: span });
  expect(first.alarms).toHaveLength(50);
  expect(first.more).toBe(true);
  const second = await house.get(operator, contract.alarmHistory, { query: { ...span, before: first.next! } });
  expect(second.alarms).toHaveLength(2);
  expect(second.next).toBeNull();
  expect(new Set([...first.alarms, ...second.alarms].map((one) => one.alarmId)).size).toBe(52);
  const found = async (query: object) => (await house.get(operator, contract.alarmHistory, { query: { ...span, ...query } })).alarms;
  expect((await found({ class: 'device' })).map((one) => one.alarmId)).toEqual([alarmId]);
  expect((await found({ cameraId: house.cameraIds[0]! })).map((one) => one.alarmId)).toEqual([alarmId]);
  expect((await found({ state: 'acknowledged' })).map((one) => one.alarmId)).toEqual([alarmId]);
  expect((await found({ search: '报维修' })).map((one) => one.alarmId)).toEqual([alarmId]);
  expect((await found({ search: '第 7 次' }))).toHaveLength(1);
  expect((await house.ask(operator, contract.alarmHistory, { query: { from: 0, until: house.clock.now() } })).body).toMatchObject({ code: 'notifications.span_wrong' });
  const file = await house.ask(operator, contract.alarmHistoryFile, { query: { ...span, class: 'device' } });
  const lines = file.bytes.toString('utf8').trimEnd().split('\r\n');
  expect(lines[0]).toContain('"序号","发生时间","类别"');
  expect(lines).toHaveLength(2);
  // What a person wrote is never run by a spreadsheet.
  expect(lines[1]).toContain('"王建国","2026-11-23 02:00:52","\'=已报维修"');
  expect((await house.facts('notifications.history_exported')).map(({ body }) => (body as { alarms: number }).alarms)).toEqual([1]);
});
