/** Sends a test by a channel as it is set up now and says in plain words what came back. */
import { Refusal } from '../../../base/refusal.ts';
import { actorOf, type Caller } from '../../identity/index.ts';
import { answerSaid } from '../answer-words.ts';
import { sendMail } from '../channels/mail.ts';
import { postWebhook } from '../channels/webhook.ts';
import type { NotificationsContext } from '../context.ts';
import { ChannelNotSet, mailServerOf, webhookOf, whyFailed } from '../deliver.ts';
import { events } from '../events.ts';
import { notificationsRefusals as refuse } from '../refusals.ts';

const title = { zh: '渠道测试', en: 'channel test' };
const sentence = { zh: '这是值守发出的测试，不需要处理。', en: 'This is a test by Vigil; nothing needs to be done.' };

const carryTest = async (context: NotificationsContext, caller: Caller, channel: 'mail' | 'webhook', address: string | undefined): Promise<string> => {
  const now = context.clock.now();
  if (channel === 'webhook') {
    const message = { noticeId: 'test', kind: 'notifications.channel_test', severity: 'ordinary', subject: caller.siteId, title, sentence, to: caller.personId, madeAt: now };
    return postWebhook(await webhookOf(context, caller.siteId), message, now);
  }
  if (address === undefined) throw refuse('mail_unknown', {}, { fields: [{ path: 'address', ...refuse('mail_unknown').sentence }] });
  return sendMail(await mailServerOf(context, caller.siteId), { to: address, subject: `值守：${title.zh} · ${title.en}`, text: `${sentence.zh}\n${sentence.en}` });
};

export const testChannel = async (context: NotificationsContext, caller: Caller, channel: 'mail' | 'webhook', address: string | undefined) => {
  const { clock, database, ledger } = context;
  const began = clock.monotonic();
  const outcome = await carryTest(context, caller, channel, address).then(
    (detail) => ({ delivered: true, detail }),
    (error: unknown) => {
      if (error instanceof Refusal) throw error;
      if (error instanceof ChannelNotSet) throw refuse('channel_not_set');
      return { delivered: false, detail: whyFailed(error) };
    },
  );
  const tookMs = Math.round(Math.max(0, clock.monotonic() - began));
  const { siteId, roomId } = caller;
  await database.transaction((tx) => ledger.append(tx, { event: events.channelTested, siteId, roomId, actor: actorOf(caller), subject: siteId, body: { channel, ...outcome, tookMs }, at: clock.now() }));
  const said = answerSaid(outcome.detail);
  return { delivered: outcome.delivered, tookMs, detail: outcome.delivered ? { zh: `已送出，对方回答：${said.zh}`, en: `Delivered; the other side said: ${said.en}` } : { zh: `没有送出：${said.zh}`, en: `Not delivered: ${said.en}` } };
};
