/** A server in small, to be killed: writes a state row and its fact in one transaction, again and again. Arguments: database URL, `stop` to wait for its end inside a transaction. */
import { sql } from 'kysely';
import { z } from 'zod';
import { systemClock } from '../../../base/clock.ts';
import { createLog } from '../../../base/log.ts';
import { openDatabase, type Tx } from '../../../platform/postgres/db.ts';
import { createLedger, declareEvent, passingKey, serverActor } from '../index.ts';

const [, , url = '', mode = 'run'] = process.argv;
const database = openDatabase(url, { log: createLog({ name: 'crash-writer', level: 'silent' }), connections: 3 });
const ledger = createLedger({ clock: systemClock, key: passingKey() });
const written = declareEvent({ kind: 'test.written', body: z.object({ note: z.string() }), personal: ['note'], sentence: { zh: '写入 {note}', en: 'Wrote {note}' } });

const write = async (tx: Tx, id: string): Promise<void> => {
  await sql`insert into public.crash_state (id) values (${id})`.execute(tx);
  await ledger.append(tx, { event: written, siteId: 'site_crash', roomId: null, actor: serverActor, subject: id, body: { note: id }, at: systemClock.now() });
};

const worker = async (name: string): Promise<never> => {
  for (let n = 0; ; n += 1) {
    const id = `${process.pid}-${name}-${n}`;
    await database.transaction((tx) => write(tx, id));
    process.stdout.write(`done ${id}\n`);
  }
};

if (mode === 'stop') {
  await database.transaction(async (tx) => {
    await write(tx, `${process.pid}-inside`);
    process.stdout.write('inside\n');
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  });
} else await Promise.all([worker('a'), worker('b'), worker('c')]);
