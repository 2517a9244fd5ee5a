/** Facts of approvals. What people wrote is personal: it stands in the ledger as a salted hash; who acted is the actor of the fact. */
import { z } from 'zod';
import { declareEvent, type EventDeclaration } from '../ledger/index.ts';

const text = z.string();
const words = z.object({ zh: text, en: text });
const about = { number: z.int(), kind: text, title: words };
const at = { ...about, step: words };
const late = { lateMs: z.int().nullable() };
const methods = {
  webauthn: { zh: '通行密钥', en: 'passkey' },
  password_totp: { zh: '密码和动态口令', en: 'password and code' },
  session: { zh: '登录会话', en: 'session' },
};

/** Why an order by word of mouth became a breach. */
export const breachWords = { late: { zh: '未按时补办手续', en: 'no papers in time' }, refused: { zh: '手续未获批准', en: 'the papers were refused' } };

export const events = {
  submitted: declareEvent({
    kind: 'approvals.submitted', body: z.object({ ...about, summary: words, reason: text, round: z.int(), protected: z.boolean() }), personal: ['summary.zh', 'summary.en', 'reason'],
    sentence: { zh: '提交申请 {number}（{title.zh}）：{summary.zh}', en: 'Request {number} submitted ({title.en}): {summary.en}' },
  }),
  signed: declareEvent({
    kind: 'approvals.signed', sensitive: true,
    body: z.object({ ...at, decision: z.enum(['approve', 'reject']), digest: text, method: z.enum(['webauthn', 'password_totp', 'session']), credentialId: text.nullable(), onBehalfOf: text.nullable(), comment: text }),
    personal: ['comment'], words: { method: methods, decision: { approve: { zh: '同意', en: 'agreed' }, reject: { zh: '拒绝', en: 'refused' } } },
    sentence: { zh: '申请 {number}（{title.zh}）{step.zh}：{decision}，{method}签名', en: 'Request {number} ({title.en}), {step.en}: {decision}, signed by {method}' },
  }),
  granted: declareEvent({
    kind: 'approvals.granted', sensitive: true, body: z.object({ ...about, signers: z.array(text).min(1), validUntil: z.int().nullable() }),
    sentence: { zh: '申请 {number}（{title.zh}）已批准', en: 'Request {number} ({title.en}) granted' },
  }),
  returned: declareEvent({
    kind: 'approvals.returned', body: z.object({ ...at, toStep: words.nullable(), reason: text }), personal: ['reason'],
    sentence: { zh: '申请 {number}（{title.zh}）在{step.zh}被退回', en: 'Request {number} ({title.en}) returned at {step.en}' },
  }),
  transferred: declareEvent({
    kind: 'approvals.transferred', body: z.object({ ...at, to: text, onBehalfOf: text.nullable(), reason: text }), personal: ['reason'],
    sentence: { zh: '申请 {number}（{title.zh}）{step.zh}转交他人', en: 'Request {number} ({title.en}), {step.en}: handed on' },
  }),
  assigned: declareEvent({
    kind: 'approvals.assigned', sensitive: true, body: z.object({ ...at, to: text, reason: text }), personal: ['reason'],
    sentence: { zh: '申请 {number}（{title.zh}）{step.zh}由管理员指定审批人', en: 'Request {number} ({title.en}), {step.en}: an approver was assigned' },
  }),
  withdrawn: declareEvent({
    kind: 'approvals.withdrawn', body: z.object({ ...about, reason: text }), personal: ['reason'],
    sentence: { zh: '撤回申请 {number}（{title.zh}）', en: 'Request {number} ({title.en}) withdrawn' },
  }),
  reminded: declareEvent({
    kind: 'approvals.reminded', body: z.object({ ...at, to: z.array(text), ...late }),
    sentence: { zh: '催办申请 {number}（{title.zh}）{step.zh}', en: 'Request {number} ({title.en}), {step.en}: reminded' },
  }),
  escalated: declareEvent({
    kind: 'approvals.escalated', body: z.object({ ...at, why: z.enum(['late', 'vacant']), to: z.array(text), ...late }),
    words: { why: { late: { zh: '超过时限', en: 'past its limit' }, vacant: { zh: '没有人可以审批', en: 'nobody can decide' } } },
    sentence: { zh: '申请 {number}（{title.zh}）{step.zh}上报：{why}', en: 'Request {number} ({title.en}), {step.en} escalated: {why}' },
  }),
  expired: declareEvent({
    kind: 'approvals.expired', sensitive: true, body: z.object({ ...about, ...late }),
    sentence: { zh: '申请 {number}（{title.zh}）过期，未批准', en: 'Request {number} ({title.en}) expired, not granted' },
  }),
  used: declareEvent({
    kind: 'approvals.used', body: z.object(about),
    sentence: { zh: '申请 {number}（{title.zh}）开始使用', en: 'Request {number} ({title.en}) in use' },
  }),
  closed: declareEvent({
    kind: 'approvals.closed', body: z.object({ ...about, outcome: text, ...late }), personal: ['outcome'],
    sentence: { zh: '申请 {number}（{title.zh}）结束', en: 'Request {number} ({title.en}) closed' },
  }),
  lapsed: declareEvent({
    kind: 'approvals.lapsed', body: z.object({ ...about, ...late }),
    sentence: { zh: '申请 {number}（{title.zh}）未使用已失效', en: 'Request {number} ({title.en}) lapsed unused' },
  }),
  revoked: declareEvent({
    kind: 'approvals.revoked', sensitive: true, body: z.object({ ...about, reason: text }), personal: ['reason'],
    sentence: { zh: '撤销已批准的申请 {number}（{title.zh}）', en: 'Grant of request {number} ({title.en}) revoked' },
  }),
  added: declareEvent({
    kind: 'approvals.added', sensitive: true, body: z.object({ ...at, to: text, how: z.enum(['before', 'after', 'opinion']), onBehalfOf: text.nullable(), reason: text }), personal: ['reason'],
    words: { how: { before: { zh: '加签（前）', en: 'a signature before' }, after: { zh: '加签（后）', en: 'a signature after' }, opinion: { zh: '委派征求意见', en: 'an opinion' } } },
    sentence: { zh: '申请 {number}（{title.zh}）{step.zh}{how}', en: 'Request {number} ({title.en}), {step.en}: {how} was asked for besides' },
  }),
  removed: declareEvent({
    kind: 'approvals.removed', sensitive: true, body: z.object({ ...at, to: text, onBehalfOf: text.nullable(), reason: text }), personal: ['reason'],
    sentence: { zh: '申请 {number}（{title.zh}）{step.zh}减签', en: 'Request {number} ({title.en}), {step.en}: what was asked besides was taken back' },
  }),
  opinionGiven: declareEvent({
    kind: 'approvals.opinion_given', body: z.object({ ...at, to: text.nullable(), onBehalfOf: text.nullable().optional(), opinion: text }), personal: ['opinion'],
    sentence: { zh: '申请 {number}（{title.zh}）{step.zh}回复意见', en: 'Request {number} ({title.en}), {step.en}: an opinion was given' },
  }),
  fileKept: declareEvent({
    kind: 'approvals.file_kept', body: z.object({ sha256: text, sizeBytes: z.int(), contentType: text }),
    sentence: { zh: '上传审批附件（{sizeBytes} 字节）', en: 'An attachment was put in ({sizeBytes} bytes)' },
  }),
  orderRecorded: declareEvent({
    kind: 'approvals.order_recorded', sensitive: true, body: z.object({ ...about, what: text, reason: text, leader: text, orderedAt: z.int(), papersDueAt: z.int() }), personal: ['what', 'reason'],
    sentence: { zh: '记录口头命令 {number}（{title.zh}），手续待补', en: 'Verbal order {number} ({title.en}) written down, papers to follow' },
  }),
  orderPapered: declareEvent({
    kind: 'approvals.order_papered', sensitive: true, body: z.object({ ...about, approvalId: text, late: z.boolean() }),
    sentence: { zh: '口头命令 {number}（{title.zh}）的手续已补', en: 'Verbal order {number} ({title.en}): the papers were granted' },
  }),
  orderBreached: declareEvent({
    kind: 'approvals.order_breached', sensitive: true, body: z.object({ ...about, why: z.enum(['late', 'refused']), ...late }),
    words: { why: breachWords },
    sentence: { zh: '口头命令 {number}（{title.zh}）违规：{why}', en: 'Verbal order {number} ({title.en}) is a breach: {why}' },
  }),
  deputyNamed: declareEvent({
    kind: 'approvals.deputy_named', sensitive: true, body: z.object({ deputy: text, from: z.int(), until: z.int(), reason: text }), personal: ['reason'],
    sentence: { zh: '指定审批代理人', en: 'A deputy was named for approvals' },
  }),
  deputyEnded: declareEvent({
    kind: 'approvals.deputy_ended', sensitive: true, body: z.object({ deputy: text }),
    sentence: { zh: '结束审批代理', en: 'A deputy for approvals was ended' },
  }),
};

/** For the ledger's sentences. */
export const approvalsEvents: readonly EventDeclaration[] = Object.values(events);
