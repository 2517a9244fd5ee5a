/** Titles of the roles, and which of them one person may hold together (三员分立). Pure. */
import { Role } from '../../../../contract/identity.ts';
import type { Sentence } from '../../base/refusal.ts';

export const roleTitles: Readonly<Record<Role, Sentence>> = {
  duty_operator: { zh: '值班员', en: 'duty operator' },
  monitor: { zh: '监控员', en: 'monitor' },
  shift_leader: { zh: '班长', en: 'shift leader' },
  duty_manager: { zh: '值班经理', en: 'duty manager' },
  room_manager: { zh: '主管', en: 'room manager' },
  technician: { zh: '技术维护', en: 'technician' },
  guard_captain: { zh: '保安队长', en: 'guard captain' },
  video_custodian: { zh: '视频信息管理员', en: 'video custodian' },
  security_department: { zh: '安全主管部门', en: 'security department' },
  leader: { zh: '领导', en: 'leader' },
  requester: { zh: '申请人', en: 'requester' },
  auditor: { zh: '审计员', en: 'auditor' },
  inspector: { zh: '检查人', en: 'inspector' },
  system_administrator: { zh: '系统管理员', en: 'system administrator' },
  security_administrator: { zh: '安全管理员', en: 'security administrator' },
};

export const allRoles: readonly Role[] = Role.options;
export const isRole = (text: string): text is Role => Role.safeParse(text).success;

/** They run the system and see no footage. */
export const administratorRoles: readonly Role[] = ['system_administrator', 'security_administrator'];
export const isAdministrator = (roles: readonly Role[]): boolean => roles.some((role) => administratorRoles.includes(role));

/** Who administers the system neither works in the room nor audits it: an administrator's role stands alone. */
export const rolesConflict = (roles: readonly Role[]): boolean => isAdministrator(roles) && new Set(roles).size > 1;

/** "a, b or c" */
export const anyOf = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;

/** As English says it: an auditor, a leader. */
export const withArticle = (words: string): string => `${/^[aeiou]/i.test(words) ? 'an' : 'a'} ${words}`;

/** Titles of all of them, as a list. */
export const titlesOf = (roles: readonly Role[]): Sentence => ({
  zh: roles.map((role) => roleTitles[role].zh).join('、'),
  en: roles.map((role) => roleTitles[role].en).join(', '),
});

const siteRoles: ReadonlySet<Role> = new Set(['video_custodian', 'security_department', 'leader', 'requester', 'auditor', 'inspector', ...administratorRoles]);
/** Where a role holds: that of the room's own people in their room, the others in the whole site. */
export const scopeOf = (role: Role, place: { siteId: string; roomId: string }): string => (siteRoles.has(role) ? place.siteId : place.roomId);
