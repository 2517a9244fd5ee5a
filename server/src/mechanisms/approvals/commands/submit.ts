/** Somebody asks for something: the kind checks it, who must agree is laid down, and the first step begins. */
import type { z } from 'zod';
import { newId } from '../../../base/ids.ts';
import type { FieldFault } from '../../../base/refusal.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { actorOf, requireStepUp, type Caller } from '../../identity/index.ts';
import type { ApprovalCase, Attachment } from '../case.ts';
import type { ApprovalsContext } from '../context.ts';
import { stepDeadlines } from '../deadlines.ts';
import type { AnyApprovalKind, ApprovalContext } from '../kind.ts';
import { layDown } from '../lay.ts';
import { requireFiles } from './files.ts';
import { findCase } from '../load.ts';
import { decide } from '../lifecycle.ts';
import { isRefusal, nothing } from '../outcome.ts';
import { approvalsRefusals } from '../refusals.ts';
import { insertDeadlines, insertRequest } from '../save.ts';
import { askedSeats, isVacant } from '../seats.ts';
import { events } from '../events.ts';
import { fileUnder } from '../order-store.ts';
import { carryOut, circumstances, peopleOf, requireCase, summaryOf } from './perform.ts';

export interface Submission {
  kind: string;
  body: unknown;
  reason: string;
  applicant: Caller;
  /** Id of what it is about; the applicant where it is about them. */
  subject: string;
  /** Who shall carry it out, when that is another and named. */
  executorId?: string | null;
  /** Files that the applicant has put in. */
  attachments?: readonly Attachment[];
  /** The order by word of mouth whose papers this is. */
  orderId?: string | null;
}

const faultsOf = (error: z.ZodError): FieldFault[] => error.issues.map((issue) => ({ path: ['body', ...issue.path.map(String)].join('.'), zh: '请检查这一项。', en: issue.message }));

const parseBody = (kind: AnyApprovalKind, body: unknown): unknown => {
  const parsed = kind.body.safeParse(body);
  if (!parsed.success) throw approvalsRefusals('body_invalid', {}, { fields: faultsOf(parsed.error) });
  // As PostgreSQL and the signature will see it: JSON, without what JSON cannot say.
  return JSON.parse(JSON.stringify(parsed.data)) as unknown;
};

const requireKind = (context: ApprovalsContext, name: string): AnyApprovalKind => {
  const kind = context.kindOf(name);
  if (kind === undefined) throw approvalsRefusals('kind_unknown', { kind: name });
  return kind;
};

const begin = async (context: ApprovalsContext, tx: Tx, kind: AnyApprovalKind, body: unknown, applicant: Caller): Promise<ApprovalContext<unknown>> => {
  const { siteId, roomId, personId } = applicant;
  const asked = { db: tx, siteId, roomId, applicantId: personId, body: kind.body.parse(body), at: context.clock.now() };
  await kind.check?.(tx, asked);
  // The words are right: only now is the person asked to prove themselves.
  if ((await kind.proveToAsk?.(asked)) === true) requireStepUp(applicant, asked.at);
  return asked;
};

const announce = async (context: ApprovalsContext, tx: Tx, kind: AnyApprovalKind, one: ApprovalCase, applicant: Caller): Promise<void> => {
  const { approvalId, siteId, roomId, number, clauses } = one;
  const at = one.submittedAt;
  const vacant = one.state.name === 'pending' && one.state.escalated === 'vacant';
  const to = vacant ? (await context.people.peopleWithRoles(tx, one, ['system_administrator'], at)).map(({ personId }) => personId) : askedSeats(one).map(({ personId }) => personId);
  const { title } = kind;
  if (to.length > 0) await context.remind(tx, { approvalId, siteId, roomId, to, at, sentence: { zh: `申请 ${number}（${title.zh}）等待审批`, en: `Request ${number} (${title.en}) waits for a decision` } });
  const common = { siteId, roomId, actor: actorOf(applicant), subject: approvalId, at, clauses };
  const about = { number, kind: one.kind, title };
  await context.ledger.append(tx, { ...common, event: events.submitted, body: { ...about, summary: one.summary, reason: one.reason, round: one.round, protected: one.protected } });
  if (vacant) await context.ledger.append(tx, { ...common, event: events.escalated, body: { ...about, step: one.steps[0]?.title ?? title, why: 'vacant', to, lateMs: null } });
};

