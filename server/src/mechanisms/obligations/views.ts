/** Wide reads for the screens; each row carries what this person may do with it, or why not. */
import { sql } from 'kysely';
import type { z } from 'zod';
import type * as contract from '../../../../contract/obligations.ts';
import type { ObligationRow, ObligationView } from '../../../../contract/obligations.ts';
import type { Instant } from '../../base/clock.ts';
import { dayMs } from '../../base/units.ts';
import { moment, type Db } from '../../platform/postgres/db.ts';
import type { Caller } from '../identity/index.ts';
import { addDays, dayStart, isoDayAt, windowsBetween } from './calendar.ts';
import type { ObligationsContext } from './context.ts';
import { beginningsOf } from './begin-store.ts';
import { both } from './can.ts';
import { findForm, findingsOf, photosOf, reviewsOf, submissionsOf, waiverRequestsOf } from './evidence-store.ts';
import { findingViews } from './finding-views.ts';
import { namingOf } from './names.ts';
import { mayReview, maySubmit, mayWaive, type Obligation } from './obligation.ts';
import { calendarFor } from './planning.ts';
import { obligationRefusals as refuse } from './refusals.ts';
import { isRhythm } from './rhythm.ts';
import { columns, findObligation, obligationOf, specialDays, tables } from './store.ts';
import { placeOf } from './place.ts';
import { whenText } from './when-text.ts';

const openStates = ['available', 'in_progress', 'overdue', 'returned'] as const;
const isOpen = (one: Pick<Obligation, 'state'>): boolean => openStates.some((state) => state === one.state);

interface Surroundings {
  timeZone: string;
}

/** Rows for the lists: who did and reviewed each, what was found, what this person may do. */
const rowsOf = async (db: Db, caller: Caller, obligations: readonly Obligation[], { timeZone }: Surroundings): Promise<ObligationRow[]> => {
  const ids = obligations.map((one) => one.obligationId);
  const [submissions, findings, waivers, beginnings] = await Promise.all([submissionsOf(db, ids), findingsOf(db, ids), waiverRequestsOf(db, ids), beginningsOf(db, ids)]);
  const reviews = await reviewsOf(db, submissions.map((one) => one.submissionId));
  const name = await namingOf(db, [...submissions, ...reviews, ...beginnings].map((one) => one.by));
  return obligations.map((one) => {
    const submitted = submissions.filter((each) => each.obligationId === one.obligationId).at(-1);
    const review = submitted === undefined ? undefined : reviews.find((each) => each.submissionId === submitted.submissionId);
    const found = findings.filter((each) => each.obligationId === one.obligationId);
    const done = submitted === undefined ? null : { name: name(submitted.by).name, at: whenText(submitted.at, timeZone) };
    const begun = beginnings.filter((each) => each.obligationId === one.obligationId && each.at >= (submitted?.at ?? 0)).at(-1);
    const asked = waivers.some((each) => each.obligationId === one.obligationId && each.open);
    return {
      obligationId: one.obligationId, kind: one.kind, title: one.title, state: one.state, late: one.late, subject: one.subject === '' ? null : one.subject, from: one.from, until: one.until, graceUntil: one.graceUntil,
      assignees: [...one.assignees], reviewers: [...one.reviewers], clauses: [...one.clauses],
      begun: begun === undefined || !isOpen(one) ? null : { by: name(begun.by), at: begun.at },
      submittedAt: submitted?.at ?? null, submittedBy: submitted === undefined ? null : name(submitted.by), reviewedAt: review?.at ?? null, reviewedBy: review === undefined ? null : name(review.by),
      findings: found.length, openFindings: found.filter(({ closed }) => closed === null).length,
      can: {
        submit: both(caller, 'obligations.submit', maySubmit(one, caller, done)),
        review: both(caller, 'obligations.review', mayReview(one, caller, submitted?.by ?? null)),
        waive: both(caller, 'obligations.waive', mayWaive(one, asked)),
      },
    };
  });
};

const pageSize = 50;

