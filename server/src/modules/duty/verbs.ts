/** What people may do with posts and the duty log. */
import { declareVerbs } from '../../mechanisms/identity/index.ts';

const watch = ['duty_operator', 'monitor', 'shift_leader', 'duty_manager'] as const;
const over = ['room_manager', 'security_department', 'leader'] as const;

export const dutyVerbs = declareVerbs('duty', {
  'duty.log.see': { zh: '查看值班日志', en: 'see the duty log', roles: [...watch, ...over, 'technician', 'guard_captain', 'auditor', 'inspector'] },
  'duty.log.write': { zh: '写值班日志', en: 'write in the duty log', roles: [...watch, 'room_manager'] },
  'duty.post.take': { zh: '到岗、签退', en: 'sign on to a post and off', roles: [...watch] },
  'duty.post.relieve': { zh: '强制接替在岗人员', en: 'relieve somebody of a post', roles: ['shift_leader', 'duty_manager', 'room_manager'] },
  'duty.shift.close': { zh: '签字结束本班', en: 'sign and close a shift', roles: [...watch] },
  'duty.shift.review': { zh: '审阅值班日志', en: 'review signed shifts', roles: ['shift_leader', 'duty_manager', ...over] },
  'duty.fault.report': { zh: '报故障、跟进故障', en: 'report and follow faults', roles: [...watch, 'room_manager', 'technician'] },
  'duty.serious.manage': { zh: '登记、处理重大事件', en: 'open and handle serious events', roles: [...watch, 'room_manager'] },
  'duty.register.read': { zh: '查阅、导出值班日志登记', en: 'read and export the register of duty', roles: ['shift_leader', 'duty_manager', ...over, 'auditor', 'inspector'] },
});
