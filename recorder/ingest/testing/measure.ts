/**
 * node recorder/ingest/testing/measure.ts --url rtsp://127.0.0.1:8554/m# --cameras 8 --seconds 20 [--drain 200] [--out folder]
 * Records # = 1 … n and prints what it cost, as one JSON line: CPU seconds for a camera-minute, after the cameras have settled.
 * With --out each cut is hashed and appended to a file for its camera (no fsync, no index).
 */
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock, wait } from '../../../server/src/base/clock.ts';
import { createLog } from '../../../server/src/base/log.ts';
import { videoTicksPerSecond } from '../../../server/src/base/units.ts';
import { BufferPool, DrainClock, type Ingest, openIngest } from '../index.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'rtsp://127.0.0.1:8554/m#' },
    cameras: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '20' },
    settle: { type: 'string', default: '6' },
    drain: { type: 'string', default: '200' },
    out: { type: 'string' },
  },
});
const cameras = Number(values.cameras);
const seconds = Number(values.seconds);
const log = createLog({ name: 'measure', level: 'warn' });
const drain = new DrainClock(systemClock, { drainMs: Number(values.drain), drainWatchedMs: 30 });
const pool = new BufferPool();
const ends: string[] = [];
const totals = { units: 0, keys: 0 };
if (values.out !== undefined) mkdirSync(values.out, { recursive: true });

const start = (index: number): Ingest => {
  let cutAt = 0;
  const hash = createHash('sha256');
  const ingest = openIngest(
    { cameraId: `cam_${index}` as never, label: String(index), url: values.url.replace('#', String(index)), username: null, password: null, record: true, allowLocal: true },
    { clock: systemClock, log, drain, pool },
    {
      onParameterSets: () => undefined,
      onSenderReport: () => undefined,
      onPacketsLost: () => undefined,
      onPlaying: () => undefined,
      onEnd: (reason, detail) => ends.push(`${index}: ${reason} ${detail}`),
      onAccessUnit: (unit) => {
        totals.units += 1;
        if (unit.key) totals.keys += 1;
        if (!unit.key && unit.ticks - cutAt < videoTicksPerSecond) return;
        cutAt = unit.ticks;
        const region = ingest.cut(unit);
        if (region === null) return;
        if (values.out !== undefined) {
          hash.update(region.bytes);
          appendFileSync(join(values.out, `${index}.h264`), region.bytes);
        }
        region.release();
      },
    },
  );
  return ingest;
};

const sum = (all: readonly Ingest[]): { bytes: number; packets: number; lost: number } =>
  all.map((i) => i.stats()).reduce((a, b) => ({ bytes: a.bytes + b.bytes, packets: a.packets + b.packets, lost: a.lost + b.lost }), { bytes: 0, packets: 0, lost: 0 });

const all = Array.from({ length: cameras }, (_, i) => start(i + 1));
await wait(systemClock, Number(values.settle) * 1_000);
const [cpuBefore, before, at] = [process.cpuUsage(), sum(all), systemClock.monotonic()];
await wait(systemClock, seconds * 1_000);
const cpu = process.cpuUsage(cpuBefore);
const after = sum(all);
const cameraMinutes = (cameras * (systemClock.monotonic() - at)) / 60_000;
console.log(
  JSON.stringify({
    cameras,
    drainMs: Number(values.drain),
    hashedAndWritten: values.out !== undefined,
    cpuSecondsPerCameraMinute: Number(((cpu.user + cpu.system) / 1e6 / cameraMinutes).toFixed(4)),
    userShare: Number((cpu.user / (cpu.user + cpu.system)).toFixed(2)),
    megabitsPerCamera: Number((((after.bytes - before.bytes) * 8) / 1e6 / (cameraMinutes * 60)).toFixed(2)),
    packets: after.packets - before.packets,
    lost: after.lost,
    ...totals,
    rssMegabytes: Math.round(process.memoryUsage.rss() / 1e6),
    pool: pool.stats(),
    ends,
  }),
);
for (const ingest of all) ingest.close();
