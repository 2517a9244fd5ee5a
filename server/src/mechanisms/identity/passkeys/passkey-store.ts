/** SQL of passkeys and of the challenges that they sign. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Passkey } from '../../../../../contract/identity.ts';
import type { Instant } from '../../../base/clock.ts';
import { minuteMs } from '../../../base/units.ts';
import { at, moment, type Db, type Tx } from '../../../platform/postgres/db.ts';
import type { IdentityTables } from '../tables.ts';

const tables = (db: Db) => db.$extendTables<IdentityTables>();

export interface StoredPasskey extends Passkey {
  personId: string;
  credentialId: string;
  publicKey: Buffer;
  counter: number;
  transports: string[];
}

const select = (db: Db) => tables(db).selectFrom('identity.passkeys').selectAll().where('removed_at', 'is', null);
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];
const passkeyOf = (row: Row): StoredPasskey => ({
  passkeyId: row.passkey_id,
  personId: row.person_id,
  credentialId: row.credential_id,
  publicKey: row.public_key,
  counter: row.counter,
  transports: row.transports,
  name: row.name,
  addedAt: row.added_at,
  usedAt: row.used_at,
  backedUp: row.backed_up,
});

/** Keys of another host name stay listed by nobody: no browser here could use them. */
export const passkeysOf = async (db: Db, personId: string, rpId: string): Promise<StoredPasskey[]> =>
  (await select(db).where('person_id', '=', personId).where('rp_id', '=', rpId).orderBy('added_at').execute()).map(passkeyOf);

export const lockPasskey = async (tx: Tx, credentialId: string, rpId: string): Promise<StoredPasskey | null> => {
  const row = await select(tx).where('credential_id', '=', credentialId).where('rp_id', '=', rpId).forUpdate().executeTakeFirst();
  return row === undefined ? null : passkeyOf(row);
};

/** False when somebody has registered it before, removed or not. */
export const insertPasskey = async (tx: Tx, key: Omit<StoredPasskey, 'addedAt' | 'usedAt'> & { rpId: string }, now: Instant): Promise<boolean> => {
  const made = await tables(tx)
    .insertInto('identity.passkeys')
    .values({
      passkey_id: key.passkeyId, person_id: key.personId, credential_id: key.credentialId, public_key: key.publicKey, counter: key.counter,
      transports: key.transports, name: key.name, rp_id: key.rpId, backed_up: key.backedUp, added_at: at(now), used_at: null, removed_at: null, removed_by: null,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .returning('passkey_id')
    .executeTakeFirst();
  return made !== undefined;
};

export const notePasskeyUse = async (tx: Tx, passkeyId: string, counter: number, now: Instant): Promise<void> => {
  await tables(tx).updateTable('identity.passkeys').set({ counter, used_at: at(now) }).where('passkey_id', '=', passkeyId).execute();
};

/** The name of the removed key; null when the person has no such key. */
export const removePasskeyRow = async (tx: Tx, personId: string, passkeyId: string, by: string, now: Instant): Promise<string | null> => {
  const removed = await tables(tx)
    .updateTable('identity.passkeys')
    .set({ removed_at: at(now), removed_by: by })
    .where('passkey_id', '=', passkeyId)
    .where('person_id', '=', personId)
    .where('removed_at', 'is', null)
    .returning('name')
    .executeTakeFirst();
  return removed?.name ?? null;
};

export type ChallengePurpose = 'register' | 'sign_in' | 'step_up';
const challengeLivesMs = 5 * minuteMs;

export const makeChallenge = async (tx: Tx, purpose: ChallengePurpose, sessionId: string | null, now: Instant): Promise<string> => {
  const challenge = randomBytes(32).toString('base64url');
  await sql`insert into identity.challenges (challenge, purpose, session_id, made_at) values (${challenge}, ${purpose}, ${sessionId}, ${at(now)})`.execute(tx);
  return challenge;
};

/** True once, for what it was made for, within its time. */
export const useChallenge = async (tx: Tx, challenge: string, purpose: ChallengePurpose, sessionId: string | null, now: Instant): Promise<boolean> => {
  const { rows } = await sql<{ fresh: boolean }>`
    delete from identity.challenges where challenge = ${challenge} and purpose = ${purpose} and session_id is not distinct from ${sessionId}
    returning made_at > ${moment(now - challengeLivesMs)} as fresh`.execute(tx);
  return rows[0]?.fresh === true;
};

export const sweepChallenges = async (tx: Tx, now: Instant): Promise<void> => {
  await sql`delete from identity.challenges where made_at < ${at(now - challengeLivesMs)}`.execute(tx);
};
