/** Who lost phone and keys comes back in: a security administrator removes their second factor; their sessions end, unless they are on post. */
import { actorOf, type Caller } from '../caller.ts';
import { endGenerator, lockBegunGenerator, lockGenerator } from '../codes/code-store.ts';
import type { IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import type { IdentityGate } from '../gate.ts';
import { passkeysOf, removePasskeyRow } from '../passkeys/passkey-store.ts';
import { findPerson } from '../people-store.ts';
import { postHeldBy } from '../post-store.ts';
import { identityRefusals } from '../refusals.ts';
import { openSessionsOf } from '../session-store.ts';
import { endSessions } from './end-sessions.ts';

export const resetFactor = async (context: IdentityContext, gate: IdentityGate, caller: Caller, personId: string): Promise<void> => {
  const { database, clock, ledger, passkeys: place } = context;
  if (personId === caller.personId) throw await gate.deny(caller, 'DELETE /api/identity/people/:personId/second-factor', identityRefusals('own_factor').sentence);
  await database.transaction(async (tx) => {
    const now = clock.now();
    const person = await findPerson(tx, personId, now);
    if (person === null) throw identityRefusals('person_unknown');
    const keys = await passkeysOf(tx, personId, place.rpId);
    for (const { passkeyId } of keys) await removePasskeyRow(tx, personId, passkeyId, caller.personId, now);
    const generators = [await lockGenerator(tx, personId), await lockBegunGenerator(tx, personId)].filter((one) => one !== null);
    for (const { generatorId } of generators) await endGenerator(tx, generatorId, caller.personId, now);
    if (keys.length + generators.length === 0) throw identityRefusals('no_factor');
    const { siteId, roomId } = caller;
    const body = { name: person.name, passkeys: keys.length, codes: generators.length > 0 };
    await ledger.append(tx, { event: events.factorReset, siteId, roomId, actor: actorOf(caller), subject: personId, body, at: now });
    if ((await postHeldBy(tx, personId, now)) !== null) return;
    const sessions = (await openSessionsOf(tx, personId)).map((sessionId) => ({ sessionId, personId }));
    await endSessions(context, tx, sessions, 'factor_reset', actorOf(caller));
  });
};
