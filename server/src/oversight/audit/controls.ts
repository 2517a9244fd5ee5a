/** Rules that the audit holds, each at one place. */
import { declareControl } from '../../base/control.ts';

export const actsFound = declareControl({
  name: 'audit.acts_found',
  holds: { zh: '每个操作都能按人、时间、对象查到', en: 'every act can be found by person, time and object' },
  pairs: ['TEN-10.1 AUDIT', 'COR-4.3.1 AUDIT'],
});
export const refusedActsFound = declareControl({
  name: 'audit.refused_acts_found',
  holds: { zh: '越权操作被拒绝并留下记录', en: 'what was refused stays on record' },
  pairs: ['ART-9.1 AUDIT'],
});
export const watermarkLeads = declareControl({
  name: 'audit.watermark_leads_to_act',
  holds: { zh: '由水印查到人、时间和记录', en: 'a watermark leads to person, time and entry' },
  pairs: ['SAF-4.1.4 AUDIT', 'COR-4.1.4 AUDIT'],
});
export const viewersKnown = declareControl({
  name: 'audit.viewers_known',
  holds: { zh: '泄密时列出该时段的全部查看者', en: 'everybody who saw a span is listed when it leaks' },
  pairs: ['ART-9.5.2 AUDIT', 'RES-9.2.3 AUDIT'],
});
export const namesHidden = declareControl({
  name: 'audit.names_hidden',
  holds: { zh: '对来访者和无关岗位隐去姓名与操作', en: 'names and acts are hidden from visitors and from roles without need' },
  pairs: ['COR-5.1.3 AUDIT'],
});
export const keptForTerm = declareControl({
  name: 'audit.kept_for_term',
  holds: { zh: '操作记录期满前不得删除', en: 'the record of acts is not erased before its term' },
  pairs: ['TEN-10.3 AUDIT'],
});
export const eventsTold = declareControl({
  name: 'audit.events_told',
  holds: { zh: '列出值班日志里没有文字说明的系统事件', en: 'system events without words in the duty log are listed' },
  pairs: ['BRN-4.5 AUDIT'],
});
export const reviewAfterReading = declareControl({
  name: 'audit.review_after_reading',
  holds: { zh: '先查看，再签署审查', en: 'a review is signed after the period was read' },
  pairs: ['TEN-10.4 AUDIT', 'BRN-A1.2.1 AUDIT'],
});
export const reviewedMonthly = declareControl({
  name: 'audit.reviewed_monthly',
  holds: { zh: '每月审查操作记录', en: 'the acts of each month are reviewed' },
  pairs: ['ART-13.1.5 AUDIT', 'ART-13.1.5 DASH'],
});

export const auditControls = [actsFound, refusedActsFound, watermarkLeads, viewersKnown, namesHidden, keptForTerm, eventsTold, reviewAfterReading, reviewedMonthly] as const;
