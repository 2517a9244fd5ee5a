/** One recorder for a fault: its folders lie where the fault wants them, it is killed and started again on them, and its journal outlives it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RecorderConfig, RecorderStatus, type JournalEntry } from '../../contract/recorder.ts';
import { readLines } from '../../recorder/journal/record.ts';
import { systemClock } from '../../server/src/base/clock.ts';
import { newId } from '../../server/src/base/ids.ts';
import { endChild } from '../peers/cameras.ts';
import { callRecorder, recorderSettings } from '../peers/own-recorder.ts';
import { until } from './product.ts';

export interface FaultRecorder {
  readonly config: RecorderConfig;
  pid(): number;
  status(): Promise<RecorderStatus>;
  /** What it says is on disk for good, as a server would read it. */
  acknowledged(): Promise<JournalEntry[]>;
  kill(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Every entry, from the files; for when it has ended. */
  journal(): JournalEntry[];
}

const configOf = (urls: readonly string[], footage: string): RecorderConfig => {
  const siteId = newId('site', systemClock);
  const cameras = urls.map((url, i) => ({ cameraId: newId('cam', systemClock), label: `camera ${i + 1}`, url, username: null, password: null, record: true, allowLocal: true }));
  return RecorderConfig.parse({
    ...recorderSettings,
    segmentSeconds: 10, // the shortest, so that a fault meets segments of every age
    version: 1, recorderId: newId('rec', systemClock), siteId, storages: [{ storageId: newId('sto', systemClock), siteId, path: footage }], cameras, gapAlarmSeconds: 10, freeBytesWarn: 0,
  });
};

const entry = (): string => {
  const compiled = fileURLToPath(new URL('../../dist/recorder/main.js', import.meta.url));
  return existsSync(compiled) ? compiled : fileURLToPath(new URL('../../recorder/main.ts', import.meta.url));
};

/** Comes back when every camera is being written. */
export const startFaultRecorder = async (place: { urls: readonly string[]; data: string; footage: string; env?: NodeJS.ProcessEnv }): Promise<FaultRecorder> => {
  const { data, footage, env = {} } = place;
  const config = configOf(place.urls, footage);
  const socketPath = join(data, 'run', 'recorder.sock');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  let child: ChildProcess | null = null;
  const status = async (): Promise<RecorderStatus> => RecorderStatus.parse(JSON.parse(await callRecorder(socketPath, 'GET', '/status')));
  const recorder: FaultRecorder = {
    config,
    pid: () => child?.pid ?? 0,
    status,
    acknowledged: async () => {
      const found: JournalEntry[] = [];
      for (;;) {
        const { entries } = JSON.parse(await callRecorder(socketPath, 'GET', `/journal?after=${found.at(-1)?.seq ?? 0}`)) as { entries: JournalEntry[] };
        if (entries.length === 0) return found;
        found.push(...entries);
      }
    },
    kill: async () => {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    stop: async () => {
      if (child !== null) await endChild(child, 15_000);
    },
    start: async () => {
      const said = { ...process.env, VIGIL_LOG_LEVEL: process.env['VIGIL_LOG_LEVEL'] ?? 'fatal', VIGIL_ALLOW_LOCAL_CAMERAS: '1', ...env };
      const started = spawn(process.execPath, [entry(), '--data', data], { stdio: ['ignore', 'inherit', 'inherit'], env: said });
      child = started;
      await until('the recorder', () => {
        if (started.exitCode !== null) throw new Error(`录像进程已退出 / the recorder ended with ${started.exitCode}`);
        return status().then(() => true, () => false);
      });
    },
    journal: () => {
      const folder = join(data, 'recorder', 'journal');
      const files = readdirSync(folder).filter((name) => name.endsWith('.jnl')).toSorted();
      return files.flatMap((name) => readLines(readFileSync(join(folder, name))).records.flatMap((record) => (record.t === 'entry' ? [record.entry] : [])));
    },
  };
  await recorder.start();
  await callRecorder(socketPath, 'PUT', '/config', config);
  await until('all cameras written', () => writtenSince(recorder, 0));
  return recorder;
};

/** Every camera has footage on disk of after this moment of the recorder's clock. */
export const writtenSince = async (recorder: Pick<FaultRecorder, 'status' | 'config'>, at: number, but: readonly string[] = []): Promise<boolean> => {
  const status = await recorder.status().catch(() => null);
  const wanted = recorder.config.cameras.filter(({ cameraId }) => !but.includes(cameraId));
  return status !== null && wanted.every(({ cameraId }) => (status.cameras.find((camera) => camera.cameraId === cameraId)?.writtenUntil ?? 0) > at);
};