export const submit = async (context: ApprovalsContext, tx: Tx, submission: Submission): Promise<string> => {
  const { applicant, reason, subject, executorId = null, attachments = [], orderId = null } = submission;
  const kind = requireKind(context, submission.kind);
  const can = applicant.can(kind.submitVerb);
  if (can !== true) throw approvalsRefusals('may_not_ask', { zh: can.zh, en: can.en });
  if (reason.trim() === '') throw approvalsRefusals('reason_needed', {}, { fields: [{ path: 'reason', ...approvalsRefusals('reason_needed').sentence }] });
  const body = parseBody(kind, submission.body);
  if (executorId === applicant.personId) throw approvalsRefusals('executor_not_apart');
  const asked = await begin(context, tx, kind, body, applicant);
  const { siteId, roomId, at } = asked;
  const limits = await context.limits(tx, asked, at);
  await requireFiles(tx, applicant.personId, attachments);
  const laid = await layDown(context.people, tx, kind, asked, { executorId, round: 1, limits });
  const clauses = await context.cite(tx, asked, at, kind.clauses ?? []);
  const summary = await summaryOf(kind, tx, asked.body, asked);
  const approvalId = newId('apr', context.clock);
  const draft: ApprovalCase = {
    ...laid, approvalId, number: 0, kind: kind.kind, kindVersion: kind.version, protected: kind.protected, siteId, roomId, applicantId: applicant.personId, executorId, subject,
    submittedAt: at, expiresAt: at + kind.expiresMs, round: 1, step: 0, version: 1, state: { name: 'pending', escalated: null }, body, reason, summary, clauses, attachments, signatures: [], lastMove: null,
  };
  const vacant = isVacant(draft, await peopleOf(context, tx, draft, [], at));
  await insertRequest(tx, draft, { name: 'pending', escalated: vacant ? 'vacant' : null });
  await insertDeadlines(tx, approvalId, [{ kind: 'expire', dueAt: draft.expiresAt }, ...stepDeadlines(laid.steps[0]?.limitMs ?? kind.expiresMs, at, limits.remindShares)]);
  if (orderId !== null) await fileUnder(tx, orderId, draft);
  const saved = await findCase(tx, approvalId);
  if (saved === null) throw new Error(`approval ${approvalId} was not saved`);
  await announce(context, tx, kind, saved, applicant);
  await context.tellScreens(tx, 'approvals.requests');
  return approvalId;
};

/** After a return: the same request, asked anew by everybody. */
export const resubmit = async (context: ApprovalsContext, tx: Tx, applicant: Caller, approvalId: string, form: { body: unknown; reason: string; attachments: readonly Attachment[] }): Promise<void> => {
  const one = await requireCase(tx, approvalId);
  if (one.applicantId !== applicant.personId) throw approvalsRefusals('not_applicant');
  const kind = requireKind(context, one.kind);
  const body = parseBody(kind, form.body);
  const asked = await begin(context, tx, kind, body, applicant);
  const laid = await layDown(context.people, tx, kind, asked, { executorId: one.executorId, round: one.round + 1, limits: await context.limits(tx, one, asked.at) });
  await requireFiles(tx, applicant.personId, form.attachments);
  const now = await circumstances(context, tx, one, applicant.personId, laid.seats.map(({ personId }) => personId));
  const outcome = decide(one, { act: 'resubmit', by: applicant.personId, body, reason: form.reason, attachments: form.attachments, laid }, now);
  if (outcome === nothing) throw new Error('a resubmission is never nothing');
  if (isRefusal(outcome)) throw outcome;
  await carryOut(context, tx, one, outcome, applicant);
};
