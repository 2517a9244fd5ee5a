/**
 * Writes the windows that lie ahead down as rows with their deadlines, so that nothing depends on the server being up when one opens. Runs at the
 * start, hourly, and whenever holidays or rules changed: what was planned under the old rule and has not opened is withdrawn, with a fact.
 */
import type { Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { dayMs, hourMs } from '../../base/units.ts';
import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres/db.ts';
import { serverActor } from '../ledger/index.ts';
import { windowsAt, windowsBetween, type Calendar, type CalendarRule, type Window } from './calendar.ts';
import { processActor, type ObligationsContext, type Place } from './context.ts';
import { planWithdrawn } from './events.ts';
import { fieldsFor, type FormDefinition } from './form.ts';
import { citationsOf, type ObligationKind, type ObligationRules } from './kind.ts';
import { changeObligation, clearDeadlines, findPlan, insertObligation, plannedOf, savePlan, specialDays, windowKeys, type NewObligation } from './store.ts';
import { isRhythm, type Rhythm } from './rhythm.ts';

/** The next window of every kind is a row, whatever the room says of its horizon. */
const leastAheadDays: Record<Rhythm['every'], number> = { hours: 1, shift: 2, day: 2, week: 15, month: 70, days: 400, quarter: 130, year: 400 };
/** Rows by the dozen each day are not written for weeks. */
const mostAheadDays: Partial<Record<Rhythm['every'], number>> = { hours: 3, shift: 14 };
const aheadMs = (every: Rhythm['every'], rules: ObligationRules): number =>
  Math.max(leastAheadDays[every], Math.min(rules.number('plan_ahead_days'), mostAheadDays[every] ?? Number.POSITIVE_INFINITY)) * dayMs;

export const calendarFor = async (tx: Parameters<typeof specialDays>[0], place: Pick<Place, 'siteId' | 'timeZone'>, rules: ObligationRules): Promise<Calendar> => {
  const days = await specialDays(tx, place.siteId);
  const rule: CalendarRule = rules.text('holiday_rule') === 'next_working_day' ? 'next_working_day' : 'as_written';
  return { timeZone: place.timeZone, rule, dayKind: (day) => days.get(day)?.kind ?? null, shiftWindows: rules.list('shift_windows'), parameter: (name) => rules.number(name) };
};

/** Of the part of a cycle that the kind and the room give, the smaller one. */
export const graceUntil = (kind: ObligationKind, rules: ObligationRules, window: Pick<Window, 'until' | 'cycleMs'>): Instant =>
  window.until + Math.round('hours' in kind.grace ? kind.grace.hours * hourMs : Math.min(kind.grace.cyclePart, rules.number('inspection_grace_percent') / 100) * window.cycleMs);

/** A row for a window of a kind, under the rules of now. */
export const obligationFor = (
  context: Pick<ObligationsContext, 'clock'>, place: { siteId: string; roomId: string }, kind: ObligationKind, form: FormDefinition, rules: ObligationRules,
  window: Window, more: Pick<NewObligation, 'state' | 'subject' | 'madeBy' | 'opensAt'>,
): NewObligation => ({
  ...more, obligationId: newId('obl', context.clock), siteId: place.siteId, roomId: place.roomId, kind: kind.kind, title: kind.title, windowKey: window.key, from: window.from, until: window.until, graceUntil: graceUntil(kind, rules, window),
  form: form.form, formVersion: form.version, fields: fieldsFor(form, (name) => rules.flag(name)).map((field) => field.key), assignees: kind.assignees, reviewers: kind.reviewers, clauses: citationsOf(kind, rules), madeAt: context.clock.now(),
});

export const formOf = (context: Pick<ObligationsContext, 'forms'>, kind: ObligationKind): FormDefinition => {
  const form = context.forms.get(kind.form);
  if (form === undefined) throw new Error(`obligation ${kind.kind} wants the form ${kind.form}, which nobody declared`);
  return form;
};

const withdraw = async (context: ObligationsContext, tx: Tx, place: Place, kind: ObligationKind, keep: ReadonlyMap<string, Window>, reason: 'rule_ended' | 'rule_changed', fields: string, rules: ObligationRules): Promise<number> => {
  const now = context.clock.now();
  let count = 0;
  for (const one of await plannedOf(tx, place.roomId, kind.kind)) {
    const window = keep.get(one.windowKey);
    const stays = one.from <= now || (window?.from === one.from && window.until === one.until && graceUntil(kind, rules, window) === one.graceUntil && one.fields.join() === fields && one.formVersion === formOf(context, kind).version);
    // What has come already is the sweeper's: the rule that held then stands.
    if (stays) continue;
    await changeObligation(tx, one, { state: 'withdrawn', late: one.late }, { at: now, recordedAt: now, by: processActor.kind === 'process' ? processActor.id : '', reason: reason === 'rule_ended' ? '规定不再要求' : '规定或节假日有变' });
    await clearDeadlines(tx, one.obligationId, now);
    count += 1;
  }
  if (count > 0) {
    await context.ledger.append(tx, { event: planWithdrawn, siteId: place.siteId, roomId: place.roomId, actor: serverActor, subject: place.roomId, body: { kind: kind.kind, title: kind.title, count, reason }, at: now });
  }
  return count;
};

const planKind = async (context: ObligationsContext, tx: Tx, place: Place, kind: ObligationKind, rhythm: Rhythm, rules: ObligationRules, calendar: Calendar): Promise<void> => {
  const now = context.clock.now();
  const plan = await findPlan(tx, place.roomId, kind.kind);
  if (!kind.isActive(rules)) {
    if (plan?.active === true) {
      await withdraw(context, tx, place, kind, new Map(), 'rule_ended', '', rules);
      await savePlan(tx, place.roomId, kind.kind, { active: false, plannedUntil: now });
    }
    return;
  }
  const until = now + aheadMs(rhythm.every, rules);
  // After a long stop of the server the windows that nobody wrote down are made up for: they fire late.
  const from = plan?.active === true ? Math.min(now, plan.plannedUntil) : now;
  const isNew = plan?.active !== true;
  const windows = [...(isNew ? windowsAt(rhythm, calendar, now) : []), ...windowsBetween(rhythm, calendar, from, until)];
  const form = formOf(context, kind);
  const fields = fieldsFor(form, (name) => rules.flag(name)).map((field) => field.key).join();
  if (!isNew) await withdraw(context, tx, place, kind, new Map(windows.map((window) => [window.key, window])), 'rule_changed', fields, rules);
  const there = await windowKeys(tx, place.roomId, kind.kind, from);
  for (const window of windows.filter(({ key }) => !there.has(key))) {
    await insertObligation(tx, obligationFor(context, place, kind, form, rules, window, { state: 'planned', subject: '', madeBy: 'server', ...(isNew ? { opensAt: Math.max(now, window.from) } : {}) }));
  }
  await savePlan(tx, place.roomId, kind.kind, { active: true, plannedUntil: until });
};

/** Plans all kinds of a place. Safe to run at any time and twice at once. */
export const planPlace = async (context: ObligationsContext, tx: Tx, place: Place): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('obligations.plan ' || ${place.roomId}, 0))`.execute(tx);
  const rules = await context.rules(tx, place, context.clock.now());
  const calendar = await calendarFor(tx, place, rules);
  for (const kind of context.kinds.values()) if (isRhythm(kind.window)) await planKind(context, tx, place, kind, kind.window, rules, calendar);
};

/** What a plan depends on besides the holidays: when it changes, what lies ahead is written down anew. */
export const planBasis = async (context: ObligationsContext): Promise<string> => {
  const basis: unknown[] = [];
  for (const place of await context.places(context.database.db)) {
    const rules = await context.rules(context.database.db, place, context.clock.now());
    const kinds = [...context.kinds.values()].filter((kind) => isRhythm(kind.window) && kind.isActive(rules));
    const about = kinds.map((kind) => [
      kind.kind, fieldsFor(formOf(context, kind), (name) => rules.flag(name)).map(({ key }) => key), isRhythm(kind.window) && kind.window.every === 'days' && typeof kind.window.days === 'object' ? rules.number(kind.window.days.parameter) : null,
    ]);
    basis.push(place.roomId, rules.text('holiday_rule'), rules.list('shift_windows'), rules.number('plan_ahead_days'), rules.number('inspection_grace_percent'), about);
  }
  return JSON.stringify(basis);
};

export const planAll = async (context: ObligationsContext): Promise<void> => {
  for (const place of await context.places(context.database.db)) await context.database.transaction((tx) => planPlace(context, tx, place));
};
