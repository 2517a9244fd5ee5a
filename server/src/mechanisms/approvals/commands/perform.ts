/** Carries an act out: lock, decide, save, facts, and what the kind and the people must hear; one transaction. */
import { act as fact, serverActor, type Act as LedgerAct } from '../../ledger/index.ts';
import { actorOf, type Caller } from '../../identity/index.ts';
import type { Sentence } from '../../../base/refusal.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import type { Role } from '../../../../../contract/identity.ts';
import { actWords, type ApprovalCase, type People } from '../case.ts';
import { apply, type Change } from '../change.ts';
import type { ApprovalsContext } from '../context.ts';
import { deputations } from '../deputy-store.ts';
import { actsForAt } from '../deputies.ts';
import { factsOf } from '../facts.ts';
import type { AnyApprovalKind, AskedAbout, EndedApproval } from '../kind.ts';
import { decide } from '../lifecycle.ts';
import { lockCase } from '../load.ts';
import { isRefusal, nothing, type Act, type Context } from '../outcome.ts';
import { approvalsRefusals } from '../refusals.ts';
import { saveChange } from '../save.ts';
import { settleOrder } from './settle-order.ts';

/** Who assigns somebody to a place that nobody can fill. */
const assigners: readonly Role[] = ['system_administrator'];

/** Everybody whom a decision about this request may ask after. */
const involved = (one: ApprovalCase, more: readonly string[]): string[] => [
  ...new Set([one.applicantId, ...(one.executorId === null ? [] : [one.executorId]), ...one.seats.map((seat) => seat.personId), ...one.steps.flatMap((step) => step.people),
    ...one.signatures.flatMap((signature) => [signature.personId, ...(signature.onBehalfOf === null ? [] : [signature.onBehalfOf])]), ...(one.lastMove === null ? [] : [one.lastMove.actorId]), ...more]),
];

export const peopleOf = async (context: ApprovalsContext, tx: Tx | ApprovalsContext['database']['db'], one: ApprovalCase, more: readonly string[], now: number): Promise<People> =>
  new Map((await context.people.peopleStanding(tx, one, involved(one, more), now)).map((person) => [person.personId, person]));

/** A grant begun now ends as its kind says; one that is still to be used also by what the room allows at most. */
const grantEnd = (kind: AnyApprovalKind | undefined, asked: unknown, at: number, grantMs: number): number | null => {
  const body = kind?.body.safeParse(asked);
  if (kind === undefined || body?.success !== true) return null;
  const own = kind.validUntil?.(body.data, at) ?? (kind.validMs === null ? null : at + kind.validMs);
  return kind.inForceAtOnce === true ? own : Math.min(own ?? Infinity, at + grantMs);
};

export const circumstances = async (context: ApprovalsContext, db: ApprovalsContext['database']['db'], one: ApprovalCase, personId: string | null, more: readonly string[] = []): Promise<Context> => {
  const at = context.clock.now();
  const kind = context.kindOf(one.kind);
  const people = await peopleOf(context, db, one, personId === null ? more : [personId, ...more], at);
  const actsFor = personId === null ? [] : actsForAt(await deputations(db, at), personId, at);
  const limits = await context.limits(db, one, at);
  return { at, people, actsFor, validUntil: grantEnd(kind, one.body, at, limits.grantMs), inForceAtOnce: kind?.inForceAtOnce === true, limits };
};

const endings = ['rejected', 'withdrawn', 'expired', 'revoked', 'lapsed', 'closed'] as const;

const tellKind = async (tx: Tx, kind: AnyApprovalKind | undefined, one: ApprovalCase, change: Change): Promise<void> => {
  if (kind === undefined) return;
  const after = apply(one, change);
  const { approvalId, siteId, roomId, subject, applicantId, executorId, reason, clauses } = after;
  const about = { approvalId, siteId, roomId, subject, applicantId, executorId, reason, clauses, at: change.at, body: kind.body.parse(after.body) };
  const { state } = change;
  if (change.signature !== null && (state.name === 'approved' || state.name === 'in_use')) {
    await kind.approved(tx, { ...about, state: 'approved', signers: state.consent.signers, validUntil: state.validUntil });
    return;
  }
  const ended: EndedApproval<unknown>['state'] | undefined = endings.find((name) => name === state.name);
  if (ended !== undefined) await kind.ended?.(tx, { ...about, state: ended });
};

