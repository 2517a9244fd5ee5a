/**
 * An approver asks others besides: a signature before or after their own (加签), or an opinion that comes back to them (委派). What is added
 * is needed until who added it takes it back (减签); nothing is granted by taking back. Pure.
 */
import type { ApprovalCase, Seat } from './case.ts';
import { apply } from './change.ts';
import { isStepSigned } from './consent.ts';
import { change, isRefusal, notOpen, requireSeen, seatFor, type Act, type Context, type Outcome } from './outcome.ts';
import { approvalsRefusals as no } from './refusals.ts';
import { fitsStep, hopsFault } from './routing.ts';
import { askedSeats, openSeats } from './seats.ts';

/** Half of what the hop before moved: whoever is added stands between those who stood there. The database keeps |turn| below 512. */
const firstTurn = 256;

export const addPerson = (one: ApprovalCase, act: Act & { act: 'add' }, ctx: Context): Outcome => {
  const stale = requireSeen(one, act.seen, ctx.people);
  if (stale !== null) return stale;
  const found = seatFor(one, act.by, ctx);
  if (isRefusal(found)) return found;
  if (act.reason.trim() === '') return no('reason_needed');
  const { seat: mine, onBehalfOf } = found;
  const unfit = hopsFault(mine, ctx.limits) ?? fitsStep(one, act.to, ctx.people);
  if (unfit !== null) return unfit;
  const distance = Math.max(1, firstTurn >> mine.hops);
  const seat: Seat = {
    step: one.step, seat: Math.max(...one.seats.filter(({ step }) => step === one.step).map((other) => other.seat)) + 1, personId: act.to, place: mine.place,
    turn: act.how === 'after' ? mine.turn + distance : mine.turn - distance, hops: mine.hops + 1, cameBy: 'addition', added: act.how === 'opinion' ? 'opinion' : 'signature', addedBy: act.by, left: false,
  };
  const name = act.how === 'before' ? 'added_before' : act.how === 'after' ? 'added_after' : 'delegated';
  const move = { act: name, actorId: act.by, onBehalfOf, step: one.step, reason: act.reason, toPerson: act.to } as const;
  return change(one, ctx.at, move, { open: [seat], tell: act.how === 'after' ? [] : [act.to] });
};

export const giveOpinion = (one: ApprovalCase, act: Act & { act: 'opine' }, ctx: Context): Outcome => {
  const stale = requireSeen(one, act.seen, ctx.people);
  if (stale !== null) return stale;
  if (one.state.name !== 'pending') return notOpen(one);
  // Their own seat before that of somebody for whom they act; who asks for the request has no opinion to give on it.
  const asked = askedSeats(one).filter((seat) => seat.added === 'opinion');
  const apart = act.by !== one.applicantId && act.by !== one.executorId;
  const mine = asked.find((seat) => seat.personId === act.by) ?? (apart ? asked.find((seat) => ctx.actsFor.includes(seat.personId) && ctx.people.get(seat.personId)?.active === true) : undefined);
  if (mine === undefined || ctx.people.get(act.by)?.active !== true) return no('not_asked_opinion');
  if (act.opinion.trim() === '') return no('reason_needed');
  const onBehalfOf = mine.personId === act.by ? null : mine.personId;
  const move = { act: 'opined' as const, actorId: act.by, onBehalfOf, step: one.step, reason: act.opinion, toPerson: mine.addedBy };
  return change(one, ctx.at, move, { leave: [mine], tell: mine.addedBy === null ? [] : [mine.addedBy] });
};

export const removePerson = (one: ApprovalCase, act: Act & { act: 'remove' }, ctx: Context): Outcome => {
  const stale = requireSeen(one, act.seen, ctx.people);
  if (stale !== null) return stale;
  if (one.state.name !== 'pending') return notOpen(one);
  const seat = openSeats(one).find((open) => open.seat === act.seat && open.added !== null);
  if (seat === undefined || seat.addedBy === null) return no('nothing_to_remove');
  if (seat.addedBy !== act.by && !ctx.actsFor.includes(seat.addedBy)) return no('not_adder');
  if (act.reason.trim() === '') return no('reason_needed');
  const onBehalfOf = seat.addedBy === act.by ? null : seat.addedBy;
  const made = change(one, ctx.at, { act: 'removed', actorId: act.by, onBehalfOf, step: one.step, reason: act.reason, toPerson: seat.personId }, { leave: [seat], tell: [seat.personId] });
  return isStepSigned(apply(one, made), one.step) ? no('last_missing') : made;
};
