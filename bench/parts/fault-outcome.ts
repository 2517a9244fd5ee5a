/** What a fault left: judged from the recorder's journal and its disk alone, after an orderly stop. */
import type { JournalEntry, JournalEntryOf, RecorderConfig } from '../../contract/recorder.ts';
import { fsck, type Finding } from '../../recorder/fsck.ts';
import { holesOf, type Timeline } from './after-crash.ts';

const ofKind = <K extends JournalEntry['kind']>(entries: readonly JournalEntry[], kind: K): JournalEntryOf<K>[] => entries.filter((one): one is JournalEntryOf<K> => one.kind === kind);

/** Gaps that still go on end with the last footage, so that only time between footage counts. */
export const timelinesOf = (entries: readonly JournalEntry[]): Timeline[] => {
  const closed = ofKind(entries, 'segment_closed');
  const ended = new Map(ofKind(entries, 'gap_closed').map((gap) => [gap.gapId, gap]));
  const open = ofKind(entries, 'gap_opened').filter(({ gapId }) => !ended.has(gapId)).map((gap) => ({ ...gap, until: Number.POSITIVE_INFINITY }));
  const gaps = [...ended.values(), ...open];
  const ascending = (a: { from: number }, b: { from: number }): number => a.from - b.from;
  return [...new Set(closed.map(({ cameraId }) => cameraId))].map((cameraId) => ({
    cameraId,
    segments: closed.filter((one) => one.cameraId === cameraId).toSorted(ascending),
    gaps: gaps.filter((one) => one.cameraId === cameraId).toSorted(ascending),
  }));
};

export interface Outcome {
  /** Segments that were told of before the fault was over and do not lie on disk as told. */
  acknowledgedLost: number;
  /** Between the first and the last footage, explained by neither footage nor gap. */
  unexplainedMs: number;
  /** Files that nothing speaks of. */
  strayFiles: number;
  /** Seconds missing over all cameras, by reason. */
  missing: Record<string, number>;
  detail: string[];
}

const lossOf = (found: Finding): boolean => found.kind !== 'unknown' && found.kind !== 'open' && found.kind !== 'double';
const placeOf = (found: Finding): string => `${found.kind} ${found.path}`;

/** `before`: entries that the recorder had given out; all of them must be in the journal still. */
export const outcomeOf = async (config: RecorderConfig, before: readonly JournalEntry[], entries: readonly JournalEntry[]): Promise<Outcome> => {
  const deleted = new Set(ofKind(entries, 'segment_deleted').filter(({ outcome }) => outcome === 'deleted').map(({ segmentId }) => segmentId));
  const closed = new Map(ofKind(entries, 'segment_closed').filter(({ segmentId }) => !deleted.has(segmentId)).map((one) => [`${one.storageId}/${one.path}`, one]));
  const rows = [...closed.values()].toSorted((a, b) => (`${a.storageId}/${a.path}` < `${b.storageId}/${b.path}` ? -1 : 1));
  const abandoned = ofKind(entries, 'segment_abandoned');
  const findings: Finding[] = [];
  const stream = async function* () {
    yield* rows;
  };
  for await (const found of fsck({ storages: config.storages, rows: stream(), pending: [], garbage: abandoned, hashes: true })) findings.push(found);
  const given = new Set(entries.map(({ seq, kind }) => `${seq} ${kind}`));
  const forgotten = before.filter(({ seq, kind }) => !given.has(`${seq} ${kind}`));
  const spoken = new Set(abandoned.map(({ path }) => path));
  const stray = findings.filter((found) => (found.kind === 'unknown' || found.kind === 'open') && !spoken.has(found.path));
  const holes = timelinesOf(entries).map((timeline) => ({ cameraId: timeline.cameraId, ...holesOf(timeline) }));
  const missing: Record<string, number> = {};
  for (const { gaps, segments } of timelinesOf(entries)) {
    const first = segments[0]?.from ?? 0;
    // One that goes on began with the orderly stop at the end.
    for (const gap of gaps) if (Number.isFinite(gap.until) && gap.until > first) missing[gap.reason] = (missing[gap.reason] ?? 0) + (gap.until - Math.max(first, gap.from)) / 1_000;
  }
  for (const reason of Object.keys(missing)) missing[reason] = Math.round((missing[reason] ?? 0) * 10) / 10;
  return {
    acknowledgedLost: findings.filter(lossOf).length + forgotten.length,
    unexplainedMs: holes.flatMap(({ holes: found }) => found).reduce((sum, { from, until }) => sum + until - from, 0),
    strayFiles: stray.length,
    missing,
    detail: [
      ...findings.filter((found) => lossOf(found) || stray.includes(found)).map(placeOf), ...forgotten.map(({ seq, kind }) => `forgotten ${seq} ${kind}`),
      ...holes.flatMap(({ cameraId, holes: found }) => found.map(({ from, until }) => `${cameraId}: ${from} +${until - from} ms`)),
    ],
  };
};
