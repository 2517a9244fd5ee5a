/** SQL of sendings and of the notices that each person gets. */
import { sql } from 'kysely';
import type { Channel, Severity } from '../../../../contract/notifications.ts';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import { at, atOrNull, type Db, type Tx } from '../../platform/postgres/db.ts';
import type { Matter } from './deadline-store.ts';

export interface Sending {
  sendingId: string;
  siteId: string;
  roomId: string;
  kind: string;
  severity: Severity;
  subject: string;
  title: Sentence;
  sentence: Sentence;
  sentAt: Instant;
  sentBy: string;
  channels: readonly Channel[];
  answerMs: number | null;
  ladder: readonly (readonly string[])[];
  first: readonly string[];
  hop: number;
  round: number;
  answeredAt: Instant | null;
  unreachedAt: Instant | null;
  sealed: Buffer | null;
}

const columns = sql.raw(`sending_id as "sendingId", site_id as "siteId", room_id as "roomId", kind, severity, subject, json_build_object('zh', title_zh, 'en', title_en) as title,
  json_build_object('zh', sentence_zh, 'en', sentence_en) as sentence, sent_at as "sentAt", sent_by as "sentBy", channels, answer_ms as "answerMs", ladder, first, hop, round,
  answered_at as "answeredAt", unreached_at as "unreachedAt", sealed`);

export const insertSending = async (tx: Tx, sending: Sending, body: unknown): Promise<void> => {
  await sql`
    insert into notifications.sendings (sending_id, site_id, room_id, kind, severity, subject, title_zh, title_en, sentence_zh, sentence_en, body, sealed, sent_at, sent_by, channels, answer_ms, ladder, first)
    values (${sending.sendingId}, ${sending.siteId}, ${sending.roomId}, ${sending.kind}, ${sending.severity}, ${sending.subject}, ${sending.title.zh}, ${sending.title.en}, ${sending.sentence.zh},
      ${sending.sentence.en}, ${JSON.stringify(body)}::jsonb, ${sending.sealed}, ${at(sending.sentAt)}, ${sending.sentBy}, ${[...sending.channels]}::text[], ${sending.answerMs},
      ${JSON.stringify(sending.ladder)}::jsonb, ${JSON.stringify(sending.first)}::jsonb)`.execute(tx);
};

export const lockSending = async (tx: Tx, sendingId: string): Promise<Sending | null> =>
  (await sql<Sending>`select ${columns} from notifications.sendings where sending_id = ${sendingId} for update`.execute(tx)).rows[0] ?? null;

export const saveSending = async (tx: Tx, sending: Sending): Promise<void> => {
  await sql`
    update notifications.sendings set hop = ${sending.hop}, round = ${sending.round}, answered_at = ${atOrNull(sending.answeredAt)}, unreached_at = ${atOrNull(sending.unreachedAt)}
    where sending_id = ${sending.sendingId}`.execute(tx);
};

export const sendingsAbout = async (db: Db, roomId: string, subject: string): Promise<Sending[]> =>
  (await sql<Sending>`select ${columns} from notifications.sendings where room_id = ${roomId} and subject = ${subject} order by sent_at, sending_id`.execute(db)).rows;

export interface NewNotice {
  noticeId: string;
  matter: Matter;
  personId: string;
  ring: number;
  hop: number;
  round: number;
  madeAt: Instant;
}

/** Null when this person was told at this step already. */
export const insertNotice = async (tx: Tx, notice: NewNotice): Promise<string | null> => {
  const alarmId = 'alarmId' in notice.matter ? notice.matter.alarmId : null;
  const sendingId = 'sendingId' in notice.matter ? notice.matter.sendingId : null;
  const { rows } = await sql<{ noticeId: string }>`
    insert into notifications.notices (notice_id, alarm_id, sending_id, person_id, ring, hop, round, made_at)
    values (${notice.noticeId}, ${alarmId}, ${sendingId}, ${notice.personId}, ${notice.ring}, ${notice.hop}, ${notice.round}, ${at(notice.madeAt)})
    on conflict do nothing returning notice_id as "noticeId"`.execute(tx);
  return rows[0]?.noticeId ?? null;
};

