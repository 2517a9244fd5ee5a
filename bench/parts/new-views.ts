/** Pictures that no limit was tuned on: drawn scenes seen from another place, encoded as a camera would. Made anew each time; nothing is kept. */
import { spawnSync } from 'node:child_process';
import { composeFrame, baseLight } from '../../simulators/camera/scenes/compose.ts';
import { sceneFramesPerSecond, type SceneName } from '../../simulators/camera/scenes/catalogue.ts';
import { develop } from '../../simulators/camera/scenes/develop.ts';
import { traceStill, type Scene } from '../../simulators/camera/scenes/render.ts';
import { scenes } from '../../simulators/camera/scenes/scenes.ts';
import { World } from '../../simulators/camera/scenes/world.ts';

const width = 640;
const height = 360;
/** Coarse light: the grain that is left is that of a cheap sensor. */
const looks = 3;
const apart = 37;

/** To the other side and nearer to the ground, looking where the middle of the scene was. */
const fromElsewhere = (scene: Scene): Scene => {
  const { from: [fx, fy, fz], to: [tx, ty, tz], fieldDegrees } = scene.view;
  return { ...scene, view: { ...scene.view, from: [2 * tx - fx, fy * 0.8, fz], to: [tx - (fx - tx) * 0.2, ty * 1.1, tz * 0.85], fieldDegrees: fieldDegrees * 0.85 } };
};

/** H.264 of `pictures` moments of the scene, 640 wide. */
export const newView = (name: SceneName, pictures: number): Buffer => {
  const scene = fromElsewhere(scenes[name]());
  const still = traceStill(scene, width, height, looks);
  const base = baseLight(still);
  const world = new World(scene.still);
  const frames = Array.from({ length: pictures }, (_, i) => develop(composeFrame(scene, world, still, base, i * apart), scene.exposure, i * apart, 'CAM 09'));
  const done = spawnSync('ffmpeg', ['-v', 'error', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`, '-r', String(sceneFramesPerSecond), '-i', '-', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-crf', '27', '-g', '30', '-bf', '0', '-f', 'h264', 'pipe:1'], { input: Buffer.concat(frames), maxBuffer: 1e9 });
  if (done.status !== 0) throw new Error(`ffmpeg: ${done.stderr.toString()}`);
  return done.stdout;
};
