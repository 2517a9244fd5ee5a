/** The report of a shift: what was to be done in it, done or missing; what goes over to the next; the words of who signed and of who read it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as contract from '../../../contract/duty.ts';
import { listObligations, oneObligation, submitObligation } from '../../../contract/obligations.ts';
import { shelveAlarm } from '../../../contract/notifications.ts';
import { hourMs } from '../base/units.ts';
import { openAlarmRoom, type AlarmRoom } from '../mechanisms/notifications/testing/alarm-room.ts';

let house: AlarmRoom;
let operator: string;
let leader: string;
beforeEach(async () => {
  house = await openAlarmRoom();
  operator = await house.signIn('duty_operator');
  leader = await house.signIn('shift_leader');
  await house.runJob('obligations.sweep');
});
afterEach(() => house.close());

const goOn = async (ms: number): Promise<void> => {
  house.clock.step(ms);
  await house.runJob('obligations.sweep');
  // Hours have passed: whoever is not on post has to sign in again.
  operator = await house.signIn('duty_operator');
  leader = await house.signIn('shift_leader');
};
const register = async () => (await house.get(leader, contract.register, { query: { from: house.clock.now() - 30 * hourMs, until: house.clock.now() + 1 } })).shifts;
const signOn = async (): Promise<void> => {
  const { posts } = await house.get(operator, contract.duty);
  await house.get(operator, contract.signOn, { params: { postId: posts[0]!.postId } });
};
const closeShift = async (remark: string) => {
  for (const section of contract.SectionName.options) {
    const { sections } = await house.get(operator, contract.duty);
    const points = sections.find((one) => one.section === section)?.points ?? [];
    await house.get(operator, contract.answerSection, { params: { section }, body: { text: '正常', checks: Object.fromEntries(points.map(({ key }) => [key, true])) } });
  }
  return house.ask(operator, contract.closeShift, { body: { remark } });
};

test('[COR-4.3.2 INSPECT] the report of a shift shows its care task as missing, and in the next shift as done', async () => {
  await signOn();
  // From 02:00 past the end of the night shift at eight, and past the grace of half a shift.
  await goOn(13 * hourMs);
  const careOf = async () => (await register()).flatMap(({ tasks }) => tasks).filter(({ title }) => title.zh === '班中设备检查').map(({ state, wanting }) => `${state.zh} ${wanting}`);
  expect(await careOf()).toEqual(['漏检 true']);
  const at = house.clock.now();
  const [now] = (await house.get(operator, listObligations, { query: { kind: 'inspection.shift_check', from: at, until: at + 1 } })).obligations;
  const { form } = await house.get(operator, oneObligation, { params: { obligationId: now!.obligationId } });
  const answers = Object.fromEntries(form.fields.map(({ key }) => [key, { value: true, note: '', photos: [] }]));
  await house.get(operator, submitObligation, { params: { obligationId: now!.obligationId }, body: { formDigest: form.digest, answers, lateReason: '' } });
  await goOn(6 * hourMs);
  expect(await careOf()).toEqual(['漏检 true', '已提交 false']);
});

test('what goes over to the next shift is shown before the signing, and stands in the log that is signed', async () => {
  await signOn();
  await house.get(operator, contract.openFault, { body: { what: '矩阵键盘', grade: 'C', text: '按键失灵' } });
  await house.lose(house.cameraIds[0]!);
  const [alarm] = await house.openAlarms(operator);
  await house.get(leader, shelveAlarm, { params: { alarmId: alarm!.alarmId }, body: { until: house.clock.now() + hourMs, text: '改造' } });
  await house.get(operator, contract.addEntry, { body: { type: 'fault', text: '已通知维修', subject: alarm!.alarmId } });
  const { carried } = await house.get(operator, contract.duty);
  const lines = carried.map(({ zh }) => zh.replace(/ \d.*：/, '：'));
  expect(lines).toEqual(expect.arrayContaining(['故障未修复：矩阵键盘', expect.stringMatching(/^报警已搁置至：/), expect.stringMatching(/^任务未完成（待办）：班中设备检查/)]));
  expect((await closeShift('键盘已报修')).status).toBe(200);
  const [signed] = await register();
  expect(signed!.shift).toMatchObject({ remark: '键盘已报修', reviewedBy: null });
  const handed = signed!.entries.map(({ text }) => text.zh).filter((text) => text.startsWith('移交下一班：'));
  expect(handed).toHaveLength(carried.length);
  expect(handed).toContain('移交下一班：故障未修复：矩阵键盘');
  // Read by a leader, with words.
  await house.get(leader, contract.reviewShift, { params: { shiftId: signed!.shift.shiftId }, body: { remark: '键盘今日更换' } });
  expect((await register())[0]!.shift).toMatchObject({ reviewRemark: '键盘今日更换' });
  expect((await house.ask(leader, contract.reviewShift, { params: { shiftId: signed!.shift.shiftId }, body: { remark: '' } })).body).toMatchObject({ code: 'duty.reviewed' });
});
