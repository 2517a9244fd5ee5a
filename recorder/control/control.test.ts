import { chmodSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { request } from 'node:http';
import { dirname, join } from 'node:path';
import { test as base, describe } from 'vitest';
import { startCamera } from '../../simulators/camera/index.ts';
import type { OneCamera } from '../../simulators/camera/index.ts';
import { JournalPage, RecorderStatus, liveAccessUnitHeaderBytes, liveFlag, liveType } from '../../contract/recorder.ts';
import type { LiveConfig } from '../../contract/recorder.ts';
import { systemClock } from '../../server/src/base/clock.ts';
import { newId } from '../../server/src/base/ids.ts';
import { isWholeSample } from '../../formats/fmp4/index.ts';
import type { Recorder } from '../recorder.ts';
import { callSocket } from '../testing/child.ts';
import { configOf, entriesOf, quietLog, roomFolder, sourceOf, startRecorder } from '../testing/room.ts';
import type { RoomFolder } from '../testing/room.ts';
import { createControlServer } from './control-server.ts';
import { listenOnSocket } from './listen.ts';

interface Desk {
  room: RoomFolder;
  recorder: Recorder;
  server: Server;
  camera: OneCamera;
  socketPath: string;
  call: (method: string, path: string, body?: object) => ReturnType<typeof callSocket>;
  watch: (cameraId: string, enough: (frames: LiveFrame[]) => boolean) => Promise<LiveFrame[]>;
}

/** Each test has its own recorder: they wait for real pictures, and wait together. */
const test = base.extend<{ desk: Desk }>({
  // oxlint-disable-next-line no-empty-pattern -- the form that a fixture must have
  desk: async ({}, use) => {
    const room = roomFolder();
    const socketPath = join(room.data, 'run', 'recorder.sock');
    const camera = await startCamera({ scene: 'gate' });
    const recorder = await startRecorder(room.data);
    const server = createControlServer({ recorder, log: quietLog, probe: async () => ({ outcome: 'unreachable', detail: '', tookMs: 1, video: null }), restart: () => undefined });
    await listenOnSocket(server, socketPath);
    const call: Desk['call'] = (method, path, body) => callSocket(socketPath, method, path, body);
    await use({ room, recorder, server, camera, socketPath, call, watch: (cameraId, enough) => watchOn(socketPath, cameraId, enough) });
    await recorder.stop();
    server.closeAllConnections();
    server.close();
    await camera.close();
    room.remove();
  },
});

interface LiveFrame {
  type: number;
  body: Buffer;
  receivedAt: number;
}

/** Reads a live stream until `enough` says so. */
const watchOn = (socketPath: string, cameraId: string, enough: (frames: LiveFrame[]) => boolean): Promise<LiveFrame[]> =>
  new Promise((resolve, reject) => {
    const frames: LiveFrame[] = [];
    let rest = Buffer.alloc(0);
    const open = request({ socketPath, path: `/live/${cameraId}`, agent: false }, (response) => {
      response.on('data', (chunk: Buffer) => {
        rest = Buffer.concat([rest, chunk]);
        while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE(0)) {
          const length = rest.readUInt32BE(0);
          frames.push({ type: rest[4]!, body: rest.subarray(5, 4 + length), receivedAt: performance.now() });
          rest = rest.subarray(4 + length);
        }
        if (enough(frames)) {
          open.destroy();
          resolve(frames);
        }
      });
      response.on('end', () => resolve(frames));
    });
    open.on('error', (error) => (frames.length > 0 ? undefined : reject(error)));
    open.end();
  });

const unitsOf = (frames: LiveFrame[]) =>
  frames.filter((frame) => frame.type === liveType.accessUnit).map(({ body }) => ({ flags: body[0]!, mediaAt: body.readDoubleBE(1), arrivedAt: body.readDoubleBE(9), bytes: body.subarray(liveAccessUnitHeaderBytes - 1) }));

