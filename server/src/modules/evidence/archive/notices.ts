/** What people are told about the archive. */
import { z } from 'zod';
import { hourMs } from '../../../base/units.ts';
import { declareNoticeKind } from '../../../mechanisms/notifications/index.ts';

export const archiveOverdue = declareNoticeKind({
  kind: 'evidence.archive_overdue', title: { zh: '档案逾期未还', en: 'Item of the archive not back in time' }, body: z.object({ number: z.string(), to: z.string() }), to: 'given',
  sentence: ({ number, to }) => ({ zh: `借出的档案 ${number}（${to}）逾期未还，请催还`, en: `Item ${number}, lent to ${to}, is not back in time: ask for it` }),
  ackWithin: { ms: 24 * hourMs }, escalateTo: [['room_manager'], ['security_department']], channels: ['console', 'mail'], clauses: ['SEC-3.5'],
});
export const archiveNotices = [archiveOverdue];
