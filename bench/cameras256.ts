/**
 * 256 cameras of 4 Mbit/s into one recorder, with fsync, hash and index on: packets lost, cost, and what reached the disk each second.
 *   npm run bench -- cameras256 [--cameras 256] [--seconds 120] [--folder <on a real disk>]
 * The senders (simulators/camera, packets made once) share the machine with the recorder: their CPU stands beside. What the disk itself sustains
 * is measured first, so that a machine that cannot is told from a recorder that cannot. Nothing is trimmed: room for all of it is asked for first.
 * It stops by itself after its time.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock, wait } from '../server/src/base/clock.ts';
import { createBench, rounded } from './parts/figures.ts';
import { makeLoop, startCameraProcess } from './peers/cameras.ts';
import { startOwnRecorder } from './peers/own-recorder.ts';
import { cpuSecondsOf, memoryMbOf } from './peers/process-cost.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, cameras: { type: 'string', default: '256' }, seconds: { type: 'string', default: '120' }, folder: { type: 'string' } },
});
const many = Number(values.cameras);
const seconds = values.quick ? 15 : Number(values.seconds);
const settleSeconds = 10;
const bitsEach = 4e6;

/** Half a gigabyte in pieces of 4 MB, each on disk before the next: MB (10^6) a second. */
const diskRate = (folder: string): number => {
  const file = openSync(join(folder, 'rate'), 'w');
  const piece = Buffer.alloc(4_000_000, 1);
  const began = systemClock.monotonic();
  try {
    for (let i = 0; i < 128; i += 1) {
      writeSync(file, piece);
      fdatasyncSync(file);
    }
  } finally {
    closeSync(file);
    rmSync(join(folder, 'rate'));
  }
  return (128 * 4) / ((systemClock.monotonic() - began) / 1_000);
};

const bench = createBench('cameras256', values.quick);
const folder = mkdtempSync(join(values.folder ?? tmpdir(), 'vigil-cameras256-'));
const open: { stop(): Promise<void> }[] = [];
try {
  const { bavail, bsize } = statfsSync(folder);
  const needed = ((many * bitsEach) / 8) * (seconds + settleSeconds + 60) * 1.5;
  if (bavail * bsize < needed) throw new Error(`磁盘空间不足 / not enough room: ${Math.round(needed / 1e9)} GB`);
  const sustained = diskRate(folder);
  bench.conditions({ cameras: many, seconds, disk_mb_per_second: Math.round(sustained) });
  const senders = await startCameraProcess({ many, file: await makeLoop(folder), arrival: 'spread' });
  open.unshift(senders);
  const recorder = await startOwnRecorder(senders.urls, folder);
  open.unshift(recorder);
  await wait(systemClock, settleSeconds * 1_000);
  const before = await recorder.status();
  const lostOf = (status: typeof before): number => status.cameras.reduce((sum, camera) => sum + camera.packetsLost, 0);
  const [ours, theirs, droppedBefore, began] = [cpuSecondsOf([recorder.pid]), cpuSecondsOf([senders.pid]), await senders.dropped(), systemClock.monotonic()];
  await wait(systemClock, seconds * 1_000);
  const took = (systemClock.monotonic() - began) / 1_000;
  const after = await recorder.status();
  const recording = after.cameras.filter((camera) => camera.state === 'recording').length;
  const behind = Math.max(...after.cameras.map((camera) => after.now - (camera.writtenUntil ?? 0)));
  bench.print({ figure: 'packets_lost', cameras: many, pattern: 'spread', ours: Math.max(lostOf(after) - lostOf(before), (await senders.dropped()) - droppedBefore), atMost: 0 });
  bench.print({ figure: 'cameras_not_recording', cameras: many, ours: many - recording, atMost: 0 });
  bench.print({ figure: 'furthest_behind_ms', cameras: many, ours: behind });
  bench.print({ figure: 'received_mb_per_second', cameras: many, ours: rounded(after.cameras.reduce((sum, camera) => sum + camera.bitsPerSecond, 0) / 8e6), diskMbPerSecond: Math.round(sustained) });
  bench.print({ figure: 'cores', cameras: many, ours: rounded((cpuSecondsOf([recorder.pid]) - ours) / took), sender: rounded((cpuSecondsOf([senders.pid]) - theirs) / took) });
  bench.print({ figure: 'memory_pss_mb', cameras: many, ours: Math.round(memoryMbOf([recorder.pid])), atMost: 70 + 1.5 * many });
} finally {
  for (const started of open) await started.stop();
  rmSync(folder, { recursive: true, force: true });
}
bench.finish();
