/** Waivers: asked for here, decided by approval, written down in the transaction of the last signature. */
import { actorOf, type Caller } from '../../identity/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { aboutOf, appendAbout, processActor, type ObligationsContext } from '../context.ts';
import { wasWaived, waiverAsked } from '../events.ts';
import { endWaiverRequest, insertWaiverRequest, waiverRequestsOf } from '../evidence-store.ts';
import { mayWaive } from '../obligation.ts';
import { obligationRefusals as refuse } from '../refusals.ts';
import { changeObligation, clearDeadlines, lockObligation } from '../store.ts';
import { placeOf } from '../place.ts';

export const askForWaiver = (context: ObligationsContext, caller: Caller, obligationId: string, reason: string, orderId: string | null): Promise<string> =>
  context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const one = await lockObligation(tx, obligationId);
    if (one === null || one.roomId !== caller.roomId) throw refuse('unknown');
    const asked = (await waiverRequestsOf(tx, [obligationId])).some(({ open }) => open);
    const refusal = mayWaive(one, asked);
    if (refusal !== null) throw refusal;
    const { timeZone } = await placeOf(context, tx, one.roomId);
    const approvalId = await context.askWaiver(tx, { caller, subject: obligationId, body: { obligationId, title: one.title, from: one.from, until: one.until, timeZone }, reason, orderId });
    await insertWaiverRequest(tx, { obligationId, approvalId, at: now, by: caller.personId });
    await appendAbout(context, tx, one, { event: waiverAsked, actor: actorOf(caller), at: now, body: { ...aboutOf(one), name: caller.name, reason, approvalId } });
    return approvalId;
  });

/** The waiver was granted. What was done or missed meanwhile stays as it is: a grant undoes nothing. */
export const grantWaiver = async (context: ObligationsContext, tx: Tx, granted: { obligationId: string; approvalId: string; reason: string }): Promise<boolean> => {
  const now = context.clock.now();
  const one = await lockObligation(tx, granted.obligationId);
  await endWaiverRequest(tx, granted.approvalId, now);
  if (one === null || mayWaive(one, false) !== null) return false;
  await changeObligation(tx, one, { state: 'waived', late: one.late }, { at: now, recordedAt: now, by: 'server', reason: granted.reason, reference: granted.approvalId });
  await clearDeadlines(tx, one.obligationId, now);
  await appendAbout(context, tx, one, { event: wasWaived, actor: processActor, at: now, body: { ...aboutOf(one), approvalId: granted.approvalId, reason: granted.reason } });
  return true;
};

export const endWaiver = (context: ObligationsContext, tx: Tx, approvalId: string): Promise<void> => endWaiverRequest(tx, approvalId, context.clock.now());
