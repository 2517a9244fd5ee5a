/**
 * Durable acts a second against the same inserts into a plain table, and the time to verify a million facts from the database.
 * Prints JSON lines. `node bench/ledger.ts [facts to verify, default 1000000] [append|verify]`. PostgreSQL runs with fsync on, on the disk of the temporary folder.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { z } from 'zod';
import { systemClock } from '../server/src/base/clock.ts';
import { createLog } from '../server/src/base/log.ts';
import { act, createCheckpointer, createLedger, declareEvent, passingKey, verifyDatabase, type Actor, type AnchorFile } from '../server/src/mechanisms/ledger/index.ts';
import { openDatabase, type Database, type Tx } from '../server/src/platform/postgres/db.ts';
import { startEmbedded } from '../server/src/platform/postgres/embedded.ts';
import { migrate } from '../server/src/platform/postgres/migrate.ts';

const facts = Number(process.argv[2] ?? 1_000_000);
const part = process.argv[3] ?? 'both';
const log = createLog({ name: 'bench', level: 'warn' });
const siteId = 'site_bench';
const actor: Actor = { kind: 'person', id: 'per_06f2q3bench0000000000000000', sessionId: 'ses_bench', post: 'duty_operator' };
const watched = declareEvent({
  kind: 'video.footage_watched', body: z.object({ cameraId: z.string(), from: z.int(), until: z.int(), grant: z.string() }),
  sentence: { zh: '查看 {cameraId}', en: 'Watched {cameraId}' },
});
const key = passingKey();
const ledger = createLedger({ clock: systemClock, key });
const oneAct = (n: number) => ({
  event: watched, siteId, roomId: 'room_bench', actor, subject: `cam_${n % 64}`, at: systemClock.now(),
  body: { cameraId: `cam_${n % 64}`, from: 1_790_000_000_000 + n * 1_000, until: 1_790_000_060_000 + n * 1_000, grant: 'grant_bench' },
});

const print = (line: object): void => void process.stdout.write(`${JSON.stringify({ bench: 'ledger', ...line })}\n`);

/** Runs transactions on as many connections for so long; how many were committed a second. */
const rate = async (database: Database, connections: number, durationMs: number, work: (tx: Tx, n: number) => Promise<unknown>): Promise<number> => {
  let done = 0;
  const from = systemClock.monotonic();
  const worker = async (): Promise<void> => {
    while (systemClock.monotonic() - from < durationMs) {
      const n = done;
      await database.transaction((tx) => work(tx, n));
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return Math.round((done / (systemClock.monotonic() - from)) * 1_000);
};

const benchAppend = async (database: Database, ownerUrl: string): Promise<void> => {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(`create schema bench; create table bench.state (id bigint generated always as identity primary key, subject text not null, at bigint not null);
    create table bench.plain (id bigint generated always as identity primary key, site_id text, at bigint, recorded_at bigint, kind text, version int, subject text, room_id text, actor_kind text, actor_id text, actor_post text, body jsonb);
    grant usage on schema bench to vigil_app; grant select, insert on all tables in schema bench to vigil_app; grant usage on all sequences in schema bench to vigil_app`);
  await owner.end();
  const state = (tx: Tx, n: number) => sql`insert into bench.state (subject, at) values (${`cam_${n % 64}`}, ${n})`.execute(tx);
  const withLedger = async (tx: Tx, n: number): Promise<void> => {
    await state(tx, n);
    await ledger.append(tx, oneAct(n));
  };
  const plain = async (tx: Tx, n: number): Promise<void> => {
    await state(tx, n);
    const { at, subject, body } = oneAct(n);
    await sql`insert into bench.plain (site_id, at, recorded_at, kind, version, subject, room_id, actor_kind, actor_id, actor_post, body)
      values (${siteId}, ${at}, ${at}, 'video.footage_watched', 1, ${subject}, 'room_bench', 'person', ${actor.id}, 'duty_operator', ${JSON.stringify(body)})`.execute(tx);
  };
  await rate(database, 4, 1_000, withLedger); // warm
  for (const connections of [1, 4]) {
    // Alternating, so that a busy machine hits both alike.
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      ours.push(await rate(database, connections, 3_000, withLedger));
      theirs.push(await rate(database, connections, 3_000, plain));
    }
    const median = (values: number[]): number => values.toSorted((a, b) => a - b)[1] ?? 0;
    print({ figure: 'acts_per_second', connections, ours: median(ours), peer: 'plain table, same transaction without ledger', theirs: median(theirs), ratio: Number((median(ours) / median(theirs)).toFixed(2)) });
  }
};

/** One in ten facts carries a personal value, as sign-ins and names do; a checkpoint each batch. */
const named = declareEvent({
  kind: 'video.camera_renamed', body: z.object({ name: z.string() }), personal: ['name'], sentence: { zh: '改名 {name}', en: 'Renamed {name}' },
});
const nowhere: AnchorFile = { append: () => undefined, last: () => null, newest: () => [] };
const batch = 2_000;

const benchVerify = async (database: Database, appUrl: string, facts: number): Promise<void> => {
  const site = 'site_verify';
  const checkpointer = createCheckpointer({ database, ledger, clock: systemClock, key, anchors: nowhere, log });
  const fillFrom = systemClock.monotonic();
  for (let n = 0; n < facts; n += batch) {
    const acts = Array.from({ length: Math.min(batch, facts - n) }, (_, i) => {
      const one = { ...oneAct(n + i), siteId: site };
      return i % 10 === 0 ? act({ ...one, event: named, body: { name: `大门 ${n + i}` } }) : act(one);
    });
    await database.transaction((tx) => ledger.appendMany(tx, acts));
    await checkpointer.sign(site, 'heartbeat');
  }
  const fillSeconds = (systemClock.monotonic() - fillFrom) / 1_000;
  const anchor = (await checkpointer.sign(site, 'anchor')).note;
  print({ figure: 'batch_acts_per_second', batch, ours: Math.round(facts / fillSeconds) });
  const from = systemClock.monotonic();
  const cpuFrom = process.cpuUsage();
  const report = await verifyDatabase({ url: appUrl, siteId: site, anchors: anchor });
  const seconds = (systemClock.monotonic() - from) / 1_000;
  const cpu = process.cpuUsage(cpuFrom);
  if (report.verdict !== 'intact_and_anchored') throw new Error(JSON.stringify(report.findings));
  print({ figure: facts === 1_000_000 ? 'verify_million_seconds' : 'verify_seconds', facts: report.facts, checkpoints: report.checkpoints, ours: Number(seconds.toFixed(2)), cpuSeconds: Number(((cpu.user + cpu.system) / 1_000_000).toFixed(2)) });
};

const folder = mkdtempSync(join(tmpdir(), 'vigil-bench-'));
chmodSync(folder, 0o755);
const running = await startEmbedded({ dataFolder: join(folder, 'data'), stateRoot: join(folder, 'state'), logFile: join(folder, 'postgres.log') });
const database = openDatabase(running.appUrl, { log, connections: 4 });
try {
  await migrate({ ownerUrl: running.ownerUrl });
  if (part !== 'append') await benchVerify(database, running.appUrl, facts);
  if (part !== 'verify') await benchAppend(database, running.ownerUrl);
} finally {
  await database.close();
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
}
