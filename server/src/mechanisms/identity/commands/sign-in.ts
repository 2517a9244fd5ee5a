/** Sign-in. An unknown account, a deactivated one and a wrong password are told apart neither by words nor by time. */
import { newId } from '../../../base/ids.ts';
import { secondMs } from '../../../base/units.ts';
import { forgetAttempts, isKnownSource, lockAttempts, pairKey, rememberSource, saveAttempts, sourceKey } from '../attempt-store.ts';
import { actorOf } from '../caller.ts';
import type { IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import { findPassword, findPersonByAccount, findPlace } from '../people-store.ts';
import { identityRefusals } from '../refusals.ts';
import { recordRepeated } from '../repeated-acts.ts';
import { accountKeyOf, accountTag, hashOfToken, newToken } from '../session-token.ts';
import { findSession, insertSession } from '../session-store.ts';
import { admitAttempt, afterSuccess, knownPairRule, pairRule, sourceOf, sourceRule } from '../throttle.ts';
import { endSessions } from './end-sessions.ts';

const nobody = 'per_nobody';

const slowDown = (waitMs: number) => {
  const seconds = Math.max(1, Math.ceil(waitMs / secondMs));
  return identityRefusals('slow_down', { seconds }, { retryAfterSeconds: seconds });
};

/** Counts the attempt before the password is looked at; answers the wait in ms after which to come back, else null. */
const admit = (context: IdentityContext, source: string, accountKey: string, known: boolean): Promise<number | null> =>
  context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const keys = { source: sourceKey(source), pair: pairKey(source, accountKey) };
    const ofSource = admitAttempt(await lockAttempts(tx, keys.source), sourceRule, now);
    const ofPair = admitAttempt(await lockAttempts(tx, keys.pair), known ? knownPairRule : pairRule, now);
    if (!ofPair.admitted) return ofPair.waitMs;
    if (!ofSource.admitted && !known) return ofSource.waitMs;
    if (ofSource.admitted) await saveAttempts(tx, keys.source, ofSource.after);
    await saveAttempts(tx, keys.pair, ofPair.after);
    return null;
  });

export interface SignedIn {
  token: string;
  sessionId: string;
}

export const signIn = async (context: IdentityContext, input: { account: string; password: string; source: string; replaced?: string | undefined }): Promise<SignedIn> => {
  const { database, clock, hasher, ledger } = context;
  const { db } = database;
  const { password } = input;
  const source = sourceOf(input.source);
  const accountKey = accountKeyOf(input.account);
  const person = await findPersonByAccount(db, accountKey, clock.now());
  const personId = person?.personId ?? nobody;
  const known = await isKnownSource(db, source, personId, clock.now());
  const waitMs = await admit(context, source, accountKey, known);
  if (waitMs !== null) throw slowDown(waitMs);
  const phc = await findPassword(db, personId);
  const right = await hasher.verify(phc, password);
  const place = await findPlace(db);
  if (!right || person === null || !person.active || place === null) {
    if (place !== null) await recordRepeated(context, { kind: 'sign_in_failed', siteId: place.site.siteId, roomId: place.room.roomId, source, tag: accountTag(accountKey), personId: person?.personId ?? null });
    throw identityRefusals('wrong_sign_in');
  }
  const token = newToken();
  const sessionId = newId('ses', clock);
  await database.transaction(async (tx) => {
    const now = clock.now();
    const ofSource = await lockAttempts(tx, sourceKey(source));
    if (ofSource !== null) await saveAttempts(tx, sourceKey(source), afterSuccess(ofSource, sourceRule, now));
    await forgetAttempts(tx, pairKey(source, accountKey));
    await rememberSource(tx, source, personId, now);
    await insertSession(tx, { sessionId, tokenHash: hashOfToken(token), personId, source: input.source }, now);
    const actor = actorOf({ personId, sessionId, post: null });
    const body = { sessionId, name: person.name, source: input.source };
    await ledger.append(tx, { event: events.signedIn, siteId: place.site.siteId, roomId: place.room.roomId, actor, subject: personId, body, at: now });
    // The browser keeps one cookie: the session that it held until now could be reached by nobody, and must not stay open.
    const replaced = input.replaced === undefined ? null : await findSession(tx, hashOfToken(input.replaced), now);
    if (replaced !== null) await endSessions(context, tx, [replaced], 'signed_out', actor);
  });
  return { token, sessionId };
};
