/** The duty log through the whole product: lines that only grow, sections that must be confirmed, a signing that names what is missing, posts that are never empty. */
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as contract from '../../../contract/duty.ts';
import * as notices from '../../../contract/notifications.ts';
import { takeSnapshot } from '../../../contract/video.ts';
import { hourMs, minuteMs } from '../base/units.ts';
import { openAlarmRoom, type AlarmRoom } from '../mechanisms/notifications/testing/alarm-room.ts';

let house: AlarmRoom;
let operator: string;
let postId: string;
beforeEach(async () => {
  house = await openAlarmRoom();
  operator = await house.signIn('duty_operator');
  postId = (await duty()).posts[0]!.postId;
  await house.get(operator, contract.signOn, { params: { postId } });
});
afterEach(() => house.close());

const duty = () => house.get(operator, contract.duty);
const log = async () => (await house.get(operator, contract.entries)).entries.toReversed();
const write = (text: string, more: object = {}) => house.get(operator, contract.addEntry, { body: { type: 'event', text, ...more } });
const answer = (section: contract.SectionName, text = '正常', checks: Record<string, boolean> = {}) => house.ask(operator, contract.answerSection, { params: { section }, body: { text, checks } });
const inOrder = { door: true, windows: true, keys: true, strangers: true };
const answerAll = async (except: readonly string[] = []) => {
  for (const section of contract.SectionName.options) if (!except.includes(section)) expect((await answer(section, '正常', section === 'security_check' ? inOrder : {})).status).toBe(200);
};
const close = () => house.ask(operator, contract.closeShift, { body: { remark: '' } });
/** Loses a camera and gets it back, acknowledged in between or not at all. */
const loseFor = async (minutes: number, words: string | null) => {
  const cameraId = house.cameraIds[0]!;
  const gapId = await house.lose(cameraId);
  const [alarm] = await house.openAlarms(operator);
  if (words !== null) await house.get(operator, notices.acknowledgeAlarm, { params: { alarmId: alarm!.alarmId }, body: { text: words } });
  house.clock.step(minutes * minuteMs);
  await house.regain(cameraId, gapId);
  return alarm!;
};

test('[COR-4.4.1 DUTYLOG] a line that is entered forty minutes after the event is marked late; one in time is not', async () => {
  const now = house.clock.now();
  house.clock.step(hourMs);
  await write('四十分钟前有人翻墙', { eventAt: now + 20 * minuteMs });
  await write('刚刚巡查一遍', { eventAt: house.clock.now() - 2 * minuteMs });
  const [late, prompt] = await log();
  expect(late).toMatchObject({ eventAt: now + 20 * minuteMs, enteredAt: house.clock.now(), lateMs: 40 * minuteMs, by: '王建国' });
  expect(prompt).toMatchObject({ lateMs: 0 });
});

test('a line without words and one from the future are refused', async () => {
  expect((await house.ask(operator, contract.addEntry, { body: { type: 'event', text: '  ' } })).body).toMatchObject({ code: 'duty.text_needed' });
  expect((await house.ask(operator, contract.addEntry, { body: { type: 'event', text: '将来', eventAt: house.clock.now() + minuteMs } })).body).toMatchObject({ code: 'duty.time_wrong' });
});

test('[BUS-1.1.6 DUTYLOG] closing a shift with an empty section is refused, with its name', async () => {
  await answerAll(['running']);
  const refused = await close();
  expect(refused).toMatchObject({ status: 409, body: { code: 'duty.sections_blank' } });
  expect(String(refused.body['zh'])).toContain('栏目“监控室运行情况”空白');
  expect((await duty()).shift).toMatchObject({ number: 1, closedAt: null });
  await answerAll();
  expect((await close()).status).toBe(200);
  expect((await duty()).shift).toMatchObject({ number: 2 });
});

test('[GEN-2.3.1 DUTYLOG] the section on the running of the room is filled in by measurement, and blank it blocks the closing', async () => {
  await loseFor(5, '已通知维修');
  const section = (await duty()).sections.find((one) => one.section === 'running')!;
  expect(section.measured.map(({ zh }) => zh).join()).toContain('本班报警 1 条');
  await answerAll(['running']);
  expect((await close()).body).toMatchObject({ code: 'duty.sections_blank' });
  await answer('running', '运行正常');
  expect((await close()).status).toBe(200);
});

