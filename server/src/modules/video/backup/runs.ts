/** Backups of the room itself: written by their schedule into the folder for copies, read again and compared, the newest kept. */
import { mkdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../../base/ids.ts';
import type { Instant } from '../../../base/clock.ts';
import { dayMs, hourMs, mebibyte } from '../../../base/units.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import { actorOf, serverActor, type VideoContext } from '../context.ts';
import { termsNow } from '../storage/terms.ts';
import { theRecorder } from '../store.ts';
import { copiesVerified } from './controls.ts';
import { hashOfFile } from './copy-file.ts';
import { backupRan } from './events.ts';
import { faultOf } from './place.ts';
import { refuse } from './refusals.ts';
import { endRun, insertRun, placeOf, runsOf, setRun, type CopyPlace, type Run } from './store.ts';
import { faultWords } from './words.ts';

const roomsFolder = 'room';
const keptRuns = 7;
const bytesPerSecond = 64 * mebibyte;
/** Begins before its period is over, so that it has ended by then. */
const beginsAt = 0.9;
const longestRunMs = 12 * hourMs;
const longestDetail = 500;
/** Before there is a camera no room has rules; nothing waits for a backup then. */
const shortestKnownHours = 24;

/** When the next scheduled run begins. Pure. */
export const runDueAt = (runs: readonly Pick<Run, 'beganAt' | 'state'>[], addedAt: Instant, periodHours: number): Instant => {
  const last = runs.find(({ state }) => state === 'good' || state === 'deleted' || state === 'damaged');
  return last === undefined ? addedAt : last.beganAt + beginsAt * periodHours * hourMs;
};

export const fileOf = ({ folder, file }: Pick<Run, 'folder' | 'file'>): string => join(folder, roomsFolder, file);

const carryOut = async (context: VideoContext, file: string): Promise<{ state: 'good' | 'failed'; sizeBytes: number | null; sha256: string | null; detail: string }> => {
  try {
    await context.backUpRoom(file);
    const written = await hashOfFile(file, { clock: context.clock, bytesPerSecond });
    if (written === null || written.sizeBytes === 0) return { state: 'failed', sizeBytes: null, sha256: null, detail: 'no file was written' };
    return { state: 'good', ...written, detail: '' };
  } catch (error) {
    return { state: 'failed', sizeBytes: null, sha256: null, detail: (error instanceof Error ? error.message : String(error)).replace(/\p{Cc}/gu, ' ').slice(0, longestDetail) };
  }
};

const run = async (context: VideoContext, place: CopyPlace, caller: Caller | null): Promise<{ runId: string; state: 'good' | 'failed' }> => {
  const { database, clock, ledger } = context;
  const { siteId, placeId } = place;
  const runId = newId('bkr', clock);
  const beganAt = clock.now();
  const file = `vigil-${new Date(beganAt).toISOString().replace(/[-:]|\.\d+/g, '')}-${runId.slice(-6)}.tar.gz`;
  await database.transaction((tx) => insertRun(tx, { runId, siteId, placeId, file, askedBy: caller?.personId ?? null }, beganAt));
  await mkdir(join(place.path, roomsFolder), { recursive: true, mode: 0o700 });
  const begun = clock.monotonic();
  const done = await carryOut(context, join(place.path, roomsFolder, file));
  await database.transaction(async (tx) => {
    const now = clock.now();
    await endRun(tx, runId, done, now);
    const body = { runId, placeId, folder: place.path, file, sizeBytes: done.sizeBytes ?? 0, sha256: done.sha256 ?? '', outcome: done.state, tookMs: Math.round(clock.monotonic() - begun) };
    await ledger.append(tx, { event: backupRan, siteId, roomId: caller?.roomId ?? null, actor: caller === null ? serverActor : actorOf(caller), subject: runId, body, at: now });
  });
  return { runId, state: done.state };
};

/** The newest stay. */
const thinOut = async (context: VideoContext, siteId: string): Promise<void> => {
  const good = (await runsOf(context.database.db, siteId, 100)).filter(({ state }) => state === 'good');
  for (const old of good.slice(keptRuns)) {
    await unlink(fileOf(old)).catch(() => undefined);
    await context.database.transaction((tx) => setRun(tx, old.runId, 'deleted', null));
  }
};

export const runNow = async (context: VideoContext, caller: Caller): Promise<{ runId: string; state: 'good' | 'failed' }> => {
  const { db } = context.database;
  const place = await placeOf(db, caller.siteId);
  if (place === null) throw refuse('no_place');
  const fault = await faultOf(place);
  if (fault !== null) throw refuse('place_faulty', { detail: faultWords[fault]?.zh ?? fault });
  const [last] = await runsOf(db, caller.siteId, 1);
  if (last?.state === 'running' && context.clock.now() - last.beganAt < longestRunMs) throw refuse('running_already');
  return run(context, place, caller);
};

/** One look of the schedule: a run that is due begins; what broke off is failed; files are read again once a day. */
export const runBySchedule = async (context: VideoContext): Promise<void> => {
  const { database, clock } = context;
  const recorder = await theRecorder(database.db);
  const place = recorder === null ? null : await placeOf(database.db, recorder.siteId);
  if (place === null || (await faultOf(place)) !== null) return;
  const now = clock.now();
  const runs = await runsOf(database.db, place.siteId, 100);
  for (const broken of runs.filter((one) => one.state === 'running' && now - one.beganAt >= longestRunMs)) await database.transaction((tx) => endRun(tx, broken.runId, { state: 'failed', sizeBytes: null, sha256: null, detail: 'it broke off' }, now));
  await verifyRuns(context, runs);
  const periodHours = await periodOf(context, place.siteId, now);
  const [last] = runs;
  const triedLately = last !== undefined && now - last.beganAt < hourMs;
  if (last?.state === 'running' || triedLately || runDueAt(runs, place.addedAt, periodHours) > now) return;
  await run(context, place, null);
  await thinOut(context, place.siteId);
};

/** Hours between two backups by the rules in force. */
export const periodOf = async (context: VideoContext, siteId: string, now: Instant): Promise<number> =>
  (await termsNow(context, context.database.db, siteId, now)).rules?.number('backup_period_hours') ?? shortestKnownHours;

const verifyRuns = async (context: VideoContext, runs: readonly Run[]): Promise<void> => {
  const { clock, database } = context;
  const now = clock.now();
  for (const one of runs.filter(({ state, checkedAt, endedAt }) => state === 'good' && now - (checkedAt ?? endedAt ?? now) >= dayMs)) {
    const found = await hashOfFile(fileOf(one), { clock, bytesPerSecond });
    const isDamaged = copiesVerified.find(() => (found?.sha256 === one.sha256 ? [] : [one])).length > 0;
    await database.transaction((tx) => setRun(tx, one.runId, isDamaged ? 'damaged' : 'good', now));
  }
};
