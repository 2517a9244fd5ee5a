/** A recorder with real folders and simulated cameras that speak real RTSP, for tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CameraSource, JournalEntry, JournalEntryOf, RecorderConfig } from '../../contract/recorder.ts';
import { systemClock } from '../../server/src/base/clock.ts';
import type { Clock } from '../../server/src/base/clock.ts';
import { newId } from '../../server/src/base/ids.ts';
import { createLog } from '../../server/src/base/log.ts';
import type { Log } from '../../server/src/base/log.ts';
import type { Journal } from '../journal/journal.ts';
import { Recorder } from '../recorder.ts';
import type { RecorderOptions } from '../recorder.ts';

export const quietLog: Log = createLog({ name: 'test', level: 'fatal', sink: { write: () => undefined } });

export interface RoomFolder {
  data: string;
  storage: string;
  remove(): void;
}

export const roomFolder = (): RoomFolder => {
  const data = mkdtempSync(join(tmpdir(), 'vigil-room-'));
  return { data, storage: join(data, 'footage'), remove: () => rmSync(data, { recursive: true, force: true }) };
};

export const sourceOf = (url: string, change: Partial<CameraSource> = {}): CameraSource => ({
  cameraId: newId('cam', systemClock),
  label: '07 行包房',
  url,
  username: null,
  password: null,
  record: true,
  allowLocal: true,
  ...change,
});

/** The shortest segments that the contract allows. */
export const configOf = (storagePath: string, cameras: CameraSource[], change: Partial<RecorderConfig> = {}): RecorderConfig => {
  const siteId = newId('site', systemClock);
  return {
    version: 1,
    recorderId: newId('rec', systemClock),
    siteId,
    storages: [{ storageId: newId('sto', systemClock), siteId, path: storagePath }],
    cameras,
    segmentSeconds: 10,
    fragmentMs: 500,
    drainMs: 50,
    drainWatchedMs: 20,
    maxLossMs: 1_500,
    gapAlarmSeconds: 10,
    freeBytesWarn: 0,
    ...change,
  };
};

export const startRecorder = (data: string, clock: Clock = systemClock, change: Pick<RecorderOptions, 'createFile'> = {}): Promise<Recorder> =>
  Recorder.start({ dataFolder: data, clock, log: quietLog, version: 'test', ...change });

export const allEntries = async (journal: Journal): Promise<JournalEntry[]> => {
  const found: JournalEntry[] = [];
  for (let page = await journal.page(0, 500); page.length > 0; page = await journal.page(found.at(-1)?.seq ?? 0, 500)) found.push(...page);
  return found;
};

export const ofKind = <K extends JournalEntry['kind']>(entries: readonly JournalEntry[], kind: K): JournalEntryOf<K>[] => entries.filter((entry): entry is JournalEntryOf<K> => entry.kind === kind);

/** Resolves with the first `count` entries of a kind that satisfy; rejects after the time. */
export const entriesOf = async <K extends JournalEntry['kind']>(
  journal: Journal,
  kind: K,
  want: { count?: number; where?: (entry: JournalEntryOf<K>) => boolean; withinMs?: number } = {},
): Promise<JournalEntryOf<K>[]> => {
  const { count = 1, where = () => true, withinMs = 20_000 } = want;
  const deadline = performance.now() + withinMs;
  for (;;) {
    const all = await allEntries(journal);
    const found = ofKind(all, kind).filter(where);
    if (found.length >= count) return found.slice(0, count);
    const left = deadline - performance.now();
    if (left <= 0) throw new Error(`only ${found.length} of ${count} ${kind} in ${withinMs} ms: ${JSON.stringify(all.map(({ kind: k, seq }) => [seq, k]))}`);
    await journal.waitFor(all.at(-1)?.seq ?? 0, Math.min(left, 500));
  }
};
