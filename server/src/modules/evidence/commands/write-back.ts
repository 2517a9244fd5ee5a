/** What came of it: written by the operator, told to the applicant and the department's leader, reviewed and closed by another. */
import type { writeResult as form } from '../../../../../contract/evidence.ts';
import type { z } from 'zod';
import { questions as approvalsNow } from '../../../mechanisms/approvals/index.ts';
import { actorOf, questions as people, type Caller } from '../../../mechanisms/identity/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { aboutOf, type EvidenceContext } from '../context.ts';
import { resultDelivered } from '../controls.ts';
import { stateOf } from '../copies/copy.ts';
import { packagesOf } from '../copies/copy-store.ts';
import { evidenceRefusals as refuse } from '../errors.ts';
import { events } from '../events.ts';
import { requestMoved, resultTold } from '../notices.ts';
import { mayClose, mayWithdraw, mayWrite, type FootageRequest } from '../request.ts';
import { insertStep, saveState } from '../store.ts';
import { insertResult, resultsOf, viewingsOf } from '../viewing-store.ts';
import { outcomeWords } from '../words.ts';
import { requireRequest, stopViewing } from './look.ts';

type Written = z.output<typeof form.body>;

/** Whom the rules name: the leader of the department that asked, or that of the room's own. */
const receivers = async (context: EvidenceContext, tx: Tx, one: FootageRequest): Promise<string[]> => {
  const now = context.clock.now();
  const rules = await context.rules(tx, one, now);
  const own = rules.text('view_result_receiver') === 'own_leader';
  if (!own && one.leaderId !== null) return [one.leaderId];
  return (await people.peopleWithRoles(tx, one, [own ? 'security_department' : 'leader'], now)).map(({ personId }) => personId);
};

const deliver = async (context: EvidenceContext, tx: Tx, one: FootageRequest, caller: Caller, written: Written): Promise<void> => {
  const { siteId, roomId, requestId, number } = one;
  const words = outcomeWords(written.outcome ?? '');
  const send = { siteId, roomId, subject: requestId, body: { number, ...words }, at: context.clock.now(), by: actorOf(caller) };
  // One sending each: the answer of one leader is not that of another.
  const leaders = await receivers(context, tx, one);
  for (const personId of resultDelivered.find(() => leaders)) await context.notices().send(tx, { ...send, kind: resultTold.kind, to: { personIds: [personId] } });
  await context.notices().send(tx, { ...send, kind: requestMoved.kind, to: { personIds: [one.applicantId] } });
};

export const writeResult = async (context: EvidenceContext, tx: Tx, caller: Caller, requestId: string, written: Written): Promise<void> => {
  const one = await requireRequest(tx, caller.roomId, requestId);
  const viewings = await viewingsOf(tx, [requestId]);
  const refusal = mayWrite(one, viewings.length > 0);
  if (refusal !== null) throw refusal;
  const { siteId, roomId, personId, name } = caller;
  const { outcome, remark, from, until } = written;
  const field = (path: string, code: 'result_needed' | 'times_wrong') => refuse(code, {}, { fields: [{ path, ...refuse(code).sentence }] });
  if (outcome === null || remark === '') throw field(outcome === null ? 'outcome' : 'remark', 'result_needed');
  const now = context.clock.now();
  if (until < from || until > now || from < one.submittedAt) throw field(until < from || until > now ? 'until' : 'from', 'times_wrong');
  for (const viewing of viewings) if (viewing.endedAt === null) await stopViewing(context, tx, one, viewing, { actor: actorOf(caller) });
  const number = (await resultsOf(tx, [requestId])).length + 1;
  const late = number === 1 && one.writeBackBy !== null && now > one.writeBackBy;
  await insertResult(tx, { requestId, number, outcome, from, until, remark, at: now, by: personId, late });
  const act = number === 1 ? 'written' : 'added';
  await saveState(tx, one, { state: 'recorded' }, now);
  await insertStep(tx, { requestId, act, state: 'recorded', at: now, by: personId, note: remark });
  await context.ledger.append(tx, {
    event: events.resultWritten, siteId, roomId, actor: actorOf(caller), subject: requestId, at: now, clauses: one.clauses,
    body: { ...aboutOf(one), name, outcome, from, until, remark, timing: late ? 'late' : 'in_time', part: number, cameras: [...one.cameras] },
  });
  if (number === 1) {
    await context.writeBack.done(tx, { caller, number: one.number, requestId, outcome, remark });
    const approval = await approvalsNow.get(tx, one.approvalId);
    if (approval?.state.name === 'in_use') await context.approvals().finish(tx, caller, one.approvalId, `${outcomeWords(outcome).zh}：${remark}`);
  }
  await deliver(context, tx, one, caller, written);
  await context.tellScreens(tx, 'evidence.requests');
};

export const closeRequest = async (context: EvidenceContext, tx: Tx, caller: Caller, requestId: string, remark: string): Promise<void> => {
  const one = await requireRequest(tx, caller.roomId, requestId);
  const { siteId, roomId, personId, name } = caller;
  const writtenBy = (await resultsOf(tx, [requestId])).at(-1)?.by ?? null;
  const refusal = mayClose(one, personId, writtenBy);
  if (refusal !== null) throw refusal;
  const lying = (await packagesOf(tx, requestId)).filter((pack) => stateOf(pack) === 'making' || stateOf(pack) === 'ready');
  if (lying.length > 0) throw refuse('copies_left', { number: one.number, copies: lying.map((pack) => pack.number).join('、') });
  const now = context.clock.now();
  await saveState(tx, one, { state: 'closed' }, now);
  await insertStep(tx, { requestId, act: 'closed', state: 'closed', at: now, by: personId, note: remark });
  await context.ledger.append(tx, { event: events.requestClosed, siteId, roomId, actor: actorOf(caller), subject: requestId, at: now, clauses: one.clauses, body: { ...aboutOf(one), name, remark } });
  await context.tellScreens(tx, 'evidence.requests');
};

/** The approval ends with it; its kind brings the request to its end. */
export const withdrawRequest = async (context: EvidenceContext, tx: Tx, caller: Caller, requestId: string, reason: string): Promise<void> => {
  const one = await requireRequest(tx, caller.roomId, requestId);
  const refusal = mayWithdraw(one, caller.personId);
  if (refusal !== null) throw refusal;
  await context.approvals().withdraw(tx, caller, one.approvalId, reason);
};
