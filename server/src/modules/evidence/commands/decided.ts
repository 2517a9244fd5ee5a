/** What approvals decided: the request is ready, or over; its hold is confirmed or let go; open viewings end with a revocation. */
import { dayMs } from '../../../base/units.ts';
import type { ApprovedApproval, EndedApproval } from '../../../mechanisms/approvals/index.ts';
import { serverActor } from '../../../mechanisms/ledger/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import type { RequestBody } from '../approvals.ts';
import { aboutOf, type EvidenceContext } from '../context.ts';
import { events } from '../events.ts';
import { requestMoved, requestReady } from '../notices.ts';
import { actWords, afterEnding, type FootageRequest } from '../request.ts';
import { insertStep, lockRequest, saveState } from '../store.ts';
import { viewingsOf } from '../viewing-store.ts';
import { stopViewing } from './look.ts';

const require = async (tx: Tx, requestId: string): Promise<FootageRequest> => {
  const one = await lockRequest(tx, requestId);
  if (one === null) throw new Error(`approval of the unknown request ${requestId}`);
  return one;
};

const tellApplicant = async (context: EvidenceContext, tx: Tx, one: FootageRequest, words: { zh: string; en: string }): Promise<void> => {
  await context.notices().send(tx, { kind: requestMoved.kind, siteId: one.siteId, roomId: one.roomId, subject: one.requestId, body: { number: one.number, ...words }, to: { personIds: [one.applicantId] }, at: context.clock.now() });
};

export const approvedRequest = async (context: EvidenceContext, tx: Tx, approval: ApprovedApproval<RequestBody>): Promise<void> => {
  const one = await require(tx, approval.body.requestId);
  if (one.state !== 'approving') return;
  const { siteId, roomId, requestId, number, type } = one;
  const { at, validUntil, approvalId } = approval;
  const by = approval.signers.at(-1)?.personId ?? one.applicantId;
  await saveState(tx, one, { state: 'ready', validUntil }, at);
  await insertStep(tx, { requestId, act: 'approved', state: 'ready', at, by, note: '' });
  const rules = await context.rules(tx, one, at);
  await context.holds?.confirm(tx, { requestId, reason: one.reason, ownerId: by, reviewAt: at + rules.number('hold_review_days') * dayMs, actor: serverActor });
  await context.ledger.append(tx, { event: events.requestApproved, siteId, roomId, actor: serverActor, subject: requestId, at, clauses: one.clauses, body: { ...aboutOf(one), approvalId, validUntil } });
  const what = type === 'view' ? { zh: `调阅 ${one.cameras.join('、')}`, en: `look at ${one.cameras.join(', ')}` } : { zh: `拷贝 ${one.cameras.join('、')}`, en: `copy ${one.cameras.join(', ')}` };
  await context.notices().send(tx, { kind: requestReady.kind, siteId, roomId, subject: requestId, body: { number, ...what }, at });
  await tellApplicant(context, tx, one, actWords.approved);
  await context.tellScreens(tx, 'evidence.requests');
};

export const endedRequest = async (context: EvidenceContext, tx: Tx, approval: EndedApproval<RequestBody>): Promise<void> => {
  // A request finishes its approval itself when the result is written.
  if (approval.state === 'closed') return;
  const one = await require(tx, approval.body.requestId);
  const how = approval.state;
  const state = afterEnding(one, how);
  if (state === null) return;
  const { siteId, roomId, requestId } = one;
  const { at } = approval;
  const open = (await viewingsOf(tx, [requestId])).filter(({ endedAt }) => endedAt === null);
  for (const viewing of open) await stopViewing(context, tx, one, viewing, { actor: serverActor, revoked: actWords.revoked.zh });
  await saveState(tx, one, { state }, at);
  await insertStep(tx, { requestId, act: how, state, at, by: how === 'withdrawn' ? one.applicantId : 'server', note: '' });
  await context.holds?.release(tx, { requestId, why: how, actor: serverActor });
  await context.ledger.append(tx, { event: events.requestEnded, siteId, roomId, actor: serverActor, subject: requestId, at, body: { ...aboutOf(one), how } });
  if (how !== 'withdrawn') await tellApplicant(context, tx, one, actWords[how]);
  await context.tellScreens(tx, 'evidence.requests');
};
