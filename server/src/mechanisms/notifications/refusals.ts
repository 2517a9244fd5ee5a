/** Every "no" of notifications. */
import { declareRefusals } from '../../base/refusal.ts';

export const notificationsRefusals = declareRefusals('notifications', {
  alarm_unknown: { kind: 'not_found', zh: '没有这条报警。', en: 'There is no such alarm.' },
  alarm_closed: { kind: 'conflict', zh: '这条报警已经结束。', en: 'This alarm is closed already.' },
  already_acknowledged: { kind: 'conflict', zh: '这条报警刚被别人确认，请刷新查看。', en: 'Somebody has just acknowledged this alarm; look at it again.' },
  text_needed: { kind: 'invalid', zh: '请写明情况或处理，不能空着。', en: 'Say what it is or what was done; it cannot be left empty.' },
  still_so: { kind: 'conflict', zh: '报警的原因还在，恢复之前不能结束；可以先确认。', en: 'What the alarm is about is still so: it can be acknowledged, not closed.' },
  findings_needed: { kind: 'invalid', zh: '误报须详细记录，还缺：{zh}。', en: 'A false alarm is recorded in detail; missing: {en}.' },
  camera_unknown: { kind: 'not_found', zh: '没有这台摄像机，可能已撤除。', en: 'There is no such camera; it may have been retired.' },
  time_wrong: { kind: 'invalid', zh: '发生时间在将来，请检查本机时钟。', en: 'The time of the event lies in the future; check the clock of this machine.' },
  notice_unknown: { kind: 'not_found', zh: '没有这条通知，或不是发给您的。', en: 'There is no such notice, or it is not to you.' },
  notice_answered: { kind: 'conflict', zh: '这条通知您已签收。', en: 'You have acknowledged this notice already.' },
  kind_unknown: { kind: 'not_found', zh: '没有这种事件。', en: 'There is no such kind of event.' },
  target_missing: { kind: 'invalid', zh: '“{zh}”没有指定通知对象，不能保存：每种事件都要有人知道。', en: '"{en}" names nobody who must know and cannot be saved: every kind of event needs a receiver.' },
  channel_missing: { kind: 'invalid', zh: '请至少选择一种通知渠道。', en: 'Choose at least one channel.' },
  channel_not_set: { kind: 'conflict', zh: '这个渠道还没有设置。', en: 'This channel has not been set up yet.' },
  address_local: {
    kind: 'invalid', zh: '不能使用本机或链路本地地址 {host}。如确有服务在本机，请设置 VIGIL_ALLOW_LOCAL_CAMERAS=1 后重启。',
    en: 'Loopback and link-local addresses such as {host} are refused. If a service runs on this machine, set VIGIL_ALLOW_LOCAL_CAMERAS=1 and start again.',
  },
  key_needed: { kind: 'invalid', zh: '请设置签名密钥（至少 16 个字符）。', en: 'Set the signing key (at least 16 characters).' },
  password_again: { kind: 'invalid', zh: '服务器或用户已更改，请重新输入密码，或选择“不用密码”。', en: 'The server or the user has changed: enter the password again, or remove it.' },
  mail_unknown: { kind: 'invalid', zh: '请填写测试邮件的收件地址。', en: 'Say where the test mail should go.' },
  person_unknown: { kind: 'not_found', zh: '没有这个人员。', en: 'There is no such person.' },
  no_principal: { kind: 'conflict', zh: '还没有指定保密上报的接收人，请先找主管当面报告。', en: 'Nobody has been named to receive confidential reports yet: tell the room manager in person.' },
  span_wrong: { kind: 'invalid', zh: '结束时间必须晚于开始时间，且一次最多 {days} 天。', en: 'The end must be after the start, at most {days} days at a time.' },
});
