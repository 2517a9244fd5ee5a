/** What proves a person: the present password, a code of their generator, a signature of their passkey. Each try of a session is counted. */
import type { PasskeyAssertion } from '../../../../contract/identity.ts';
import { secondMs } from '../../base/units.ts';
import type { Db, Tx } from '../../platform/postgres/db.ts';
import { forgetAttempts, lockAttempts, pairKey, saveAttempts } from './attempt-store.ts';
import { acceptCode } from './codes/one-time-code.ts';
import { lockGenerator, recoveryCodesLeft, takeCounter, useRecoveryCode } from './codes/code-store.ts';
import type { IdentityContext } from './context.ts';
import { events } from './events.ts';
import { challengeIn, checkAssertion } from './passkeys/ceremony.ts';
import { lockPasskey, notePasskeyUse, type StoredPasskey } from './passkeys/passkey-store.ts';
import { passkeysPossible } from './passkeys/passkey-site.ts';
import { findPassword } from './people-store.ts';
import { identityRefusals } from './refusals.ts';
import { admitAttempt, knownPairRule } from './throttle.ts';

type Session = { sessionId: string };
const keyOf = ({ sessionId }: Session): string => pairKey(sessionId, 'own password');

/** An unattended screen must not become a place to try passwords and codes. Counted in a transaction of its own: a refusal must not undo it. */
export const countTry = async (context: Pick<IdentityContext, 'database' | 'clock'>, session: Session): Promise<void> => {
  const attempt = await context.database.apart(async (tx) => {
    const answer = admitAttempt(await lockAttempts(tx, keyOf(session)), knownPairRule, context.clock.now());
    if (answer.admitted) await saveAttempts(tx, keyOf(session), answer.after);
    return answer;
  });
  if (attempt.admitted) return;
  const seconds = Math.max(1, Math.ceil(attempt.waitMs / secondMs));
  throw identityRefusals('slow_down', { seconds }, { retryAfterSeconds: seconds });
};
export const forgiveTries = (context: Pick<IdentityContext, 'database'>, session: Session): Promise<void> => context.database.apart((tx) => forgetAttempts(tx, keyOf(session)));

export const isPassword = async (db: Db, { hasher }: Pick<IdentityContext, 'hasher'>, personId: string, password: string): Promise<boolean> => hasher.verify(await findPassword(db, personId), password);

export type CodeProof = { proof: 'password_totp'; counter: number } | { proof: 'password_recovery' };

/** Takes a code once: of the generator, or a recovery code. Null: wrong, used already, or no generator. */
export const takeCode = async (context: IdentityContext, tx: Tx, person: { personId: string; name: string; siteId: string; roomId: string }, typed: string): Promise<CodeProof | null> => {
  const { clock, ledger, sealer } = context;
  const { personId, name, siteId, roomId } = person;
  const generator = await lockGenerator(tx, personId);
  if (generator === null) return null;
  const now = clock.now();
  const { generatorId } = generator;
  const counter = acceptCode(sealer.open(generator.sealedSecret, generatorId), typed, generator.lastCounter, now);
  if (counter !== null) return (await takeCounter(tx, generatorId, counter)) ? { proof: 'password_totp', counter } : null;
  if (!(await useRecoveryCode(tx, generatorId, typed, now))) return null;
  const left = await recoveryCodesLeft(tx, generatorId);
  await ledger.append(tx, { event: events.recoveryCodeUsed, siteId, roomId, actor: { kind: 'person', id: personId, sessionId: null, post: null }, subject: personId, body: { name, left }, at: now });
  return { proof: 'password_recovery' };
};

export interface PasskeyProof {
  key: StoredPasskey;
  challenge: string;
}

/** The key whose signature over an acceptable challenge holds; null otherwise. `isAsked` says whether the challenge was asked for, and uses it up. */
export const takePasskey = async (context: IdentityContext, tx: Tx, answer: PasskeyAssertion, isAsked: (challenge: string) => Promise<boolean>): Promise<PasskeyProof | null> => {
  if (!passkeysPossible(context.passkeys)) return null;
  const challenge = challengeIn(answer.response.clientDataJSON);
  if (challenge === null || !(await isAsked(challenge))) return null;
  const key = await lockPasskey(tx, answer.id, context.passkeys.rpId);
  if (key === null) return null;
  const right = await checkAssertion(context.passkeys, challenge, key, answer);
  if (right === null) return null;
  await notePasskeyUse(tx, key.passkeyId, right.counter, context.clock.now());
  return { key, challenge };
};
