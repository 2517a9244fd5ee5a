/** Figures that regulations name and that no fact can tell yet: the part of the room that will write them down does not exist. */
import type { Sentence } from '../../../base/refusal.ts';

export const missingFigures: ReadonlyMap<string, Sentence> = new Map(
  Object.entries({
    injuries: { zh: '人员受伤', en: 'injuries' },
    picture_quality_score: { zh: '图像质量得分', en: 'picture quality score' },
    right_dispositions_percent: { zh: '处置正确率', en: 'right dispositions' },
    undertakings_current_percent: { zh: '保密承诺有效率', en: 'undertakings in force' },
    breach_cases: { zh: '泄密事件', en: 'breaches of secrecy' },
    first_action_minutes: { zh: '首次处置时间', en: 'time to the first action' },
    repair_hours: { zh: '修复时间', en: 'repair time' },
    repair_cost: { zh: '维修费用', en: 'repair cost' },
    parts_used: { zh: '更换配件', en: 'parts used' },
    energy_kwh: { zh: '用电量', en: 'energy used' },
    reply_hours: { zh: '答复时间', en: 'reply time' },
    privacy_cases: { zh: '隐私事件', en: 'privacy cases' },
    disturbances: { zh: '扰乱秩序事件', en: 'disturbances of order' },
    log_completeness_percent: { zh: '日志完整率', en: 'completeness of the log' },
    safe_running_events: { zh: '安全运行事件', en: 'events against safe running' },
  }),
);
