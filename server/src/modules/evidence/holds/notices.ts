/** What people are told about holds. */
import { z } from 'zod';
import { hourMs } from '../../../base/units.ts';
import { declareNoticeKind } from '../../../mechanisms/notifications/index.ts';

const body = z.object({ number: z.string(), cameras: z.string() });

export const reviewDue = declareNoticeKind({
  kind: 'evidence.hold_review_due', title: { zh: '录像锁定到期复核', en: 'Hold on footage due for review' }, body, to: 'given',
  sentence: ({ number, cameras }) => ({ zh: `申请 ${number} 锁定的录像（${cameras}）到期复核：请延长或解除`, en: `Footage held for request ${number} (${cameras}) is due for review: extend or release it` }),
  ackWithin: { ms: 24 * hourMs }, escalateTo: [['security_department'], ['leader']], channels: ['console', 'mail'], clauses: [],
});
/** Footage that somebody asked for may now be lost: those who could have decided know it. */
export const undecidedEnded = declareNoticeKind({
  kind: 'evidence.hold_undecided', title: { zh: '临时锁定未决而止', en: 'Provisional hold ended undecided' }, body, to: { roles: ['security_department'] },
  sentence: ({ number, cameras }) => ({ zh: `申请 ${number} 的临时锁定（${cameras}）到期未作决定，已结束；录像将按保存期删除`, en: `The provisional hold for request ${number} (${cameras}) ended without a decision; its footage will be deleted by its retention` }),
  ackWithin: { ms: 24 * hourMs }, escalateTo: [['leader']], channels: ['console', 'mail'], clauses: [],
});

export const holdNotices = [reviewDue, undecidedEnded];