const recording = async ({ camera, room, recorder, call }: Desk): Promise<string> => {
  const source = sourceOf(camera.url);
  const answer = await call('PUT', '/config', configOf(room.storage, [source]));
  if (answer.status !== 204) throw new Error(answer.text);
  await entriesOf(recorder.journal, 'camera_state', { where: (entry) => entry.state === 'recording' });
  return source.cameraId;
};

describe.concurrent('control socket', { timeout: 40_000 }, () => {
  // Looks at when the first picture comes: alone.
  test('a viewer gets config, state, the newest group of pictures at once, and then every unit in order without a hole', { concurrent: false }, async ({ desk, expect }) => {
    const { recorder, watch } = desk;
    const cameraId = await recording(desk);
    await new Promise((resolve) => setTimeout(resolve, 2_500)); // part of the group is on disk by now, part in memory
    const start = performance.now();
    const frames = await watch(cameraId, (seen) => unitsOf(seen).filter((unit) => (unit.flags & liveFlag.cached) === 0).length >= 40);
    expect(frames[0]!.type).toBe(liveType.config);
    const config = JSON.parse(frames[0]!.body.toString()) as LiveConfig;
    expect(config).toMatchObject({ codec: recorder.status().cameras[0]!.codec, width: recorder.status().cameras[0]!.width });
    expect(Buffer.from(config.decoderConfig, 'base64')[0]).toBe(1);
    expect(JSON.parse(frames.find((frame) => frame.type === liveType.state)!.body.toString())).toMatchObject({ state: 'recording' });
    const units = unitsOf(frames);
    expect(units[0]!.flags).toBe(liveFlag.key | liveFlag.cached);
    expect(frames.find((frame) => frame.type === liveType.accessUnit)!.receivedAt - start).toBeLessThan(300);
    const steps = units.slice(1).map((unit, i) => unit.mediaAt - units[i]!.mediaAt);
    // Whole milliseconds either way.
    for (const step of steps) expect(Math.abs(step - 1_000 / 15)).toBeLessThan(1);
    for (const unit of units) expect(isWholeSample(unit.bytes, 0, unit.bytes.length)).toBe(true);
    for (const unit of units.slice(1)) expect(Math.abs(unit.arrivedAt - unit.mediaAt)).toBeLessThan(500);
  });

  test('viewers are counted, watched cameras are told, and a removed camera ends its streams', async ({ desk, expect }) => {
    const { recorder, call, watch } = desk;
    const cameraId = await recording(desk);
    const watching = watch(cameraId, () => false);
    await new Promise<void>((resolve) => {
      const look = (): void => (recorder.status().cameras[0]?.viewers === 1 ? resolve() : void setTimeout(look, 20));
      look();
    });
    await call('PUT', '/config', { ...recorder.config!, version: 2, cameras: [] });
    const frames = await watching;
    expect(frames.length).toBeGreaterThan(2);
    expect((await call('GET', `/live/${cameraId}`)).status).toBe(404);
  });

  test('the journal is read in pages, waited for, and acknowledged', async ({ desk, expect }) => {
    const { camera, call } = desk;
    const cameraId = await recording(desk);
    const page = JournalPage.parse(JSON.parse((await call('GET', '/journal?after=0')).text));
    expect(page.entries[0]).toMatchObject({ seq: 1, kind: 'recorder_started' });
    const waiting = call('GET', `/journal?after=${page.last}&waitMs=20000`);
    camera.control.cut();
    const next = JournalPage.parse(JSON.parse((await waiting).text));
    expect(next.entries.length).toBeGreaterThan(0);
    expect(next.entries.every((entry) => entry.seq > page.last)).toBe(true);
    expect((await call('POST', '/journal/ack', { upTo: page.last })).status).toBe(204);
    const status = RecorderStatus.parse(JSON.parse((await call('GET', '/status')).text));
    expect(status).toMatchObject({ journalAcked: page.last });
    expect(status.cameras[0]).toMatchObject({ cameraId });
  });

  test('[BUS-2.2.7 INTEGRITY] a deletion takes segments only, never anything else that a path could reach', async ({ desk, expect }) => {
    const { room, recorder, call } = desk;
    const cameraId = await recording(desk);
    await recorder.configure({ ...recorder.config!, version: 2, cameras: [] });
    const [segment] = await entriesOf(recorder.journal, 'segment_closed');
    const { segmentId, storageId, path } = segment!;
    const outside = join(room.data, 'outside');
    mkdirSync(outside);
    const otherCamera = newId('cam', systemClock);
    const target = `${otherCamera}/2026-01-01/000000000-${segmentId}.mp4`;
    mkdirSync(join(outside, '2026-01-01'));
    writeFileSync(join(outside, '2026-01-01', `000000000-${segmentId}.mp4`), 'x');
    symlinkSync(outside, join(room.storage, otherCamera));
    const tries = [`../outside/2026-01-01/000000000-${segmentId}.mp4`, `${cameraId}/../../outside/x`, '/etc/passwd', 'vigil-storage.json', target, `${path}.part`];
    const order = [...tries.map((bad) => ({ segmentId, storageId, path: bad })), { segmentId, storageId, path }, { segmentId, storageId, path }];
    expect((await call('POST', '/deletions', { segments: order })).status).toBe(202);
    const outcomes = await entriesOf(recorder.journal, 'segment_deleted', { count: order.length });
    expect(outcomes.map((entry) => entry.outcome)).toEqual([...tries.map(() => 'failed'), 'deleted', 'missing']);
    expect(existsSync(join(room.storage, path))).toBe(false);
    expect(existsSync(join(outside, '2026-01-01', `000000000-${segmentId}.mp4`))).toBe(true);
    expect(existsSync(join(room.storage, 'vigil-storage.json'))).toBe(true);
  });

  test('wrong requests are refused in both languages and change nothing', async ({ desk, expect }) => {
    const { recorder, call } = desk;
    const wrong = await call('PUT', '/config', { version: 0, cameras: [{ password: 'loud-secret' }] });
    expect(wrong.status).toBe(400);
    expect(JSON.parse(wrong.text)).toMatchObject({ code: 'recorder.body_invalid', kind: 'invalid' });
    expect(wrong.text).not.toContain('loud-secret');
    expect((await call('GET', '/nowhere')).status).toBe(404);
    expect((await call('GET', '/journal?after=-1')).status).toBe(400);
    expect((await call('POST', '/probe', { url: 'rtsp://x/', username: null, password: null, allowLocal: false })).text).toContain('unreachable');
    expect(recorder.config).toBeNull();
  });

  test('[BRN-A3.1.2 TELEMETRY] metrics tell what each camera has on disk', async ({ desk, expect }) => {
    const { call } = desk;
    const cameraId = await recording(desk);
    const { text } = await call('GET', '/metrics');
    expect(text).toContain(`vigil_recorder_recording{camera="${cameraId}"} 1`);
    expect(text).toContain(`vigil_recorder_left_out{camera="${cameraId}"} 0`);
    expect(text).toContain('vigil_recorder_left_out_total 0');
    expect(text).toMatch(/vigil_recorder_storage_wait_seconds\{storage="sto_[^"]+"\} [\d.e-]+/);
    for (const line of text.trim().split('\n')) expect(line).toMatch(/^(# (HELP|TYPE) \S+ .+|[a-z_]+(\{[a-z]+="[^"]*"\})? -?[\d.e+-]+)$/);
  });

  test('the socket is for its owner alone, and one that is in use is not taken', async ({ desk, expect }) => {
    const { room, socketPath, call } = desk;
    expect(statSync(socketPath).mode & 0o077).toBe(0);
    expect(statSync(dirname(socketPath)).mode & 0o077).toBe(0);
    const other = createServer();
    await expect(listenOnSocket(other, socketPath)).rejects.toMatchObject({ code: 'recorder.second_instance' });
    await expect(listenOnSocket(other, join(room.data, 'x'.repeat(120), 'r.sock'))).rejects.toMatchObject({ code: 'recorder.socket_path_long' });
    chmodSync(socketPath, 0o600);
    expect((await call('GET', '/status')).status).toBe(200);
  });
});
