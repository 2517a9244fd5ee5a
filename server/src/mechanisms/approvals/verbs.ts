/** What may be done with approvals beyond asking and being asked. */
import { declareVerbs } from '../identity/index.ts';

export const approvalsVerbs = declareVerbs('approvals', {
  'approvals.all.see': { zh: '查看全部审批', en: 'see all approvals', roles: ['room_manager', 'security_department', 'leader', 'auditor', 'inspector'] },
  'approvals.order.record': {
    zh: '记录领导的口头命令', en: 'write down an order by word of mouth', roles: ['duty_operator', 'monitor', 'shift_leader', 'duty_manager', 'room_manager', 'technician', 'guard_captain', 'video_custodian'],
  },
  'approvals.approver.assign': { zh: '为空缺的审批步骤指定审批人', en: 'assign an approver where nobody can decide', roles: ['system_administrator'], stepUp: true },
  'approvals.exemption.ask': {
    zh: '申请豁免', en: 'ask for an exemption',
    roles: ['duty_operator', 'monitor', 'shift_leader', 'duty_manager', 'room_manager', 'technician', 'guard_captain', 'video_custodian', 'requester'],
  },
});
