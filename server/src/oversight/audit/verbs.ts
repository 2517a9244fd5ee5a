/** Who may ask about the acts of others. Nobody sees footage here: only that it was seen. */
import { declareVerbs } from '../../mechanisms/identity/index.ts';

const managing = ['room_manager', 'security_department'] as const;
const overseeing = ['auditor', 'inspector', ...managing] as const;

export const auditVerbs = declareVerbs('audit', {
  'audit.acts.see': { zh: '查询操作记录', en: 'search the record of acts', roles: [...overseeing, 'security_administrator', 'duty_manager', 'shift_leader'] },
  'audit.names.see': { zh: '看到操作记录中的姓名和内容', en: 'see names and details in the record of acts', roles: [...overseeing, 'security_administrator'] },
  'audit.acts.export': { zh: '导出操作记录', en: 'export the record of acts', roles: ['auditor', ...managing], stepUp: true },
  'audit.leak.trace': { zh: '由水印追查、列出查看者', en: 'trace a watermark and list who saw what', roles: ['auditor', ...managing] },
  'audit.review.see': { zh: '查看审查记录', en: 'see the reviews of acts', roles: [...overseeing, 'leader'] },
  'audit.review.sign': { zh: '签署操作记录审查', en: 'sign the review of a period', roles: managing },
  'audit.values.erase': { zh: '抹除期满的个人信息', en: 'erase personal data whose term is over', roles: ['security_administrator'], stepUp: true },
});
