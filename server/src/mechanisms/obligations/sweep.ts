/**
 * Fires the deadlines that have come: windows open, become overdue, are missed. Runs at the start and by a job. Each fires once, whatever the
 * clock does, and says how late it was noticed when the server had been down.
 */
import { minuteMs } from '../../base/units.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import { aboutOf, appendAbout, processActor, type ObligationsContext } from './context.ts';
import { becameOverdue, wasMissed, windowOpened } from './events.ts';
import { fireDeadline, type Obligation, type Step } from './obligation.ts';
import { changeObligation, clearDeadlines, dueDeadlines, lockObligation, noteFired, type DueDeadline } from './store.ts';

/** The sweeper comes by several times a minute: what is noticed later than this was noticed late. */
const noticedInTimeMs = 2 * minuteMs;
const atOnce = 100;

const record = async (context: ObligationsContext, tx: Tx, one: Obligation, step: Step, deadline: DueDeadline, now: number): Promise<void> => {
  const lateMs = now - deadline.dueAt;
  const firedLateMs = lateMs > noticedInTimeMs ? lateMs : null;
  const fired = { firedLateMs, fired: firedLateMs === null ? ('in_time' as const) : ('late' as const) };
  await changeObligation(tx, one, step, { at: deadline.dueAt, recordedAt: now, by: 'server', firedLateMs });
  const about = aboutOf(one);
  const common = { actor: processActor, at: deadline.dueAt };
  const escalateTo = context.kinds.get(one.kind)?.escalateTo ?? [];
  if (step.state === 'available') {
    await appendAbout(context, tx, one, { ...common, event: windowOpened, body: { ...about, ...fired } });
    // What is over by now is told once, as overdue or missed.
    if (now < one.until) await context.tell(tx, { what: 'opened', obligation: one, roles: one.assignees, at: now });
  }
  if (step.state === 'overdue') {
    await appendAbout(context, tx, one, { ...common, event: becameOverdue, body: { ...about, ...fired, graceUntil: one.graceUntil } });
    if (now < one.graceUntil) await context.tell(tx, { what: 'overdue', obligation: one, roles: [...new Set([...one.assignees, ...escalateTo])], at: now });
  }
  if (step.state === 'missed') {
    await appendAbout(context, tx, one, { ...common, event: wasMissed, body: { ...about, ...fired } });
    await clearDeadlines(tx, one.obligationId, now);
    await context.tell(tx, { what: 'missed', obligation: one, roles: [...new Set([...one.assignees, ...escalateTo, ...one.reviewers])], at: now });
  }
};

const fire = async (context: ObligationsContext, tx: Tx, deadline: DueDeadline, now: number): Promise<void> => {
  const one = await lockObligation(tx, deadline.obligationId);
  if (one === null) throw new Error(`deadline of the unknown obligation ${deadline.obligationId}`);
  if (!(await noteFired(tx, deadline, now))) return;
  const step = fireDeadline(one, deadline.what);
  if (step === null) return;
  // That something was not done is what the control of its kind finds.
  const control = context.kinds.get(one.kind)?.control;
  const found = step.state === 'available' || control === undefined ? [step] : control.find(() => [step]);
  for (const each of found) await record(context, tx, one, each, deadline, now);
};

/** Answers how many deadlines had come. One transaction each: nobody at a form waits for all of them. */
export const sweepDeadlines = async (context: ObligationsContext): Promise<number> => {
  const { clock, database } = context;
  let fired = 0;
  for (;;) {
    const due = await dueDeadlines(database.db, clock.now(), atOnce);
    for (const deadline of due) await database.transaction((tx) => fire(context, tx, deadline, clock.now()));
    fired += due.length;
    if (due.length < atOnce) return fired;
  }
};
