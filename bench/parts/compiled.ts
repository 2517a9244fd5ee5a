/** Small C programs of the bench, compiled with the machine's own compiler where there is one. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const sources = join(import.meta.dirname, '..', 'peers');

/** Path of the program in `folder`; null, and said why, where the machine cannot compile it. */
export const compiled = (name: string, folder: string, flags: readonly string[] = [], libraries: readonly string[] = []): string | null => {
  const out = join(folder, name);
  const done = spawnSync('cc', ['-O2', ...flags, '-o', out, join(sources, `${name}.c`), ...libraries], { encoding: 'utf8' });
  if (done.status === 0) return out;
  process.stderr.write(`跳过 ${name}:无法编译 / ${name} is left out, it cannot be compiled: ${done.error?.message ?? done.stderr.split('\n')[0] ?? ''}\n`);
  return null;
};
