/** The room looks at what was approved: a viewing begins under a grant and ends with it. */
import { newId } from '../../../base/ids.ts';
import { hourMs } from '../../../base/units.ts';
import { questions as approvalsNow } from '../../../mechanisms/approvals/index.ts';
import { actorOf, questions as people, type Caller } from '../../../mechanisms/identity/index.ts';
import { serverActor, type Actor } from '../../../mechanisms/ledger/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { aboutOf, type EvidenceContext } from '../context.ts';
import { evidenceRefusals as refuse } from '../errors.ts';
import { events } from '../events.ts';
import { mayBegin, type FootageRequest } from '../request.ts';
import { insertStep, lockRequest, saveState } from '../store.ts';
import { endViewing, insertViewing, viewingOfGrant, viewingsOf, type Viewing } from '../viewing-store.ts';

export const requireRequest = async (tx: Tx, roomId: string, requestId: string): Promise<FootageRequest> => {
  const one = await lockRequest(tx, requestId);
  if (one === null || one.roomId !== roomId) throw refuse('request_unknown');
  return one;
};

/** Whoever plays: the operator where the room looks, the applicant too where they stand by, the applicant alone elsewhere. */
const playersOf = (one: FootageRequest, operatorId: string): string[] => (one.mode === 'monitor_views' ? [operatorId] : one.mode === 'remote' ? [one.applicantId] : [operatorId, one.applicantId]);

const giveGrant = async (context: EvidenceContext, tx: Tx, caller: Caller, one: FootageRequest): Promise<string | null> => {
  if (context.grants === null) return null;
  const now = context.clock.now();
  const rules = await context.rules(tx, one, now);
  const post = (await people.postHolders(tx, one.roomId, now)).find(({ personId }) => personId === caller.personId);
  const place = one.mode === 'remote' || post === undefined ? ('anywhere' as const) : { postId: post.postId };
  const { requestId, approvalId, siteId, roomId, cameraIds, from, until, mode } = one;
  const validUntil = Math.min(one.validUntil ?? Infinity, now + rules.number('footage_session_hours') * hourMs);
  return context.grants.give(tx, { requestId, approvalId, siteId, roomId, personIds: playersOf(one, caller.personId), cameraIds, from, until, place, validFrom: now, validUntil, mode, actor: actorOf(caller) });
};

export const beginViewing = async (context: EvidenceContext, tx: Tx, caller: Caller, requestId: string, witness: string): Promise<{ viewingId: string; grantId: string | null }> => {
  const one = await requireRequest(tx, caller.roomId, requestId);
  const { siteId, roomId, personId, name } = caller;
  const now = context.clock.now();
  const approval = await approvalsNow.get(tx, one.approvalId);
  const agreed = approval !== null && 'consent' in approval.state ? approval.state.consent.signers.flatMap((signer) => [signer.personId, ...(signer.onBehalfOf === null ? [] : [signer.onBehalfOf])]) : [];
  const isOpen = (await viewingsOf(tx, [requestId])).some(({ endedAt }) => endedAt === null);
  const refusal = mayBegin(one, personId, now, agreed, isOpen);
  if (refusal !== null) throw refusal;
  if (approval?.state.name === 'approved') await context.approvals().use(tx, caller, one.approvalId);
  const grantId = await giveGrant(context, tx, caller, one);
  const writeBackBy = one.writeBackBy ?? (await context.writeBack.shiftEnd(tx, caller, now));
  const viewingId = newId('vwg', context.clock);
  await insertViewing(tx, { viewingId, requestId, operatorId: personId, mode: one.mode, witness, grantId, begunAt: now });
  await saveState(tx, one, { state: 'viewing', operatorId: personId, writeBackBy }, now);
  await insertStep(tx, { requestId, act: 'begun', state: 'viewing', at: now, by: personId, note: witness });
  if (one.writeBackBy === null) await context.writeBack.open(tx, { siteId, roomId, number: one.number, requestId, at: now, until: writeBackBy });
  await context.ledger.append(tx, { event: events.viewingBegun, siteId, roomId, actor: actorOf(caller), subject: requestId, at: now, clauses: one.clauses, body: { ...aboutOf(one), viewingId, name, witness, mode: one.mode, grantId, writeBackBy } });
  await context.tellScreens(tx, 'evidence.requests');
  return { viewingId, grantId };
};

/** Ends an open viewing and its grant; the state of the request is for the caller to change. */
export const stopViewing = async (context: EvidenceContext, tx: Tx, one: FootageRequest, viewing: Viewing, end: { actor: Actor; revoked?: string }): Promise<void> => {
  const { siteId, roomId, requestId } = one;
  const now = context.clock.now();
  const { actor, revoked } = end;
  const by = actor.kind === 'person' ? actor.id : 'server';
  await endViewing(tx, viewing.viewingId, { at: now, by });
  if (viewing.grantId !== null) await (revoked === undefined ? context.grants?.finish(tx, { grantId: viewing.grantId, actor }) : context.grants?.revoke(tx, { grantId: viewing.grantId, reason: revoked, actor }));
  await insertStep(tx, { requestId, act: 'ended', state: one.state, at: now, by, note: '' });
  await context.ledger.append(tx, { event: events.viewingEnded, siteId, roomId, actor, subject: requestId, at: now, body: { ...aboutOf(one), viewingId: viewing.viewingId } });
};

export const endLooking = async (context: EvidenceContext, tx: Tx, caller: Caller, requestId: string): Promise<void> => {
  const one = await requireRequest(tx, caller.roomId, requestId);
  const open = (await viewingsOf(tx, [requestId])).find(({ endedAt }) => endedAt === null);
  if (open === undefined) throw refuse('not_open', { number: one.number });
  await stopViewing(context, tx, one, open, { actor: actorOf(caller) });
  await context.tellScreens(tx, 'evidence.requests');
};

/** The grant ended by itself, by time or by another's hand: so did the viewing. */
export const grantEnded = async (context: EvidenceContext, tx: Tx, grantId: string): Promise<void> => {
  const viewing = await viewingOfGrant(tx, grantId);
  if (viewing === null || viewing.endedAt !== null) return;
  const one = await lockRequest(tx, viewing.requestId);
  if (one === null) return;
  await stopViewing(context, tx, one, { ...viewing, grantId: null }, { actor: serverActor });
  await context.tellScreens(tx, 'evidence.requests');
};
