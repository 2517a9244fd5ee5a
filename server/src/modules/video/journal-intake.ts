/**
 * Takes the recorder's journal over: rows, facts and the cursor in one transaction, then the acknowledgement. Whatever dies in between,
 * an entry is taken over exactly once (the cursor is checked under a lock) and nothing that was recorded is lost.
 */
import type { z } from 'zod';
import type { JournalEntry, JournalEntryOf } from '../../../../contract/recorder.ts';
import type { EventDeclaration } from '../../mechanisms/ledger/index.ts';
import { isDatabaseAway, type Tx } from '../../platform/postgres/db.ts';
import { secondMs } from '../../base/units.ts';
import { recorderActor, tellScreens, type ChangedTopic, type VideoContext } from './context.ts';
import { gapsAlarmed } from './controls.ts';
import * as events from './events.ts';
import * as footage from './footage-store.ts';
import * as notes from './recorder-notes.ts';
import { cameraRerouted, footageMoved } from './storage/events.ts';
import { settleLeftover, takeMoved } from './storage/moves.ts';
import { storagePaths } from './storage/store.ts';
import { advanceJournal, lockRecorder, type Recorder } from './store.ts';

interface Intake {
  context: VideoContext;
  tx: Tx;
  siteId: string;
  recorderId: string;
  topics: Set<ChangedTopic>;
  /** What people call each camera, by id. */
  labels: ReadonlyMap<string, string>;
}

type Append<K extends JournalEntry['kind']> = (intake: Intake, entries: readonly JournalEntryOf<K>[]) => Promise<void>;

const append = async <B extends z.ZodType>(intake: Intake, event: EventDeclaration<B>, subject: string, body: z.input<B>, at: number): Promise<void> => {
  await intake.context.ledger.append(intake.tx, { event, siteId: intake.siteId, roomId: null, actor: recorderActor, subject, body, at });
};

const segments: Append<'segment_closed'> = async (intake, entries) => {
  const inserted = await footage.insertSegments(intake.tx, entries);
  intake.topics.add('video.timeline');
  const fresh = entries.filter((entry) => inserted.has(entry.segmentId));
  if (fresh.length === 0) return;
  const list = fresh.map(({ segmentId, cameraId, from, until, sizeBytes, sha256, recovered }) => ({ segmentId, cameraId, from, until, sizeBytes, sha256, recovered }));
  const last = entries.at(-1);
  await append(intake, events.segmentsRecorded, intake.recorderId, { recorderId: intake.recorderId, count: list.length, segments: list }, last?.at ?? 0);
};

const deletions: Append<'segment_deleted'> = async (intake, entries) => {
  for (const entry of entries) {
    await footage.settleGarbage(intake.tx, entry);
    await settleLeftover(intake.tx, entry);
  }
  const ids = (outcome: 'deleted' | 'missing'): string[] => entries.filter((entry) => entry.outcome === outcome).map((entry) => entry.segmentId);
  const failed = entries.filter((entry) => entry.outcome === 'failed').map(({ segmentId, detail }) => ({ segmentId, detail }));
  await append(intake, events.deletionOutcome, intake.recorderId, { deleted: ids('deleted'), missing: ids('missing'), failed, count: entries.length }, entries.at(-1)?.at ?? 0);
};

const moves: Append<'segment_moved'> = async (intake, entries) => {
  const body = await takeMoved(intake.tx, entries);
  if (body.moved.length + body.failed.length === 0) return;
  intake.topics.add('video.timeline');
  await append(intake, footageMoved, intake.recorderId, body, entries.at(-1)?.at ?? 0);
};

const note = (intake: Intake, { what, detail }: notes.RecorderNote, at: number): Promise<void> =>
  append(intake, events.recorderNoted, intake.recorderId, { recorderId: intake.recorderId, what, detail }, at);

const named = (intake: Intake, cameraId: string) => ({ cameraId, camera: intake.labels.get(cameraId) ?? cameraId });

