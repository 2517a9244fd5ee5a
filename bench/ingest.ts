/**
 * Cost of recording against one ffmpeg per camera and against a C reader that hashes too (bench/peers/hashing-reader.c, where the machine has a
 * C compiler), on the same simulated cameras in the same run: 1080p25 at 4 Mbit/s.
 *   npm run bench -- ingest [--quick] [--cameras 8,16,32] [--patterns burst,spread] [--seconds 30] [--windows 3] [--settle <seconds>]
 *     [--folder <on a real disk>]
 * Prints JSON lines { bench, figure, cameras, pattern, ours, peer, theirs, ratio } with the drain and the fsync bound beside them;
 * CPU of processes and their threads, so that our disk writes count as ours, while those that ffmpeg leaves to the kernel count as nobody's.
 * All record at the same time, from cameras of their own, and are measured in the same windows: a shared machine is faster in one minute than
 * in the next, by more than what is to be told apart here.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock, wait } from '../server/src/base/clock.ts';
import { makeLoop, startCameraProcess } from './peers/cameras.ts';
import { startFfmpegRecorders } from './peers/ffmpeg-recorders.ts';
import { startHashingReader } from './peers/hashing-reader.ts';
import { type OwnRecorder, recorderSettings, startOwnRecorder } from './peers/own-recorder.ts';
import { cpuSecondsOf, median, memoryMbOf } from './peers/process-cost.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    cameras: { type: 'string' },
    patterns: { type: 'string', default: 'burst,spread' },
    seconds: { type: 'string' },
    windows: { type: 'string' },
    settle: { type: 'string' },
    folder: { type: 'string' },
  },
});
const counts = (values.cameras ?? (values.quick ? '8' : '8,16,32')).split(',').map(Number);
const seconds = Number(values.seconds ?? (values.quick ? '15' : '30'));
const windows = Number(values.windows ?? (values.quick ? '1' : '3'));
/** What V8 waits for before it compiles a function for good (its `--invocation-count-for-turbofan`). */
const callsBeforeCompiled = 3_000;
const connectSeconds = 30;
/**
 * Connecting, the first segment heads and the compilation of what runs ever after are not what a day costs. What runs once a second for each
 * camera (a fragment, its write) is compiled after 3,000 calls: with eight cameras that takes six minutes, in which a fifth of our processor
 * is interpreter and compilers.
 */
const settleMsFor = (cameras: number): number => (values.settle === undefined ? connectSeconds + callsBeforeCompiled / cameras : Number(values.settle)) * 1_000;

interface Cost {
  cpuSecondsPerCameraMinute: number;
  memoryMb: number;
}

/** Of each of some groups of processes, in the same windows. */
const measure = async (groups: readonly (() => number[])[], cameras: number): Promise<Cost[]> => {
  await wait(systemClock, settleMsFor(cameras));
  const shares = groups.map((): number[] => []);
  for (let i = 0; i < windows; i += 1) {
    const from = systemClock.monotonic();
    const before = groups.map((pids) => cpuSecondsOf(pids()));
    await wait(systemClock, seconds * 1_000);
    const minutes = (systemClock.monotonic() - from) / 60_000;
    groups.forEach((pids, group) => shares[group]?.push((cpuSecondsOf(pids()) - (before[group] ?? 0)) / cameras / minutes));
  }
  return groups.map((pids, group) => ({ cpuSecondsPerCameraMinute: median(shares[group] ?? []), memoryMb: memoryMbOf(pids()) }));
};

const round = (value: number): number => Number(value.toPrecision(3));

const print = (figure: string, cameras: number, pattern: string, ours: number, theirs: number, peer = 'ffmpeg'): void => {
  const ratio = theirs === 0 ? null : round(ours / theirs);
  const { drainMs, fragmentMs, maxLossMs } = recorderSettings;
  console.log(JSON.stringify({ bench: 'ingest', figure, cameras, pattern, ours: round(ours), peer, theirs: round(theirs), ratio, drainMs, fragmentMs, maxLossMs, settleMs: Math.round(settleMsFor(cameras)) }));
};

const checked = async (recorder: OwnRecorder): Promise<{ lost: number; bytesPerSecond: number }> => {
  const { cameras } = await recorder.status();
  const silent = cameras.filter((camera) => camera.state !== 'recording' || camera.writtenUntil === null);
  if (silent.length > 0) throw new Error(`${silent.length} 路没有在录 / ${silent.length} cameras are not being recorded: ${silent[0]?.reason ?? ''}`);
  const sum = (pick: (camera: (typeof cameras)[number]) => number): number => cameras.reduce((total, camera) => total + pick(camera), 0);
  if (!recorder.compiled) console.error('注意:录像进程未编译 / note: the recorder runs from its sources, which costs memory');
  return { lost: sum((c) => c.packetsLost), bytesPerSecond: sum((c) => c.bitsPerSecond) / 8 };
};

const oneRound = async (folder: string, file: string, cameras: number, pattern: string): Promise<void> => {
  const open: { stop(): Promise<void> }[] = [];
  const kept = <T extends { stop(): Promise<void> }>(started: T): T => {
    open.unshift(started); // what began last ends first
    return started;
  };
  try {
    const toUs = kept(await startCameraProcess({ many: cameras, file, arrival: pattern }));
    const toThem = kept(await startCameraProcess({ many: cameras, file, arrival: pattern }));
    const recorder = kept(await startOwnRecorder(toUs.urls, join(folder, 'ours')));
    const peers = kept(startFfmpegRecorders(toThem.urls, join(folder, 'theirs')));
    const toFloor = kept(await startCameraProcess({ many: cameras, file, arrival: pattern }));
    const floor = await startHashingReader(toFloor.urls, join(folder, 'floor'));
    // Cameras that nobody watches cost next to nothing.
    if (floor !== null) kept(floor);
    const [ours, theirs, least] = await measure([() => [recorder.pid], () => peers.pids, ...(floor === null ? [] : [() => [floor.pid]])], cameras);
    if (ours === undefined || theirs === undefined) throw new Error('nothing was measured');
    const { lost, bytesPerSecond } = await checked(recorder);
    print('cpu_seconds_per_camera_minute', cameras, pattern, ours.cpuSecondsPerCameraMinute, theirs.cpuSecondsPerCameraMinute);
    if (least !== undefined) print('cpu_seconds_per_camera_minute', cameras, pattern, ours.cpuSecondsPerCameraMinute, least.cpuSecondsPerCameraMinute, 'C reader that hashes');
    print('memory_pss_mb', cameras, pattern, ours.memoryMb, theirs.memoryMb);
    // A packet that the camera could not hand over shows as a hole to the receiver too: the greater count is the truth.
    print('packets_lost', cameras, pattern, Math.max(lost, await toUs.dropped()), Math.max(peers.lost(), await toThem.dropped()));
    console.log(JSON.stringify({ bench: 'ingest', figure: 'received_mbit_per_second', cameras, pattern, ours: round((bytesPerSecond * 8) / 1e6) }));
  } finally {
    for (const started of open) await started.stop();
    for (const side of ['ours', 'theirs', 'floor']) rmSync(join(folder, side), { recursive: true, force: true });
  }
};

const folder = mkdtempSync(join(values.folder ?? tmpdir(), 'vigil-ingest-'));
try {
  const file = await makeLoop(folder);
  for (const pattern of values.patterns.split(',')) for (const cameras of counts) await oneRound(folder, file, cameras, pattern);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
