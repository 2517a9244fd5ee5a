/** What a camera is given by the recorder as a whole. */
import type { Clock, Instant } from '../../server/src/base/clock.ts';
import type { Log } from '../../server/src/base/log.ts';
import type { IngestDeps } from '../ingest/index.ts';
import type { Journal } from '../journal/journal.ts';
import type { WriterDeps } from '../storage/camera-writer.ts';
import type { Storages } from '../storage/storages.ts';
import type { RunSettings } from './run.ts';

export interface CameraSettings extends RunSettings {
  maxLossMs: number;
  gapAlarmSeconds: number;
}

export interface CameraDeps {
  clock: Clock;
  log: Log;
  journal: Journal;
  storages: Storages;
  turns: WriterDeps['turns'];
  ingest: IngestDeps;
  settings(): CameraSettings;
  onSynced: (ageMs: number) => void;
  /** A closed segment was found missing or of another size. */
  onAltered: () => void;
  /** End of the newest footage of a camera, after what was found at start. */
  footageUntil(cameraId: string): Instant | null;
  /** There is room for this camera among all that wait for disks, and it is not left out. */
  mayQueue(bytes: number): boolean;
  /** SegmentFile.create but for tests of failing disks. */
  createFile?: NonNullable<WriterDeps['createFile']>;
}
