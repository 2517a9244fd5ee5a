/** Facts of people as the room keeps them: rights, titles, files, device passwords, qualifications. */
import { z } from 'zod';
import { declareEvent } from '../ledger/index.ts';

const text = z.string();
const words = z.object({ zh: text, en: text });
const at = z.int();

export const peopleEvents = {
  roleGranted: declareEvent({
    kind: 'identity.role_granted', version: 1, sensitive: true,
    body: z.object({ name: text, role: text, title: words, until: at.nullable(), reason: text }), personal: ['name'],
    sentence: { zh: '授予{name}岗位：{title.zh}', en: 'granted {name} the role {title.en}' },
  }),
  roleEnded: declareEvent({
    kind: 'identity.role_ended', version: 1, sensitive: true,
    body: z.object({ name: text, role: text, title: words }), personal: ['name'],
    sentence: { zh: '收回{name}的岗位：{title.zh}', en: 'withdrew from {name} the role {title.en}' },
  }),
  titleSet: declareEvent({
    kind: 'identity.title_set', version: 1,
    body: z.object({ role: text, standard: words, title: words }),
    sentence: { zh: '岗位“{standard.zh}”在本单位称“{title.zh}”', en: 'the role "{standard.en}" is called "{title.en}" here' },
  }),
  peopleImported: declareEvent({
    kind: 'identity.people_imported', version: 1, sensitive: true,
    body: z.object({ made: z.int(), refused: z.int() }),
    sentence: { zh: '导入人员 {made} 名，{refused} 行未导入', en: 'brought in {made} people, {refused} rows not' },
  }),
  peopleExported: declareEvent({
    kind: 'identity.people_exported', version: 1,
    body: z.object({ people: z.int(), format: text }),
    sentence: { zh: '导出人员表（{people} 名）', en: 'exported the list of people ({people})' },
  }),
  passwordDisclosed: declareEvent({
    kind: 'identity.password_disclosed', version: 1, sensitive: true,
    body: z.object({ name: text, own: z.boolean(), onPost: z.boolean(), text }), personal: ['name'],
    sentence: { zh: '报告{name}的密码泄露，须修改', en: 'the password of {name} was reported as known to others and must be changed' },
  }),
  factorReset: declareEvent({
    kind: 'identity.factor_reset', version: 1, sensitive: true,
    body: z.object({ name: text, passkeys: z.int(), codes: z.boolean() }), personal: ['name'],
    sentence: { zh: '重置了{name}的第二种验证', en: 'the second factor of {name} was removed' },
  }),
  devicePasswordSet: declareEvent({
    kind: 'identity.device_password_set', version: 1, sensitive: true,
    body: z.object({ device: text, account: text, ownerId: text, ownerName: text, signs: z.int(), score: z.int().nullable(), first: z.boolean() }), personal: ['ownerName'],
    sentence: { zh: '登记设备密码：{device}，责任人{ownerName}', en: 'device password recorded: {device}, answered for by {ownerName}' },
  }),
  devicePasswordDisclosed: declareEvent({
    kind: 'identity.device_password_disclosed', version: 1, sensitive: true,
    body: z.object({ device: text, account: text, text }),
    sentence: { zh: '报告设备密码泄露：{device}', en: 'the password of {device} was reported as known to others' },
  }),
  deviceRetired: declareEvent({
    kind: 'identity.device_retired', version: 1,
    body: z.object({ device: text, account: text }),
    sentence: { zh: '从密码登记撤下：{device}', en: 'taken from the register of passwords: {device}' },
  }),
  devicesScanned: declareEvent({
    kind: 'identity.device_passwords_scanned', version: 1,
    body: z.object({ devices: z.int(), found: z.array(z.object({ device: text, account: text, ownerId: text, findings: z.array(text) })), clauses: z.array(text) }),
    sentence: { zh: '检查设备密码 {devices} 个', en: 'looked at the passwords of {devices} devices' },
  }),
  qualificationAdded: declareEvent({
    kind: 'identity.qualification_added', version: 1,
    body: z.object({ qualificationId: text, name: text, kind: text, number: text, from: at, until: at.nullable(), scanSha256: text.nullable() }), personal: ['name', 'number'],
    sentence: { zh: '登记{name}的资格', en: 'a qualification of {name} was recorded' },
  }),
  qualificationWithdrawn: declareEvent({
    kind: 'identity.qualification_withdrawn', version: 1,
    body: z.object({ qualificationId: text, name: text, kind: text }), personal: ['name'],
    sentence: { zh: '撤销{name}的资格记录', en: 'a qualification of {name} was withdrawn' },
  }),
};
