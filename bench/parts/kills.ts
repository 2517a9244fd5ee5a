/** Kill -9 of the room's parts in turn, at seeded random moments of their lives; for the recorder with what it had received just before. */
import pg from 'pg';
import type { RecorderStatus } from '../../contract/recorder.ts';
import { systemClock, wait } from '../../server/src/base/clock.ts';
import { allRecording, until, type Product } from './product.ts';
import { ask } from './visitor.ts';

export type Target = 'server' | 'recorder' | 'database';
const targets: readonly Target[] = ['server', 'recorder', 'database'];

export interface RecorderKill {
  at: number;
  startedAt: number;
  cameras: { cameraId: string; since: number; lastFrameAt: number }[];
}

export interface Kills {
  count: Record<Target, number>;
  recorder: RecorderKill[];
}

export const noKills = (): Kills => ({ count: { server: 0, recorder: 0, database: 0 }, recorder: [] });

const databaseAnswers = async (adminUrl: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined); // killed while it asks
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

const atWork = (product: Product, target: Target, adminUrl: string): Promise<boolean> => {
  if (target === 'recorder') return allRecording(product);
  if (target === 'database') return databaseAnswers(adminUrl);
  return ask(product.address, { method: 'GET', path: '/api/system/alive' }).then((answer) => answer.status === 200, () => false);
};

const received = (status: RecorderStatus, at: number): RecorderKill => ({
  at, startedAt: status.startedAt,
  cameras: status.cameras.flatMap(({ cameraId, since, lastFrameAt, state }) => (lastFrameAt === null || state !== 'recording' ? [] : [{ cameraId, since, lastFrameAt }])),
});

const killAll = (pids: readonly number[]): void => {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // ended with its parent
    }
  }
};

const killOnce = async (product: Product, target: Target, kills: Kills): Promise<void> => {
  const status = target === 'recorder' ? await product.recorderStatus().catch(() => null) : null;
  const pids = await until(`a ${target} to kill`, () => {
    const found = product.pidsOf(target);
    return found.length > 0 && found;
  }, 30_000, 10);
  killAll(pids);
  kills.count[target] += 1;
  if (status !== null) kills.recorder.push(received(status, systemClock.now()));
};

export interface RoundOptions {
  product: Product;
  adminUrl: string;
  /** How many kills at most. */
  most: number;
  random: (below: number) => number;
  until: number;
  /** Acts that were answered so far: a kill that meets nobody at work proves little. */
  answered: () => number;
}

/** Each part is killed so often; the first ends of a process are answered at once by the supervisor, later ones with growing delays. */
export const killsInRound = 12;
/** One kill in four comes while the process is still starting. */
const hastyOneIn = 4;
/** The others wait until people have worked again since the last one, but not for ever: a machine may be too slow for its load. */
const actsBetween = 3;
const patienceForActsMs = 8_000;

const shuffled = (random: (below: number) => number): Target[] => targets.map((target) => ({ target, key: random(1_000_000) })).toSorted((a, b) => a.key - b.key).map(({ target }) => target);

export const killRound = async ({ product, adminUrl, most, random, until: deadline, answered }: RoundOptions, kills: Kills): Promise<void> => {
  for (let n = 0, order: Target[] = []; n < Math.min(most, killsInRound); n += 1) {
    if (order.length === 0) order = shuffled(random);
    const target = order.pop() ?? 'server';
    const hasty = random(hastyOneIn) === 0;
    const before = answered();
    if (systemClock.monotonic() > deadline) return;
    if (!hasty) {
      await until(`the ${target} at work`, () => atWork(product, target, adminUrl), 45_000);
      await until('acts', () => answered() >= before + actsBetween, patienceForActsMs).catch(() => undefined);
    }
    await wait(systemClock, random(hasty ? 300 : 900));
    await killOnce(product, target, kills);
  }
};
