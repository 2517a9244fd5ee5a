/**
 * Carries notices out of the house. Claiming is a row (a lease), carrying happens outside of any transaction, and what came back is a row
 * and a fact. Each channel has its own places, so that a mail server that hangs does not hold up the webhook.
 */
import { Channel, MailSettings, Severity, WebhookSettings } from '../../../../contract/notifications.ts';
import type { Instant } from '../../base/clock.ts';
import { withoutSecrets } from '../../base/log.ts';
import { minuteMs, secondMs } from '../../base/units.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import { serverActor } from '../ledger/index.ts';
import { mailNotSet, noAddress, noAnswer, webhookNotSet } from './answer-words.ts';
import { sendMail } from './channels/mail.ts';
import { postWebhook } from './channels/webhook.ts';
import type { NotificationsContext } from './context.ts';
import { channelSwitch } from './controls.ts';
import { claimDeliveries, endDelivery, findDelivery, insertDelivery, noteAttempt, retryDelivery, type Carrier, type Delivery } from './delivery-store.ts';
import { events } from './events.ts';
import { alarmTelling } from './matrix.ts';
import { findSetting, mailAddresses } from './settings-store.ts';
import { isCarrier } from './tell.ts';

const mostAttempts = 3;
const placesPerChannel = 4;
/** 30 s, then 2 min: a person waits for this, so it is soon over. */
const retryAfterMs = (attempts: number): number => (attempts <= 1 ? 30 * secondMs : 2 * minuteMs);

/** The channel cannot work as it is set up: trying again changes nothing. */
export class ChannelNotSet extends Error {}

export const sealedAbout = (siteId: string, channel: Carrier): string => `notifications/${siteId}/${channel}`;

export const mailServerOf = async (context: NotificationsContext, siteId: string) => {
  const setting = await findSetting(context.database.db, siteId, 'mail');
  if (setting === null) throw new ChannelNotSet(mailNotSet);
  const password = setting.secretSealed === null ? null : context.sealer.open(setting.secretSealed, sealedAbout(siteId, 'mail'));
  return { settings: MailSettings.parse(setting.settings), password, limitMs: context.channelLimitMs };
};

export const webhookOf = async (context: NotificationsContext, siteId: string) => {
  const setting = await findSetting(context.database.db, siteId, 'webhook');
  if (setting?.secretSealed == null) throw new ChannelNotSet(webhookNotSet);
  return { url: WebhookSettings.parse(setting.settings).url, key: context.sealer.open(setting.secretSealed, sealedAbout(siteId, 'webhook')), allowLocal: context.allowLocal, limitMs: context.channelLimitMs };
};

const carry = async (context: NotificationsContext, one: Delivery, now: Instant): Promise<string> => {
  const { noticeId, kind, severity, subject, title, sentence, madeAt } = one;
  if (one.channel === 'webhook') return postWebhook(await webhookOf(context, one.siteId), { noticeId, kind, severity, subject, title, sentence, to: one.personId, madeAt }, now);
  const address = (await mailAddresses(context.database.db, [one.personId])).get(one.personId);
  if (address === undefined) throw new ChannelNotSet(noAddress);
  const text = [sentence.zh, sentence.en, '', '请登录值守签收。', 'Sign in to Vigil to acknowledge.'].join('\n');
  return sendMail(await mailServerOf(context, one.siteId), { to: address, subject: `值守：${title.zh} · ${title.en}`, text });
};

export const whyFailed = (error: unknown): string => withoutSecrets(error instanceof Error ? (error.name === 'TimeoutError' ? noAnswer : error.message) : 'failed').replace(/\p{Cc}/gu, ' ').slice(0, 300);

const channelsOf = async (context: NotificationsContext, tx: Tx, one: Delivery, now: Instant): Promise<readonly string[]> => {
  const kind = context.kinds.get(one.kind);
  if (one.alarmId === null || kind?.is !== 'alarm') return one.channels;
  return (await alarmTelling(context, tx, one, kind, Severity.parse(one.severity), now)).channels;
};

