/** The only SQL of consoles. */
import type { Instant } from '../../../base/clock.ts';
import { at, atOrNull, type Db, type InstantColumn, type NullableInstantColumn, type Tx } from '../../../platform/postgres/db.ts';

type ConsoleTables = {
  'video.consoles': {
    console_id: string; site_id: string; room_id: string; name: string; token_sha256: Buffer; reason: string; registered_at: InstantColumn; registered_by: string; until_at: NullableInstantColumn;
    removed_at: NullableInstantColumn; removed_reason: string | null;
  };
};
const tables = (db: Db) => db.$extendTables<ConsoleTables>();

export interface RegisteredConsole {
  consoleId: string;
  name: string;
  tokenHash: Buffer;
  reason: string;
  registeredAt: Instant;
  registeredBy: string;
  /** Null: it does not end by itself. */
  until: Instant | null;
}

/** Those that were not removed, ended ones too: an ended right is none, but it was a rule of the room. */
export const consolesOf = async (db: Db, roomId: string): Promise<RegisteredConsole[]> => {
  const rows = await tables(db).selectFrom('video.consoles').selectAll().where('room_id', '=', roomId).where('removed_at', 'is', null).orderBy('registered_at').execute();
  return rows.map((row) => ({ consoleId: row.console_id, name: row.name, tokenHash: row.token_sha256, reason: row.reason, registeredAt: row.registered_at, registeredBy: row.registered_by, until: row.until_at }));
};

export const insertConsole = async (tx: Tx, one: RegisteredConsole & { siteId: string; roomId: string }): Promise<void> => {
  await tables(tx)
    .insertInto('video.consoles')
    .values({
      console_id: one.consoleId, site_id: one.siteId, room_id: one.roomId, name: one.name, token_sha256: one.tokenHash, reason: one.reason, registered_at: at(one.registeredAt), registered_by: one.registeredBy, until_at: atOrNull(one.until),
      removed_at: null, removed_reason: null,
    })
    .execute();
};

/** Its name; null: there is none of this id, or it was removed. */
export const takeConsoleAway = async (tx: Tx, roomId: string, consoleId: string, gone: { at: Instant; reason: string }): Promise<string | null> => {
  const row = await tables(tx)
    .updateTable('video.consoles')
    .set({ removed_at: at(gone.at), removed_reason: gone.reason })
    .where('room_id', '=', roomId)
    .where('console_id', '=', consoleId)
    .where('removed_at', 'is', null)
    .returning('name')
    .executeTakeFirst();
  return row?.name ?? null;
};
