/** SQL of alarms and their trail. */
import { sql } from 'kysely';
import type { AlarmClass, Severity, StepKind } from '../../../../contract/notifications.ts';
import type { Instant } from '../../base/clock.ts';
import { at, atOrNull, type Db, type Tx } from '../../platform/postgres/db.ts';
import type { Alarm } from './alarm.ts';

export interface AlarmRow {
  alarm_id: string; site_id: string; room_id: string; kind: string; class: AlarmClass; severity: Severity; subject: string; camera_id: string | null;
  title_zh: string; title_en: string; sentence_zh: string; sentence_en: string; raised_at: Instant; times: number; last_at: Instant; cleared_at: Instant | null;
  acknowledged_until: Instant | null; rings: number; rings_since: Instant; hop: number; round: number; unreached_at: Instant | null; shelved_until: Instant | null; closed_at: Instant | null;
}

export const alarmColumns = sql.raw(
  'alarm_id, site_id, room_id, kind, class, severity, subject, camera_id, title_zh, title_en, sentence_zh, sentence_en, raised_at, times, last_at, cleared_at, acknowledged_until, rings, rings_since, hop, round, unreached_at, shelved_until, closed_at',
);
export const alarmOf = (row: AlarmRow): Alarm => ({
  alarmId: row.alarm_id, siteId: row.site_id, roomId: row.room_id, kind: row.kind, class: row.class, severity: row.severity, subject: row.subject, cameraId: row.camera_id,
  title: { zh: row.title_zh, en: row.title_en }, sentence: { zh: row.sentence_zh, en: row.sentence_en }, raisedAt: row.raised_at, times: row.times, lastAt: row.last_at,
  clearedAt: row.cleared_at, acknowledgedUntil: row.acknowledged_until, rings: row.rings, ringsSince: row.rings_since, hop: row.hop, round: row.round, unreachedAt: row.unreached_at, shelvedUntil: row.shelved_until, closedAt: row.closed_at,
});

export interface NewAlarm extends Pick<Alarm, 'alarmId' | 'siteId' | 'roomId' | 'kind' | 'class' | 'severity' | 'subject' | 'cameraId' | 'title' | 'sentence' | 'raisedAt'> {
  body: unknown;
  enteredAt: Instant;
  raisedBy: string;
}

/** False when one of this kind and subject is open already: its row is the one to count on. */
export const insertAlarm = async (tx: Tx, alarm: NewAlarm): Promise<boolean> => {
  const { rows } = await sql`
    insert into notifications.alarms (alarm_id, site_id, room_id, kind, class, severity, subject, camera_id, title_zh, title_en, sentence_zh, sentence_en, body, raised_at, entered_at, raised_by, last_at, rings_since)
    values (${alarm.alarmId}, ${alarm.siteId}, ${alarm.roomId}, ${alarm.kind}, ${alarm.class}, ${alarm.severity}, ${alarm.subject}, ${alarm.cameraId}, ${alarm.title.zh}, ${alarm.title.en},
      ${alarm.sentence.zh}, ${alarm.sentence.en}, ${JSON.stringify(alarm.body)}::jsonb, ${at(alarm.raisedAt)}, ${at(alarm.enteredAt)}, ${alarm.raisedBy}, ${at(alarm.raisedAt)}, ${at(alarm.enteredAt)})
    on conflict (room_id, kind, subject) where closed_at is null do nothing returning alarm_id`.execute(tx);
  return rows.length === 1;
};

const one = (rows: readonly AlarmRow[]): Alarm | null => (rows[0] === undefined ? null : alarmOf(rows[0]));

/** Whoever decides about an alarm holds its row until commit: two never decide at once. */
export const lockAlarm = async (tx: Tx, roomId: string, alarmId: string): Promise<Alarm | null> =>
  one((await sql<AlarmRow>`select ${alarmColumns} from notifications.alarms where alarm_id = ${alarmId} and room_id = ${roomId} for update`.execute(tx)).rows);
