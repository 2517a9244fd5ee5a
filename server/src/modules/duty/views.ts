/** Wide reads for screens and for register F2. */
import type { z } from 'zod';
import type * as contract from '../../../../contract/duty.ts';
import type { Instant } from '../../base/clock.ts';
import { dayMs } from '../../base/units.ts';
import { actorOf, questions as people, type Caller } from '../../mechanisms/identity/index.ts';
import { questions as alarms } from '../../mechanisms/notifications/index.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { carriedOver } from './carried.ts';
import type { DutyContext } from './context.ts';
import { tasksInReport } from './controls.ts';
import { entriesOf, struckOf, wantingWords, type Entry, type EntryFilter } from './entry-store.ts';
import { events } from './events.ts';
import { measuredNow } from './measured.ts';
import { bareOf, missingOf } from './missing.ts';
import { dutyRefusals as refuse } from './refusals.ts';
import { sectionNames, sectionRules } from './sections.ts';
import { answersOf, openShift, openSignOns, recentShifts, shiftsBetween, signOnsBetween, type Shift } from './shift-store.ts';
import { openThreads, stepsOf } from './thread-store.ts';

type Answer<E extends { response: z.ZodType }> = z.input<E['response']>;
type Names = ReadonlyMap<string, string>;

const namesOf = (db: Db, ids: readonly (string | null)[]): Promise<Names> => people.personNames(db, [...new Set(ids.filter((id) => id !== null))]);

const shiftView = ({ shiftId, number, openedAt, closedAt, closedBy, remark, digest, reviewedBy, reviewedAt, reviewRemark }: Shift, names: Names): contract.Shift => ({
  shiftId, number, openedAt, closedAt, remark, digest, reviewedAt, reviewRemark, closedBy: closedBy === null ? null : (names.get(closedBy) ?? closedBy), reviewedBy: reviewedBy === null ? null : (names.get(reviewedBy) ?? reviewedBy),
});

const presentEntries = async (context: DutyContext, db: Db, roomId: string, list: readonly Entry[]): Promise<contract.Entry[]> => {
  const names = await namesOf(db, list.map(({ by }) => by));
  const struck = await struckOf(db, list.map(({ entryId }) => entryId));
  const silent = new Set<string>();
  for (const shiftId of new Set(list.filter(({ needsWords }) => needsWords).map((entry) => entry.shiftId))) for (const entry of await wantingWords(db, roomId, shiftId)) silent.add(entry.entryId);
  const cameras = new Map<string, string | null>();
  for (const { cameraId } of list) if (cameraId !== null && !cameras.has(cameraId)) cameras.set(cameraId, await context.cameraName(db, roomId, cameraId));
  return list.map(({ entryId, number, type, eventAt, enteredAt, by, source, text, lateMs, cameraId, subject, corrects }) => ({
    entryId, number, type, eventAt, enteredAt, by: names.get(by) ?? null, source, text, lateMs, cameraId, subject, corrects, camera: cameraId === null ? null : (cameras.get(cameraId) ?? null), wantsWords: silent.has(entryId), struck: struck.has(entryId),
  }));
};

const threadsView = async (db: Db, roomId: string): Promise<contract.Thread[]> => {
  const open = await openThreads(db, roomId);
  const steps = await stepsOf(db, open.map(({ threadId }) => threadId));
  const names = await namesOf(db, [...steps.map(({ by }) => by), ...open.map(({ openedBy }) => openedBy)]);
  return open.map(({ threadId, kind, grade, what, cameraId, happenedAt, openedAt, openedBy }) => ({
    threadId, kind, grade, what, cameraId, happenedAt, openedAt, openedBy: names.get(openedBy) ?? '', closed: false,
    steps: steps.filter((step) => step.threadId === threadId).map(({ what: step, at, by, text }) => ({ what: step, at, by: names.get(by) ?? '', text })),
  }));
};

