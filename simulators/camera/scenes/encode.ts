/**
 * Draws the scenes and encodes their loops with ffmpeg; run by hand when a scene is changed, the result is committed.
 *   node simulators/camera/scenes/encode.ts [gate hall …]                 all loops of these scenes (default: every scene)
 *   node simulators/camera/scenes/encode.ts --h265                         the gate's main loop once more, in H.265
 *   node simulators/camera/scenes/encode.ts gate --still 90 --size 640 --out /tmp/gate.png   one frame, to look at
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rename, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hevcLoopFile, loopFile, sceneFrames, sceneFramesPerSecond, sceneGop, sceneNames, type SceneName } from './catalogue.ts';
import { baseLight, composeFrame } from './compose.ts';
import { develop } from './develop.ts';
import { traceStill, type Scene } from './render.ts';
import { scenes } from './scenes.ts';
import { World } from './world.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    still: { type: 'string' },
    size: { type: 'string', default: '1280' },
    looks: { type: 'string', default: '6' },
    out: { type: 'string', default: 'scene.png' },
    crf: { type: 'string', default: '27' },
    h265: { type: 'boolean', default: false },
  },
});

const labels: Record<SceneName, string> = { gate: 'CAM 01', lobby: 'CAM 02', hall: 'CAM 03', carpark: 'CAM 04' };

const artist = (scene: Scene, label: string, width: number): ((frame: number) => Buffer) => {
  const still = traceStill(scene, width, (width * 9) / 16, Number(values.looks));
  const base = baseLight(still);
  const world = new World(scene.still);
  return (frame) => develop(composeFrame(scene, world, still, base, frame), scene.exposure, frame, label);
};

const pipeTo = (args: string[]): { write: (frame: Buffer) => Promise<void>; done: () => Promise<void> } => {
  const child = spawn('ffmpeg', ['-v', 'error', '-y', ...args], { stdio: ['pipe', 'inherit', 'inherit'] });
  const ended = once(child, 'exit');
  return {
    write: async (frame) => {
      if (!child.stdin.write(frame)) await once(child.stdin, 'drain');
    },
    done: async () => {
      child.stdin.end();
      const [code] = (await ended) as [number | null];
      if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
    },
  };
};

const raw = (width: number): string[] => ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${(width * 9) / 16}`, '-r', String(sceneFramesPerSecond), '-i', '-'];

const encoding = (crf: number, level: string): string[] => {
  const gop = `keyint=${sceneGop}:min-keyint=${sceneGop}:scenecut=0:open-gop=0:bframes=0:force-cfr=1`;
  return ['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-profile:v', 'high', '-level', level, '-preset', 'slow', '-crf', String(crf), '-x264-params', gop, '-bsf:v', 'filter_units=remove_types=6', '-f', 'h264'];
};

const encode = async (name: SceneName): Promise<void> => {
  const draw = artist(scenes[name](), labels[name], 1_280);
  const main = fileURLToPath(loopFile(name, 'main'));
  const sub = fileURLToPath(loopFile(name, 'sub'));
  const crf = Number(values.crf);
  const bt709 = 'scale=out_color_matrix=bt709:out_range=tv';
  const pipe = pipeTo([
    ...raw(1_280),
    '-filter_complex',
    `[0:v]split[a][b];[a]${bt709}[main];[b]scale=640:360:flags=area:out_color_matrix=bt709:out_range=tv[sub]`,
    ...['-map', '[main]', ...encoding(crf, '3.1'), `${main}.part`],
    ...['-map', '[sub]', ...encoding(crf, '3.0'), `${sub}.part`],
  ]);
  for (let frame = 0; frame < sceneFrames; frame += 1) await pipe.write(draw(frame));
  await pipe.done();
  for (const file of [main, sub]) {
    await rename(`${file}.part`, file);
    console.log(`${file}: ${Math.round((await stat(file)).size / 1_024)} KiB`);
  }
};

/** Six seconds are enough for a camera that only has to be H.265. */
const encodeHevc = async (): Promise<void> => {
  const file = fileURLToPath(hevcLoopFile);
  const gop = `keyint=${sceneGop}:min-keyint=${sceneGop}:scenecut=0:open-gop=0:bframes=0:info=0:log-level=none`;
  const pictures = ['-frames:v', String(3 * sceneGop), '-c:v', 'libx265', '-preset', 'slow', '-crf', '32', '-x265-params', gop, '-f', 'hevc', `${file}.part`];
  const child = spawn('ffmpeg', ['-v', 'error', '-y', '-r', String(sceneFramesPerSecond), '-i', fileURLToPath(loopFile('gate', 'main')), ...pictures], { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
  await rename(`${file}.part`, file);
  console.log(`${file}: ${Math.round((await stat(file)).size / 1_024)} KiB`);
};

const wanted = values.h265 ? [] : sceneNames.filter((name) => positionals.length === 0 || positionals.includes(name));
for (const name of wanted) {
  if (values.still === undefined) {
    await encode(name);
    continue;
  }
  const width = Number(values.size);
  const pipe = pipeTo([...raw(width), '-frames:v', '1', values.out]);
  await pipe.write(artist(scenes[name](), labels[name], width)(Number(values.still)));
  await pipe.done();
}
if (values.h265) await encodeHevc();
