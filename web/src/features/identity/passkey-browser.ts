/** Passkeys in this browser: the library's calls with the contract's shapes, and a person's "no" told apart from a fault. */
import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import type { PasskeyAssertion, PasskeyAttestation } from '../../../../contract/identity.ts';

type Options = { challenge: string; [more: string]: unknown };

export const browserHasPasskeys = (): boolean => window.isSecureContext && 'PublicKeyCredential' in window;

/** The options are the server's own, made by the other half of this library. */
export const signWithPasskey = async (options: Options): Promise<PasskeyAssertion> =>
  (await startAuthentication({ optionsJSON: options })) as unknown as PasskeyAssertion;

export const makePasskey = async (options: Options): Promise<PasskeyAttestation> =>
  (await startRegistration({ optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON })) as unknown as PasskeyAttestation;

/** Closed by the person, timed out, or no key here: all come as the same error. */
export const wasGivenUp = (error: unknown): boolean => error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError');
