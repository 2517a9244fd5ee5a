/** One key picture decoded by ffmpeg, measured, and made a small JPEG. Runs in the worker only: what a camera sends is foreign. */
import { secondMs } from '../../../base/units.ts';
import { runPiped } from '../../../platform/process/piped.ts';
import { byteStreamOf, isHevc, PictureUnreadable, type KeyPicture } from './byte-stream.ts';
import { measure, type Measures } from './measure.ts';
import { readPpm } from './plane.ts';

export type Examined = { outcome: 'ok'; measures: Measures; still: Buffer } | { outcome: 'no_ffmpeg' } | { outcome: 'unreadable'; detail: string };

const limitMs = 8 * secondMs;
const mostBytes = 16 * 1_024 * 1_024;
/** Wide enough to see blur, small enough to be cheap. */
const widest = 640;

export const examine = async (picture: KeyPicture): Promise<Examined> => {
  let input: Buffer;
  try {
    input = byteStreamOf(picture);
  } catch (error) {
    if (error instanceof PictureUnreadable) return { outcome: 'unreadable', detail: error.message };
    throw error;
  }
  const scaled = ['-vf', `scale='min(${widest},iw)':-2:flags=area`, '-frames:v', '1'];
  const args = [
    '-v', 'error', '-protocol_whitelist', 'pipe', '-threads', '1', '-f', isHevc(picture.codec) ? 'hevc' : 'h264', '-i', 'pipe:0',
    ...scaled, '-c:v', 'ppm', '-f', 'image2pipe', 'pipe:1', ...scaled, '-c:v', 'mjpeg', '-q:v', '5', '-f', 'image2pipe', 'pipe:3',
  ];
  const { code, outputs, complaint } = await runPiped('ffmpeg', args, { input, furtherOutputs: 1, limitMs, mostBytes });
  if (code === null) return { outcome: 'no_ffmpeg' };
  const [ppm, still] = outputs;
  const decoded = ppm === undefined ? null : readPpm(ppm);
  if (decoded === null || still === undefined || still.length === 0) return { outcome: 'unreadable', detail: complaint.slice(0, 300) };
  return { outcome: 'ok', measures: measure(decoded), still };
};
