/** One's own code generator: shown once, in use after a first right code, stopped with a fresh proof. */
import { newId } from '../../../base/ids.ts';
import { actorOf, type Caller } from '../caller.ts';
import { confirmGenerator, endGenerator, insertGenerator, lockBegunGenerator, lockGenerator, makeRecoveryCodes } from '../codes/code-store.ts';
import { acceptCode, codeAddress, newSecret } from '../codes/one-time-code.ts';
import type { IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import { findPlace } from '../people-store.ts';
import { countTry, forgiveTries } from '../proofs.ts';
import { identityRefusals } from '../refusals.ts';
import { requireStepUp } from '../step-up-age.ts';

export const beginCodes = async (context: IdentityContext, caller: Caller): Promise<{ secret: string; uri: string }> => {
  const { database, clock, sealer } = context;
  requireStepUp(caller, clock.now());
  const place = await findPlace(database.db);
  const secret = newSecret();
  const generatorId = newId('otp', clock);
  await database.transaction(async (tx) => {
    const now = clock.now();
    const begun = await lockBegunGenerator(tx, caller.personId);
    if (begun !== null) await endGenerator(tx, begun.generatorId, caller.personId, now);
    await insertGenerator(tx, caller.personId, generatorId, sealer.seal(secret, generatorId), now);
  });
  return { secret, uri: codeAddress(secret, caller.account, place?.room.name ?? 'Vigil') };
};

/** The generator in use until now, if any, gives way to the new one. */
export const confirmCodes = async (context: IdentityContext, caller: Caller, code: string): Promise<{ recoveryCodes: string[] }> => {
  const { database, clock, ledger, sealer } = context;
  await countTry(context, caller);
  const { personId, siteId, roomId, name } = caller;
  const recoveryCodes = await database.transaction(async (tx) => {
    const now = clock.now();
    const begun = await lockBegunGenerator(tx, personId);
    if (begun === null) throw identityRefusals('codes_not_begun');
    const { generatorId } = begun;
    const counter = acceptCode(sealer.open(begun.sealedSecret, generatorId), code, begun.lastCounter, now);
    const wrong = identityRefusals('proof_wrong');
    if (counter === null) throw identityRefusals('proof_wrong', {}, { fields: [{ path: 'code', ...wrong.sentence }] });
    const former = await lockGenerator(tx, personId);
    if (former !== null) await endGenerator(tx, former.generatorId, personId, now);
    await confirmGenerator(tx, generatorId, counter, now);
    await ledger.append(tx, { event: events.codesStarted, siteId, roomId, actor: actorOf(caller), subject: personId, body: { name, generatorId }, at: now });
    return makeRecoveryCodes(tx, generatorId);
  });
  await forgiveTries(context, caller);
  return { recoveryCodes };
};

export const removeCodes = async (context: IdentityContext, caller: Caller): Promise<void> => {
  const { database, clock, ledger } = context;
  requireStepUp(caller, clock.now());
  const { personId, siteId, roomId, name } = caller;
  await database.transaction(async (tx) => {
    const now = clock.now();
    const generator = await lockGenerator(tx, personId);
    if (generator === null) throw identityRefusals('codes_off');
    await endGenerator(tx, generator.generatorId, personId, now);
    await ledger.append(tx, { event: events.codesStopped, siteId, roomId, actor: actorOf(caller), subject: personId, body: { name, generatorId: generator.generatorId }, at: now });
  });
};