/** The next channel of the list takes over when this one is given up. */
const switchChannel = async (context: NotificationsContext, tx: Tx, one: Delivery, now: Instant): Promise<Carrier | null> => {
  const list = await channelsOf(context, tx, one, now);
  const index = list.findIndex((channel, at) => at >= one.place && isCarrier(channel));
  const next = channelSwitch.find(() => (index < 0 ? [] : Channel.options.filter((channel) => channel === list[index])))[0];
  if (next === undefined || !isCarrier(next)) return null;
  await insertDelivery(tx, { noticeId: one.noticeId, channel: next, place: index + 1 }, now);
  return next;
};

const record = async (context: NotificationsContext, one: Delivery, outcome: { delivered: boolean; detail: string; final: boolean; tookMs: number }): Promise<void> => {
  const { database, clock, ledger } = context;
  const { deliveryId, noticeId, kind, channel, attempts } = one;
  const now = clock.now();
  const tookMs = Math.round(outcome.tookMs);
  await database.transaction(async (tx) => {
    await noteAttempt(tx, { deliveryId, number: attempts, at: now, tookMs, outcome: outcome.delivered ? 'delivered' : 'failed', detail: outcome.detail });
    const about = { siteId: one.siteId, roomId: one.roomId, actor: serverActor, subject: noticeId, at: now };
    if (outcome.delivered) {
      if (!(await endDelivery(tx, deliveryId, 'delivered', now))) return;
      await ledger.append(tx, { ...about, event: events.noticeDelivered, body: { noticeId, kind, channel, attempt: attempts, tookMs } });
      return;
    }
    const givenUp = outcome.final || attempts >= mostAttempts;
    const next = givenUp && (await endDelivery(tx, deliveryId, 'failed', now)) ? await switchChannel(context, tx, one, now) : null;
    if (!givenUp) await retryDelivery(tx, deliveryId, now + retryAfterMs(attempts));
    await ledger.append(tx, { ...about, event: events.deliveryFailed, body: { noticeId, kind, channel, attempt: attempts, tookMs, detail: outcome.detail, givenUp, next } });
  });
};

const attempt = async (context: NotificationsContext, deliveryId: number): Promise<void> => {
  const { clock, database } = context;
  const one = await findDelivery(database.db, deliveryId);
  if (one === null) return;
  const began = clock.monotonic();
  const took = (): number => Math.max(0, clock.monotonic() - began);
  try {
    const detail = await carry(context, one, clock.now());
    await record(context, one, { delivered: true, detail: withoutSecrets(detail).replace(/\p{Cc}/gu, ' ').slice(0, 300), final: true, tookMs: took() });
  } catch (error) {
    await record(context, one, { delivered: false, detail: whyFailed(error), final: error instanceof ChannelNotSet, tookMs: took() });
  }
};

export interface Carriers {
  /** Takes what is due and begins to carry it; does not wait for it. */
  begin(): Promise<void>;
  /** Resolves when nothing is being carried. */
  settled(): Promise<void>;
}

export const createCarriers = (context: NotificationsContext): Carriers => {
  const carrying: Record<Carrier, Set<Promise<void>>> = { mail: new Set(), webhook: new Set() };
  const begin = async (channel: Carrier): Promise<void> => {
    const free = placesPerChannel - carrying[channel].size;
    if (free <= 0) return;
    const { clock, database, log } = context;
    const ids = await database.transaction((tx) => claimDeliveries(tx, channel, clock.now(), context.channelLimitMs + minuteMs, free));
    for (const id of ids) {
      const work: Promise<void> = attempt(context, id)
        .catch((error: unknown) => log.error('what came of a delivery could not be noted', { deliveryId: id, error }))
        .finally(() => carrying[channel].delete(work));
      carrying[channel].add(work);
    }
  };
  return {
    begin: async () => {
      await begin('mail');
      await begin('webhook');
    },
    settled: async () => {
      await Promise.all([...carrying.mail, ...carrying.webhook]);
    },
  };
};
