/** Every day closes with a statement of each camera, signed with the key of the ledger; footage that is found later makes a new revision. */
import { Temporal } from 'temporal-polyfill';
import { createHash } from 'node:crypto';
import { canonicalize } from '../../../../../formats/canonical-json/index.ts';
import type { RecorderStatus } from '../../../../../contract/recorder.ts';
import type { Instant } from '../../../base/clock.ts';
import { hourMs, minuteMs, secondMs } from '../../../base/units.ts';
import { questions as people } from '../../../mechanisms/identity/index.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import { serverActor, type VideoContext } from '../context.ts';
import { gapsBetween } from '../footage-store.ts';
import { stoppedSpans } from '../stops/store.ts';
import { theRecorder } from '../store.ts';
import { gapsStated } from './controls.ts';
import { dayClosed } from './events.ts';
import { percentOf, reckon, type Reckoning } from './reckon.ts';
import { camerasDue, footageSpans, insertStatement, statementsBetween, type RecordedCamera, type Statement } from './store.ts';

/** The last minute of the day has closed by then, and the journal was taken over. */
const settleMs = 15 * minuteMs;
/** While the recorder is away its journal may still tell of the day; not for ever. */
const patienceMs = 12 * hourMs;
const daysLookedBack = 3;

export interface DaySpan {
  day: string; from: Instant; until: Instant;
}
const zoned = (at: Instant, timeZone: string): Temporal.ZonedDateTime => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
export const dayOf = (at: Instant, timeZone: string): string => zoned(at, timeZone).toPlainDate().toString();
export const spanOf = (day: string, timeZone: string): DaySpan => {
  const date = Temporal.PlainDate.from(day);
  const begin = (one: Temporal.PlainDate): Instant => one.toZonedDateTime(timeZone).epochMilliseconds;
  return { day, from: begin(date), until: begin(date.add({ days: 1 })) };
};

/** What was due of it in this span, and what of that there is. */
export const reckonCamera = async (db: Db, { cameraId, dueFrom, dueUntil }: RecordedCamera, { from, until }: Pick<DaySpan, 'from' | 'until'>): Promise<Reckoning> => {
  const due = { from: Math.max(from, dueFrom), until: Math.min(until, dueUntil ?? until) };
  const known = (await gapsBetween(db, cameraId, from, until)).map((gap) => ({ from: gap.from, until: gap.until ?? until, reason: gap.reason }));
  const reckoning = reckon(due, await footageSpans(db, cameraId, from, until), known, await stoppedSpans(db, cameraId, from, until));
  return { ...reckoning, gaps: [...gapsStated.find(() => reckoning.gaps)] };
};

const stated = (context: VideoContext, siteId: string, camera: RecordedCamera, { day, from, until }: DaySpan, revision: number, { expectedMs, recordedMs, approvedMs, gaps }: Reckoning): Statement => {
  const closedAt = context.clock.now();
  const statement = canonicalize({ format: 'vigil-day-statement', version: 1, siteId, cameraId: camera.cameraId, camera: camera.camera, day, revision, from, until, expectedMs, recordedMs, approvedMs, gaps: gaps.map((gap) => ({ ...gap })), closedAt });
  const bytes = Buffer.from(statement);
  const { signature, publicKey } = context.sign(bytes);
  return { cameraId: camera.cameraId, day, revision, siteId, from, until, expectedMs, recordedMs, approvedMs, gaps: gaps.length, statement, digest: createHash('sha256').update(bytes).digest('hex'), signature: Buffer.from(signature).toString('hex'), publicKey: Buffer.from(publicKey).toString('hex'), closedAt };
};

const close = async (context: VideoContext, siteId: string, camera: RecordedCamera, span: DaySpan, before: Statement | null): Promise<boolean> => {
  const { database, ledger } = context;
  const reckoning = await reckonCamera(database.db, camera, span);
  // Retention takes footage away later: only what was found in addition makes another revision.
  if (before !== null && reckoning.recordedMs <= before.recordedMs) return false;
  const one = stated(context, siteId, camera, span, (before?.revision ?? 0) + 1, reckoning);
  return database.transaction(async (tx) => {
    if (!(await insertStatement(tx, one))) return false;
    const seconds = (ms: number): number => Math.round(ms / secondMs);
    const body = { cameraId: one.cameraId, camera: camera.camera, day: one.day, revision: one.revision, expectedSeconds: seconds(one.expectedMs), recordedSeconds: seconds(one.recordedMs), approvedSeconds: seconds(one.approvedMs), percent: String(percentOf(one) ?? 100), gaps: one.gaps, digest: one.digest };
    await ledger.append(tx, { event: dayClosed, siteId, roomId: camera.roomId, actor: serverActor, subject: one.cameraId, body, at: one.closedAt });
    return true;
  });
};

/** One look: days that are over and not closed yet, or of which more is known now. Answers how many statements were made. */
export const closeDays = async (context: VideoContext, status: RecorderStatus | null): Promise<number> => {
  const { database: { db }, clock } = context;
  const recorder = await theRecorder(db);
  const place = await people.place(db);
  if (recorder === null || place === null) return 0;
  const now = clock.now();
  const { timeZone } = place.site;
  const caughtUp = status !== null && status.journalLast <= recorder.journalSeq;
  const days = Array.from({ length: daysLookedBack }, (_, back) => spanOf(Temporal.PlainDate.from(dayOf(now, timeZone)).subtract({ days: back + 1 }).toString(), timeZone)).reverse();
  const due = days.filter(({ until }) => now - until >= (caughtUp ? settleMs : patienceMs));
  const [first, last] = [due[0], due.at(-1)];
  if (first === undefined || last === undefined) return 0;
  const made = new Map((await statementsBetween(db, recorder.siteId, first.day, last.day)).map((one) => [`${one.cameraId} ${one.day}`, one]));
  let count = 0;
  for (const camera of await camerasDue(db, recorder.siteId)) {
    for (const span of due.filter(({ from, until }) => camera.dueFrom < until && (camera.dueUntil ?? until) > from)) if (await close(context, recorder.siteId, camera, span, made.get(`${camera.cameraId} ${span.day}`) ?? null)) count += 1;
  }
  return count;
};
