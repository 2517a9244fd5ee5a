/** kill -9 between row and leaf: either both are there or neither, and what was acknowledged is there. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../platform/postgres/testing/database.ts';
import { verifyDatabase } from './index.ts';

let fresh: FreshDatabase;
let admin: pg.Client;
const writer = fileURLToPath(new URL('./testing/crash-writer.ts', import.meta.url));

const start = (mode: 'run' | 'stop'): { child: ChildProcess; lines: AsyncIterable<string> } => {
  const child = spawn(process.execPath, [writer, fresh.appUrl, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  return { child, lines: createInterface({ input: child.stdout }) };
};
const kill = async (child: ChildProcess): Promise<void> => {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
};
/** The database notices a dead client when it next reads from it; nobody may look before. */
const settled = async (): Promise<void> => {
  await expect.poll(async () => (await admin.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where application_name = 'vigil' and datname = current_database()`)).rows[0]!.n, { timeout: 10_000 }).toBe(0);
};
const names = async (query: string): Promise<string[]> => (await admin.query<{ id: string }>(query)).rows.map((row) => row.id).sort();
const expectWhole = async (acknowledged: readonly string[]): Promise<void> => {
  const states = await names('select id from public.crash_state');
  const facts = await names(`select subject as id from ledger.facts where kind = 'test.written'`);
  const values = await names(`select value::jsonb #>> '{}' as id from ledger.private_values`);
  expect(facts).toEqual(states);
  expect(values).toEqual(states);
  expect(states).toEqual(expect.arrayContaining([...acknowledged]));
};

beforeAll(async () => {
  fresh = await freshDatabase();
  admin = new pg.Client({ connectionString: fresh.adminUrl });
  await admin.connect();
  await admin.query('create table public.crash_state (id text primary key); grant usage on schema public to vigil_app; grant insert, select on public.crash_state to vigil_app');
});
afterAll(async () => {
  await admin.end();
  await fresh.drop();
});

test('killed while writing, five times over, the ledger has no gap and every fact its row', async () => {
  const acknowledged: string[] = [];
  for (const writes of [3, 17, 31, 8, 50]) {
    const { child, lines } = start('run');
    let seen = 0;
    for await (const line of lines) {
      acknowledged.push(line.replace('done ', ''));
      if ((seen += 1) === writes) break;
    }
    await kill(child);
    await settled();
    await expectWhole(acknowledged);
  }
  const report = await verifyDatabase({ url: fresh.appUrl, siteId: 'site_crash', anchors: '', threads: 1 });
  expect(report.findings.filter((one) => one.code !== 'never_signed')).toEqual([]);
  expect(report.facts).toBe(acknowledged.length === 0 ? 0 : (await names('select id from public.crash_state')).length + 1);
});

test('killed between the fact and the commit, neither row nor fact is there, and the next act goes on without a gap', async () => {
  const before = await names('select id from public.crash_state');
  const { child, lines } = start('stop');
  for await (const line of lines) if (line === 'inside') break;
  await kill(child);
  await settled();
  await expectWhole(before);
  expect(await names('select id from public.crash_state')).toEqual(before);
  const { child: next, lines: more } = start('run');
  for await (const line of more) if (line.startsWith('done')) break;
  await kill(next);
  await settled();
  const seqs = (await admin.query<{ seq: string }>('select seq from ledger.facts order by seq')).rows.map((row) => Number(row.seq));
  expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, i) => i + 1));
});
