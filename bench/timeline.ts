/**
 * Timelines from a real PostgreSQL that holds 64 cameras of a month: 2.7 million minutes of footage and their gaps, made in bulk.
 *   npm run bench -- timeline [--cameras 64] [--days 30] [--rounds 30]
 * Prints the server's time for the overview of the whole room over all of it, and for one day of one camera with all its minutes.
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { systemClock } from '../server/src/base/clock.ts';
import { newId } from '../server/src/base/ids.ts';
import { createLog } from '../server/src/base/log.ts';
import { dayMs } from '../server/src/base/units.ts';
import { footageOverview, gapsBetween, segmentsBetween } from '../server/src/modules/video/index.ts';
import { openDatabase } from '../server/src/platform/postgres/db.ts';
import { freshDatabase, stopOwnCluster } from '../server/src/platform/postgres/testing/database.ts';
import { createBench, quantile, rounded } from './parts/figures.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, cameras: { type: 'string', default: '64' }, days: { type: 'string', default: '30' }, rounds: { type: 'string', default: '30' } } });
const days = Number(values.quick ? '3' : values.days);
const bench = createBench('timeline', values.quick);
const until = Math.floor(systemClock.now() / dayMs) * dayMs;
const from = until - days * dayMs;
/** Crockford letters of an id from a number, in SQL. */
const idOf = (prefix: string, number: string): string => `'${prefix}_' || lpad(translate(to_hex(${number}), 'abcdef', 'abcdef'), 26, '0')`;

/** Minutes of footage, but for five of them each day that stand in a gap. */
const fill = async (adminUrl: string, cameraIds: readonly string[]): Promise<number> => {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const storageId = newId('sto', systemClock);
    await admin.query("set session_replication_role = 'replica'"); // rows of other tables are not what is measured
    const minute = `(extract(epoch from m) / 60)::bigint`;
    await admin.query(
      `insert into video.segments (segment_id, camera_id, storage_id, path, from_at, until_at, size_bytes, sha256, frames, key_frames, codec, width, height, run_id)
       select ${idOf('seg', `(c.n * 100000000 + ${minute})`)}, c.id, $2, c.id || '/' || ${minute}, m, m + interval '1 minute', 30000000, sha256(c.id::bytea), 1500, 30, 'avc1.640028', 1920, 1080, 'run_' || lpad('', 26, '0')
       from unnest($1::text[]) with ordinality as c(id, n), generate_series($3::timestamptz, $4::timestamptz - interval '1 minute', interval '1 minute') as m
       where extract(minute from m) < 55 or extract(hour from m) <> (c.n % 24)`,
      [cameraIds, storageId, new Date(from), new Date(until)],
    );
    await admin.query(
      `insert into video.gaps (gap_id, camera_id, from_at, until_at, reason, detail)
       select ${idOf('gap', `(c.n * 100000 + (extract(epoch from d) / 86400)::bigint)`)}, c.id, d + make_interval(hours => (c.n % 24)::int, mins => 55), d + make_interval(hours => (c.n % 24)::int + 1), 'network', ''
       from unnest($1::text[]) with ordinality as c(id, n), generate_series($2::timestamptz, $3::timestamptz - interval '1 day', interval '1 day') as d`,
      [cameraIds, new Date(from), new Date(until)],
    );
    await admin.query('vacuum analyze video.segments, video.gaps');
    const { rows } = await admin.query<{ n: number }>('select count(*)::int as n from video.segments');
    return rows[0]?.n ?? 0;
  } finally {
    await admin.end();
  }
};

const timesOf = async (work: () => Promise<unknown>): Promise<number[]> => {
  const times: number[] = [];
  for (let i = 0; i < Number(values.rounds) + 3; i += 1) {
    const began = systemClock.monotonic();
    await work();
    if (i >= 3) times.push(systemClock.monotonic() - began); // prepared and in memory, as on a day
  }
  return times;
};

const fresh = await freshDatabase();
const database = openDatabase(fresh.appUrl, { log: createLog({ name: 'bench', level: 'warn' }) });
try {
  const cameraIds = Array.from({ length: Number(values.cameras) }, () => newId('cam', systemClock));
  const segments = await fill(fresh.adminUrl, cameraIds);
  bench.conditions({ cameras: cameraIds.length, days, segments });
  const { db } = database;
  const overview = await timesOf(async () => JSON.stringify(await footageOverview(db, cameraIds, from, until)));
  bench.print({ figure: 'room_overview_p50_ms', cameras: cameraIds.length, days, segments, ours: rounded(quantile(overview, 0.5) ?? Number.NaN), p95: rounded(quantile(overview, 0.95) ?? Number.NaN), atMost: 50 });
  // As many gaps as were made, and footage between them: a fast answer that is wrong is none.
  const answer = await footageOverview(db, cameraIds, from, until);
  const wrong = answer.filter(({ footage, gaps }) => gaps.length !== days || footage.reduce((sum, one) => sum + one.until - one.from, 0) !== days * (dayMs - 5 * 60_000)).length;
  bench.print({ figure: 'cameras_told_wrong', ours: wrong, atMost: 0 });
  const [camera = ''] = cameraIds;
  const day = await timesOf(async () => JSON.stringify([await segmentsBetween(db, camera, until - dayMs, until), await gapsBetween(db, camera, until - dayMs, until)]));
  bench.print({ figure: 'camera_day_p50_ms', ours: rounded(quantile(day, 0.5) ?? Number.NaN), p95: rounded(quantile(day, 0.95) ?? Number.NaN), atMost: 50 });
} finally {
  await database.close();
  await fresh.drop();
  await stopOwnCluster();
}
bench.finish();
