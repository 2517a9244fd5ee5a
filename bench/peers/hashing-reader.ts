/** The C reader that hashes too (hashing-reader.c): the floor below which no recorder that proves its footage can come. Null without a C compiler. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { compiled } from '../parts/compiled.ts';
import { endChild } from './cameras.ts';

export interface HashingReader {
  pid: number;
  stop(): Promise<void>;
}

export const startHashingReader = async (urls: readonly string[], folder: string): Promise<HashingReader | null> => {
  mkdirSync(folder, { recursive: true });
  const program = compiled('hashing-reader', folder, [], ['-ldl']);
  if (program === null) return null;
  const child = spawn(program, [folder, ...urls], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(([code]) => `ended with ${String(code)}`);
  const said = await Promise.race([once(createInterface({ input: child.stdout }), 'line').then(([line]) => String(line)), ended]);
  if (said !== 'recording' || child.pid === undefined) throw new Error(`C 读取程序 / the C reader: ${said}`);
  return { pid: child.pid, stop: () => endChild(child) };
};
