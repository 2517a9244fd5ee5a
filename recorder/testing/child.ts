/** The recorder as its own process, as the supervisor runs it, and its control socket. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Answer {
  status: number;
  text: string;
}

export interface RecorderChild {
  process: ChildProcess;
  socketPath: string;
  /** What it wrote to its log. */
  output(): string;
  call(method: string, path: string, body?: object): Promise<Answer>;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

const entry = fileURLToPath(new URL('../main.ts', import.meta.url));

export const callSocket = (socketPath: string, method: string, path: string, body?: object): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const call = request({ socketPath, method, path, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });

/** Resolves when the socket answers; rejects when the process ends before. */
export const spawnRecorder = async (dataFolder: string): Promise<RecorderChild> => {
  const child = spawn(process.execPath, [entry, '--data', dataFolder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-100_000)));
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  const socketPath = join(dataFolder, 'run', 'recorder.sock');
  const recorder: RecorderChild = { process: child, socketPath, output: () => output, call: (method, path, body) => callSocket(socketPath, method, path, body), ended };
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the recorder ended: ${output}`);
    if (output.includes('recorder listens')) return recorder;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  child.kill('SIGKILL');
  throw new Error(`the recorder did not come up: ${output}`);
};
