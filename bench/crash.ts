/**
 * Kill -9 of server, recorder and PostgreSQL (all its processes) at random moments under a load of acts: no acknowledged act is lost, no
 * invariant of the footage broken, at most the open fragment of video lost, and every missing second stands in a gap.
 *   npm run bench -- crash [--quick] [--times 200] [--seed 1] [--minutes 12]
 * Through the supervisor; after every 12 kills it is itself ended, in order and by kill -9 in turn, and started again.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { seededRandom } from '../recorder/ingest/testing/fuzz.ts';
import { systemClock } from '../server/src/base/clock.ts';
import { prepareEmbedded } from '../server/src/platform/postgres/embedded.ts';
import { startLoad, type Load } from './parts/acts.ts';
import { holesOf, lostActs, openWatches, readTimelines, type Span, type Timeline } from './parts/after-crash.ts';
import { createBench, quantile } from './parts/figures.ts';
import { killRound, killsInRound, noKills, type Kills } from './parts/kills.ts';
import { allRecording, startProduct, until, withFolder, type Account, type Product } from './parts/product.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, times: { type: 'string' }, seed: { type: 'string', default: '1' }, minutes: { type: 'string', default: '12' } },
});
const times = Number(values.times ?? (values.quick ? '12' : '200'));
const bench = createBench('crash', values.quick);
const random = seededRandom(Number(values.seed));

/** Parameters of the demonstration room: a fragment, and what waits in the kernel between two drains. */
const fragmentMs = 1_000;
const drainMs = 200;
/** One frame to know where a fragment ends, and the write itself. */
const slackMs = 140;

const total = ({ count }: Kills): number => count.server + count.recorder + count.database;

/** Last frame that had arrived → end of the footage that is there, for each kill and camera. */
const footageLost = (kills: Kills, timelines: readonly Timeline[]): number[] =>
  kills.recorder.flatMap(({ at, startedAt, cameras }) =>
    cameras.map(({ cameraId, since, lastFrameAt }) => {
      const segments = timelines.find((timeline) => timeline.cameraId === cameraId)?.segments ?? [];
      const end = Math.max(0, ...segments.filter((segment) => segment.from <= at).map((segment) => Math.min(segment.until, at)));
      // Killed before its first fragment was whole: what this life of the recorder received is what it lost.
      return Math.max(0, lastFrameAt - Math.max(end, Math.min(startedAt, since)));
    }),
  );

const account = (product: Product, title: string): Account => {
  const person = product.people.get(title);
  if (person === undefined) throw new Error(`nobody is ${title}`);
  return person;
};

const killAllThrough = async (first: Product, adminUrl: string, load: Load): Promise<{ product: Product; kills: Kills; supervisors: number }> => {
  const kills = noKills();
  const deadline = systemClock.monotonic() + Number(values.minutes) * 60_000;
  let product = first;
  let supervisors = 0;
  for (let round = 1; total(kills) < times && systemClock.monotonic() < deadline; round += 1) {
    await killRound({ product, adminUrl, most: times - total(kills), random, until: deadline, answered: () => load.count() }, kills);
    bench.say(`${total(kills)} / ${times} · ${load.count()} acts`);
    if (round % 2 === 0) await product.stop();
    else {
      supervisors += 1;
      await product.killSupervisor();
    }
    product = await startProduct({ dataFolder: product.dataFolder, port: product.port, demonstration: true });
  }
  return { product, kills, supervisors };
};

const settled = async (product: Product, database: pg.Client): Promise<void> => {
  await until('all cameras recorded', () => allRecording(product));
  await until('the journal taken over', () => product.recorderStatus().then(({ journalLast, journalAcked }) => journalAcked >= journalLast, () => false));
  // What a crash left open is ended by a job that looks every half minute for what nobody has vouched for.
  await until('all watching ended', async () => (await openWatches(database)) === 0, 100_000, 500).catch(() => bench.say('观看记录未全部结束 / some watching has not been ended'));
};

/** What stands on both sides of a hole: where to look for its cause. */
const neighbours = ({ segments, gaps }: Timeline, hole: Span): string => {
  const named = [...segments.map((one) => ({ ...one, name: one.recovered ? 'recovered segment' : 'segment' })), ...gaps.map((one) => ({ ...one, name: `gap ${one.reason}` }))];
  const before = named.filter((one) => one.until === hole.from).map((one) => one.name);
  const after = named.filter((one) => one.from === hole.until).map((one) => one.name);
  return `${before.join(' + ')} | ${hole.until - hole.from} ms | ${after.join(' + ')}`;
};

