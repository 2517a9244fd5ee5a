/** What the journal knows: folded from its lines, carried over in the head of each new file, and where recovery begins. Pure. */
import type { JournalEntry } from '../../contract/recorder.ts';
import type { Gap } from '../gaps.ts';

export interface OpenSegment {
  cameraId: string;
  storageId: string;
  path: string;
}

export interface JournalState {
  nextSeq: number;
  ackedSeq: number;
  /** Time of the newest entry; 0 before the first. */
  lastAt: number;
  /** True while the newest entry is recorder_stopping. */
  stoppedInOrder: boolean;
  openSegments: Record<string, OpenSegment>;
  openGaps: Record<string, Gap>;
  /** End of the newest footage of each camera. */
  footageUntil: Record<string, number>;
  /** `<day>/<time>-<segment>` of the newest closed segment of each camera: what is newer on disk is unknown here. */
  newestName: Record<string, string>;
}

export type JournalRecord =
  | { t: 'entry'; entry: JournalEntry }
  /** A segment file was created: recovery looks for it, whatever became of it. */
  | { t: 'opened'; segmentId: string; cameraId: string; storageId: string; path: string }
  /** Nothing of it is on disk: it failed before its first fragment. */
  | { t: 'dropped'; segmentId: string }
  | { t: 'ack'; upTo: number }
  /** First line of each file: everything that earlier files said and that still matters, since those may be forgotten. */
  | { t: 'head'; state: JournalState };

export const emptyState = (): JournalState => ({
  nextSeq: 1,
  ackedSeq: 0,
  lastAt: 0,
  stoppedInOrder: false,
  openSegments: {},
  openGaps: {},
  footageUntil: {},
  newestName: {},
});

export const nameInCamera = (path: string): string => path.slice(path.indexOf('/') + 1);

const without = <V>(from: Record<string, V>, key: string): Record<string, V> => {
  if (!(key in from)) return from;
  return Object.fromEntries(Object.entries(from).filter(([name]) => name !== key));
};

const applyEntry = (state: JournalState, entry: JournalEntry): void => {
  state.nextSeq = entry.seq + 1;
  state.lastAt = entry.at;
  state.stoppedInOrder = entry.kind === 'recorder_stopping';
  switch (entry.kind) {
    case 'segment_closed': {
      const name = nameInCamera(entry.path);
      state.openSegments = without(state.openSegments, entry.segmentId);
      // A segment that was taken up after a crash may be reported after newer footage.
      state.footageUntil[entry.cameraId] = entry.recovered ? Math.max(entry.until, state.footageUntil[entry.cameraId] ?? 0) : entry.until;
      if (name > (state.newestName[entry.cameraId] ?? '')) state.newestName[entry.cameraId] = name;
      return;
    }
    case 'segment_abandoned':
      state.openSegments = without(state.openSegments, entry.segmentId);
      return;
    case 'gap_opened':
      state.openGaps[entry.cameraId] = { gapId: entry.gapId, cameraId: entry.cameraId, from: entry.from, reason: entry.reason, detail: entry.detail, alarmed: false };
      return;
    case 'gap_alarm': {
      const gap = state.openGaps[entry.cameraId];
      if (gap?.gapId === entry.gapId) state.openGaps[entry.cameraId] = { ...gap, alarmed: true };
      return;
    }
    case 'gap_closed':
      if (state.openGaps[entry.cameraId]?.gapId === entry.gapId) state.openGaps = without(state.openGaps, entry.cameraId);
      return;
    default:
  }
};

/** Changes `state` in place: it is applied for every line, and the journal alone holds it. */
export const applyRecord = (state: JournalState, record: JournalRecord): void => {
  switch (record.t) {
    case 'entry':
      applyEntry(state, record.entry);
      return;
    case 'opened':
      state.openSegments[record.segmentId] = { cameraId: record.cameraId, storageId: record.storageId, path: record.path };
      return;
    case 'dropped':
      state.openSegments = without(state.openSegments, record.segmentId);
      return;
    case 'ack':
      state.ackedSeq = Math.max(state.ackedSeq, record.upTo);
      return;
    case 'head':
      Object.assign(state, structuredClone(record.state));
  }
};
