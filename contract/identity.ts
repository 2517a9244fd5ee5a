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
  roles: z.array(z.object({ role: Role, scopeId: z.string(), /** Ends by itself then; null: open. */ until: Instant.nullable().optional() })),
  active: z.boolean(),
});
export type Person = z.infer<typeof Person>;

export const Site = z.object({ siteId: z.string(), name: z.string(), timeZone: z.string() });
export const Room = z.object({ roomId: z.string(), siteId: z.string(), name: z.string() });

/** May this person do that here: yes, or no with the reason that the screen shows. */
export const Can = z.record(z.string(), z.union([z.literal(true), z.object({ zh: z.string(), en: z.string() })]));

/** What a session may not do until something has been done about it; null: nothing stands in its way. */
export const Restriction = z.enum([
  'second_console', // a second console of somebody on post: prove who sits here
  'change_password', // new, set by somebody else, too old or reported as known to others
  'enrol_second_factor', // the room demands one and the person has none
]);
export type Restriction = z.infer<typeof Restriction>;

/** A site's own name of a role, shown instead of the standard title. */
export const SiteTitle = z.object({ role: Role, zh: z.string(), en: z.string(), since: Instant });
export type SiteTitle = z.infer<typeof SiteTitle>;
export const SessionView = z.object({
  person: Person,
  site: Site,
  room: Room,
  demonstration: z.boolean(),
  /** By verb name, e.g. video.live.watch */
  can: Can,
  restriction: Restriction.nullable(),
  /** Of the site, where it has its own. */
  titles: z.array(SiteTitle),
  /** Name of the post held now. */
  post: z.string().nullable(),
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
  /** `code`: of the person's code generator, or one of their recovery codes; asked for by the refusal identity.code_needed. */
  body: z.object({ account: z.string().trim().min(1).max(64), password, code: z.string().trim().max(32).optional() }),
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

const base64url = z.string().regex(/^[\w-]+$/).max(8_192);
/** What a browser answers when a passkey has signed (WebAuthn AuthenticationResponseJSON). */
export const PasskeyAssertion = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url, userHandle: base64url.optional() }),
  clientExtensionResults: z.looseObject({}),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
});
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;
/** What a browser answers when a passkey was made (RegistrationResponseJSON). */
export const PasskeyAttestation = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports: z.array(z.string().max(32)).max(8).optional() }),
  clientExtensionResults: z.looseObject({}),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
});
export type PasskeyAttestation = z.infer<typeof PasskeyAttestation>;
/** Goes to the browser as it is: options of navigator.credentials, as JSON. */
export const PasskeyOptions = z.looseObject({ challenge: z.string() });

/** How a person signs a decision: with a passkey over its digest, or with password and code where the room allows it. */
export const SigningAssertion = z.union([PasskeyAssertion, z.object({ password, totp: z.string().trim().min(6).max(32) })]);
export type SigningAssertion = z.infer<typeof SigningAssertion>;
/** What a browser needs to sign: request options with the digest as challenge (null: no passkey can be used), whether password and code will do, and whether the person has enabled codes. */
export const SigningOptions = z.object({ passkey: PasskeyOptions.nullable(), passwordAndCode: z.boolean(), codesEnabled: z.boolean() });
export type SigningOptions = z.infer<typeof SigningOptions>;

export const passkeySignInOptions = endpoint({
  method: 'POST', path: '/api/identity/sessions/passkey-options',
  summary: { zh: '通行密钥登录的参数', en: 'Options of a sign-in by passkey' },
  response: z.object({ passkey: PasskeyOptions.nullable() }),
});
export const passkeySignIn = endpoint({
  method: 'POST', path: '/api/identity/sessions/passkey',
  summary: { zh: '用通行密钥登录', en: 'Sign in by passkey' },
  body: z.object({ passkey: PasskeyAssertion }),
  response: SessionView,
});
/** A fresh proof that the person themselves sits here. Whoever has a second factor proves with it. */
export const StepUp = z.union([z.object({ passkey: PasskeyAssertion }), z.object({ password, code: z.string().trim().max(32).optional() })]);
export type StepUp = z.infer<typeof StepUp>;
export const stepUpOptions = endpoint({
  method: 'POST', path: '/api/identity/step-up/options',
  summary: { zh: '再次验证身份的方式', en: 'How to prove again who sits here' },
  response: z.object({ passkey: PasskeyOptions.nullable(), password: z.boolean(), code: z.boolean() }),
});
export const stepUp = endpoint({
  method: 'POST', path: '/api/identity/step-up',
  summary: { zh: '再次验证身份', en: 'Prove again who sits here' },
  body: StepUp,
  response: SessionView,
});

