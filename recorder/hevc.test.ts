/** H.265 from a camera to a file that other people's tools play, and to the viewers of the moment. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { parseInit, sampleEntryOf } from '../formats/fmp4/index.ts';
import { systemClock } from '../server/src/base/clock.ts';
import { hevcLoopFile, type OneCamera, sceneFramesPerSecond, startCamera } from '../simulators/camera/index.ts';
import { listen } from './ingest/testing/listener.ts';
import { probe } from './probe/index.ts';
import { configOf, entriesOf, roomFolder, sourceOf, startRecorder } from './testing/room.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const hevcCamera = async (behaviour: NonNullable<Parameters<typeof startCamera>[0]>['behaviour'] = {}): Promise<OneCamera> => {
  const camera = await startCamera({ file: hevcLoopFile, framesPerSecond: sceneFramesPerSecond, behaviour });
  cleanups.push(camera.close);
  return camera;
};

it('[BRN-4.3 RECORDING] what an H.265 camera sends is on disk, whole, and another program plays it', { timeout: 60_000 }, async () => {
  const camera = await hevcCamera();
  const room = roomFolder();
  cleanups.push(() => room.remove());
  const recorder = await startRecorder(room.data);
  const config = configOf(room.storage, [sourceOf(camera.url)], { segmentSeconds: 3 });
  await recorder.configure(config);
  const closed = await entriesOf(recorder.journal, 'segment_closed', { count: 2 });
  await recorder.stop();
  for (const segment of closed) {
    const file = join(room.storage, segment.path);
    const bytes = readFileSync(file);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(segment.sha256);
    expect(segment).toMatchObject({ width: 1_280, height: 720, packetsLost: 0 });
    expect(segment.codec).toMatch(/^hvc1\.1\.6\.L\d+(?:\.[0-9A-F]+)*$/);
    expect(parseInit(bytes)?.track?.entry).toBe('hvc1');
    const shown = JSON.parse(execFileSync('ffprobe', ['-v', 'error', '-count_frames', '-show_streams', '-show_frames', '-select_streams', 'v', '-of', 'json', file], { encoding: 'utf8', maxBuffer: 1e8 })) as {
      streams: object[];
      frames: { key_frame: number; pts: number }[];
    };
    expect(shown.streams[0]).toMatchObject({ codec_name: 'hevc', codec_tag_string: 'hvc1', width: 1_280, height: 720, nb_read_frames: String(segment.frames) });
    expect(shown.frames[0]).toMatchObject({ key_frame: 1, pts: 0 });
    expect(execFileSync('ffmpeg', ['-v', 'error', '-xerror', '-i', file, '-f', 'null', '-'], { encoding: 'utf8' })).toBe('');
  }
  expect(closed[1]!.from).toBe(closed[0]!.until);
});

it.each([
  ['in the description', { omitStreamParameterSets: true }],
  ['in the stream', { omitSdpParameterSets: true }],
])('takes the parameter sets where the camera puts them: %s', { timeout: 20_000 }, async (_, behaviour) => {
  const { url } = await hevcCamera(behaviour);
  const seen = listen({ url }, systemClock);
  cleanups.push(() => seen.ingest.close());
  await seen.until((s) => s.units.length >= 5);
  expect(seen.sets).toMatchObject([{ entry: 'hvc1', width: 1_280, height: 720 }]);
  expect(seen.units[0]).toMatchObject({ key: true, ticks: 0 });
});

it('viewers get the decoder configuration of H.265 and a key frame that decodes with it', { timeout: 30_000 }, async () => {
  const camera = await hevcCamera();
  const answer = await probe({ url: camera.url, username: null, password: null, allowLocal: true }, { clock: systemClock });
  expect(answer.outcome).toBe('ok');
  const video = answer.video!;
  expect(sampleEntryOf(video.codec)).toBe('hvc1');
  // The record and the key frame, by the way of ffmpeg: sets out of hvcC, then the slices, as a byte stream.
  const record = Buffer.from(video.decoderConfig, 'base64');
  const parts: Buffer[] = [];
  const startCode = Buffer.from([0, 0, 0, 1]);
  for (let array = 0, at = 23; array < record[22]!; array += 1) {
    const count = record.readUInt16BE(at + 1);
    at += 3;
    for (let i = 0; i < count; i += 1) {
      const size = record.readUInt16BE(at);
      parts.push(startCode, record.subarray(at + 2, at + 2 + size));
      at += 2 + size;
    }
  }
  const unit = Buffer.from(video.keyFrame, 'base64');
  for (let at = 0; at < unit.length; at += 4 + unit.readUInt32BE(at)) parts.push(startCode, unit.subarray(at + 4, at + 4 + unit.readUInt32BE(at)));
  const picture = execFileSync('ffmpeg', ['-v', 'error', '-xerror', '-f', 'hevc', '-i', '-', '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'gray', '-'], { input: Buffer.concat(parts), maxBuffer: 1e8 });
  expect(picture.length).toBe(1_280 * 720);
});
