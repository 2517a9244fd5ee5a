/** Starts GStreamer's RTSP server: a camera that shares no line with us. The system's Python, since that is the one Debian's bindings are for. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ForeignServer {
  url: string;
  close(): Promise<void>;
}

export interface ForeignOptions {
  codec: 'h264' | 'h265';
  login?: { username: string; password: string };
  tls?: { certificate: string; key: string };
}

const script = fileURLToPath(new URL('gstreamer-server.py', import.meta.url));

/** Times on its frames, which a bare byte stream has not. */
export const asMp4 = (stream: URL, framesPerSecond: number, into: string): void => {
  execFileSync('ffmpeg', ['-v', 'error', '-r', String(framesPerSecond), '-i', fileURLToPath(stream), '-c', 'copy', '-y', into]);
};

const ended = (child: ChildProcess): Promise<unknown> => (child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve());

export const startForeignServer = async (file: string, { codec, login, tls }: ForeignOptions): Promise<ForeignServer> => {
  const words = [...(login === undefined ? [] : ['--user', login.username, '--password', login.password]), ...(tls === undefined ? [] : ['--cert', tls.certificate, '--key', tls.key])];
  const child = spawn('/usr/bin/python3', [script, file, codec, ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
  const said: string[] = [];
  child.stderr.on('data', (bytes: Buffer) => said.push(bytes.toString()));
  const first = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([line]) => String(line)),
    ended(child).then(() => {
      throw new Error(`GStreamer's server did not start: ${said.join('')}`);
    }),
  ]);
  return {
    url: `${tls === undefined ? 'rtsp' : 'rtsps'}://127.0.0.1:${first}/stream`,
    close: async () => {
      child.stdin.end();
      await ended(child);
    },
  };
};
