/** What may be done to regulations, parameters and the profile. */
import type { Role } from '../../../../contract/identity.ts';
import { declareVerbs } from '../identity/index.ts';

const room: readonly Role[] = ['duty_operator', 'monitor', 'shift_leader', 'duty_manager', 'room_manager', 'technician', 'guard_captain', 'video_custodian'];

export const parametersVerbs = declareVerbs('parameters', {
  'parameters.see': { zh: '查看制度与参数', en: 'see regulations and parameters', roles: [...room, 'security_department', 'leader', 'auditor', 'inspector', 'system_administrator', 'security_administrator'] },
  'parameters.change': { zh: '申请修改参数', en: 'ask for a change of parameters', roles: ['room_manager', 'security_department', 'leader'] },
  'parameters.adopt': { zh: '申请采用、废止制度和暂不适用条款', en: 'ask for regulations to be adopted or ended and for clauses to be set aside', roles: ['security_department', 'leader'] },
  'parameters.profile': { zh: '编辑场所档案', en: 'write the profile of the site', roles: ['room_manager', 'security_department', 'leader'] },
  'parameters.rule_on': { zh: '登记对条款的解释', en: 'enter rulings on clauses', roles: ['security_department', 'leader'] },
});
