/** What a person does with their own account: password, language, sign-out. */
import type { Language } from '../../../../../contract/identity.ts';
import { actorOf, type Caller } from '../caller.ts';
import type { IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import { answerDisclosures } from '../disclosure-store.ts';
import { setLanguage, setPassword } from '../people-store.ts';
import { countTry, forgiveTries, isPassword } from '../proofs.ts';
import { identityRefusals } from '../refusals.ts';
import { openSessionsOf } from '../session-store.ts';
import { aboutPerson } from './about-person.ts';
import { requireStrong } from './check-password.ts';
import { endSessions } from './end-sessions.ts';

const requirePresent = async (context: IdentityContext, caller: Caller, present: string): Promise<void> => {
  await countTry(context, caller);
  if (await isPassword(context.database.db, context, caller.personId, present)) return forgiveTries(context, caller);
  const wrong = identityRefusals('password_wrong');
  throw identityRefusals('password_wrong', {}, { fields: [{ path: 'current', ...wrong.sentence }] });
};

/** Other sessions of the person end; the one at hand stays. */
export const changePassword = async (context: IdentityContext, caller: Caller, input: { current: string; next: string }): Promise<void> => {
  await requirePresent(context, caller, input.current);
  if (input.current.normalize('NFKC') === input.next.normalize('NFKC')) {
    const same = identityRefusals('password_same');
    throw identityRefusals('password_same', {}, { fields: [{ path: 'next', ...same.sentence }] });
  }
  await requireStrong(input.next, await aboutPerson(context, context.database.db, caller), 'next');
  const phc = await context.hasher.hash(input.next);
  await context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const { personId, siteId, roomId, name } = caller;
    await setPassword(tx, personId, phc, personId, now);
    const actor = actorOf(caller);
    await context.ledger.append(tx, { event: events.passwordChanged, siteId, roomId, actor, subject: personId, body: { name, own: true }, at: now });
    await answerDisclosures(tx, { personId }, now);
    const others = (await openSessionsOf(tx, personId)).filter((sessionId) => sessionId !== caller.sessionId);
    await endSessions(context, tx, others.map((sessionId) => ({ sessionId, personId })), 'password_changed', actor);
  });
};

export const chooseLanguage = (context: IdentityContext, caller: Caller, language: Language): Promise<void> =>
  context.database.transaction((tx) => setLanguage(tx, caller.personId, language));

export const signOut = (context: IdentityContext, caller: Caller): Promise<void> =>
  context.database.transaction((tx) => endSessions(context, tx, [caller], 'signed_out', actorOf(caller)));
