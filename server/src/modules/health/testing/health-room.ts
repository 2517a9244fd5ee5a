/** A whole room with a real recorder, simulated cameras of its own that can be told to go wrong, and a clock that can be set forward. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addCamera } from '../../../../../contract/video.ts';
import * as contract from '../../../../../contract/health.ts';
import type { CameraControl } from '../../../../../simulators/camera/index.ts';
import { loadLoop, startCameras } from '../../../../../simulators/camera/index.ts';
import { loopFile, sceneFramesPerSecond } from '../../../../../simulators/camera/scenes/catalogue.ts';
import { openWholeRoom, until, type WholeRoom, type WholeRoomOptions } from '../../../app/testing/whole-room.ts';
import { systemClock, type Clock } from '../../../base/clock.ts';
import { fileURLToPath } from 'node:url';
import { runPiped } from '../../../platform/process/piped.ts';

export interface OwnCamera {
  cameraId: string;
  label: string;
  control: CameraControl;
  /** Refuses everybody and hangs up, as one that was unplugged. */
  stop: () => void;
}

export interface HealthRoom extends WholeRoom {
  /** By the name given. */
  cameras: ReadonlyMap<string, OwnCamera>;
  camera(name: string): OwnCamera;
  /** Sets the server's clock forward; the recorder and the cameras keep theirs. */
  later(ms: number): void;
  device(cookie: string, deviceId: string): Promise<contract.DeviceView>;
}

/** A loop of the scene as a filter of ffmpeg leaves it; the whole picture stays 640 wide. */
const distorted = async (folder: string, name: string, filter: string) => {
  const file = join(folder, `${name}.h264`);
  const { code, complaint } = await runPiped('ffmpeg', ['-v', 'error', '-y', '-i', fileURLToPath(loopFile('gate', 'sub')), '-frames:v', '60', '-vf', filter, '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '15', '-bf', '0', '-f', 'h264', file], { limitMs: 60_000, mostBytes: 1 });
  if (code !== 0) throw new Error(`ffmpeg: ${complaint}`);
  return loadLoop(file, sceneFramesPerSecond);
};

/** `wanted`: name → filter that its picture has once it is told to show the other stream (`swapped`); '' for a camera that only ever shows the scene. */
export const openHealthRoom = async (wanted: Readonly<Record<string, string>>, options: Omit<WholeRoomOptions, 'cameras' | 'clock'> = {}): Promise<HealthRoom> => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-loops-'));
  const scene = await loadLoop(loopFile('gate', 'sub'), sceneFramesPerSecond);
  const loops = await Promise.all(Object.values(wanted).map(async (filter, index) => ({ name: `c${index}`, main: scene, sub: filter === '' ? null : await distorted(folder, `c${index}`, filter) })));
  const server = await startCameras(loops);
  let ahead = 0;
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead };
  const house = await openWholeRoom({ ...options, cameras: true, clock });
  const administrator = await house.signIn('system_administrator');
  const cameras = new Map<string, OwnCamera>();
  for (const [index, name] of Object.keys(wanted).entries()) {
    const { cameraId } = await house.get(administrator, addCamera, { body: { url: server.urlOf(`c${index}`), username: null, password: null, name, fields: { purpose: 'internal_safety' } } });
    const control = server.cameras.get(`c${index}`)?.control;
    if (control === undefined) throw new Error('the camera was not started');
    const stop = (): void => {
      control.set({ refuse: { status: 503, method: 'DESCRIBE' } });
      control.cut();
    };
    cameras.set(name, { cameraId, label: name, control, stop });
  }
  await until('all own cameras record', async () => {
    const states = new Map((house.room.video.status()?.cameras ?? []).map(({ cameraId, state }) => [cameraId, state]));
    return [...cameras.values()].every(({ cameraId }) => states.get(cameraId) === 'recording');
  }, 60_000);
  await house.runJob('health.devices');
  return {
    ...house, cameras,
    camera: (name) => {
      const found = cameras.get(name);
      if (found === undefined) throw new Error(`there is no camera ${name}`);
      return found;
    },
    later: (ms) => {
      ahead += ms;
    },
    device: async (cookie, deviceId) => {
      const found = (await house.get(cookie, contract.board)).devices.find((one) => one.deviceId === deviceId);
      if (found === undefined) throw new Error('the board does not show it');
      return found;
    },
    close: async () => {
      await house.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
