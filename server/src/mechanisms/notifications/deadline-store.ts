/** Deadlines as rows: one open one for each alarm or sending. A row fires once, whoever sweeps and whatever the clock does. */
import { sql } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';

export type DeadlineWhat = 'answer' | 'again' | 'anew' | 'unshelve';
export type Matter = { alarmId: string } | { sendingId: string };

const idsOf = (matter: Matter): { alarmId: string | null; sendingId: string | null } => ('alarmId' in matter ? { alarmId: matter.alarmId, sendingId: null } : { alarmId: null, sendingId: matter.sendingId });

export const cancelDeadline = async (tx: Tx, matter: Matter, now: Instant): Promise<void> => {
  const { alarmId, sendingId } = idsOf(matter);
  await sql`
    update notifications.deadlines set cancelled_at = ${at(now)}
    where (alarm_id = ${alarmId} or sending_id = ${sendingId}) and fired_at is null and cancelled_at is null`.execute(tx);
};

/** Takes the place of the open one, if any. */
export const setDeadline = async (tx: Tx, matter: Matter, what: DeadlineWhat, limitMs: number, now: Instant): Promise<void> => {
  await cancelDeadline(tx, matter, now);
  const { alarmId, sendingId } = idsOf(matter);
  await sql`
    insert into notifications.deadlines (alarm_id, sending_id, what, made_at, limit_ms, due_at)
    values (${alarmId}, ${sendingId}, ${what}, ${at(now)}, ${limitMs}, ${at(now + limitMs)})`.execute(tx);
};

export interface DueDeadline {
  deadlineId: number;
  alarmId: string | null;
  sendingId: string | null;
  what: DeadlineWhat;
}

/** What has to be looked at now: due, or made in a future that the clock has been set back from. */
export const dueDeadlines = async (db: Db, now: Instant, limit: number): Promise<DueDeadline[]> => {
  const { rows } = await sql<DueDeadline>`
    select deadline_id as "deadlineId", alarm_id as "alarmId", sending_id as "sendingId", what from notifications.deadlines
    where fired_at is null and cancelled_at is null and (due_at <= ${at(now)} or made_at > ${at(now)}) order by due_at limit ${limit}`.execute(db);
  return rows;
};

/** How late it fires, ms; null: somebody acted or another server fired it, or the clock was set back and it counts anew. */
export const fireDeadline = async (tx: Tx, deadlineId: number, now: Instant): Promise<number | null> => {
  const { rows } = await sql<{ lateMs: number }>`
    update notifications.deadlines set fired_at = ${at(now)}, late_ms = (extract(epoch from ${at(now)}::timestamptz - due_at) * 1000)::bigint
    where deadline_id = ${deadlineId} and fired_at is null and cancelled_at is null and due_at <= ${at(now)} returning late_ms as "lateMs"`.execute(tx);
  if (rows[0] !== undefined) return rows[0].lateMs;
  await sql`
    update notifications.deadlines set made_at = ${at(now)}, due_at = ${at(now)}::timestamptz + limit_ms * interval '1 millisecond'
    where deadline_id = ${deadlineId} and fired_at is null and cancelled_at is null and made_at > ${at(now)}`.execute(tx);
  return null;
};

/** When each alarm moves by itself next. */
export const nextOfAlarms = async (db: Db, alarmIds: readonly string[]): Promise<Map<string, Instant>> => {
  if (alarmIds.length === 0) return new Map();
  const { rows } = await sql<{ alarmId: string; dueAt: Instant }>`
    select alarm_id as "alarmId", due_at as "dueAt" from notifications.deadlines where alarm_id = any(${[...alarmIds]}::text[]) and fired_at is null and cancelled_at is null`.execute(db);
  return new Map(rows.map((row) => [row.alarmId, row.dueAt]));
};
export const nextOfSendings = async (db: Db, sendingIds: readonly string[]): Promise<Map<string, Instant>> => {
  if (sendingIds.length === 0) return new Map();
  const { rows } = await sql<{ sendingId: string; dueAt: Instant }>`
    select sending_id as "sendingId", due_at as "dueAt" from notifications.deadlines where sending_id = any(${[...sendingIds]}::text[]) and fired_at is null and cancelled_at is null`.execute(db);
  return new Map(rows.map((row) => [row.sendingId, row.dueAt]));
};
