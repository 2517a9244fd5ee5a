/** Facts of requests for footage. Who, why and what was seen are personal. */
import { z } from 'zod';
import { declareEvent, type EventDeclaration } from '../../mechanisms/ledger/index.ts';

const text = z.string();
const instant = z.int();
const about = { requestId: text, number: text, type: text };
const type = { view: { zh: '调阅', en: 'viewing' }, copy: { zh: '拷贝', en: 'copy' } };
const mode = { monitor_views: { zh: '值班员代看', en: 'the operator looks' }, requester_in_room: { zh: '申请人到监控室观看', en: 'seen in the room' }, remote: { zh: '远程回放', en: 'remote playback' } };
const reasonClass = {
  work: { zh: '工作需要', en: 'work' }, own_loss: { zh: '本人遗失、受损', en: 'own loss' }, dispute: { zh: '纠纷', en: 'dispute' }, accident: { zh: '事故', en: 'accident' }, staff_matter: { zh: '员工事项', en: 'matter of staff' },
  crime: { zh: '违法犯罪', en: 'crime' }, other: { zh: '其他', en: 'other' },
};
const outcome = { found: { zh: '查到', en: 'found' }, partly: { zh: '部分查到', en: 'partly found' }, not_found: { zh: '未查到', en: 'not found' } };
const how = {
  rejected: { zh: '未批准', en: 'refused' }, withdrawn: { zh: '撤回', en: 'withdrawn' }, expired: { zh: '过期未批', en: 'expired undecided' }, lapsed: { zh: '未用失效', en: 'lapsed unused' }, revoked: { zh: '批准被撤销', en: 'revoked' },
};
const timing = { late: { zh: '（超过本班填写）', en: ' (after the end of the shift)' }, in_time: { zh: '', en: '' } };

export const events = {
  requestSubmitted: declareEvent({
    kind: 'evidence.request_submitted', personal: ['name', 'department', 'reason', 'viewer', 'receiver', 'purpose'],
    body: z.object({ ...about, name: text, department: text, cameras: z.array(text), cameraIds: z.array(text), from: instant, until: instant, reasonClass: text, reason: text, mode: text, viewer: text, purpose: text, receiver: text, approvalId: text, holdId: text.nullable() }),
    sentence: { zh: '{name}（{department}）提交{type}申请 {number}：{cameras}，{reasonClass} {reason}', en: '{name} ({department}) asked for a {type}, {number}: {cameras}, {reasonClass} {reason}' }, words: { type, reasonClass, mode },
  }),
  requestApproved: declareEvent({
    kind: 'evidence.request_approved', sensitive: true, body: z.object({ ...about, approvalId: text, validUntil: instant.nullable() }),
    sentence: { zh: '{type}申请 {number} 已批准', en: 'The {type} of request {number} was approved' }, words: { type },
  }),
  requestEnded: declareEvent({
    kind: 'evidence.request_ended', body: z.object({ ...about, how: text }), sentence: { zh: '{type}申请 {number} 结束：{how}', en: 'Request {number} ({type}) ended: {how}' }, words: { type, how },
  }),
  viewingBegun: declareEvent({
    kind: 'evidence.viewing_begun', sensitive: true, personal: ['name', 'witness'], body: z.object({ ...about, viewingId: text, name: text, witness: text, mode: text, grantId: text.nullable(), writeBackBy: instant }),
    sentence: { zh: '{name}按申请 {number} 开始调阅（{mode}）{witness}', en: '{name} began the viewing of request {number} ({mode}) {witness}' }, words: { mode },
  }),
  viewingEnded: declareEvent({
    kind: 'evidence.viewing_ended', body: z.object({ ...about, viewingId: text }), sentence: { zh: '申请 {number} 的调阅结束', en: 'The viewing of request {number} ended' },
  }),
  resultWritten: declareEvent({
    kind: 'evidence.result_written', personal: ['name', 'remark'], body: z.object({ ...about, name: text, outcome: text, from: instant, until: instant, remark: text, timing: text, part: z.int(), cameras: z.array(text) }),
    sentence: { zh: '{name}填写申请 {number} 的调阅结果：{outcome} {remark}{timing}', en: '{name} wrote the result of request {number}: {outcome} {remark}{timing}' }, words: { outcome, timing },
  }),
  requestClosed: declareEvent({
    kind: 'evidence.request_closed', personal: ['name', 'remark'], body: z.object({ ...about, name: text, remark: text }), sentence: { zh: '{name}审阅归档申请 {number} {remark}', en: '{name} reviewed and closed request {number} {remark}' },
  }),
  registerRead: declareEvent({
    kind: 'evidence.register_read', body: z.object({ from: instant, until: instant, rows: z.int(), how: text }), sentence: { zh: '查阅录像调阅登记（{rows} 条，{how}）', en: 'Register of footage requests read ({rows} rows, {how})' },
    words: { how: { screen: { zh: '屏幕', en: 'on screen' }, csv: { zh: '导出 CSV', en: 'exported as CSV' } } },
  }),
};

export const evidenceEvents: readonly EventDeclaration[] = Object.values(events);
