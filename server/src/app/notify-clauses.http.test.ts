/** Who must know, in how many seconds, and who next: the parts of the clauses that notifications serve, through the whole product. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as duty from '../../../contract/duty.ts';
import { addPerson, type Role } from '../../../contract/identity.ts';
import * as contract from '../../../contract/notifications.ts';
import { minuteMs, secondMs } from '../base/units.ts';
import { openAlarmRoom, type AlarmRoom } from '../mechanisms/notifications/testing/alarm-room.ts';

let house: AlarmRoom;
let operator: string;
beforeEach(async () => {
  house = await openAlarmRoom();
  operator = await house.signIn('duty_operator');
});
afterEach(() => house.close());

const cookies = new Map<string, string>();
beforeEach(() => cookies.clear());
const as = async (role: Role): Promise<string> => {
  const cookie = cookies.get(role) ?? (role === 'duty_operator' ? operator : await house.signIn(role));
  cookies.set(role, cookie);
  return cookie;
};
/** Notices of a kind in the list of whoever has that role. */
const noticesOf = async (role: Role, kind: string) => (await house.get(await as(role), contract.myNotices)).notices.filter((notice) => notice.kind === kind);
const answerNotice = async (role: Role, noticeId: string) => house.get(await as(role), contract.answerNotice, { params: { noticeId }, body: { text: '知道了' } });
const trail = (alarmId: string) => house.get(operator, contract.alarmTrail, { params: { alarmId } });
const escalations = async () => (await house.facts()).filter(({ kind }) => kind === 'notifications.notice_escalated' || kind === 'notifications.alarm_escalated').map(({ body }) => (body as { target: { zh: string } }).target.zh);
const report = (text: string) => house.get(operator, duty.addEntry, { body: { type: 'event', text, report: true } });
const openFault = (grade: 'A' | 'B' | 'C') => house.get(operator, duty.openFault, { body: { what: '矩阵键盘', grade, text: '没有反应' } });
const openSerious = (grade: 'serious' | 'major') => house.get(operator, duty.openSerious, { body: { what: '候车厅斗殴', grade, text: '约十人' } });
const setRow = async (kind: string, severity: contract.Severity, targets: contract.Target[], ladder: contract.Target[][]) =>
  house.get(await as('room_manager'), contract.saveMatrixRow, { body: { kind, severity, targets, channels: ['console'], answerSeconds: 120, ladder } });

test('[SAF-3.5.1 NOTIFY] a device that failed and that nobody reports in five minutes goes to the next person', async () => {
  await house.lose(house.cameraIds[0]!);
  await house.pass(5 * minuteMs - secondMs);
  expect(await escalations()).toEqual([]);
  await house.pass(secondMs);
  expect(await escalations()).toEqual(['同班值守人员']);
});

test('[SAF-5.2.2 NOTIFY] an emergency that is not answered in three minutes goes to the next level, on record', async () => {
  await openSerious('serious');
  expect(await noticesOf('shift_leader', 'duty.serious_event')).toHaveLength(1);
  await house.pass(3 * minuteMs);
  expect(await escalations()).toEqual(['值班经理']);
  expect(await noticesOf('duty_manager', 'duty.serious_event')).toHaveLength(1);
});

test('[COR-2.2.2 NOTIFY] one key on a view makes an alarm with its camera, the time and the operator', async () => {
  const cameraId = house.cameraIds[1]!;
  const at = house.clock.now() - 3 * secondMs;
  await house.get(operator, contract.oneKeyAlarm, { body: { cameraId, at } });
  const [alarm] = await house.openAlarms(operator);
  expect(alarm).toMatchObject({ class: 'panic', cameraId, raisedAt: at, state: 'waiting' });
  expect(alarm!.sentence.zh).toBe('王建国报警：02 售票大厅');
});

test('[COR-4.4.4 NOTIFY] a fault that nobody reports escalates at the limit, and a report after it is marked late with its minutes', async () => {
  await house.lose(house.cameraIds[0]!);
  const [alarm] = await house.openAlarms(operator);
  await house.pass(5 * minuteMs);
  expect(await escalations()).toEqual(['同班值守人员']);
  house.clock.step(12 * minuteMs);
  await house.get(operator, contract.acknowledgeAlarm, { params: { alarmId: alarm!.alarmId }, body: { text: '已报维修' } });
  expect((await house.facts('notifications.alarm_acknowledged'))[0]?.body).toMatchObject({ lateMs: 12 * minuteMs, lateMinutes: 12 });
});

