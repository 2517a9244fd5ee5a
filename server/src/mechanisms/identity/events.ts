/** Facts of identity. Names, accounts and network addresses are personal: they stand in the ledger as salted hashes. */
import { z } from 'zod';
import { declareEvent, type EventDeclaration } from '../ledger/index.ts';

const text = z.string();
const reason = z.enum(['signed_out', 'idle', 'password_changed', 'deactivated', 'recovered']);
/** As the field says it, at that time: titles may change, facts do not. */
const words = z.object({ zh: text, en: text });

export const events = {
  signedIn: declareEvent({
    kind: 'identity.signed_in', version: 1,
    body: z.object({ sessionId: text, name: text, source: text }), personal: ['name', 'source'],
    sentence: { zh: '{name}登录', en: '{name} signed in' },
  }),
  /** What was typed as an unknown account is not kept: it may be a password in the wrong field. */
  signInFailed: declareEvent({
    kind: 'identity.sign_in_failed', version: 1,
    body: z.object({ source: text, accountKnown: z.boolean(), times: z.int().min(1) }), personal: ['source'],
    sentence: { zh: '登录失败 {times} 次', en: 'sign-in failed {times} times' },
  }),
  signedOut: declareEvent({
    kind: 'identity.signed_out', version: 1,
    body: z.object({ sessionId: text, name: text }), personal: ['name'],
    sentence: { zh: '{name}退出', en: '{name} signed out' },
  }),
  sessionEnded: declareEvent({
    kind: 'identity.session_ended', version: 1,
    body: z.object({ sessionId: text, name: text, reason, why: words }), personal: ['name'],
    sentence: { zh: '{name}的登录被结束（{why.zh}）', en: 'the session of {name} was ended ({why.en})' },
  }),
  setUpDone: declareEvent({
    kind: 'identity.set_up_done', version: 1, sensitive: true,
    body: z.object({ site: text, room: text, timeZone: text, demonstration: z.boolean() }), personal: [],
    sentence: { zh: '完成设置：{site} · {room}', en: 'set up: {site} · {room}' },
  }),
  personAdded: declareEvent({
    kind: 'identity.person_added', version: 1, sensitive: true,
    body: z.object({ account: text, name: text, staffNumber: text, roles: z.array(text), titles: words }), personal: ['account', 'name', 'staffNumber'],
    sentence: { zh: '添加人员 {name}({titles.zh})', en: 'added {name} ({titles.en})' },
  }),
  personChanged: declareEvent({
    kind: 'identity.person_changed', version: 1, sensitive: true,
    body: z.object({ name: text, staffNumber: text, roles: z.array(text), rolesBefore: z.array(text), active: z.boolean(), activeBefore: z.boolean(), now: words, before: words }),
    personal: ['name', 'staffNumber'],
    sentence: { zh: '修改人员 {name}:{now.zh}（原为 {before.zh}）', en: 'changed {name}: {now.en} (was {before.en})' },
  }),
  passwordChanged: declareEvent({
    kind: 'identity.password_changed', version: 1,
    body: z.object({ name: text, own: z.boolean() }), personal: ['name'],
    sentence: { zh: '{name}的密码已修改', en: 'the password of {name} was changed' },
  }),
  denied: declareEvent({
    kind: 'identity.denied', version: 1,
    body: z.object({ name: text, what: text, verb: text.nullable(), times: z.int().min(1) }), personal: ['name'],
    sentence: { zh: '拒绝{name}:{what}（{times} 次）', en: 'refused to {name}: {what} ({times} times)' },
  }),
  administratorRecovered: declareEvent({
    kind: 'identity.administrator_recovered', version: 1, sensitive: true,
    body: z.object({ account: text, name: text, madeNew: z.boolean() }), personal: ['account', 'name'],
    sentence: { zh: '在本机重置了系统管理员 {name} 的密码', en: 'the password of system administrator {name} was reset on the machine' },
  }),
};

/** For the ledger's sentences. */
export const identityEvents: readonly EventDeclaration[] = Object.values(events);