const single = async (intake: Intake, entry: JournalEntry): Promise<void> => {
  const { tx, topics } = intake;
  switch (entry.kind) {
    case 'gap_opened':
      topics.add('video.timeline').add('video.cameras');
      await footage.insertGap(tx, entry);
      return append(intake, events.gapOpened, entry.cameraId, { gapId: entry.gapId, ...named(intake, entry.cameraId), from: entry.from, reason: entry.reason }, entry.at);
    case 'gap_alarm':
      topics.add('video.cameras');
      await footage.alarmGap(tx, entry.gapId, entry.at);
      for (const { gapId, cameraId, from, reason, at } of gapsAlarmed.find(() => [entry])) await append(intake, events.gapAlarmed, cameraId, { gapId, ...named(intake, cameraId), from, reason }, at);
      return;
    case 'gap_closed':
      topics.add('video.timeline').add('video.cameras');
      await footage.closeGap(tx, entry);
      return append(intake, events.gapClosed, entry.cameraId, { gapId: entry.gapId, ...named(intake, entry.cameraId), from: entry.from, until: entry.until, reason: entry.reason }, entry.at);
    case 'camera_state':
      topics.add('video.cameras');
      return footage.saveCameraState(tx, entry);
    case 'segment_abandoned':
      return append(intake, events.segmentAbandoned, entry.cameraId, { segmentId: entry.segmentId, ...named(intake, entry.cameraId), from: entry.from, detail: entry.detail }, entry.at);
    case 'clock_stepped':
      return note(intake, notes.noteOfClock(entry), entry.at);
    case 'recorder_started':
      return note(intake, notes.noteOfStart(entry), entry.at);
    case 'recorder_stopping':
      return note(intake, notes.noteOfStop(), entry.at);
    case 'storage_refused':
      return note(intake, notes.noteOfRefusedStorage(entry), entry.at);
    case 'storage_low':
      return note(intake, notes.noteOfLowStorage(entry), entry.at);
    case 'camera_rerouted': {
      const paths = await storagePaths(tx, [entry.fromStorageId, entry.storageId]);
      const body = { ...named(intake, entry.cameraId), from: paths.get(entry.fromStorageId) ?? '', to: paths.get(entry.storageId) ?? '', why: entry.why };
      return append(intake, cameraRerouted, entry.cameraId, body, entry.at);
    }
    case 'segment_moved':
      return moves(intake, [entry]);
    case 'segment_closed':
      return segments(intake, [entry]);
    case 'segment_deleted':
      return deletions(intake, [entry]);
  }
};

const cameraOf = (entry: JournalEntry): string | null => ('cameraId' in entry ? entry.cameraId : null);

/** Runs of segments and of deletions become one fact each; everything else keeps its own, and the order of the journal is kept. */
const takeAll = async (intake: Intake, entries: readonly JournalEntry[]): Promise<void> => {
  let index = 0;
  for (let entry = entries[index]; entry !== undefined; entry = entries[index]) {
    const { kind } = entry;
    let end = index + 1;
    while (entries[end]?.kind === kind) end += 1;
    const run = entries.slice(index, end);
    if (kind === 'segment_closed') await segments(intake, run.filter((one) => one.kind === 'segment_closed'));
    else if (kind === 'segment_deleted') await deletions(intake, run.filter((one) => one.kind === 'segment_deleted'));
    else if (kind === 'segment_moved') await moves(intake, run.filter((one) => one.kind === 'segment_moved'));
    else for (const one of run) await single(intake, one);
    index = end;
  }
};

/** The recorder lost its journal and counts from 1 again: its files will be told of anew, and what else was in it is lost. Said, not hidden. */
export const restartJournal = (context: VideoContext, recorder: Recorder, last: number): Promise<void> =>
  context.database.transaction(async (tx) => {
    const { journalSeq } = await lockRecorder(tx, recorder.recorderId);
    if (last >= journalSeq) return; // another server was first
    const intake: Intake = { context, tx, siteId: recorder.siteId, recorderId: recorder.recorderId, topics: new Set(), labels: new Map() };
    await note(intake, notes.noteOfRestart(journalSeq), context.clock.now());
    await advanceJournal(tx, recorder.recorderId, 0);
  });

