/** Our recorder as the supervisor runs it: compiled where that was built, told by its socket what to record. fsync, hash, index and journal on. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { RecorderConfig, RecorderStatus } from '../../contract/recorder.ts';
import { systemClock, wait } from '../../server/src/base/clock.ts';
import { newId } from '../../server/src/base/ids.ts';
import { defaultParameters } from '../../server/src/modules/video/index.ts';
import { endChild } from './cameras.ts';

const { segmentSeconds, fragmentMs, drainMs, drainWatchedMs, maxLossMs } = defaultParameters;
/** What `npm start` runs with. */
export const recorderSettings = { segmentSeconds, fragmentMs, drainMs, drainWatchedMs, maxLossMs };

export interface OwnRecorder {
  pid: number;
  compiled: boolean;
  status(): Promise<RecorderStatus>;
  stop(): Promise<void>;
}

export const callRecorder = (socketPath: string, method: string, path: string, body?: unknown): Promise<string> =>
  new Promise((resolve, reject) => {
    const asked = request({ socketPath, method, path, headers: { 'content-type': 'application/json' } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => ((response.statusCode ?? 500) < 300 ? resolve(text) : reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`))));
    });
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });

const configFor = (urls: readonly string[], footage: string): RecorderConfig => {
  const siteId = newId('site', systemClock);
  const storageId = newId('sto', systemClock);
  mkdirSync(footage, { recursive: true });
  writeFileSync(`${footage}/vigil-storage.json`, JSON.stringify({ storageId, siteId, createdAt: systemClock.now() }));
  const cameras = urls.map((url, i) => ({ cameraId: newId('cam', systemClock), label: `camera ${i + 1}`, url, username: null, password: null, record: true, allowLocal: true }));
  return RecorderConfig.parse({
    ...recorderSettings,
    version: 1,
    recorderId: newId('rec', systemClock),
    siteId,
    storages: [{ storageId, siteId, path: footage }],
    cameras,
    gapAlarmSeconds: 10,
    freeBytesWarn: 0,
  });
};

/** Comes back when every camera is being recorded. */
export const startOwnRecorder = async (urls: readonly string[], folder: string): Promise<OwnRecorder> => {
  const compiled = fileURLToPath(new URL('../../dist/recorder/main.js', import.meta.url));
  const main = existsSync(compiled) ? compiled : fileURLToPath(new URL('../../recorder/main.ts', import.meta.url));
  const data = `${folder}/data`;
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const child = spawn(process.execPath, [main, '--data', data], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, VIGIL_LOG_LEVEL: 'error', VIGIL_ALLOW_LOCAL_CAMERAS: '1' } });
  if (child.pid === undefined) throw new Error('the recorder did not start');
  const socketPath = `${data}/run/recorder.sock`;
  const deadline = systemClock.monotonic() + 60_000;
  const patiently = async (what: string, done: () => Promise<boolean>): Promise<void> => {
    while (!(await done().catch(() => false))) {
      if (child.exitCode !== null || systemClock.monotonic() > deadline) {
        await endChild(child);
        throw new Error(`录像进程未就绪:${what} / the recorder is not ready: ${what}`);
      }
      await wait(systemClock, 200);
    }
  };
  await patiently('socket', async () => (await callRecorder(socketPath, 'GET', '/metrics')).length > 0 || true);
  await callRecorder(socketPath, 'PUT', '/config', configFor(urls, `${folder}/footage`));
  const status = async (): Promise<RecorderStatus> => RecorderStatus.parse(JSON.parse(await callRecorder(socketPath, 'GET', '/status')));
  await patiently('cameras', async () => (await status()).cameras.filter((camera) => camera.state === 'recording').length === urls.length);
  return { pid: child.pid, compiled: main === compiled, status, stop: () => endChild(child) };
};
