/** What people may do with obligations. Who does which kind is the kind's own list of roles. */
import { declareVerbs } from '../identity/index.ts';

const room = ['duty_operator', 'monitor', 'shift_leader', 'duty_manager', 'room_manager'] as const;
export const doers = [...room, 'technician', 'guard_captain', 'video_custodian', 'security_department', 'system_administrator', 'security_administrator'] as const;

export const obligationVerbs = declareVerbs('obligations', {
  'obligations.see': { zh: '查看任务和检查记录', en: 'see tasks and inspection records', roles: [...doers, 'leader', 'inspector', 'auditor'] },
  'obligations.submit': { zh: '填写检查表', en: 'fill in inspection forms', roles: doers },
  'obligations.review': { zh: '复核检查', en: 'review inspections', roles: ['shift_leader', 'duty_manager', 'room_manager', 'guard_captain', 'security_department', 'leader', 'security_administrator'] },
  'obligations.findings.charge': { zh: '指定问题的责任人和期限', en: 'say who sees to a finding, until when', roles: ['shift_leader', 'duty_manager', 'room_manager', 'guard_captain', 'security_department'] },
  'obligations.waive': { zh: '申请免除任务', en: 'ask for a waiver of a task', roles: ['shift_leader', 'duty_manager', 'room_manager', 'security_department'] },
  'obligations.days.change': { zh: '修改节假日', en: 'change the holidays', roles: ['room_manager', 'security_department'] },
  'obligations.register.read': { zh: '查阅和导出巡检台账', en: 'read and export the inspection register', roles: ['shift_leader', 'duty_manager', 'room_manager', 'security_department', 'leader', 'inspector', 'auditor'] },
});
