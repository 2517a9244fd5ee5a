/** What an act changes, as data: the store writes it in one transaction, tests apply it in memory. Pure. */
import type { Instant } from '../../base/clock.ts';
import type { ActName, ApprovalCase, Attachment, CaseState, Seat } from './case.ts';
import type { CaseSignature, CaseStep } from './consent.ts';
import type { Deadline, DeadlineKind } from './deadlines.ts';

/** Who must agree in a round, as laid down when it begins. */
export interface Laid {
  steps: readonly CaseStep[];
  seats: readonly Seat[];
}

export interface Move {
  act: ActName;
  /** Person, or `server` for what time did. */
  actorId: string;
  onBehalfOf: string | null;
  step: number | null;
  reason: string;
  toPerson: string | null;
  /** How much too late a deadline fired, ms. */
  lateMs: number | null;
}

export interface Change {
  at: Instant;
  state: CaseState;
  step: number;
  move: Move;
  signature: CaseSignature | null;
  leave: readonly Seat[];
  open: readonly Seat[];
  /** A new round with its content; null: the round goes on. */
  round: (Laid & { body: unknown; reason: string; attachments: readonly Attachment[] }) | null;
  clear: readonly DeadlineKind[] | 'all';
  set: readonly Deadline[];
  /** Who should know of it now. */
  tell: readonly string[];
}

const key = (seat: Seat): string => `${seat.step}/${seat.seat}`;

/** The request after the change, as the store would load it again. */
export const apply = (one: ApprovalCase, change: Change): ApprovalCase => {
  const gone = new Set(change.leave.map(key));
  const steps = change.round?.steps ?? one.steps;
  // A new round seats anew every step whose signatures it does not take over.
  const kept = one.seats.filter((seat) => (steps[seat.step]?.signedInRound ?? 0) === one.steps[seat.step]?.signedInRound);
  const seats = [...kept.map((seat) => (gone.has(key(seat)) ? { ...seat, left: true } : seat)), ...(change.round?.seats ?? []), ...change.open];
  return {
    ...one,
    state: change.state,
    step: change.step,
    version: one.version + 1,
    round: change.round === null ? one.round : one.round + 1,
    body: change.round === null ? one.body : change.round.body,
    reason: change.round?.reason ?? one.reason,
    attachments: change.round?.attachments ?? one.attachments,
    steps,
    seats,
    signatures: change.signature === null ? one.signatures : [...one.signatures, change.signature],
    lastMove: { actorId: change.move.actorId, act: change.move.act },
  };
};
