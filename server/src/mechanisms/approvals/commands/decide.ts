/** An approver agrees or refuses: what they saw is what they sign, with their own authenticator where the request is protected. */
import type { Tx } from '../../../platform/postgres/db.ts';
import type { SigningAssertion } from '../../../../../contract/identity.ts';
import type { Caller } from '../../identity/index.ts';
import type { ApprovalCase } from '../case.ts';
import type { CaseSignature } from '../consent.ts';
import type { ApprovalsContext } from '../context.ts';
import { isRefusal, requireSeen, seatFor, type Seen } from '../outcome.ts';
import { approvalsRefusals } from '../refusals.ts';
import { statementOf, type Statement } from '../statement.ts';
import { findCase } from '../load.ts';
import { circumstances, perform, requireCase } from './perform.ts';

export interface DecisionForm extends Seen {
  decision: 'approve' | 'reject';
  comment: string;
}

interface Ready {
  statement: Statement;
  seat: number;
  onBehalfOf: string | null;
}

const ready = async (context: ApprovalsContext, db: ApprovalsContext['database']['db'], caller: Caller, one: ApprovalCase, form: DecisionForm): Promise<Ready> => {
  const now = await circumstances(context, db, one, caller.personId);
  const stale = requireSeen(one, form, now.people);
  if (stale !== null) throw stale;
  const found = seatFor(one, caller.personId, now);
  if (isRefusal(found)) throw found;
  if (form.decision === 'reject' && form.comment === '') throw approvalsRefusals('reason_needed', {}, { fields: [{ path: 'comment', ...approvalsRefusals('reason_needed').sentence }] });
  const { onBehalfOf } = found;
  return { statement: statementOf(one, { ...form, personId: caller.personId, onBehalfOf }), seat: found.seat.seat, onBehalfOf };
};

/** What the browser needs so that the person can sign exactly this. */
export const prepare = async (context: ApprovalsContext, caller: Caller, approvalId: string, form: DecisionForm) => {
  const { db } = context.database;
  const one = await findCase(db, approvalId);
  if (one === null) throw approvalsRefusals('unknown');
  const { digest } = (await ready(context, db, caller, one, form)).statement;
  if (!one.protected) return { digest, passkey: null, passwordAndCode: false, codesEnabled: false, needed: false };
  return { digest, ...(await context.signing.options(db, { caller, digest })), needed: true };
};

const signatureFor = async (context: ApprovalsContext, tx: Tx, caller: Caller, one: ApprovalCase, form: DecisionForm, assertion: SigningAssertion | null): Promise<CaseSignature> => {
  const { statement, seat, onBehalfOf } = await ready(context, tx, caller, one, form);
  const { decision, comment, round, step } = form;
  const common = { round, step, seat, personId: caller.personId, onBehalfOf, decision, comment, signed: statement.signed, digest: statement.digest, signedAt: context.clock.now() };
  if (!one.protected) return { ...common, method: 'session', credentialId: null, evidence: '' };
  if (assertion === null) throw approvalsRefusals('signature_needed');
  return { ...common, ...(await context.signing.verify(tx, { caller, digest: statement.digest, assertion })) };
};

/** Answers the request after the decision. */
export const decideOn = async (context: ApprovalsContext, tx: Tx, caller: Caller, approvalId: string, form: DecisionForm, assertion: SigningAssertion | null): Promise<ApprovalCase> => {
  const one = await requireCase(tx, approvalId);
  const signature = await signatureFor(context, tx, caller, one, form, assertion);
  return (await perform(context, tx, caller, one, { act: 'sign', signature })) ?? one;
};
