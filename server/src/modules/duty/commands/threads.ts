/** Faults, hazards and serious events: opened, followed, closed; each step a line of the log with its own time, and told to whom it concerns. */
import type { Instant } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import type { Sentence } from '../../../base/refusal.ts';
import { minuteMs } from '../../../base/units.ts';
import { actorOf, type Caller } from '../../../mechanisms/identity/index.ts';
import { serverActor, type Actor } from '../../../mechanisms/ledger/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import type { DutyContext, Place } from '../context.ts';
import { reportAfterHandling, selfWritten } from '../controls.ts';
import { events } from '../events.ts';
import { faultClosed, faultReported, graveFault, majorEvent, reportOverdue, resultReported, seriousEvent } from '../kinds.ts';
import { dutyRefusals as refuse } from '../refusals.ts';
import { insertStep, insertThread, lockThread, stepsOf, unreportedSince, type StepWhat, type Thread } from '../thread-store.ts';
import { eventTime, note, requireCamera, requireWords } from './write-log.ts';

export interface NewThread {
  kind: Thread['kind'];
  grade: Thread['grade'];
  what: string;
  text: string;
  cameraId?: string | null | undefined;
  happenedAt?: Instant | undefined;
}

const stepWords: Readonly<Record<StepWhat, Sentence>> = {
  opened: { zh: '登记', en: 'opened' },
  noted: { zh: '跟进', en: 'noted' },
  handled: { zh: '已处理', en: 'handled' },
  reported: { zh: '已报告有关人员', en: 'those concerned told' },
  overdue: { zh: '逾期未报告', en: 'report overdue' },
  closed: { zh: '结束', en: 'closed' },
};

const writeStep = async (context: DutyContext, tx: Tx, place: Place, thread: Thread, step: { what: StepWhat; text: string; at: Instant; actor: Actor }): Promise<void> => {
  const type = thread.kind === 'serious' ? 'event' : 'fault';
  const line = (language: keyof Sentence): string => `${thread.what} · ${stepWords[step.what][language]}${step.text === '' ? '' : language === 'zh' ? `：${step.text}` : `: ${step.text}`}`;
  for (const text of selfWritten.find(() => [{ zh: line('zh'), en: line('en') }])) {
    await note(context, tx, place, { type, text, eventAt: step.at, actor: step.actor, source: step.actor.kind === 'person' ? 'person' : 'system', cameraId: thread.cameraId, subject: thread.threadId });
  }
};

/** Whom the opening concerns, by kind and grade; a hazard stands in the log and the handover. */
const opening = (thread: Thread): { kind: string } | null => {
  if (thread.kind === 'serious') return thread.grade === 'major' ? majorEvent : seriousEvent;
  if (thread.kind === 'hazard') return null;
  return thread.grade === 'A' ? graveFault : faultReported;
};

export const openThread = async (context: DutyContext, tx: Tx, place: Place, actor: Actor, form: NewThread): Promise<string> => {
  const at = context.clock.now();
  const happenedAt = eventTime(context, form.happenedAt);
  await requireCamera(context, tx, place.roomId, form.cameraId);
  const threadId = newId(form.kind === 'serious' ? 'sev' : 'flt', context.clock);
  const { kind, grade, what, text } = form;
  const thread: Thread = { threadId, ...place, kind, grade, what, cameraId: form.cameraId ?? null, happenedAt, openedAt: at, openedBy: actor.id };
  await insertThread(tx, thread);
  await insertStep(tx, { threadId, what: 'opened', at, by: actor.id, text });
  await context.ledger.append(tx, { event: events.threadOpened, ...place, actor, subject: threadId, body: { threadId, kind, grade, what, text, happenedAt, cameraId: thread.cameraId }, at });
  await writeStep(context, tx, place, thread, { what: 'opened', text, at: happenedAt, actor });
  const told = opening(thread);
  if (told !== null) await context.notices.send(tx, { kind: told.kind, ...place, subject: threadId, body: { what, text }, at: happenedAt, by: actor });
  return threadId;
};

