/** SQL of code generators and recovery codes. A code is accepted by a change of the row, so that two servers cannot take the same one. */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Instant } from '../../../base/clock.ts';
import { at, type Db, type Tx } from '../../../platform/postgres/db.ts';
import type { IdentityTables } from '../tables.ts';

const tables = (db: Db) => db.$extendTables<IdentityTables>();

export interface Generator {
  generatorId: string;
  sealedSecret: Buffer;
  confirmedAt: Instant | null;
  lastCounter: number;
}

const find = async (db: Db, personId: string, confirmed: boolean, locked: boolean): Promise<Generator | null> => {
  const query = tables(db)
    .selectFrom('identity.code_generators')
    .select(['generator_id', 'sealed_secret', 'confirmed_at', 'last_counter'])
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .where('confirmed_at', confirmed ? 'is not' : 'is', null);
  const row = await (locked ? query.forUpdate() : query).executeTakeFirst();
  return row === undefined ? null : { generatorId: row.generator_id, sealedSecret: row.sealed_secret, confirmedAt: row.confirmed_at, lastCounter: row.last_counter };
};
export const findGenerator = (db: Db, personId: string): Promise<Generator | null> => find(db, personId, true, false);
export const lockGenerator = (tx: Tx, personId: string): Promise<Generator | null> => find(tx, personId, true, true);
export const lockBegunGenerator = (tx: Tx, personId: string): Promise<Generator | null> => find(tx, personId, false, true);

export const insertGenerator = async (tx: Tx, personId: string, generatorId: string, sealedSecret: Buffer, now: Instant): Promise<void> => {
  await tables(tx)
    .insertInto('identity.code_generators')
    .values({ generator_id: generatorId, person_id: personId, sealed_secret: sealedSecret, made_at: at(now), confirmed_at: null, last_counter: 0, ended_at: null, ended_by: null })
    .execute();
};

export const endGenerator = async (tx: Tx, generatorId: string, by: string, now: Instant): Promise<void> => {
  await tables(tx).updateTable('identity.code_generators').set({ ended_at: at(now), ended_by: by }).where('generator_id', '=', generatorId).where('ended_at', 'is', null).execute();
};

export const confirmGenerator = async (tx: Tx, generatorId: string, counter: number, now: Instant): Promise<void> => {
  await tables(tx).updateTable('identity.code_generators').set({ confirmed_at: at(now), last_counter: counter }).where('generator_id', '=', generatorId).execute();
};

/** False when that step or a later one was accepted meanwhile. */
export const takeCounter = async (tx: Tx, generatorId: string, counter: number): Promise<boolean> => {
  const taken = await tables(tx)
    .updateTable('identity.code_generators')
    .set({ last_counter: counter })
    .where('generator_id', '=', generatorId)
    .where('last_counter', '<', counter)
    .returning('generator_id')
    .executeTakeFirst();
  return taken !== undefined;
};

const alphabet = 'abcdefghjkmnpqrstvwxyz0123456789'; // 32 signs: five bits each
const signs = 16;
/** e.g. k3mq-7xwa-0tpd-hv2c: 80 random bits, cannot be mistaken for a six-digit code. */
const newRecoveryCode = (): string =>
  Array.from(randomBytes(signs), (byte) => alphabet[byte % alphabet.length] ?? '').join('').replace(/(.{4})(?=.)/g, '$1-');
const hashOf = (code: string): Buffer => createHash('sha256').update(code.normalize('NFKC').toLowerCase().replace(/[^a-z0-9]/g, '')).digest();

const howMany = 10;
export const makeRecoveryCodes = async (tx: Tx, generatorId: string): Promise<string[]> => {
  const codes = Array.from({ length: howMany }, newRecoveryCode);
  for (const code of codes) await sql`insert into identity.recovery_codes (generator_id, code_hash) values (${generatorId}, ${hashOf(code)})`.execute(tx);
  return codes;
};

export const useRecoveryCode = async (tx: Tx, generatorId: string, typed: string, now: Instant): Promise<boolean> => {
  const { rows } = await sql`
    update identity.recovery_codes set used_at = ${at(now)}
    where generator_id = ${generatorId} and code_hash = ${hashOf(typed)} and used_at is null returning 1 as used`.execute(tx);
  return rows.length > 0;
};

export const recoveryCodesLeft = async (db: Db, generatorId: string): Promise<number> => {
  const { rows } = await sql<{ left: number }>`select count(*) as left from identity.recovery_codes where generator_id = ${generatorId} and used_at is null`.execute(db);
  return rows[0]?.left ?? 0;
};
