/** What people are told by duty, with the limit of the answer and who is told next. The site may change each row in the matrix. */
import { z } from 'zod';
import { hourMs, minuteMs } from '../../base/units.ts';
import { declareNoticeKind } from '../../mechanisms/notifications/index.ts';

const body = z.object({ what: z.string(), text: z.string() });
type Body = z.output<typeof body>;
const said = (zh: string, en: string) => ({ what, text }: Body) => {
  const rest = [what, text].filter((part) => part !== '').join(' · ');
  return { zh: `${zh}：${rest}`, en: `${en}: ${rest}` };
};
const majorAnswerMinutes = 2;
const seriousAnswerMinutes = 3;

export const majorEvent = declareNoticeKind({
  kind: 'duty.major_event', title: { zh: '重大、紧急情况', en: 'Major event' }, sentence: said('重大情况', 'Major event'), body, severity: 'major', to: { roles: ['leader'] },
  ackWithin: { ms: majorAnswerMinutes * minuteMs }, escalateTo: [['security_department'], ['room_manager']], channels: ['mail', 'webhook', 'console'], clauses: ['BUS-1.5.1', 'SAF-5.2.2'],
});
export const seriousEvent = declareNoticeKind({
  kind: 'duty.serious_event', title: { zh: '突发情况', en: 'Serious event' }, sentence: said('突发情况', 'Serious event'), body, severity: 'serious', to: { roles: ['shift_leader'] },
  ackWithin: { ms: seriousAnswerMinutes * minuteMs }, escalateTo: [['duty_manager'], ['room_manager'], ['security_department', 'leader']], channels: ['console', 'mail'], clauses: ['SAF-5.2.2', 'RES-4.2.3'],
});
/** A line of the log that its writer reports to the superior. */
export const abnormality = declareNoticeKind({
  kind: 'duty.abnormality', title: { zh: '异常情况报告', en: 'Abnormality reported' }, sentence: said('异常情况', 'Abnormality'), body, to: { roles: ['shift_leader'] },
  ackWithin: { parameter: 'notify_within_seconds' }, escalateTo: [['duty_manager'], ['room_manager'], ['leader']], channels: ['console', 'mail'], clauses: ['COR-4.4.6', 'SCH-2.6.3', 'BRN-A1.1.3', 'RES-4.2.3'],
});
export const faultReported = declareNoticeKind({
  kind: 'duty.fault_reported', title: { zh: '设备故障', en: 'Fault reported' }, sentence: said('设备故障', 'Fault'), body, to: { roles: ['technician'] }, ackWithin: { ms: 30 * minuteMs }, escalateTo: [['room_manager']], channels: ['console', 'mail'], clauses: ['SAF-3.5.1', 'COR-4.4.4'],
});
/** Paralysing: the leader too, again and again until somebody answers. */
export const graveFault = declareNoticeKind({
  kind: 'duty.grave_fault', title: { zh: '严重设备故障', en: 'Grave fault' }, sentence: said('严重故障', 'Grave fault'), body, severity: 'serious', to: { roles: ['leader', 'technician'] }, ackWithin: { ms: 5 * minuteMs }, escalateTo: 'same',
  channels: ['mail', 'console'], clauses: ['SAF-3.5.1', 'COR-4.4.4', 'SCH-2.1.4'],
});
export const faultClosed = declareNoticeKind({
  kind: 'duty.fault_closed', title: { zh: '故障已修复', en: 'Fault repaired' }, sentence: said('已修复', 'Repaired'), body, to: { roles: ['security_department'] }, ackWithin: { ms: 8 * hourMs }, escalateTo: 'same', channels: ['console', 'mail'], clauses: ['GEN-4.1.8'],
});
export const resultReported = declareNoticeKind({
  kind: 'duty.result_reported', title: { zh: '处理结果', en: 'Result' }, sentence: said('处理结果', 'Result'), body, to: { roles: ['duty_manager', 'room_manager'] }, ackWithin: { ms: 8 * hourMs }, escalateTo: 'same', channels: ['console', 'mail'], clauses: [],
});
export const reportOverdue = declareNoticeKind({
  kind: 'duty.report_overdue', title: { zh: '处理后逾期未报告', en: 'Report after handling is overdue' }, sentence: said('处理后未按时报告', 'Handled and not reported in time'), body, severity: 'serious', to: { roles: ['shift_leader', 'duty_manager'] },
  ackWithin: { ms: 30 * minuteMs }, escalateTo: [['room_manager']], channels: ['console', 'mail'], clauses: [],
});

export const dutyKinds = [majorEvent, seriousEvent, abnormality, faultReported, graveFault, faultClosed, resultReported, reportOverdue] as const;