/** Who must hear of it: those the act names, and who is called when a step is late or empty. */
const hearers = async (context: ApprovalsContext, tx: Tx, one: ApprovalCase, change: Change): Promise<string[]> => {
  const { state } = change;
  const newlyEscalated = state.name === 'pending' && state.escalated !== null && (one.state.name !== 'pending' || one.state.escalated !== state.escalated || one.step !== change.step);
  if (!newlyEscalated && change.move.act !== 'escalated') return [...new Set(change.tell)];
  const vacant = state.name === 'pending' && state.escalated === 'vacant';
  const roles = vacant ? assigners : (await context.limits(tx, one, change.at)).escalateTo;
  const called = roles.length === 0 ? [] : await context.people.peopleWithRoles(tx, one, roles, change.at);
  return [...new Set([...change.tell, ...called.map(({ personId }) => personId)])];
};

const sentenceOf = (one: ApprovalCase, title: Sentence, change: Change): Sentence => {
  const words = actWords[change.move.act];
  return { zh: `申请 ${one.number}（${title.zh}）：${words.zh}`, en: `Request ${one.number} (${title.en}): ${words.en}` };
};

/** Saves a change, a first submission apart, with everything that goes with it. */
export const carryOut = async (context: ApprovalsContext, tx: Tx, one: ApprovalCase, change: Change, caller: Caller | null): Promise<void> => {
  const kind = context.kindOf(one.kind);
  const title = kind?.title ?? { zh: one.kind, en: one.kind };
  const parsed = change.round === null || kind === undefined ? null : kind.body.parse(change.round.body);
  const summary = kind === undefined || parsed === null ? one.summary : await summaryOf(kind, tx, parsed, { siteId: one.siteId, roomId: one.roomId, at: change.at });
  const content = change.round === null ? null : { body: change.round.body, reason: change.round.reason, attachments: change.round.attachments, clauses: one.clauses, summary };
  await saveChange(tx, one, change, content);
  await tellKind(tx, kind, one, change);
  await settleOrder(context, tx, one, change, title);
  const to = await hearers(context, tx, one, change);
  if (to.length > 0) await context.remind(tx, { approvalId: one.approvalId, siteId: one.siteId, roomId: one.roomId, to, sentence: sentenceOf(one, title, change), at: change.at });
  const told = content === null ? one : { ...one, summary: content.summary };
  const facts: LedgerAct[] = factsOf({ one: told, change, title, actor: caller === null ? serverActor : actorOf(caller), to }).map(fact);
  if (facts.length > 0) await context.ledger.appendMany(tx, facts);
  await context.tellScreens(tx, 'approvals.requests');
};

/** What is asked for in one sentence, with the names that only the database knows where the kind needs them. */
export const summaryOf = async (kind: AnyApprovalKind, db: ApprovalsContext['database']['db'], body: unknown, about: AskedAbout): Promise<Sentence> => (await kind.summaryNow?.(db, body, about)) ?? kind.summary(body);

export const requireCase = async (tx: Tx, approvalId: string): Promise<ApprovalCase> => {
  const one = await lockCase(tx, approvalId);
  if (one === null) throw approvalsRefusals('unknown');
  return one;
};

/** `caller` null: time acts. Answers the request after the act; null when there was nothing to do. */
export const perform = async (context: ApprovalsContext, tx: Tx, caller: Caller | null, one: ApprovalCase, act: Act): Promise<ApprovalCase | null> => {
  const more = 'to' in act ? [act.to] : [];
  const outcome = decide(one, act, await circumstances(context, tx, one, caller?.personId ?? null, more));
  if (outcome === nothing) return null;
  if (isRefusal(outcome)) throw outcome;
  await carryOut(context, tx, one, outcome, caller);
  return apply(one, outcome);
};
