/** Hands in an evidence form. Of two people at the same form the second hears who was first; what is late says why and stays late. */
import type { z } from 'zod';
import type { submitObligation } from '../../../../../contract/obligations.ts';
import type { Instant } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import { dayMs } from '../../../base/units.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { actorOf, questions as people, requireStepUp, type Caller } from '../../identity/index.ts';
import { aboutOf, appendAbout, type ObligationsContext } from '../context.ts';
import { nothingBlank, ownKindOnly } from '../controls.ts';
import { formSubmitted } from '../events.ts';
import { findForm, insertFindings, insertSubmission, photosOf, submissionsOf, type Finding } from '../evidence-store.ts';
import { checkAnswers, photosIn, submissionDigest, type Checked } from '../form.ts';
import { isGone, isLate, maySubmit, type Obligation } from '../obligation.ts';
import { obligationRefusals as refuse } from '../refusals.ts';
import { changeObligation, clearDeadlines, lockObligation } from '../store.ts';
import { placeOf } from '../place.ts';
import { whenText } from '../when-text.ts';
import { chargeFound } from './charge-finding.ts';

export type SubmitForm = z.output<(typeof submitObligation)['body']>;

const refuseAnswers = ({ blank, wrong }: Checked): void => {
  if (wrong.length > 0) throw refuse('wrong_answers', { count: wrong.length }, { fields: wrong });
  nothingBlank.refuse(() =>
    blank.length === 0 ? null : refuse('blank', { count: blank.length, items: blank.map(({ zh }) => zh.split('：')[0]).join('、'), itemsEn: blank.map(({ en }) => en.split(':')[0]).join(', ') }, { fields: blank }),
  );
};

/** Who was first, and when, as people read it. */
const firstOf = async (context: ObligationsContext, tx: Tx, one: Obligation): Promise<{ name: string; at: string } | null> => {
  const last = (await submissionsOf(tx, [one.obligationId])).at(-1);
  if (last === undefined) return null;
  const names = await people.personNames(tx, [last.by]);
  return { name: names.get(last.by) ?? '', at: whenText(last.at, (await placeOf(context, tx, one.roomId)).timeZone) };
};

export const requireOpen = async (context: ObligationsContext, tx: Tx, caller: Caller, one: Obligation, now: Instant): Promise<void> => {
  const refusal = maySubmit(one, caller, await firstOf(context, tx, one));
  if (refusal?.code === 'obligations.not_assigned') {
    const denied = await context.deny(caller, one.kind, refusal.sentence);
    ownKindOnly.refuse(() => denied);
  } else if (refusal !== null) throw refusal;
  // The sweeper may be a moment behind the clock.
  if (isGone(one, now)) throw refuse('missed_for_ever');
};

const requirePhotos = async (tx: Tx, one: Obligation, answers: SubmitForm['answers']): Promise<void> => {
  const kept = new Set((await photosOf(tx, one.obligationId)).map(({ field, sha256 }) => `${field} ${sha256}`));
  if (photosIn(answers).some(({ field, sha256 }) => !kept.has(`${field} ${sha256}`))) throw refuse('photo_unknown');
};

export interface Submitted {
  submissionId: string;
  late: boolean;
  findings: number;
}

export const submit = (context: ObligationsContext, caller: Caller, obligationId: string, form: SubmitForm): Promise<Submitted> =>
  context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const one = await lockObligation(tx, obligationId);
    if (one === null || one.roomId !== caller.roomId) throw refuse('unknown');
    await requireOpen(context, tx, caller, one, now);
    const known = await findForm(tx, one.form, one.formVersion);
    if (known === null || known.digest !== form.formDigest) throw refuse('form_changed');
    const checked = checkAnswers(known.definition.fields.filter(({ key }) => one.fields.includes(key)), form.answers);
    refuseAnswers(checked);
    await requirePhotos(tx, one, form.answers);
    // Words and photos are right: only now is the person asked to prove themselves.
    if (context.kinds.get(one.kind)?.stepUp === true) requireStepUp(caller, now);
    const late = isLate(one, now);
    if (late && form.lateReason === '' && one.state !== 'returned') throw refuse('late_reason', {}, { fields: [{ path: 'lateReason', ...refuse('late_reason').sentence }] });

    const lateMs = late ? Math.max(0, now - one.until) : 0;
    const submissionId = newId('osub', context.clock);
    const number = (await submissionsOf(tx, [obligationId])).length + 1;
    const digest = submissionDigest({ obligationId, formDigest: known.digest, answers: form.answers, lateReason: form.lateReason, personId: caller.personId, at: now });
    await insertSubmission(tx, { submissionId, obligationId, number, at: now, by: caller.personId, late, reason: form.lateReason, answers: form.answers, digest });
    const findings: Finding[] = checked.findings.map((found) => ({ ...found, findingId: newId('ofi', context.clock), submissionId, obligationId, roomId: one.roomId, at: now, by: caller.personId }));
    await insertFindings(tx, findings);
    await changeObligation(tx, one, { state: 'submitted', late }, { at: now, recordedAt: now, by: caller.personId, reason: form.lateReason, reference: submissionId });
    await clearDeadlines(tx, obligationId, now);
    await appendAbout(context, tx, one, {
      event: formSubmitted, actor: actorOf(caller), at: now,
      body: {
        ...aboutOf(one), submissionId, number, name: caller.name, form: one.form, formVersion: one.formVersion, formDigest: known.digest, digest, timing: late ? 'late' : 'in_time', lateMs, lateDays: Math.ceil(lateMs / dayMs),
        reason: form.lateReason, photos: photosIn(form.answers), findings: findings.map(({ findingId, field, what, note }) => ({ findingId, field, what, note })), found: findings.length,
      },
    });
    await chargeFound(context, tx, one, findings);
    return { submissionId, late, findings: findings.length };
  });
