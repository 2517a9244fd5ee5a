/** Simulated cameras in a process of their own, so that what they cost is not counted with the recorder that is measured. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface CameraProcess {
  urls: string[];
  pid: number;
  /** Packets that the cameras could not hand over, by their own count. */
  dropped(): Promise<number>;
  /** Tells one camera how to behave, or to do something once: simulators/camera/control-http.ts. */
  tell(method: 'PATCH' | 'POST', path: string, body: object): Promise<void>;
  stop(): Promise<void>;
}

/** Ends a child in order, and by force if it does not go. */
export const endChild = async (child: ChildProcess, patienceMs = 10_000): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await gone;
  clearTimeout(force);
};

/** A loop of 1080p25 at 4 Mbit/s, key picture every two seconds, made anew in `folder`. */
export const makeLoop = async (folder: string): Promise<string> => {
  const file = `${folder}/loop-1080p25.h264`;
  const rate = ['-b:v', '4M', '-minrate', '4M', '-maxrate', '4M', '-bufsize', '4M'];
  const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-profile:v', 'main', '-x264-params', 'keyint=50:min-keyint=50:scenecut=0:bframes=0:nal-hrd=cbr:filler=0'];
  const args = ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc2=size=1920x1080:rate=25:duration=20', '-vf', 'noise=alls=8:allf=t', '-pix_fmt', 'yuv420p', ...x264, ...rate, '-f', 'h264', file];
  const child = spawn('ffmpeg', args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`ffmpeg 结束于 ${code} / ffmpeg ended with ${code}`);
  return file;
};

export const startCameraProcess = async (options: { many: number; file?: string; arrival: string }): Promise<CameraProcess> => {
  const main = fileURLToPath(new URL('../../simulators/camera/main.ts', import.meta.url));
  const args = [main, '--port', '0', '--many', String(options.many), ...(options.file === undefined ? [] : ['--file', options.file, '--fps', '25']), '--arrival', options.arrival, '--with-parent'];
  // stdin is held open: should the bench die, the cameras end too.
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  const { urls, control } = JSON.parse(line) as { urls: string[]; control: number };
  if (child.pid === undefined) throw new Error('the cameras did not start');
  return {
    urls,
    pid: child.pid,
    dropped: async () => {
      const cameras = (await (await fetch(`http://127.0.0.1:${control}/cameras`)).json()) as { figures: { packetsDropped: number } }[];
      return cameras.reduce((sum, camera) => sum + camera.figures.packetsDropped, 0);
    },
    tell: async (method, path, body) => {
      const answer = await fetch(`http://127.0.0.1:${control}${path}`, { method, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    },
    stop: () => endChild(child),
  };
};
