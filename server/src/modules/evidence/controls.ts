/** The rules of footage requests that clauses ask for, each at one place. */
import { declareControl, type Control } from '../../base/control.ts';

export const approvedFirst = declareControl({
  name: 'evidence.approved_first', holds: { zh: '未经批准的调阅申请不能打开录像', en: 'footage is not opened under a request that nobody approved' },
  pairs: ['BUS-1.4.8 VIEWREQ', 'BUS-2.4.1 VIEWREQ', 'BRN-7.1 VIEWREQ', 'SCH-3.1.2 VIEWREQ', 'SCH-3.1.3 VIEWREQ', 'SCH-3.1.4 VIEWREQ'],
});
/** Who may agree to a viewing, as the adopted rules name them. */
export const viewByApprover = declareControl({
  name: 'evidence.view_by_approver', holds: { zh: '调阅由规定的审批人批准', en: 'a viewing is agreed to by whom the rules name' }, pairs: ['TEN-7.3 VIEWREQ'],
});
export const copyByApprover = declareControl({
  name: 'evidence.copy_by_approver', holds: { zh: '拷贝由规定的审批人批准', en: 'a copy is agreed to by whom the rules name' }, pairs: ['BUS-2.3.2 COPYREQ'],
});
/** A request to see never stands for a copy, nor the other way round. */
export const viewNeverCopies = declareControl({
  name: 'evidence.view_never_copies', holds: { zh: '调阅批准与拷贝批准互不代替', en: 'the approval of a viewing is none of a copy' }, pairs: ['BUS-2.4.2 COPYREQ'],
});
export const reasonOfViewing = declareControl({
  name: 'evidence.reason_of_viewing', holds: { zh: '调阅申请必须写明工作事由', en: 'a viewing needs its reason' }, pairs: ['BUS-2.3.3 VIEWREQ'],
});
export const reasonOfCopy = declareControl({
  name: 'evidence.reason_of_copy', holds: { zh: '拷贝申请必须写明工作事由', en: 'a copy needs its reason' }, pairs: ['BUS-2.3.4 COPYREQ'],
});
export const resultBeforeClosing = declareControl({
  name: 'evidence.result_before_closing', holds: { zh: '没有填写结果的调阅不能归档', en: 'a viewing without its result is not closed' }, pairs: ['BRN-7.4 VIEWREQ'],
});
/** The result goes to the leader whom the rules name. */
export const resultDelivered = declareControl({
  name: 'evidence.result_delivered', holds: { zh: '调阅结果送达部门领导并留签收时间', en: 'the result is delivered to the leader, with the time of the answer' }, pairs: ['BRN-7.5 VIEWREQ'],
});
/** Every viewing, and every playback under it, stands in register F5. */
export const everyViewingRegistered = declareControl({
  name: 'evidence.every_viewing_registered', holds: { zh: '每次调阅都在登记表中', en: 'every viewing stands in the register' }, pairs: ['BUS-1.4.11 VIEWREQ', 'BUS-2.4.4 VIEWREQ'],
});
/** Requester, approver, executor and keeper, each by name. */
export const fourNamed = declareControl({
  name: 'evidence.four_named', holds: { zh: '登记表写明申请人、审批人、操作人、保管人', en: 'the register names who asked, agreed, looked and keeps' }, pairs: ['BUS-2.0 VIEWREQ'],
});

export const evidenceControls: readonly Control[] = [
  approvedFirst, viewByApprover, copyByApprover, viewNeverCopies, reasonOfViewing, reasonOfCopy, resultBeforeClosing, resultDelivered, everyViewingRegistered, fourNamed,
];
