/** The writer of one camera: what it tells of files goes to journal and log, what it tells of footage to the camera. */
import { CameraWriter } from '../storage/camera-writer.ts';
import type { ClosedSegment, WriterEvents } from '../storage/camera-writer.ts';
import type { CameraDeps } from './camera-deps.ts';

export const writerFor = (cameraId: string, deps: CameraDeps, events: Pick<WriterEvents, 'onFragment' | 'onFault'>): CameraWriter => {
  const { clock, journal, log, storages, turns, onSynced, createFile } = deps;
  return new CameraWriter(
    { clock, turns, admit: (storage) => storages.admit(storage), maxLossMs: () => deps.settings().maxLossMs, onSynced, ...(createFile === undefined ? {} : { createFile }) },
    {
      ...events,
      onClosed: (segment) => void journal.append(entryOf(segment)),
      onAbandoned: (plan, path, detail) => void journal.append({ kind: 'segment_abandoned', segmentId: plan.segmentId, cameraId: plan.cameraId, storageId: plan.storage.storageId, path, from: plan.from, detail }),
      onAltered: (path, detail) => {
        log.error('camera: a segment does not lie on disk as it was written', { cameraId, path, detail });
        deps.onAltered();
      },
      onDropped: (plan) => journal.noteDropped(plan.segmentId),
    },
  );
};

const entryOf = ({ plan, span, sizeBytes, sha256, frames, keyFrames, cameraClockOffsetMs, packetsLost }: ClosedSegment) => {
  const { segmentId, cameraId, storage, path, runId, sets } = plan;
  return {
    kind: 'segment_closed' as const,
    ...{ segmentId, cameraId, storageId: storage.storageId, path, from: span.from, until: span.until, sizeBytes, sha256, frames, keyFrames },
    ...{ codec: sets.codec, width: sets.width, height: sets.height, runId, cameraClockOffsetMs, packetsLost, recovered: false },
  };
};
