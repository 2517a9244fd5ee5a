/** The faults that one recorder meets: what is done to it, its disk, its cameras or its clock, and what must be said of it afterwards. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GapReason, JournalEntry } from '../../contract/recorder.ts';
import { systemClock, wait } from '../../server/src/base/clock.ts';
import { newId } from '../../server/src/base/ids.ts';
import { secondMs } from '../../server/src/base/units.ts';
import type { CameraProcess } from '../peers/cameras.ts';
import { recorderSettings } from '../peers/own-recorder.ts';
import { memoryMbOf } from '../peers/process-cost.ts';
import type { FaultRecorder } from './fault-recorder.ts';
import type { LoopDisk } from './loop-disk.ts';
import { until } from './product.ts';

export interface Scene {
  recorder: FaultRecorder;
  cameras: CameraProcess;
  disk: LoopDisk;
  /** Entries given out just before the fault. */
  before: readonly JournalEntry[];
  cutProgram: string;
  /** Milliseconds by which the recorder's wall clock is set off. */
  setClock(offsetMs: number): void;
  folder: string;
}

/** What else was seen; a value above its bar fails the fault. */
export interface Seen {
  what: string;
  value: number;
  atMost: number;
}

export interface RecorderFault {
  name: string;
  needs: readonly ('disk' | 'cut' | 'clock')[];
  /** The journal lies on the disk that fails, too. */
  allOnDisk?: boolean;
  /** One of them must name what is missing; none: nothing may be missing. */
  reasons: readonly GapReason[];
  /** May be named besides, and need not. */
  orNot?: readonly GapReason[];
  /** Only the first camera may miss footage. */
  oneCamera?: boolean;
  /** From the end of the fault until footage of every camera is on disk again, s. */
  againWithinS: number;
  /** Comes back when the fault is over. */
  run(scene: Scene): Promise<Seen[]>;
}

/** One frame to know where a fragment ends, and the write itself, on a busy machine. */
const slackMs = 500;
const { fragmentMs, drainMs, maxLossMs } = recorderSettings;
const hourMs = 3_600 * secondMs;

const gapNamed = (scene: Scene, reasons: readonly GapReason[], limitMs = 40_000): Promise<boolean> => {
  const known = scene.before.at(-1)?.seq ?? 0;
  return until(`a gap: ${reasons.join(', ')}`, () => scene.recorder.acknowledged().then((all) => all.some((one) => one.kind === 'gap_opened' && one.seq > known && reasons.includes(one.reason)), () => false), limitMs, 200);
};

/** How much of what had arrived is missing when the recorder ends without warning: the worst camera. */
const tailAfter = async (scene: Scene, end: () => Promise<void>, atMost: number): Promise<Seen[]> => {
  const { cameras } = await scene.recorder.status();
  await end();
  await scene.recorder.start();
  await until('the journal', () => scene.recorder.acknowledged().then((all) => all.length > scene.before.length, () => false));
  await wait(systemClock, 3 * secondMs); // what was open is taken up beside the recording
  const entries = await scene.recorder.acknowledged();
  const ends = cameras.map(({ cameraId, lastFrameAt }) => {
    const arrived = lastFrameAt ?? 0;
    const kept = entries.reduce((latest, one) => (one.kind === 'segment_closed' && one.cameraId === cameraId && one.from <= arrived ? Math.max(latest, Math.min(one.until, arrived)) : latest), 0);
    return arrived - kept;
  });
  return [{ what: 'tail_lost_ms', value: Math.max(...ends), atMost }];
};

const strangeDisk = async (scene: Scene): Promise<Seen[]> => {
  const { disk, recorder } = scene;
  const stranger = JSON.stringify({ storageId: newId('sto', systemClock), siteId: recorder.config.siteId, createdAt: systemClock.now() });
  let written = 0;
  await disk.swapped(async () => {
    writeFileSync(join(disk.path, 'vigil-storage.json'), stranger);
    await gapNamed(scene, ['storage_missing', 'disk_failed']);
    await wait(systemClock, 12 * secondMs);
    written = readdirSync(disk.path).filter((name) => name !== 'vigil-storage.json' && name !== 'lost+found').length;
    if (readFileSync(join(disk.path, 'vigil-storage.json'), 'utf8') !== stranger) written += 1;
  });
  return [{ what: 'written_on_strange_disk', value: written, atMost: 0 }];
};

const flood = async ({ cameras, recorder }: Scene): Promise<Seen[]> => {
  const before = memoryMbOf([recorder.pid()]);
  await cameras.tell('PATCH', '/cameras/m1', { mangle: 'endless_unit' });
  await wait(systemClock, 15 * secondMs);
  const grown = Math.max(0, Math.round(memoryMbOf([recorder.pid()]) - before));
  await cameras.tell('PATCH', '/cameras/m1', { mangle: 'none' });
  return [{ what: 'memory_grown_mb', value: grown, atMost: 64 }];
};

