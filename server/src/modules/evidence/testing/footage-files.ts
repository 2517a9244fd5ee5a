/** Footage of a room in real files, so that its bytes can be asked for: fragments as the recorder writes them, frames of chance. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import type { JournalEntryOf } from '../../../../../contract/recorder.ts';
import { madeUpFootage, segmentBytes, type Footage } from '../../../../../formats/evidence-bundle/testing/sample.ts';
import type { WholeRoom } from '../../../app/testing/whole-room.ts';
import type { Clock } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';

const fragments = 60;

export interface FootageFile {
  segmentId: string;
  file: string;
  from: number;
  until: number;
}

/** Frames so large that a reader who stops leaves most of the file on its way. */
const largeFrame = 400_000;
const large = (footage: Footage): Footage => ({ ...footage, frames: (n) => footage.frames(n).map(({ data, key }) => ({ key, data: Uint8Array.from({ length: largeFrame }, (_, i) => data[i] ?? 0) })) });

/** Writes a minute into a file and hands it in as the recorder's journal does. */
export const recordFile = async (whole: WholeRoom, clock: Clock, of: { cameraId: string; from: number; seq: number; large?: boolean }): Promise<FootageFile> => {
  const { rows } = await sql<{ id: string; path: string }>`select storage_id as id, path from video.storages limit 1`.execute(whole.database.db);
  const storage = rows[0];
  if (storage === undefined) throw new Error('the room has no storage');
  const segmentId = newId('seg', clock);
  const footage = madeUpFootage(of.seq);
  const { bytes, until } = segmentBytes(of.large === true ? large(footage) : footage, { segmentId, cameraId: of.cameraId, from: of.from, fragments });
  const path = `${of.cameraId}/2026-11-22/${segmentId}.mp4`;
  const file = join(storage.path, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  const entry: JournalEntryOf<'segment_closed'> = {
    kind: 'segment_closed', seq: of.seq, at: until, segmentId, cameraId: of.cameraId, storageId: storage.id, path, from: of.from, until, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'),
    frames: fragments * 5, keyFrames: fragments / 2, codec: 'avc1.640028', width: 320, height: 180, runId: newId('run', clock), cameraClockOffsetMs: null, packetsLost: 0, recovered: false,
  };
  await whole.room.video.takeOver([entry]);
  return { segmentId, file, from: of.from, until };
};
