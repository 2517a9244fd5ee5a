/** Copies made, verified and ended, in small steps that recording never waits for. */
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecorderStatus } from '../../../../../contract/recorder.ts';
import { dayMs, mebibyte, secondMs } from '../../../base/units.ts';
import { serverActor, type VideoContext } from '../context.ts';
import { lookAtFile } from '../storage/verify.ts';
import { termsNow } from '../storage/terms.ts';
import { theRecorder } from '../store.ts';
import { copiesVerified } from './controls.ts';
import { copyChecked, isFull, isGone } from './copy-file.ts';
import { copiesDeleted, copyDamaged, footageCopied } from './events.ts';
import { faultOf } from './place.ts';
import { copiesToCheck, dropCopies, endingCopies, markChecked, markCopied, placeOf, setCopyState, setFault, waitingCopies, type Copy, type CopyPlace } from './store.ts';

export const copyEveryMs = 5 * secondMs;
export const checkEveryMs = 60 * secondMs;
const stepMs = 4 * secondMs;
const pageSize = 200;
const leastBytesPerSecond = 32 * mebibyte;
/** Faster than footage comes, so that an outage is caught up. */
const catchUp = 1.5;
const bitsPerByte = 8;
/** Read again in one step. */
const checkBytes = 256 * mebibyte;

/** While a disk does not keep up with recording, nobody else uses it. */
const isBusy = (status: RecorderStatus | null): boolean => status?.cameras.some((camera) => camera.reason === 'memory_bound') === true;
export const paceOf = (status: RecorderStatus | null): number => Math.max(leastBytesPerSecond, (catchUp * (status?.cameras ?? []).reduce((sum, one) => sum + one.bitsPerSecond, 0)) / bitsPerByte);

const present = async (context: VideoContext): Promise<CopyPlace | null> => {
  const { database, clock } = context;
  const recorder = await theRecorder(database.db);
  const place = recorder === null ? null : await placeOf(database.db, recorder.siteId);
  if (place === null) return null;
  const fault = await faultOf(place);
  if (fault !== place.fault && (fault !== null || place.fault === 'missing' || place.fault === 'identity')) await database.transaction((tx) => setFault(tx, place.placeId, fault, clock.now()));
  return fault === null ? place : null;
};

interface Done {
  copied: Copy[]; lost: Copy[]; fault: string | null;
}

const copyOn = async (context: VideoContext, place: CopyPlace, waiting: readonly Copy[], bytesPerSecond: number): Promise<Done> => {
  const { clock, log } = context;
  const done: Done = { copied: [], lost: [], fault: null };
  const begun = clock.monotonic();
  for (const one of waiting) {
    if (clock.monotonic() - begun > stepMs) break;
    try {
      const outcome = one.folder === null ? 'source_missing' : await copyChecked(join(one.folder, one.path), join(place.path, one.path), one.sha256, { clock, bytesPerSecond });
      (outcome === 'copied' ? done.copied : done.lost).push(one);
    } catch (error) {
      log.warn('a segment could not be copied', { segmentId: one.segmentId, error });
      done.fault = isFull(error) ? 'full' : 'write';
      break;
    }
  }
  return done;
};

/** One step. Answers how many were copied. */
export const copyFootage = async (context: VideoContext, status: RecorderStatus | null): Promise<number> => {
  if (isBusy(status)) return 0;
  const place = await present(context);
  if (place === null) return 0;
  const { database, clock, ledger } = context;
  const waiting = await waitingCopies(database.db, pageSize);
  if (waiting.length === 0) return 0;
  const { copied, lost, fault } = await copyOn(context, place, waiting, paceOf(status));
  await database.transaction(async (tx) => {
    const now = clock.now();
    if (copied.length > 0 || fault !== null) await setFault(tx, place.placeId, fault, now);
    await markCopied(tx, place.placeId, copied.map((one) => one.segmentId), now);
    await setCopyState(tx, lost.map((one) => one.segmentId), 'lost');
    if (copied.length + lost.length === 0) return;
    const body = { placeId: place.placeId, folder: place.path, count: copied.length, sizeBytes: copied.reduce((sum, one) => sum + one.sizeBytes, 0), segments: copied.map(({ segmentId, cameraId, sha256 }) => ({ segmentId, cameraId, sha256 })), lost: lost.map((one) => one.segmentId) };
    await ledger.append(tx, { event: footageCopied, siteId: place.siteId, roomId: null, actor: serverActor, subject: place.placeId, body, at: now });
  });
  return copied.length;
};

/** One step of reading again: each copy once in `verification_cycle_days`; what is damaged is told and made anew. */
export const verifyCopies = async (context: VideoContext, status: RecorderStatus | null): Promise<number> => {
  const place = isBusy(status) ? null : await present(context);
  if (place === null) return 0;
  const { database, clock, ledger } = context;
  const { rules } = await termsNow(context, database.db, place.siteId, clock.now());
  const cycleMs = (rules?.number('verification_cycle_days') ?? 1) * dayMs;
  const looked: { copy: Copy; whole: boolean }[] = [];
  let bytes = 0;
  for (const copy of await copiesToCheck(database.db, place.placeId, clock.now() - cycleMs, pageSize)) {
    if (bytes > checkBytes) break;
    looked.push({ copy, whole: (await lookAtFile(place.path, copy)) === null });
    bytes += copy.sizeBytes;
  }
  if (looked.length === 0) return 0;
  const damaged = copiesVerified.find(() => looked.filter(({ whole }) => !whole).map(({ copy }) => copy));
  await database.transaction(async (tx) => {
    const now = clock.now();
    await markChecked(tx, looked.map(({ copy }) => copy.segmentId), now);
    await setCopyState(tx, damaged.map((one) => one.segmentId), 'damaged');
    for (const { segmentId, cameraId, camera, from, until } of damaged) await ledger.append(tx, { event: copyDamaged, siteId: place.siteId, roomId: null, actor: serverActor, subject: segmentId, body: { segmentId, cameraId, camera, from, until, folder: place.path }, at: now });
  });
  return looked.length;
};

/** Files whose originals were deleted for good. */
export const endCopies = async (context: VideoContext): Promise<number> => {
  const { database, clock, ledger } = context;
  const ending = await endingCopies(database.db, pageSize);
  if (ending.length === 0) return 0;
  const gone: typeof ending = [];
  for (const one of ending) {
    const file = one.folder === null ? null : join(one.folder, one.path);
    const isThere = file === null ? true : await unlink(file).then(() => true, (error: unknown) => isGone(error));
    if (isThere) gone.push(one);
  }
  const recorder = await theRecorder(database.db);
  const first = gone[0];
  if (recorder === null || first === undefined) return 0;
  await database.transaction(async (tx) => {
    const segments = gone.map((one) => one.segmentId);
    await dropCopies(tx, segments);
    const body = { placeId: first.placeId ?? '', folder: first.folder ?? '', count: segments.length, segments };
    await ledger.append(tx, { event: copiesDeleted, siteId: recorder.siteId, roomId: null, actor: serverActor, subject: recorder.siteId, body, at: clock.now() });
  });
  return gone.length;
};
