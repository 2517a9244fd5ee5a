/**
 * The agreement of everybody who must agree. A granted state carries a Consent, and `gather` is the only place that makes one: out of
 * signatures of persons who neither asked nor carry it out, as many as the steps need. Time, an empty step and oneself give none.
 */
import type { Role } from '../../../../contract/identity.ts';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import { signedByOthers } from './controls.ts';
import type { StepMode } from './kind.ts';

export interface CaseStep {
  key: string;
  title: Sentence;
  mode: StepMode;
  roles: readonly Role[];
  people: readonly string[];
  /** Signatures of different persons without which nobody comes past it; at least 1. */
  needs: number;
  limitMs: number;
  signedInRound: number;
}

export interface CaseSignature {
  round: number;
  step: number;
  seat: number;
  personId: string;
  onBehalfOf: string | null;
  decision: 'approve' | 'reject';
  comment: string;
  signed: Uint8Array;
  digest: string;
  method: 'webauthn' | 'password_totp' | 'session';
  credentialId: string | null;
  evidence: string;
  signedAt: Instant;
}

/** A place at a step; those that an approver added need their signature besides the step's own. */
export interface AskedSeat {
  step: number;
  seat: number;
  added: 'signature' | 'opinion' | null;
  left: boolean;
}

/** What of a request decides whether signatures are enough. */
export interface Asked {
  protected: boolean;
  applicantId: string;
  executorId: string | null;
  steps: readonly CaseStep[];
  /** Of each step those of the round whose signatures count for it. */
  seats: readonly AskedSeat[];
  signatures: readonly CaseSignature[];
}

declare const gathered: unique symbol;
export interface Consent {
  readonly [gathered]: true;
  /** In order of signing. */
  readonly signers: readonly { personId: string; onBehalfOf: string | null }[];
}

const isApart = (asked: Asked, personId: string | null): boolean => personId === null || (personId !== asked.applicantId && personId !== asked.executorId);

/** Signatures that count for a step: of others, agreed, and of a protected request by an authenticator. */
export const countingFor = (asked: Asked, step: number): CaseSignature[] =>
  asked.signatures.filter(
    (one) =>
      one.step === step && one.round === asked.steps[step]?.signedInRound && one.decision === 'approve' &&
      isApart(asked, one.personId) && isApart(asked, one.onBehalfOf) && (!asked.protected || one.method !== 'session'),
  );

const personsOf = (signatures: readonly CaseSignature[]): number => new Set(signatures.map(({ personId }) => personId)).size;

/** Signatures that an approver asked for besides, and did not take back. */
const wantedBesides = (asked: Asked, step: number): AskedSeat[] => asked.seats.filter((seat) => seat.step === step && seat.added === 'signature' && !seat.left);

/** How many of those whom the step itself asks have signed; who was added does not stand in for them. */
export const laidDownSigned = (asked: Asked, step: number): number => {
  const besides = new Set(asked.seats.filter((seat) => seat.step === step && seat.added !== null).map(({ seat }) => seat));
  return personsOf(countingFor(asked, step).filter(({ seat }) => !besides.has(seat)));
};

export const isStepSigned = (asked: Asked, step: number): boolean => {
  const needs = asked.steps[step]?.needs ?? 1;
  const signed = (seat: AskedSeat): boolean => countingFor(asked, step).some((one) => one.seat === seat.seat);
  return signedByOthers.allows(() => needs >= 1 && laidDownSigned(asked, step) >= needs && wantedBesides(asked, step).every(signed));
};

/** Null while anybody's agreement is missing. */
export const gather = (asked: Asked): Consent | null => {
  if (asked.steps.length === 0 || !asked.steps.every((_, step) => isStepSigned(asked, step))) return null;
  const counting = asked.steps.flatMap((_, step) => countingFor(asked, step));
  const needed = asked.steps.reduce((sum, { needs }, step) => sum + needs + wantedBesides(asked, step).length, 0);
  if (asked.protected && personsOf(counting) < needed) return null;
  const signers = counting.toSorted((a, b) => a.signedAt - b.signedAt).map(({ personId, onBehalfOf }) => ({ personId, onBehalfOf }));
  // The brand exists for the compiler only.
  return { signers } as unknown as Consent;
};
