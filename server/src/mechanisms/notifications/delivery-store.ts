/** SQL of deliveries: what waits, who tries it, what came back. */
import { sql } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';

export type Carrier = 'mail' | 'webhook';

export interface Delivery {
  deliveryId: number;
  noticeId: string;
  channel: Carrier;
  place: number;
  attempts: number;
  siteId: string;
  roomId: string;
  personId: string;
  alarmId: string | null;
  kind: string;
  severity: string;
  subject: string;
  title: Sentence;
  sentence: Sentence;
  madeAt: Instant;
  confidential: boolean;
  /** Channels of the matter, in the order in which they are tried. */
  channels: readonly string[];
}

export const insertDelivery = async (tx: Tx, delivery: { noticeId: string; channel: Carrier; place: number }, now: Instant): Promise<void> => {
  await sql`
    insert into notifications.deliveries (notice_id, channel, place, state, next_at) values (${delivery.noticeId}, ${delivery.channel}, ${delivery.place}, 'waiting', ${at(now)})
    on conflict do nothing`.execute(tx);
};

/** Takes what is due for one attempt; until the lease is over nobody else takes it. */
export const claimDeliveries = async (tx: Tx, channel: Carrier, now: Instant, leaseMs: number, limit: number): Promise<number[]> => {
  const { rows } = await sql<{ deliveryId: number }>`
    update notifications.deliveries set attempts = attempts + 1, next_at = ${at(now + leaseMs)}
    where delivery_id in (
      select delivery_id from notifications.deliveries where state = 'waiting' and channel = ${channel} and (next_at <= ${at(now)} or next_at > ${at(now + 24 * 3_600_000)})
      order by next_at limit ${limit} for update skip locked)
    returning delivery_id as "deliveryId"`.execute(tx);
  return rows.map((row) => row.deliveryId);
};

/** `channels` of an alarm are not on its row: the caller asks the matrix. */
export const findDelivery = async (db: Db, deliveryId: number): Promise<Delivery | null> => {
  const { rows } = await sql<Delivery>`
    select d.delivery_id as "deliveryId", d.notice_id as "noticeId", d.channel, d.place, d.attempts, coalesce(a.site_id, s.site_id) as "siteId", coalesce(a.room_id, s.room_id) as "roomId",
      n.person_id as "personId", n.alarm_id as "alarmId", coalesce(a.kind, s.kind) as kind, coalesce(a.severity, s.severity) as severity, coalesce(a.subject, s.subject) as subject,
      json_build_object('zh', coalesce(a.title_zh, s.title_zh), 'en', coalesce(a.title_en, s.title_en)) as title,
      json_build_object('zh', coalesce(a.sentence_zh, s.sentence_zh), 'en', coalesce(a.sentence_en, s.sentence_en)) as sentence,
      n.made_at as "madeAt", (s.sealed is not null) as confidential, coalesce(s.channels, '{}'::text[]) as channels
    from notifications.deliveries d join notifications.notices n on n.notice_id = d.notice_id
    left join notifications.alarms a on a.alarm_id = n.alarm_id left join notifications.sendings s on s.sending_id = n.sending_id
    where d.delivery_id = ${deliveryId}`.execute(db);
  return rows[0] ?? null;
};

export const noteAttempt = async (tx: Tx, attempt: { deliveryId: number; number: number; at: Instant; tookMs: number; outcome: 'delivered' | 'failed'; detail: string }): Promise<void> => {
  await sql`
    insert into notifications.delivery_attempts (delivery_id, number, at, took_ms, outcome, detail)
    values (${attempt.deliveryId}, ${attempt.number}, ${at(attempt.at)}, ${Math.round(attempt.tookMs)}, ${attempt.outcome}, ${attempt.detail.slice(0, 500)}) on conflict do nothing`.execute(tx);
};

/** False when it has ended already. */
export const endDelivery = async (tx: Tx, deliveryId: number, state: 'delivered' | 'failed', now: Instant): Promise<boolean> =>
  (await sql`update notifications.deliveries set state = ${state}, ended_at = ${at(now)} where delivery_id = ${deliveryId} and state = 'waiting' returning delivery_id`.execute(tx)).rows.length === 1;

export const retryDelivery = async (tx: Tx, deliveryId: number, nextAt: Instant): Promise<void> => {
  await sql`update notifications.deliveries set next_at = ${at(nextAt)} where delivery_id = ${deliveryId} and state = 'waiting'`.execute(tx);
};

export interface DeliveryTrail {
  noticeId: string;
  channel: Carrier;
  state: 'waiting' | 'delivered' | 'failed';
  attempts: { at: Instant; outcome: 'delivered' | 'failed'; detail: string; tookMs: number }[];
}

export const deliveriesOf = async (db: Db, noticeIds: readonly string[]): Promise<DeliveryTrail[]> => {
  if (noticeIds.length === 0) return [];
  const { rows } = await sql<DeliveryTrail>`
    select d.notice_id as "noticeId", d.channel, d.state, coalesce((
      select json_agg(json_build_object('at', round(extract(epoch from t.at) * 1000)::bigint, 'outcome', t.outcome, 'detail', t.detail, 'tookMs', t.took_ms) order by t.number)
      from notifications.delivery_attempts t where t.delivery_id = d.delivery_id), '[]'::json) as attempts
    from notifications.deliveries d where d.notice_id = any(${[...noticeIds]}::text[]) order by d.notice_id, d.place`.execute(db);
  return rows;
};
