/** What may be done to people and accounts. */
import { declareVerbs } from './policy.ts';

const leaders = ['shift_leader', 'duty_manager', 'room_manager'] as const;

export const identityVerbs = declareVerbs('identity', {
  'identity.people.list': { zh: '查看人员列表', en: 'see the list of people', roles: ['system_administrator', 'security_administrator', 'auditor'] },
  'identity.people.add': { zh: '添加人员', en: 'add people', roles: ['system_administrator'] },
  'identity.people.import': { zh: '批量导入人员', en: 'bring in people by file', roles: ['system_administrator'], stepUp: true },
  'identity.people.export': { zh: '导出人员表', en: 'export the list of people', roles: ['system_administrator', 'security_administrator', 'auditor'] },
  'identity.grants.see': { zh: '查看人员的权限', en: 'see the rights of a person', roles: ['system_administrator', 'security_administrator', 'auditor'] },
  'identity.grants.change': { zh: '授予和收回权限', en: 'grant and withdraw rights', roles: ['system_administrator'], stepUp: true },
  'identity.factors.reset': { zh: '重置他人的第二种验证', en: 'remove a person’s second factor', roles: ['security_administrator'], stepUp: true },
  'identity.disclosures.report': { zh: '报告他人密码泄露', en: 'report that a person’s password is known to others', roles: [...leaders, 'security_department', 'system_administrator', 'security_administrator'] },
  'identity.titles.set': { zh: '设置岗位名称', en: 'set the titles of roles', roles: ['system_administrator'] },
  'identity.credentials.see': { zh: '查看设备密码登记', en: 'see the register of device passwords', roles: [...leaders, 'technician', 'security_department', 'auditor', 'inspector', 'system_administrator', 'security_administrator'] },
  'identity.credentials.change': { zh: '登记和更换设备密码', en: 'list and change device passwords', roles: ['room_manager', 'technician', 'system_administrator', 'security_administrator'], stepUp: true },
  'identity.qualifications.see': { zh: '查看资格与培训记录', en: 'see qualifications and training', roles: [...leaders, 'security_department', 'auditor', 'inspector', 'system_administrator', 'security_administrator'] },
  'identity.qualifications.change': { zh: '登记资格与培训', en: 'record qualifications and training', roles: leaders },
  'identity.service.see': { zh: '查看服务账号权限', en: 'see the rights of the service accounts', roles: ['security_department', 'auditor', 'inspector', 'system_administrator', 'security_administrator'] },
  'identity.people.change': { zh: '修改人员的角色、停用账号', en: 'change roles and accounts of people', roles: ['system_administrator'] },
});