/** Page after page by window and id; the cursor is `<from>.<id>`. */
export const listObligations = async (context: ObligationsContext, caller: Caller, query: z.output<(typeof contract.listObligations)['query']>): Promise<{ obligations: ObligationRow[]; next: string | null }> => {
  const { db } = context.database;
  let wanted = tables(db).selectFrom('obligations.obligations').select(columns).where('room_id', '=', caller.roomId);
  if (query.state === undefined) wanted = wanted.where('state', '<>', 'withdrawn');
  else wanted = wanted.where('state', '=', query.state);
  if (query.from !== undefined) wanted = wanted.where('until_at', '>', moment(query.from));
  if (query.until !== undefined) wanted = wanted.where('from_at', '<', moment(query.until));
  if (query.kind !== undefined) wanted = wanted.where('kind', '=', query.kind);
  if (query.search !== undefined && query.search.trim() !== '') {
    const like = `%${query.search.trim().replace(/[\\%_]/g, '\\$&')}%`;
    wanted = wanted.where((eb) => eb.or([eb('title_zh', 'ilike', like), eb('title_en', 'ilike', like), eb('subject', 'ilike', like), eb('kind', 'ilike', like)]));
  }
  const [fromText, beforeId] = (query.before ?? '').split('.');
  if (beforeId !== undefined && beforeId !== '') wanted = wanted.where(sql<boolean>`(from_at, obligation_id) < (${new Date(Number(fromText))}::timestamptz, ${beforeId})`);
  const rows = (await wanted.orderBy('from_at', 'desc').orderBy('obligation_id', 'desc').limit(pageSize + 1).execute()).map(obligationOf);
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return { obligations: await rowsOf(db, caller, page, await placeOf(context, db, caller.roomId)), next: rows.length > pageSize && last !== undefined ? `${last.from}.${last.obligationId}` : null };
};

const between = async (db: Db, roomId: string, from: Instant, until: Instant): Promise<Obligation[]> =>
  (await tables(db).selectFrom('obligations.obligations').select(columns).where('room_id', '=', roomId).where('until_at', '>', moment(from)).where('from_at', '<', moment(until)).where('state', '<>', 'withdrawn').orderBy('from_at').orderBy('kind').execute()).map(obligationOf);

const inStates = async (db: Db, roomId: string, states: readonly Obligation['state'][]): Promise<Obligation[]> =>
  (await tables(db).selectFrom('obligations.obligations').select(columns).where('room_id', '=', roomId).where('state', 'in', states).orderBy('until_at').limit(200).execute()).map(obligationOf);


export const viewNow = async (context: ObligationsContext, caller: Caller): Promise<z.input<(typeof contract.obligationsNow)['response']>> => {
  const { db } = context.database;
  const now = context.clock.now();
  const place = await placeOf(context, db, caller.roomId);
  const rules = await context.rules(db, place, now);
  const calendar = await calendarFor(db, place, rules);
  const today = isoDayAt(now, place.timeZone);
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay() || 7;
  const [dayFrom, dayUntil] = [dayStart(today, place.timeZone), dayStart(addDays(today, 1), place.timeZone)];
  const [weekFrom, weekUntil] = [dayStart(addDays(today, 1 - weekday), place.timeZone), dayStart(addDays(today, 8 - weekday), place.timeZone)];
  const open = await inStates(db, caller.roomId, openStates);
  const toReview = await inStates(db, caller.roomId, ['submitted']);
  const week = (await between(db, caller.roomId, weekFrom, weekUntil)).filter((one) => !isOpen(one));
  const rows = async (some: readonly Obligation[]): Promise<ObligationRow[]> => rowsOf(db, caller, some, place);
  const active = [...context.kinds.values()].filter((kind) => kind.isActive(rules));
  return {
    open: await rows(open),
    toReview: await rows(toReview.filter((one) => one.reviewers.length > 0)),
    today: await rows(week.filter((one) => one.from < dayUntil && one.until > dayFrom)),
    week: await rows(week.filter((one) => !(one.from < dayUntil && one.until > dayFrom))),
    next: active.flatMap((kind) => {
      const [first] = isRhythm(kind.window) ? windowsBetween(kind.window, calendar, now + 1, now + 400 * dayMs) : [];
      return first === undefined ? [] : [{ kind: kind.kind, title: kind.title, from: first.from, until: first.until }];
    }).sort((a, b) => a.from - b.from),
    unscheduled: active.filter((kind) => kind.unscheduled === true && kind.assignees.some((role) => caller.roles.includes(role))).map(({ kind, title }) => ({ kind, title })),
    can: { unscheduled: caller.can('obligations.submit'), register: caller.can('obligations.register.read'), days: caller.can('obligations.days.change') },
  };
};

