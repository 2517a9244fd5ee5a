/** The rules of the duty log that clauses ask for, each at one place. */
import { declareControl, type Control } from '../../base/control.ts';

export const lateMark = declareControl({
  name: 'duty.late_mark', holds: { zh: '补记晚于规定时间的标明迟记', en: 'a line entered later than the room allows is marked late' }, pairs: ['COR-4.4.1 DUTYLOG'],
});
/** A shift with a blank mandatory section is not closed; the refusal names it. */
export const sectionsFilled = declareControl({
  name: 'duty.sections_filled', holds: { zh: '必填栏目有空白的班次不能结束', en: 'a shift with a blank mandatory section is not closed' },
  pairs: ['BUS-1.1.6 DUTYLOG', 'BUS-1.1.7 DUTYLOG', 'GEN-2.3.1 DUTYLOG', 'BRN-4.4 DUTYLOG', 'BRN-4.6 DUTYLOG', 'BRN-4.7 DUTYLOG', 'BRN-A1.1.2 DUTYLOG'],
});
/** What the machine saw and nobody wrote about is listed and blocks the closing. */
export const wordsForEvents = declareControl({
  name: 'duty.words_for_events', holds: { zh: '系统记录的事件没有文字说明，班次不能结束', en: 'a system event without words of a person blocks the closing' }, pairs: ['COR-4.4.3 DUTYLOG', 'BRN-4.5 DUTYLOG'],
});
export const snapshotNotes = declareControl({
  name: 'duty.snapshot_notes', holds: { zh: '抓拍没有说明，班次不能结束', en: 'a snapshot without a note blocks the closing' }, pairs: ['BRN-8.3 DUTYLOG', 'BRN-8.3 SNAP'],
});
/** What the machine measured stands in the section by itself. */
export const measuredSections = declareControl({
  name: 'duty.measured_sections', holds: { zh: '栏目由系统测得的情况预填', en: 'sections are filled in from what was measured' }, pairs: ['GEN-2.3.1 DUTYLOG', 'BRN-4.6 DUTYLOG', 'BRN-4.7 DUTYLOG', 'BRN-4.6 TELEMETRY'],
});
/** A point that is not in order becomes a hazard that somebody must follow. */
export const hazards = declareControl({
  name: 'duty.hazards', holds: { zh: '安全检查不合格的项目自动登记为隐患', en: 'a point of the security check that is not in order becomes a hazard' }, pairs: ['BUS-1.1.7 DUTYLOG'],
});
/** Every step of an event stands in the log by itself, with its time. */
export const selfWritten = declareControl({
  name: 'duty.self_written', holds: { zh: '事件各步自动写入日志，带发生时间', en: 'the steps of events stand in the log by themselves, with their times' }, pairs: ['BUS-1.5.3 DUTYLOG'],
});
/** Reported after handling, in the limit; else overdue, on record and told to the manager. */
export const reportAfterHandling = declareControl({
  name: 'duty.report_after_handling', holds: { zh: '处理后到时未报告有关人员即为逾期', en: 'what was handled and not reported in its limit is overdue' }, pairs: ['GEN-5.4.1 NOTIFY'],
});

/** What was to be done in the shift stands in its report, done or not. */
export const tasksInReport = declareControl({
  name: 'duty.tasks_in_report', holds: { zh: '班次记录列出本班应做的检查及完成情况', en: 'the report of a shift lists its tasks, done or missing' }, pairs: ['COR-4.3.2 INSPECT'],
});

export const dutyControls: readonly Control[] = [tasksInReport, lateMark, sectionsFilled, wordsForEvents, snapshotNotes, measuredSections, hazards, selfWritten, reportAfterHandling];
