/** What may be done to people and accounts. */
import { declareVerbs } from './policy.ts';

export const identityVerbs = declareVerbs('identity', {
  'identity.people.list': { zh: '查看人员列表', en: 'see the list of people', roles: ['system_administrator', 'security_administrator', 'auditor'] },
  'identity.people.add': { zh: '添加人员', en: 'add people', roles: ['system_administrator'] },
  'identity.people.change': { zh: '修改人员的角色、停用账号', en: 'change roles and accounts of people', roles: ['system_administrator'] },
});