test('[BRN-4.4 DUTYLOG] with a blank section nothing is closed, and an old line takes a correction line only', async () => {
  const { entryId } = await write('东门岗来访两人');
  const { entryId: added } = await house.get(operator, contract.addAddendum, { params: { entryId }, body: { text: '更正：来访三人', strike: true } });
  const [old, correction] = await log();
  expect(old).toMatchObject({ entryId, text: { zh: '东门岗来访两人' }, struck: true });
  expect(correction).toMatchObject({ entryId: added, corrects: entryId, struck: false });
  expect((await close()).body).toMatchObject({ code: 'duty.sections_blank' });
  const client = new pg.Client({ connectionString: house.adminUrl });
  await client.connect();
  await expect(client.query(`update duty.entries set text_zh = 'x'`)).rejects.toThrow('值班记录只能追加');
  await expect(client.query('delete from duty.entries')).rejects.toThrow('值班记录只能追加');
  await expect(client.query('truncate duty.entries cascade')).rejects.toThrow('值班记录只能追加');
  await client.end();
});

test('[BRN-A1.1.2 DUTYLOG] a shift with a blank section is not closed; what was signed is only corrected by a new line', async () => {
  const { entryId } = await write('交接钥匙三把');
  await answerAll(['equipment']);
  expect((await close()).body).toMatchObject({ code: 'duty.sections_blank' });
  await answer('equipment');
  const signed = await close();
  expect(signed.body['digest']).toMatch(/^[0-9a-f]{64}$/);
  // In the next shift nothing of the signed one is struck; an addendum stands in the present one.
  expect((await house.ask(operator, contract.addAddendum, { params: { entryId }, body: { text: '更正', strike: true } })).body).toMatchObject({ code: 'duty.entry_of_signed_shift' });
  expect((await house.ask(operator, contract.addAddendum, { params: { entryId }, body: { text: '补记：其中一把为备用', strike: false } })).status).toBe(200);
  expect(await log()).toMatchObject([{ corrects: entryId }]);
  const client = new pg.Client({ connectionString: house.adminUrl });
  await client.connect();
  await expect(client.query(`update duty.shifts set remark = 'x' where closed_at is not null`)).rejects.toThrow('已签的班次不能修改');
  await client.end();
});

test('[COR-4.4.3 DUTYLOG] a fault that the machine saw and nobody wrote about blocks the closing of the shift', async () => {
  const alarm = await loseFor(3, null);
  await answerAll();
  const refused = await close();
  expect(refused.body).toMatchObject({ code: 'duty.sections_blank' });
  expect(String(refused.body['zh'])).toContain('没有文字说明');
  await house.get(operator, notices.acknowledgeAlarm, { params: { alarmId: alarm.alarmId }, body: { text: '网线松动，已插好' } });
  expect((await close()).status).toBe(200);
});

test('[BRN-4.5 DUTYLOG] a system event without words is listed by its line, and editing is impossible', async () => {
  await loseFor(3, null);
  const [line] = await log();
  expect(line).toMatchObject({ source: 'system', wantsWords: true, type: 'fault', by: null });
  expect((await duty()).missing.some(({ zh }) => zh.startsWith(`第 ${line!.number} 条没有文字说明`))).toBe(true);
  await house.get(operator, contract.addAddendum, { params: { entryId: line!.entryId }, body: { text: '现场确认为网线松动', strike: false } });
  expect((await duty()).missing.some(({ zh }) => zh.includes('没有文字说明'))).toBe(false);
  const client = new pg.Client({ connectionString: house.adminUrl });
  await client.connect();
  await expect(client.query(`update duty.entries set event_at = now()`)).rejects.toThrow('值班记录只能追加');
  await client.end();
});

test('[GEN-5.2.2 DUTYLOG] an alarm is not confirmed without words; with them the words stand in the log', async () => {
  await house.lose(house.cameraIds[0]!);
  const [alarm] = await house.openAlarms(operator);
  const confirm = (text: string) => house.ask(operator, notices.acknowledgeAlarm, { params: { alarmId: alarm!.alarmId }, body: { text } });
  expect((await confirm(' ')).body).toMatchObject({ code: 'notifications.text_needed' });
  expect(await log()).toHaveLength(1);
  expect((await confirm('摄像机断电，已报维修')).status).toBe(200);
  expect((await log()).at(-1)).toMatchObject({ source: 'person', by: '王建国', subject: alarm!.alarmId, text: { zh: expect.stringContaining('摄像机断电，已报维修') } });
});

