/** What a channel answered, in the words of whoever reads it. Our own answers are few and known; what another server says stays as it said it. */
import type { Sentence } from '../../base/refusal.ts';

export const mailNotSet = 'mail is not set up';
export const webhookNotSet = 'the webhook is not set up';
export const noAddress = 'the person has no mail address';
export const noAnswer = 'no answer in time';

/** By what stands in rows and facts. */
export const answerWords: Readonly<Record<string, Sentence>> = {
  [mailNotSet]: { zh: '没有设置邮件服务器', en: mailNotSet },
  [webhookNotSet]: { zh: '没有设置 Webhook', en: webhookNotSet },
  [noAddress]: { zh: '该人员没有登记邮箱', en: noAddress },
  [noAnswer]: { zh: '对方没有及时应答', en: noAnswer },
};

export const answerSaid = (detail: string): Sentence => answerWords[detail] ?? { zh: detail, en: detail };