export const dutyView = async (context: DutyContext, caller: Caller): Promise<Answer<typeof contract.duty>> => {
  const { db } = context.database;
  const { roomId, personId } = caller;
  const now = context.clock.now();
  const shift = await openShift(db, roomId);
  const holders = await people.postHolders(db, roomId, now);
  const signed = await openSignOns(db, roomId);
  const posts = (await context.posts.of(db, roomId)).map(({ postId, name }) => ({
    postId, name,
    holders: holders
      .filter((holder) => holder.postId === postId)
      .map((holder) => {
        const on = signed.find((one) => one.postId === postId && one.personId === holder.personId);
        return { personId: holder.personId, name: holder.name, since: on?.onAt ?? holder.since, signedOn: on !== undefined };
      }),
  }));
  const measured = shift === null ? null : await measuredNow(context, db, shift);
  const answers = shift === null ? [] : await answersOf(db, shift.shiftId);
  const names = await namesOf(db, answers.map(({ by }) => by));
  const sections = sectionNames.map((section) => {
    const answer = answers.find((one) => one.section === section);
    return {
      section, title: sectionRules[section].title, points: [...sectionRules[section].points], measured: measured?.[section] ?? [],
      answer: answer === undefined ? null : { text: answer.text, checks: answer.checks, by: names.get(answer.by) ?? '', at: answer.at },
    };
  });
  return {
    shift: shift === null ? null : shiftView(shift, new Map()), posts, sections, threads: await threadsView(db, roomId), missing: shift === null ? [] : await missingOf(context, db, shift), now,
    bare: shift === null ? [] : await bareOf(context, db, shift), carried: [...(await carriedOver(context, db, caller))],
    me: { postIds: signed.filter((one) => one.personId === personId).map(({ postId }) => postId) },
  };
};

const entriesPage = 300;
export const entriesView = async (context: DutyContext, caller: Caller, query: Omit<EntryFilter, 'limit'>): Promise<Answer<typeof contract.entries>> => {
  const { db } = context.database;
  const whole = query.from === undefined && query.until === undefined && query.shiftId === undefined;
  const shiftId = whole ? ((await openShift(db, caller.roomId))?.shiftId ?? 'none') : query.shiftId;
  const list = await entriesOf(db, caller.roomId, { ...query, shiftId, limit: entriesPage + 1 });
  return { entries: await presentEntries(context, db, caller.roomId, list.slice(0, entriesPage)), more: list.length > entriesPage };
};

const shiftsShown = 30;
export const shiftsView = async (context: DutyContext, caller: Caller): Promise<Answer<typeof contract.shifts>> => {
  const { db } = context.database;
  const list = await recentShifts(db, caller.roomId, shiftsShown);
  const names = await namesOf(db, list.flatMap(({ closedBy, reviewedBy }) => [closedBy, reviewedBy]));
  return { shifts: list.map((shift) => shiftView(shift, names)) };
};

const longestDays = 31;
const mostShifts = 200;
const mostLines = 5_000;
export const registerForm = 'F2 v1';
export type Register = Answer<typeof contract.register>;

/** Register F2 of a span. Reading it is a recorded act, whatever way it is read. */
export const readRegister = async (context: DutyContext, caller: Caller, from: Instant, until: Instant, how: 'screen' | 'csv'): Promise<Register> => {
  if (until <= from || until - from > longestDays * dayMs) throw refuse('span_wrong', { days: longestDays });
  const { database, clock, ledger } = context;
  const { siteId, roomId } = caller;
  const { db } = database;
  const list = await shiftsBetween(db, roomId, from, until, mostShifts);
  const made: Register['shifts'] = [];
  for (const shift of list) {
    const end = shift.closedAt ?? clock.now() + 1;
    const answers = await answersOf(db, shift.shiftId);
    const onPost = await signOnsBetween(db, roomId, shift.openedAt, end);
    const tasks = await context.tasks(db, { siteId, roomId }, shift.openedAt, end);
    const names = await namesOf(db, [...answers.map(({ by }) => by), ...onPost.map(({ personId }) => personId), shift.closedBy, shift.reviewedBy]);
    const reported = tasksInReport.find(() => tasks);
    const lines = (await entriesOf(db, roomId, { shiftId: shift.shiftId, limit: mostLines })).reverse();
    made.push({
      shift: shiftView(shift, names), alarms: (await alarms.alarmsBetween(db, roomId, shift.openedAt, end)).length, entries: await presentEntries(context, db, roomId, lines),
      onPost: onPost.map(({ post, personId, onAt, offAt }) => ({ post, name: names.get(personId) ?? personId, from: onAt, until: offAt })),
      tasks: reported.map(({ title, state, until: ended, wanting }) => ({ title, state, until: ended, wanting })),
      sections: answers.map(({ section, text, seen, by }) => ({ section, title: sectionRules[section].title, text, measured: seen, by: names.get(by) ?? '' })),
    });
  }
  const place = await people.place(db);
  await database.transaction((tx) => ledger.append(tx, { event: events.registerRead, siteId, roomId, actor: actorOf(caller), subject: roomId, body: { from, until, shifts: made.length, how }, at: clock.now() }));
  return { site: place?.site.name ?? '', room: place?.room.name ?? '', form: registerForm, shifts: made, madeAt: clock.now() };
};
