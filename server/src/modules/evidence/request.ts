/** The life of a request for footage (lifecycles.md 7). Pure: what an act makes of it, or why it may not be done. */
import type { ReasonClass, RequestState, RequestType, ViewerGroup, ViewMode } from '../../../../contract/evidence.ts';
import type { Instant } from '../../base/clock.ts';
import type { Refusal, Sentence } from '../../base/refusal.ts';
import { approvedFirst, resultBeforeClosing, viewNeverCopies } from './controls.ts';
import { evidenceRefusals as refuse } from './errors.ts';

export interface FootageRequest {
  requestId: string;
  /** What people say: DY-2026-000123. */
  number: string;
  type: RequestType;
  siteId: string;
  roomId: string;
  applicantId: string;
  department: string;
  unit: string;
  position: string;
  phone: string;
  cameraIds: readonly string[];
  /** Their numbers and names when it was asked. */
  cameras: readonly string[];
  from: Instant;
  until: Instant;
  place: string;
  reasonClass: ReasonClass;
  reason: string;
  paperNumber: string | null;
  viewerGroup: ViewerGroup;
  viewer: string | null;
  viewerPaper: string | null;
  leaderId: string | null;
  follows: string | null;
  purpose: string | null;
  receiver: string | null;
  copies: number | null;
  returnBy: Instant | null;
  mode: ViewMode;
  clauses: readonly string[];
  submittedAt: Instant;
  state: RequestState;
  rowVersion: number;
  approvalId: string;
  holdId: string | null;
  operatorId: string | null;
  validUntil: Instant | null;
  writeBackBy: Instant | null;
}

export type Ending = 'rejected' | 'withdrawn' | 'expired' | 'lapsed' | 'revoked';
export type Act = 'submitted' | 'approved' | Ending | 'begun' | 'ended' | 'written' | 'added' | 'copied' | 'delivered' | 'returned' | 'overdue' | 'closed';

export const actWords: Readonly<Record<Act, Sentence>> = {
  submitted: { zh: '提交申请', en: 'submitted' },
  approved: { zh: '批准', en: 'approved' },
  rejected: { zh: '未批准', en: 'refused' },
  withdrawn: { zh: '撤回', en: 'withdrawn' },
  expired: { zh: '过期未批', en: 'expired undecided' },
  lapsed: { zh: '批准后未用，已失效', en: 'approval lapsed unused' },
  revoked: { zh: '批准被撤销', en: 'approval revoked' },
  begun: { zh: '开始调阅', en: 'viewing begun' },
  ended: { zh: '结束调阅', en: 'viewing ended' },
  written: { zh: '填写结果', en: 'result written' },
  added: { zh: '补充结果', en: 'result added to' },
  copied: { zh: '导出拷贝', en: 'copy made' },
  delivered: { zh: '交付拷贝', en: 'copy handed over' },
  returned: { zh: '拷贝归还或销毁', en: 'copy given back or destroyed' },
  overdue: { zh: '拷贝逾期未还', en: 'copy not given back in time' },
  closed: { zh: '审阅归档', en: 'reviewed and closed' },
};
export const isAct = (text: string): text is Act => Object.hasOwn(actWords, text);

