/** SQL of the matrix, the channels, the addresses and the sound tests: each change is a row, the newest holds. */
import { sql } from 'kysely';
import type { Channel, Severity } from '../../../../contract/notifications.ts';
import type { Instant } from '../../base/clock.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';

export interface MatrixEntry {
  kind: string;
  severity: Severity;
  targets: readonly string[];
  channels: readonly Channel[];
  answerSeconds: number;
  ladder: readonly (readonly string[])[];
  setAt: Instant;
  setBy: string;
}

export const matrixRows = async (db: Db, siteId: string): Promise<MatrixEntry[]> => {
  const { rows } = await sql<MatrixEntry>`
    select distinct on (kind, severity) kind, severity, targets, channels, answer_seconds as "answerSeconds", ladder, set_at as "setAt", set_by as "setBy"
    from notifications.matrix_rows where site_id = ${siteId} order by kind, severity, number desc`.execute(db);
  return rows;
};

export const matrixRow = async (db: Db, siteId: string, kind: string, severity: Severity): Promise<MatrixEntry | null> => {
  const { rows } = await sql<MatrixEntry>`
    select kind, severity, targets, channels, answer_seconds as "answerSeconds", ladder, set_at as "setAt", set_by as "setBy"
    from notifications.matrix_rows where site_id = ${siteId} and kind = ${kind} and severity = ${severity} order by number desc limit 1`.execute(db);
  return rows[0] ?? null;
};

export const addMatrixRow = async (tx: Tx, siteId: string, row: MatrixEntry): Promise<void> => {
  await sql`
    insert into notifications.matrix_rows (site_id, kind, severity, number, targets, channels, answer_seconds, ladder, set_at, set_by)
    select ${siteId}, ${row.kind}, ${row.severity}, coalesce(max(number), 0) + 1, ${[...row.targets]}::text[], ${[...row.channels]}::text[], ${row.answerSeconds}, ${JSON.stringify(row.ladder)}::jsonb, ${at(row.setAt)}, ${row.setBy}
    from notifications.matrix_rows where site_id = ${siteId} and kind = ${row.kind} and severity = ${row.severity}`.execute(tx);
};

export type SettingName = 'mail' | 'webhook' | 'confidential';
export interface Setting {
  settings: unknown;
  secretSealed: Buffer | null;
}

export const findSetting = async (db: Db, siteId: string, channel: SettingName): Promise<Setting | null> => {
  const { rows } = await sql<Setting>`
    select settings, secret_sealed as "secretSealed" from notifications.channel_settings where site_id = ${siteId} and channel = ${channel} order by number desc limit 1`.execute(db);
  return rows[0] ?? null;
};

export const addSetting = async (tx: Tx, siteId: string, channel: SettingName, setting: Setting, by: string, now: Instant): Promise<void> => {
  await sql`
    insert into notifications.channel_settings (site_id, channel, number, settings, secret_sealed, set_at, set_by)
    select ${siteId}, ${channel}, coalesce(max(number), 0) + 1, ${JSON.stringify(setting.settings)}::jsonb, ${setting.secretSealed}, ${at(now)}, ${by}
    from notifications.channel_settings where site_id = ${siteId} and channel = ${channel}`.execute(tx);
};

export const mailAddresses = async (db: Db, personIds: readonly string[]): Promise<Map<string, string>> => {
  if (personIds.length === 0) return new Map();
  const { rows } = await sql<{ personId: string; address: string }>`
    select distinct on (person_id) person_id as "personId", address from notifications.mail_addresses where person_id = any(${[...personIds]}::text[]) order by person_id, number desc`.execute(db);
  return new Map(rows.filter((row) => row.address !== '').map((row) => [row.personId, row.address]));
};

export const addAddress = async (tx: Tx, personId: string, address: string, by: string, now: Instant): Promise<void> => {
  await sql`
    insert into notifications.mail_addresses (person_id, number, address, set_at, set_by)
    select ${personId}, coalesce(max(number), 0) + 1, ${address}, ${at(now)}, ${by} from notifications.mail_addresses where person_id = ${personId}`.execute(tx);
};

export const addSoundTest = async (tx: Tx, test: { sessionId: string; personId: string; heard: boolean }, now: Instant): Promise<void> => {
  await sql`
    insert into notifications.sound_tests (session_id, number, person_id, at, heard)
    select ${test.sessionId}, coalesce(max(number), 0) + 1, ${test.personId}, ${at(now)}, ${test.heard} from notifications.sound_tests where session_id = ${test.sessionId}`.execute(tx);
};

export const soundOf = async (db: Db, sessionId: string): Promise<{ heard: boolean; at: Instant } | null> => {
  const { rows } = await sql<{ heard: boolean; at: Instant }>`select heard, at from notifications.sound_tests where session_id = ${sessionId} order by number desc limit 1`.execute(db);
  return rows[0] ?? null;
};
