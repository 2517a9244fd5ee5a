/** The rules of approvals that clauses ask for, each at its one place. */
import { declareControl, type Control } from '../../base/control.ts';

export const signedByOthers = declareControl({
  name: 'approvals.signed_by_others',
  holds: { zh: '没有规定的审批人签名，任何申请都不能通过：超时、空缺和本人都不行', en: 'Nothing is granted without the signatures of those who must agree: not by time, by an empty place or by oneself' },
  pairs: ['SEC-8.1 PROFILE'],
});

export const holdsWhenGranted = declareControl({
  name: 'approvals.holds_when_granted',
  holds: { zh: '对条款的调整只在批准之后、有效期之内有效，期满后仍可查阅', en: 'An adjustment of a clause holds only once it was granted and within its span; afterwards it stays readable' },
  pairs: ['SEC-8.1 PROFILE'],
});

export const approvalsControls: readonly Control[] = [signedByOthers, holdsWhenGranted];
