/** The ledger as a file that the verifier reads elsewhere. Handing it out is an act (point 7): recorded before the first line is given. */
import { sql } from 'kysely';
import { checkpointLine, exportHeader, factLine, privateLine, type PrivateRecord } from '../../../../verify/index.ts';
import type { Clock } from '../../base/clock.ts';
import type { Database, Db } from '../../platform/postgres/db.ts';
import type { Actor } from './append.ts';
import type { Checkpointer } from './checkpointer.ts';
import { ledgerExported } from './events.ts';
import type { Ledger } from './ledger.ts';
import { ledgerRefusals } from './refusals.ts';
import { readHead } from './store.ts';

const pageSize = 2_000;

async function* checkpointLines(db: Db, siteId: string): AsyncGenerator<string> {
  for (let after = 0; ; ) {
    const { rows } = await sql<{ ordinal: number; note: string }>`
      select ordinal, note from ledger.checkpoints where site_id = ${siteId} and ordinal > ${after} order by ordinal limit ${pageSize}`.execute(db);
    for (const row of rows) yield checkpointLine({ ...row, copies: null });
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.ordinal;
  }
}

async function* factLines(db: Db, siteId: string, head: number, withPrivates: boolean): AsyncGenerator<string> {
  for (let after = 0; after < head; ) {
    const { rows } = await sql<{ seq: number; canonical: Buffer }>`
      select seq, canonical from ledger.facts where site_id = ${siteId} and seq > ${after} and seq <= ${head} order by seq limit ${pageSize}`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    const privates = withPrivates
      ? (await sql<PrivateRecord>`select seq, path, salt, value from ledger.private_values where site_id = ${siteId} and seq > ${after} and seq <= ${last.seq} order by seq`.execute(db)).rows
      : [];
    let at = 0;
    for (const row of rows) {
      for (let value = privates[at]; value !== undefined && value.seq <= row.seq; value = privates[(at += 1)]) yield privateLine(value);
      yield factLine({ ...row, copies: null });
    }
    after = last.seq;
  }
}

/** The lines of an export, without newlines. What is in it ends with the fact that says so, signed. */
export async function* exportLedger(
  o: { database: Database; ledger: Ledger; checkpointer: Checkpointer; clock: Clock },
  what: { siteId: string; withPrivateValues: boolean; actor: Actor },
): AsyncGenerator<string> {
  const { siteId, withPrivateValues, actor } = what;
  const { db } = o.database;
  const before = await readHead(db, siteId);
  if (before === null) throw ledgerRefusals('not_opened');
  const body = { fromSeq: 1, untilSeq: before.seq, withPrivateValues };
  const { seq } = await o.database.transaction((tx) => o.ledger.append(tx, { event: ledgerExported, siteId, roomId: null, actor, subject: siteId, body, at: o.clock.now() }));
  await o.checkpointer.sign(siteId, 'sensitive');
  yield exportHeader(siteId, withPrivateValues);
  yield* checkpointLines(db, siteId);
  yield* factLines(db, siteId, seq, withPrivateValues);
}
