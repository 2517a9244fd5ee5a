/** What a viewer may do with a request now: yes, or the reason why not, as the buttons say it. Pure: it asks the lifecycle itself. */
import type { Sentence } from '../../base/refusal.ts';
import type { Caller } from '../identity/index.ts';
import type { ApprovalCase, Seat } from './case.ts';
import { decide } from './lifecycle.ts';
import { isRefusal, nothing, seatFor, type Act, type Context } from './outcome.ts';
import { hopsFault } from './routing.ts';

export type AllowedAct = 'approve' | 'reject' | 'return' | 'transfer' | 'add' | 'opine' | 'assign' | 'withdraw' | 'resubmit' | 'remind' | 'revoke';

/** Stands for what the person will write: the buttons are not refused for a reason that is not written yet. */
const anyWords = '…';

const answer = (one: ApprovalCase, act: Act, ctx: Context): true | Sentence => {
  const outcome = decide(one, act, ctx);
  return isRefusal(outcome) ? outcome.sentence : outcome === nothing ? { zh: '现在没有可做的。', en: 'There is nothing to do now.' } : true;
};

/** May the viewer take this seat back, which an approver added? */
export const mayRemove = (one: ApprovalCase, seat: Seat, caller: Pick<Caller, 'personId'>, ctx: Context): true | Sentence =>
  answer(one, { act: 'remove', by: caller.personId, seen: { round: one.round, step: one.step }, seat: seat.step === one.step ? seat.seat : 0, reason: anyWords }, ctx);

export const allowedActs = (one: ApprovalCase, caller: Caller, ctx: Context): Record<AllowedAct, true | Sentence> => {
  const { personId: by } = caller;
  const seat = seatFor(one, by, ctx);
  const deciding = isRefusal(seat) ? seat.sentence : true;
  const seen = { round: one.round, step: one.step };
  // Asked without a target: whoever could be chosen is the list of candidates.
  const transferring = isRefusal(seat) ? seat.sentence : (hopsFault(seat.seat, ctx.limits)?.sentence ?? true);
  const mayAssign = caller.can('approvals.approver.assign');
  const isEscalated = one.state.name === 'pending' && one.state.escalated !== null;
  const assigning = mayAssign !== true ? mayAssign : isEscalated && by !== one.applicantId ? true : answer(one, { act: 'assign', by, seen, to: one.applicantId, reason: anyWords }, ctx);
  return {
    approve: deciding, reject: deciding,
    return: deciding === true ? answer(one, { act: 'return', by, seen, toStep: null, reason: anyWords }, ctx) : deciding,
    transfer: transferring, add: transferring, opine: answer(one, { act: 'opine', by, seen, opinion: anyWords }, ctx), assign: assigning,
    withdraw: answer(one, { act: 'withdraw', by, reason: '' }, ctx),
    resubmit: answer(one, { act: 'resubmit', by, body: one.body, reason: anyWords, attachments: one.attachments, laid: { steps: one.steps, seats: one.seats } }, ctx),
    remind: answer(one, { act: 'remind', by }, ctx),
    revoke: answer(one, { act: 'revoke', by, reason: anyWords }, ctx),
  };
};
