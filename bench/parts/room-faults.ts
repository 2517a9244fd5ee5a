/** Faults of a whole room under its supervisor: each process killed, and the database away while cameras go on. */
import pg from 'pg';
import { systemClock, wait } from '../../server/src/base/clock.ts';
import { prepareEmbedded } from '../../server/src/platform/postgres/embedded.ts';
import { holesOf, readTimelines } from './after-crash.ts';
import type { Row } from './fault-table.ts';
import { allRecording, startProduct, until, withFolder, type Part, type Product } from './product.ts';
import { isThere } from './processes.ts';
import type { Seen } from './recorder-faults.ts';
import { ask } from './visitor.ts';

interface RoomFaultOptions {
  isWanted: (name: string) => boolean;
  say: (text: string) => void;
  minutes: number;
}

const answers = (product: Product): Promise<boolean> => ask(product.address, { method: 'GET', path: '/api/system/alive' }).then(({ status }) => status === 200, () => false);

const signal = (pids: readonly number[], which: NodeJS.Signals): void => {
  for (const pid of pids) if (isThere(pid)) process.kill(pid, which);
};

/** Every camera has a frame of after this moment. */
const framesSince = (product: Product, at: number) => (): Promise<boolean> =>
  product.recorderStatus().then((status) => status.cameras.length > 0 && status.cameras.every((camera) => (camera.writtenUntil ?? 0) > at), () => false);

const takenOver = (product: Product) => (): Promise<boolean> => product.recorderStatus().then(({ journalLast, journalAcked }) => journalAcked >= journalLast, () => false);

interface Round {
  againS: number;
  seen: Seen[];
}

const killed = async (product: Product, part: Part): Promise<Round> => {
  const pids = product.pidsOf(part);
  if (pids.length === 0) throw new Error(`no ${part}`);
  const at = systemClock.now();
  signal(pids, 'SIGKILL');
  await until(`${part} gone`, () => !pids.some(isThere), 20_000);
  await until('recording and answers', async () => (await framesSince(product, at)()) && (await answers(product)), 90_000, 100);
  return { againS: Math.round((systemClock.now() - at) / 100) / 10, seen: [] };
};

/** Its processes stand still: connections neither answer nor break, which is worse than a database that is down. */
const databaseAway = async (product: Product, minutes: number): Promise<Round> => {
  const started = (await product.recorderStatus()).startedAt;
  const pids = product.pidsOf('database');
  signal(pids, 'SIGSTOP');
  const behind: number[] = [];
  const comesBackAt = systemClock.monotonic() + minutes * 60_000;
  try {
    while (systemClock.monotonic() < comesBackAt) {
      await wait(systemClock, 2_000);
      const status = await product.recorderStatus();
      behind.push(...status.cameras.map((camera) => status.now - (camera.writtenUntil ?? 0)));
    }
  } finally {
    signal(pids, 'SIGCONT');
  }
  const from = systemClock.monotonic();
  await until('the journal taken over', async () => (await answers(product)) && (await takenOver(product)()), 120_000, 200);
  const again = (await product.recorderStatus()).startedAt === started ? 0 : 1;
  return { againS: Math.round((systemClock.monotonic() - from) / 100) / 10, seen: [{ what: 'furthest_behind_ms', value: Math.max(...behind), atMost: 6_000 }, { what: 'recorder_restarts', value: again, atMost: 0 }] };
};

const supervisorKilled = async (product: Product, keep: (next: Product) => void): Promise<Round> => {
  const at = systemClock.now();
  await product.killSupervisor();
  const next = await startProduct({ dataFolder: product.dataFolder, port: product.port, demonstration: true });
  keep(next);
  await until('recording', () => framesSince(next, at)(), 90_000, 100);
  return { againS: Math.round((systemClock.now() - at) / 100) / 10, seen: [] };
};

