/** A request in memory for tests of the lifecycle: people p0 (applicant), p1…, steps as given. */
import type { Role } from '../../../../../contract/identity.ts';
import type { ApprovalCase, People, Seat, Standing } from '../case.ts';
import type { CaseSignature, CaseStep } from '../consent.ts';
import type { StepMode } from '../kind.ts';
import { isRefusal, seatFor, type Context } from '../outcome.ts';
import { statementOf } from '../statement.ts';

export interface SampleStep {
  mode: StepMode;
  people: readonly string[];
}

export const sampleStart = Date.parse('2026-11-22T08:00:00Z');
export const sampleRole: Role = 'leader';

export const samplePeople = (ids: readonly string[], gone: readonly string[] = []): People =>
  new Map(ids.map((id): [string, Standing] => [id, { name: id, active: !gone.includes(id), roles: [sampleRole] }]));

export const sampleCase = (steps: readonly SampleStep[], more: Partial<ApprovalCase> = {}): ApprovalCase => {
  const laid = steps.map((step, index): CaseStep => ({
    key: `step_${'abcdefgh'[index] ?? 'z'}`, title: { zh: `第${index + 1}步`, en: `step ${index + 1}` }, mode: step.mode, roles: [sampleRole], people: [],
    needs: step.mode === 'one_of' ? 1 : Math.max(1, step.people.length), limitMs: 1_000, signedInRound: 1,
  }));
  const seats = steps.flatMap((step, index) => step.people.map((personId, at): Seat => ({ step: index, seat: at + 1, personId, place: at + 1, turn: 0, hops: 0, cameBy: 'submission', added: null, addedBy: null, left: false })));
  return {
    approvalId: 'apr_00000000000000000000000000', number: 1, kind: 'approvals.sample', kindVersion: 1, protected: true, siteId: 'site', roomId: 'room', applicantId: 'p0', executorId: null, subject: 's',
    submittedAt: sampleStart, expiresAt: sampleStart + 100_000, round: 1, step: 0, version: 1, state: { name: 'pending', escalated: null }, body: { what: 'x' }, reason: 'r',
    summary: { zh: '样例', en: 'sample' }, clauses: [], attachments: [], steps: laid, seats, signatures: [], lastMove: null, ...more,
  };
};

export const sampleContext = (people: People, more: Partial<Context> = {}): Context => ({ at: sampleStart, people, actsFor: [], validUntil: null, inForceAtOnce: false, limits: { returnedMs: 3 * 86_400_000, transferMax: 3, remindShares: [0.5, 0.8] }, ...more });

/** As an approver would sign from the seat that they hold; from seat 1 when they hold none. */
export const sampleSignature = (one: ApprovalCase, personId: string, ctx: Context, more: Partial<CaseSignature> = {}): CaseSignature => {
  const found = seatFor(one, personId, ctx);
  const onBehalfOf = isRefusal(found) ? null : found.onBehalfOf;
  const decision = more.decision ?? 'approve';
  const comment = more.comment ?? '';
  const { signed, digest } = statementOf(one, { decision, comment, personId, onBehalfOf });
  return {
    round: one.round, step: one.step, seat: isRefusal(found) ? 1 : found.seat.seat, personId, onBehalfOf, decision, comment, signed, digest,
    method: 'webauthn', credentialId: 'key', evidence: 'e', signedAt: ctx.at, ...more,
  };
};
