/** Moments of a camera that somebody marks, and words written to a snapshot that itself never changes. */
import type { Bookmark } from '../../../../../contract/wall.ts';
import { newId } from '../../../base/ids.ts';
import { minuteMs } from '../../../base/units.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import { cameraLabel } from '../camera.ts';
import { actorOf, tellScreens, type VideoContext } from '../context.ts';
import { refuse as refuseVideo } from '../errors.ts';
import { requireRight, type MayPlay } from '../playback-right.ts';
import { findSnapshot } from '../snapshots.ts';
import { findCamera } from '../store.ts';
import { suspiciousRecorded } from './controls.ts';
import { bookmarkMade, bookmarkStruck, snapshotAnnotated } from './events.ts';
import { refuse } from './refusals.ts';
import { insertMark, insertNote, lockMark, marksBetween, setStruck, type Mark } from './store.ts';

/** Clocks of browser and server may differ a little. */
const futureAllowedMs = minuteMs;
const signed = (caller: Caller): string => `${caller.name} ${caller.staffNumber}`.trim();

const viewOf = ({ bookmarkId, cameraId, cameraName, frameAt, kind, note, madeAt, madeBy }: Mark): Bookmark => ({ bookmarkId, cameraId, cameraName, frameAt, kind, note, madeAt, madeBy });

export interface NewBookmark {
  cameraId: string;
  frameAt: number;
  kind: 'bookmark' | 'suspicious';
  note: string;
  source: 'live' | 'playback';
}

export const makeBookmark = async (context: VideoContext, mayPlay: MayPlay, caller: Caller, given: NewBookmark): Promise<Bookmark> => {
  const { clock, database, ledger } = context;
  const { siteId, roomId, personId } = caller;
  const { cameraId, frameAt, kind, note, source } = given;
  const now = clock.now();
  if (frameAt > now + futureAllowedMs) throw refuseVideo('frame_time_wrong');
  const camera = await findCamera(database.db, roomId, cameraId, { retired: true });
  if (camera === null) throw refuseVideo('camera_unknown');
  // What nobody may look at, nobody marks.
  if (source === 'playback') await requireRight(context, mayPlay, { caller, cameraId, from: frameAt, until: frameAt + 1, at: now, openedAt: now, what: 'timeline', clip: false });
  const mark: Mark = { bookmarkId: newId('bmk', clock), cameraId, number: camera.number, cameraName: camera.name, frameAt, kind, note, madeAt: now, personId, madeBy: signed(caller) };
  await database.transaction(async (tx) => {
    await insertMark(tx, { ...mark, siteId, roomId });
    const body = { bookmarkId: mark.bookmarkId, cameraId, camera: cameraLabel(camera), frameAt, kind, source, note };
    const recorded = kind === 'suspicious' ? suspiciousRecorded.find(() => [body]) : [body];
    for (const one of recorded) await ledger.append(tx, { event: bookmarkMade, siteId, roomId, actor: actorOf(caller), subject: cameraId, body: one, at: now });
    await tellScreens(context, tx, 'video.timeline');
  });
  return viewOf(mark);
};

export const listBookmarks = async (context: VideoContext, caller: Caller, span: { cameraId?: string | undefined; from: number; until: number }): Promise<Bookmark[]> => {
  if (span.until <= span.from) throw refuse('span_wrong');
  return (await marksBetween(context.database.db, caller.roomId, { cameraId: span.cameraId, from: span.from, until: span.until })).map(viewOf);
};

export const strikeBookmark = (context: VideoContext, caller: Caller, bookmarkId: string, reason: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const { siteId, roomId } = caller;
    const mark = await lockMark(tx, roomId, bookmarkId);
    if (mark === null) throw refuse('bookmark_unknown');
    if (mark.personId !== caller.personId && caller.can('video.marks.strike') !== true) throw refuse('bookmark_not_yours');
    const at = context.clock.now();
    await setStruck(tx, bookmarkId, { at, by: signed(caller), reason });
    const body = { bookmarkId, cameraId: mark.cameraId, camera: cameraLabel({ number: mark.number, name: mark.cameraName }), reason };
    await context.ledger.append(tx, { event: bookmarkStruck, siteId, roomId, actor: actorOf(caller), subject: mark.cameraId, body, at });
    await tellScreens(context, tx, 'video.timeline');
  });

/** A snapshot is never altered: what is known later is written beside it. */
export const annotateSnapshot = (context: VideoContext, caller: Caller, snapshotId: string, note: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const { siteId, roomId, personId } = caller;
    const snapshot = await findSnapshot(tx, roomId, snapshotId);
    if (snapshot === null) throw refuseVideo('snapshot_unknown');
    const at = context.clock.now();
    const noteId = newId('snn', context.clock);
    await insertNote(tx, { noteId, snapshotId, note, writtenAt: at, writtenBy: signed(caller), personId });
    const body = { noteId, snapshotId, cameraId: snapshot.cameraId, camera: snapshot.camera, note };
    await context.ledger.append(tx, { event: snapshotAnnotated, siteId, roomId, actor: actorOf(caller), subject: snapshot.cameraId, body, at });
    await tellScreens(context, tx, 'video.snapshots');
  });
