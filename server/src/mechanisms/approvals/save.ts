/** Writes a submission, and what an act changes, in the transaction of the act. */
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import { at, atOrNull, type Tx } from '../../platform/postgres/db.ts';
import type { ApprovalCase, Attachment, CaseState, Seat } from './case.ts';
import type { Change, Laid, Move } from './change.ts';
import type { CaseSignature } from './consent.ts';
import type { Deadline, DeadlineKind } from './deadlines.ts';
import { tables } from './load.ts';

export interface RoundContent {
  body: unknown;
  reason: string;
  summary: Sentence;
  clauses: readonly string[];
  attachments: readonly Attachment[];
}

export interface NewRequest extends Laid, RoundContent {
  approvalId: string;
  kind: string;
  kindVersion: number;
  protected: boolean;
  siteId: string;
  roomId: string;
  applicantId: string;
  executorId: string | null;
  subject: string;
  submittedAt: Instant;
  expiresAt: Instant;
}

const insertSeats = async (tx: Tx, approvalId: string, roundOf: (step: number) => number, seats: readonly Seat[], now: Instant): Promise<void> => {
  if (seats.length === 0) return;
  await tables(tx).insertInto('approvals.seats').values(seats.map((seat) => ({
    approval_id: approvalId, round: roundOf(seat.step), step: seat.step, seat: seat.seat, person_id: seat.personId, place: seat.place, hops: seat.hops, came_by: seat.cameBy, turn: seat.turn, added: seat.added, added_by: seat.addedBy, came_at: at(now), left_at: null, left_by: null,
  }))).execute();
};

const insertRound = async (tx: Tx, approvalId: string, round: number, laid: Laid, content: RoundContent, by: string, now: Instant): Promise<void> => {
  await tables(tx).insertInto('approvals.rounds').values({
    approval_id: approvalId, round, body: JSON.stringify(content.body), reason: content.reason, summary_zh: content.summary.zh, summary_en: content.summary.en, clauses: [...content.clauses], attachments: JSON.stringify(content.attachments), opened_at: at(now), opened_by: by,
  }).execute();
  await tables(tx).insertInto('approvals.steps').values(laid.steps.map((step, index) => ({
    approval_id: approvalId, round, step: index, key: step.key, title_zh: step.title.zh, title_en: step.title.en, mode: step.mode, roles: [...step.roles], people: [...step.people],
    needs: step.needs, limit_ms: step.limitMs, signed_in_round: step.signedInRound,
  }))).execute();
  await insertSeats(tx, approvalId, () => round, laid.seats, now);
};

export const insertDeadlines = async (tx: Tx, approvalId: string, deadlines: readonly Deadline[]): Promise<void> => {
  if (deadlines.length === 0) return;
  await tables(tx).insertInto('approvals.deadlines').values(deadlines.map(({ kind, dueAt }) => ({ approval_id: approvalId, kind, due_at: at(dueAt), fired_at: null, cleared_at: null }))).execute();
};

const clearDeadlines = async (tx: Tx, approvalId: string, kinds: readonly DeadlineKind[] | 'all', now: Instant): Promise<void> => {
  if (kinds !== 'all' && kinds.length === 0) return;
  let open = tables(tx).updateTable('approvals.deadlines').set({ cleared_at: at(now) }).where('approval_id', '=', approvalId).where('fired_at', 'is', null).where('cleared_at', 'is', null);
  if (kinds !== 'all') open = open.where('kind', 'in', [...kinds]);
  await open.execute();
};

const insertMove = async (tx: Tx, approvalId: string, round: number, move: Move, from: string | null, to: string, now: Instant): Promise<void> => {
  await tables(tx)
    .insertInto('approvals.moves')
    .values((eb) => ({
      approval_id: approvalId,
      number: eb.selectFrom('approvals.moves').select((e) => e(e.fn.coalesce(e.fn.max('number'), e.lit(0)), '+', 1).as('next')).where('approval_id', '=', approvalId),
      act: move.act, at: at(now), actor_id: move.actorId, on_behalf_of: move.onBehalfOf, round, step: move.step, from_state: from, to_state: to, reason: move.reason, to_person: move.toPerson, late_ms: move.lateMs,
    }))
    .execute();
};

