/** Sign-in. An unknown account, a deactivated one and a wrong password are told apart neither by words nor by time. */
import type { Person } from '../../../../../contract/identity.ts';
import type { Refusal } from '../../../base/refusal.ts';
import { secondMs } from '../../../base/units.ts';
import { forgetAttempts, isKnownSource, lockAttempts, pairKey, saveAttempts, sourceKey } from '../attempt-store.ts';
import { findGenerator } from '../codes/code-store.ts';
import type { IdentityContext } from '../context.ts';
import { passwordMandatory } from '../controls.ts';
import { findPassword, findPersonByAccount, findPlace, type Place } from '../people-store.ts';
import { takeCode } from '../proofs.ts';
import { identityRefusals } from '../refusals.ts';
import { recordRepeated } from '../repeated-acts.ts';
import { accountKeyOf, accountTag } from '../session-token.ts';
import type { SignInProof } from '../tables.ts';
import { admitAttempt, afterSuccess, knownPairRule, pairRule, sourceOf, sourceRule } from '../throttle.ts';
import { enter, type SignedIn } from './enter.ts';

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

/** After a success the pair is clean, and the source gets this one attempt back. */
const forgive = (context: IdentityContext, source: string, accountKey: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const ofSource = await lockAttempts(tx, sourceKey(source));
    if (ofSource !== null) await saveAttempts(tx, sourceKey(source), afterSuccess(ofSource, sourceRule, context.clock.now()));
    await forgetAttempts(tx, pairKey(source, accountKey));
  });

export interface SignInForm {
  account: string;
  password: string;
  /** Of a code generator, or a recovery code. */
  code?: string | undefined;
  source: string;
  replaced?: string | undefined;
}

type Wrong = 'wrong_sign_in' | 'factor_wrong';

/** Looks at the second factor of a person whose password was right. */
const proveFactor = async (context: IdentityContext, person: Person, place: Place, code: string | undefined): Promise<SignInProof | 'code_needed' | null> => {
  if ((await findGenerator(context.database.db, person.personId)) === null) return 'password';
  if (code === undefined || code === '') return 'code_needed';
  const { siteId, roomId } = place.room;
  const taken = await context.database.transaction((tx) => takeCode(context, tx, { ...person, siteId, roomId }, code));
  return taken?.proof ?? null;
};

export const signIn = async (context: IdentityContext, input: SignInForm): Promise<SignedIn> => {
  const { database, clock, hasher } = context;
  const { db } = database;
  const source = sourceOf(input.source);
  const accountKey = accountKeyOf(input.account);
  const person = await findPersonByAccount(db, accountKey, clock.now());
  const personId = person?.personId ?? nobody;
  const known = await isKnownSource(db, source, personId, clock.now());
  const waitMs = await admit(context, source, accountKey, known);
  if (waitMs !== null) throw slowDown(waitMs);
  const phc = await findPassword(db, personId);
  const right = await hasher.verify(phc, input.password);
  const place = await findPlace(db);
  const wrong = async (why: Wrong): Promise<Refusal> => {
    if (place !== null) await recordRepeated(context, { kind: 'sign_in_failed', siteId: place.site.siteId, roomId: place.room.roomId, source, tag: accountTag(accountKey), personId: person?.personId ?? null });
    return identityRefusals(why);
  };
  await passwordMandatory.refuseLater(async () => (right ? null : wrong('wrong_sign_in')));
  if (person === null || !person.active || place === null) throw await wrong('wrong_sign_in');
  const proof = await proveFactor(context, person, place, input.code);
  if (proof === null) throw await wrong('factor_wrong');
  await forgive(context, source, accountKey);
  if (proof === 'code_needed') throw identityRefusals('code_needed', {}, { fields: [{ path: 'code', ...identityRefusals('code_needed').sentence }] });
  return enter(context, { person, proof, source: input.source, replaced: input.replaced });
};