export const Passkey = z.object({ passkeyId: z.string(), name: z.string(), addedAt: Instant, usedAt: Instant.nullable(), backedUp: z.boolean() });
export type Passkey = z.infer<typeof Passkey>;
/** Why passkeys cannot be used or need a warning before the first one. */
export const PasskeySite = z.enum(['fine', 'localhost', 'needs_name', 'needs_tls']);
export type PasskeySite = z.infer<typeof PasskeySite>;
export const ownAccount = endpoint({
  method: 'GET', path: '/api/identity/own-account',
  summary: { zh: '自己的登录方式与会话', en: 'One’s own ways to sign in, and sessions' },
  response: z.object({
    passkeySite: PasskeySite,
    passkeys: z.array(Passkey),
    codes: z.object({ since: Instant, recoveryLeft: z.int() }).nullable(),
    password: z.object({ since: Instant, maxAgeDays: z.int().nullable(), minLength: z.int() }),
    secondFactorRequired: z.boolean(),
    sessions: z.array(z.object({ sessionId: z.string(), source: z.string(), createdAt: Instant, seenAt: Instant, proof: z.enum(['password', 'passkey', 'password_totp', 'password_recovery']), limited: z.boolean(), own: z.boolean() })),
  }),
});
export const endOwnSession = endpoint({
  method: 'DELETE', path: '/api/identity/own-account/sessions/:sessionId',
  summary: { zh: '结束自己的另一个会话', en: 'End another session of one’s own' },
  params: z.object({ sessionId: IdOf('ses') }),
});
export const passkeyOptions = endpoint({
  method: 'POST', path: '/api/identity/own-account/passkeys/options',
  summary: { zh: '添加通行密钥的参数', en: 'Options for a new passkey' },
  response: z.object({ passkey: PasskeyOptions }),
});
export const addPasskey = endpoint({
  method: 'POST', path: '/api/identity/own-account/passkeys',
  summary: { zh: '添加通行密钥', en: 'Add a passkey' },
  body: z.object({ name: z.string().trim().min(1).max(64), passkey: PasskeyAttestation }),
  response: z.object({ passkeyId: z.string() }),
});
export const removePasskey = endpoint({
  method: 'DELETE', path: '/api/identity/own-account/passkeys/:passkeyId',
  summary: { zh: '移除通行密钥', en: 'Remove a passkey' },
  params: z.object({ passkeyId: IdOf('pky') }),
});
export const beginCodes = endpoint({
  method: 'POST', path: '/api/identity/own-account/codes',
  summary: { zh: '开始使用动态验证码', en: 'Begin with one-time codes' },
  /** The secret is shown this once: as text in base 32 and as an address for a QR code. */
  response: z.object({ secret: z.string(), uri: z.string() }),
});
export const confirmCodes = endpoint({
  method: 'POST', path: '/api/identity/own-account/codes/confirm',
  summary: { zh: '确认动态验证码', en: 'Confirm one-time codes' },
  body: z.object({ code: z.string().trim().min(6).max(12) }),
  /** Each good once, when the phone is lost; shown this once. */
  response: z.object({ recoveryCodes: z.array(z.string()) }),
});
export const removeCodes = endpoint({
  method: 'DELETE', path: '/api/identity/own-account/codes',
  summary: { zh: '停用动态验证码', en: 'Stop using one-time codes' },
});

export const QualificationKind = z.enum(['console_training', 'guard_certificate', 'fire_control_certificate', 'background_check', 'confidentiality_training', 'other']);
export type QualificationKind = z.infer<typeof QualificationKind>;

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