const longestDetail = 1_000;
const plain = (text: string): string => text.replace(/\p{Cc}/gu, ' ').toWellFormed().slice(0, longestDetail);

/** A detail may quote what a camera said on the wire, and a clock may have been set back within a gap: neither may stop the journal. */
const sane = (entry: JournalEntry): JournalEntry => {
  const told = 'detail' in entry ? { ...entry, detail: plain(entry.detail) } : entry;
  return told.kind === 'gap_closed' ? { ...told, until: Math.max(told.from, told.until) } : told;
};

/** One page of the journal, all or nothing; answers the new cursor. */
const takeOver = (context: VideoContext, recorder: Recorder, entries: readonly JournalEntry[]): Promise<number> =>
  context.database.transaction(async (tx) => {
    const { journalSeq } = await lockRecorder(tx, recorder.recorderId);
    const fresh = entries.filter((entry) => entry.seq > journalSeq).map(sane);
    const first = fresh[0];
    if (first === undefined) return journalSeq;
    const labels = await footage.knownCameras(tx, [...new Set(fresh.map(cameraOf).filter((id) => id !== null))]);
    const intake: Intake = { context, tx, siteId: recorder.siteId, recorderId: recorder.recorderId, topics: new Set(), labels };
    if (first.seq !== journalSeq + 1) await note(intake, notes.noteOfLoss(journalSeq + 1, first.seq - 1), first.at);
    const ours = fresh.filter((entry) => entry.kind === 'segment_deleted' || labels.has(cameraOf(entry) ?? '') || cameraOf(entry) === null);
    const foreign = fresh.length - ours.length;
    if (foreign > 0) await note(intake, notes.noteOfForeign(foreign), first.at);
    await takeAll(intake, ours);
    const last = fresh.at(-1)?.seq ?? journalSeq;
    await advanceJournal(tx, recorder.recorderId, last);
    for (const topic of intake.topics) await tellScreens(context, tx, topic);
    return last;
  });

/** The tables refuse the data itself (class 22 and 23): trying again would never end. */
const isRefusedByTables = (error: unknown): boolean => error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code)) && !isDatabaseAway(error);

/** One entry that no table takes stands in the ledger as it came, for people to judge; those behind it must not wait for it for ever. */
const setAside = (context: VideoContext, recorder: Recorder, entry: JournalEntry, error: unknown): Promise<number> =>
  context.database.transaction(async (tx) => {
    const { journalSeq } = await lockRecorder(tx, recorder.recorderId);
    if (entry.seq <= journalSeq) return journalSeq;
    const intake: Intake = { context, tx, siteId: recorder.siteId, recorderId: recorder.recorderId, topics: new Set(), labels: new Map() };
    await note(intake, notes.noteOfSetAside(plain(JSON.stringify(entry))), entry.at);
    await advanceJournal(tx, recorder.recorderId, entry.seq);
    context.measures.setAside.inc();
    context.log.error('an entry of the journal could not be taken over and was set aside', { seq: entry.seq, kind: entry.kind, error });
    return entry.seq;
  });

/** Takes a page over; when the tables refuse it, entry by entry, setting aside only what is at fault. */
export const takeOverAll = async (context: VideoContext, recorder: Recorder, entries: readonly JournalEntry[]): Promise<number> => {
  const [first] = entries;
  try {
    const upTo = await takeOver(context, recorder, entries);
    context.measures.gapAlarms.inc(entries.filter((entry) => entry.kind === 'gap_alarm' && entry.seq > recorder.journalSeq).length);
    if (first !== undefined) context.measures.journalLagSeconds.set(Math.max(0, context.clock.now() - first.at) / secondMs);
    return upTo;
  } catch (error) {
    if (first === undefined || !isRefusedByTables(error)) throw error;
    if (entries.length === 1) return setAside(context, recorder, first, error);
    let upTo = recorder.journalSeq;
    for (const entry of entries) upTo = await takeOverAll(context, recorder, [entry]);
    return upTo;
  }
};