export const viewCalendar = async (context: ObligationsContext, caller: Caller, month: string): Promise<z.input<(typeof contract.obligationCalendar)['response']>> => {
  const { db } = context.database;
  const { timeZone } = await placeOf(context, db, caller.roomId);
  const first = `${month}-01`;
  const next = addDays(`${month}-28`, 4).slice(0, 8) + '01';
  const [obligations, special] = [await between(db, caller.roomId, dayStart(first, timeZone), dayStart(next, timeZone)), await specialDays(db, caller.siteId, first, next)];
  const days = [];
  for (let day = first; day < next; day = addDays(day, 1)) {
    const [from, until] = [dayStart(day, timeZone), dayStart(addDays(day, 1), timeZone)];
    // A window of many days stands on its last day, when it must be done.
    const items = obligations.filter((one) => one.until > from && one.until <= until);
    days.push({ day, dayKind: special.get(day)?.kind ?? null, name: special.get(day)?.name ?? '', items: items.map(({ obligationId, kind, title, state, late }) => ({ obligationId, kind, title, state, late })) });
  }
  return { days };
};

export const viewOne = async (context: ObligationsContext, caller: Caller, obligationId: string): Promise<z.input<(typeof contract.oneObligation)['response']>> => {
  const { db } = context.database;
  const one = await findObligation(db, caller.roomId, obligationId);
  if (one === null) throw refuse('unknown');
  const form = await findForm(db, one.form, one.formVersion);
  if (form === null) throw new Error(`the form ${one.form} ${one.formVersion} is gone`);
  const [submissions, findings, waivers] = await Promise.all([submissionsOf(db, [obligationId]), findingsOf(db, [obligationId]), waiverRequestsOf(db, [obligationId])]);
  const reviews = await reviewsOf(db, submissions.map((each) => each.submissionId));
  const changes = await tables(db).selectFrom('obligations.changes').select(['at', 'by_id', 'state', 'late', 'reason', 'fired_late_ms']).where('obligation_id', '=', obligationId).orderBy('number').execute();
  const name = await namingOf(db, [...submissions.map((each) => each.by), ...reviews.map((each) => each.by), ...findings.flatMap((each) => [each.by, each.closed?.by ?? '']), ...changes.map((each) => each.by_id)]);
  const [row] = await rowsOf(db, caller, [one], await placeOf(context, db, caller.roomId));
  if (row === undefined) throw refuse('unknown');
  const { title, fields, signature } = form.definition;
  const view: z.input<typeof ObligationView> = {
    ...row, rowVersion: one.rowVersion, stepUp: context.kinds.get(one.kind)?.stepUp === true,
    form: { form: one.form, version: one.formVersion, digest: form.digest, title, fields: fields.filter(({ key }) => one.fields.includes(key)), signature },
    submissions: submissions.map((each) => ({ submissionId: each.submissionId, number: each.number, at: each.at, by: name(each.by), late: each.late, reason: each.reason, answers: { ...each.answers } })),
    reviews: reviews.map((each) => ({ at: each.at, by: name(each.by), outcome: each.outcome, comment: each.comment })),
    findingList: await findingViews(context, caller, findings, new Map([[obligationId, one.title]])),
    history: changes.map((each) => ({ at: each.at, by: each.by_id.startsWith('per_') ? name(each.by_id).name : null, state: each.state, late: each.late, reason: each.reason, firedLateMs: each.fired_late_ms })),
    waiver: waivers.at(-1)?.approvalId ?? null,
  };
  return view;
};

/** Hash and type of a photo of this obligation; null when it is not one of its photos. */
export const photoOf = async (context: ObligationsContext, caller: Caller, obligationId: string, sha256: string): Promise<{ contentType: string } | null> => {
  const one = await findObligation(context.database.db, caller.roomId, obligationId);
  if (one === null) return null;
  return (await photosOf(context.database.db, obligationId)).find((photo) => photo.sha256 === sha256) ?? null;
};
