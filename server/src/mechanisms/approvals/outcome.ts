/** What the acts of the lifecycle share: what they may know, what they answer, who may decide just now. Pure. */
import type { Instant } from '../../base/clock.ts';
import { Refusal } from '../../base/refusal.ts';
import { actWords, isActName, stateWords, type ApprovalCase, type Attachment, type People, type Seat } from './case.ts';
import { apply, type Change, type Laid, type Move } from './change.ts';
import type { CaseSignature } from './consent.ts';
import { ofStep, stepDeadlines, type DeadlineKind } from './deadlines.ts';
import type { ApprovalLimits } from './limits.ts';
import { approvalsRefusals as no } from './refusals.ts';
import { askedSeats, couldSign, hasSigned, isVacant, openSeats } from './seats.ts';

export interface Context {
  at: Instant;
  people: People;
  /** Whose deputy the actor is now, chains followed. */
  actsFor: readonly string[];
  /** When the grant would end, given that it begins now. */
  validUntil: Instant | null;
  inForceAtOnce: boolean;
  limits: Pick<ApprovalLimits, 'returnedMs' | 'transferMax' | 'remindShares'>;
}

/** What the screen showed when the person decided. */
export interface Seen {
  round: number;
  step: number;
}

export type Act =
  | { act: 'sign'; signature: CaseSignature }
  | { act: 'return'; by: string; seen: Seen; toStep: number | null; reason: string }
  | { act: 'resubmit'; by: string; body: unknown; reason: string; attachments: readonly Attachment[]; laid: Laid }
  | { act: 'transfer'; by: string; seen: Seen; to: string; reason: string }
  | { act: 'assign'; by: string; seen: Seen; to: string; reason: string }
  | { act: 'add'; by: string; seen: Seen; to: string; how: 'before' | 'after' | 'opinion'; reason: string }
  | { act: 'opine'; by: string; seen: Seen; opinion: string }
  | { act: 'remove'; by: string; seen: Seen; seat: number; reason: string }
  | { act: 'withdraw'; by: string; reason: string }
  | { act: 'remind'; by: string }
  | { act: 'deadline'; kind: DeadlineKind; dueAt: Instant }
  | { act: 'vacate' }
  | { act: 'use'; by: string }
  | { act: 'finish'; by: string; outcome: string }
  | { act: 'revoke'; by: string; reason: string };

/** A deadline that finds nothing to do any more. */
export const nothing = 'nothing' as const;
export type Outcome = Change | Refusal | typeof nothing;

export const isRefusal = (answer: unknown): answer is Refusal => answer instanceof Refusal;

export const server = 'server';

export const change = (one: ApprovalCase, at: Instant, move: Partial<Move> & Pick<Move, 'act' | 'actorId'>, more: Partial<Change>): Change => ({
  at, state: one.state, step: one.step, signature: null, leave: [], open: [], round: null, clear: [], set: [], tell: [], ...more,
  move: { onBehalfOf: null, step: null, reason: '', toPerson: null, lateMs: null, ...move },
});

export const notOpen = (one: ApprovalCase): Refusal => no('not_open', { state: stateWords[one.state.name].zh, stateEn: stateWords[one.state.name].en });

export const handled = (one: ApprovalCase, people: People): Refusal => {
  const last = one.lastMove;
  const name = last === null ? '' : (people.get(last.actorId)?.name ?? last.actorId);
  const words = last !== null && isActName(last.act) ? actWords[last.act] : actWords.submitted;
  return no('handled', { name: name === server ? '系统' : name, act: words.zh, actEn: words.en });
};

/** Two at once: who comes second hears who was first. */
export const requireSeen = (one: ApprovalCase, seen: Seen, people: People): Refusal | null => {
  if (one.state.name === 'pending' && one.round === seen.round && one.step === seen.step) return null;
  return handled(one, people);
};

/** The seat from which this person may decide now, for themselves or as a deputy; or why not. */
export const seatFor = (one: ApprovalCase, by: string, ctx: Pick<Context, 'people' | 'actsFor'>): { seat: Seat; onBehalfOf: string | null } | Refusal => {
  if (one.state.name !== 'pending') return notOpen(one);
  const step = one.steps[one.step];
  if (step === undefined) return notOpen(one);
  if (by === one.applicantId) return no('own');
  if (by === one.executorId) return no('executor');
  const mine = (seat: Seat): boolean => seat.personId === by || ctx.actsFor.includes(seat.personId);
  const open = openSeats(one).filter(mine);
  const held = open.filter((seat) => seat.added !== 'opinion').sort((a, b) => Number(b.personId === by) - Number(a.personId === by));
  if (held.length === 0) return hasSigned(one, by) ? no('signed_already') : open.length > 0 ? no('opinion_only') : no('not_asked');
  const asked = new Set(askedSeats(one));
  const turn = held.filter((seat) => asked.has(seat));
  if (turn.length === 0) return no('not_yet_your_turn');
  if (one.protected && hasSigned(one, by)) return no('signed_already');
  const seat = turn.find((candidate) => couldSign(one, step, candidate.personId, ctx.people) && ctx.people.get(by)?.active === true);
  return seat === undefined ? no('authority_gone') : { seat, onBehalfOf: seat.personId === by ? null : seat.personId };
};

/** The step that is open after the change begins its time; without anybody who could decide it goes to an administrator. */
export const enter = (one: ApprovalCase, made: Change, ctx: Context): Change => {
  const after = apply(one, made);
  const vacant = isVacant(after, ctx.people);
  const limitMs = after.steps[after.step]?.limitMs ?? 0;
  return { ...made, state: { name: 'pending', escalated: vacant ? 'vacant' : null }, clear: ofStep, set: stepDeadlines(limitMs, made.at, ctx.limits.remindShares), tell: vacant ? [] : askedSeats(after).map(({ personId }) => personId) };
};
