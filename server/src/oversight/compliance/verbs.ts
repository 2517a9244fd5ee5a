/** Who may see the board and hand out its evidence. */
import { declareVerbs } from '../../mechanisms/identity/index.ts';

const managing = ['room_manager', 'security_department'] as const;

export const complianceVerbs = declareVerbs('compliance', {
  'compliance.board.see': { zh: '查看合规台账', en: 'see the clause board', roles: [...managing, 'leader', 'auditor', 'inspector', 'duty_manager', 'shift_leader', 'guard_captain'] },
  'compliance.facts.see': { zh: '查看条款背后的记录', en: 'see the entries behind a clause', roles: [...managing, 'auditor', 'inspector'] },
  'compliance.evidence.print': { zh: '打印和下载条款证据', en: 'print and download the evidence of a clause', roles: [...managing, 'auditor', 'inspector'] },
});
