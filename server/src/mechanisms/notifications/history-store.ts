/** SQL of the alarm history: filters and pages. */
import { sql } from 'kysely';
import type { AlarmClass, Severity } from '../../../../contract/notifications.ts';
import type { Instant } from '../../base/clock.ts';
import { at, type Db } from '../../platform/postgres/db.ts';
import { alarmColumns, alarmOf, type AlarmRow } from './alarm-store.ts';
import type { Alarm, AlarmState } from './alarm.ts';

export interface HistoryFilter {
  from: Instant;
  until: Instant;
  class?: AlarmClass | undefined;
  severity?: Severity | undefined;
  state?: AlarmState | undefined;
  cameraId?: string | undefined;
  search?: string | undefined;
}

const ofState: Readonly<Record<AlarmState, ReturnType<typeof sql>>> = {
  closed: sql`closed_at is not null`,
  shelved: sql`closed_at is null and shelved_until is not null`,
  acknowledged: sql`closed_at is null and shelved_until is null and acknowledged_until is not null`,
  waiting: sql`closed_at is null and shelved_until is null and acknowledged_until is null`,
};

const wordsLike = (search: string): ReturnType<typeof sql> => {
  const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`(sentence_zh ilike ${like} or sentence_en ilike ${like} or title_zh ilike ${like} or title_en ilike ${like}
    or exists (select from notifications.alarm_steps s where s.alarm_id = a.alarm_id and s.text ilike ${like}))`;
};

/** The alarm after which the page begins; null: the newest page. */
export interface Cursor {
  raisedAt: Instant;
  alarmId: string;
}

/** Newest first. */
export const alarmsFound = async (db: Db, roomId: string, filter: HistoryFilter, after: Cursor | null, limit: number): Promise<Alarm[]> => {
  const search = filter.search?.trim() ?? '';
  const conditions = [
    sql`room_id = ${roomId}`, sql`raised_at >= ${at(filter.from)}`, sql`raised_at < ${at(filter.until)}`,
    ...(filter.class === undefined ? [] : [sql`class = ${filter.class}`]),
    ...(filter.severity === undefined ? [] : [sql`severity = ${filter.severity}`]),
    ...(filter.state === undefined ? [] : [ofState[filter.state]]),
    ...(filter.cameraId === undefined ? [] : [sql`camera_id = ${filter.cameraId}`]),
    ...(search === '' ? [] : [wordsLike(search)]),
    ...(after === null ? [] : [sql`(raised_at, alarm_id) < (${at(after.raisedAt)}::timestamptz, ${after.alarmId})`]),
  ];
  const { rows } = await sql<AlarmRow>`select ${alarmColumns} from notifications.alarms a where ${sql.join(conditions, sql` and `)} order by raised_at desc, alarm_id desc limit ${limit}`.execute(db);
  return rows.map(alarmOf);
};