export const lockAlarmById = async (tx: Tx, alarmId: string): Promise<Alarm | null> =>
  one((await sql<AlarmRow>`select ${alarmColumns} from notifications.alarms where alarm_id = ${alarmId} for update`.execute(tx)).rows);
export const lockOpenAlarm = async (tx: Tx, roomId: string | null, kind: string, subject: string): Promise<Alarm | null> =>
  one((await sql<AlarmRow>`select ${alarmColumns} from notifications.alarms where (${roomId}::text is null or room_id = ${roomId}) and kind = ${kind} and subject = ${subject} and closed_at is null for update`.execute(tx)).rows);
export const findAlarm = async (db: Db, roomId: string, alarmId: string): Promise<Alarm | null> =>
  one((await sql<AlarmRow>`select ${alarmColumns} from notifications.alarms where alarm_id = ${alarmId} and room_id = ${roomId}`.execute(db)).rows);

const mostOpen = 500;
export const openAlarms = async (db: Db, roomId: string): Promise<Alarm[]> =>
  (await sql<AlarmRow>`select ${alarmColumns} from notifications.alarms where room_id = ${roomId} and closed_at is null order by raised_at desc, alarm_id desc limit ${mostOpen}`.execute(db)).rows.map(alarmOf);
/** Raised in the span, newest first. */
export const alarmsBetween = async (db: Db, roomId: string, from: Instant, until: Instant, limit: number): Promise<Alarm[]> =>
  (await sql<AlarmRow>`select ${alarmColumns} from notifications.alarms where room_id = ${roomId} and raised_at >= ${at(from)} and raised_at < ${at(until)} order by raised_at desc, alarm_id desc limit ${limit}`.execute(db)).rows.map(alarmOf);

export const saveAlarm = async (tx: Tx, alarm: Alarm): Promise<void> => {
  await sql`
    update notifications.alarms set times = ${alarm.times}, last_at = ${at(alarm.lastAt)}, cleared_at = ${atOrNull(alarm.clearedAt)}, acknowledged_until = ${atOrNull(alarm.acknowledgedUntil)},
      rings = ${alarm.rings}, rings_since = ${at(alarm.ringsSince)}, hop = ${alarm.hop}, round = ${alarm.round}, unreached_at = ${atOrNull(alarm.unreachedAt)}, shelved_until = ${atOrNull(alarm.shelvedUntil)}, closed_at = ${atOrNull(alarm.closedAt)}
    where alarm_id = ${alarm.alarmId}`.execute(tx);
};

export interface Step {
  number: number;
  what: StepKind;
  at: Instant;
  by: string;
  text: string;
  hop: number;
  target: string;
  lateMs: number;
  until: Instant | null;
  detail: Readonly<Record<string, unknown>> | null;
}

type NewStep = Pick<Step, 'what' | 'at' | 'by'> & Partial<Omit<Step, 'number'>>;

/** The row of the alarm is locked: numbers have no gap. */
export const addStep = async (tx: Tx, alarmId: string, step: NewStep): Promise<void> => {
  await sql`
    insert into notifications.alarm_steps (alarm_id, number, what, at, by_id, text, hop, target, late_ms, until_at, detail)
    select ${alarmId}, coalesce(max(number), 0) + 1, ${step.what}, ${at(step.at)}, ${step.by}, ${step.text ?? ''}, ${step.hop ?? 0}, ${step.target ?? ''}, ${Math.round(step.lateMs ?? 0)},
      ${atOrNull(step.until ?? null)}, ${step.detail == null ? null : JSON.stringify(step.detail)}::jsonb
    from notifications.alarm_steps where alarm_id = ${alarmId}`.execute(tx);
};

export const stepsOf = async (db: Db, alarmIds: readonly string[]): Promise<(Step & { alarmId: string })[]> => {
  if (alarmIds.length === 0) return [];
  const { rows } = await sql<Step & { alarmId: string }>`
    select alarm_id as "alarmId", number, what, at, by_id as by, text, hop, target, late_ms as "lateMs", until_at as until, detail
    from notifications.alarm_steps where alarm_id = any(${[...alarmIds]}::text[]) order by alarm_id, number`.execute(db);
  return rows;
};
