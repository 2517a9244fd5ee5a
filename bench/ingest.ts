/**
 * Cost of recording against one ffmpeg per camera, on the same simulated cameras in the same run: 1080p25 at 4 Mbit/s.
 *   npm run bench -- ingest [--quick] [--cameras 8,16,32] [--patterns burst,spread] [--seconds 30] [--windows 3] [--settle 90]
 *     [--folder <on a real disk>]
 * Prints JSON lines { bench, figure, cameras, pattern, ours, peer, theirs, ratio } with the drain and the fsync bound beside them;
 * CPU of processes and their threads, so that our disk writes count as ours, while those that ffmpeg leaves to the kernel count as nobody's.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock, wait } from '../server/src/base/clock.ts';
import { makeLoop, startCameraProcess, type CameraProcess } from './peers/cameras.ts';
import { startFfmpegRecorders } from './peers/ffmpeg-recorders.ts';
import { recorderSettings, startOwnRecorder } from './peers/own-recorder.ts';
import { cpuSecondsOf, median, memoryMbOf } from './peers/process-cost.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    cameras: { type: 'string' },
    patterns: { type: 'string', default: 'burst,spread' },
    seconds: { type: 'string' },
    windows: { type: 'string' },
    settle: { type: 'string', default: '90' },
    folder: { type: 'string' },
  },
});
const counts = (values.cameras ?? (values.quick ? '8' : '8,16,32')).split(',').map(Number);
const seconds = Number(values.seconds ?? (values.quick ? '15' : '30'));
const windows = Number(values.windows ?? (values.quick ? '1' : '3'));
/**
 * Connecting, the first segment heads and the compilation of what runs ever after are not what a day costs; the same for both sides. With few
 * cameras V8 takes its time to see what is hot: after 30 s a tenth of our processor is still its compilers.
 */
const settleMs = Number(values.settle) * 1_000;

interface Cost {
  cpuSecondsPerCameraMinute: number;
  memoryMb: number;
}

const measure = async (pids: () => number[], cameras: number): Promise<Cost> => {
  await wait(systemClock, settleMs);
  const shares: number[] = [];
  for (let i = 0; i < windows; i += 1) {
    const from = systemClock.monotonic();
    const before = cpuSecondsOf(pids());
    await wait(systemClock, seconds * 1_000);
    const minutes = (systemClock.monotonic() - from) / 60_000;
    shares.push((cpuSecondsOf(pids()) - before) / cameras / minutes);
  }
  return { cpuSecondsPerCameraMinute: median(shares), memoryMb: memoryMbOf(pids()) };
};

const round = (value: number): number => Number(value.toPrecision(3));

const print = (figure: string, cameras: number, pattern: string, ours: number, theirs: number): void => {
  const ratio = theirs === 0 ? null : round(ours / theirs);
  const { drainMs, fragmentMs, maxLossMs } = recorderSettings;
  console.log(JSON.stringify({ bench: 'ingest', figure, cameras, pattern, ours: round(ours), peer: 'ffmpeg', theirs: round(theirs), ratio, drainMs, fragmentMs, maxLossMs, settleMs }));
};

const ourTurn = async (source: CameraProcess, folder: string): Promise<Cost & { lost: number; bytesPerSecond: number }> => {
  const recorder = await startOwnRecorder(source.urls, join(folder, 'ours'));
  try {
    const cost = await measure(() => [recorder.pid], source.urls.length);
    const { cameras } = await recorder.status();
    const silent = cameras.filter((camera) => camera.state !== 'recording' || camera.writtenUntil === null);
    if (silent.length > 0) throw new Error(`${silent.length} 路没有在录 / ${silent.length} cameras are not being recorded: ${silent[0]?.reason ?? ''}`);
    const sum = (pick: (camera: (typeof cameras)[number]) => number): number => cameras.reduce((total, camera) => total + pick(camera), 0);
    if (!recorder.compiled) console.error('注意:录像进程未编译 / note: the recorder runs from its sources, which costs memory');
    return { ...cost, lost: sum((c) => c.packetsLost), bytesPerSecond: sum((c) => c.bitsPerSecond) / 8 };
  } finally {
    await recorder.stop();
    rmSync(join(folder, 'ours'), { recursive: true, force: true });
  }
};

const theirTurn = async (source: CameraProcess, folder: string): Promise<Cost & { lost: number }> => {
  const peers = startFfmpegRecorders(source.urls, join(folder, 'theirs'));
  try {
    const cost = await measure(() => peers.pids, source.urls.length);
    return { ...cost, lost: peers.lost() };
  } finally {
    await peers.stop();
    rmSync(join(folder, 'theirs'), { recursive: true, force: true });
  }
};

const oneRound = async (folder: string, file: string, cameras: number, pattern: string): Promise<void> => {
  const source = await startCameraProcess({ many: cameras, file, arrival: pattern });
  try {
    const ours = await ourTurn(source, folder);
    const unsentToUs = await source.dropped();
    const theirs = await theirTurn(source, folder);
    const unsentToThem = (await source.dropped()) - unsentToUs;
    print('cpu_seconds_per_camera_minute', cameras, pattern, ours.cpuSecondsPerCameraMinute, theirs.cpuSecondsPerCameraMinute);
    print('memory_pss_mb', cameras, pattern, ours.memoryMb, theirs.memoryMb);
    // A packet that the camera could not hand over shows as a hole to the receiver too: the greater count is the truth.
    print('packets_lost', cameras, pattern, Math.max(ours.lost, unsentToUs), Math.max(theirs.lost, unsentToThem));
    console.log(JSON.stringify({ bench: 'ingest', figure: 'received_mbit_per_second', cameras, pattern, ours: round((ours.bytesPerSecond * 8) / 1e6) }));
  } finally {
    await source.stop();
  }
};

const folder = mkdtempSync(join(values.folder ?? tmpdir(), 'vigil-ingest-'));
try {
  const file = await makeLoop(folder);
  for (const pattern of values.patterns.split(',')) for (const cameras of counts) await oneRound(folder, file, cameras, pattern);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
