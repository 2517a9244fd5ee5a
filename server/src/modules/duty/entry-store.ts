/** SQL of the lines of the log. */
import { sql } from 'kysely';
import type { EntryType } from '../../../../contract/duty.ts';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';

export interface Entry {
  entryId: string;
  shiftId: string;
  roomId: string;
  number: number;
  type: EntryType;
  eventAt: Instant;
  enteredAt: Instant;
  by: string;
  source: 'person' | 'system';
  text: Sentence;
  lateMs: number;
  cameraId: string | null;
  subject: string | null;
  needsWords: boolean;
  corrects: string | null;
  strikes: boolean;
}

/** The log is locked: numbers have no gap. */
export const insertEntry = async (tx: Tx, entry: Omit<Entry, 'number'>): Promise<number> => {
  const { rows } = await sql<{ number: number }>`
    insert into duty.entries (entry_id, shift_id, room_id, number, type, event_at, entered_at, by_id, source, text_zh, text_en, late_ms, camera_id, subject, needs_words, corrects, strikes)
    select ${entry.entryId}, ${entry.shiftId}, ${entry.roomId}, coalesce(max(number), 0) + 1, ${entry.type}, ${at(entry.eventAt)}, ${at(entry.enteredAt)}, ${entry.by}, ${entry.source}, ${entry.text.zh}, ${entry.text.en},
      ${Math.round(entry.lateMs)}, ${entry.cameraId}, ${entry.subject}, ${entry.needsWords}, ${entry.corrects}, ${entry.strikes}
    from duty.entries where room_id = ${entry.roomId} returning number`.execute(tx);
  return rows[0]?.number ?? 1;
};

const columns = sql.raw(`e.entry_id as "entryId", e.shift_id as "shiftId", e.room_id as "roomId", e.number, e.type, e.event_at as "eventAt", e.entered_at as "enteredAt", e.by_id as by, e.source,
  json_build_object('zh', e.text_zh, 'en', e.text_en) as text, e.late_ms as "lateMs", e.camera_id as "cameraId", e.subject, e.needs_words as "needsWords", e.corrects, e.strikes`);

export const findEntry = async (db: Db, roomId: string, entryId: string): Promise<Entry | null> => (await sql<Entry>`select ${columns} from duty.entries e where e.room_id = ${roomId} and e.entry_id = ${entryId}`.execute(db)).rows[0] ?? null;

export interface EntryFilter {
  shiftId?: string | undefined;
  from?: Instant | undefined;
  until?: Instant | undefined;
  type?: EntryType | undefined;
  limit: number;
}

/** Newest first, in the order in which they were entered. */
export const entriesOf = async (db: Db, roomId: string, filter: EntryFilter): Promise<Entry[]> => {
  const { rows } = await sql<Entry>`
    select ${columns} from duty.entries e where e.room_id = ${roomId} ${filter.shiftId === undefined ? sql`` : sql`and e.shift_id = ${filter.shiftId}`} ${filter.from === undefined ? sql`` : sql`and e.event_at >= ${at(filter.from)}`}
      ${filter.until === undefined ? sql`` : sql`and e.event_at < ${at(filter.until)}`} ${filter.type === undefined ? sql`` : sql`and e.type = ${filter.type}`} order by e.number desc limit ${filter.limit}`.execute(db);
  return rows;
};

/** Which of these lines a later one says not to hold. */
export const struckOf = async (db: Db, entryIds: readonly string[]): Promise<Set<string>> => {
  if (entryIds.length === 0) return new Set();
  const { rows } = await sql<{ corrects: string }>`select corrects from duty.entries where strikes and corrects = any(${[...entryIds]}::text[])`.execute(db);
  return new Set(rows.map((row) => row.corrects));
};

/** Lines of the machine that nobody has written about: no person's line has the same subject, none is an addition to it. */
export const wantingWords = async (db: Db, roomId: string, shiftId: string): Promise<Entry[]> => {
  const { rows } = await sql<Entry>`
    select ${columns} from duty.entries e where e.room_id = ${roomId} and e.shift_id = ${shiftId} and e.needs_words and not exists (
      select from duty.entries p where p.room_id = e.room_id and p.source = 'person' and (p.corrects = e.entry_id or (p.subject = e.subject and p.number > e.number))) order by e.number`.execute(db);
  return rows;
};

/** Subjects about which a person has written. */
export const writtenAbout = async (db: Db, roomId: string, subjects: readonly string[]): Promise<Set<string>> => {
  if (subjects.length === 0) return new Set();
  const { rows } = await sql<{ subject: string }>`select distinct subject from duty.entries where room_id = ${roomId} and source = 'person' and subject = any(${[...subjects]}::text[])`.execute(db);
  return new Set(rows.map((row) => row.subject));
};
