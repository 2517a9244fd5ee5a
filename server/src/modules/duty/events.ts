/** Facts of duty. Names and what people write are personal. */
import { z } from 'zod';
import { declareEvent, type EventDeclaration } from '../../mechanisms/ledger/index.ts';

const text = z.string();
const instant = z.int();
const onPost = { postId: text, post: text, name: text };
const thread = { threadId: text, kind: text, grade: text, what: text };
const typeWords = {
  event: { zh: '事件', en: 'event' }, alarm: { zh: '报警', en: 'alarm' }, fault: { zh: '故障', en: 'fault' }, visitor: { zh: '来访', en: 'visitor' }, equipment: { zh: '设备', en: 'equipment' },
  message: { zh: '信息', en: 'message' }, fire_panel: { zh: '消防主机', en: 'fire panel' },
};

export const events = {
  shiftOpened: declareEvent({ kind: 'duty.shift_opened', body: z.object({ shiftId: text, number: z.int() }), sentence: { zh: '打开第 {number} 班日志', en: 'Shift log {number} opened' } }),
  shiftClosed: declareEvent({
    kind: 'duty.shift_closed', sensitive: true, personal: ['name', 'remark'], body: z.object({ shiftId: text, number: z.int(), name: text, remark: text, digest: text, entries: z.int() }),
    sentence: { zh: '{name}签字结束第 {number} 班（{entries} 条）{remark}', en: '{name} signed and closed shift {number} ({entries} lines) {remark}' },
  }),
  shiftReviewed: declareEvent({
    kind: 'duty.shift_reviewed', personal: ['name', 'remark'], body: z.object({ shiftId: text, number: z.int(), name: text, remark: text }),
    sentence: { zh: '{name}审阅第 {number} 班 {remark}', en: '{name} reviewed shift {number} {remark}' },
  }),
  signedOn: declareEvent({
    kind: 'duty.signed_on', personal: ['name', 'source'], body: z.object({ ...onPost, shiftId: text, source: text }), sentence: { zh: '{name}到岗：{post}', en: '{name} signed on: {post}' },
  }),
  signedOff: declareEvent({
    kind: 'duty.signed_off', personal: ['name', 'reason'], body: z.object({ ...onPost, shiftId: text, forced: z.boolean(), reason: text }), sentence: { zh: '{name}离岗：{post} {reason}', en: '{name} signed off: {post} {reason}' },
  }),
  entryMade: declareEvent({
    kind: 'duty.entry_made', personal: ['text.zh', 'text.en'],
    body: z.object({ entryId: text, shiftId: text, number: z.int(), type: text, eventAt: instant, source: text, text: z.object({ zh: text, en: text }), lateMs: z.int(), subject: text.nullable(), corrects: text.nullable(), strikes: z.boolean() }),
    sentence: { zh: '值班日志（{type}）：{text.zh}', en: 'Duty log ({type}): {text.en}' }, words: { type: typeWords },
  }),
  sectionConfirmed: declareEvent({
    kind: 'duty.section_confirmed', personal: ['text'],
    body: z.object({ shiftId: text, section: text, title: z.object({ zh: text, en: text }), text, checks: z.record(text, z.boolean()), measured: z.array(z.object({ zh: text, en: text })) }),
    sentence: { zh: '确认栏目“{title.zh}”：{text}', en: 'Section "{title.en}" confirmed: {text}' },
  }),
  threadOpened: declareEvent({
    kind: 'duty.thread_opened', personal: ['text'], body: z.object({ ...thread, text, happenedAt: instant, cameraId: text.nullable() }), sentence: { zh: '登记{kind}：{what} {text}', en: '{kind} opened: {what} {text}' },
    words: { kind: { fault: { zh: '故障', en: 'fault' }, hazard: { zh: '隐患', en: 'hazard' }, serious: { zh: '重大事件', en: 'serious event' } } },
  }),
  threadStep: declareEvent({
    kind: 'duty.thread_moved', personal: ['text'], body: z.object({ ...thread, step: text, text }), sentence: { zh: '{what}：{step} {text}', en: '{what}: {step} {text}' },
    words: { step: { noted: { zh: '跟进', en: 'noted' }, handled: { zh: '已处理', en: 'handled' }, reported: { zh: '已报告', en: 'reported' }, overdue: { zh: '逾期未报告', en: 'report overdue' }, closed: { zh: '结束', en: 'closed' } } },
  }),
  registerRead: declareEvent({
    kind: 'duty.register_read', body: z.object({ from: instant, until: instant, shifts: z.int(), how: text }), sentence: { zh: '查阅值班日志登记（{shifts} 班，{how}）', en: 'Register of duty read ({shifts} shifts, {how})' },
    words: { how: { screen: { zh: '屏幕', en: 'on screen' }, csv: { zh: '导出 CSV', en: 'exported as CSV' } } },
  }),
};

export const dutyEvents: readonly EventDeclaration[] = Object.values(events);