export const stateWords: Readonly<Record<RequestState, Sentence>> = {
  approving: { zh: '审批中', en: 'waiting for approval' },
  ready: { zh: '已批准，待办', en: 'approved, to be done' },
  viewing: { zh: '调阅中', en: 'being viewed' },
  copied: { zh: '已拷贝', en: 'copied' },
  delivered: { zh: '已交付', en: 'handed over' },
  recorded: { zh: '已填结果', en: 'result written' },
  returned: { zh: '已归还', en: 'returned' },
  overdue: { zh: '逾期未还', en: 'overdue' },
  closed: { zh: '已归档', en: 'closed' },
  rejected: { zh: '未批准', en: 'refused' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  expired: { zh: '过期未批', en: 'expired' },
  lapsed: { zh: '未用失效', en: 'lapsed unused' },
  revoked: { zh: '批准已撤销', en: 'revoked' },
  frozen: { zh: '已冻结', en: 'frozen' },
};

type Standing = Pick<FootageRequest, 'state' | 'type' | 'validUntil' | 'applicantId' | 'number' | 'returnBy'>;

const notNow = (one: Standing): Refusal => refuse('not_now', { number: one.number, state: stateWords[one.state].zh, stateEn: stateWords[one.state].en });

/** May it be looked at now, by this person? `agreed`: who signed the approval, and for whom. */
export const mayBegin = (one: Standing, by: string, at: Instant, agreed: readonly string[], isOpen: boolean): Refusal | null => {
  if (one.type === 'copy') return viewNeverCopies.allows(() => false) ? null : refuse('is_copy', { number: one.number });
  if (one.state === 'approving') return approvedFirst.allows(() => false) ? null : refuse('not_approved', { number: one.number });
  if (one.state !== 'ready' && one.state !== 'viewing') return notNow(one);
  if (by === one.applicantId) return refuse('own_request');
  if (agreed.includes(by)) return refuse('agreed_to_it');
  if (isOpen) return refuse('is_open', { number: one.number });
  return one.validUntil !== null && at >= one.validUntil ? refuse('run_out', { number: one.number }) : null;
};

/** A result may be written for whatever was looked at, also when the approval was revoked meanwhile. */
export const mayWrite = (one: Standing, hasViewing: boolean): Refusal | null => {
  if (!hasViewing) return refuse('not_viewed', { number: one.number });
  return one.state === 'viewing' || one.state === 'revoked' || one.state === 'recorded' ? null : notNow(one);
};

export const mayClose = (one: Standing, by: string, writtenBy: string | null): Refusal | null => {
  if (one.state === 'recorded') return by === writtenBy ? refuse('own_result') : null;
  // A copy is over when it is back, or with its receiver for good.
  if (one.type === 'copy' && (one.state === 'returned' || (one.state === 'delivered' && one.returnBy === null))) return null;
  if (one.state !== 'ready' && one.state !== 'viewing') return notNow(one);
  return resultBeforeClosing.allows(() => false) ? null : refuse('result_first', { number: one.number });
};

export const mayWithdraw = (one: Standing, by: string): Refusal | null => {
  if (one.applicantId !== by) return refuse('not_applicant');
  return one.state === 'approving' ? null : notNow(one);
};

/** The state after the end of its approval; null: the approval's end changes nothing any more. */
export const afterEnding = (one: Pick<Standing, 'state'>, how: Ending): RequestState | null => {
  if (how === 'revoked') return one.state === 'ready' || one.state === 'viewing' || one.state === 'copied' ? 'revoked' : null;
  if (how === 'lapsed') return one.state === 'ready' ? 'lapsed' : null;
  return one.state === 'approving' ? how : null;
};

/** Whose turn it is. */
export const waitsFor = ({ state, type, returnBy }: Pick<FootageRequest, 'state' | 'type' | 'returnBy'>): Sentence => {
  if (state === 'approving') return { zh: '审批人', en: 'the approver' };
  if (state === 'ready') return type === 'copy' ? { zh: '值班员导出', en: 'the operator, to export' } : { zh: '值班员调阅', en: 'the operator, to look' };
  if (state === 'viewing') return { zh: '值班员填写结果', en: 'the operator, to write the result' };
  if (state === 'copied') return { zh: '值班员交付', en: 'the operator, to hand over' };
  if (state === 'overdue' || (state === 'delivered' && returnBy !== null)) return { zh: '接收人归还', en: 'the receiver, to give it back' };
  if (state === 'recorded' || state === 'returned' || state === 'delivered') return { zh: '主管审阅归档', en: 'the manager, to review' };
  return { zh: '', en: '' };
};
