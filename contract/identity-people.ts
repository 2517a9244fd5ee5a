/** People as the room keeps them: rights with an end, titles, files of people, device passwords, qualifications. */
import { z } from 'zod';
import { endpoint, IdOf, Instant, Sentence } from './endpoint.ts';
import { QualificationKind, Role, SiteTitle } from './identity.ts';

/** To choose from. */
const NamedPerson = z.object({ personId: z.string(), name: z.string(), staffNumber: z.string() });

/** Rights of one person: each with who granted it, why and until when. */
export const Grant = z.object({
  grantId: z.int(), role: Role, scopeId: z.string(), from: Instant, until: Instant.nullable(), grantedBy: z.string(), grantedByName: z.string(), endedByName: z.string().nullable(), reason: z.string(), holds: z.boolean(),
});
export type Grant = z.infer<typeof Grant>;
export const listGrants = endpoint({
  method: 'GET', path: '/api/identity/people/:personId/grants',
  summary: { zh: '一个人的权限', en: 'Rights of a person' },
  params: z.object({ personId: IdOf('per') }),
  response: z.object({ grants: z.array(Grant) }),
});
export const grantRole = endpoint({
  method: 'POST', path: '/api/identity/people/:personId/grants',
  summary: { zh: '授予岗位（可设期限）', en: 'Grant a role, with an end if wanted' },
  params: z.object({ personId: IdOf('per') }),
  body: z.object({ role: Role, until: Instant.nullable(), reason: z.string().trim().max(200) }),
});
export const endGrant = endpoint({
  method: 'DELETE', path: '/api/identity/people/:personId/grants/:grantId',
  summary: { zh: '收回岗位', en: 'Withdraw a role' },
  params: z.object({ personId: IdOf('per'), grantId: z.coerce.number().pipe(z.int().min(1)) }),
});
export const resetFactor = endpoint({
  method: 'DELETE', path: '/api/identity/people/:personId/second-factor',
  summary: { zh: '重置一个人的第二种验证', en: 'Remove a person’s second factor' },
  params: z.object({ personId: IdOf('per') }),
});
export const reportDisclosure = endpoint({
  method: 'POST', path: '/api/identity/people/:personId/disclosures',
  summary: { zh: '报告密码泄露', en: 'Report that a password is known to others' },
  params: z.object({ personId: IdOf('per') }),
  body: z.object({ text: z.string().trim().min(1).max(400) }),
});
export const reportOwnDisclosure = endpoint({
  method: 'POST', path: '/api/identity/own-account/disclosures',
  summary: { zh: '报告自己的密码泄露', en: 'Report that one’s own password is known to others' },
  body: z.object({ text: z.string().trim().min(1).max(400) }),
});

export const listTitles = endpoint({
  method: 'GET', path: '/api/identity/titles',
  summary: { zh: '本单位的岗位名称', en: 'Titles of this site' },
  response: z.object({ titles: z.array(SiteTitle) }),
});
export const setTitle = endpoint({
  method: 'PUT', path: '/api/identity/titles/:role',
  summary: { zh: '设置本单位的岗位名称', en: 'Set the title of a role' },
  params: z.object({ role: Role }),
  /** Null: the standard title again. */
  body: z.object({ title: z.object({ zh: z.string().trim().min(1).max(32), en: z.string().trim().min(1).max(48) }).nullable() }),
});

/** One row of a file with people, as it was read; with what is wrong about it. */
export const ImportRow = z.object({
  /** Line in the file, counted as the spreadsheet does. */
  line: z.int(),
  name: z.string(), account: z.string(), staffNumber: z.string(), titles: z.string(), language: z.string(), until: z.string(),
  faults: z.array(z.object({ column: z.string(), zh: z.string(), en: z.string() })),
});
export type ImportRow = z.infer<typeof ImportRow>;
export const readPeopleFile = endpoint({
  method: 'POST', path: '/api/identity/people/import/preview',
  summary: { zh: '读取人员表（Excel 或 CSV），不写入', en: 'Read a file with people (Excel or CSV) without writing anything' },
  body: z.object({ fileName: z.string().min(1).max(200), base64: z.base64().max(6_000_000) }),
  response: z.object({ rows: z.array(ImportRow), good: z.int() }),
});
export const importPeople = endpoint({
  method: 'POST', path: '/api/identity/people/import',
  summary: { zh: '导入人员', en: 'Bring in people' },
  body: z.object({ rows: z.array(z.object({ line: z.int(), name: z.string().max(200), account: z.string().max(200), staffNumber: z.string().max(200), titles: z.string().max(400), language: z.string().max(40), until: z.string().max(40) })).min(1).max(1_000) }),
  /** Initial passwords are shown this once; rows with faults come back as they were. */
  response: z.object({ made: z.array(z.object({ personId: z.string(), account: z.string(), name: z.string(), staffNumber: z.string(), titles: Sentence, password: z.string() })), refused: z.array(ImportRow) }),
});
export const peopleTemplate = endpoint({
  method: 'GET', path: '/api/identity/people/import/template',
  summary: { zh: '人员表模板（Excel）', en: 'Template of the file with people (Excel)' },
  bytes: true,
});
export const exportPeople = endpoint({
  method: 'GET', path: '/api/identity/people/export',
  summary: { zh: '导出人员表', en: 'Export the list of people' },
  query: z.object({ format: z.enum(['xlsx', 'csv']) }),
  bytes: true,
});

