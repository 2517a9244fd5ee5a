/**
 * Each fault × its outcome: nothing acknowledged is lost, what is lost is named as a gap, and seconds until footage is written again.
 *   npm run bench -- faults [--quick] [--only "power cut;full disk"] [--part recorder|room] [--minutes 2]
 * Faults of a disk need root: they happen to a loop device of the bench's own (bench/parts/loop-disk.ts says what that cannot show). What this
 * machine cannot do is left out and said. Faults of processes and of the database happen to a whole room under its supervisor.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock, wait } from '../server/src/base/clock.ts';
import { secondMs } from '../server/src/base/units.ts';
import { compiled } from './parts/compiled.ts';
import { outcomeOf, type Outcome } from './parts/fault-outcome.ts';
import { startFaultRecorder, writtenSince } from './parts/fault-recorder.ts';
import { tableOf, type Row } from './parts/fault-table.ts';
import { createBench } from './parts/figures.ts';
import { makeLoopDisk, noLoopDisks, type LoopDisk } from './parts/loop-disk.ts';
import { until } from './parts/product.ts';
import { recorderFaults, type RecorderFault, type Seen } from './parts/recorder-faults.ts';
import { roomFaults } from './parts/room-faults.ts';
import { startCameraProcess } from './peers/cameras.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, part: { type: 'string' }, minutes: { type: 'string', default: '2' } },
});
const bench = createBench('faults', values.quick);
const wanted = values.only?.split(';');
const isWanted = (name: string): boolean => wanted === undefined || wanted.includes(name);
const rows: Row[] = [];

const cameraCount = 4;
/** So that a segment that began after the fault is closed and told of. */
const afterwardsMs = 12 * secondMs;

const wrongOf = (fault: RecorderFault, outcome: Outcome, seen: readonly Seen[], againS: number, others: number): string[] => {
  const named = Object.keys(outcome.missing).filter((reason) => (outcome.missing[reason] ?? 0) > 0);
  const unexpected = named.filter((reason) => !(fault.orNot ?? []).some((one) => one === reason));
  return [
    ...(outcome.acknowledgedLost > 0 ? [`${outcome.acknowledgedLost} acknowledged lost`] : []),
    ...(outcome.unexplainedMs > 0 ? [`${outcome.unexplainedMs} ms unexplained`] : []),
    ...(outcome.strayFiles > 0 ? [`${outcome.strayFiles} stray files`] : []),
    ...(againS > fault.againWithinS ? [`again after ${againS} s`] : []),
    ...(fault.reasons.length > 0 && !fault.reasons.some((reason) => named.includes(reason)) ? ['not named'] : []),
    ...(fault.reasons.length === 0 && unexpected.length > 0 ? [`missing: ${unexpected.join(', ')}`] : []),
    ...(others > 0 ? [`${others} gaps of other cameras`] : []),
    ...seen.filter(({ value, atMost }) => value > atMost).map(({ what, value }) => `${what} ${value}`),
  ];
};