const printFootage = (kills: Kills, timelines: readonly Timeline[]): void => {
  const lost = footageLost(kills, timelines);
  const pattern = `fragment ${fragmentMs} ms, drain ${drainMs} ms`;
  bench.print({ figure: 'footage_lost_p50_ms', cameras: timelines.length, pattern, ours: quantile(lost, 0.5), samples: lost.length });
  bench.print({ figure: 'footage_lost_max_ms', cameras: timelines.length, pattern, ours: quantile(lost, 1), atMost: fragmentMs + drainMs + slackMs });
  // From the end of footage to the first new frame; the supervisor's back-off (50 ms to 5 s in a round) and the starts of the room are in it.
  const gaps = timelines.flatMap((one) => one.gaps.map(({ from, until: end }) => end - from));
  bench.print({ figure: 'gap_p50_ms', cameras: timelines.length, ours: quantile(gaps, 0.5), max: quantile(gaps, 1), gaps: gaps.length });
  const holes = timelines.map((timeline) => ({ timeline, ...holesOf(timeline) }));
  for (const { timeline, holes: found } of holes) for (const hole of found.slice(0, 5)) bench.say(`✗ ${timeline.cameraId}: ${hole.from} 无人说明 / unexplained: ${neighbours(timeline, hole)}`);
  const segments = timelines.reduce((sum, one) => sum + one.segments.length, 0);
  bench.print({ figure: 'unexplained_ms', cameras: timelines.length, ours: holes.flatMap((one) => one.holes).reduce((sum, { from, until: end }) => sum + end - from, 0), atMost: 0, segments });
  bench.print({ figure: 'overlapping_ms', cameras: timelines.length, ours: holes.reduce((sum, one) => sum + one.overlapMs, 0), atMost: 0 });
};

const printActs = async (database: pg.Client, load: Load): Promise<void> => {
  const lost = await lostActs(database, load.acknowledged, load.namesAsked);
  for (const one of lost.slice(0, 20)) bench.say(`✗ ${one.act}: ${one.what} 不在 / is not there: ${one.key}`);
  const counts = Object.fromEntries(Object.entries(load.acknowledged).map(([name, acts]: [string, readonly unknown[]]) => [name, acts.length]));
  bench.print({ figure: 'acknowledged_acts', ours: load.count(), atLeast: times, ...counts });
  bench.print({ figure: 'acknowledged_acts_lost', ours: lost.length, atMost: 0 });
  bench.print({ figure: 'watches_left_open', ours: await openWatches(database), atMost: 0 });
};

/** Lives that ended though nobody killed them; 75 is a server that could not start because its database was not there yet. */
const endedByThemselves = (dataFolder: string): string[] =>
  readFileSync(join(dataFolder, 'logs', 'supervisor.log'), 'utf8').trim().split('\n')
    .map((line) => JSON.parse(line) as { what: string; name?: string; code?: number | null; signal?: string | null })
    .flatMap(({ what, name = '', code, signal }) => (what === 'ended' && signal !== 'SIGKILL' && code !== 75 ? [`${name} (${signal ?? `exit ${code ?? '?'}`})`] : []));

const printChecks = async (product: Product): Promise<void> => {
  const left = readdirSync(join(product.dataFolder, 'footage'), { recursive: true, encoding: 'utf8' }).filter((file) => /\.mp4./.test(file));
  bench.print({ figure: 'files_open_after_orderly_stop', ours: left.length, atMost: 0 });
  const ended = endedByThemselves(product.dataFolder);
  bench.print({ figure: 'ended_without_a_kill', ours: ended.length, atMost: 0, ...(ended.length === 0 ? {} : { who: [...new Set(ended)] }) });
  for (const [figure, command] of [['fsck_exit', 'fsck'], ['verify_ledger_exit', 'verify-ledger']] as const) {
    const { code, said } = await product.vigil(command);
    if (code !== 0) bench.say(said);
    bench.print({ figure, ours: code, atMost: 0 });
  }
};

await withFolder('crash', async ({ dataFolder, port }) => {
  const began = systemClock.monotonic();
  const first = await startProduct({ dataFolder, port, demonstration: true });
  await until('all cameras recorded', () => allRecording(first));
  const { adminUrl } = await prepareEmbedded({ dataFolder });
  const cameraIds = (await first.recorderStatus()).cameras.map((camera) => camera.cameraId);
  bench.conditions({ times, seed: Number(values.seed), killsBetweenStarts: killsInRound, cameras: cameraIds.length });
  const load = startLoad({ address: first.address, operator: account(first, 'duty operator'), administrator: account(first, 'system administrator'), cameraIds, random });
  const { product, kills, supervisors } = await killAllThrough(first, adminUrl, load);
  await load.stop();
  bench.print({ figure: 'kills', ours: total(kills), atLeast: times, ...kills.count, supervisor: supervisors, seconds: Math.round((systemClock.monotonic() - began) / 1_000) });
  const database = new pg.Client({ connectionString: adminUrl });
  await database.connect();
  try {
    await settled(product, database);
    await printActs(database, load);
    printFootage(kills, await readTimelines(database));
  } finally {
    await database.end();
  }
  await product.stop();
  await printChecks(product);
});
bench.finish();