/** Told to the superior, unanswered to the next level, answered there: each on record. */
const superiorThenNext = async () => {
  await setRow('duty.abnormality', 'ordinary', ['shift_leader'], [['duty_manager']]);
  await report('周界有人翻越');
  const [notice] = await noticesOf('shift_leader', 'duty.abnormality');
  expect(notice).toMatchObject({ asksAnswer: true, answeredAt: null, answerDueAt: house.clock.now() + 120 * secondMs });
  expect(notice!.sentence.zh).toContain('周界有人翻越');
  await house.pass(120 * secondMs);
  const [next] = await noticesOf('duty_manager', 'duty.abnormality');
  await answerNotice('duty_manager', next!.noticeId);
  await house.pass(120 * secondMs);
  expect(await escalations()).toEqual(['值班经理']);
  expect((await house.facts('notifications.notice_answered')).map(({ body }) => (body as { name: string }).name).length).toBe(1);
};

test('[COR-4.4.6 NOTIFY] an abnormality goes to the receiver set for this site, unanswered to the next level, and the trail is kept', superiorThenNext);

test('[BRN-A1.1.3 NOTIFY] an abnormality is reported to the superior in the limit, unanswered to the next level, and the trail is kept', superiorThenNext);

test('[SCH-2.6.3 NOTIFY] an abnormality is reported to the leaders when the site has set them, with the limit of the answer and who is next', async () => {
  await setRow('duty.abnormality', 'ordinary', ['leader'], [['security_department']]);
  await report('门卫报告可疑车辆');
  expect(await noticesOf('leader', 'duty.abnormality')).toHaveLength(1);
  expect(await noticesOf('shift_leader', 'duty.abnormality')).toHaveLength(0);
  await house.pass(120 * secondMs);
  expect(await noticesOf('security_department', 'duty.abnormality')).toHaveLength(1);
});

test('[BUS-1.5.1 NOTIFY] a major event reaches the leader at once, and without an answer in two minutes the next', async () => {
  await openSerious('major');
  const [notice] = await noticesOf('leader', 'duty.major_event');
  expect(notice).toMatchObject({ severity: 'major', madeAt: house.clock.now() });
  await house.pass(120 * secondMs);
  expect(await escalations()).toEqual(['安全主管部门']);
});

/** The recorder falls silent; the room looks at it every five seconds. */
const silentRecorder = async (): Promise<number> => {
  const began = house.clock.now();
  for (let look = 0; look < 6; look += 1) {
    await house.runJob('room.machine_watch');
    house.clock.advance(5 * secondMs);
  }
  return began;
};

test('[BUS-1.7.4 NOTIFY] a failure of the system is told to the manager within two minutes', async () => {
  const began = await silentRecorder();
  const [notice] = await noticesOf('room_manager', 'video.recorder_away');
  expect(notice!.madeAt - began).toBeLessThanOrEqual(120 * secondMs);
});

test('[BRN-A2.1.1 NOTIFY] a failure of monitoring is told to who maintains it within two minutes, once', async () => {
  const began = await silentRecorder();
  const notices = await noticesOf('technician', 'video.recorder_away');
  expect(notices).toHaveLength(1);
  expect(notices[0]!.madeAt - began).toBeLessThanOrEqual(120 * secondMs);
});

test('[GEN-4.1.8 NOTIFY] the closing of each repair is reported to the department, with its acknowledgement', async () => {
  for (const round of [1, 2]) {
    const { threadId } = await openFault('C');
    await house.get(operator, duty.addThreadStep, { params: { threadId }, body: { what: 'closed', text: '已更换' } });
    const reports = await noticesOf('security_department', 'duty.fault_closed');
    expect(reports).toHaveLength(round);
    await answerNotice('security_department', reports.find(({ answeredAt }) => answeredAt === null)!.noticeId);
  }
  expect((await noticesOf('security_department', 'duty.fault_closed')).every(({ answeredAt }) => answeredAt !== null)).toBe(true);
});