test('[BRN-4.6 DUTYLOG] a camera that stopped in the shift is named in the equipment section, which must be confirmed before closing', async () => {
  await loseFor(7, '已处理');
  const section = (await duty()).sections.find((one) => one.section === 'equipment')!;
  expect(section.measured.map(({ zh }) => zh).join()).toMatch(/01 东门岗 录像中断 7 分钟/);
  await answerAll(['equipment']);
  expect((await close()).body).toMatchObject({ code: 'duty.sections_blank' });
  await answer('equipment', '东门岗中断 7 分钟，已恢复');
  expect((await close()).status).toBe(200);
  expect((await house.facts('duty.section_confirmed')).some((fact) => JSON.stringify(fact.body).includes('录像中断 7 分钟'))).toBe(true);
});

test('[BRN-4.7 DUTYLOG] what the fire panel showed stands in its section, which must be confirmed before closing', async () => {
  await write('消防主机报 3 号回路故障', { type: 'fire_panel' });
  const section = (await duty()).sections.find((one) => one.section === 'fire_system')!;
  expect(section.measured).toEqual([{ zh: '消防主机报 3 号回路故障', en: '消防主机报 3 号回路故障' }]);
  await answerAll(['fire_system']);
  expect(String((await close()).body['zh'])).toContain('火灾报警系统状态');
  await answer('fire_system', '已通知消防维保');
  expect((await close()).status).toBe(200);
});

test('[BUS-1.1.7 DUTYLOG] the internal security check cannot be left out, and an unlocked window becomes a hazard', async () => {
  await answerAll(['security_check']);
  expect(String((await close()).body['zh'])).toContain('内部安全检查');
  expect((await answer('security_check', '窗未关', { door: true })).body).toMatchObject({ code: 'duty.points_missing' });
  expect((await answer('security_check', '东侧窗未关', { ...inOrder, windows: false })).status).toBe(200);
  expect((await duty()).threads).toMatchObject([{ kind: 'hazard', what: '不合格：窗已关好', closed: false }]);
});

test('[BRN-8.3 DUTYLOG] a snapshot without a note blocks the closing until somebody writes about it', async () => {
  const picture = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xd9]).toString('base64');
  const taken = await house.get(operator, takeSnapshot, { body: { cameraId: house.cameraIds[0]!, frameAt: house.clock.now(), source: 'live', note: '', picture } });
  await answerAll();
  expect(String((await close()).body['zh'])).toContain('抓拍没有说明');
  await write('可疑人员在东门徘徊', { subject: taken.snapshotId });
  expect((await close()).status).toBe(200);
});

test('[BRN-F.3.3 DUTYLOG] a false fire alarm is not closed without detector, place, cause, person and times', async () => {
  const { alarmId } = await house.get(operator, notices.oneKeyAlarm, { body: { class: 'fire', cameraId: null } });
  const findings = { detector: '3-12 感烟', place: '二楼走廊', cause: '水蒸气', person: '李强', from: house.clock.now(), until: house.clock.now() + minuteMs };
  const closeFalse = (more: object) => house.ask(operator, notices.closeAlarm, { params: { alarmId }, body: { verdict: 'false', text: '误报', ...more } });
  expect((await closeFalse({})).body).toMatchObject({ code: 'notifications.findings_needed' });
  for (const key of Object.keys(findings)) {
    const without = { ...findings, [key]: key === 'from' || key === 'until' ? null : '' };
    expect((await closeFalse({ findings: without })).body, key).toMatchObject({ code: 'notifications.findings_needed' });
  }
  expect((await closeFalse({ findings })).status).toBe(200);
});

test('[BUS-1.5.3 DUTYLOG] each step of an event stands in the log with its own time while it is acted upon', async () => {
  const { threadId } = await house.get(operator, contract.openSerious, { body: { what: '候车厅纠纷', grade: 'serious', text: '两人争执' } });
  const began = house.clock.now();
  for (const [what, text] of [['noted', '保安到场'], ['handled', '已劝离'], ['reported', '已报班长'], ['closed', '结束']] as const) {
    house.clock.step(2 * minuteMs);
    await house.get(operator, contract.addThreadStep, { params: { threadId }, body: { what, text } });
  }
  const lines = (await log()).filter(({ subject }) => subject === threadId);
  expect(lines.map(({ text, eventAt }) => [text.zh, eventAt - began])).toEqual([
    ['候车厅纠纷 · 登记：两人争执', 0], ['候车厅纠纷 · 跟进：保安到场', 2 * minuteMs], ['候车厅纠纷 · 已处理：已劝离', 4 * minuteMs], ['候车厅纠纷 · 已报告有关人员：已报班长', 6 * minuteMs], ['候车厅纠纷 · 结束：结束', 8 * minuteMs],
  ]);
});

