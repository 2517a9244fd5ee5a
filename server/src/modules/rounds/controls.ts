/** The rules of watch rounds that clauses ask for, each at one place. */
import { declareControl, type Control } from '../../base/control.ts';

/** A mark stands on what was really on the person's screen. */
export const watchedFirst = declareControl({
  name: 'rounds.watched_first', holds: { zh: '没有看过实时画面不能标记', en: 'nothing is marked whose picture was not watched' }, pairs: ['COR-2.2.1 ROUNDS', 'BUS-1.1.3 ROUNDS'],
});
export const missedTurns = declareControl({
  name: 'rounds.missed_turns', holds: { zh: '到时没有巡看即为漏看', en: 'a turn without a look is missed' }, pairs: ['BRN-8.1 ROUNDS', 'COR-3.3.1 ROUNDS', 'SAF-5.1.2 ROUNDS', 'BUS-1.1.3 ROUNDS'],
});
export const lateDetections = declareControl({
  name: 'rounds.late_detections', holds: { zh: '异常超过时限未标记即为发现迟', en: 'an event that is not marked in its limit is listed as found late' }, pairs: ['SEC-5.5 ROUNDS'],
});
/** An abnormal mark leads to a line of the log with camera and time. */
export const abnormalInLog = declareControl({
  name: 'rounds.abnormal_in_log', holds: { zh: '标记异常即写入值班日志，带摄像机和时间', en: 'an abnormal mark leads to a line of the duty log with camera and time' }, pairs: ['RES-4.2.2 ROUNDS'],
});
export const groupsShared = declareControl({
  name: 'rounds.groups_shared', holds: { zh: '巡看计划列出每人负责的部位', en: 'the plan lists who watches which positions' }, pairs: ['RES-5.1.1 ROUNDS'],
});
export const roundsControls: readonly Control[] = [watchedFirst, missedTurns, lateDetections, abnormalInLog, groupsShared];
