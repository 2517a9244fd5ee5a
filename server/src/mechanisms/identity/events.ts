/** Facts of identity. Names, accounts and network addresses are personal: they stand in the ledger as salted hashes. */
import { z } from 'zod';
import { declareEvent, type EventDeclaration } from '../ledger/index.ts';
import { endReasonNames } from './refusals.ts';
import { peopleEvents } from './people-events.ts';

const text = z.string();
const reason = z.enum(endReasonNames);
const proof = z.enum(['password', 'passkey', 'password_totp', 'password_recovery']);
const clauses = z.array(text);
/** As the field says it, at that time: titles may change, facts do not. */
const words = z.object({ zh: text, en: text });

export const events = {
  signedIn: declareEvent({
    kind: 'identity.signed_in', version: 1,
    body: z.object({ sessionId: text, name: text, source: text, proof: proof.optional(), limited: z.boolean().optional() }), personal: ['name', 'source'],
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
  signInRefused: declareEvent({
    kind: 'identity.sign_in_refused', version: 1,
    body: z.object({ name: text, source: text, reason: z.enum(['signed_in_elsewhere', 'training_needed', 'method_closed']), why: words, clauses }), personal: ['name', 'source'],
    sentence: { zh: '拒绝{name}登录：{why.zh}', en: 'sign-in of {name} refused: {why.en}' },
  }),
  secondConsole: declareEvent({
    kind: 'identity.second_console_opened', version: 1, sensitive: true,
    body: z.object({ name: text, post: text, sessionId: text, otherSessionIds: z.array(text), source: text, clauses }), personal: ['name', 'source'],
    sentence: { zh: '{name}在岗（{post}）期间，账号又在另一控制台登录', en: 'the account of {name}, on post at {post}, was used at a second console' },
  }),
  passwordOverdue: declareEvent({
    kind: 'identity.password_overdue_on_post', version: 1,
    body: z.object({ name: text, post: text, reason: z.enum(['age', 'disclosed', 'first', 'set_by_other']), clauses }), personal: ['name'],
    sentence: { zh: '{name}在岗（{post}），密码须修改；交班前不断开', en: '{name}, on post at {post}, must change the password; not cut off before relief' },
  }),
  steppedUp: declareEvent({
    kind: 'identity.stepped_up', version: 1,
    body: z.object({ sessionId: text, name: text, proof, limitEnded: z.boolean() }), personal: ['name'],
    sentence: { zh: '{name}再次验证身份', en: '{name} proved again who they are' },
  }),
  passkeyAdded: declareEvent({
    kind: 'identity.passkey_added', version: 1, sensitive: true,
    body: z.object({ name: text, passkeyId: text, credentialId: text, keyName: text, rpId: text }), personal: ['name', 'keyName'],
    sentence: { zh: '{name}添加通行密钥“{keyName}”', en: '{name} added the passkey "{keyName}"' },
  }),
  passkeyRemoved: declareEvent({
    kind: 'identity.passkey_removed', version: 1, sensitive: true,
    body: z.object({ name: text, passkeyId: text, keyName: text }), personal: ['name', 'keyName'],
    sentence: { zh: '移除{name}的通行密钥“{keyName}”', en: 'the passkey "{keyName}" of {name} was removed' },
  }),
  codesStarted: declareEvent({
    kind: 'identity.codes_started', version: 1, sensitive: true,
    body: z.object({ name: text, generatorId: text }), personal: ['name'],
    sentence: { zh: '{name}启用动态验证码', en: '{name} began to use one-time codes' },
  }),
  codesStopped: declareEvent({
    kind: 'identity.codes_stopped', version: 1, sensitive: true,
    body: z.object({ name: text, generatorId: text }), personal: ['name'],
    sentence: { zh: '{name}的动态验证码停用', en: 'the one-time codes of {name} were stopped' },
  }),
  recoveryCodeUsed: declareEvent({
    kind: 'identity.recovery_code_used', version: 1, sensitive: true,
    body: z.object({ name: text, left: z.int().min(0) }), personal: ['name'],
    sentence: { zh: '{name}用掉一个恢复码，还剩 {left} 个', en: '{name} used a recovery code, {left} left' },
  }),
  postTaken: declareEvent({
    kind: 'identity.post_taken', version: 1,
    body: z.object({ postId: text, post: text, name: text }), personal: ['name'],
    sentence: { zh: '{name}上岗：{post}', en: '{name} took the post {post}' },
  }),
  postLeft: declareEvent({
    kind: 'identity.post_left', version: 1, sensitive: true,
    body: z.object({ postId: text, post: text, name: text, forced: z.boolean(), reason: text }), personal: ['name'],
    sentence: { zh: '{name}离岗：{post}', en: '{name} left the post {post}' },
  }),
  ...peopleEvents,
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
