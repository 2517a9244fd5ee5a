/** What a person did elsewhere and an obligation waited for: the form is handed in by the part where it was done, under that person's name. */
import type { Instant } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import { dayMs } from '../../../base/units.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { actorOf, type Caller } from '../../identity/index.ts';
import { aboutOf, appendAbout, type ObligationsContext } from '../context.ts';
import { windowsAt } from '../calendar.ts';
import { formSubmitted } from '../events.ts';
import { findForm, insertSubmission, submissionsOf } from '../evidence-store.ts';
import { submissionDigest } from '../form.ts';
import { isLate, type Answers } from '../obligation.ts';
import { calendarFor } from '../planning.ts';
import { changeObligation, clearDeadlines, columns, obligationOf, tables } from '../store.ts';
import { placeOf } from '../place.ts';

export interface Fulfilment {
  kind: string;
  subject: string;
  eventKey: string;
  answers: Answers;
}

/** False when nothing waits under that key any more: missed, waived, or done before. */
export const fulfil = async (context: ObligationsContext, tx: Tx, caller: Caller, done: Fulfilment): Promise<boolean> => {
  const row = await tables(tx).selectFrom('obligations.obligations').select(columns).where('room_id', '=', caller.roomId).where('kind', '=', done.kind).where('subject', '=', done.subject).where('window_key', '=', done.eventKey).forUpdate().executeTakeFirst();
  const one = row === undefined ? null : obligationOf(row);
  if (one === null || (one.state !== 'available' && one.state !== 'overdue')) return false;
  const known = await findForm(tx, one.form, one.formVersion);
  if (known === null) throw new Error(`form ${one.form} of ${one.obligationId} is not known`);
  const now = context.clock.now();
  const late = isLate(one, now);
  const lateMs = late ? Math.max(0, now - one.until) : 0;
  const submissionId = newId('osub', context.clock);
  const number = (await submissionsOf(tx, [one.obligationId])).length + 1;
  const reason = late ? '逾期办理' : '';
  const digest = submissionDigest({ obligationId: one.obligationId, formDigest: known.digest, answers: done.answers, lateReason: reason, personId: caller.personId, at: now });
  await insertSubmission(tx, { submissionId, obligationId: one.obligationId, number, at: now, by: caller.personId, late, reason, answers: done.answers, digest });
  await changeObligation(tx, one, { state: 'submitted', late }, { at: now, recordedAt: now, by: caller.personId, reason, reference: submissionId });
  await clearDeadlines(tx, one.obligationId, now);
  await appendAbout(context, tx, one, {
    event: formSubmitted, actor: actorOf(caller), at: now,
    body: {
      ...aboutOf(one), submissionId, number, name: caller.name, form: one.form, formVersion: one.formVersion, formDigest: known.digest, digest, timing: late ? 'late' : 'in_time', lateMs, lateDays: Math.ceil(lateMs / dayMs), reason,
      photos: [], findings: [], found: 0,
    },
  });
  return true;
};

/** End of the shift in which the instant lies; null: the room's shifts do not cover it. */
export const shiftEnd = async (context: ObligationsContext, tx: Tx, place: { siteId: string; roomId: string }, at: Instant): Promise<Instant | null> => {
  const rules = await context.rules(tx, place, at);
  const calendar = await calendarFor(tx, await placeOf(context, tx, place.roomId), rules);
  const ends = windowsAt({ every: 'shift' }, calendar, at).map(({ until }) => until);
  return ends.length === 0 ? null : Math.min(...ends);
};
