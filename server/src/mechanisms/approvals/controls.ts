/** The rules of approvals that clauses ask for, each at its one place. */
import { declareControl, type Control } from '../../base/control.ts';

export const signedByOthers = declareControl({
  name: 'approvals.signed_by_others',
  holds: { zh: '没有规定的审批人签名，任何申请都不能通过：超时、空缺和本人都不行', en: 'Nothing is granted without the signatures of those who must agree: not by time, by an empty place or by oneself' },
  pairs: [],
});

export const approvalsControls: readonly Control[] = [signedByOthers];
