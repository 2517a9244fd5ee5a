/** Footage that decodes, from the independent encoder: its access units with everything that it put in them, SEI included. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Footage } from './sample.ts';

export const unitsOf = (bytes: Buffer): Buffer[] => {
  const units: Buffer[] = [];
  let start = -1;
  for (let i = 0; i + 3 <= bytes.length; i += 1) {
    if (bytes[i] !== 0 || bytes[i + 1] !== 0 || bytes[i + 2] !== 1) continue;
    if (start >= 0) units.push(bytes.subarray(start, bytes[i - 1] === 0 ? i - 1 : i));
    start = i + 3;
    i += 2;
  }
  units.push(bytes.subarray(start));
  return units;
};

/** So many seconds, 25 pictures each; fragments of one second, each of which begins with a key frame. */
export const realFootage = (seconds: number, width = 320, height = 180): Footage => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-footage-'));
  try {
    const file = join(folder, 'source.h264');
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=${width}x${height}:rate=25`, '-t', String(seconds), '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-bf', '0', '-x264-params', 'aud=1:scenecut=0', '-f', 'h264', file]);
    const units = unitsOf(readFileSync(file));
    const kind = (unit: Buffer): number => unit[0]! & 31;
    const sps = units.find((unit) => kind(unit) === 7)!;
    const pps = units.find((unit) => kind(unit) === 8)!;
    const frames: { data: Uint8Array; key: boolean }[] = [];
    for (const unit of units) {
      if (kind(unit) === 9) frames.push({ data: Buffer.alloc(0), key: false });
      const frame = frames.at(-1)!;
      if (kind(unit) === 5) frame.key = true;
      if (kind(unit) === 9 || kind(unit) === 7 || kind(unit) === 8) continue;
      const length = Buffer.alloc(4);
      length.writeUInt32BE(unit.length);
      frame.data = Buffer.concat([frame.data, length, unit]);
    }
    const lengths = (data: Buffer): Buffer => Buffer.from([data.length >> 8, data.length & 255]);
    const avcC = Buffer.concat([Buffer.from([1, sps[1]!, sps[2]!, sps[3]!, 0xff, 0xe1]), lengths(sps), sps, Buffer.from([1]), lengths(pps), pps]);
    return { avcC, width, height, frameMs: 40, frames: (fragment) => frames.slice(fragment * 25, fragment * 25 + 25) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