export interface NoticeRow {
  noticeId: string;
  alarmId: string | null;
  sendingId: string | null;
  personId: string;
  hop: number;
  madeAt: Instant;
  seenAt: Instant | null;
  answeredAt: Instant | null;
  answer: string | null;
}
const noticeColumns = sql.raw('notice_id as "noticeId", alarm_id as "alarmId", sending_id as "sendingId", person_id as "personId", hop, made_at as "madeAt", seen_at as "seenAt", answered_at as "answeredAt", answer');

export const findNotice = async (db: Db, noticeId: string, personId: string): Promise<NoticeRow | null> =>
  (await sql<NoticeRow>`select ${noticeColumns} from notifications.notices where notice_id = ${noticeId} and person_id = ${personId}`.execute(db)).rows[0] ?? null;

/** False when it was answered meanwhile. */
export const setAnswered = async (tx: Tx, noticeId: string, text: string, now: Instant): Promise<boolean> =>
  (await sql`update notifications.notices set answered_at = ${at(now)}, answer = ${text} where notice_id = ${noticeId} and answered_at is null returning notice_id`.execute(tx)).rows.length === 1;

export const setSeen = async (tx: Tx, noticeIds: readonly string[], now: Instant): Promise<void> => {
  await sql`update notifications.notices set seen_at = ${at(now)} where notice_id = any(${[...noticeIds]}::text[]) and seen_at is null`.execute(tx);
};

export interface PersonsNotice extends NoticeRow {
  kind: string;
  severity: Severity;
  subject: string;
  title: Sentence;
  sentence: Sentence;
  sealed: Buffer | null;
  sentBy: string;
  asksAnswer: boolean;
  over: boolean;
}

/** Newest first: what waits for an answer, and the last of the rest. */
export const noticesOfPerson = async (db: Db, personId: string, limit: number): Promise<PersonsNotice[]> => {
  const { rows } = await sql<PersonsNotice>`
    select n.notice_id as "noticeId", n.alarm_id as "alarmId", n.sending_id as "sendingId", n.person_id as "personId", n.hop, n.made_at as "madeAt", n.seen_at as "seenAt",
      n.answered_at as "answeredAt", n.answer, coalesce(a.kind, s.kind) as kind, coalesce(a.severity, s.severity) as severity, coalesce(a.subject, s.subject) as subject,
      json_build_object('zh', coalesce(a.title_zh, s.title_zh), 'en', coalesce(a.title_en, s.title_en)) as title,
      json_build_object('zh', coalesce(a.sentence_zh, s.sentence_zh), 'en', coalesce(a.sentence_en, s.sentence_en)) as sentence,
      s.sealed, coalesce(s.sent_by, a.raised_by) as "sentBy", (a.alarm_id is not null or s.answer_ms is not null) as "asksAnswer", (a.closed_at is not null) as over
    from notifications.notices n left join notifications.alarms a on a.alarm_id = n.alarm_id left join notifications.sendings s on s.sending_id = n.sending_id
    where n.person_id = ${personId} order by (n.answered_at is null and (a.alarm_id is not null or s.answer_ms is not null) and a.closed_at is null) desc, n.made_at desc, n.notice_id desc limit ${limit}`.execute(db);
  return rows;
};

export const noticesAbout = async (db: Db, matter: Matter): Promise<NoticeRow[]> =>
  'alarmId' in matter
    ? (await sql<NoticeRow>`select ${noticeColumns} from notifications.notices where alarm_id = ${matter.alarmId} order by made_at, notice_id`.execute(db)).rows
    : (await sql<NoticeRow>`select ${noticeColumns} from notifications.notices where sending_id = ${matter.sendingId} order by made_at, notice_id`.execute(db)).rows;
