/**
 * Lifecycle 1 of an approval: what an act does to a request, or why it may not. Pure; transitions exist here and in routing.ts once. A granted
 * state is made by `grant` alone, out of a Consent: no deadline, no empty place and no act of the applicant leads there.
 */
import type { Instant } from '../../base/clock.ts';
import type { Refusal } from '../../base/refusal.ts';
import { addPerson, giveOpinion, removePerson } from './additions.ts';
import type { ApprovalCase, CaseState } from './case.ts';
import { apply, type Change } from './change.ts';
import { gather, isStepSigned } from './consent.ts';
import { requireSeen, change, enter, handled, isRefusal, notOpen, nothing, seatFor, server, type Act, type Context, type Outcome } from './outcome.ts';
import { approvalsRefusals as no } from './refusals.ts';
import { assign, giveBack, resubmit, transfer } from './routing.ts';
import { askedSeats, hasAuthority, isVacant } from './seats.ts';

const grant = (one: ApprovalCase, made: Change, ctx: Context): Change | Refusal => {
  const consent = gather(apply(one, made));
  if (consent === null) return no('signed_already');
  const { at } = ctx;
  const validUntil = ctx.validUntil;
  const state: CaseState = { name: ctx.inForceAtOnce ? 'in_use' : 'approved', consent, grantedAt: at, validUntil, endedAt: null };
  return { ...made, state, clear: 'all', set: validUntil === null ? [] : [{ kind: 'run_out', dueAt: validUntil }], tell: [one.applicantId, ...(one.executorId === null ? [] : [one.executorId])] };
};

const sign = (one: ApprovalCase, { signature }: Act & { act: 'sign' }, ctx: Context): Outcome => {
  const { personId, decision, comment } = signature;
  const stale = requireSeen(one, signature, ctx.people);
  if (stale !== null) return stale;
  const found = seatFor(one, personId, ctx);
  if (isRefusal(found)) return found;
  if (found.seat.seat !== signature.seat || found.onBehalfOf !== signature.onBehalfOf) return handled(one, ctx.people);
  if (one.protected && signature.method === 'session') return no('signature_needed');
  if (decision === 'reject' && comment.trim() === '') return no('reason_needed');
  const move = { actorId: personId, onBehalfOf: signature.onBehalfOf, step: one.step, reason: comment };
  if (decision === 'reject') return change(one, ctx.at, { ...move, act: 'rejected' }, { signature, state: { name: 'rejected' }, clear: 'all', tell: [one.applicantId] });
  const made = change(one, ctx.at, { ...move, act: 'agreed' }, { signature });
  if (!isStepSigned(apply(one, made), one.step)) {
    const after = apply(one, made);
    // Whose turn came by this signature: the next in order, or who decides after the signer.
    const before = new Set(askedSeats(one).map(({ seat }) => seat));
    const tell = askedSeats(after).filter(({ seat }) => !before.has(seat)).map((seat) => seat.personId);
    return { ...made, state: { name: 'pending', escalated: isVacant(after, ctx.people) ? 'vacant' : one.state.name === 'pending' && one.state.escalated === 'late' ? 'late' : null }, tell };
  }
  if (one.step + 1 < one.steps.length) return enter(one, { ...made, step: one.step + 1 }, ctx);
  return grant(one, made, ctx);
};

const withdraw = (one: ApprovalCase, act: Act & { act: 'withdraw' }, ctx: Context): Outcome => {
  if (act.by !== one.applicantId) return no('not_applicant');
  if (one.state.name !== 'pending' && one.state.name !== 'returned') return notOpen(one);
  const tell = one.state.name === 'pending' ? askedSeats(one).map(({ personId }) => personId) : [];
  return change(one, ctx.at, { act: 'withdrawn', actorId: act.by, reason: act.reason }, { state: { name: 'withdrawn' }, clear: 'all', tell });
};

const remind = (one: ApprovalCase, by: string, at: Instant, lateMs: number | null): Outcome => {
  if (one.state.name !== 'pending') return notOpen(one);
  return change(one, at, { act: 'reminded', actorId: by, step: one.step, lateMs }, { tell: askedSeats(one).map(({ personId }) => personId) });
};

const expire = (one: ApprovalCase, at: Instant, lateMs: number): Change =>
  change(one, at, { act: 'expired', actorId: server, step: one.step, lateMs }, { state: { name: 'expired' }, clear: 'all', tell: [one.applicantId] });