/** What each round left in the database: footage and gaps of since it began, and the segments that stood there before it. */
const judged = async (adminUrl: string, before: ReadonlySet<string>, name: string, round: Round, againWithinS: number): Promise<Row> => {
  const database = new pg.Client({ connectionString: adminUrl });
  await database.connect();
  try {
    const timelines = await readTimelines(database);
    const there = new Set(timelines.flatMap((one) => one.segments.map(({ path }) => path)));
    const lost = [...before].filter((path) => !there.has(path)).length;
    const holes = timelines.flatMap((one) => holesOf(one).holes);
    const unexplainedMs = holes.reduce((sum, { from, until: end }) => sum + end - from, 0);
    const missing: Record<string, number> = {};
    for (const gap of timelines.flatMap(({ gaps }) => gaps)) if (Number.isFinite(gap.until)) missing[gap.reason] = Math.round(((missing[gap.reason] ?? 0) + (gap.until - gap.from) / 1_000) * 10) / 10;
    const wrong = [
      ...(lost > 0 ? [`${lost} acknowledged lost`] : []), ...(unexplainedMs > 0 ? [`${unexplainedMs} ms unexplained`] : []), ...(round.againS > againWithinS ? [`again after ${round.againS} s`] : []),
      ...round.seen.filter(({ value, atMost }) => value > atMost).map(({ what, value }) => `${what} ${value}`),
    ];
    return { fault: name, outcome: { acknowledgedLost: lost, unexplainedMs, strayFiles: 0, missing, detail: [] }, ...round, wrong };
  } finally {
    await database.end();
  }
};

const pathsIn = async (adminUrl: string): Promise<Set<string>> => {
  const database = new pg.Client({ connectionString: adminUrl });
  await database.connect();
  try {
    return new Set((await readTimelines(database)).flatMap((one) => one.segments.map(({ path }) => path)));
  } finally {
    await database.end();
  }
};

/** Named gaps of the table count from the beginning of the room: the rows of later faults show those of earlier ones too. */
export const roomFaults = async ({ isWanted, say, minutes }: RoomFaultOptions): Promise<Row[]> => {
  const rows: Row[] = [];
  const awayName = `database away for ${minutes} min`;
  const kills: readonly (readonly [string, Part])[] = [['kill -9, server', 'server'], ['kill -9, recorder of a room', 'recorder'], ['kill -9, database', 'database'], ['kill -9, cameras of the demonstration', 'simulators']];
  const names = [...kills.map(([name]) => name), 'kill -9, supervisor', awayName];
  if (!names.some(isWanted)) return rows;
  await withFolder('faults-room', async ({ dataFolder, port }) => {
    let product = await startProduct({ dataFolder, port, demonstration: true });
    const { adminUrl } = await prepareEmbedded({ dataFolder });
    await until('all cameras recorded', () => allRecording(product));
    const meet = async (name: string, againWithinS: number, work: () => Promise<Round>): Promise<void> => {
      if (!isWanted(name)) return;
      say(`— ${name}`);
      // A database that was killed comes back beside the recording.
      const before = await until('the database', () => pathsIn(adminUrl).catch(() => null), 60_000, 500);
      try {
        const round = await work();
        await until('the journal taken over', takenOver(product), 60_000);
        rows.push(await until('the database', () => judged(adminUrl, before, name, round, againWithinS).catch(() => null), 60_000, 500));
      } catch (error) {
        rows.push({ fault: name, wrong: [error instanceof Error ? error.message : String(error)] });
      }
    };
    for (const [name, part] of kills) await meet(name, 30, () => killed(product, part));
    await meet('kill -9, supervisor', 45, () => supervisorKilled(product, (next) => (product = next)));
    await meet(awayName, 60, () => databaseAway(product, minutes));
    await product.stop();
    // Rows against files of the whole evening, hashes included.
    const { code, said } = await product.vigil('fsck');
    if (code !== 0) say(said);
    rows.push({ fault: 'fsck after all of them', wrong: code === 0 ? [] : [`fsck ended with ${code}`] });
  });
  return rows;
};
