/**
 * Signs a decision (电子签名法 13: a key that the signer alone controls): a passkey over the digest of exactly what is decided, or, where the
 * room allows it, password and one-time code, which the record then says. What comes back is the evidence that can be checked later.
 */
import type { SigningAssertion, SigningOptions } from '../../../../contract/identity.ts';
import type { Db, Tx } from '../../platform/postgres/db.ts';
import type { Caller } from './caller.ts';
import { findGenerator } from './codes/code-store.ts';
import { rulesNow, type IdentityContext } from './context.ts';
import { assertionOptions } from './passkeys/ceremony.ts';
import { passkeysPossible } from './passkeys/passkey-site.ts';
import { passkeysOf } from './passkeys/passkey-store.ts';
import { findPlace } from './people-store.ts';
import { countTry, forgiveTries, isPassword, takeCode, takePasskey } from './proofs.ts';
import { identityRefusals } from './refusals.ts';

export interface Signature {
  method: 'webauthn' | 'password_totp';
  /** The authenticator's credential; null for password and code. */
  credentialId: string | null;
  /** JSON: for WebAuthn all that a verifier needs (public key, client data, authenticator data, signature). */
  evidence: string;
}

export interface SigningRequest {
  caller: Caller;
  /** SHA-256 of what is signed, 64 hex digits. */
  digest: string;
}

export interface SigningSlot {
  /** Does the room let a password with a one-time code sign? */
  byPassword(db: Db, caller: Caller): Promise<boolean>;
  options(db: Db, request: SigningRequest): Promise<SigningOptions>;
  /** Throws a refusal when the proof does not hold. */
  verify(tx: Tx, request: SigningRequest & { assertion: SigningAssertion }): Promise<Signature>;
}

const challengeOf = (digest: string): string => {
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new Error('a digest to sign is 32 bytes in hex');
  return Buffer.from(digest, 'hex').toString('base64url');
};

export const createSigning = (context: IdentityContext): SigningSlot => {
  /** Where the rules are silent: only where no passkey could be used, and in a demonstration. */
  const passwordAllowed = async (db: Db, caller: Caller): Promise<boolean> => {
    const { passwordSigning } = await rulesNow(context, db, caller);
    if (passwordSigning !== null) return passwordSigning;
    return !passkeysPossible(context.passkeys) || (await findPlace(db))?.demonstration === true;
  };

  const byPasskey = async (tx: Tx, { caller, digest }: SigningRequest, assertion: Exclude<SigningAssertion, { password: string }>): Promise<Signature> => {
    const wanted = challengeOf(digest);
    const taken = await takePasskey(context, tx, assertion, async (challenge) => challenge === wanted);
    if (taken === null || taken.key.personId !== caller.personId) throw identityRefusals('proof_wrong');
    const { key } = taken;
    const { origin, rpId } = context.passkeys;
    const { clientDataJSON, authenticatorData, signature } = assertion.response;
    const evidence = { method: 'webauthn', credentialId: key.credentialId, publicKey: key.publicKey.toString('base64url'), origin, rpId, digest, clientDataJSON, authenticatorData, signature };
    return { method: 'webauthn', credentialId: key.credentialId, evidence: JSON.stringify(evidence) };
  };

  const byPassword = async (tx: Tx, { caller, digest }: SigningRequest, { password, totp }: { password: string; totp: string }): Promise<Signature> => {
    if (!(await passwordAllowed(tx, caller))) throw identityRefusals('signing_closed');
    if ((await findGenerator(tx, caller.personId)) === null) throw identityRefusals('signing_codes_needed');
    await countTry(context, caller);
    const at = (path: string) => identityRefusals('proof_wrong', {}, { fields: [{ path, ...identityRefusals('proof_wrong').sentence }] });
    if (!(await isPassword(tx, context, caller.personId, password))) throw at('password');
    const taken = await takeCode(context, tx, caller, totp);
    // A recovery code says that the phone is gone: it opens the account, it does not sign.
    if (taken === null || taken.proof !== 'password_totp') throw at('totp');
    await forgiveTries(context, caller);
    const evidence = { method: 'password_totp', personId: caller.personId, sessionId: caller.sessionId, digest, codeCounter: taken.counter, at: context.clock.now() };
    return { method: 'password_totp', credentialId: null, evidence: JSON.stringify(evidence) };
  };

  return {
    byPassword: passwordAllowed,
    options: async (db, { caller, digest }) => {
      const keys = passkeysPossible(context.passkeys) ? await passkeysOf(db, caller.personId, context.passkeys.rpId) : [];
      return {
        passkey: keys.length === 0 ? null : await assertionOptions(context.passkeys, challengeOf(digest), keys),
        passwordAndCode: await passwordAllowed(db, caller),
        codesEnabled: (await findGenerator(db, caller.personId)) !== null,
      };
    },
    verify: (tx, request) => ('password' in request.assertion ? byPassword(tx, request, request.assertion) : byPasskey(tx, request, request.assertion)),
  };
};
