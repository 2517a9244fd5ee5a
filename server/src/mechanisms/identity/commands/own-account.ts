/** What a person does with their own account: password, language, sign-out. */
import type { Language } from '../../../../../contract/identity.ts';
import { secondMs } from '../../../base/units.ts';
import { forgetAttempts, lockAttempts, pairKey, saveAttempts } from '../attempt-store.ts';
import { actorOf, type Caller } from '../caller.ts';
import type { IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import { findPassword, findPlace, setLanguage, setPassword } from '../people-store.ts';
import { identityRefusals } from '../refusals.ts';
import { openSessionsOf } from '../session-store.ts';
import { admitAttempt, knownPairRule } from '../throttle.ts';
import { requireStrong } from './check-password.ts';
import { endSessions } from './end-sessions.ts';

/** An unattended screen must not become a place to try passwords. */
const requirePresent = async (context: IdentityContext, caller: Caller, present: string): Promise<void> => {
  const key = pairKey(caller.sessionId, 'own password');
  const attempt = await context.database.transaction(async (tx) => {
    const answer = admitAttempt(await lockAttempts(tx, key), knownPairRule, context.clock.now());
    if (answer.admitted) await saveAttempts(tx, key, answer.after);
    return answer;
  });
  if (!attempt.admitted) {
    const seconds = Math.max(1, Math.ceil(attempt.waitMs / secondMs));
    throw identityRefusals('slow_down', { seconds }, { retryAfterSeconds: seconds });
  }
  if (await context.hasher.verify(await findPassword(context.database.db, caller.personId), present)) {
    await context.database.transaction((tx) => forgetAttempts(tx, key));
    return;
  }
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
  const place = await findPlace(context.database.db);
  await requireStrong(input.next, { account: caller.account, name: caller.name, places: place === null ? [] : [place.site.name, place.room.name] }, 'next');
  const phc = await context.hasher.hash(input.next);
  await context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const { personId, siteId, roomId, name } = caller;
    await setPassword(tx, personId, phc, personId, now);
    const actor = actorOf(caller);
    await context.ledger.append(tx, { event: events.passwordChanged, siteId, roomId, actor, subject: personId, body: { name, own: true }, at: now });
    const others = (await openSessionsOf(tx, personId)).filter((sessionId) => sessionId !== caller.sessionId);
    await endSessions(context, tx, others.map((sessionId) => ({ sessionId, personId })), 'password_changed', actor);
  });
};

export const chooseLanguage = (context: IdentityContext, caller: Caller, language: Language): Promise<void> =>
  context.database.transaction((tx) => setLanguage(tx, caller.personId, language));

export const signOut = (context: IdentityContext, caller: Caller): Promise<void> =>
  context.database.transaction((tx) => endSessions(context, tx, [caller], 'signed_out', actorOf(caller)));