export const openByPerson = (context: DutyContext, tx: Tx, caller: Caller, form: NewThread): Promise<string> => {
  requireWords(form.text);
  return openThread(context, tx, { siteId: caller.siteId, roomId: caller.roomId }, actorOf(caller), form);
};

/** A serious event goes opened → handled → reported → closed; notes at any time. Faults are noted and closed. */
const requireOrder = (thread: Thread, done: ReadonlySet<StepWhat>, what: StepWhat): void => {
  if (done.has('closed')) throw refuse('thread_closed');
  if (thread.kind !== 'serious') return;
  if ((what === 'reported' || what === 'closed') && !done.has('handled')) throw refuse('not_handled');
  if (what === 'closed' && !done.has('reported')) throw refuse('not_reported');
};

export const addStep = async (context: DutyContext, tx: Tx, caller: Caller, threadId: string, form: { what: 'noted' | 'handled' | 'reported' | 'closed'; text: string }): Promise<void> => {
  requireWords(form.text);
  const { siteId, roomId, personId } = caller;
  const place = { siteId, roomId };
  const thread = await lockThread(tx, roomId, threadId);
  if (thread === null) throw refuse('thread_unknown');
  const { what, text } = form;
  requireOrder(thread, new Set((await stepsOf(tx, [threadId])).map((step) => step.what)), what);
  if (what === 'closed' && thread.kind === 'fault') await context.mayCloseFault(tx, place, thread.cameraId);
  const at = context.clock.now();
  // Handled a second time is a note: the limit of the report counts from the first.
  const fresh = await insertStep(tx, { threadId, what, at, by: personId, text });
  if (!fresh) await insertStep(tx, { threadId, what: 'noted', at, by: personId, text });
  const { kind, grade } = thread;
  await context.ledger.append(tx, { event: events.threadStep, ...place, actor: actorOf(caller), subject: threadId, body: { threadId, kind, grade, what: thread.what, step: fresh ? what : 'noted', text }, at });
  await writeStep(context, tx, place, thread, { what: fresh ? what : 'noted', text, at, actor: actorOf(caller) });
  const told = what === 'closed' && kind === 'fault' ? faultClosed : what === 'reported' && kind === 'serious' ? resultReported : null;
  if (told !== null) await context.notices.send(tx, { kind: told.kind, ...place, subject: threadId, body: { what: thread.what, text }, at, by: actorOf(caller) });
};

/** Once for each event, whatever the clock does: the step stands once in the table. */
export const sweepReports = async (context: DutyContext): Promise<number> => {
  const { database, clock, ledger } = context;
  const place = await context.place(database.db);
  if (place === null) return 0;
  const now = clock.now();
  const limitMs = (await context.number(database.db, place, 'final_report_within_minutes', now)) * minuteMs;
  const late = reportAfterHandling.find(() => [limitMs]).length === 0 ? [] : await unreportedSince(database.db, now - limitMs);
  for (const thread of late) {
    await database.transaction(async (tx) => {
      await lockThread(tx, thread.roomId, thread.threadId);
      const done = new Set((await stepsOf(tx, [thread.threadId])).map((step) => step.what));
      if (done.has('reported') || done.has('closed') || !(await insertStep(tx, { threadId: thread.threadId, what: 'overdue', at: now, by: serverActor.id, text: '' }))) return;
      const { threadId, kind, grade, what, siteId, roomId } = thread;
      await ledger.append(tx, { event: events.threadStep, siteId, roomId, actor: serverActor, subject: threadId, body: { threadId, kind, grade, what, step: 'overdue', text: '' }, at: now });
      await writeStep(context, tx, { siteId, roomId }, thread, { what: 'overdue', text: '', at: now, actor: serverActor });
      await context.notices.send(tx, { kind: reportOverdue.kind, siteId, roomId, subject: threadId, body: { what, text: '' } });
    });
  }
  return late.length;
};
