/** Facts of notifications. Texts that people write are personal; a confidential text stands in no fact at all. */
import { z } from 'zod';
import { overNotes } from '../../../../contract/alarm-notes.ts';
import { declareEvent, type EventDeclaration } from '../ledger/index.ts';
import { answerWords } from './answer-words.ts';

const text = z.string();
const count = z.int().min(0);
const words = z.object({ zh: text, en: text });
const alarm = { alarmId: text, kind: text, class: text, title: words, sentence: words };
const sending = { sendingId: text, kind: text, title: words };
const person = z.object({ personId: text, name: text });

export const events = {
  alarmRaised: declareEvent({
    kind: 'notifications.alarm_raised', body: z.object({ ...alarm, about: text, cameraId: text.nullable(), severity: text }),
    sentence: { zh: '报警：{sentence.zh}', en: 'Alarm: {sentence.en}' },
  }),
  alarmRaisedAgain: declareEvent({
    kind: 'notifications.alarm_raised_again', body: z.object({ ...alarm, times: count }),
    sentence: { zh: '报警再次发生（第 {times} 次）：{sentence.zh}', en: 'Alarm again ({times} times): {sentence.en}' },
  }),
  alarmCleared: declareEvent({
    kind: 'notifications.alarm_cleared', body: z.object({ ...alarm, note: text }),
    sentence: { zh: '报警自行恢复：{sentence.zh} {note}', en: 'Alarm is over by itself: {sentence.en} {note}' },
    words: { note: overNotes },
  }),
  alarmAcknowledged: declareEvent({
    kind: 'notifications.alarm_acknowledged', personal: ['text', 'name'],
    body: z.object({ ...alarm, name: text, text, lateMs: count, lateMinutes: count, until: z.int() }),
    sentence: { zh: '{name}确认报警“{sentence.zh}”：{text}（迟 {lateMinutes} 分钟）', en: '{name} acknowledged "{sentence.en}": {text} (late by {lateMinutes} min)' },
  }),
  alarmRangAgain: declareEvent({
    kind: 'notifications.alarm_rang_again', body: z.object({ ...alarm, rings: count, firedLateMs: count }),
    sentence: { zh: '确认到期仍未结束，报警再次响起（第 {rings} 次）：{sentence.zh}', en: 'The acknowledgement ran out and it rings again ({rings}): {sentence.en}' },
  }),
  alarmEscalated: declareEvent({
    kind: 'notifications.alarm_escalated', personal: ['told.*.name'],
    body: z.object({ ...alarm, hop: count, target: words, told: z.array(person), firedLateMs: count }),
    sentence: { zh: '报警无人确认，上报{target.zh}：{sentence.zh}', en: 'Nobody answered, told to {target.en}: {sentence.en}' },
  }),
  nobodyThere: declareEvent({
    kind: 'notifications.nobody_there', body: z.object({ about: text, kind: text, hop: count, target: words }),
    sentence: { zh: '应上报{target.zh}，但没有这样的人员', en: '{target.en} should have been told, but there is nobody' },
  }),
  alarmUnreached: declareEvent({
    kind: 'notifications.alarm_unreached', sensitive: true, body: z.object({ ...alarm, hops: count, round: count, firedLateMs: count }),
    sentence: { zh: '联系不到任何人：{sentence.zh}', en: 'Nobody could be reached: {sentence.en}' },
  }),
  alarmClosed: declareEvent({
    kind: 'notifications.alarm_closed', personal: ['text', 'findings.person'],
    body: z.object({ ...alarm, verdict: text, text, findings: z.object({ detector: text, place: text, cause: text, person: text, from: z.int().nullable(), until: z.int().nullable() }).nullable() }),
    sentence: { zh: '结束报警“{sentence.zh}”（{verdict}）：{text}', en: 'Alarm "{sentence.en}" closed ({verdict}): {text}' },
    words: { verdict: { real: { zh: '属实', en: 'real' }, false: { zh: '误报', en: 'false' }, over: { zh: '已恢复', en: 'over' } }, text: overNotes },
  }),
  alarmShelved: declareEvent({
    kind: 'notifications.alarm_shelved', sensitive: true, personal: ['name', 'text'], body: z.object({ ...alarm, name: text, text, until: z.int(), untilText: text }),
    sentence: { zh: '{name}搁置报警“{sentence.zh}”至 {untilText}：{text}', en: '{name} put "{sentence.en}" aside until {untilText}: {text}' },
  }),
  alarmUnshelved: declareEvent({
    kind: 'notifications.alarm_unshelved', personal: ['name', 'text'], body: z.object({ ...alarm, name: text, text, rings: count, firedLateMs: count }),
    sentence: { zh: '报警不再搁置，再次响起（第 {rings} 次）：{sentence.zh} {name} {text}', en: 'No longer put aside, it rings again ({rings}): {sentence.en} {name} {text}' },
  }),
  historyExported: declareEvent({
    kind: 'notifications.history_exported', body: z.object({ from: z.int(), until: z.int(), alarms: count }),
    sentence: { zh: '导出报警记录 {alarms} 条', en: 'Alarm history exported, {alarms} alarms' },
  }),
  noticeSent: declareEvent({
    kind: 'notifications.notice_sent', personal: ['told.*.name'],
    body: z.object({ ...sending, about: text, severity: text, sentence: words, told: z.array(person), channels: z.array(text), answerSeconds: count.nullable() }),
    sentence: { zh: '发出通知：{title.zh} {sentence.zh}', en: 'Notice sent: {title.en} {sentence.en}' },
  }),
  noticeAnswered: declareEvent({
    kind: 'notifications.notice_answered', personal: ['name', 'text'],
    body: z.object({ ...sending, noticeId: text, name: text, text, lateMs: count }),
    sentence: { zh: '{name}签收通知：{title.zh} {text}', en: '{name} acknowledged the notice {title.en} {text}' },
  }),
  noticeEscalated: declareEvent({
    kind: 'notifications.notice_escalated', personal: ['told.*.name'],
    body: z.object({ ...sending, hop: count, target: words, told: z.array(person), firedLateMs: count }),
    sentence: { zh: '通知无人签收，改报{target.zh}：{title.zh}', en: 'The notice {title.en} was not acknowledged, told to {target.en}' },
  }),
  noticeUnreached: declareEvent({
    kind: 'notifications.notice_unreached', sensitive: true, body: z.object({ ...sending, hops: count, round: count, firedLateMs: count }),
    sentence: { zh: '通知联系不到任何人：{title.zh}', en: 'Nobody could be reached for the notice {title.en}' },
  }),
  noticeDelivered: declareEvent({
    kind: 'notifications.notice_delivered', body: z.object({ noticeId: text, kind: text, channel: text, attempt: count, tookMs: count }),
    sentence: { zh: '通知已由{channel}送出', en: 'Notice delivered by {channel}' }, words: { channel: { mail: { zh: '邮件', en: 'mail' }, webhook: { zh: 'Webhook', en: 'webhook' } } },
  }),
  deliveryFailed: declareEvent({
    kind: 'notifications.delivery_failed', body: z.object({ noticeId: text, kind: text, channel: text, attempt: count, tookMs: count, detail: text, givenUp: z.boolean(), next: text.nullable() }),
    sentence: { zh: '通知由{channel}送出失败：{detail}', en: 'Notice could not be delivered by {channel}: {detail}' }, words: { channel: { mail: { zh: '邮件', en: 'mail' }, webhook: { zh: 'Webhook', en: 'webhook' } }, detail: answerWords },
  }),
  matrixChanged: declareEvent({
    kind: 'notifications.matrix_changed', sensitive: true,
    body: z.object({ kind: text, severity: text, title: words, targets: z.array(text), channels: z.array(text), answerSeconds: count, ladder: z.array(z.array(text)) }),
    sentence: { zh: '修改通知矩阵：{title.zh}', en: 'Matrix of notices changed: {title.en}' },
  }),
  channelChanged: declareEvent({
    kind: 'notifications.channel_changed', sensitive: true, personal: ['user', 'person'],
    body: z.object({ channel: text, host: text, user: text, person: text, secretChanged: z.boolean() }),
    sentence: { zh: '修改通知渠道 {channel} {host}', en: 'Channel {channel} {host} changed' },
    words: { channel: { mail: { zh: '邮件', en: 'mail' }, webhook: { zh: 'Webhook', en: 'webhook' }, confidential: { zh: '保密上报', en: 'confidential reports' } } },
  }),
  channelTested: declareEvent({
    kind: 'notifications.channel_tested', body: z.object({ channel: text, delivered: z.boolean(), detail: text, tookMs: count }),
    sentence: { zh: '测试通知渠道 {channel}：{detail}', en: 'Channel {channel} tested: {detail}' }, words: { channel: { mail: { zh: '邮件', en: 'mail' }, webhook: { zh: 'Webhook', en: 'webhook' } } },
  }),
  addressChanged: declareEvent({
    kind: 'notifications.address_changed', personal: ['address', 'name'], body: z.object({ name: text, address: text }),
    sentence: { zh: '{name}的邮箱改为 {address}', en: 'Mail address of {name} is now {address}' },
  }),
  soundTested: declareEvent({
    kind: 'notifications.sound_tested', personal: ['name'], body: z.object({ name: text, heard: z.boolean(), outcome: text }),
    sentence: { zh: '{name}测试报警声音：{outcome}', en: '{name} tested the sound of alarms: {outcome}' },
    words: { outcome: { heard: { zh: '听得到', en: 'heard' }, not_heard: { zh: '听不到', en: 'not heard' } } },
  }),
};

/** For the ledger's sentences. */
export const notificationsEvents: readonly EventDeclaration[] = Object.values(events);
