/** What people hear about requests for footage. What was seen stands on the page of the request, not in a mail. */
import { z } from 'zod';
import { hourMs } from '../../base/units.ts';
import { declareNoticeKind } from '../../mechanisms/notifications/index.ts';

const body = z.object({ number: z.string(), zh: z.string(), en: z.string() });
type Body = z.output<typeof body>;
const said = (zh: string, en: string) => (values: Body) => ({ zh: `${zh} ${values.number}：${values.zh}`, en: `${en} ${values.number}: ${values.en}` });
const answerHours = 8;

/** Approved: the room carries it out. */
export const requestReady = declareNoticeKind({
  kind: 'evidence.request_ready', title: { zh: '调阅申请已批准', en: 'Request for footage approved' }, sentence: said('请办理调阅申请', 'Carry out the request for footage'), body, to: { roles: ['duty_operator', 'shift_leader'] }, channels: ['console'], clauses: [],
});
/** Its copy was not made: somebody of the room makes it again, or calls the technician. */
export const copyFailed = declareNoticeKind({
  kind: 'evidence.copy_failed', title: { zh: '拷贝导出失败', en: 'A copy was not made' }, sentence: said('申请', 'Request'), body, to: { roles: ['duty_operator', 'shift_leader'] }, channels: ['console'], clauses: [],
});
/** Decided or ended, for the applicant. */
export const requestMoved = declareNoticeKind({
  kind: 'evidence.request_moved', title: { zh: '我的调阅申请', en: 'Your request for footage' }, sentence: said('调阅申请', 'Request for footage'), body, to: 'given', channels: ['console', 'mail'], clauses: [],
});
/** To the leader, who says that they have it. */
export const resultTold = declareNoticeKind({
  kind: 'evidence.result_told', title: { zh: '调阅结果', en: 'Result of a viewing' }, sentence: said('调阅结果', 'Result of request'), body, to: 'given', ackWithin: { ms: answerHours * hourMs }, escalateTo: 'same', channels: ['console', 'mail'], clauses: ['BRN-7.5'],
});

export const evidenceNotices = [requestReady, copyFailed, requestMoved, resultTold] as const;
