/**
 * The slot by which approvals get signatures; identity fills it. Law: 电子签名法 13, a reliable signature needs a key that the signer alone
 * controls, so the assertion is one of the approver's own authenticator over the digest of exactly what is decided.
 */
import type { Assertion } from '../../../../contract/approvals.ts';
import type { Db, Tx } from '../../platform/postgres/db.ts';
import type { Caller } from '../identity/index.ts';
import { approvalsRefusals } from './refusals.ts';

export interface Signed {
  method: 'webauthn' | 'password_totp';
  /** base64url; null for password and code. */
  credentialId: string | null;
  /** What is needed to check the signature again later, as text. */
  evidence: string;
}

/** An assertion that signs; `session` is none. */
export type SigningAssertion = Exclude<Assertion, { method: 'session' }>;

export interface SigningSlot {
  /** Throws a refusal when the assertion is not this caller's, not over this digest, or not allowed here. `digest`: 32 bytes, hex. */
  verify(tx: Tx, input: { caller: Caller; digest: string; assertion: SigningAssertion }): Promise<Signed>;
  /** What the browser needs: request options with the digest as challenge (null: no passkey), and whether password and code are allowed here. */
  options(db: Db, input: { caller: Caller; digest: string }): Promise<{ webauthn: Record<string, unknown> | null; passwordAllowed: boolean }>;
  /** Later and without the signer: does the evidence prove that this credential signed this digest? */
  check(evidence: string, signature: { method: Signed['method']; credentialId: string | null; digest: string }): Promise<boolean>;
}

/** Nobody can sign: what needs a signature stays undecided. */
export const noSigning: SigningSlot = {
  verify: () => Promise.reject(approvalsRefusals('no_signing')),
  options: () => Promise.resolve({ webauthn: null, passwordAllowed: false }),
  check: () => Promise.resolve(false),
};
