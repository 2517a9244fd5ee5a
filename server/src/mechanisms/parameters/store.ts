/** Reads what was decided about a site's rules as one book, and writes decisions. The only SQL of the book. */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../../base/clock.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';
import { ValueSchema } from './catalogue.ts';
import { PackFile, type Pack } from './pack.ts';
import { readProfile } from './profile.ts';
import type { SiteBook } from './rules.ts';
import type { ParametersTables } from './tables.ts';
import type { ParameterValue } from './value.ts';

const ChosenValues = z.record(z.string(), ValueSchema);

export const tables = (db: Db) => db.$extendTables<ParametersTables>();

/** Who decided, when, by which approval: the foot of every decision. */
export interface Decision {
  siteId: string;
  roomId: string | null;
  decidedAt: Instant;
  decidedBy: string;
  approvalId: string | null;
}

const foot = (decision: Decision) => ({ decided_at: at(decision.decidedAt), decided_by: decision.decidedBy, approval_id: decision.approvalId });

/** The last change of a site's rules: what was read under the same number is still true. */
export const lastChange = async (db: Db, siteId: string): Promise<number> => {
  const row = await tables(db).selectFrom('parameters.changes').where('site_id', '=', siteId).select((eb) => eb.fn.max<number | null>('change_id').as('last')).executeTakeFirst();
  return row?.last ?? 0;
};

const noteChange = async (tx: Tx, siteId: string, now: Instant): Promise<void> => {
  await tables(tx).insertInto('parameters.changes').values({ site_id: siteId, at: at(now) }).execute();
};

/** Every change of a site's rules happens in here, one after the other; numbered before and after, so that no reader keeps half of it. */
export const changing = async <T>(tx: Tx, siteId: string, now: Instant, work: () => Promise<T>): Promise<T> => {
  await sql`select pg_advisory_xact_lock(hashtext('parameters.changes'), hashtext(${siteId}))`.execute(tx);
  await noteChange(tx, siteId, now);
  const done = await work();
  await noteChange(tx, siteId, now);
  return done;
};

export const findPack = async (db: Db, digest: string): Promise<{ pack: Pack; signedBy: string | null; isOwn: boolean } | null> => {
  const row = await tables(db).selectFrom('parameters.packs').where('digest', '=', digest).select(['document', 'signed_by', 'own_approval_id']).executeTakeFirst();
  return row === undefined ? null : { pack: PackFile.parse(row.document), signedBy: row.signed_by, isOwn: row.own_approval_id !== null };
};

/** Packs that came in by import, newest first; those of the shipped folder are not among them unless adopted. */
export const storedPacks = async (db: Db): Promise<{ digest: string; packId: string; version: number; signedBy: string | null; storedAt: Instant }[]> => {
  const rows = await tables(db).selectFrom('parameters.packs').select(['digest', 'pack_id', 'version', 'signed_by', 'stored_at']).orderBy('stored_at', 'desc').execute();
  return rows.map((row) => ({ digest: row.digest, packId: row.pack_id, version: row.version, signedBy: row.signed_by, storedAt: row.stored_at }));
};

export const insertPack = async (tx: Tx, stored: { digest: string; pack: Pack; signedBy: string | null; ownApprovalId: string | null }, by: string, now: Instant): Promise<void> => {
  const { digest, pack, signedBy, ownApprovalId } = stored;
  await tables(tx)
    .insertInto('parameters.packs')
    .values({ digest, pack_id: pack.id, version: pack.version, document: JSON.stringify(pack), signed_by: signedBy, own_approval_id: ownApprovalId, stored_at: at(now), stored_by: by })
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .execute();
};

export const insertAdoption = async (tx: Tx, decision: Decision, adoption: { adoptionId: string; nodeId: string | null; digest: string; from: Instant }): Promise<void> => {
  const { adoptionId, nodeId, digest, from } = adoption;
  await tables(tx)
    .insertInto('parameters.adoptions')
    .values({ adoption_id: adoptionId, site_id: decision.siteId, room_id: decision.roomId, node_id: nodeId, digest, from_at: at(from), until_at: null, ended_by: null, ...foot(decision) })
    .execute();
};

/** Ends an adoption; one that has not begun ends where it begins. */
export const endAdoption = async (tx: Tx, adoptionId: string, until: Instant, by: string): Promise<void> => {
  await sql`update parameters.adoptions set until_at = greatest(from_at, ${at(until)}), ended_by = ${by} where adoption_id = ${adoptionId} and until_at is null`.execute(tx);
};

