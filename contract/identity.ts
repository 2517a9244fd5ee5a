/** People, sessions, set-up. Roles follow the regulations' own titles; a site's titles map onto them later. */
import { z } from 'zod';
import { endpoint, IdOf, Instant } from './endpoint.ts';

export const Role = z.enum([
  'duty_operator', // 值班员
  'monitor', // 监控员
  'shift_leader', // 班长
  'duty_manager', // 值班经理
  'room_manager', // 主管
  'technician', // 技术维护
  'guard_captain', // 保安队长
  'video_custodian', // 视频信息管理员
  'security_department', // 安全主管部门
  'leader', // 领导
  'requester', // 申请人
  'auditor', // 审计员
  'inspector', // 检查人
  'system_administrator', // 系统管理员: sees no footage
  'security_administrator', // 安全管理员: sees no footage
]);
export type Role = z.infer<typeof Role>;

export const Language = z.enum(['zh-CN', 'en']);
export type Language = z.infer<typeof Language>;

export const Person = z.object({
  personId: z.string(),
  /** What the person types to sign in. */
  account: z.string(),
  name: z.string(),
  /** Staff number 工号, shown in the watermark. */
  staffNumber: z.string(),
  language: Language,
  roles: z.array(z.object({ role: Role, scopeId: z.string() })),
  active: z.boolean(),
});
export type Person = z.infer<typeof Person>;

export const Site = z.object({ siteId: z.string(), name: z.string(), timeZone: z.string() });
export const Room = z.object({ roomId: z.string(), siteId: z.string(), name: z.string() });

/** May this person do that here: yes, or no with the reason that the screen shows. */
export const Can = z.record(z.string(), z.union([z.literal(true), z.object({ zh: z.string(), en: z.string() })]));

export const SessionView = z.object({
  person: Person,
  site: Site,
  room: Room,
  demonstration: z.boolean(),
  /** By verb name, e.g. video.live.watch */
  can: Can,
  signedInAt: Instant,
  serverNow: Instant,
});
export type SessionView = z.infer<typeof SessionView>;

const accountName = z.string().trim().min(2).max(64).regex(/^[\p{L}\p{N}._@-]+$/u);
const password = z.string().min(1).max(256);
const personName = z.string().trim().min(1).max(64);

/** RoomState: is there a room yet? Public, says nothing else about it. */
export const roomState = endpoint({
  method: 'GET', path: '/api/identity/room-state',
  summary: { zh: '本机是否已完成设置', en: 'Whether this machine has been set up' },
  response: z.object({ state: z.enum(['new', 'ready']), demonstration: z.boolean(), language: Language, demonstrationPossible: z.boolean() }),
});

export const signIn = endpoint({
  method: 'POST', path: '/api/identity/sessions',
  summary: { zh: '登录', en: 'Sign in' },
  body: z.object({ account: z.string().trim().min(1).max(64), password }),
  response: SessionView,
});
export const currentSession = endpoint({
  method: 'GET', path: '/api/identity/session',
  summary: { zh: '当前会话', en: 'The session of this window' },
  response: SessionView,
});
export const signOut = endpoint({ method: 'DELETE', path: '/api/identity/session', summary: { zh: '退出', en: 'Sign out' } });
export const changePassword = endpoint({
  method: 'POST', path: '/api/identity/password',
  summary: { zh: '修改自己的密码', en: 'Change one’s own password' },
  body: z.object({ current: password, next: password }),
});
export const setLanguage = endpoint({
  method: 'PUT', path: '/api/identity/language',
  summary: { zh: '选择界面语言', en: 'Choose the language of the screens' },
  body: z.object({ language: Language }),
});

export const passwordStrength = endpoint({
  method: 'POST', path: '/api/identity/password-strength',
  summary: { zh: '检查密码强度', en: 'Judge a password' },
  body: z.object({ password, account: z.string().max(64), name: z.string().max(64) }),
  response: z.object({ score: z.int().min(0).max(4), accepted: z.boolean(), zh: z.string(), en: z.string() }),
});

export const SetUpForm = z.object({
  /** One-time code printed in the terminal. */
  code: z.string().trim().min(4).max(32),
  site: z.object({ name: z.string().trim().min(1).max(64), timeZone: z.string().min(1).max(64) }),
  room: z.object({ name: z.string().trim().min(1).max(64) }),
  language: Language,
  administrator: z.object({ account: accountName, name: personName, staffNumber: z.string().trim().max(32), password }),
  dutyOperator: z.object({ account: accountName, name: personName, staffNumber: z.string().trim().max(32), password }),
  camera: z.object({ label: z.string().trim().min(1).max(64), url: z.string().trim().max(512), username: z.string().max(128).nullable(), password: z.string().max(256).nullable() }).nullable(),
});
export type SetUpForm = z.infer<typeof SetUpForm>;
export const setUp = endpoint({
  method: 'POST', path: '/api/identity/set-up',
  summary: { zh: '首次设置', en: 'First set-up' },
  body: SetUpForm,
  response: z.object({ siteId: z.string(), roomId: z.string() }),
});
export const setUpDemonstration = endpoint({
  method: 'POST', path: '/api/identity/set-up/demonstration',
  summary: { zh: '建立演示监控室', en: 'Make the demonstration room' },
  body: z.object({ code: z.string().trim().min(4).max(32), language: Language }),
  response: z.object({ people: z.array(z.object({ account: z.string(), name: z.string(), role: Role, password: z.string() })) }),
});

export const listPeople = endpoint({
  method: 'GET', path: '/api/identity/people',
  summary: { zh: '人员列表', en: 'People' },
  query: z.object({ search: z.string().max(64).optional() }),
  response: z.object({ people: z.array(Person) }),
});
export const addPerson = endpoint({
  method: 'POST', path: '/api/identity/people',
  summary: { zh: '添加人员', en: 'Add a person' },
  body: z.object({ account: accountName, name: personName, staffNumber: z.string().trim().max(32), language: Language, password, roles: z.array(Role).min(1).max(15) }),
  response: z.object({ personId: z.string() }),
});
export const changePerson = endpoint({
  method: 'PATCH', path: '/api/identity/people/:personId',
  summary: { zh: '修改人员（角色、停用）', en: 'Change a person (roles, active)' },
  params: z.object({ personId: IdOf('per') }),
  body: z.object({ name: personName.optional(), staffNumber: z.string().trim().max(32).optional(), roles: z.array(Role).min(1).max(15).optional(), active: z.boolean().optional(), password: password.optional() }),
});
