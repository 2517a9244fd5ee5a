/** Checks a signature later, from its evidence alone: no session, no authenticator and no database is needed. */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import type { Signature } from './signing.ts';

const text = z.string();
const ByPasskey = z.object({ method: z.literal('webauthn'), credentialId: text, publicKey: text, origin: text, rpId: text, digest: text, clientDataJSON: text, authenticatorData: text, signature: text });
const ByPassword = z.object({ method: z.literal('password_totp'), personId: text, sessionId: text, digest: text, codeCounter: z.int(), at: z.int() });
const Evidence = z.discriminatedUnion('method', [ByPasskey, ByPassword]);

const read = (evidence: string): z.infer<typeof Evidence> | null => {
  try {
    return Evidence.safeParse(JSON.parse(evidence)).data ?? null;
  } catch {
    return null;
  }
};

const holds = async (evidence: z.infer<typeof ByPasskey>, digest: string): Promise<boolean> => {
  const { credentialId: id, clientDataJSON, authenticatorData, signature } = evidence;
  const response: AuthenticationResponseJSON = { id, rawId: id, type: 'public-key', response: { clientDataJSON, authenticatorData, signature }, clientExtensionResults: {} };
  try {
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: Buffer.from(digest, 'hex').toString('base64url'),
      expectedOrigin: evidence.origin,
      expectedRPID: evidence.rpId,
      // The counter told copies apart when it was signed; here any value will do.
      credential: { id, publicKey: new Uint8Array(Buffer.from(evidence.publicKey, 'base64url')), counter: 0 },
      requireUserVerification: true,
    });
    return verified && authenticationInfo.userVerified;
  } catch {
    return false;
  }
};

/** Length of the time of a code, and how many such times it may be off when it was taken (RFC 6238). */
const codeMs = 30_000;
const codeTolerance = 1;

/** The number of the code is that of the minute when it was signed: a record that was moved in time does not fit. */
const fitsTime = ({ codeCounter, at }: z.infer<typeof ByPassword>): boolean => Math.abs(codeCounter - Math.floor(at / codeMs)) <= codeTolerance;

/**
 * Does the evidence show that this digest was signed so? Password and code leave no key of the signer: of them digest, person and time of the
 * code are compared; that it was this person the record alone says.
 */
export const checkEvidence = async (evidence: string, signed: { method: Signature['method']; credentialId: string | null; digest: string; personId?: string }): Promise<boolean> => {
  const kept = read(evidence);
  if (kept === null || kept.method !== signed.method || kept.digest !== signed.digest) return false;
  if (kept.method === 'password_totp') return signed.credentialId === null && fitsTime(kept) && (signed.personId === undefined || kept.personId === signed.personId);
  return kept.credentialId === signed.credentialId && (await holds(kept, signed.digest));
};
