import { execFileSync } from 'node:child_process';
import { platform } from 'node:os';
import { describe, expect, test } from 'vitest';
import { gibibyte, kibibyte } from '../../server/src/base/units.ts';
import { alignedMemory } from './aligned-memory.ts';

/** Takes memory for video and for the rest of the program, and says how many addresses it holds. */
const program = `
  import { readFileSync } from 'node:fs';
  import { alignedMemory } from ${JSON.stringify(new URL('aligned-memory.ts', import.meta.url).href)};
  const video = Array.from({ length: 100 }, () => alignedMemory(65_536).fill(1));
  const rest = Array.from({ length: 100 }, () => Buffer.alloc(8_388_608, 1));
  console.log(video.length, rest.length, readFileSync('/proc/self/status', 'utf8').match(/VmSize:[^0-9]*([0-9]+)/)[1]);
`;

describe('memory that a disk reads from itself', () => {
  test('is as long as was asked for, and can be written', () => {
    for (const bytes of [1, 4_096, 65_536, 98_304]) expect(alignedMemory(bytes).fill(7).length).toBe(bytes);
  });

  // Elsewhere nothing says how many addresses there are.
  if (platform() !== 'linux') return;
  test('takes no address space where a process may have little of it', () => {
    const limit = (18 * gibibyte) / kibibyte;
    const output = execFileSync('sh', ['-c', `ulimit -v ${limit} && exec "$0" --input-type=module -e "$1"`, process.execPath, program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    const [video, rest, size] = output.trim().split(' ').map(Number);
    expect([video, rest]).toEqual([100, 100]);
    // Node's own reading of TypeScript reserves 8 GiB once; a first one for video would make it 17.
    expect(size).toBeLessThan((12 * gibibyte) / kibibyte);
  });
});
