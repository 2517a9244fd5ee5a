/** Whether the persons that a request needs have signed it: a plain count that knows nothing of seats, rounds and acts. */
import type { ApprovalCase } from '../case.ts';

/** For each step as it was laid down: different people, none of them applicant or executor; of a protected request no person for two signatures. */
export const oracleGrants = (one: ApprovalCase): boolean => {
  const persons: string[] = [];
  for (const [step, { needs, signedInRound }] of one.steps.entries()) {
    const signed = one.signatures.filter((s) => s.step === step && s.round === signedInRound && s.decision === 'approve' && (!one.protected || s.method !== 'session')).map((s) => s.personId);
    if (signed.includes(one.applicantId) || (one.executorId !== null && signed.includes(one.executorId))) return false;
    if (needs < 1 || new Set(signed).size < needs) return false;
    // Who was asked besides, and not taken back, has signed from the place that was made for them.
    const besides = one.seats.filter((seat) => seat.step === step && seat.added === 'signature' && !seat.left);
    if (!besides.every(({ seat }) => one.signatures.some((s) => s.step === step && s.seat === seat && s.round === signedInRound && s.decision === 'approve'))) return false;
    if (new Set(signed).size < needs + besides.length && one.protected) return false;
    persons.push(...signed);
  }
  if (one.steps.length === 0) return false;
  return !one.protected || (new Set(persons).size === persons.length && persons.length >= one.steps.reduce((sum, { needs }) => sum + needs, 0));
};
