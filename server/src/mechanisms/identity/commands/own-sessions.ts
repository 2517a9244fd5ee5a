/** One's own ways to sign in and open sessions, seen and ended. */
import type { z } from 'zod';
import type { ownAccount } from '../../../../../contract/identity.ts';
import { actorOf, type Caller } from '../caller.ts';
import { findGenerator, recoveryCodesLeft } from '../codes/code-store.ts';
import { rulesNow, type IdentityContext } from '../context.ts';
import { passkeysPossible } from '../passkeys/passkey-site.ts';
import { passkeysOf } from '../passkeys/passkey-store.ts';
import { passwordStandingOf } from '../people-store.ts';
import { identityRefusals } from '../refusals.ts';
import { sessionsOf } from '../session-store.ts';
import { endSessions } from './end-sessions.ts';

export const viewOwnAccount = async (context: IdentityContext, caller: Caller): Promise<z.input<(typeof ownAccount)['response']>> => {
  const { database, passkeys: place } = context;
  const { db } = database;
  const rules = await rulesNow(context, db, caller);
  const generator = await findGenerator(db, caller.personId);
  const codes = generator === null || generator.confirmedAt === null ? null : { since: generator.confirmedAt, recoveryLeft: await recoveryCodesLeft(db, generator.generatorId) };
  const keys = passkeysPossible(place) ? await passkeysOf(db, caller.personId, place.rpId) : [];
  const standing = await passwordStandingOf(db, caller.personId);
  return {
    passkeySite: place.site,
    passkeys: keys.map(({ passkeyId, name, addedAt, usedAt, backedUp }) => ({ passkeyId, name, addedAt, usedAt, backedUp })),
    codes,
    password: { since: standing?.since ?? caller.signedInAt, maxAgeDays: rules.passwordMaxAgeDays, minLength: rules.passwordMinLength },
    secondFactorRequired: rules.secondFactorRequired,
    sessions: (await sessionsOf(db, caller.personId)).map((session) => ({ ...session, own: session.sessionId === caller.sessionId })),
  };
};

export const endOwnSession = (context: IdentityContext, caller: Caller, sessionId: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const open = (await sessionsOf(tx, caller.personId)).some((session) => session.sessionId === sessionId);
    if (!open) throw identityRefusals('session_unknown');
    await endSessions(context, tx, [{ sessionId, personId: caller.personId }], 'ended_by_person', actorOf(caller));
  });