test('[SCH-5.1 DUTYLOG] a message that its writer takes back is still in the store, struck', async () => {
  const { entryId } = await write('总部通知：明日检查', { type: 'message' });
  await house.get(operator, contract.addAddendum, { params: { entryId }, body: { text: '通知已撤回', strike: true } });
  const kept = (await house.get(operator, contract.entries, { query: { type: 'message' } })).entries.find((entry) => entry.entryId === entryId);
  expect(kept).toMatchObject({ text: { zh: '总部通知：明日检查' }, struck: true });
});

test('who signs on is on record with console and time; the last on a post does not leave it, a partner lets them', async () => {
  expect((await duty()).posts[0]!.holders).toMatchObject([{ name: '王建国', signedOn: true }]);
  expect((await house.ask(operator, contract.signOn, { params: { postId } })).body).toMatchObject({ code: 'duty.already_on_post' });
  expect((await house.ask(operator, contract.signOff, { params: { postId } })).body).toMatchObject({ code: 'duty.last_on_post' });
  const monitor = await house.signIn('monitor');
  await house.get(monitor, contract.signOn, { params: { postId } });
  expect((await house.ask(operator, contract.signOff, { params: { postId } })).status).toBe(200);
  // The post had kept the session open: it ends with the relief.
  expect((await house.ask(operator, contract.duty)).status).toBe(401);
  expect((await house.get(monitor, contract.duty)).posts[0]!.holders).toMatchObject([{ name: '刘晓燕' }]);
  expect((await house.facts('duty.signed_off')).length).toBe(1);
});

test('an open serious event holds everybody on post and blocks the closing; a leader may relieve with a reason', async () => {
  const monitor = await house.signIn('monitor');
  await house.get(monitor, contract.signOn, { params: { postId } });
  await house.get(operator, contract.openSerious, { body: { what: '火情', grade: 'major', text: '二楼冒烟' } });
  await answerAll();
  expect(String((await close()).body['zh'])).toContain('重大事件“火情”没有结束');
  expect((await house.ask(operator, contract.signOff, { params: { postId } })).body).toMatchObject({ code: 'duty.serious_event_open' });
  const leader = await house.signIn('shift_leader');
  expect((await house.ask(leader, contract.relieve, { params: { postId }, body: { personId: await house.personId('duty_operator'), reason: '身体不适' } })).status).toBe(200);
});

test('a leader reviews a signed shift once; who signed it does not', async () => {
  await answerAll();
  const signed = await close();
  const shiftId = String(signed.body['shiftId']);
  const leader = await house.signIn('shift_leader');
  expect((await house.ask(leader, contract.reviewShift, { params: { shiftId }, body: { remark: '已阅' } })).status).toBe(200);
  expect((await house.ask(leader, contract.reviewShift, { params: { shiftId } , body: {} })).body).toMatchObject({ code: 'duty.reviewed' });
  expect((await house.get(leader, contract.shifts)).shifts.find((shift) => shift.shiftId === shiftId)).toMatchObject({ closedBy: '王建国', reviewedBy: '陈志强' });
});

test('register F2 is read on record, and its export runs nothing that somebody typed', async () => {
  await write('=HYPERLINK("http://evil")');
  await answerAll();
  house.clock.step(minuteMs);
  await close();
  const leader = await house.signIn('shift_leader');
  const span = { from: house.clock.now() - hourMs, until: house.clock.now() + hourMs };
  const register = await house.get(leader, contract.register, { query: span });
  expect(register.shifts[0]).toMatchObject({ shift: { number: 1, closedBy: '王建国' }, onPost: [{ name: '王建国' }] });
  const csv = (await house.ask(leader, contract.registerCsv, { query: span })).bytes.toString('utf8');
  expect(csv).toContain(`"'=HYPERLINK(""http://evil"")"`);
  expect(csv).toContain('内部安全检查');
  expect((await house.facts('duty.register_read')).map(({ body }) => (body as { how: string }).how)).toEqual(['screen', 'csv']);
});
