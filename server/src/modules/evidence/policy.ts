/** What people may do with requests for footage. */
import { declareVerbs } from '../../mechanisms/identity/index.ts';

const room = ['duty_operator', 'monitor', 'shift_leader', 'duty_manager', 'room_manager', 'video_custodian'] as const;
const over = ['security_department', 'leader'] as const;

export const evidenceVerbs = declareVerbs('evidence', {
  'evidence.request.ask': { zh: '申请调阅或拷贝录像', en: 'ask to see footage or for a copy', roles: [...room, ...over, 'technician', 'guard_captain', 'requester'] },
  'evidence.requests.see': { zh: '查看全部调阅申请', en: 'see all requests for footage', roles: [...room, ...over, 'auditor', 'inspector'] },
  'evidence.request.execute': { zh: '办理调阅、填写结果', en: 'carry out requests and write the result', roles: room, footage: true, onPost: true },
  'evidence.copy.confirm_end': { zh: '作为第二人确认清除、销毁拷贝', en: 'agree as the second person to wiping or destroying a copy', roles: [...room, 'security_department', 'leader'], stepUp: true },
  'evidence.request.review': { zh: '审阅归档调阅申请', en: 'review and close requests', roles: ['shift_leader', 'duty_manager', 'room_manager', ...over] },
  'evidence.register.read': { zh: '查阅、导出调阅登记', en: 'read and export the register of requests', roles: ['shift_leader', 'duty_manager', 'room_manager', 'video_custodian', ...over, 'auditor', 'inspector'] },
});