export const insertSettlement = async (
  tx: Tx, decision: Decision,
  settlement: { conflictId: string; option: string; values: Readonly<Record<string, ParameterValue>>; clauseIds: readonly string[]; reason: string; from: Instant },
): Promise<void> => {
  const { conflictId, option, values, clauseIds, reason, from } = settlement;
  await tables(tx)
    .insertInto('parameters.settlements')
    .values({
      site_id: decision.siteId, room_id: decision.roomId, conflict_id: conflictId, option_key: option, chosen: JSON.stringify(values), clause_ids: [...clauseIds], reason,
      from_at: at(from), ...foot(decision),
    })
    .execute();
};

export const insertWaiver = async (tx: Tx, decision: Decision, waiver: { waiverId: string; packId: string; clauseId: string; reason: string; from: Instant; reviewAt: Instant }): Promise<void> => {
  const { waiverId, packId, clauseId, reason, from, reviewAt } = waiver;
  await tables(tx)
    .insertInto('parameters.waivers')
    .values({
      waiver_id: waiverId, site_id: decision.siteId, room_id: decision.roomId, pack_id: packId, clause_id: clauseId, reason, from_at: at(from), review_at: at(reviewAt),
      until_at: null, ended_by: null, ...foot(decision),
    })
    .execute();
};

export const insertValue = async (tx: Tx, decision: Decision, row: { name: string; value: ParameterValue; reason: string; from: Instant }): Promise<void> => {
  await tables(tx)
    .insertInto('parameters.site_values')
    .values({ site_id: decision.siteId, room_id: decision.roomId, name: row.name, value: JSON.stringify(row.value), reason: row.reason, from_at: at(row.from), ...foot(decision) })
    .execute();
};

const earlier = (a: Instant, b: Instant | null): Instant => (b === null ? a : Math.min(a, b));

/** `packOf` answers a stored pack by its digest; it may remember, since a text never changes. */
export const readBook = async (db: Db, siteId: string, packOf: (db: Db, digest: string) => Promise<Pack>): Promise<SiteBook> => {
  const own = tables(db);
  const adoptions = await own.selectFrom('parameters.adoptions').selectAll().where('site_id', '=', siteId).orderBy('from_at').orderBy('adoption_id').execute();
  const settlements = await own.selectFrom('parameters.settlements').selectAll().where('site_id', '=', siteId).orderBy('settlement_id').execute();
  const waivers = await own.selectFrom('parameters.waivers').selectAll().where('site_id', '=', siteId).orderBy('waiver_id').execute();
  const values = await own.selectFrom('parameters.site_values').selectAll().where('site_id', '=', siteId).orderBy('value_id').execute();
  const optOuts = await own.selectFrom('parameters.opt_outs').selectAll().where('site_id', '=', siteId).orderBy('opt_out_id').execute();
  const profiles = await own.selectFrom('parameters.profiles').selectAll().where('site_id', '=', siteId).orderBy('version').execute();
  const packs = new Map<string, Pack>();
  for (const { digest } of adoptions) if (!packs.has(digest)) packs.set(digest, await packOf(db, digest));
  const packBy = (digest: string): Pack => {
    const pack = packs.get(digest);
    if (pack === undefined) throw new Error(`the text of pack ${digest} is missing`);
    return pack;
  };
  return {
    adoptions: adoptions.map((row) => ({ adoptionId: row.adoption_id, roomId: row.room_id, nodeId: row.node_id, pack: packBy(row.digest), from: row.from_at, until: row.until_at })),
    settlements: settlements.map((row) => ({
      roomId: row.room_id, conflictId: row.conflict_id, values: ChosenValues.parse(row.chosen), clauseIds: row.clause_ids, from: row.from_at,
    })),
    waivers: waivers.map((row) => ({ roomId: row.room_id, packId: row.pack_id, clauseId: row.clause_id, from: row.from_at, until: earlier(row.review_at, row.until_at) })),
    values: values.map((row) => ({ roomId: row.room_id, name: row.name, value: ValueSchema.parse(row.value), from: row.from_at })),
    optOuts: optOuts.map((row) => ({ roomId: row.room_id, adoptionId: row.adoption_id, from: row.from_at, until: row.until_at })),
    profiles: profiles.map((row) => {
      const profile = readProfile(row.profile);
      return { from: row.from_at, siteKind: profile.siteKind, nodes: profile.organisation };
    }),
  };
};
