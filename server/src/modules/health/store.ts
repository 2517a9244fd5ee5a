/** SQL of states, troubles, references and sources. */
import { sql } from 'kysely';
import type { DeviceKind, HealthCheck, SourceKind } from '../../../../contract/health.ts';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';
import type { State } from './device.ts';
import type { Measures } from './picture/measure.ts';

const hex = (sha256: string | null): Buffer | null => (sha256 === null ? null : Buffer.from(sha256, 'hex'));

interface StateRow extends Omit<State, 'device'> {
  deviceId: string;
  kind: DeviceKind;
  name: string;
}
const stateColumns = sql.raw(`device_id as "deviceId", check_name as check, device_kind as kind, device_name as name, state, seen, in_a_row as "inARow", value, usual, json_build_object('zh', words_zh, 'en', words_en) as words,
  since, checked_at as "checkedAt", first_at as "firstAt", encode(still_sha256, 'hex') as still`);
const stateOf = ({ deviceId, kind, name, ...rest }: StateRow): State => ({ device: { deviceId, kind, name }, ...rest });

export const statesOf = async (db: Db, roomId: string): Promise<State[]> =>
  (await sql<StateRow>`select ${stateColumns} from health.states where room_id = ${roomId} order by device_kind, device_name, check_name`.execute(db)).rows.map(stateOf);

