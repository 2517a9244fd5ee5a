/** Who may decide at a step just now. Pure. */
import type { ApprovalCase, People, Seat } from './case.ts';
import { laidDownSigned, type CaseStep } from './consent.ts';

const signatureAt = (one: ApprovalCase, seat: Seat) => one.signatures.find((signature) => signature.round === one.steps[seat.step]?.signedInRound && signature.step === seat.step && signature.seat === seat.seat);
export const isSigned = (one: ApprovalCase, seat: Seat): boolean => signatureAt(one, seat) !== undefined;

/** Has signed in what counts now; a protected request wants another person for each signature. */
export const hasSigned = (one: ApprovalCase, personId: string): boolean =>
  one.signatures.some((signature) => signature.decision === 'approve' && signature.personId === personId && signature.round === one.steps[signature.step]?.signedInRound);

/** The authority that a step asks for; of named people it is a role in common with one of them. */
export const hasAuthority = (step: CaseStep, personId: string, people: People): boolean => {
  const who = people.get(personId);
  if (who === undefined || !who.active) return false;
  if (step.people.includes(personId)) return true;
  const wanted = step.roles.length > 0 ? step.roles : step.people.flatMap((named) => people.get(named)?.roles ?? []);
  return who.roles.some((role) => wanted.includes(role));
};

/** Could this person sign for the step: apart from applicant and executor, there, with authority, and not twice. */
export const couldSign = (one: ApprovalCase, step: CaseStep, personId: string, people: People): boolean =>
  personId !== one.applicantId && personId !== one.executorId && hasAuthority(step, personId, people) && !(one.protected && hasSigned(one, personId));

/** Unsigned seats of the present step in order of signing; once those laid down have signed enough, only who was added. */
export const openSeats = (one: ApprovalCase): Seat[] => {
  const enough = laidDownSigned(one, one.step) >= (one.steps[one.step]?.needs ?? 1);
  return one.seats
    .filter((seat) => seat.step === one.step && !seat.left && !isSigned(one, seat) && (seat.added !== null || !enough))
    .sort((a, b) => a.place - b.place || a.turn - b.turn || a.seat - b.seat);
};

/** Seats whose turn it is: nobody who decides before them is open. */
export const askedSeats = (one: ApprovalCase): Seat[] => {
  const open = openSeats(one);
  if (one.steps[one.step]?.mode === 'in_order') return open.slice(0, 1);
  return open.filter((seat) => !open.some((before) => before.place === seat.place && before.turn < seat.turn));
};

/** Open seats whose person cannot decide any more: left, lost the role, or has signed elsewhere. */
export const emptySeats = (one: ApprovalCase, people: People): Seat[] => {
  const step = one.steps[one.step];
  return step === undefined ? [] : openSeats(one).filter((seat) => seat.added !== 'opinion' && !couldSign(one, step, seat.personId, people));
};

/** Without an administrator who assigns somebody this step cannot get its signatures any more. It never passes because of that. */
export const isVacant = (one: ApprovalCase, people: People): boolean => {
  const empty = emptySeats(one, people);
  if (empty.some((seat) => seat.added !== null)) return true;
  const living = openSeats(one).filter((seat) => seat.added === null).length - empty.length;
  return living + laidDownSigned(one, one.step) < (one.steps[one.step]?.needs ?? 1);
};
