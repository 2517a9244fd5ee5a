/** The WebAuthn ceremonies: what the browser is asked, and whether its answer holds. User verification (fingerprint, PIN) is asked for and checked. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { z } from 'zod';
import type { PasskeyAssertion, PasskeyAttestation, PasskeyOptions } from '../../../../../contract/identity.ts';
import { minuteMs } from '../../../base/units.ts';
import type { PasskeyPlace } from './passkey-site.ts';
import type { StoredPasskey } from './passkey-store.ts';

type Options = z.infer<typeof PasskeyOptions>;
const timeout = 2 * minuteMs;
/** Loaded with the first ceremony: it brings a whole library of certificates with it. */
const library = () => import('@simplewebauthn/server');

/** base64url text to its bytes, as the library wants them. */
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'base64url'));

export const registrationOptions = async (place: PasskeyPlace, challenge: string, person: { personId: string; account: string; name: string }, known: readonly StoredPasskey[]): Promise<Options> => ({
  ...(await (await library()).generateRegistrationOptions({
    rpName: '值守 Vigil',
    rpID: place.rpId,
    userID: new Uint8Array(Buffer.from(person.personId, 'utf8')),
    userName: person.account,
    userDisplayName: person.name,
    challenge: bytesOf(challenge),
    timeout,
    attestationType: 'none',
    excludeCredentials: known.map((key) => ({ id: key.credentialId })),
    // Found by the device itself at sign-in, so that nobody has to say first who has which key.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: [-7, -8, -257],
  })),
});

export const assertionOptions = async (place: PasskeyPlace, challenge: string, keys: readonly StoredPasskey[]): Promise<Options> => ({
  ...(await (await library()).generateAuthenticationOptions({
    rpID: place.rpId,
    challenge: bytesOf(challenge),
    timeout,
    userVerification: 'required',
    ...(keys.length === 0 ? {} : { allowCredentials: keys.map((key) => ({ id: key.credentialId, transports: key.transports })) }),
  })),
});

export interface NewKey {
  credentialId: string;
  publicKey: Buffer;
  counter: number;
  transports: string[];
  backedUp: boolean;
}

/** The challenge that an answer claims to have signed; null when its client data cannot be read. */
export const challengeIn = (clientDataJSON: string): string | null => {
  try {
    const read: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'));
    return typeof read === 'object' && read !== null && 'challenge' in read && typeof read.challenge === 'string' ? read.challenge : null;
  } catch {
    return null;
  }
};

/** Null when the answer does not hold. */
export const checkAttestation = async (place: PasskeyPlace, challenge: string, answer: PasskeyAttestation): Promise<NewKey | null> => {
  try {
    // The schema of the contract has checked its shape; the library's own type is narrower about absent members only.
    const response = answer as unknown as RegistrationResponseJSON;
    const { verified, registrationInfo } = await (await library()).verifyRegistrationResponse({ response, expectedChallenge: challenge, expectedOrigin: place.origin, expectedRPID: place.rpId, requireUserVerification: true });
    if (!verified || !registrationInfo.userVerified) return null;
    const { credential, credentialBackedUp } = registrationInfo;
    return { credentialId: credential.id, publicKey: Buffer.from(credential.publicKey), counter: credential.counter, transports: [...(credential.transports ?? [])], backedUp: credentialBackedUp };
  } catch {
    return null;
  }
};

/** The counter after a right answer; null when it does not hold, or the key seems to exist twice. */
export const checkAssertion = async (place: PasskeyPlace, challenge: string, key: StoredPasskey, answer: PasskeyAssertion): Promise<{ counter: number } | null> => {
  try {
    const response = answer as unknown as AuthenticationResponseJSON; // as above
    const { verified, authenticationInfo } = await (await library()).verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.rpId,
      credential: { id: key.credentialId, publicKey: new Uint8Array(key.publicKey), counter: key.counter },
      requireUserVerification: true,
    });
    return verified && authenticationInfo.userVerified ? { counter: authenticationInfo.newCounter } : null;
  } catch {
    return null;
  }
};
