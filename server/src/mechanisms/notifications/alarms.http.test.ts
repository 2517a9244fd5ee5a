/** Alarms from raising to closing: counted once, answered with words, ringing again, climbing the ladder, and never decided twice. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as contract from '../../../../contract/notifications.ts';
import { hourMs, minuteMs } from '../../base/units.ts';
import { openAlarmRoom, type AlarmRoom } from './testing/alarm-room.ts';

let house: AlarmRoom;
let operator: string;
beforeEach(async () => {
  house = await openAlarmRoom();
  operator = await house.signIn('duty_operator');
});
afterEach(() => house.close());

const lost = async (index = 0) => {
  const cameraId = house.cameraIds[index]!;
  const gapId = await house.lose(cameraId);
  const [alarm] = await house.openAlarms(operator);
  return { cameraId, gapId, alarm: alarm! };
};
const acknowledge = (alarmId: string, text: string, cookie = operator) => house.ask(cookie, contract.acknowledgeAlarm, { params: { alarmId }, body: { text } });
const trail = (alarmId: string) => house.get(operator, contract.alarmTrail, { params: { alarmId } });
const steps = async (alarmId: string) => (await trail(alarmId)).steps.map(({ what }) => what);

test('a camera that is not recorded rings once however often it is told, and is closed by itself once it is over and acknowledged', async () => {
  const { cameraId, gapId, alarm } = await lost();
  await house.lose(cameraId);
  const [again, ...others] = await house.openAlarms(operator);
  expect(others).toEqual([]);
  expect(again).toMatchObject({ alarmId: alarm.alarmId, times: 2, state: 'waiting', class: 'device', cameraId, closable: false });
  expect(again!.sentence.zh).toContain('录像中断');
  await house.regain(cameraId, gapId);
  expect((await house.openAlarms(operator))[0]).toMatchObject({ state: 'waiting', clearedAt: house.clock.now(), nextAt: null });
  expect((await acknowledge(alarm.alarmId, '已恢复，查看过录像')).status).toBe(200);
  expect(await house.openAlarms(operator)).toEqual([]);
  expect(await steps(alarm.alarmId)).toEqual(['raised', 'again', 'cleared', 'acknowledged', 'closed']);
});

test('an alarm whose cause is still there can be acknowledged and not closed', async () => {
  const { alarm } = await lost();
  expect((await house.ask(operator, contract.closeAlarm, { params: { alarmId: alarm.alarmId }, body: { verdict: 'real', text: '不管了' } })).body).toMatchObject({ code: 'notifications.still_so' });
});

test('[COR-4.4.5 DUTYLOG] an alarm cannot be closed with empty text', async () => {
  const { alarmId } = await house.get(operator, contract.oneKeyAlarm, { body: { cameraId: null } });
  const close = (text: string) => house.ask(operator, contract.closeAlarm, { params: { alarmId }, body: { verdict: 'real', text } });
  expect(await close('   ')).toMatchObject({ status: 400, body: { code: 'notifications.text_needed', fields: [{ path: 'text' }] } });
  expect((await house.openAlarms(operator)).length).toBe(1);
  expect((await close('巡逻到场，已处理')).status).toBe(200);
  expect(await house.openAlarms(operator)).toEqual([]);
});

test('an acknowledgement that runs out rings again, and asks for an answer anew', async () => {
  const { alarm } = await lost();
  await acknowledge(alarm.alarmId, '已通知维修');
  await house.pass(9 * minuteMs);
  expect((await house.openAlarms(operator))[0]).toMatchObject({ state: 'acknowledged', rings: 1 });
  await house.pass(minuteMs);
  expect((await house.openAlarms(operator))[0]).toMatchObject({ state: 'waiting', rings: 2, ringsSince: house.clock.now() });
  expect((await house.facts('notifications.alarm_rang_again')).length).toBe(1);
});

test('of two who acknowledge at the same moment one decides and the other is told so', async () => {
  const { alarm } = await lost();
  const leader = await house.signIn('shift_leader');
  const answers = await Promise.all([acknowledge(alarm.alarmId, '值班员处理'), acknowledge(alarm.alarmId, '班长处理', leader)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await house.facts('notifications.alarm_acknowledged')).length).toBe(1);
});

test('an alarm that nobody answers climbs the ladder, tells each person once, and ends in "nobody could be reached"', async () => {
  const { alarm } = await lost();
  await house.pass(5 * minuteMs);
  for (let hop = 0; hop < 4; hop += 1) await house.pass(minuteMs);
  const { steps: all, notices, alarm: now } = await trail(alarm.alarmId);
  expect(all.map(({ what, target }) => [what, target])).toEqual([
    ['raised', ''], ['escalated', '同班值守人员'], ['escalated', '班长'], ['escalated', '主管'], ['escalated', '安全主管部门'], ['unreached', ''],
  ]);
  expect(notices.map(({ person }) => person)).toEqual(['王建国', '陈志强', '孙卫东', '冯国栋']);
  expect(now.unreachedAt).not.toBeNull();
  expect((await house.facts('notifications.alarm_unreached')).length).toBe(1);
  // It does not rest there: after a pause the ladder begins anew.
  await house.pass(10 * minuteMs);
  expect(await steps(alarm.alarmId)).toContain('escalated');
  expect((await trail(alarm.alarmId)).notices.length).toBe(5);
  // Somebody who answers at last ends it, and the record says how late.
  await acknowledge(alarm.alarmId, '刚看到');
  const acknowledged = (await trail(alarm.alarmId)).steps.find(({ what }) => what === 'acknowledged');
  expect(acknowledged?.lateMs).toBe(14 * minuteMs);
});

test('a step on which nobody stands is passed over at once, on record', async () => {
  const everybody = await house.signIn('system_administrator');
  const { changePerson } = await import('../../../../contract/identity.ts');
  const leader = await house.personId('shift_leader');
  expect((await house.ask(everybody, changePerson, { params: { personId: leader }, body: { active: false } })).status).toBe(200);
  const { alarm } = await lost();
  await house.pass(5 * minuteMs);
  await house.pass(minuteMs);
  expect((await trail(alarm.alarmId)).steps.map(({ what, target }) => [what, target]).slice(1)).toEqual([['escalated', '同班值守人员'], ['nobody_there', '班长'], ['escalated', '主管']]);
});

test('a server that was down fires late and says so, once for each deadline', async () => {
  const { alarm } = await lost();
  house.clock.step(3 * hourMs);
  await Promise.all([house.sweep(), house.sweep()]);
  await house.sweep();
  expect((await trail(alarm.alarmId)).steps.map(({ what, lateMs }) => [what, lateMs])).toEqual([['raised', 0], ['escalated', 3 * hourMs - 5 * minuteMs]]);
});

test('a clock that is set back over a deadline decides nothing twice and forgets nothing', async () => {
  await house.pass(3 * hourMs);
  const { alarm } = await lost();
  await house.pass(5 * minuteMs);
  house.clock.step(-2 * hourMs);
  for (let look = 0; look < 3; look += 1) await house.sweep();
  await house.pass(5 * minuteMs);
  await house.sweep();
  expect((await trail(alarm.alarmId)).steps.map(({ what, target }) => [what, target]).slice(1)).toEqual([['escalated', '同班值守人员'], ['escalated', '班长']]);
  expect(new Set((await trail(alarm.alarmId)).notices.map(({ person, hop }) => `${person} ${hop}`)).size).toBe(2);
});

test('sound is proved by the answer of a person, for this session only', async () => {
  expect((await house.get(operator, contract.listAlarms)).sound).toBeNull();
  await house.get(operator, contract.soundTest, { body: { heard: false } });
  expect((await house.get(operator, contract.listAlarms)).sound).toMatchObject({ heard: false });
  await house.get(operator, contract.soundTest, { body: { heard: true } });
  expect((await house.get(operator, contract.listAlarms)).sound).toMatchObject({ heard: true });
  expect((await house.get(await house.signIn('monitor'), contract.listAlarms)).sound).toBeNull();
  expect((await house.facts('notifications.sound_tested')).length).toBe(2);
});

test('a report of the future is refused, and a camera that is not there too', async () => {
  const at = house.clock.now() + minuteMs;
  expect((await house.ask(operator, contract.oneKeyAlarm, { body: { cameraId: null, at } })).body).toMatchObject({ code: 'notifications.time_wrong' });
  const cameraId = `cam_${'0'.repeat(26)}`;
  expect((await house.ask(operator, contract.oneKeyAlarm, { body: { cameraId } })).body).toMatchObject({ code: 'notifications.camera_unknown' });
});
