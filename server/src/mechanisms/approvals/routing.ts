/** Acts that send a request another way: back, around again, to somebody else. Pure. */
import type { Refusal } from '../../base/refusal.ts';
import type { ApprovalCase, People, Seat } from './case.ts';
import type { Change } from './change.ts';
import { ofStep, returnedDeadline } from './deadlines.ts';
import { requireSeen, change, enter, isRefusal, notOpen, seatFor, type Act, type Context, type Outcome } from './outcome.ts';
import { approvalsRefusals as no } from './refusals.ts';
import { couldSign, emptySeats, isVacant, openSeats } from './seats.ts';

export const giveBack = (one: ApprovalCase, act: Act & { act: 'return' }, ctx: Context): Outcome => {
  const stale = requireSeen(one, act.seen, ctx.people);
  if (stale !== null) return stale;
  const found = seatFor(one, act.by, ctx);
  if (isRefusal(found)) return found;
  if (act.reason.trim() === '') return no('reason_needed');
  const { toStep } = act;
  const move = { act: 'returned' as const, actorId: act.by, onBehalfOf: found.onBehalfOf, step: one.step, reason: act.reason };
  if (toStep === null) return change(one, ctx.at, move, { state: { name: 'returned' }, clear: ofStep, set: [returnedDeadline(ctx.at, ctx.limits.returnedMs)], tell: [one.applicantId] });
  if (toStep >= one.step) return no('step_not_earlier');
  // What was signed before the step to which it goes back still stands: the content is the same.
  const steps = one.steps.map((step, index) => (index < toStep ? step : { ...step, signedInRound: one.round + 1 }));
  const asked = one.seats.filter((seat) => seat.step >= toStep && !seat.left && seat.added !== 'opinion');
  const { body, reason, attachments } = one;
  return enter(one, change(one, ctx.at, move, { step: toStep, round: { steps, seats: asked, body, reason, attachments } }), ctx);
};

export const resubmit = (one: ApprovalCase, act: Act & { act: 'resubmit' }, ctx: Context): Outcome => {
  if (act.by !== one.applicantId) return no('not_applicant');
  if (one.state.name !== 'returned') return notOpen(one);
  const { laid, body, reason, attachments } = act;
  if (laid.steps.length === 0) return no('no_steps', { kind: one.kind });
  const made = change(one, ctx.at, { act: 'resubmitted', actorId: act.by, reason }, { step: 0, round: { ...laid, body, reason, attachments } });
  const entered = enter(one, made, ctx);
  return { ...entered, clear: [...ofStep, 'expire_returned'] };
};

/** Hands a place to another: the old seat ends, a new one opens at the same place. */
const handOn = (one: ApprovalCase, from: Seat | null, to: string, cameBy: 'transfer' | 'assignment'): Pick<Change, 'leave' | 'open'> => {
  const ofThisStep = one.seats.filter((seat) => seat.step === one.step);
  const seat = Math.max(0, ...ofThisStep.map((other) => other.seat)) + 1;
  const place = from?.place ?? Math.max(0, ...ofThisStep.map((other) => other.place)) + 1;
  const { turn, added, addedBy } = from ?? { turn: 0, added: null, addedBy: null };
  return { leave: from === null ? [] : [from], open: [{ step: one.step, seat, personId: to, place, hops: (from?.hops ?? 0) + (cameBy === 'transfer' ? 1 : 0), cameBy, turn, added, addedBy, left: false }] };
};

/** The place can be handed on or added to once more. */
export const hopsFault = (seat: Seat, { transferMax }: Context['limits']): Refusal | null => (seat.hops >= transferMax ? no('too_many_hops', { times: transferMax }) : null);

export const fitsStep = (one: ApprovalCase, to: string, people: People): Refusal | null => {
  const step = one.steps[one.step];
  const name = people.get(to)?.name ?? to;
  if (to === one.applicantId) return no('own');
  if (to === one.executorId) return no('executor');
  if (step === undefined || !couldSign(one, step, to, people)) return no('no_same_authority', { name });
  return openSeats(one).some((seat) => seat.personId === to) ? no('asked_already', { name }) : null;
};

export const transfer = (one: ApprovalCase, act: Act & { act: 'transfer' }, ctx: Context): Outcome => {
  const stale = requireSeen(one, act.seen, ctx.people);
  if (stale !== null) return stale;
  const found = seatFor(one, act.by, ctx);
  if (isRefusal(found)) return found;
  if (act.reason.trim() === '') return no('reason_needed');
  const unfit = hopsFault(found.seat, ctx.limits) ?? fitsStep(one, act.to, ctx.people);
  if (unfit !== null) return unfit;
  const move = { act: 'transferred' as const, actorId: act.by, onBehalfOf: found.onBehalfOf, step: one.step, reason: act.reason, toPerson: act.to };
  return change(one, ctx.at, move, { ...handOn(one, found.seat, act.to, 'transfer'), tell: [act.to] });
};

export const assign = (one: ApprovalCase, act: Act & { act: 'assign' }, ctx: Context): Outcome => {
  const stale = requireSeen(one, act.seen, ctx.people);
  if (stale !== null) return stale;
  if (act.reason.trim() === '') return no('reason_needed');
  if (!isVacant(one, ctx.people) && !(one.state.name === 'pending' && one.state.escalated !== null)) return no('not_vacant');
  if (act.by === one.applicantId) return no('own');
  const unfit = fitsStep(one, act.to, ctx.people);
  if (unfit !== null) return unfit;
  // Where one of several is enough, somebody more is asked; else the place of who cannot or did not decide is filled anew.
  const late = one.steps[one.step]?.mode === 'one_of' ? null : (openSeats(one)[0] ?? null);
  const from = emptySeats(one, ctx.people)[0] ?? (isVacant(one, ctx.people) ? null : late);
  const move = { act: 'assigned' as const, actorId: act.by, step: one.step, reason: act.reason, toPerson: act.to };
  const made = change(one, ctx.at, move, handOn(one, from, act.to, 'assignment'));
  return enter(one, made, ctx);
};