const stepped = (byMs: number) => async (scene: Scene): Promise<Seen[]> => {
  scene.setClock(byMs);
  const told = await until('the step', () => scene.recorder.acknowledged().then((all) => all.find((one) => one.kind === 'clock_stepped') ?? null), 20_000, 200);
  return [{ what: 'step_told_wrong_by_ms', value: Math.abs(told.deltaMs - byMs), atMost: slackMs }];
};

export const recorderFaults: readonly RecorderFault[] = [
  {
    name: 'kill -9, recorder', needs: [], reasons: ['recorder_crashed', 'recovery_loss'], againWithinS: 15,
    run: (scene) => tailAfter(scene, () => scene.recorder.kill(), fragmentMs + drainMs + slackMs),
  },
  {
    name: 'power cut', needs: ['disk', 'cut'], allOnDisk: true, reasons: ['recorder_crashed', 'recovery_loss'], againWithinS: 15,
    run: (scene) => tailAfter(scene, () => scene.disk.powerCut(scene.cutProgram, () => scene.recorder.kill()), maxLossMs + drainMs + slackMs),
  },
  {
    name: 'full disk', needs: ['disk'], reasons: ['disk_full'], againWithinS: 30,
    run: async (scene) => {
      scene.disk.fill(1_000_000);
      await gapNamed(scene, ['disk_full']);
      await wait(systemClock, 5 * secondMs);
      scene.disk.makeRoom();
      return [];
    },
  },
  {
    name: 'read-only disk', needs: ['disk'], reasons: ['disk_failed', 'storage_missing'], againWithinS: 30,
    run: async (scene) => {
      scene.disk.turnReadOnly();
      await gapNamed(scene, ['disk_failed', 'storage_missing']);
      await wait(systemClock, 5 * secondMs);
      await scene.disk.mountAgain();
      return [];
    },
  },
  {
    // A camera whose footage is ten seconds behind is begun anew, as reconciliation has it; what memory held for the others is written.
    name: 'disk that hangs for 15 s', needs: ['disk'], reasons: [], orNot: ['disk_failed', 'memory_bound'], againWithinS: 15,
    run: async ({ disk }) => {
      disk.freeze();
      await wait(systemClock, 15 * secondMs);
      disk.thaw();
      return [];
    },
  },
  {
    name: 'disk at 100 kB/s for 30 s', needs: ['disk'], reasons: ['memory_bound'], againWithinS: 30,
    run: async ({ disk, recorder }) => {
      if (!disk.slowDown(recorder.pid(), 100_000)) throw new Error('no control of disk bandwidth here');
      await wait(systemClock, 30 * secondMs);
      disk.slowDown(recorder.pid(), null);
      return [];
    },
  },
  {
    name: 'vanished mount', needs: ['disk'], reasons: ['storage_missing', 'disk_failed'], againWithinS: 30,
    run: async (scene) => {
      scene.disk.unmount();
      await gapNamed(scene, ['storage_missing', 'disk_failed']);
      await wait(systemClock, 5 * secondMs);
      const written = readdirSync(scene.disk.path).length;
      scene.disk.mount();
      return [{ what: 'written_below_the_mount', value: written, atMost: 0 }];
    },
  },
  { name: 'swapped mount', needs: ['disk'], reasons: ['storage_missing', 'disk_failed'], againWithinS: 30, run: strangeDisk },
  {
    name: 'camera lost', needs: [], reasons: ['network', 'camera_refused', 'camera_unreachable', 'camera_silent'], oneCamera: true, againWithinS: 25,
    run: async ({ cameras }) => {
      await cameras.tell('PATCH', '/cameras/m1', { refuse: { status: 503, method: 'DESCRIBE' } });
      await cameras.tell('POST', '/cameras/m1/cut', { reset: true });
      await wait(systemClock, 15 * secondMs);
      await cameras.tell('PATCH', '/cameras/m1', { refuse: null });
      return [];
    },
  },
  { name: 'camera floods', needs: [], reasons: ['stream_invalid', 'camera_silent', 'network'], oneCamera: true, againWithinS: 70, run: flood },
  { name: 'clock set forward by an hour', needs: ['clock'], reasons: ['clock_stepped'], againWithinS: 10, run: stepped(hourMs) },
  { name: 'clock set back by an hour', needs: ['clock'], reasons: [], againWithinS: 10, run: stepped(-hourMs) },
];
