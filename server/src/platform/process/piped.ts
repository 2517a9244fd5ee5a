/** Runs a program of the machine with bytes in and bytes out, bounded in time and size. The name is a constant of ours and no shell stands between. */
import { spawn } from 'node:child_process';

export interface Piped {
  /** null: the program is not there. */
  code: number | null;
  /** What it wrote to its outputs 1, 3, 4 … */
  outputs: Buffer[];
  /** Cut to some lines; for logs only. */
  complaint: string;
}

export interface PipeOptions {
  input?: Buffer;
  /** Further outputs beside stdout. */
  furtherOutputs?: number;
  limitMs: number;
  mostBytes: number;
}

const mostComplaint = 2_000;

export const runPiped = (program: string, args: readonly string[], { input, furtherOutputs = 0, limitMs, mostBytes }: PipeOptions): Promise<Piped> =>
  new Promise((resolve) => {
    const further = Array.from({ length: furtherOutputs }, () => 'pipe' as const);
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe', ...further] });
    const pieces: Buffer[][] = Array.from({ length: 1 + furtherOutputs }, () => []);
    let complaint = '';
    let size = 0;
    const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
    const done = (code: number | null): void => {
      clearTimeout(limit);
      resolve({ code, outputs: pieces.map((all) => Buffer.concat(all)), complaint });
    };
    child.once('error', () => done(null));
    child.once('close', (code) => done(code ?? 128));
    for (const [index, into] of pieces.entries()) {
      child.stdio[index === 0 ? 1 : index + 2]?.on('data', (piece: Buffer) => {
        size += piece.length;
        if (size > mostBytes) child.kill('SIGKILL');
        else into.push(piece);
      });
    }
    child.stderr.on('data', (piece: Buffer) => {
      if (complaint.length < mostComplaint) complaint = (complaint + piece.toString()).slice(0, mostComplaint);
    });
    // It may end before it has read all: that is its answer, not our fault.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