/** Readings of a room are taken over one after the other. */
export const lockStates = async (tx: Tx, roomId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('health.states/' || ${roomId}, 0))`.execute(tx);
};

export const saveStates = async (tx: Tx, roomId: string, states: readonly State[]): Promise<void> => {
  for (const { device, check, state, seen, inARow, value, usual, words, since, checkedAt, firstAt, still } of states) {
    await sql`
      insert into health.states (room_id, device_id, check_name, device_kind, device_name, state, seen, in_a_row, value, usual, words_zh, words_en, since, checked_at, first_at, still_sha256)
      values (${roomId}, ${device.deviceId}, ${check}, ${device.kind}, ${device.name}, ${state}, ${seen}, ${inARow}, ${value}, ${usual}, ${words.zh}, ${words.en}, ${at(since)}, ${at(Math.max(checkedAt, since))}, ${at(firstAt)}, ${hex(still)})
      on conflict (room_id, device_id, check_name) do update set device_name = excluded.device_name, state = excluded.state, seen = excluded.seen, in_a_row = excluded.in_a_row, value = excluded.value, usual = excluded.usual,
        words_zh = excluded.words_zh, words_en = excluded.words_en, since = excluded.since, checked_at = excluded.checked_at, still_sha256 = excluded.still_sha256`.execute(tx);
  }
};

export const dropStates = async (tx: Tx, roomId: string, deviceIds: readonly string[]): Promise<void> => {
  if (deviceIds.length > 0) await sql`delete from health.states where room_id = ${roomId} and device_id = any(${[...deviceIds]}::text[])`.execute(tx);
};

export interface TroubleRow {
  troubleId: string;
  siteId: string;
  roomId: string;
  deviceId: string;
  kind: DeviceKind;
  device: string;
  check: HealthCheck;
  words: Sentence;
  from: Instant;
  until: Instant | null;
  shift: number | null;
  onPost: string[];
  still: string | null;
  caseAt: Instant | null;
}
const troubleColumns = sql.raw(`trouble_id as "troubleId", site_id as "siteId", room_id as "roomId", device_id as "deviceId", device_kind as kind, device_name as device, check_name as check, json_build_object('zh', words_zh, 'en', words_en) as words,
  from_at as "from", until_at as "until", shift_number as shift, on_post as "onPost", encode(still_sha256, 'hex') as still, case_at as "caseAt"`);

export const insertTrouble = async (tx: Tx, one: TroubleRow): Promise<void> => {
  await sql`
    insert into health.troubles (trouble_id, site_id, room_id, device_id, device_kind, device_name, check_name, words_zh, words_en, from_at, until_at, shift_number, on_post, still_sha256, case_at)
    values (${one.troubleId}, ${one.siteId}, ${one.roomId}, ${one.deviceId}, ${one.kind}, ${one.device}, ${one.check}, ${one.words.zh}, ${one.words.en}, ${at(one.from)}, null, ${one.shift}, ${one.onPost}, ${hex(one.still)}, null)`.execute(tx);
};
export const openTroubles = async (db: Db, roomId: string): Promise<TroubleRow[]> => (await sql<TroubleRow>`select ${troubleColumns} from health.troubles where room_id = ${roomId} and until_at is null order by from_at`.execute(db)).rows;
export const endTrouble = async (tx: Tx, troubleId: string, until: Instant): Promise<void> => {
  await sql`update health.troubles set until_at = greatest(from_at, ${at(until)}) where trouble_id = ${troubleId} and until_at is null`.execute(tx);
};
export const makeCase = async (tx: Tx, troubleId: string, now: Instant): Promise<void> => {
  await sql`update health.troubles set case_at = greatest(from_at, ${at(now)}) where trouble_id = ${troubleId} and case_at is null`.execute(tx);
};
/** Those that touch the span, newest first. */
export const troublesBetween = async (db: Db, roomId: string, asked: { from: Instant; until: Instant; deviceId?: string | undefined; limit: number }): Promise<TroubleRow[]> =>
  (
    await sql<TroubleRow>`select ${troubleColumns} from health.troubles where room_id = ${roomId} and from_at < ${at(asked.until)} and (until_at is null or until_at > ${at(asked.from)})
      ${asked.deviceId === undefined ? sql`` : sql`and device_id = ${asked.deviceId}`} order by from_at desc, trouble_id limit ${asked.limit}`.execute(db)
  ).rows;

export interface Reference {
  referenceId: string;
  cameraId: string;
  measures: Measures;
  still: string;
  keptAt: Instant;
}
const mostReferences = 4;
/** The newest few of each camera: day, night, and what the seasons do. */
export const referencesOf = async (db: Db, cameraIds: readonly string[]): Promise<Map<string, Reference[]>> => {
  const { rows } = await sql<Reference & { nth: number }>`
    select * from (select reference_id as "referenceId", camera_id as "cameraId", measures, encode(still_sha256, 'hex') as still, kept_at as "keptAt", row_number() over (partition by camera_id order by kept_at desc, reference_id desc) as nth
      from health.picture_references where camera_id = any(${[...cameraIds]}::text[])) r where nth <= ${mostReferences} order by nth`.execute(db);
  const found = new Map<string, Reference[]>();
  for (const row of rows) found.set(row.cameraId, [...(found.get(row.cameraId) ?? []), row]);
  return found;
};
export const insertReference = async (tx: Tx, one: Omit<Reference, 'measures'> & { measures: Measures; roomId: string; note: string; keptBy: string }): Promise<void> => {
  await sql`insert into health.picture_references (reference_id, room_id, camera_id, measures, still_sha256, note, kept_at, kept_by)
    values (${one.referenceId}, ${one.roomId}, ${one.cameraId}, ${JSON.stringify(one.measures)}::jsonb, ${hex(one.still)}, ${one.note}, ${at(one.keptAt)}, ${one.keptBy})`.execute(tx);
};

export interface SourceRow {
  sourceId: string;
  kind: SourceKind;
  name: string;
  host: string;
  port: number;
  unit: string;
  addedAt: Instant;
  addedBy: string;
}
export const sourcesOf = async (db: Db, roomId: string): Promise<SourceRow[]> =>
  (await sql<SourceRow>`select source_id as "sourceId", kind, name, host, port, unit, added_at as "addedAt", added_by as "addedBy" from health.sources where room_id = ${roomId} and removed_at is null order by kind, name`.execute(db)).rows;
export const insertSource = async (tx: Tx, place: { siteId: string; roomId: string }, one: SourceRow): Promise<void> => {
  await sql`insert into health.sources (source_id, site_id, room_id, kind, name, host, port, unit, added_at, added_by)
    values (${one.sourceId}, ${place.siteId}, ${place.roomId}, ${one.kind}, ${one.name}, ${one.host}, ${one.port}, ${one.unit}, ${at(one.addedAt)}, ${one.addedBy})`.execute(tx);
};
export const removeSourceRow = async (tx: Tx, sourceId: string, now: Instant): Promise<void> => {
  await sql`update health.sources set removed_at = ${at(now)} where source_id = ${sourceId} and removed_at is null`.execute(tx);
};

/** Whether the room has shown this picture: a hash alone opens nothing. */
export const knowsStill = async (db: Db, roomId: string, sha256: string): Promise<boolean> => {
  const bytes = hex(sha256);
  const { rows } = await sql`
    select 1 from health.states where room_id = ${roomId} and still_sha256 = ${bytes} union all select 1 from health.troubles where room_id = ${roomId} and still_sha256 = ${bytes}
    union all select 1 from health.picture_references where room_id = ${roomId} and still_sha256 = ${bytes} limit 1`.execute(db);
  return rows.length > 0;
};
