/** Facts of obligations. What people wrote in their own words is personal; measured values and hashes stand in the fact itself. */
import { z } from 'zod';
import { declareEvent } from '../ledger/index.ts';

const text = z.string();
const title = z.object({ zh: text, en: text });
const about = { kind: text, title, window: z.object({ key: text, from: z.int(), until: z.int() }), concerns: text };
/** How long after its time a deadline was noticed, ms; null: in time. */
const fired = { firedLateMs: z.int().min(1).nullable(), fired: z.enum(['in_time', 'late']) };
const firedWords = { fired: { in_time: { zh: '', en: '' }, late: { zh: '（系统停运期间到时，补记）', en: ' (its time came while the system was down)' } } };

export const formIssued = declareEvent({
  kind: 'obligations.form_issued', body: z.object({ form: text, version: z.int(), digest: text, title, fields: z.int() }),
  sentence: { zh: '启用检查表《{title.zh}》第 {version} 版', en: 'Form "{title.en}" version {version} taken into use' },
});
export const windowOpened = declareEvent({
  kind: 'obligations.window_opened', body: z.object({ ...about, ...fired }), words: firedWords,
  sentence: { zh: '任务开始：{title.zh}{concerns}{fired}', en: 'Task due: {title.en}{concerns}{fired}' },
});
export const becameOverdue = declareEvent({
  kind: 'obligations.became_overdue', body: z.object({ ...about, ...fired, graceUntil: z.int() }), words: firedWords,
  sentence: { zh: '任务逾期：{title.zh}{concerns}{fired}', en: 'Task overdue: {title.en}{concerns}{fired}' },
});
export const wasMissed = declareEvent({
  kind: 'obligations.was_missed', sensitive: true, body: z.object({ ...about, ...fired }), words: firedWords,
  sentence: { zh: '任务漏做：{title.zh}{concerns}{fired}', en: 'Task missed: {title.en}{concerns}{fired}' },
});
export const formSubmitted = declareEvent({
  kind: 'obligations.form_submitted', sensitive: true, personal: ['name', 'reason', 'findings.*.note'],
  body: z.object({
    ...about, submissionId: text, number: z.int(), name: text, form: text, formVersion: z.int(), formDigest: text, digest: text, timing: z.enum(['in_time', 'late']), lateMs: z.int(), /** Begun days after the window, e.g. 1 on the next day. */ lateDays: z.int(), reason: text,
    photos: z.array(z.object({ field: text, sha256: text })), findings: z.array(z.object({ findingId: text, field: text, what: title, note: text })), found: z.int(),
  }),
  words: { timing: { in_time: { zh: '', en: '' }, late: { zh: '（迟做）', en: ' (late)' } } },
  sentence: { zh: '{name}提交：{title.zh}{timing}，发现 {found} 处问题', en: '{name} submitted: {title.en}{timing}, {found} findings' },
});
export const submissionReviewed = declareEvent({
  kind: 'obligations.submission_reviewed', sensitive: true, personal: ['name', 'comment'],
  body: z.object({ ...about, submissionId: text, digest: text, name: text, outcome: z.enum(['agreed', 'returned']), comment: text }),
  words: { outcome: { agreed: { zh: '同意', en: 'agreed' }, returned: { zh: '退回重做', en: 'returned' } } },
  sentence: { zh: '{name}复核{title.zh}：{outcome}', en: '{name} reviewed {title.en}: {outcome}' },
});
export const waiverAsked = declareEvent({
  kind: 'obligations.waiver_asked', personal: ['name', 'reason'], body: z.object({ ...about, name: text, reason: text, approvalId: text }),
  sentence: { zh: '{name}申请免除：{title.zh}', en: '{name} asked for a waiver of {title.en}' },
});
export const wasWaived = declareEvent({
  kind: 'obligations.was_waived', sensitive: true, personal: ['reason'], body: z.object({ ...about, approvalId: text, reason: text }),
  sentence: { zh: '批准免除：{title.zh}。原因：{reason}', en: 'Waived by approval: {title.en}. Reason: {reason}' },
});
export const planWithdrawn = declareEvent({
  kind: 'obligations.plan_withdrawn', body: z.object({ kind: text, title, count: z.int(), reason: z.enum(['rule_ended', 'rule_changed']) }),
  words: { reason: { rule_ended: { zh: '规定不再要求', en: 'no rule asks for it any more' }, rule_changed: { zh: '规定或节假日有变', en: 'the rule or the holidays changed' } } },
  sentence: { zh: '取消计划中的{title.zh} {count} 项：{reason}', en: '{count} planned {title.en} withdrawn: {reason}' },
});
export const openedByPerson = declareEvent({
  kind: 'obligations.opened_by_person', personal: ['name'], body: z.object({ ...about, name: text }),
  sentence: { zh: '{name}发起：{title.zh}{concerns}', en: '{name} opened: {title.en}{concerns}' },
});
export const openedAfter = declareEvent({
  kind: 'obligations.opened_after', body: z.object({ ...about, eventAt: z.int() }),
  sentence: { zh: '任务开始：{title.zh}{concerns}', en: 'Task due: {title.en}{concerns}' },
});
export const taskBegun = declareEvent({
  kind: 'obligations.task_begun', personal: ['name'], body: z.object({ ...about, name: text, number: z.int() }),
  sentence: { zh: '{name}着手：{title.zh}{concerns}', en: '{name} began: {title.en}{concerns}' },
});
const finding = { findingId: text, kind: text, field: text, what: title };
export const findingCharged = declareEvent({
  kind: 'obligations.finding_charged', personal: ['name', 'owner'], body: z.object({ ...finding, name: text, owner: text, ownerRoles: z.array(text), dueAt: z.int(), due: text }),
  sentence: { zh: '问题“{what.zh}”由{owner}处理，{due} 前完成', en: '"{what.en}" is for {owner} to put in order before {due}' },
});
export const findingOverdue = declareEvent({
  kind: 'obligations.finding_overdue', sensitive: true, personal: ['owner'], body: z.object({ ...finding, owner: text, ownerRoles: z.array(text), dueAt: z.int(), ...fired }), words: firedWords,
  sentence: { zh: '问题逾期未处理：{what.zh}（{owner}）{fired}', en: 'Finding overdue: {what.en} ({owner}){fired}' },
});
export const photoKept = declareEvent({
  kind: 'obligations.photo_kept', body: z.object({ field: text, sha256: text, sizeBytes: z.int() }),
  sentence: { zh: '上传检查照片（{sizeBytes} 字节）', en: 'Photo for a form kept ({sizeBytes} bytes)' },
});
export const findingClosed = declareEvent({
  kind: 'obligations.finding_closed', sensitive: true, personal: ['name', 'result'], body: z.object({ findingId: text, kind: text, field: text, what: title, name: text, result: text, outcome: text }),
  words: { outcome: { handled: { zh: '处理完毕', en: 'put in order' }, repaired: { zh: '修理完毕', en: 'repaired' }, replaced: { zh: '更换完毕', en: 'replaced' } } },
  sentence: { zh: '{name}{outcome}：{what.zh}。结果：{result}', en: '{name} closed ({outcome}): {what.en}. Result: {result}' },
});
export const dayChanged = declareEvent({
  kind: 'obligations.day_changed', body: z.object({ day: text, to: z.enum(['holiday', 'working', 'ordinary']), name: text }),
  words: { to: { holiday: { zh: '节假日', en: 'a holiday' }, working: { zh: '调休上班', en: 'a worked weekend day' }, ordinary: { zh: '普通日', en: 'an ordinary day' } } },
  sentence: { zh: '{day} 定为{to} {name}', en: '{day} is {to} {name}' },
});
export const registerRead = declareEvent({
  kind: 'obligations.register_read', body: z.object({ from: z.int(), until: z.int(), kind: text.nullable(), lines: z.int(), how: z.enum(['screen', 'file']) }),
  words: { how: { screen: { zh: '查阅', en: 'read' }, file: { zh: '导出', en: 'exported' } } },
  sentence: { zh: '{how}巡检台账 {lines} 行', en: 'Inspection register {how}, {lines} lines' },
});

export const obligationEvents = [
  formIssued, windowOpened, becameOverdue, wasMissed, formSubmitted, submissionReviewed, waiverAsked, wasWaived, planWithdrawn, openedByPerson, openedAfter, photoKept, taskBegun, findingCharged, findingOverdue, findingClosed, dayChanged, registerRead,
] as const;