test('[GEN-5.4.1 NOTIFY] what was handled and not reported to those concerned in thirty minutes is overdue, once', async () => {
  const { threadId } = await openSerious('serious');
  await house.get(operator, duty.addThreadStep, { params: { threadId }, body: { what: 'handled', text: '已劝离' } });
  house.clock.step(29 * minuteMs);
  await house.runJob('duty.reports');
  expect(await noticesOf('duty_manager', 'duty.report_overdue')).toHaveLength(0);
  house.clock.step(2 * minuteMs);
  for (let look = 0; look < 3; look += 1) await house.runJob('duty.reports');
  expect(await noticesOf('duty_manager', 'duty.report_overdue')).toHaveLength(1);
  const { threads } = await house.get(operator, duty.duty);
  expect(threads[0]!.steps.map(({ what }) => what)).toEqual(['opened', 'handled', 'overdue']);
});

test('[RES-4.2.3 NOTIFY] the notice reaches the duty manager who is on post now, not the one at home', async () => {
  const administrator = await as('system_administrator');
  await house.get(administrator, addPerson, { body: { account: 'atjia', name: '在家的经理', staffNumber: 'X1', language: 'zh-CN', password: 'Sonnenblume-im-Hof-27', roles: ['duty_manager'] } });
  const { posts } = await house.get(operator, duty.duty);
  await house.get(await as('duty_manager'), duty.signOn, { params: { postId: posts[0]!.postId } });
  await setRow('duty.abnormality', 'ordinary', ['duty_manager'], []);
  await report('大厅人员聚集');
  expect(await noticesOf('duty_manager', 'duty.abnormality')).toHaveLength(1);
  const sent = (await house.facts('notifications.notice_sent')).at(-1)?.body as { told: { personId: string }[] };
  expect(sent.told.map(({ personId }) => personId)).toEqual([await house.personId('duty_manager')]);
});

test('[SCH-2.1.4 NOTIFY] a grave fault is told to the leader again and again until the leader answers', async () => {
  await openFault('A');
  await house.pass(5 * minuteMs);
  await house.pass(5 * minuteMs);
  const notices = await noticesOf('leader', 'duty.grave_fault');
  expect(notices).toHaveLength(3);
  await answerNotice('leader', notices[0]!.noticeId);
  await house.pass(5 * minuteMs);
  expect(await noticesOf('leader', 'duty.grave_fault')).toHaveLength(3);
});

test('[BRN-6.3 NOTIFY] a confidential report opens for the person in charge of safety alone, and is repeated to the same person until acknowledged', async () => {
  const principal = await house.personId('security_department');
  await house.get(await as('system_administrator'), contract.saveConfidential, { body: { personId: principal } });
  const secret = '有人计划偷取仓库钥匙';
  await house.get(operator, contract.reportConfidentially, { body: { text: secret } });
  const [report0] = await noticesOf('security_department', 'notifications.confidential_report');
  expect(report0).toMatchObject({ confidential: true, text: secret });
  // Nobody else sees it: not in another's list, not in the ledger, not in the tables.
  for (const role of ['room_manager', 'auditor', 'system_administrator', 'leader'] as const) expect(JSON.stringify(await house.get(await as(role), contract.myNotices))).not.toContain(secret);
  expect(JSON.stringify(await house.facts())).not.toContain(secret);
  expect((await house.ask(await as('leader'), contract.answerNotice, { params: { noticeId: report0!.noticeId }, body: {} })).body).toMatchObject({ code: 'notifications.notice_unknown' });
  await house.pass(30 * minuteMs);
  await house.pass(30 * minuteMs);
  expect(await noticesOf('security_department', 'notifications.confidential_report')).toHaveLength(3);
  for (const role of ['leader', 'room_manager'] as const) expect(await noticesOf(role, 'notifications.confidential_report')).toHaveLength(0);
});

test('[BRN-A2.3.1 NOTIFY] an intrusion is told to the guard captain at once; unanswered for sixty seconds it escalates, and the times are kept', async () => {
  const { alarmId } = await house.get(operator, contract.oneKeyAlarm, { body: { class: 'intrusion', cameraId: house.cameraIds[0]! } });
  const [notice] = await noticesOf('guard_captain', 'notifications.operator_intrusion');
  expect(notice!.madeAt).toBe(house.clock.now());
  await house.pass(60 * secondMs);
  expect(await escalations()).toEqual(['同班值守人员']);
  const captain = await as('guard_captain');
  await house.get(captain, contract.acknowledgeAlarm, { params: { alarmId }, body: { text: '巡逻组已出发' } });
  const { notices, steps } = await trail(alarmId);
  expect(notices.find(({ person }) => person === '吴大勇')).toMatchObject({ madeAt: notice!.madeAt });
  expect(steps.find(({ what }) => what === 'acknowledged')).toMatchObject({ by: '吴大勇', at: house.clock.now() });
});
