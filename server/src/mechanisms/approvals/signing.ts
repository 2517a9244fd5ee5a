/**
 * The slot by which approvals get signatures; identity fills it. Law: 电子签名法 13, a reliable signature needs a key that the signer alone
 * controls, so the assertion is one of the approver's own authenticator over the digest of exactly what is decided.
 */
import type { Signature, SigningSlot as IdentitySigning } from '../identity/index.ts';

export interface SigningSlot extends IdentitySigning {
  /** Later and without the signer: does the evidence show that this digest was signed so? */
  check(evidence: string, signed: { method: Signature['method']; credentialId: string | null; digest: string; personId?: string }): Promise<boolean>;
}
