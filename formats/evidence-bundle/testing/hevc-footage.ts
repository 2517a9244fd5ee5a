/** The same in H.265: pictures of an independent encoder, and the decoder configuration that ffmpeg's own muxer wrote for them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unitsOf } from './real-footage.ts';
import type { Footage } from './sample.ts';

const kind = (unit: Buffer): number => (unit[0]! >> 1) & 63;
const delimiter = 35;

/** So many seconds, 25 pictures each; fragments of one second, each of which begins with a key frame. */
export const hevcFootage = (seconds: number, width = 320, height = 180): Footage => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-hevc-footage-'));
  try {
    const [stream, file] = [join(folder, 'source.h265'), join(folder, 'source.mp4')];
    const gop = 'keyint=25:min-keyint=25:scenecut=0:open-gop=0:bframes=0:aud=1:repeat-headers=1:log-level=none';
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=${width}x${height}:rate=25`, '-t', String(seconds), '-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', gop, '-f', 'hevc', stream]);
    execFileSync('ffmpeg', ['-v', 'error', '-i', stream, '-c', 'copy', '-tag:v', 'hvc1', file]);
    const muxed = readFileSync(file);
    const at = muxed.indexOf('hvcC');
    const frames: { data: Uint8Array; key: boolean }[] = [];
    for (const unit of unitsOf(readFileSync(stream))) {
      if (kind(unit) === delimiter) {
        frames.push({ data: Buffer.alloc(0), key: false });
        continue;
      }
      const frame = frames.at(-1)!;
      if (kind(unit) >= 32 && kind(unit) <= 34) continue;
      if (kind(unit) >= 16 && kind(unit) <= 21) frame.key = true;
      const length = Buffer.alloc(4);
      length.writeUInt32BE(unit.length);
      frame.data = Buffer.concat([frame.data, length, unit]);
    }
    const config = Buffer.from(muxed.subarray(at + 4, at - 4 + muxed.readUInt32BE(at - 4)));
    return { avcC: config, entry: 'hvc1', width, height, frameMs: 40, frames: (fragment) => frames.slice(fragment * 25, fragment * 25 + 25) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