/** What is wrong with the password of a device. */
export const DeviceFinding = z.enum(['no_password', 'factory', 'weak', 'overdue', 'disclosed', 'owner_left']);
export type DeviceFinding = z.infer<typeof DeviceFinding>;
export const DeviceKind = z.enum(['computer', 'recorder', 'camera', 'network', 'other']);
export type DeviceKind = z.infer<typeof DeviceKind>;
export const DeviceCredential = z.object({
  credentialId: z.string(), device: z.string(), kind: DeviceKind, account: z.string(), ownerId: z.string(), ownerName: z.string(),
  /** Length in characters; 0: none. The password itself is never sent. */
  signs: z.int(), score: z.int().min(0).max(4).nullable(), since: Instant, rotateBy: Instant.nullable(), findings: z.array(DeviceFinding),
});
export type DeviceCredential = z.infer<typeof DeviceCredential>;
export const listCredentials = endpoint({
  method: 'GET', path: '/api/identity/device-credentials',
  summary: { zh: '设备与电脑的密码登记', en: 'Register of device and computer passwords' },
  response: z.object({ credentials: z.array(DeviceCredential), maxAgeDays: z.int().nullable(), lastScan: Instant.nullable(), people: z.array(NamedPerson) }),
});
const devicePassword = z.string().max(256).nullable();
export const addCredential = endpoint({
  method: 'POST', path: '/api/identity/device-credentials',
  summary: { zh: '登记设备密码', en: 'List a device password' },
  body: z.object({ device: z.string().trim().min(1).max(64), kind: DeviceKind, account: z.string().trim().max(128), ownerId: IdOf('per'), /** Null: the device has none. */ password: devicePassword, /** When it was set on the device; default now. */ since: Instant.optional() }),
  response: z.object({ credentialId: z.string() }),
});
export const rotateCredential = endpoint({
  method: 'POST', path: '/api/identity/device-credentials/:credentialId/rotations',
  summary: { zh: '登记设备密码已更换', en: 'Record that a device password was changed' },
  params: z.object({ credentialId: IdOf('dcr') }),
  body: z.object({ ownerId: IdOf('per'), password: devicePassword }),
});
export const discloseCredential = endpoint({
  method: 'POST', path: '/api/identity/device-credentials/:credentialId/disclosures',
  summary: { zh: '报告设备密码泄露', en: 'Report that a device password is known to others' },
  params: z.object({ credentialId: IdOf('dcr') }),
  body: z.object({ text: z.string().trim().min(1).max(400) }),
});
export const retireCredential = endpoint({
  method: 'DELETE', path: '/api/identity/device-credentials/:credentialId',
  summary: { zh: '从登记中撤下', en: 'Take a device password from the list' },
  params: z.object({ credentialId: IdOf('dcr') }),
});

export const Qualification = z.object({
  qualificationId: z.string(), personId: z.string(), personName: z.string(), kind: QualificationKind, number: z.string(), from: Instant, until: Instant.nullable(), hasScan: z.boolean(), checkedBy: z.string(), addedAt: Instant, holds: z.boolean(),
});
export type Qualification = z.infer<typeof Qualification>;
export const listQualifications = endpoint({
  method: 'GET', path: '/api/identity/qualifications',
  summary: { zh: '资格与培训记录', en: 'Qualifications and training' },
  query: z.object({ personId: IdOf('per').optional() }),
  response: z.object({ qualifications: z.array(Qualification), people: z.array(NamedPerson), /** The console is closed without valid training. */ consoleNeedsTraining: z.boolean() }),
});
export const addQualification = endpoint({
  method: 'POST', path: '/api/identity/qualifications',
  summary: { zh: '登记资格', en: 'Record a qualification' },
  body: z.object({ personId: IdOf('per'), kind: QualificationKind, number: z.string().trim().max(64), from: Instant, until: Instant.nullable(), scan: z.object({ type: z.enum(['image/jpeg', 'image/png', 'application/pdf']), base64: z.base64().max(8_000_000) }).nullable() }),
  response: z.object({ qualificationId: z.string() }),
});
export const withdrawQualification = endpoint({
  method: 'DELETE', path: '/api/identity/qualifications/:qualificationId',
  summary: { zh: '撤销资格记录', en: 'Withdraw a qualification' },
  params: z.object({ qualificationId: IdOf('qua') }),
});
export const qualificationScan = endpoint({
  method: 'GET', path: '/api/identity/qualifications/:qualificationId/scan',
  summary: { zh: '资格证扫描件', en: 'Scan of a qualification' },
  params: z.object({ qualificationId: IdOf('qua') }),
  bytes: true,
});

/** What the accounts under which Vigil itself works may do in the database. */
export const listServiceRights = endpoint({
  method: 'GET', path: '/api/identity/service-rights',
  summary: { zh: '服务账号权限', en: 'Rights of the service accounts' },
  response: z.object({ /** Name of the system user. */ system: z.object({ user: z.string() }), database: z.object({ role: z.string(), superuser: z.boolean(), ownsTables: z.boolean() }), tables: z.array(z.object({ table: z.string(), rights: z.array(z.string()) })) }),
});
