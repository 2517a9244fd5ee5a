/**
 * When each picture was due in the camera, by the wall clock that simulated cameras send inside of their key frames: read as one more viewer
 * at the recorder. The frames after a key frame are due by their media time after it.
 */
import { join } from 'node:path';
import { liveAccessUnitHeaderBytes, liveFlag, liveType } from '../../contract/recorder.ts';
import { createRecorderClient } from '../../server/src/modules/video/recorder-client.ts';
import { readWallClock } from '../../simulators/camera/index.ts';

export interface CameraClock {
  /** UTC ms of the camera's clock; null for a picture before the first key frame that was seen. */
  dueAt(cameraId: string, mediaAt: number): number | null;
  close(): void;
}

const wallClockOf = (avcc: Buffer): number | null => {
  for (let at = 0; at + 4 < avcc.length; ) {
    const size = avcc.readUInt32BE(at);
    const found = readWallClock(avcc.subarray(at + 4, at + 4 + size));
    if (found !== null) return found;
    at += 4 + size;
  }
  return null;
};

export const readCameraClock = (dataFolder: string, cameraIds: readonly string[]): CameraClock => {
  const keys = new Map<string, { mediaAt: number; due: number }[]>(cameraIds.map((cameraId) => [cameraId, []]));
  const recorder = createRecorderClient(join(dataFolder, 'run', 'recorder.sock'));
  const streams = cameraIds.map((cameraId) =>
    recorder.live(
      cameraId,
      (body) => {
        if (body[0] !== liveType.accessUnit || ((body[1] ?? 0) & liveFlag.key) === 0) return;
        const due = wallClockOf(body.subarray(liveAccessUnitHeaderBytes));
        if (due !== null) keys.get(cameraId)?.push({ mediaAt: body.readDoubleBE(2), due });
      },
      () => undefined,
    ),
  );
  return {
    dueAt: (cameraId, mediaAt) => {
      const key = keys.get(cameraId)?.findLast((one) => one.mediaAt <= mediaAt);
      return key === undefined ? null : key.due + mediaAt - key.mediaAt;
    },
    close: () => streams.forEach((stream) => stream.close()),
  };
};
