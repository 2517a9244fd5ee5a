/** A fresh proof within a session. Whoever has a second factor proves with it; a second console is limited no more afterwards. */
import type { z } from 'zod';
import type { StepUp, stepUpOptions as stepUpOptionsEndpoint } from '../../../../../contract/identity.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { actorOf, type Caller } from '../caller.ts';
import { findGenerator } from '../codes/code-store.ts';
import type { IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import { assertionOptions } from '../passkeys/ceremony.ts';
import { passkeysPossible } from '../passkeys/passkey-site.ts';
import { makeChallenge, passkeysOf, useChallenge } from '../passkeys/passkey-store.ts';
import { countTry, forgiveTries, isPassword, takeCode, takePasskey } from '../proofs.ts';
import { identityRefusals } from '../refusals.ts';
import { noteStepUp } from '../session-store.ts';
import type { SignInProof } from '../tables.ts';

export const stepUpOptions = async (context: IdentityContext, caller: Caller): Promise<z.input<(typeof stepUpOptionsEndpoint)['response']>> => {
  const { database, passkeys: place, clock } = context;
  const keys = passkeysPossible(place) ? await passkeysOf(database.db, caller.personId, place.rpId) : [];
  const code = (await findGenerator(database.db, caller.personId)) !== null;
  if (keys.length === 0) return { passkey: null, password: true, code };
  const challenge = await database.transaction((tx) => makeChallenge(tx, 'step_up', caller.sessionId, clock.now()));
  // With a key and no generator the password alone would be weaker than the sign-in that it repeats.
  return { passkey: await assertionOptions(place, challenge, keys), password: code, code };
};

const provePasskey = async (context: IdentityContext, caller: Caller, passkey: Extract<StepUp, { passkey: unknown }>['passkey']): Promise<SignInProof> => {
  const taken = await context.database.transaction((tx) =>
    takePasskey(context, tx, passkey, (challenge) => useChallenge(tx, challenge, 'step_up', caller.sessionId, context.clock.now())),
  );
  if (taken === null || taken.key.personId !== caller.personId) throw identityRefusals('proof_wrong');
  return 'passkey';
};

const wrongAt = (path: 'password' | 'code') => identityRefusals('proof_wrong', {}, { fields: [{ path, ...identityRefusals('proof_wrong').sentence }] });

const provePassword = async (context: IdentityContext, caller: Caller, given: { password: string; code?: string | undefined }): Promise<SignInProof> => {
  const { database, passkeys: place } = context;
  await countTry(context, caller);
  if (!(await isPassword(context.database.db, context, caller.personId, given.password))) throw wrongAt('password');
  const { code } = given;
  if ((await findGenerator(database.db, caller.personId)) === null) {
    const keys = passkeysPossible(place) ? await passkeysOf(database.db, caller.personId, place.rpId) : [];
    if (keys.length > 0) throw identityRefusals('proof_stronger');
    return 'password';
  }
  if (code === undefined || code === '') throw identityRefusals('proof_stronger', {}, { fields: [{ path: 'code', ...identityRefusals('proof_stronger').sentence }] });
  const taken = await database.transaction((tx) => takeCode(context, tx, caller, code));
  if (taken === null) throw wrongAt('code');
  return taken.proof;
};

const note = async (context: IdentityContext, tx: Tx, caller: Caller, proof: SignInProof): Promise<void> => {
  const { personId, sessionId, siteId, roomId, name } = caller;
  const now = context.clock.now();
  await noteStepUp(tx, sessionId, now);
  const body = { sessionId, name, proof, limitEnded: caller.restriction === 'second_console' };
  await context.ledger.append(tx, { event: events.steppedUp, siteId, roomId, actor: actorOf(caller), subject: personId, body, at: now });
};

export const stepUp = async (context: IdentityContext, caller: Caller, given: StepUp): Promise<void> => {
  const proof = 'passkey' in given ? await provePasskey(context, caller, given.passkey) : await provePassword(context, caller, given);
  if (proof !== 'passkey') await forgiveTries(context, caller);
  await context.database.transaction((tx) => note(context, tx, caller, proof));
};