const meet = async (fault: RecorderFault, folder: string, tools: { cut: string | null; clock: string | null }): Promise<void> => {
  const disk: LoopDisk = makeLoopDisk(folder, 'disk', 400);
  const cameras = await startCameraProcess({ many: cameraCount, arrival: 'burst' });
  const clockFile = join(folder, 'clock');
  const setClock = (offsetMs: number): void => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(offsetMs));
    writeFileSync(clockFile, bytes, { flag: 'r+' });
  };
  writeFileSync(clockFile, Buffer.alloc(8));
  const env = fault.needs.includes('clock') && tools.clock !== null ? { LD_PRELOAD: tools.clock, VIGIL_BENCH_CLOCK: clockFile } : {};
  const footage = fault.needs.includes('disk') ? (fault.allOnDisk === true ? join(disk.path, 'footage') : disk.path) : join(folder, 'footage');
  const data = fault.allOnDisk === true ? join(disk.path, 'data') : join(folder, 'data');
  mkdirSync(data, { recursive: true });
  const recorder = await startFaultRecorder({ urls: cameras.urls, data, footage, env });
  try {
    await wait(systemClock, afterwardsMs + 3 * secondMs); // past the first segments
    const before = await recorder.acknowledged();
    const seen = await fault.run({ recorder, cameras, disk, before, cutProgram: tools.cut ?? '', setClock, folder });
    const over = systemClock.monotonic();
    const { now } = await recorder.status();
    await until('footage again', () => writtenSince(recorder, now), 100_000, 50).catch(() => bench.say(`✗ ${fault.name}: 没有恢复 / it does not record again`));
    const againS = Math.round((systemClock.monotonic() - over) / 100) / 10;
    await wait(systemClock, afterwardsMs);
    await recorder.stop();
    const entries = recorder.journal();
    const outcome = await outcomeOf(recorder.config, before, entries);
    const first = recorder.config.cameras[0]?.cameraId;
    const others = fault.oneCamera === true ? entries.filter((one) => one.kind === 'gap_opened' && one.cameraId !== first && one.seq > (before.at(-1)?.seq ?? 0) && one.reason !== 'recorder_stopped').length : 0;
    const wrong = wrongOf(fault, outcome, seen, againS, others);
    rows.push({ fault: fault.name, outcome, againS, seen, wrong });
    for (const line of wrong.length > 0 ? outcome.detail.slice(0, 8) : []) bench.say(`  ${line}`);
  } finally {
    disk.thaw();
    await recorder.stop();
    await cameras.stop();
    disk.remove();
    for (const path of [data, footage]) rmSync(path, { recursive: true, force: true });
  }
};

const leftOut = (name: string, why: string): void => {
  bench.say(`跳过 / left out: ${name}: ${why}`);
  rows.push({ fault: name, leftOut: why });
};

const meetRecorderFaults = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-faults-'));
  const noDisks = noLoopDisks();
  const tools = { cut: compiled('power-cut', folder), clock: compiled('set-clock', folder, ['-shared', '-fPIC'], ['-ldl']) };
  try {
    for (const fault of recorderFaults.filter(({ name }) => isWanted(name))) {
      bench.say(`— ${fault.name}`);
      if (noDisks !== null && fault.needs.includes('disk')) leftOut(fault.name, noDisks);
      else if ((fault.needs.includes('cut') && tools.cut === null) || (fault.needs.includes('clock') && tools.clock === null)) leftOut(fault.name, 'no C compiler');
      else
        await meet(fault, folder, tools).catch((error: unknown) => {
          const why = error instanceof Error ? error.message : String(error);
          bench.say(`✗ ${fault.name}: ${why}`);
          rows.push({ fault: fault.name, wrong: [why] });
        });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

bench.conditions({ cameras: cameraCount, minutesAway: Number(values.minutes) });
if (values.part !== 'room') await meetRecorderFaults();
if (values.part !== 'recorder') rows.push(...(await roomFaults({ isWanted, say: (text) => bench.say(text), minutes: Number(values.minutes) })));
for (const { fault, outcome, againS, seen = [], wrong, leftOut: why } of rows) {
  const measured = outcome === undefined ? {} : { acknowledgedLost: outcome.acknowledgedLost, unexplainedMs: outcome.unexplainedMs, strayFiles: outcome.strayFiles, missingSeconds: outcome.missing };
  const more = Object.fromEntries(seen.map(({ what, value }) => [what, value]));
  bench.print({ figure: 'wrong', fault, ours: wrong?.length ?? null, ...(why === undefined ? { atMost: 0 } : { leftOut: why }), ...measured, ...(againS === undefined ? {} : { againSeconds: againS }), ...more, ...(wrong === undefined || wrong.length === 0 ? {} : { why: wrong }) });
}
bench.say(tableOf(rows));
bench.finish();
