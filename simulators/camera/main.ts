/**
 * node simulators/camera/main.ts [--host 127.0.0.1] [--port 8554] [--cameras gate,lobby,hall,carpark] [--control 0]
 *   [--many 32 --file x.h264 [--fps 25]]   32 cameras m1 … m32 that show one file, each at another place of it
 *   [--arrival burst|spread|even] [--auth digest-sha256:user:password] [--send-buffer bytes]
 * Prints one JSON line { port, control, urls } when it listens; ends on SIGINT, SIGTERM, or when its parent closes stdin (--with-parent).
 */
import { parseArgs } from 'node:util';
import { readChange, startControl } from './control-http.ts';
import type { CameraOptions } from './camera.ts';
import { isScene, loadLoop, loadScene } from './loops.ts';
import { startCameras } from './server.ts';

const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '8554' },
    cameras: { type: 'string' },
    control: { type: 'string', default: '0' },
    many: { type: 'string' },
    file: { type: 'string' },
    fps: { type: 'string', default: '25' },
    arrival: { type: 'string', default: 'burst' },
    auth: { type: 'string' },
    'send-buffer': { type: 'string' },
    'with-parent': { type: 'boolean', default: false },
  },
});

const behaviourAsked = (): NonNullable<CameraOptions['behaviour']> => {
  const [scheme, username, password] = values.auth?.split(':') ?? [];
  const read = readChange({
    arrival: values.arrival,
    ...(values.auth === undefined ? {} : { auth: { scheme, username, password } }),
    ...(values['send-buffer'] === undefined ? {} : { sendBufferBytes: Number(values['send-buffer']) }),
  });
  if ('wrong' in read) throw new Error(`参数不对 / wrong option: ${read.wrong}`);
  return read.change;
};

const wanted = async (): Promise<CameraOptions[]> => {
  const behaviour = behaviourAsked();
  const cameras: CameraOptions[] = [];
  const names = values.cameras ?? (values.many === undefined ? 'gate,lobby,hall,carpark' : '');
  for (const name of names.split(',').filter((n) => n !== '')) {
    if (!isScene(name)) throw new Error(`没有这个场景 / no drawn scene: ${name}`);
    cameras.push({ name, ...(await loadScene(name)), behaviour, phaseMs: cameras.length * 17 });
  }
  const many = Number(values.many ?? '0');
  if (many === 0) return cameras;
  const streams = values.file === undefined ? await loadScene('gate') : { main: await loadLoop(values.file, Number(values.fps)), sub: null };
  const intervalMs = 1_000 / streams.main.framesPerSecond;
  for (let i = 0; i < many; i += 1) {
    // Spread over the loop and over the picture interval, so that key pictures do not all fall together.
    const phasePictures = Math.floor((i * streams.main.pictures.length) / many);
    cameras.push({ name: `m${i + 1}`, ...streams, behaviour, phasePictures, phaseMs: (i * intervalMs) / many });
  }
  return cameras;
};

const server = await startCameras(await wanted(), { host: values.host, port: Number(values.port) });
const control = await startControl(server.cameras, Number(values.control));
const urls = [...server.cameras.keys()].map((name) => server.urlOf(name));
console.log(JSON.stringify({ port: server.port, control: control.port, urls }));

const stop = (): void => {
  Promise.all([server.close(), control.close()])
    .then(() => process.exit(0))
    .catch(() => process.exit(1));
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
if (values['with-parent']) process.stdin.once('end', stop).resume();
