/** Sign-in by passkey, and adding and removing one's own. */
import type { z } from 'zod';
import type { addPasskey as addPasskeyEndpoint, PasskeyAssertion, PasskeyOptions } from '../../../../../contract/identity.ts';
import { newId } from '../../../base/ids.ts';
import { actorOf, type Caller } from '../caller.ts';
import type { IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import { assertionOptions, challengeIn, checkAttestation, registrationOptions } from '../passkeys/ceremony.ts';
import { passkeysPossible } from '../passkeys/passkey-site.ts';
import { insertPasskey, makeChallenge, passkeysOf, removePasskeyRow, useChallenge } from '../passkeys/passkey-store.ts';
import { findPerson } from '../people-store.ts';
import { takePasskey } from '../proofs.ts';
import { identityRefusals } from '../refusals.ts';
import { requireStepUp } from '../step-up-age.ts';
import { enter, type SignedIn } from './enter.ts';

type Options = z.infer<typeof PasskeyOptions>;

/** Null where no browser could use one. Says nothing about who has a key. */
export const passkeySignInOptions = async (context: IdentityContext): Promise<{ passkey: Options | null }> => {
  const { passkeys: place, database, clock } = context;
  if (!passkeysPossible(place)) return { passkey: null };
  const challenge = await database.transaction((tx) => makeChallenge(tx, 'sign_in', null, clock.now()));
  return { passkey: await assertionOptions(place, challenge, []) };
};

export const passkeySignIn = async (context: IdentityContext, input: { passkey: PasskeyAssertion; source: string; replaced: string | undefined }): Promise<SignedIn> => {
  const { database, clock } = context;
  // A transaction of its own: the challenge is used up whatever becomes of the rest.
  const proof = await database.transaction((tx) => takePasskey(context, tx, input.passkey, (challenge) => useChallenge(tx, challenge, 'sign_in', null, clock.now())));
  const person = proof === null ? null : await findPerson(database.db, proof.key.personId, clock.now());
  if (person === null || !person.active) throw identityRefusals('passkey_wrong');
  return enter(context, { person, proof: 'passkey', source: input.source, replaced: input.replaced });
};

export const passkeyOptions = async (context: IdentityContext, caller: Caller): Promise<{ passkey: Options }> => {
  const { passkeys: place, database, clock } = context;
  if (!passkeysPossible(place)) throw identityRefusals('passkey_impossible');
  requireStepUp(caller, clock.now());
  const challenge = await database.transaction((tx) => makeChallenge(tx, 'register', caller.sessionId, clock.now()));
  return { passkey: await registrationOptions(place, challenge, caller, await passkeysOf(database.db, caller.personId, place.rpId)) };
};

export const addPasskey = async (context: IdentityContext, caller: Caller, form: z.output<(typeof addPasskeyEndpoint)['body']>): Promise<{ passkeyId: string }> => {
  const { passkeys: place, database, clock, ledger } = context;
  if (!passkeysPossible(place)) throw identityRefusals('passkey_impossible');
  requireStepUp(caller, clock.now());
  const challenge = challengeIn(form.passkey.response.clientDataJSON);
  const asked = challenge !== null && (await database.transaction((tx) => useChallenge(tx, challenge, 'register', caller.sessionId, clock.now())));
  const made = asked ? await checkAttestation(place, challenge, form.passkey) : null;
  if (made === null) throw identityRefusals('passkey_not_made');
  const passkeyId = newId('pky', clock);
  const { personId, siteId, roomId, name } = caller;
  await database.transaction(async (tx) => {
    const now = clock.now();
    if (!(await insertPasskey(tx, { ...made, passkeyId, personId, name: form.name, rpId: place.rpId }, now))) throw identityRefusals('passkey_known');
    const body = { name, passkeyId, credentialId: made.credentialId, keyName: form.name, rpId: place.rpId };
    await ledger.append(tx, { event: events.passkeyAdded, siteId, roomId, actor: actorOf(caller), subject: personId, body, at: now });
  });
  return { passkeyId };
};

export const removePasskey = async (context: IdentityContext, caller: Caller, passkeyId: string): Promise<void> => {
  const { database, clock, ledger } = context;
  requireStepUp(caller, clock.now());
  const { personId, siteId, roomId, name } = caller;
  await database.transaction(async (tx) => {
    const now = clock.now();
    const keyName = await removePasskeyRow(tx, personId, passkeyId, personId, now);
    if (keyName === null) throw identityRefusals('passkey_unknown');
    await ledger.append(tx, { event: events.passkeyRemoved, siteId, roomId, actor: actorOf(caller), subject: personId, body: { name, passkeyId, keyName }, at: now });
  });
};