/** What time does. There is no line here that grants. */
const passTime = (one: ApprovalCase, { kind, dueAt }: Act & { act: 'deadline' }, ctx: Context): Outcome => {
  const { at } = ctx;
  const lateMs = Math.max(0, at - dueAt);
  const { state } = one;
  if (kind === 'run_out') {
    if (state.name === 'approved') return change(one, at, { act: 'lapsed', actorId: server, lateMs }, { state: { ...state, name: 'lapsed', endedAt: at }, clear: 'all', tell: [one.applicantId] });
    if (state.name === 'in_use' && ctx.inForceAtOnce) return change(one, at, { act: 'closed', actorId: server, lateMs }, { state: { ...state, name: 'closed', endedAt: at }, clear: 'all', tell: [one.applicantId] });
    return nothing;
  }
  if (kind === 'expire_returned') return state.name === 'returned' ? expire(one, at, lateMs) : nothing;
  if (kind === 'expire') return state.name === 'pending' || state.name === 'returned' ? expire(one, at, lateMs) : nothing;
  if (state.name !== 'pending') return nothing;
  if (kind === 'expire_step') return expire(one, at, lateMs);
  if (kind !== 'escalate') return remind(one, server, at, lateMs);
  const escalated = isVacant(one, ctx.people) ? 'vacant' : 'late';
  return change(one, at, { act: 'escalated', actorId: server, step: one.step, lateMs }, { state: { name: 'pending', escalated }, tell: askedSeats(one).map(({ personId }) => personId) });
};

const vacate = (one: ApprovalCase, ctx: Context): Outcome => {
  if (one.state.name !== 'pending' || one.state.escalated === 'vacant' || !isVacant(one, ctx.people)) return nothing;
  return change(one, ctx.at, { act: 'escalated', actorId: server, step: one.step }, { state: { name: 'pending', escalated: 'vacant' } });
};

const use = (one: ApprovalCase, by: string, ctx: Context): Outcome => {
  const { state } = one;
  if (state.name !== 'approved') return notOpen(one);
  const agreed = state.consent.signers.some(({ personId, onBehalfOf }) => personId === by || onBehalfOf === by);
  if (agreed || (one.executorId !== null && by !== one.executorId)) return no('not_executor');
  return change(one, ctx.at, { act: 'used', actorId: by }, { state: { ...state, name: 'in_use' } });
};

const finish = (one: ApprovalCase, act: Act & { act: 'finish' }, ctx: Context): Outcome => {
  const { state } = one;
  if (state.name !== 'in_use') return notOpen(one);
  if (act.outcome.trim() === '') return no('outcome_needed');
  return change(one, ctx.at, { act: 'closed', actorId: act.by, reason: act.outcome }, { state: { ...state, name: 'closed', endedAt: ctx.at }, clear: 'all', tell: [one.applicantId] });
};

const revoke = (one: ApprovalCase, act: Act & { act: 'revoke' }, ctx: Context): Outcome => {
  const { state } = one;
  if (state.name !== 'approved' && state.name !== 'in_use') return notOpen(one);
  if (act.reason.trim() === '') return no('reason_needed');
  const last = one.steps.at(-1);
  const may = last !== undefined && act.by !== one.applicantId && hasAuthority(last, act.by, ctx.people);
  if (!may) return no('not_revoker');
  return change(one, ctx.at, { act: 'revoked', actorId: act.by, reason: act.reason }, { state: { ...state, name: 'revoked', endedAt: ctx.at }, clear: 'all', tell: [one.applicantId] });
};

export const decide = (one: ApprovalCase, act: Act, ctx: Context): Outcome => {
  switch (act.act) {
    case 'sign': return sign(one, act, ctx);
    case 'return': return giveBack(one, act, ctx);
    case 'resubmit': return resubmit(one, act, ctx);
    case 'transfer': return transfer(one, act, ctx);
    case 'assign': return assign(one, act, ctx);
    case 'add': return addPerson(one, act, ctx);
    case 'opine': return giveOpinion(one, act, ctx);
    case 'remove': return removePerson(one, act, ctx);
    case 'withdraw': return withdraw(one, act, ctx);
    case 'remind': return remind(one, act.by, ctx.at, null);
    case 'deadline': return passTime(one, act, ctx);
    case 'vacate': return vacate(one, ctx);
    case 'use': return use(one, act.by, ctx);
    case 'finish': return finish(one, act, ctx);
    case 'revoke': return revoke(one, act, ctx);
  }
};