export const insertRequest = async (tx: Tx, request: NewRequest, state: CaseState & { name: 'pending' }): Promise<void> => {
  const { approvalId, submittedAt } = request;
  const t = tables(tx);
  await t.insertInto('approvals.requests').values({
    approval_id: approvalId, kind: request.kind, kind_version: request.kindVersion, protected: request.protected, site_id: request.siteId, room_id: request.roomId,
    applicant_id: request.applicantId, executor_id: request.executorId, subject: request.subject, submitted_at: at(submittedAt), expires_at: at(request.expiresAt),
  }).execute();
  await insertRound(tx, approvalId, 1, request, request, request.applicantId, submittedAt);
  await t.insertInto('approvals.states').values({ approval_id: approvalId, state: 'pending', round: 1, step: 0, escalated: state.escalated, version: 1, granted_at: null, valid_until: null, changed_at: at(submittedAt) }).execute();
  await insertMove(tx, approvalId, 1, { act: 'submitted', actorId: request.applicantId, onBehalfOf: null, step: null, reason: request.reason, toPerson: null, lateMs: null }, null, 'pending', submittedAt);
};

const insertSignature = async (tx: Tx, approvalId: string, one: CaseSignature): Promise<void> => {
  await tables(tx).insertInto('approvals.signatures').values({
    approval_id: approvalId, round: one.round, step: one.step, seat: one.seat, person_id: one.personId, on_behalf_of: one.onBehalfOf, decision: one.decision, comment: one.comment,
    signed: Buffer.from(one.signed), method: one.method, credential_id: one.credentialId, evidence: one.evidence, signed_at: at(one.signedAt),
  }).execute();
};

const leaveSeats = async (tx: Tx, one: ApprovalCase, seats: readonly Seat[], by: string, now: Instant): Promise<void> => {
  for (const { step, seat } of seats) {
    await tables(tx).updateTable('approvals.seats').set({ left_at: at(now), left_by: by })
      .where('approval_id', '=', one.approvalId).where('round', '=', one.steps[step]?.signedInRound ?? one.round).where('step', '=', step).where('seat', '=', seat).execute();
  }
};

/** `content` goes with a new round. The version check is a second lock: a change to something else than what was decided on writes nothing. */
export const saveChange = async (tx: Tx, one: ApprovalCase, change: Change, content: RoundContent | null): Promise<void> => {
  const { approvalId } = one;
  const { state, move } = change;
  const now = change.at;
  const round = change.round === null ? one.round : one.round + 1;
  if (change.signature !== null) await insertSignature(tx, approvalId, change.signature);
  await leaveSeats(tx, one, change.leave, move.actorId, now);
  await insertSeats(tx, approvalId, (step) => one.steps[step]?.signedInRound ?? one.round, change.open, now);
  if (change.round !== null && content !== null) await insertRound(tx, approvalId, round, change.round, content, move.actorId, now);
  const granted = 'consent' in state ? { granted_at: at(state.grantedAt), valid_until: atOrNull(state.validUntil) } : { granted_at: null, valid_until: null };
  const saved = await tables(tx)
    .updateTable('approvals.states')
    .set({ state: state.name, round, step: change.step, escalated: state.name === 'pending' ? state.escalated : null, version: one.version + 1, ...granted, changed_at: at(now) })
    .where('approval_id', '=', approvalId).where('version', '=', one.version).returning('version').executeTakeFirst();
  if (saved === undefined) throw new Error(`approval ${approvalId} changed under its lock`);
  await insertMove(tx, approvalId, round, move, one.state.name, state.name, now);
  await clearDeadlines(tx, approvalId, change.clear, now);
  await insertDeadlines(tx, approvalId, change.set);
};
