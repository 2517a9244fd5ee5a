/** Somebody else than the doer agrees to a submission, or returns it to be done again. */
import type { z } from 'zod';
import type { reviewObligation } from '../../../../../contract/obligations.ts';
import { hourMs } from '../../../base/units.ts';
import { actorOf, requireStepUp, type Caller } from '../../identity/index.ts';
import { aboutOf, appendAbout, type ObligationsContext } from '../context.ts';
import { doerIsNotReviewer } from '../controls.ts';
import { submissionReviewed } from '../events.ts';
import { insertReview, submissionsOf } from '../evidence-store.ts';
import { mayReview } from '../obligation.ts';
import { obligationRefusals as refuse } from '../refusals.ts';
import { changeObligation, lockObligation, setDeadlines } from '../store.ts';

export const review = (context: ObligationsContext, caller: Caller, obligationId: string, form: z.output<(typeof reviewObligation)['body']>): Promise<void> =>
  context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const one = await lockObligation(tx, obligationId);
    if (one === null || one.roomId !== caller.roomId) throw refuse('unknown');
    const last = (await submissionsOf(tx, [obligationId])).at(-1);
    const refusal = mayReview(one, caller, last?.by ?? null);
    if (refusal?.code === 'obligations.own_work') {
      const denied = await context.deny(caller, one.kind, refusal.sentence);
      doerIsNotReviewer.refuse(() => denied);
    } else if (refusal !== null) throw refusal;
    // What was looked at is what is agreed to.
    if (last === undefined || last.submissionId !== form.submissionId) throw refuse('reviewed_before');
    if (form.outcome === 'returned' && form.comment === '') throw refuse('return_needs_words', {}, { fields: [{ path: 'comment', ...refuse('return_needs_words').sentence }] });

    // Two persons stand for what such a form says: both prove who they are.
    if (context.kinds.get(one.kind)?.stepUp === true) requireStepUp(caller, now);
    await insertReview(tx, { submissionId: last.submissionId, at: now, by: caller.personId, outcome: form.outcome, comment: form.comment });
    const state = form.outcome === 'agreed' ? 'reviewed' : 'returned';
    await changeObligation(tx, one, { state, late: one.late }, { at: now, recordedAt: now, by: caller.personId, reason: form.comment, reference: last.submissionId });
    if (state === 'returned') {
      const rules = await context.rules(tx, one, now);
      const limit = now + rules.number('inspection_return_hours') * hourMs;
      await setDeadlines(tx, obligationId, [{ what: 'return_ends', dueAt: Math.max(limit, one.graceUntil) }]);
      await context.tell(tx, { what: 'returned', obligation: one, roles: one.assignees, at: now });
    }
    await appendAbout(context, tx, one, {
      event: submissionReviewed, actor: actorOf(caller), at: now, body: { ...aboutOf(one), submissionId: last.submissionId, digest: last.digest, name: caller.name, outcome: form.outcome, comment: form.comment },
    });
  });
