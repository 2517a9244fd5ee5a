/** What people may do in watch rounds. */
import { declareVerbs } from '../../mechanisms/identity/index.ts';

const watch = ['duty_operator', 'monitor', 'shift_leader', 'duty_manager'] as const;

export const roundsVerbs = declareVerbs('rounds', {
  'rounds.see': { zh: '查看巡看计划和记录', en: 'see watch rounds', roles: [...watch, 'room_manager', 'security_department', 'leader', 'auditor', 'inspector'] },
  'rounds.mark': { zh: '标记巡看结果', en: 'mark what was seen', roles: [...watch], footage: true, onPost: true },
  'rounds.manage': { zh: '设置重点部位', en: 'set the important positions', roles: ['shift_leader', 'duty_manager', 'room_manager', 'security_department'] },
});
